using Marten;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Platform;
using OneDoor.WorkOrders;

namespace OneDoor.Reviews;

/// <summary>Takes reviews, and changes those that are there.</summary>
public sealed class ReviewChanges(ChangeTools tools, WorkOrderChanges orders, ReviewOptions policy, LegalClock clock) : Changes<Review, ReviewFact, ReviewCommand>(tools)
{
    // What came of it by then; null where nothing did.
    private WorkOrder? _order;

    protected override Refusal NotFound => ReviewRefusals.NotFound;

    /// <summary>Takes a review.</summary>
    public Task<Outcome> Give(GiveReview command, CancellationToken ct) => Begin(command, id => $"/v1/reviews/{id}", ct);

    protected override object View(Review seen, int version, string language) => ReviewView.Of(seen with { Version = version }, _order is null ? null : WorkOrderOutcome.Of(_order.At(Tools.Now)));

    protected override async Task<Decision<ReviewFact>> Decide(Review? before, ReviewCommand command, CancellationToken ct)
    {
        var asked = new ReviewAsking(Tools.Caller.Actor, clock, Tools.Now) { Policy = policy };
        if (command is GiveReview given)
        {
            // One matter has one rating: who rates it at the same time waits for the other.
            await Tools.Session.Alone(ct, $"reviews of case {given.Case}");
            asked = asked with
            {
                New = Undated(),
                Case = given.Case == Guid.Empty ? null : await Tools.Session.FindWhole(given.Case, Tools.Caller.Actor, Tools.Now, ct),
                Given = [.. (await Tools.Session.Query<Review>().Where(r => r.OfCase == given.Case).ToListAsync(ct)).Select(r => r.Part)],
            };
        }
        var decision = Review.Decide(before, command, asked);
        _order = before is null ? null : await orders.Of(before.Id, ct);
        foreach (var fact in decision.Facts)
            _order = Follow(fact, asked.Case);
        return decision;
    }

    // REV-2: a bad review opens a work order, which one that is excluded does not leave running.
    private WorkOrder? Follow(ReviewFact fact, Case? @case) => fact switch
    {
        ReviewGiven f when !Review.IsPositive(f.Grade) => orders.Open(f.At, new WorkOrderCause(
            f.Unit, f.By.Subject, @case!.Contact is { } contact ? new ReviewerContact(contact.Phone, contact.Email) : null, Review: f.ReviewId)),
        ReviewExcluded when _order is not null => orders.Void(_order),
        _ => _order,
    };

#pragma warning disable RS0030 // By design no id that sorts by time: it must not tell the rated when somebody gave it (decision 0057).
    private static Guid Undated() => Guid.NewGuid();
#pragma warning restore RS0030
}

/// <summary>What can be asked of a review that is there, for both doors.</summary>
public static class ReviewOperations
{
    public static readonly Operations<ReviewCommand> All = new Operations<ReviewCommand>()
        .On(new Operation<AppealReview>("appealReview", "appeal", "Contest a review, once, by the department it rates (申诉评价)", Scopes.ComplaintsHandle)
        {
            Shows = new(ReviewExamples.Appealing, ReviewExamples.Appealed),
        })
        .On(new Operation<RejectReviewAppeal>("rejectReviewAppeal", "appeal/rejection", "Keep a review that is contested, by a supervisor of the service office (维持评价)", Scopes.ComplaintsHandle)
        {
            Shows = new(ReviewExamples.Rejecting, ReviewExamples.Kept),
        })
        .On(new Operation<ExcludeReview>("excludeReview", "exclusion", "Exclude a mistaken or malicious review from every figure, by a supervisor of the service office (排除评价)", Scopes.ComplaintsHandle)
        {
            Shows = new(ReviewExamples.Excluding, ReviewExamples.Excluded),
        });
}
