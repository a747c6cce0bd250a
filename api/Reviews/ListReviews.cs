using System.ComponentModel;
using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Platform;
using OneDoor.WorkOrders;

namespace OneDoor.Reviews;

/// <summary>Which reviews are wanted; what is null leaves them all.</summary>
/// <param name="Case">Only those of this case, for who is to know which case one is about.</param>
public sealed record ReviewFilter(ReviewStatus? Status = null, ReviewGrade? Grade = null, Guid? Case = null)
{
    /// <summary>What cursors are signed for.</summary>
    public string List => $"reviews {Status} {Grade} {Case}";
}

/// <summary>GET /v1/reviews: those the caller may see, the latest days first.</summary>
public static class ListReviews
{
    public static void MapListReviews(this IEndpointRouteBuilder reviews) => reviews.MapGet("", Handle)
        .Needs(ReviewReading.One.Scopes)
        .Lists<ReviewView>("listReviews", "List reviews, the latest days first", ReviewExamples.Given)
        .WithDescription("One's own; for a department those that rate it, without who gave them; for the service office all.");

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, IQuerySession session, WorkOrderOutcomes orders, Cursors cursors, ReadLog reads, TimeProvider time, CancellationToken ct,
        [OneOf<ReviewStatus>, Description("Reviews that stand so.")] string? status = null,
        [OneOf<ReviewGrade>, Description("Reviews of that grade.")] string? grade = null,
        [Description("Reviews of the case with that id.")] string? @case = null,
        int? first = null, string? after = null, bool count = false)
    {
        var parameters = new Parameters();
        var filter = new ReviewFilter(parameters.Enum<ReviewStatus>(status, "status"), parameters.Enum<ReviewGrade>(grade, "grade"),
            parameters.Read(@case, "case", text => Guid.TryParse(text, out _) ? text : null, "UUID") is { } about ? Guid.Parse(about) : null);
        var page = parameters.Page(cursors, filter.List, first, after);
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        var total = count ? (long?)await Count(session, caller.Actor, filter, ct) : null;
        var (found, hasNext) = await Find(session, caller.Actor, filter, page, time.GetUtcNow(), ct);
        reads.Note(caller, http, "review", found.Select(r => r.Id));
        return TypedResults.Ok(http.PageOf<ReviewView>(await Shown(session, orders, found, ct), hasNext ? cursors.Sign(filter.List, PositionOf(found[^1])) : null, total));
    }

    /// <summary>A page of the reviews a viewer may see, and whether more follow.</summary>
    public static async Task<(IReadOnlyList<Review> Found, bool HasNext)> Find(
        IQuerySession session, Actor viewer, ReviewFilter filter, PageRequest page, DateTimeOffset now, CancellationToken ct)
    {
        var found = Matching(session, viewer, filter);
        var (rows, hasNext) = await found.PageOf("given_at", r => r.GivenAt, r => r.Id, page, ct);
        return ([.. rows.Select(r => r.SeenBy(viewer, now)!)], hasNext);
    }

    /// <summary>Reviews as they are shown, with what came of each.</summary>
    public static async Task<ReviewView[]> Shown(IQuerySession session, WorkOrderOutcomes orders, IReadOnlyList<Review> found, CancellationToken ct)
    {
        var outcomes = await orders.Of(session, [.. found.Where(r => !Review.IsPositive(r.Grade)).Select(r => r.Id)], null, ct);
        return [.. found.Select(r => ReviewView.Of(r, outcomes.GetValueOrDefault(r.Id)))];
    }

    /// <summary>How many there are on all pages.</summary>
    public static async Task<long> Count(IQuerySession session, Actor viewer, ReviewFilter filter, CancellationToken ct) => await Matching(session, viewer, filter).LongCountAsync(ct);

    /// <summary>Where in the list it stands.</summary>
    public static string PositionOf(Review r) => LatestFirst.PositionOf(r.GivenAt, r.Id);

    /// <summary>What <see cref="Review.SeenBy"/> says, in the query itself.</summary>
    public static IQueryable<Review> VisibleTo(this IQueryable<Review> reviews, Actor viewer) => viewer switch
    {
        { IsAuditor: true } or { Department: Department.ServiceOffice } => reviews,
        { Department: { } own } => reviews.Where(r => r.MatchesSql("d.data ->> 'unit' = ?", own.ToString())),
        _ => reviews.Where(r => r.GivenBy == viewer.Subject),
    };

    private static IQueryable<Review> Matching(IQuerySession session, Actor viewer, ReviewFilter filter)
    {
        var found = session.Query<Review>().VisibleTo(viewer);
        if (filter.Status is { } status)
            found = found.Where(r => r.MatchesSql("d.data ->> 'status' = ?", status.ToString()));
        if (filter.Grade is { } grade)
            found = found.Where(r => r.MatchesSql("d.data ->> 'grade' = ?", grade.ToString()));
        if (filter.Case is not { } about)
            return found;
        found = found.Where(r => r.OfCase == about);
        // To find it by its case would tell the rated whose it is.
        return viewer switch
        {
            { IsAuditor: true } or { Department: Department.ServiceOffice, IsSupervisor: true } or { Department: null } => found,
            { Department: Department.ServiceOffice } => found.Where(r => r.MatchesSql("d.data ->> 'unit' <> ?", nameof(Department.ServiceOffice))),
            _ => found.Where(r => r.MatchesSql("false")),
        };
    }
}
