using System.Collections.Concurrent;
using Npgsql;
using OpenTelemetry;

namespace OneDoor.Platform;

/// <summary>
/// Reads what is committed, by whatever process, once for all who listen; while anybody does and only then. Each is told of the
/// streams in which facts of its kinds have come since it was told last.
/// </summary>
public sealed class Committed(NpgsqlDataSource database, Settled settled, ILogger<Committed> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200), Awhile = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Listener, bool> _listeners = new();
    private readonly SemaphoreSlim _wanted = new(0);

    /// <summary>Listens from now on.</summary>
    /// <param name="aliases">The kinds of facts.</param>
    /// <param name="tell">
    /// Is told of streams, in the order in which they changed, a portion at a time, and of a portion that it fails at once more: whole, where the database is away, and else
    /// stream by stream. Of one that it fails at alone it is told no more, and of what comes after that at once.
    /// </param>
    /// <returns>Ends the listening.</returns>
    public IDisposable Listen(IReadOnlySet<string> aliases, Func<IReadOnlyList<Guid>, CancellationToken, Task> tell) => Begin(new Listening(this, log, aliases, tell));

    /// <summary>Listens to facts of all kinds from now on, by their numbers.</summary>
    /// <param name="tell">Is told after which number and up to which there are new ones. Where it fails because the database is away it is told of them again, and else no more.</param>
    /// <returns>Ends the listening.</returns>
    public IDisposable Follow(Func<long, long, CancellationToken, Task> tell) => Begin(new Following(this, tell));

    public override void Dispose()
    {
        _wanted.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What happens all the time is not worth a trace.
        using var untraced = SuppressInstrumentationScope.Begin();
        while (!stoppingToken.IsCancellationRequested)
        {
            await _wanted.WaitAsync(stoppingToken);
            long? place = null;
            var told = true;
            while (!_listeners.IsEmpty)
            {
                // What has not been told yet is told again soon, whatever comes after it.
                var patience = told ? Awhile : Pause;
                var read = await Settled.Unless(log, async () =>
                {
                    // What is committed before is no news.
                    var before = place ??= await settled.Now(stoppingToken);
                    place = await Read(before, patience, stoppingToken);
                    foreach (var listening in _listeners.Keys)
                        listening.Begins(before);
                }, stoppingToken);
                // Nobody who listens may end what serves everybody else.
                told = read;
                foreach (var listening in read ? _listeners.Keys : [])
                    told &= await Settled.Unless(log, () => listening.Tell(place!.Value, stoppingToken), stoppingToken);
                if (!read)
                    await Task.Delay(Pause, stoppingToken);
            }
        }
    }

    private async Task<long> Read(long place, TimeSpan patience, CancellationToken ct)
    {
        // Now and then to see whether anybody still listens.
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
        waiting.CancelAfter(patience);
        long until;
        try
        {
            until = await settled.Beyond(place, waiting.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return place;
        }
        await using var command = database.Ask($"select stream_id, type from {Store.Schema}.mt_events where seq_id > $1 and seq_id <= $2 order by seq_id", place, until);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            foreach (var listening in _listeners.Keys)
                listening.Hear(reader.GetGuid(0), reader.GetString(1));
        }
        return until;
    }

    private Listener Begin(Listener listener)
    {
        _listeners[listener] = true;
        _wanted.Release();
        return listener;
    }

    private abstract class Listener(Committed committed) : IDisposable
    {
        public abstract void Hear(Guid stream, string alias);

        /// <summary>What it has not been told of begins there, unless it has begun before.</summary>
        public virtual void Begins(long after)
        {
        }

        public abstract Task Tell(long until, CancellationToken ct);

        // It would fail again for ever, and what comes after it would never be told.
        protected static bool IsTheirs(Exception fault, CancellationToken ct) => !StoreFaults.IsDatabaseAway(fault) && !ct.IsCancellationRequested;

        public void Dispose() => committed._listeners.TryRemove(this, out _);
    }

    private sealed class Listening(Committed committed, ILogger log, IReadOnlySet<string> aliases, Func<IReadOnlyList<Guid>, CancellationToken, Task> tell) : Listener(committed)
    {
        // After a long transaction the streams of minutes come at once: what is read for them has to be read in time.
        private const int Portion = 200;

        private readonly Queue<Guid> _changed = [];
        private readonly HashSet<Guid> _known = [];

        public override void Hear(Guid stream, string alias)
        {
            if (aliases.Contains(alias) && _known.Add(stream))
                _changed.Enqueue(stream);
        }

        public override async Task Tell(long until, CancellationToken ct)
        {
            for (var most = Portion; _changed.Count > 0;)
            {
                Guid[] portion = [.. _changed.Take(most)];
                try
                {
                    await tell(portion, ct);
                }
                catch (Exception fault) when (IsTheirs(fault, ct))
                {
                    most = 1;
                    if (portion.Length > 1)
                        continue;
                    Settled.Failed(log, fault);
                }
                for (var told = portion.Length; told > 0; told--)
                    _known.Remove(_changed.Dequeue());
            }
        }
    }

    private sealed class Following(Committed committed, Func<long, long, CancellationToken, Task> tell) : Listener(committed)
    {
        private long? _told;

        public override void Begins(long after) => _told ??= after;

        public override void Hear(Guid stream, string alias)
        {
        }

        public override async Task Tell(long until, CancellationToken ct)
        {
            // Who came in the middle of a round is told from the next one on.
            if (_told is not { } from)
                return;
            try
            {
                if (from < until)
                    await tell(from, until, ct);
            }
            catch (Exception fault) when (IsTheirs(fault, ct))
            {
                _told = until;
                throw;
            }
            _told = until;
        }
    }
}
