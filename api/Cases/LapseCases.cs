using Marten;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>
/// Records what the passing of time alone brings about: cases nobody answered within five working days count as accepted
/// (CASE-2). Any process may run it, and several at once do no harm: the later one finds nothing left to do.
/// </summary>
public sealed partial class LapseCases(IDocumentStore store, LegalClock clock, TimeProvider time, DatabaseClock shared, CaseMetrics metrics, ILogger<LapseCases> log) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private const int Batch = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                // A clock that runs ahead would take from departments days that they have.
                if (!await shared.Agrees(stoppingToken))
                {
                    LogSkewed(log);
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
                LogFailed(log, fault); // The next round finds the same cases.
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
        var recorded = 0;
        foreach (var @case in lapsed)
            recorded += await Record(@case, now, ct) ? 1 : 0;
        Idempotency.ForgetOutdated(session, now);
        await session.SaveChangesAsync(ct);
        return lapsed.Count == Batch && recorded > 0;
    }

    private async Task<int> CountLate(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var session = store.QuerySession();
        return await session.Query<Case>().CountAsync(c => c.LateAfter != null && c.LateAfter < now, ct);
    }

    private async Task<bool> Record(Case @case, DateTimeOffset now, CancellationToken ct)
    {
        var facts = @case.Lapse(clock, now);
        await using var session = store.LightweightSession();
        session.Events.Append(@case.Id, @case.Version + facts.Count, facts);
        try
        {
            await session.SaveChangesAsync(ct);
            return true;
        }
        catch (Exception fault) when (Problems.OfFault(fault) == RequestRefusals.Stale)
        {
            return false; // Somebody's command or another process was first, and recorded the same.
        }
    }

    [LoggerMessage(LogLevel.Error, "This machine's clock and the database's are too far apart: not looking for lapsed cases.")]
    private static partial void LogSkewed(ILogger logger);

    [LoggerMessage(LogLevel.Error, "Looking for lapsed cases failed.")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
