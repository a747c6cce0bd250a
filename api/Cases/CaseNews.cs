using System.Collections.Concurrent;
using System.Threading.Channels;
using Marten;
using Npgsql;
using OneDoor.Platform;
using OpenTelemetry;

namespace OneDoor.Cases;

/// <summary>
/// Tells of cases that have changed, by whatever process: it reads the committed events that came since it looked last, and
/// the cases they belong to, once for all who listen; while anybody does and only then.
/// </summary>
public sealed partial class CaseNews(NpgsqlDataSource database, IDocumentStore store, ILogger<CaseNews> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // A transaction ends within this time or is ended, so a number missing for longer belongs to none.
    private static readonly TimeSpan LongestTransaction = TimeSpan.FromSeconds(90);
    private const int Overlap = 1_000, Waiting = 1_000;

    private readonly ConcurrentDictionary<Listening, bool> _listeners = new();
    private readonly SemaphoreSlim _wanted = new(0);

    /// <summary>Cases as they change, from now on. Whoever falls behind misses the oldest: what comes next is the newest.</summary>
    /// <param name="concerns">Which of them; asked of every case that changes, so it takes no time.</param>
    /// <param name="ending">Ends the listening.</param>
    public ChannelReader<Case> Listen(Func<Case, bool> concerns, out IDisposable ending)
    {
        var listening = new Listening(this, concerns);
        _listeners[listening] = true;
        _wanted.Release();
        ending = listening;
        return listening.Cases;
    }

    public override void Dispose()
    {
        _wanted.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Looking five times a second is not worth a trace.
        using var untraced = SuppressInstrumentationScope.Begin();
        while (!stoppingToken.IsCancellationRequested)
        {
            await _wanted.WaitAsync(stoppingToken);
            var position = default(Position);
            var changed = new List<Guid>();
            while (!_listeners.IsEmpty)
            {
                try
                {
                    position ??= await Begin(stoppingToken);
                    await Read(position, changed, stoppingToken);
                    await Tell(changed, stoppingToken);
                    changed.Clear();
                }
                catch (Exception fault) when (StoreFaults.IsDatabaseAway(fault))
                {
                    // It goes on from where it was once the database is back.
                    Away(log);
                }
                await Task.Delay(Pause, stoppingToken);
            }
        }
    }

    // What is committed now is no news; what was numbered before and is committed later is.
    private async Task<Position> Begin(CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select seq_id from {Store.Schema}.mt_events where seq_id > (select coalesce(max(seq_id), 0) - {Overlap} from {Store.Schema}.mt_events)");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var seen = new HashSet<long>();
        while (await reader.ReadAsync(ct))
            seen.Add(reader.GetInt64(0));
        var low = seen.Count == 0 ? 0 : seen.Min() - 1;
        return new Position(low, seen);
    }

    private async Task Read(Position position, List<Guid> changed, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select seq_id, stream_id from {Store.Schema}.mt_events where seq_id > $1 order by seq_id limit 5000");
        command.Parameters.AddWithValue(position.Low);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (position.Seen.Add(reader.GetInt64(0)))
                changed.Add(reader.GetGuid(1));
        }
        position.Advance(TimeProvider.System.GetTimestamp());
    }

    // In the order in which they changed. Streams of other things than cases are found by none of them.
    private async Task Tell(List<Guid> changed, CancellationToken ct)
    {
        if (changed.Count == 0)
            return;
        Guid[] ids = [.. changed.Distinct()];
        await using var session = store.QuerySession();
        var cases = (await session.LoadManyAsync<Case>(ct, ids)).ToDictionary(c => c.Id);
        foreach (var id in ids.Where(cases.ContainsKey))
        {
            foreach (var listener in _listeners.Keys)
                listener.Hear(cases[id]);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes of cases cannot be read: the database is away")]
    private static partial void Away(ILogger log);

    /// <summary>Up to where everything has been seen, and what beyond.</summary>
    private sealed class Position(long low, HashSet<long> seen)
    {
        private long? _waitingSince;

        public long Low { get; private set; } = low;

        public HashSet<long> Seen { get; } = seen;

        public void Advance(long now)
        {
            if (_waitingSince is { } since && TimeProvider.System.GetElapsedTime(since, now) > LongestTransaction && Seen.Count > 0)
                Low = Seen.Min() - 1;
            var before = Low;
            while (Seen.Remove(Low + 1))
                Low++;
            _waitingSince = Seen.Count == 0 ? null : Low == before ? _waitingSince ?? now : now;
        }
    }

    private sealed class Listening(CaseNews news, Func<Case, bool> concerns) : IDisposable
    {
        private readonly Channel<Case> _cases = Channel.CreateBounded<Case>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest });

        public ChannelReader<Case> Cases => _cases.Reader;

        public void Hear(Case changed)
        {
            if (concerns(changed))
                _cases.Writer.TryWrite(changed);
        }

        public void Dispose()
        {
            news._listeners.TryRemove(this, out _);
            _cases.Writer.TryComplete();
        }
    }
}
