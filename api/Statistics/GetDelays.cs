namespace OneDoor.Statistics;

/// <summary>GET /v1/statistics/delays: why cases were past their promise (CLK-8).</summary>
public static class GetDelays
{
    public const string Does = "Read why cases of the last twelve months were past their promise";

    public static void MapGetDelays(this IEndpointRouteBuilder statistics) => statistics.MapGet("/delays", async (
            HttpContext http, CaseFigureReader figures, Etags etags, CancellationToken ct) => etags.OkForAll(http, await figures.Delays(ct)))
        .AllowAnonymous()
        .Reads<DelayFigures>("getDelayFigures", $"{Does} (逾期原因)", StatisticsExamples.Delays)
        .WithDescription($"By the kind of reason that their departments gave, a minute old at most. Of fewer than {CaseFigures.Least} cases nothing is told.");
}
