using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Marten;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Reviews;

/// <summary>GET /v1/reviews/figures: how what was handled was rated, for the departments and the service office.</summary>
public static class GetReviewFigures
{
    public const string Does = "Read how matters were rated, by department: counts by grade and the positive share";

    private const int MostDays = 366;

    public static void MapReviewFigures(this IEndpointRouteBuilder reviews) => reviews.MapGet("/figures", Handle)
        .Needs(Scopes.ComplaintsHandle)
        .WithName("getReviewFigures")
        .WithSummary($"{Does} (好评率)")
        .WithDescription($"A department's own; for the service office all. Days are days of China Standard Time and included, {MostDays} at most; a review counts on the day on which it was given. Nobody who says nothing is counted, and what is excluded is not, either.")
        .Produces<ReviewFigures>()
        .Shows(request: null, ReviewExamples.Figures)
        .Produces(StatusCodes.Status304NotModified)
        .Refuses(400);

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, IQuerySession session, Etags etags,
        [DataType(DataType.Date), Description("The first day, YYYY-MM-DD.")] string from,
        [DataType(DataType.Date), Description("The last day, YYYY-MM-DD.")] string to, CancellationToken ct)
    {
        var parameters = new Parameters();
        var (first, last) = (parameters.Day(from, "from"), parameters.Day(to, "to"));
        if (parameters.Refused is { } malformed)
            return malformed.ToProblem();
        var (figures, refused) = await Find(caller.Actor, session, first!.Value, last!.Value, ct);
        return refused?.ToProblem() ?? etags.Ok(http, figures!);
    }

    /// <summary>The figures of some days, or what is wrong with these.</summary>
    public static async Task<(ReviewFigures? Figures, Refusal? Refused)> Find(Actor viewer, IQuerySession session, DateOnly from, DateOnly to, CancellationToken ct)
    {
        if (RequestRefusals.OfDays(from, to, MostDays) is { } refused)
            return (null, refused);
        var (begin, end) = (LegalClock.MidnightOf(from).ToUniversalTime(), LegalClock.MidnightOf(to.AddDays(1)).ToUniversalTime());
        var given = await session.Query<Review>().VisibleTo(viewer).Where(r => r.GivenAt >= begin && r.GivenAt < end)
            .GroupBy(r => new { r.Unit, r.Grade, r.Status }).Select(g => new ReviewCount(g.Key.Unit, g.Key.Grade, g.Key.Status, g.Count())).ToListAsync(ct);
        return (ReviewFigures.Of(from, to, given), null);
    }
}
