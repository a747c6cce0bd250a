using System.Collections.Concurrent;
using System.Threading.Channels;
using Npgsql;
using OneDoor.Platform;
using OpenTelemetry;

namespace OneDoor.Cases;

/// <summary>
/// Tells which cases have changed, by whatever process: it reads the committed events that came since it looked last,
/// while anybody listens and only then.
/// </summary>
public sealed partial class CaseNews(NpgsqlDataSource database, ILogger<CaseNews> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // A transaction ends within this time or is ended, so a number missing for longer belongs to none.
    private static readonly TimeSpan LongestTransaction = TimeSpan.FromSeconds(90);
    private const int Overlap = 1_000;

    private readonly ConcurrentDictionary<Channel<Guid>, bool> _listeners = new();
    private readonly SemaphoreSlim _wanted = new(0);

    /// <summary>The ids of cases as they change, from now on.</summary>
    public ChannelReader<Guid> Listen(out IDisposable ending)
    {
        var channel = Channel.CreateBounded<Guid>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest });
        _listeners[channel] = true;
        _wanted.Release();
        ending = new Listening(this, channel);
        return channel.Reader;
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
            while (!_listeners.IsEmpty)
            {
                try
                {
                    position ??= await Begin(stoppingToken);
                    foreach (var changed in await Read(position, stoppingToken))
                    {
                        foreach (var listener in _listeners.Keys)
                            listener.Writer.TryWrite(changed);
                    }
                }
                catch (Exception fault) when (Problems.IsDatabaseAway(fault))
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

    private async Task<IReadOnlyCollection<Guid>> Read(Position position, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select seq_id, stream_id from {Store.Schema}.mt_events where seq_id > $1 order by seq_id limit 5000");
        command.Parameters.AddWithValue(position.Low);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var changed = new HashSet<Guid>();
        while (await reader.ReadAsync(ct))
        {
            if (position.Seen.Add(reader.GetInt64(0)))
                changed.Add(reader.GetGuid(1));
        }
        position.Advance(TimeProvider.System.GetTimestamp());
        return changed;
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

    private sealed class Listening(CaseNews news, Channel<Guid> channel) : IDisposable
    {
        public void Dispose()
        {
            news._listeners.TryRemove(channel, out _);
            channel.Writer.TryComplete();
        }
    }
}
