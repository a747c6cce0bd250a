using System.Runtime.CompilerServices;
using System.Security.Claims;
using Marten;
using OneDoor.Graph;

namespace OneDoor.Batches;

/// <summary>Reads batches, each for who may see it.</summary>
public sealed class BatchReader(IDocumentStore store, BatchTable table, BatchFollowers followers, Caller caller, ReadLog reads, TimeProvider time, IHostApplicationLifetime host)
{
    // Looked at by whoever follows: what its lines come to is no fact that would tell them.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    // More often than whoever stands between closes what is silent.
    private const int LooksOfSilence = 24;

    /// <summary>A batch; null where it does not exist for the caller.</summary>
    public async Task<Batch?> Find(Guid id, string operation, CancellationToken ct)
    {
        if (await Seen(id, ct) is not { } seen)
            return null;
        reads.Note(caller.Actor, operation, "batch", [id]);
        return seen;
    }

    /// <summary>A batch now and whenever it has changed, and nothing now and then, until it has ended or the token does; null where too much is followed already.</summary>
    public IAsyncEnumerable<BatchView?>? Follow(Guid id, ClaimsPrincipal user, CancellationToken ct) => followers.Take(user) is { } place ? Follow(id, user, place, ct) : null;

    private async IAsyncEnumerable<BatchView?> Follow(Guid id, ClaimsPrincipal user, IDisposable place, [EnumeratorCancellation] CancellationToken ct)
    {
        using var taken = place;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct, host.ApplicationStopping);
        var expiry = TokenExpiry.Of(user, time, ending.Token);
        BatchView? told = null;
        for (var silent = 0; !expiry.IsCompleted && !ending.IsCancellationRequested; silent++)
        {
            if (await Seen(id, ct) is not { } batch)
                break;
            var view = BatchView.Of(batch, await table.Counts(id, ct));
            if (view != told || silent >= LooksOfSilence)
            {
                yield return view == told ? null : told = view;
                silent = 0;
            }
            if (batch.EndedAt is not null)
                break;
            await Task.Delay(Look, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await ending.CancelAsync();
    }

    private async Task<Batch?> Seen(Guid id, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        return (await session.LoadAsync<Batch>(id, ct))?.SeenBy(caller.Actor, time.GetUtcNow());
    }
}

/// <summary>Who follows batches: so many at a time, and of one caller so many.</summary>
public sealed class BatchFollowers
{
    private readonly Places _places = new(200, 10);

    /// <summary>A place; null where there is none left.</summary>
    public IDisposable? Take(ClaimsPrincipal user) => _places.Take(new Caller(user).Actor.Subject);
}
