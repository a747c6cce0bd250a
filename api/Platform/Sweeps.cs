using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Text.Json;
using Marten;

namespace OneDoor.Platform;

/// <summary>How what has become due is looked for.</summary>
public sealed record SweepOptions
{
    /// <summary>Seconds from one look to the next.</summary>
    [Range(1, 3600)]
    public int EverySeconds { get; init; } = 60;
}

/// <summary>What came of a look for what has become due.</summary>
public enum SweepRound
{
    /// <summary>All of it is recorded.</summary>
    Complete,

    /// <summary>Something could not be recorded, and the log says what.</summary>
    Incomplete,

    /// <summary>Another process looks.</summary>
    Elsewhere,
}

/// <summary>What time alone does to things of one kind.</summary>
public interface ISweep
{
    /// <summary>What the log calls it.</summary>
    string Name => GetType().Name;

    /// <summary>Records what has become due; the log hears of what could not be recorded, which holds up none of the rest.</summary>
    /// <returns>Whether all of it could be.</returns>
    Task<bool> Record(IDocumentStore store, DateTimeOffset now, ILogger log, CancellationToken ct);

    /// <summary>Hears of every round.</summary>
    Func<SweepRound, CancellationToken, Task> Swept => (_, _) => Task.CompletedTask;
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

    private static readonly Expression<Func<TState, Guid>> Id = Streams.MemberOf<TState, Guid>(nameof(Id));

    public string Name => typeof(TState).Name;

    /// <summary>What is written besides, in the transaction that records these facts.</summary>
    public Func<IDocumentSession, TState, IReadOnlyList<TFact>, CancellationToken, Task> Besides { get; init; } = (_, _, _, _) => Task.CompletedTask;

    public Func<SweepRound, CancellationToken, Task> Swept { get; init; } = (_, _) => Task.CompletedTask;

    public async Task<bool> Record(IDocumentStore store, DateTimeOffset now, ILogger log, CancellationToken ct)
    {
        var (complete, left, found) = (true, 0, Batch);
        while (found == Batch)
        {
            // What could not be recorded stays what has been due longest.
            var things = await Due(store, now, left, ct);
            found = things.Count;
            try
            {
                left += found - await Record(store, things, now, ct);
            }
            catch (Exception) when (!ct.IsCancellationRequested)
            {
                // Somebody's command came between, or one of them cannot be recorded: each by itself, so that one holds up none of the others.
                foreach (var thing in things)
                {
                    var recorded = await RecordAlone(store, thing, now, log, ct);
                    left += recorded is true ? 0 : 1;
                    complete &= recorded is not null;
                }
            }
        }
        return complete;
    }

    // Not the things themselves: one that cannot be read would keep all others from being found.
    private async Task<IReadOnlyList<Guid>> Due(IDocumentStore store, DateTimeOffset now, int left, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        return await due(session.Query<TState>(), now).Skip(left).Take(Batch).Select(Id).ToListAsync(ct);
    }

    // Of how many of them there was something to record.
    private async Task<int> Record(IDocumentStore store, IReadOnlyList<Guid> things, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        var found = (await session.LoadManyAsync<TState>(ct, things)).ToDictionary(thing => thing.Id);
        var recorded = 0;
        foreach (var thing in things.Where(found.ContainsKey).Select(id => found[id]))
        {
            var facts = lapse(thing, now);
            if (facts.Count == 0)
                continue;
            session.Events.Append(thing.Id, thing.Version + facts.Count, facts);
            await Besides(session, thing, facts, ct);
            recorded++;
        }
        await session.SaveChangesAsync(ct);
        return recorded;
    }

    // True also where somebody was first, who recorded the same; false where there was nothing to record, and null where it could not be.
    private async Task<bool?> RecordAlone(IDocumentStore store, Guid thing, DateTimeOffset now, ILogger log, CancellationToken ct)
    {
        try
        {
            return await Record(store, [thing], now, ct) > 0;
        }
        catch (Exception fault) when (StoreFaults.IsOvertaken(fault))
        {
            return true;
        }
        catch (Exception fault) when (!StoreFaults.IsDatabaseAway(fault) && !ct.IsCancellationRequested)
        {
            Sweeps.LogUnrecorded(log, fault, Name, thing);
            return null;
        }
    }
}

