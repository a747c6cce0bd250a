namespace OneDoor.Platform;

/// <summary>Room for what callers hold open: so much in all, and so much for each. Each process counts for itself.</summary>
public sealed class Places(int inAll, int perCaller)
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

    private sealed class Place(Places places, string caller) : IDisposable
    {
        private bool _isGivenBack;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isGivenBack, true))
                places.GiveBack(caller);
        }
    }
}
