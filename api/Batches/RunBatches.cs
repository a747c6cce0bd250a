using Marten;

namespace OneDoor.Batches;

/// <summary>
/// Makes cases of the lines of batches. A line is noted as done in the transaction that begins its case, so none is done twice (decision 0076).
/// </summary>
public sealed class RunBatches(IDocumentStore store, BatchTable table, SubmitLine submitting, IConfiguration configuration, TimeProvider time, ILogger<RunBatches> log) : WorkInTurns("batches", configuration, log)
{
    // Of each batch a portion in turn, so that a small one does not wait for a large one. Few at once: who else asks is not to wait for them.
    private const int Portion = 50, AtOnce = 2;

    protected override async Task<bool> Round(CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var open = await session.Query<Batch>().Where(b => b.EndedAt == null).OrderBy(b => b.ReceivedAt).ToListAsync(ct);
        var isMore = false;
        foreach (var batch in open)
        {
            try
            {
                isMore |= await Advance(batch, ct);
            }
            catch (Exception fault) when (!ct.IsCancellationRequested && !StoreFaults.IsDatabaseAway(fault))
            {
                // One that cannot go on holds up none of the others.
                Say(fault);
            }
        }
        return isMore;
    }

    // Whether it has come further: what another request is on, or nothing can be done about now, is worth no look at once.
    private async Task<bool> Advance(Batch batch, CancellationToken ct)
    {
        if (batch.Status == BatchStatus.Checking)
            return await Append(batch, new BatchStarted(time.GetUtcNow()), ct);
        var lines = await table.Lines(batch.Id, [LineStatus.Waiting], 0, Portion, ct);
        var noted = 0;
        await Parallel.ForEachAsync(lines, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (line, stop) =>
        {
            if (await table.GoesOn(batch.Id, stop) && await submitting.Submit(batch, line, stop))
                Interlocked.Increment(ref noted);
        });
        if (lines.Count < Portion && (await table.Lines(batch.Id, [LineStatus.Waiting], 0, 1, ct)).Count == 0)
        {
            var counts = await table.Counts(batch.Id, ct);
            await Append(batch, new BatchFinished(time.GetUtcNow(), counts.Done, counts.Failed), ct);
        }
        return noted > 0;
    }

    // False where somebody has cancelled it meanwhile, or another process was first: the next look shows it as it is then.
    private async Task<bool> Append(Batch batch, BatchFact fact, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        session.Events.Append(batch.Id, batch.Version + 1, fact);
        try
        {
            await session.SaveChangesAsync(ct);
            return true;
        }
        catch (Exception fault) when (StoreFaults.Of(fault) == RequestRefusals.Stale)
        {
            return false;
        }
    }
}
