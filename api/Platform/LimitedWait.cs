namespace OneDoor.Platform;

/// <summary>Waits for one's turn with an end: who comes too late is told to come back (503), and holds nothing meanwhile.</summary>
public static class LimitedWait
{
    /// <summary>A place, held until it is disposed of.</summary>
    /// <param name="places">Of which one is waited for.</param>
    /// <param name="patience">For how long.</param>
    /// <param name="tooMany">What is logged where that was too short.</param>
    /// <exception cref="TimeoutException">It was.</exception>
    public static async ValueTask<IDisposable> Take(this SemaphoreSlim places, TimeSpan patience, string tooMany, CancellationToken ct) =>
        await places.WaitAsync(patience, ct) ? new Place(places) : throw new TimeoutException(tooMany);

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
