using Marten;
using OneDoor.Platform;
using OpenTelemetry;

namespace OneDoor.Batches;

/// <summary>
/// Makes cases of the lines of batches. One process does it at a time (<see cref="Turn"/>); what is yet to be done lies in the database, so another one goes on
/// with all of it. A line is noted as done in the transaction that begins its case, so none is done twice (decision 0076).
/// </summary>
public sealed partial class RunBatches(IDocumentStore store, BatchTable table, SubmitLine submitting, IConfiguration configuration, TimeProvider time, ILogger<RunBatches> log) : BackgroundService
{
    // Of each batch a portion in turn, so that a small one does not wait for a large one. Few at once: who else asks is not to wait for them.
    private const int Portion = 50, AtOnce = 2;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var untraced = SuppressInstrumentationScope.Begin();
        await using var turn = new Turn(Store.ConnectionOf(configuration), "batches");
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await turn.IsOurs(stoppingToken) || !await Round(stoppingToken))
                    await Task.Delay(Look, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever is not noted as done is done by whoever looks next.
                if (StoreFaults.IsDatabaseAway(fault))
                    Away(log);
                else
                    Failed(log, fault);
                await turn.Yield();
                await Task.Delay(Look, stoppingToken);
            }
        }
    }

    // Whether there was anything to do.
    private async Task<bool> Round(CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var open = await session.Query<Batch>().Where(b => b.EndedAt == null).OrderBy(b => b.ReceivedAt).ToListAsync(ct);
        foreach (var batch in open)
            await Advance(batch, ct);
        return open.Count > 0;
    }

    private async Task Advance(Batch batch, CancellationToken ct)
    {
        if (batch.Status == BatchStatus.Checking)
        {
            await Append(batch, new BatchStarted(time.GetUtcNow()), ct);
            return;
        }
        var lines = await table.Lines(batch.Id, LineStatus.Waiting, 0, Portion, ct);
        await Parallel.ForEachAsync(lines, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (line, stop) => await submitting.Submit(batch, line, stop));
        if (lines.Count < Portion && (await table.Lines(batch.Id, LineStatus.Waiting, 0, 1, ct)).Count == 0)
        {
            var counts = await table.Counts(batch.Id, ct);
            await Append(batch, new BatchFinished(time.GetUtcNow(), counts.Done, counts.Failed), ct);
        }
    }

    // Nothing where somebody has cancelled it meanwhile, or another process was first: the next look shows it as it is then.
    private async Task Append(Batch batch, BatchFact fact, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        session.Events.Append(batch.Id, batch.Version + 1, fact);
        try
        {
            await session.SaveChangesAsync(ct);
        }
        catch (Exception fault) when (StoreFaults.Of(fault) == RequestRefusals.Stale)
        {
        }
    }

    [LoggerMessage(LogLevel.Warning, "Batches wait: the database is away")]
    private static partial void Away(ILogger log);

    [LoggerMessage(LogLevel.Error, "Batches could not be gone on with")]
    private static partial void Failed(ILogger log, Exception fault);
}
