namespace OneDoor.Platform;

/// <summary>What costs much to read and anybody may ask for: read by one at a time, and kept for a while, however many ask.</summary>
/// <param name="keptFor">For how long.</param>
/// <param name="time">Says when that is over.</param>
public sealed class Kept<T>(TimeSpan keptFor, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private (DateTimeOffset At, T Read)? _known;

    public void Dispose() => _one.Dispose();

    /// <summary>It, and as of when.</summary>
    /// <param name="read">Reads it, as of an instant.</param>
    /// <param name="ct">Ends the waiting or the reading.</param>
    public async Task<(DateTimeOffset At, T Read)> Get(Func<DateTimeOffset, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            var now = time.GetUtcNow();
            if (_known is not { } known || now - known.At >= keptFor)
                _known = known = (now, await read(now, ct));
            return known;
        }
        finally
        {
            _one.Release();
        }
    }
}
