using System.ComponentModel;
using OneDoor.Clock;
using OneDoor.Statistics;

namespace OneDoor.Staff;

/// <summary>GET /v1/statistics/service: how people were served, of what is counted of halls and departments (STAT-4).</summary>
public static class GetServiceFigures
{
    public const string Does = "Read how long people waited in a quarter, how they rated it and of what they complained, by hall and department";

    public static void MapGetServiceFigures(this IEndpointRouteBuilder statistics) => statistics.MapGet("/service", Handle)
        .AllowAnonymous()
        .Reads<ServiceFigures>("getServiceFigures", $"{Does} (服务统计)", StaffExamples.Service)
        .Refuses(403)
        .WithDescription($"Of a quarter that is over, a minute old at most, or as of an instant since then. Of fewer than {CaseFigures.Least} visits, ratings or cases nothing is told, nor of what would tell of them. With Accept: text/csv as a table.");

    private static async Task<IResult> Handle(
        HttpContext http, StaffFigureReader figures, Etags etags, TimeProvider time, Parameters parameters, [Description("The quarter, as 2026-Q3.")] string quarter, CancellationToken ct,
        [Description("An instant with its offset, when the quarter was over: the figures as they were then.")] InstantParameter? asOf = null)
    {
        var read = GetExcellence.QuarterOf(parameters, quarter);
        if (parameters.Refused is { } malformed)
            return malformed.ToProblem();
        var (found, refused) = await Find(read!, asOf?.At, figures, time, ct);
        if (refused is not null)
            return refused.ToProblem();
        return http.Prefers(StatisticsCsv.MediaType)
            ? etags.OkForAll(http, StatisticsCsv.Of(found!), StatisticsCsv.MediaType)
            : etags.OkForAll(http, found!);
    }

    /// <summary>The figures of a quarter as of an instant, or why they are not told.</summary>
    public static async Task<(ServiceFigures? Found, Refusal? Refused)> Find(Quarter quarter, DateTimeOffset? asOf, StaffFigureReader figures, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        // What is yet to come nobody knows, and as of a quarter that ran nobody was told of it.
        var past = asOf < now ? asOf : null;
        if (StaffExcellence.NotYet(quarter, LegalClock.DayOf(past ?? now), readsFigures: false) is { } early)
            return (null, early);
        return await figures.Published(quarter, past, ct) is { } found ? (Of(quarter, found) with { AsOf = past }, null) : (null, GetExcellence.Unknown);
    }

    /// <summary>Of the last quarter that is over; null as well where too many ask for others.</summary>
    public static async Task<ServiceFigures?> Last(StaffFigureReader figures, TimeProvider time, CancellationToken ct)
    {
        try
        {
            return (await Find(Quarter.Before(LegalClock.DayOf(time.GetUtcNow())), asOf: null, figures, time, ct)).Found;
        }
        catch (TimeoutException)
        {
            // A page has more to show than this.
            return null;
        }
    }

    internal static ServiceFigures Of(Quarter quarter, StaffPerformance counted) => ServiceFigures.Of(
        quarter.ToString(), quarter.From, quarter.To,
        [.. counted.Halls.Concat(counted.Units).Select(of => new ServiceCounts(of.Hall, of.Department, of.MeanWait, of.MeanService, of.Positive, of.WithoutComplaint))]);
}
