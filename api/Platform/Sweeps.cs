using System.ComponentModel.DataAnnotations;
using Marten;

namespace OneDoor.Platform;

/// <summary>How what has become due is looked for.</summary>
public sealed record SweepOptions
{
    /// <summary>Seconds from one look to the next.</summary>
    [Range(1, 3600)]
    public int EverySeconds { get; init; } = 60;
}

/// <summary>What time alone does to things of one kind.</summary>
public interface ISweep
{
    /// <summary>Records a batch of what has become due; true when there may be more.</summary>
    Task<bool> Record(IDocumentStore store, DateTimeOffset now, CancellationToken ct);

    /// <summary>Hears of every round: whether this process swept, or another one does.</summary>
    Func<bool, CancellationToken, Task> Swept { get; }
}

/// <summary>What time alone does to things of a kind.</summary>
/// <param name="due">Things that something is due for at an instant, the longest due first.</param>
/// <param name="lapse">What has followed for one of them by an instant.</param>
public sealed class Sweep<TState, TFact>(
    Func<IQueryable<TState>, DateTimeOffset, IQueryable<TState>> due, Func<TState, DateTimeOffset, IReadOnlyList<TFact>> lapse) : ISweep
    where TState : class, IFolded<TState, TFact> where TFact : class
{
    // How many things are recorded in one transaction.
    private const int Batch = 100;

    /// <summary>What is written besides, in the transaction that records these facts.</summary>
    public Func<IDocumentSession, TState, IReadOnlyList<TFact>, CancellationToken, Task> Besides { get; init; } = (_, _, _, _) => Task.CompletedTask;

    public Func<bool, CancellationToken, Task> Swept { get; init; } = (_, _) => Task.CompletedTask;

    public async Task<bool> Record(IDocumentStore store, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        var lapsed = await due(session.Query<TState>(), now).Take(Batch).ToListAsync(ct);
        foreach (var thing in lapsed)
            await Append(session, thing, now, ct);
        var recorded = lapsed.Count;
        // Somebody's command came between: then each by itself, so that one holds up none of the others.
        if (!await Saved(session, ct))
            recorded = await RecordEach(store, lapsed, now, ct);
        return lapsed.Count == Batch && recorded > 0;
    }

    private async Task<int> RecordEach(IDocumentStore store, IEnumerable<TState> lapsed, DateTimeOffset now, CancellationToken ct)
    {
        var recorded = 0;
        foreach (var thing in lapsed)
        {
            await using var session = store.LightweightSession();
            await Append(session, thing, now, ct);
            recorded += await Saved(session, ct) ? 1 : 0;
        }
        return recorded;
    }

    private async Task Append(IDocumentSession session, TState thing, DateTimeOffset now, CancellationToken ct)
    {
        var facts = lapse(thing, now);
        session.Events.Append(thing.Id, thing.Version + facts.Count, facts);
        await Besides(session, thing, facts, ct);
    }

    // False where somebody was first, and recorded the same.
    private static async Task<bool> Saved(IDocumentSession session, CancellationToken ct)
    {
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

/// <summary>
/// Records what the passing of time alone brings about, of every kind of thing. One process does it at a time; should two do it for a
/// moment, the later one finds nothing left to do.
/// </summary>
public sealed partial class Sweeps(
    IEnumerable<ISweep> sweeps, IDocumentStore store, IConfiguration configuration, SweepOptions options, TimeProvider time, DatabaseClock shared, ILogger<Sweeps> log)
    : BackgroundService
{
    /// <summary>How often it looks, unless an operator says otherwise.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(new SweepOptions().EverySeconds);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var turn = new Turn(Store.ConnectionOf(configuration), "sweep");
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.EverySeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                // A clock that runs ahead would take from people time that they have.
                if (!await shared.Agrees(stoppingToken))
                {
                    LogSkewed(log);
                    await turn.Yield();
                    continue;
                }
                var ours = await turn.IsOurs(stoppingToken);
                if (ours)
                    await Round(stoppingToken);
                foreach (var sweep in sweeps)
                    await sweep.Swept(ours, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, fault); // The next round finds the same things, in whichever process.
                await turn.Yield();
            }
        }
    }

    private async Task Round(CancellationToken ct)
    {
        using var span = Telemetry.Work.StartActivity("sweep");
        // First, for it waits for nothing that is due, however much that is.
        await using (var session = store.LightweightSession())
        {
            Idempotency.ForgetOutdated(session, time.GetUtcNow());
            await session.SaveChangesAsync(ct);
        }
        foreach (var sweep in sweeps)
        {
            while (await sweep.Record(store, time.GetUtcNow(), ct))
            {
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "This machine's clock and the database's are too far apart: not looking for what has lapsed.")]
    private static partial void LogSkewed(ILogger logger);

    [LoggerMessage(LogLevel.Error, "Looking for what has lapsed failed.")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
