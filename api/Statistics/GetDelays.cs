using OneDoor.Platform;

namespace OneDoor.Statistics;

/// <summary>GET /v1/statistics/delays: why cases were past their promise (CLK-8).</summary>
public static class GetDelays
{
    public const string Does = "Read why cases of the last twelve months were past their promise";

    public static void MapGetDelays(this IEndpointRouteBuilder statistics) => statistics.MapGet("/delays", Handle)
        .AllowAnonymous()
        .WithName("getDelayFigures")
        .WithSummary($"{Does} (逾期原因)")
        .WithDescription($"By the kind of reason that their departments gave, a minute old at most. Of fewer than {CaseFigures.Least} cases nothing is told.")
        .Produces<DelayFigures>()
        .Shows(request: null, StatisticsExamples.Delays)
        .Produces(StatusCodes.Status304NotModified)
        .Refuses(400);

    private static async Task<IResult> Handle(HttpContext http, CaseFigureReader figures, Etags etags, CancellationToken ct) =>
        etags.OkForAll(http, await figures.Delays(ct));
}
