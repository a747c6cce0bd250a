using OneDoor.Tickets;
using OneDoor.WorkOrders;

namespace OneDoor.Reviews;

/// <summary>GET /v1/reviews/{id}, by token or by the code on the ticket of the visit, now or as of a past instant, and its history.</summary>
public static class ReviewReading
{
    public static readonly Reading<Review, ReviewFact, ReviewView, ReviewEvent> One = new(
        "review", "a review", "评价", "review", "/v1/reviews", ReviewRefusals.NotFound, Scopes.ReviewsWrite, Scopes.ComplaintsHandle, Scopes.CasesAudit)
    {
        View = async (review, to) => ReviewView.Of(
            review, (await to.Services.GetRequiredService<WorkOrderOutcomes>().Of(to.Session, [review.Id], to.AsOf, to.Cancelled)).GetValueOrDefault(review.Id),
            await ReviewDevices.SharedBySeveral(to.Session, [review], to.Viewer, to.AsOf, to.Cancelled), to.Viewer),
        Event = (fact, i, _) => ReviewEvent.Of(fact, i),
        Key = view => $"{view.Id}",
        Code = TicketOperations.Opened,
        // What is excluded is veiled for whom it rates, whenever they look at it.
        Past = (seen, was) => seen is { IsExcluded: true, GivenBy: null } ? was with { Comment = null, Tags = [] } : was,
        Shows = (ReviewExamples.Given, ReviewExamples.History),
    };
}
