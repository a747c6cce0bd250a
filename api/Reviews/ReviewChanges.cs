using Marten;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Reviews;

/// <summary>Takes reviews, and changes those that are there.</summary>
public sealed class ReviewChanges(ChangeTools tools, ReviewOptions policy, LegalClock clock) : Changes<Review, ReviewFact, ReviewCommand>(tools)
{
    protected override Refusal NotFound => ReviewRefusals.NotFound;

    /// <summary>Takes a review.</summary>
    public Task<Outcome> Give(GiveReview command, CancellationToken ct) => Begin(command, id => $"/v1/reviews/{id}", ct);

    protected override object View(Review seen, int version, string language) => ReviewView.Of(seen with { Version = version });

    protected override async Task<Decision<ReviewFact>> Decide(Review? before, ReviewCommand command, CancellationToken ct)
    {
        var asked = new ReviewAsking(Tools.Caller.Actor, clock, Tools.Now) { Policy = policy };
        if (command is not GiveReview given)
            return Review.Decide(before, command, asked);
        // One matter has one rating: who rates it at the same time waits for the other.
        await Tools.Session.Alone(ct, $"reviews of case {given.Case}");
        return Review.Decide(before, command, asked with
        {
            New = Undated(),
            Case = given.Case == Guid.Empty ? null : await Tools.Session.FindWhole(given.Case, Tools.Caller.Actor, Tools.Now, ct),
            Given = [.. (await Tools.Session.Query<Review>().Where(r => r.OfCase == given.Case).ToListAsync(ct)).Select(r => r.Part)],
        });
    }

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
