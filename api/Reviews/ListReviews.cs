using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.WorkOrders;

namespace OneDoor.Reviews;

/// <summary>Which reviews are wanted; what is null leaves them all.</summary>
/// <param name="Status">Reviews that stand so.</param>
/// <param name="Grade">Reviews of that grade.</param>
/// <param name="Case">Reviews of the case with that id, for who is to know which case one is about.</param>
/// <param name="Flagged">Only those of a device from which several people rated that day, for who checks reviews.</param>
public sealed record ReviewFilter(IReadOnlyList<ReviewStatus>? Status, IReadOnlyList<ReviewGrade>? Grade, Guid? Case, bool Flagged);

/// <summary>GET /v1/reviews: those the caller may see, the latest days first.</summary>
public static class ListReviews
{
    public static readonly ThingList<Review, ReviewFact, ReviewView, ReviewEvent, ReviewFilter> All = new(ReviewReading.One, "reviews", "reviews", "the latest days first")
    {
        By = new("given_at", r => r.GivenAt, r => r.Id),
        Matching = Matching,
        Views = async (found, to) =>
        {
            var outcomes = await to.Services.GetRequiredService<WorkOrderOutcomes>().Of(to.Session, [.. found.Where(r => !Review.IsPositive(r.Grade)).Select(r => r.Id)], to.AsOf, to.Cancelled);
            var several = await ReviewDevices.SharedBySeveral(to.Session, found, to.Viewer, to.AsOf, to.Cancelled);
            return [.. found.Select(r => ReviewView.Of(r, outcomes.GetValueOrDefault(r.Id), several, to.Viewer))];
        },
        Says = "One's own; for a department those that rate it, without who gave them; for the service office all.",
    };

    /// <summary>What <see cref="Review.SeenBy"/> says, in the query itself.</summary>
    public static IQueryable<Review> VisibleTo(this IQueryable<Review> reviews, Actor viewer) => viewer switch
    {
        { IsAuditor: true } or { Department: Department.ServiceOffice } => reviews,
        { Department: { } own } => reviews.Where(r => r.MatchesSql("d.data ->> 'unit' = ?", own.ToString())),
        _ => reviews.Where(r => r.GivenBy == viewer.Subject),
    };

    private static IQueryable<Review> Matching(IQuerySession session, Actor viewer, ReviewFilter filter, DateTimeOffset now)
    {
        var found = session.Query<Review>().VisibleTo(viewer);
        if (filter.Status?.ToArray() is { } statuses)
            found = found.Where(r => r.Status.IsOneOf(statuses));
        if (filter.Grade?.ToArray() is { } grades)
            found = found.Where(r => r.Grade.IsOneOf(grades));
        // To find it by its case would tell the rated whose it is.
        if (filter.Case is { } about)
            found = Whole(found.Where(r => r.OfCase == about), viewer);
        if (filter.Flagged)
        {
            found = viewer.Department is null ? found.Where(r => false) : Whole(found, viewer).Where(r => r.MatchesSql($"d.device in ({ReviewDevices.Several("true")})"));
        }
        return found;
    }

    // Those of which the viewer sees more than whom they rate.
    private static IQueryable<Review> Whole(IQueryable<Review> found, Actor viewer) => viewer switch
    {
        { IsAuditor: true } or { Department: Department.ServiceOffice, IsSupervisor: true } or { Department: null } => found,
        { Department: Department.ServiceOffice } => found.Where(r => r.MatchesSql("d.data ->> 'unit' <> ?", nameof(Department.ServiceOffice))),
        _ => found.Where(r => false),
    };
}
