using Marten;
using Marten.Services;
using Npgsql;
using OpenTelemetry;

namespace OneDoor.Platform;

/// <summary>
/// Up to which number facts are settled: whatever is numbered up to there is committed, and nothing else ever will be (decision 0050).
/// Numbers are drawn before a transaction commits, so of two facts the later one may be there first; whoever has drawn one holds a lock on
/// the sequence until their transaction is over, committed or not.
/// </summary>
public sealed partial class Settled(NpgsqlDataSource database, IConfiguration configuration, ILogger<Settled> log) : BackgroundService
{
    private const string Channel = "onedoor_facts", Sequence = $"{Store.Schema}.mt_events_sequence";

    // For whom a word got lost, as of a process that ended between committing and telling.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200), WhileOthersWrite = TimeSpan.FromMilliseconds(10);

    // A reader who asks while others write is not kept waiting for all of them.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _one = new(1), _wanted = new(0), _committed = new(0);
    private readonly Lock _lock = new();
    private readonly Looks _looks = new();
    private TaskCompletionSource _moved = Moved();
    private int _waiting;

    /// <summary>
    /// Up to where facts are settled now. Of what is committed before one asks it leaves out only what is numbered after an open transaction's. Where nothing is known
    /// yet, as at the start, it waits for who is writing: "from now on" is not to be from the beginning.
    /// </summary>
    public async Task<long> Now(CancellationToken ct)
    {
        var until = TimeProvider.System.GetTimestamp() + (long)(Patience.TotalSeconds * TimeProvider.System.TimestampFrequency);
        var (mark, last) = await Look(ct);
        for (var asked = last; mark < asked && (mark == 0 || TimeProvider.System.GetTimestamp() < until);)
        {
            await Task.Delay(WhileOthersWrite, ct);
            (mark, _) = await Look(ct);
        }
        return mark;
    }

    /// <summary>Waits until facts are settled up to another number than the last one that it said, and says up to which: a greater one, or a smaller one where facts are lost.</summary>
    /// <param name="known">What it said last, or <see cref="Now"/>; 0 for nothing yet.</param>
    public async Task<long> Beyond(long known, CancellationToken ct)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            _wanted.Release();
            while (true)
            {
                Task moved;
                lock (_lock)
                {
                    if (_looks.Mark > 0 && _looks.Mark != known)
                        return _looks.Mark;
                    moved = _moved.Task;
                }
                await moved.WaitAsync(ct);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Hears of what this process commits, and has every process told of it.</summary>
    public IDocumentSessionListener OfCommits => new Commits(_committed);

    public override void Dispose()
    {
        foreach (var semaphore in new[] { _one, _wanted, _committed })
            semaphore.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Looking five times a second is not worth a trace.
        using var untraced = SuppressInstrumentationScope.Begin();
        return Task.WhenAll(Tell(stoppingToken), Watch(stoppingToken));
    }

    // In a transaction of its own: in that of the facts it would make every commit wait for the one before. One word does for whatever
    // was committed since the last.
    private async Task Tell(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await _committed.WaitAsync(ct);
            await Unless(log, () => database.Execute($"select set_config('synchronous_commit', 'off', true), pg_notify('{Channel}', '')", ct), ct);
            await Task.Delay(WhileOthersWrite, ct);
        }
    }

    private async Task Watch(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await _wanted.WaitAsync(ct);
            // Whoever waits counts themselves before they ask, so that one look does for all who have asked by now.
            Drain(_wanted);
            if (Volatile.Read(ref _waiting) == 0)
                continue;
            await Unless(log, async () =>
            {
                await using var hearing = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Store.ConnectionOf(configuration)) { ApplicationName = "onedoor-api facts", Pooling = false }.ConnectionString);
                await hearing.OpenAsync(ct);
                await hearing.Execute($"listen {Channel}", ct);
                while (Volatile.Read(ref _waiting) > 0)
                {
                    var (mark, last) = await Look(ct);
                    await hearing.WaitAsync(mark < last ? WhileOthersWrite : Pause, ct);
                }
            }, ct);
            if (Volatile.Read(ref _waiting) == 0)
                continue;
            _wanted.Release();
            await Task.Delay(Pause, ct);
        }
    }

    private async Task<(long Mark, long Last)> Look(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            // One after the other: whatever is numbered below the last that is committed was drawn before, and by whom is not over holds the
            // lock still. And a number that nothing committed comes after could be drawn again once the database has crashed.
            await using var batch = database.CreateBatch();
            batch.BatchCommands.Add(new($"select coalesce(max(seq_id), 0), pg_postmaster_start_time() from {Store.Schema}.mt_events"));
            batch.BatchCommands.Add(new($"""
                select virtualtransaction from pg_locks where locktype = 'relation' and mode = 'RowExclusiveLock' and relation = '{Sequence}'::regclass
                    and database = (select oid from pg_database where datname = current_database())
                """));
            await using var reader = await batch.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            var (last, server) = (reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1));
            await reader.NextResultAsync(ct);
            var writers = new HashSet<string>();
            while (await reader.ReadAsync(ct))
                writers.Add(reader.GetString(0));
            lock (_lock)
            {
                var before = _looks.Mark;
                if (_looks.Add(server, last, writers))
                    Lost(log, before, last);
                if (_looks.Mark > 0 && _looks.Mark != before)
                {
                    _moved.SetResult();
                    _moved = Moved();
                }
                return (_looks.Mark, last);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private static TaskCompletionSource Moved() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes all that was released by now: what comes next does for all of them.</summary>
    internal static void Drain(SemaphoreSlim released)
    {
        while (released.Wait(0))
        {
        }
    }

    /// <summary>Works with what is committed, unless that fails: the fault is logged then, and all goes on from where it was.</summary>
    /// <returns>Whether it worked.</returns>
    internal static async Task<bool> Unless(ILogger log, Func<Task> work, CancellationToken ct)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            // Whoever waits goes on waiting, and is told once the database is back.
            Failed(log, fault);
            return false;
        }
    }

    private sealed class Commits(SemaphoreSlim committed) : DocumentSessionListenerBase
    {
        public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
        {
            if (committed.CurrentCount == 0 && commit.GetEvents().Any())
                committed.Release();
            return Task.CompletedTask;
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Facts are lost: there were some up to number {Before}, and now there are up to {Last}. See BACKUP.md, A failover")]
    private static partial void Lost(ILogger log, long before, long last);

    [LoggerMessage(Level = LogLevel.Error, Message = "What is committed could not be told")]
    internal static partial void Failed(ILogger log, Exception fault);
}
