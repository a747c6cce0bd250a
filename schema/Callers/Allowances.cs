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
/// <param name="most">How many callers each bound tells apart; whoever comes beyond is counted with all others that do.</param>
public sealed class Allowances(TimeSpan window, int most = 100_000)
{
    private readonly Lock _one = new();
    // By bound and caller: names that are only claimed take no address's place.
    private readonly Dictionary<string, Dictionary<string, Window>> _windows = [];
    private DateTimeOffset _swept = DateTimeOffset.MinValue;

    /// <summary>Counts a request against several bounds: against all of them, or, where one of them is used up, against none.</summary>
    public Allowance Take(DateTimeOffset now, params ReadOnlySpan<Bound> bounds)
    {
        lock (_one)
        {
            Sweep(now);
            var isGranted = true;
            foreach (var bound in bounds)
                isGranted &= (Running(bound, now)?.Taken ?? 0) < bound.Quota;
            var nearest = default(Allowance?);
            foreach (var bound in bounds)
            {
                var counted = Running(bound, now) ?? new Window { Began = now };
                // What is refused leaves nothing behind: whoever is beyond one bound would fill the others by another name each time.
                if (isGranted)
                    Count(bound, counted);
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
            var (callers, caller) = Placed(bound);
            if (callers.TryGetValue(caller, out var counted) && counted.Taken > 0)
                counted.Taken--;
        }
    }

    // Null where a caller has asked for nothing in this window.
    private Window? Running(Bound bound, DateTimeOffset now)
    {
        var (callers, caller) = Placed(bound);
        return callers.TryGetValue(caller, out var counted) && IsRunning(counted, now) ? counted : null;
    }

    private void Count(Bound bound, Window counted)
    {
        var (callers, caller) = Placed(bound);
        callers[caller] = counted;
        counted.Taken++;
    }

    private (Dictionary<string, Window> Callers, string Caller) Placed(Bound bound)
    {
        if (!_windows.TryGetValue(bound.Name, out var callers))
            _windows[bound.Name] = callers = [];
        return (callers, callers.ContainsKey(bound.Caller) || callers.Count < most ? bound.Caller : "");
    }

    // A clock that was set back must not make a window longer.
    private bool IsRunning(Window counted, DateTimeOffset now) => now >= counted.Began && now < counted.Began + window;

    private void Sweep(DateTimeOffset now)
    {
        if (now < _swept + window && now >= _swept)
            return;
        _swept = now;
        foreach (var callers in _windows.Values)
        {
            foreach (var (caller, counted) in callers)
            {
                if (!IsRunning(counted, now))
                    callers.Remove(caller);
            }
        }
    }

    private sealed class Window
    {
        public DateTimeOffset Began { get; init; }

        public int Taken { get; set; }
    }
}
