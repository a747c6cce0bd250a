namespace OneDoor.Clock;

/// <summary>A stretch of time, its end not included.</summary>
internal readonly record struct Stretch(DateTimeOffset From, DateTimeOffset Until)
{
    public long Ticks => (Until - From).Ticks;

    /// <summary>The part of it that lies between two instants; empty or negative where there is none.</summary>
    public Stretch Within(DateTimeOffset from, DateTimeOffset until) =>
        new(From > from ? From : from, Until < until ? Until : until);
}

/// <summary>All the time during which a clock stood still (CLK-3). Pauses that overlap count once.</summary>
internal sealed class StoppedTime
{
    private readonly Pause[] _pauses;

    /// <exception cref="ArgumentException">A pause ends before it begins, or lies outside the years the clock covers.</exception>
    public StoppedTime(IReadOnlyList<Pause> pauses)
    {
        if (pauses.Any(p => p.Until < p.From || !LegalClock.Covers(p.From) || (p.Until is { } until && !LegalClock.Covers(until))))
            throw new ArgumentException("A pause ends before it begins, or lies outside the years the clock covers.", nameof(pauses));

        _pauses = [.. pauses.OrderBy(p => p.From)];
    }

    /// <summary>
    /// The pause that keeps a working day from counting; null when it counts. As with the day of acceptance (CLK-1),
    /// the day on which a pause begins still counts and the day on which it ends does not, so a pause that begins and
    /// ends on one day costs nothing.
    /// </summary>
    public Pause? On(DateOnly day) => Array.Find(_pauses, p =>
        LegalClock.DayOf(p.From) < day && (p.Until is not { } until || day <= LegalClock.DayOf(until)));

    /// <summary>A pause still going on began before that day: nothing counts from here on.</summary>
    public bool GoesOnFrom(DateOnly day) => Array.Exists(_pauses, p => p.Until is null && LegalClock.DayOf(p.From) < day);

    /// <summary>The first pause that takes something of a stretch; null when none does.</summary>
    public Pause? During(Stretch stretch) => Array.Find(_pauses, p =>
        p.From < stretch.Until && (p.Until is not { } until || until > stretch.From));

    /// <summary>What is left of a stretch once every pause is taken out, in order; nothing of an empty one.</summary>
    public IEnumerable<Stretch> TakenOutOf(Stretch stretch)
    {
        var from = stretch.From;
        foreach (var pause in _pauses)
        {
            if (pause.From >= stretch.Until)
                break;
            if (pause.From > from)
                yield return new Stretch(from, pause.From);
            if (pause.Until is not { } until)
                yield break;
            if (until > from)
                from = until;
        }

        if (from < stretch.Until)
            yield return new Stretch(from, stretch.Until);
    }
}
