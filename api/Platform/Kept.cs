namespace OneDoor.Platform;

/// <summary>What costs much to read and anybody may ask for: read by one at a time, and kept for a while, however many ask.</summary>
/// <param name="keptFor">For how long.</param>
/// <param name="time">Says when that is over.</param>
public sealed class Kept<T>(TimeSpan keptFor, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private (DateTimeOffset At, T Read)? _known;
    private long _readAt;

    public void Dispose() => _one.Dispose();

    /// <summary>It, and as of when.</summary>
    /// <param name="reading">Reads it, as of an instant.</param>
    /// <param name="ct">Ends the waiting or the reading.</param>
    /// <param name="since">What was read before is no answer any more; null where it stays one for as long as it is kept.</param>
    public async Task<(DateTimeOffset At, T Read)> Get(Func<DateTimeOffset, CancellationToken, Task<T>> reading, CancellationToken ct, DateTimeOffset? since = null)
    {
        using var place = await _one.Take(Drawers.Patience, "Too many ask for the same.", ct);
        // By what has passed, and not by the clock, which may be set back.
        if (_known is { } known && !(known.At < since) && time.GetElapsedTime(_readAt) < keptFor)
            return known;
        var (at, now) = (time.GetTimestamp(), time.GetUtcNow());
        var read = await reading(now, ct);
        (_known, _readAt) = ((now, read), at);
        return (now, read);
    }
}