/// <summary>How capabilities register what time alone does to theirs.</summary>
public static class Sweeping
{
    /// <summary>Has recorded what follows for things of a kind once it is due.</summary>
    /// <param name="due">The state's member that says when something follows next, null while nothing does; it is stored beside the state, with an index.</param>
    /// <param name="besides">What is written in the same transaction; null for nothing.</param>
    public static void Sweeps<TState, TFact>(
        this WebApplicationBuilder builder, Expression<Func<TState, DateTimeOffset?>> due, Func<IServiceProvider, IDocumentSession, TState, IReadOnlyList<TFact>, CancellationToken, Task>? besides = null)
        where TState : class, IFolded<TState, TFact> where TFact : class
    {
        var column = JsonNamingPolicy.SnakeCaseLower.ConvertName(((MemberExpression)due.Body).Member.Name);
        builder.Services.ConfigureMarten(marten => marten.Schema.For<TState>().Duplicate(
            Expression.Lambda<Func<TState, object?>>(Expression.Convert(due.Body, typeof(object)), due.Parameters), configure: index => index.Predicate = $"{column} is not null", partOfPrimaryKey: false));
        builder.Services.AddSingleton<ISweep>(services => new Sweep<TState, TFact>(
            (things, now) => things.Where(IsOver(now)).OrderBy(due), (thing, now) => thing.Lapse(now))
        {
            Besides = besides is null ? (_, _, _, _) => Task.CompletedTask : (session, thing, facts, ct) => besides(services, session, thing, facts, ct),
        });

        // Of what has no such instant it is not so, and the index's condition follows from it.
        Expression<Func<TState, bool>> IsOver(DateTimeOffset now) => Expression.Lambda<Func<TState, bool>>(
            Expression.LessThanOrEqual(due.Body, Expression.Constant(now, typeof(DateTimeOffset?))), due.Parameters);
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
                var round = await turn.IsOurs(stoppingToken) ? await Round(turn, stoppingToken) : SweepRound.Elsewhere;
                foreach (var sweep in sweeps)
                    await sweep.Swept(round, stoppingToken);
                // What this process cannot, another one may.
                if (round == SweepRound.Incomplete)
                    await turn.Yield();
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, fault); // The next round finds the same things, in whichever process.
                await turn.Yield();
            }
        }
    }

    private async Task<SweepRound> Round(Turn turn, CancellationToken ct)
    {
        using var span = Telemetry.Work.StartActivity("sweep");
        // First, for it waits for nothing that is due, however much that is.
        var complete = await Unless(turn, nameof(Idempotency), Forget, ct);
        foreach (var sweep in sweeps)
            complete &= await Unless(turn, sweep.Name, () => sweep.Record(store, time.GetUtcNow(), log, ct), ct);
        return complete ? SweepRound.Complete : SweepRound.Incomplete;

        async Task<bool> Forget()
        {
            await using var session = store.LightweightSession();
            Idempotency.ForgetOutdated(session, time.GetUtcNow());
            await session.SaveChangesAsync(ct);
            return true;
        }
    }

    // One kind that fails holds up none of the others. Who has lost the turn with it, as with the database, ends the round.
    private async Task<bool> Unless(Turn turn, string kind, Func<Task<bool>> record, CancellationToken ct)
    {
        try
        {
            return await record();
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            LogKindFailed(log, fault, kind);
            await turn.IsOurs(ct);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "This machine's clock and the database's are too far apart: not looking for what has lapsed.")]
    private static partial void LogSkewed(ILogger logger);

    [LoggerMessage(LogLevel.Error, "Looking for what has lapsed failed.")]
    private static partial void LogFailed(ILogger logger, Exception fault);

    [LoggerMessage(LogLevel.Error, "Looking for what has lapsed failed for {Kind}.")]
    private static partial void LogKindFailed(ILogger logger, Exception fault, string kind);

    [LoggerMessage(LogLevel.Error, "What has lapsed could not be recorded of {Kind} {Id}.")]
    internal static partial void LogUnrecorded(ILogger logger, Exception fault, string kind, Guid id);
}
