using System.ComponentModel;
using Marten;
using OneDoor.Clock;

namespace OneDoor.Reviews;

/// <summary>GET /v1/reviews/figures: how what was handled was rated, for the departments and the service office.</summary>
public static class GetReviewFigures
{
    public const string Does = "Read how matters were rated, by department: counts by grade and the positive share";

    private const int MostDays = 366;

    public static void MapReviewFigures(this IEndpointRouteBuilder reviews) => reviews.MapGet("/figures", Handle)
        .Needs(Scopes.ComplaintsHandle)
        .Reads<ReviewFigures>("getReviewFigures", $"{Does} (好评率)", ReviewExamples.Figures)
        .WithDescription($"A department's own; for the service office all. Days are days of China Standard Time and included, {MostDays} at most; a review counts on the day on which it was given. Nobody who says nothing is counted, and what is excluded is not, either.");

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, IQuerySession session, Etags etags,
        [Description("The first day, YYYY-MM-DD.")] DateOnly from, [Description("The last day, YYYY-MM-DD.")] DateOnly to, CancellationToken ct)
    {
        var (figures, refused) = await Find(caller.Actor, session, from, to, ct);
        return refused?.ToProblem() ?? etags.Ok(http, figures!);
    }

    /// <summary>The figures of some days, or what is wrong with these.</summary>
    public static async Task<(ReviewFigures? Figures, Refusal? Refused)> Find(Actor viewer, IQuerySession session, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var parameters = new Parameters();
        parameters.Days(from, to, MostDays);
        if (parameters.Refused is { } refused)
            return (null, refused);
        var (begin, end) = (LegalClock.MidnightOf(from).ToUniversalTime(), LegalClock.MidnightOf(to.AddDays(1)).ToUniversalTime());
        var given = await session.Query<Review>().VisibleTo(viewer).Where(r => r.GivenAt >= begin && r.GivenAt < end)
            .GroupBy(r => new { r.Unit, r.Grade, r.Status }).Select(g => new ReviewCount(g.Key.Unit, g.Key.Grade, g.Key.Status, g.Count())).ToListAsync(ct);
        return (ReviewFigures.Of(from, to, given), null);
    }
}
