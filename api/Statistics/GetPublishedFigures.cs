using System.ComponentModel;
using OneDoor.Catalogue;

namespace OneDoor.Statistics;

/// <summary>GET /v1/statistics/published: what the zone has published about itself, computed (STAT-3).</summary>
public static class GetPublishedFigures
{
    public const string Does = "Read the figures that the zone published in June 2020, as the platform computes them";

    public static void MapGetPublishedFigures(this IEndpointRouteBuilder statistics) => statistics.MapGet("/published", Handle)
        .AllowAnonymous()
        .Reads<PublishedFigures>("getPublishedFigures", $"{Does} (公布数据)", StatisticsExamples.Published)
        .WithDescription("Each follows from the catalogue in force or from the cases of the platform, a minute old at most; ratios are fractions. None is a constant: a platform with other cases has other figures, and says that they differ.");

    private static async Task<IResult> Handle(
        HttpContext http, CaseFigureReader figures, Etags etags, CancellationToken ct,
        [Description("An instant with its offset: the figures as they were then, of the catalogue in force on its day.")] InstantParameter? asOf = null) =>
        etags.OkForAll(http, await Find(figures, asOf?.At, ct));

    /// <summary>The figures now, or as of an instant.</summary>
    public static Task<PublishedFigures> Find(CaseFigureReader figures, DateTimeOffset? asOf, CancellationToken ct) =>
        asOf is { } at ? figures.PublishedAsOf(at, ct) : figures.Published(ct);
}

/// <summary>What the documentation shows of statistics.</summary>
public static class StatisticsExamples
{
    public static readonly PublishedFigures Published =
        new([.. PublishedFigures.Of(CatalogueData.Zone(), []).Figures.Where(figure => figure.Id is "entries" or "municipal-powers-share")]);

    public static readonly DelayFigures Delays = DelayFigures.Of(
        new(2025, 11, 24), new(2026, 11, 23), new Dictionary<string, long> { ["system"] = 12, ["complexity"] = 3, ["other"] = 31, [DelayFigures.Unexplained] = 7 });

    public static readonly CaseStatistics Cases = new(
        new(2020, 2, 3), new(2020, 5, 31), [StatisticsDimension.Channel], null,
        CaseStatistics.RowsOf([StatisticsDimension.Channel], [new(["online"], "SAMR-009-02", [1200, 1190, 0, 10, 0, 1200, 840, 1200, 1196, 2, 1200, 1200, 0, 24000, 3600, 17280000, 1200, 0])]));
}
