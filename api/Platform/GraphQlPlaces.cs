namespace OneDoor.Platform;

/// <summary>Room for what callers hold open: so much in all, and so much for each. Each process counts for itself.</summary>
public sealed class GraphQlPlaces(int inAll, int perCaller)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private int _all;

    /// <summary>A place, held until it is disposed of; null when there is none left.</summary>
    /// <param name="caller">For whom it is.</param>
    public IDisposable? Take(string caller)
    {
        lock (_lock)
        {
            var taken = _taken.GetValueOrDefault(caller);
            if (_all >= inAll || taken >= perCaller)
                return null;
            _all++;
            _taken[caller] = taken + 1;
            return new Place(this, caller);
        }
    }

    private void GiveBack(string caller)
    {
        lock (_lock)
        {
            _all--;
            if (--_taken[caller] == 0)
                _taken.Remove(caller);
        }
    }

    private sealed class Place(GraphQlPlaces places, string caller) : IDisposable
    {
        private bool _isGivenBack;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isGivenBack, true))
                places.GiveBack(caller);
        }
    }
}

/// <summary>
/// The turns of one operation on its connection. Whoever makes an answer takes a turn first and is done once the answer is
/// sent, so that of a reader who is slow, or does not read at all, no more answers wait in memory than there are turns.
/// </summary>
/// <param name="turns">Those of the connection, which its operations share.</param>
public sealed class GraphQlTurns(SemaphoreSlim turns) : IDisposable
{
    private readonly Lock _lock = new();
    private int _mine;
    private bool _isOver;

    public async Task Take(CancellationToken ct)
    {
        await turns.WaitAsync(ct);
        lock (_lock)
        {
            if (!_isOver)
            {
                _mine++;
                return;
            }
        }
        turns.Release();
        throw new OperationCanceledException();
    }

    /// <summary>The answer is with the client: another one may be made.</summary>
    public void Done()
    {
        lock (_lock)
        {
            if (_mine == 0)
                return;
            _mine--;
        }
        turns.Release();
    }

    /// <summary>The operation is over: it takes no further turn.</summary>
    public void Dispose()
    {
        int left;
        lock (_lock)
            (_isOver, left, _mine) = (true, _mine, 0);
        if (left > 0)
            turns.Release(left);
    }
}
