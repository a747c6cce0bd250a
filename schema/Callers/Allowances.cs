namespace OneDoor.Callers;

/// <summary>How many requests a caller may make in a window.</summary>
/// <param name="Name">What the bound is for, as the header <c>RateLimit-Policy</c> names it.</param>
/// <param name="Caller">Who is counted; two bounds on one caller have two names.</param>
/// <param name="Quota">Requests per window.</param>
public readonly record struct Bound(string Name, string Caller, int Quota);

/// <summary>What a request was told of the bound that is nearest to its end.</summary>
/// <param name="IsGranted">Whether the request may go on.</param>
/// <param name="Bound">That bound.</param>
/// <param name="Left">Requests left in its window.</param>
/// <param name="Ends">How long until the window ends, and the whole quota is there again.</param>
public readonly record struct Allowance(bool IsGranted, Bound Bound, int Left, TimeSpan Ends)
{
    /// <summary><see cref="Ends"/> in whole seconds, at least one: for <c>Retry-After</c> and the header <c>RateLimit</c>.</summary>
    public int Seconds => Math.Max(1, (int)Math.Ceiling(Ends.TotalSeconds));
}

/// <summary>Counts what callers ask of one process, in windows that begin with a caller's first request.</summary>
/// <param name="window">Length of a window.</param>
/// <param name="most">How many callers are told apart; whoever comes beyond is counted with all others that do.</param>
public sealed class Allowances(TimeSpan window, int most = 100_000)
{
    private readonly Lock _one = new();
    private readonly Dictionary<(string, string), Window> _windows = [];
    private DateTimeOffset _swept = DateTimeOffset.MinValue;

    /// <summary>Counts a request against several bounds: against all of them, or, where one of them is used up, against none.</summary>
    public Allowance Take(DateTimeOffset now, params ReadOnlySpan<Bound> bounds)
    {
        lock (_one)
        {
            Sweep(now);
            var isGranted = true;
            foreach (var bound in bounds)
                isGranted &= Of(bound, now).Taken < bound.Quota;
            var nearest = default(Allowance?);
            foreach (var bound in bounds)
            {
                var counted = Of(bound, now);
                if (isGranted)
                    counted.Taken++;
                var one = new Allowance(isGranted, bound, Math.Max(0, bound.Quota - counted.Taken), counted.Began + window - now);
                // Of two that are used up, the one that lasts longer says when to come back.
                if (nearest is not { } other || one.Left < other.Left || (one.Left == other.Left && one.Ends > other.Ends))
                    nearest = one;
            }
            return nearest ?? new Allowance(true, default, int.MaxValue, window);
        }
    }

    /// <summary>Takes back one request that was counted against a bound and should not have been.</summary>
    public void GiveBack(Bound bound)
    {
        lock (_one)
        {
            if (_windows.TryGetValue((bound.Name, bound.Caller), out var counted) && counted.Taken > 0)
                counted.Taken--;
        }
    }

    private Window Of(Bound bound, DateTimeOffset now)
    {
        var key = (bound.Name, bound.Caller);
        if (!_windows.ContainsKey(key) && _windows.Count >= most)
            key = (bound.Name, "");
        // A clock that was set back must not make a window longer.
        if (!_windows.TryGetValue(key, out var counted) || now >= counted.Began + window || now < counted.Began)
            _windows[key] = counted = new Window { Began = now };
        return counted;
    }

    private void Sweep(DateTimeOffset now)
    {
        if (now < _swept + window && now >= _swept)
            return;
        _swept = now;
        foreach (var (key, counted) in _windows)
        {
            if (now >= counted.Began + window || now < counted.Began)
                _windows.Remove(key);
        }
    }

    private sealed class Window
    {
        public DateTimeOffset Began { get; init; }

        public int Taken { get; set; }
    }
}
