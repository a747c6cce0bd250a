using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Marten;
using OneDoor.Platform;
using OneDoor.WorkOrders;

namespace OneDoor.Reviews;

/// <summary>GET /v1/reviews/{id}, now or as of a past instant, and its history.</summary>
public static class GetReview
{
    public static readonly string[] Reading = [Scopes.ReviewsWrite, Scopes.ComplaintsHandle, Scopes.CasesAudit];

    public static void MapGetReview(this IEndpointRouteBuilder reviews)
    {
        reviews.MapGet("/{id:guid}", Handle)
            .Needs(Reading)
            .ReadsOne<ReviewView>("getReview", "Read a review, now or as of a past instant", ReviewExamples.Given);
        reviews.MapGet("/{id:guid}/history", History)
            .Needs(Reading)
            .ReadsOne<ReviewHistory>("getReviewHistory", "Read what happened to a review, in order", ReviewExamples.History);
    }

    private static async Task<IResult> Handle(
        Guid id, HttpContext http, ReviewReader reader, Etags etags, CancellationToken ct,
        [DataType(DataType.DateTime), Description("An instant with its offset: the review as it was then.")] string? asOf = null)
    {
        var parameters = new Parameters();
        var instant = parameters.Instant(asOf, "asOf");
        if (parameters.Refused is { } malformed)
            return malformed.ToProblem();
        return await reader.Read(id, instant, "GET /v1/reviews/{id:guid}", ct) is var (seen, order)
            ? etags.Ok(http, id, seen.Version, ReviewView.Of(seen, order)) : ReviewRefusals.NotFound.ToProblem();
    }

    private static async Task<IResult> History(Guid id, HttpContext http, ReviewReader reader, Etags etags, CancellationToken ct) =>
        await reader.Read(id, null, "GET /v1/reviews/{id:guid}/history", ct) is var (seen, _)
            ? etags.Ok(http, id, seen.Version, new ReviewHistory(await reader.HistoryOf(id, ct))) : ReviewRefusals.NotFound.ToProblem();
}

/// <summary>Reads reviews for whoever may see them, for both doors.</summary>
public sealed class ReviewReader(IDocumentStore store, StoredFacts facts, WorkOrderReader orders, Caller caller, ReadLog reads, TimeProvider time)
{
    /// <summary>The review as the caller may see it, as it stands now or stood then, and what came of it; null when it does not exist for them.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="asOf">When; null for now.</param>
    /// <param name="operation">What the log of reads calls it.</param>
    /// <param name="ct">Cancels the request.</param>
    public async Task<(Review Seen, WorkOrderOutcome? Order)?> Read(Guid id, DateTimeOffset? asOf, string operation, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var now = time.GetUtcNow();
        var seen = id == Guid.Empty ? null : (await session.LoadAsync<Review>(id, ct))?.SeenBy(caller.Actor, now);
        if (seen is not null && asOf is { } then && then < now)
        {
            // What is excluded is veiled for whom it rates, whenever they look at it.
            var veiled = seen is { IsExcluded: true, GivenBy: null };
            seen = (await facts.AsOf<Review, ReviewFact>(id, then, ct))?.SeenBy(caller.Actor, now);
            if (veiled && seen is not null)
                seen = seen with { Comment = null, Tags = [] };
        }
        if (seen is null)
            return null;
        reads.Note(caller, operation, "review", [id]);
        return (seen, (await orders.OutcomesOf(session, [id], asOf, ct)).GetValueOrDefault(id));
    }

    /// <summary>What has happened to a review.</summary>
    public async Task<IReadOnlyList<ReviewEvent>> HistoryOf(Guid id, CancellationToken ct) => [.. (await facts.Of<ReviewFact>(id, ct)).Select(ReviewEvent.Of)];
}
