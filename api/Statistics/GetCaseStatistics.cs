using System.ComponentModel;

namespace OneDoor.Statistics;

/// <summary>GET /v1/statistics/cases (STAT-1, STAT-2).</summary>
public static class GetCaseStatistics
{
    public const string Does = "Read figures of the cases concluded in a period";

    /// <summary>Days of a period at most: ten years and their leap days.</summary>
    public const int MostDays = 3_660;

    /// <summary>Told apart by so many dimensions at most.</summary>
    public const int MostDimensions = 3;

    public static void MapGetCaseStatistics(this IEndpointRouteBuilder statistics) => statistics.MapGet("/cases", Handle)
        .Needs(Scopes.StatisticsRead)
        .Reads<CaseStatistics>("getCaseStatistics", $"{Does} (办件统计)", StatisticsExamples.Cases)
        .Refuses(422)
        .WithDescription($"Days are days of China Standard Time and included, {MostDays} at most. Of groups of fewer than {CaseFigures.Least} cases nothing is told; more than {CaseFigureReader.MostGroups} groups are refused. With Accept: text/csv as a table.");

    private static async Task<IResult> Handle(
        HttpContext http, CaseFigureReader figures, Etags etags, TimeProvider time, Parameters parameters,
        [Description("The first day, YYYY-MM-DD.")] DateOnly from, [Description("The last day, YYYY-MM-DD.")] DateOnly to, CancellationToken ct,
        [Description("Comma-separated, at most three of category, item, department, hall, channel, mode and month.")] string? by = null,
        [Description("An instant with its offset: the figures as they were then.")] InstantParameter? asOf = null)
    {
        var dimensions = parameters.Several(by, "by", Kebab.Parse<StatisticsDimension>, Kebab.All<StatisticsDimension>()) ?? [];
        var (found, refused) = await Find(figures, time, parameters, from, to, dimensions, asOf?.At, ct);
        if (refused is not null)
            return refused.ToProblem();
        return http.Prefers(StatisticsCsv.MediaType)
            ? etags.Ok(http, StatisticsCsv.Of(found!), StatisticsCsv.MediaType)
            : etags.Ok(http, Guid.Empty, 0, found);
    }

    /// <summary>The figures, or what is wrong with what is asked or with what was read before.</summary>
    public static async Task<(CaseStatistics? Statistics, Refusal? Refused)> Find(
        CaseFigureReader figures, TimeProvider time, Parameters parameters, DateOnly from, DateOnly to, IReadOnlyList<StatisticsDimension> by, DateTimeOffset? asOf, CancellationToken ct)
    {
        parameters.Days(from, to, MostDays);
        if (by.Count > MostDimensions || by.Distinct().Count() < by.Count)
            parameters.Refuse(RequestRefusals.ParameterInvalid.Because($"最多{MostDimensions}个维度，不得重复。", $"At most {MostDimensions} dimensions, each once.").At("by"));
        if (parameters.Refused is { } refused)
            return (null, refused);
        // What is yet to come nobody knows.
        return await figures.Cases(from, to, by, asOf < time.GetUtcNow() ? asOf : null, ct);
    }
}
