using System.Collections.Concurrent;
using System.Threading.Channels;
using Marten;

namespace OneDoor.Platform;

/// <summary>Tells of things of a kind as they change: each is read once for all who listen.</summary>
public sealed class News<TState, TFact>(Committed committed, IDocumentStore store) where TState : class, IFolded<TState, TFact> where TFact : class
{
    private const int Waiting = 1_000;

    private static readonly HashSet<string> Aliases = [.. Streams.FactsOf<TFact>().Keys];

    private readonly ConcurrentDictionary<Listening, bool> _listeners = new();
    private readonly Lock _one = new();
    private IDisposable? _listening;

    /// <summary>Things as they change, from now on. Whoever falls behind misses the oldest: what comes next is the newest.</summary>
    /// <param name="concerns">Which of them; asked of every one that changes, so it takes no time, and asks nothing of the request that listens, which may be over. What it throws ends its own listening alone.</param>
    /// <param name="ending">Ends the listening.</param>
    public ChannelReader<TState> Listen(Func<TState, bool> concerns, out IDisposable ending)
    {
        var listening = new Listening(this, concerns);
        lock (_one)
        {
            _listeners[listening] = true;
            _listening ??= committed.Listen(Aliases, Tell);
        }
        ending = listening;
        return listening.Things;
    }

    private void End(Listening listening)
    {
        lock (_one)
        {
            _listeners.TryRemove(listening, out _);
            if (!_listeners.IsEmpty)
                return;
            _listening?.Dispose();
            _listening = null;
        }
    }

    // In the order in which they changed.
    private async Task Tell(IReadOnlyList<Guid> changed, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var things = (await session.LoadManyAsync<TState>(ct, changed)).ToDictionary(thing => thing.Id);
        foreach (var id in changed.Where(things.ContainsKey))
        {
            foreach (var listener in _listeners.Keys)
                listener.Hear(things[id]);
        }
    }

    private sealed class Listening(News<TState, TFact> news, Func<TState, bool> concerns) : IDisposable
    {
        private readonly Channel<TState> _things = Channel.CreateBounded<TState>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest });

        public ChannelReader<TState> Things => _things.Reader;

        public void Hear(TState changed)
        {
            try
            {
                if (concerns(changed))
                    _things.Writer.TryWrite(changed);
            }
            catch (Exception fault)
            {
                _things.Writer.TryComplete(fault);
            }
        }

        public void Dispose()
        {
            news.End(this);
            _things.Writer.TryComplete();
        }
    }
}
