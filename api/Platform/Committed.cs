using System.Collections.Concurrent;
using Npgsql;
using OpenTelemetry;

namespace OneDoor.Platform;

/// <summary>
/// Reads what is committed, by whatever process, once for all who listen; while anybody does and only then. Each is told of the
/// streams in which facts of its kinds have come since it was told last.
/// </summary>
public sealed partial class Committed(NpgsqlDataSource database, ILogger<Committed> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // A transaction ends within this time or is ended, so a number missing for longer belongs to none.
    private static readonly TimeSpan LongestTransaction = TimeSpan.FromSeconds(90);
    private const int Overlap = 1_000;

    private readonly ConcurrentDictionary<Listening, bool> _listeners = new();
    private readonly SemaphoreSlim _wanted = new(0);

    /// <summary>Listens from now on.</summary>
    /// <param name="aliases">The kinds of facts.</param>
    /// <param name="tell">Is told of streams, each once, in the order in which they changed; those it fails at it is told of again.</param>
    /// <returns>Ends the listening.</returns>
    public IDisposable Listen(IReadOnlySet<string> aliases, Func<IReadOnlyList<Guid>, CancellationToken, Task> tell)
    {
        var listening = new Listening(this, aliases, tell);
        _listeners[listening] = true;
        _wanted.Release();
        return listening;
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
                    await Read(position, stoppingToken);
                    foreach (var listening in _listeners.Keys)
                        await listening.Tell(stoppingToken);
                }
                catch (Exception fault) when (StoreFaults.IsDatabaseAway(fault))
                {
                    // It goes on from where it was once the database is back.
                    Away(log);
                }
                catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
                {
                    // Nobody who listens may end what serves everybody else.
                    Failed(log, fault);
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

    private async Task Read(Position position, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select seq_id, stream_id, type from {Store.Schema}.mt_events where seq_id > $1 order by seq_id limit 5000");
        command.Parameters.AddWithValue(position.Low);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (!position.Seen.Add(reader.GetInt64(0)))
                continue;
            foreach (var listening in _listeners.Keys)
                listening.Hear(reader.GetGuid(1), reader.GetString(2));
        }
        position.Advance(TimeProvider.System.GetTimestamp());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is committed cannot be read: the database is away")]
    private static partial void Away(ILogger log);

    [LoggerMessage(Level = LogLevel.Error, Message = "What is committed could not be told")]
    private static partial void Failed(ILogger log, Exception fault);

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

    private sealed class Listening(Committed committed, IReadOnlySet<string> aliases, Func<IReadOnlyList<Guid>, CancellationToken, Task> tell) : IDisposable
    {
        private readonly List<Guid> _changed = [];

        public void Hear(Guid stream, string alias)
        {
            if (aliases.Contains(alias))
                _changed.Add(stream);
        }

        public async Task Tell(CancellationToken ct)
        {
            if (_changed.Count == 0)
                return;
            await tell([.. _changed.Distinct()], ct);
            _changed.Clear();
        }

        public void Dispose() => committed._listeners.TryRemove(this, out _);
    }
}
