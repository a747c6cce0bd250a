using System.ComponentModel.DataAnnotations;
using Marten;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>How lapsed cases are looked for.</summary>
public sealed record SweepOptions
{
    /// <summary>Seconds from one look to the next.</summary>
    [Range(1, 3600)]
    public int EverySeconds { get; init; } = 60;
}

/// <summary>
/// Records what the passing of time alone brings about: cases nobody answered within five working days count as accepted
/// (CASE-2). One process does it at a time; should two do it for a moment, the later one finds nothing left to do.
/// </summary>
public sealed partial class LapseCases(
    IDocumentStore store, FoundTable table, IConfiguration configuration, SweepOptions options, LegalClock clock, TimeProvider time, DatabaseClock shared, CaseMetrics metrics, ILogger<LapseCases> log) : BackgroundService
{
    /// <summary>How many cases are recorded in one transaction.</summary>
    public const int Batch = 100;

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
                // A clock that runs ahead would take from departments days that they have.
                if (!await shared.Agrees(stoppingToken))
                {
                    LogSkewed(log);
                    await turn.Yield();
                    continue;
                }
                if (!await turn.IsOurs(stoppingToken))
                {
                    metrics.SweptElsewhere();
                    continue;
                }
                using var span = Telemetry.Work.StartActivity("sweep");
                while (await Sweep(stoppingToken))
                {
                }
                metrics.Swept(await CountLate(stoppingToken));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogFailed(log, fault); // The next round finds the same cases, in whichever process.
                await turn.Yield();
            }
        }
    }

    // True when there may be more.
    private async Task<bool> Sweep(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var session = store.LightweightSession();
        var lapsed = await session.Query<Case>().Where(c => c.AcceptBy != null && c.AcceptBy < now)
            .OrderBy(c => c.AcceptBy).Take(Batch).ToListAsync(ct);
        foreach (var @case in lapsed)
            Append(session, @case, now);
        Idempotency.ForgetOutdated(session, now);
        var recorded = lapsed.Count;
        // Somebody's command came between: then each by itself, so that one holds up none of the others.
        if (!await Saved(session, ct))
            recorded = await RecordEach(lapsed, now, ct);
        return lapsed.Count == Batch && recorded > 0;
    }

    private async Task<int> RecordEach(IEnumerable<Case> lapsed, DateTimeOffset now, CancellationToken ct)
    {
        var recorded = 0;
        foreach (var @case in lapsed)
        {
            await using var session = store.LightweightSession();
            Append(session, @case, now);
            recorded += await Saved(session, ct) ? 1 : 0;
        }
        return recorded;
    }

    private void Append(IDocumentSession session, Case @case, DateTimeOffset now)
    {
        var facts = @case.Lapse(clock, now);
        session.Events.Append(@case.Id, @case.Version + facts.Count, facts);
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

    private async Task<int> CountLate(CancellationToken ct)
    {
        var found = table.Search(CaseColumns.Kind);
        var everywhere = new Way.Everywhere();
        found.Through(everywhere, CaseFinding.States(everywhere, [CaseStatus.Accepted])).Where($"f.due < {found.Value(time.GetUtcNow())}");
        return (int)await found.Count(most: null, ct);
    }

    [LoggerMessage(LogLevel.Error, "This machine's clock and the database's are too far apart: not looking for lapsed cases.")]
    private static partial void LogSkewed(ILogger logger);

    [LoggerMessage(LogLevel.Error, "Looking for lapsed cases failed.")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
