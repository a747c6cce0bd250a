using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Threading.Channels;
using GraphQL;

namespace OneDoor.Platform;

/// <summary>Turns what a source pushes into what a reader pulls, and back: one after the other, as the reader takes them.</summary>
public static class GraphQlStream
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
    public static IObservable<object?> Of(IResolveFieldContext context, Func<CancellationToken, IAsyncEnumerable<object?>> source) =>
        new Pulled((GraphQlTurns)context.UserContext[GraphContext.TurnsKey]!, source);

    private sealed class Writer<T>(ChannelWriter<T> channel) : IObserver<T>
    {
        public void OnCompleted() => channel.TryComplete();

        public void OnError(Exception error) => channel.TryComplete(error);

        public void OnNext(T value) => channel.TryWrite(value);
    }

    private sealed class Pulled(GraphQlTurns turns, Func<CancellationToken, IAsyncEnumerable<object?>> source) : IObservable<object?>
    {
        public IDisposable Subscribe(IObserver<object?> observer)
        {
            var ending = new CancellationTokenSource();
            _ = Pump(observer, ending.Token);
            return new Ending(ending);
        }

        private async Task Pump(IObserver<object?> observer, CancellationToken ct)
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

/// <summary>When a token ends, so does what was opened with it.</summary>
public static class GraphQlTokens
{
    /// <summary>Completes when the caller's token expires; never for callers without one.</summary>
    public static Task Expiry(ClaimsPrincipal user, TimeProvider time, CancellationToken ct)
    {
        if (!long.TryParse(user.FindFirst("exp")?.Value, out var seconds))
            return Task.Delay(Timeout.InfiniteTimeSpan, ct);
        var left = DateTimeOffset.FromUnixTimeSeconds(seconds) - time.GetUtcNow();
        return left > TimeSpan.Zero ? Task.Delay(left, time, ct) : Task.CompletedTask;
    }
}
