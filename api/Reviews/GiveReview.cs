using OneDoor.Tickets;

namespace OneDoor.Reviews;

/// <summary>POST /v1/reviews (REV-1, REV-3).</summary>
public static class GiveReviewEndpoint
{
    /// <summary>What rates a visit without a token.</summary>
    public static readonly InsteadOfToken Code = TicketOperations.Code with
    {
        Says = "The code on the ticket, instead of a token. It is never logged. A token sent along is not looked at, unless it is a department's, its staff's or a machine's, who do not rate.",
    };

    public static void MapGiveReview(this IEndpointRouteBuilder reviews) => reviews.MapPost("", async (GiveReview request, ReviewChanges changes, CancellationToken ct) => (await changes.Give(request, ct)).ToResult())
        .Needs(Code, Scopes.ReviewsWrite)
        .Begins<ReviewView>("giveReview", "Say how a matter was handled, or how one was served, in one of five grades (好差评)", ReviewExamples.Request, ReviewExamples.Given)
        .WithDescription("Of a case by its applicant, once and, of a joint one, once for each department with a part in it: while it runs and for 30 days after it ended, whatever became of it. Of a ticket by its holder, once within 30 days after they were served, also by the code on it. An operator may set other days. The department that is rated learns what is said and not who says it.");
}
