using System.Runtime.CompilerServices;
using System.Threading.Channels;
using GraphQL;

namespace OneDoor.Graph;

/// <summary>Turns what a source pushes into what a reader pulls, and back: one after the other, as the reader takes them.</summary>
public static class GraphStream
{
    public static async IAsyncEnumerable<T> Of<T>(IObservable<T> source, [EnumeratorCancellation] CancellationToken ct = default)
    {
        // Turns bound it.
        var channel = Channel.CreateUnbounded<T>();
        using var subscription = source.Subscribe(new Writer<T>(channel.Writer));
        await foreach (var item in channel.Reader.ReadAllAsync(ct))
            yield return item;
    }

    /// <summary>What a subscription's field streams: each event is answered in a turn of its operation.</summary>
    public static IObservable<T> Of<T>(IResolveFieldContext context, Func<CancellationToken, IAsyncEnumerable<T>> source) =>
        new Pulled<T>((GraphTurns)context.UserContext[GraphContext.TurnsKey]!, source);

    private sealed class Writer<T>(ChannelWriter<T> channel) : IObserver<T>
    {
        public void OnCompleted() => channel.TryComplete();

        public void OnError(Exception error) => channel.TryComplete(error);

        public void OnNext(T value) => channel.TryWrite(value);
    }

    private sealed class Pulled<T>(GraphTurns turns, Func<CancellationToken, IAsyncEnumerable<T>> source) : IObservable<T>
    {
        public IDisposable Subscribe(IObserver<T> observer)
        {
            var ending = new CancellationTokenSource();
            _ = Pump(observer, ending.Token);
            return new Ending(ending);
        }

        private async Task Pump(IObserver<T> observer, CancellationToken ct)
        {
            try
            {
                await foreach (var item in source(ct).WithCancellation(ct))
                {
                    await turns.Take(ct);
                    observer.OnNext(item);
                }
                observer.OnCompleted();
            }
            catch (OperationCanceledException)
            {
                observer.OnCompleted();
            }
#pragma warning disable CA1031 // Whatever it was, the observer has to hear of it.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                observer.OnError(fault);
            }
        }
    }

    private sealed class Ending(CancellationTokenSource source) : IDisposable
    {
        public void Dispose()
        {
            source.Cancel();
            source.Dispose();
        }
    }
}
