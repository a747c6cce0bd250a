using Marten;
using Marten.Linq.MatchesSql;

namespace OneDoor.Batches;

/// <summary>Something that happened to a batch; what its lines come to is none of it.</summary>
/// <param name="Version">Which it led to.</param>
/// <param name="Type">What it was, for instance <c>batch-finished</c>.</param>
/// <param name="At">When.</param>
public sealed record BatchEvent(int Version, string Type, DateTimeOffset At)
{
    public static BatchEvent Of(BatchFact fact, int index) => new(index + 1, Streams.PublishedAs(fact), fact.At);
}

/// <summary>Which batches are wanted; what is null leaves them all.</summary>
/// <param name="Status">Batches that stand so.</param>
public sealed record BatchFilter(IReadOnlyList<BatchStatus>? Status);

/// <summary>GET /v1/batches: those the caller may see, the latest first; and what happened to one.</summary>
public static class ListBatches
{
    public static readonly Reading<Batch, BatchFact, BatchView, BatchEvent> One = new("batch", "a batch", "批次", "batch", "/v1/batches", BatchRefusals.NotFound, Scopes.CasesSubmit)
    {
        View = async (batch, to) => BatchView.Of(batch, await to.Services.GetRequiredService<BatchTable>().Counts(batch.Id, to.Cancelled, to.AsOf)),
        Event = (fact, i, _) => BatchEvent.Of(fact, i),
        Key = view => $"{view.Id}",
        Shows = (BatchExamples.Running, BatchExamples.History),
    };

    public static readonly ThingList<Batch, BatchFact, BatchView, BatchEvent, BatchFilter> All = new(One, "batches", "batches")
    {
        By = new("received_at", b => b.ReceivedAt, b => b.Id),
        Matching = Matching,
        Views = async (found, to) =>
        {
            var counts = await to.Services.GetRequiredService<BatchTable>().Counts([.. found.Select(batch => batch.Id)], to.Cancelled);
            return [.. found.Select(batch => BatchView.Of(batch, counts.GetValueOrDefault(batch.Id)))];
        },
        Says = "Those that the caller sent; for an enterprise, those as well that a department sent for it.",
    };

    // What Batch.SeenBy says, in the query itself.
    private static IQueryable<Batch> Matching(IQuerySession session, Actor viewer, BatchFilter filter, DateTimeOffset now)
    {
        var found = session.Query<Batch>().Where(b => b.MatchesSql(
            "((d.sent_by = ? and d.data -> 'by' ->> 'client' = ?) or d.employer_key = ?)", viewer.Subject, viewer.Client, viewer.Applicant ?? ""));
        return filter.Status is { } statuses ? found.Where(b => b.MatchesSql("d.data ->> 'status' = any(?)", new object[] { statuses.Select(s => s.ToString()).ToArray() })) : found;
    }
}
