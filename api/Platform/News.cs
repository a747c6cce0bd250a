using System.Collections.Concurrent;
using System.Threading.Channels;
using Marten;

namespace OneDoor.Platform;

/// <summary>Tells all who listen of the same things, each read once; while anybody listens and only then.</summary>
public abstract class News<T>
{
    private const int Waiting = 1_000;

    private readonly ConcurrentDictionary<Listening, bool> _listeners = new();
    private readonly Lock _one = new();
    private IDisposable? _listening;

    /// <summary>What there is, from now on. Whoever falls behind misses the oldest: what comes next is the newest.</summary>
    /// <param name="concerns">Which of it; asked of everything, so it takes no time, and asks nothing of the request that listens, which may be over. What it throws ends its own listening alone.</param>
    /// <param name="ending">Ends the listening.</param>
    public ChannelReader<T> Listen(Func<T, bool> concerns, out IDisposable ending)
    {
        var listening = new Listening(this, concerns);
        lock (_one)
        {
            _listeners[listening] = true;
            _listening ??= Begin();
        }
        ending = listening;
        return listening.Things;
    }

    /// <summary>Begins to listen to what is committed.</summary>
    protected abstract IDisposable Begin();

    /// <summary>Tells whomever it concerns.</summary>
    protected void Tell(T told)
    {
        foreach (var listener in _listeners.Keys)
            listener.Hear(told);
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

    private sealed class Listening(News<T> news, Func<T, bool> concerns) : IDisposable
    {
        private readonly Channel<T> _things = Channel.CreateBounded<T>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest });

        public ChannelReader<T> Things => _things.Reader;

        public void Hear(T told)
        {
            try
            {
                if (concerns(told))
                    _things.Writer.TryWrite(told);
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

/// <summary>Tells of things of a kind as they change.</summary>
public sealed class News<TState, TFact>(Committed committed, IDocumentStore store) : News<TState> where TState : class, IFolded<TState, TFact> where TFact : class
{
    private static readonly HashSet<string> Aliases = [.. Streams.FactsOf<TFact>().Keys];

    protected override IDisposable Begin() => committed.Listen(Aliases, Tell);

    // In the order in which they changed.
    private async Task Tell(IReadOnlyList<Guid> changed, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var things = (await session.LoadManyAsync<TState>(ct, changed)).ToDictionary(thing => thing.Id);
        foreach (var id in changed.Where(things.ContainsKey))
            Tell(things[id]);
    }
}
