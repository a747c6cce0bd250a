namespace OneDoor.Appointments;

/// <summary>A stretch of a hall's day with so many places for an item group (号段): what can run out.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="End">When it ends.</param>
/// <param name="Capacity">How many people are served in it.</param>
/// <param name="Free">How many more can be booked.</param>
public sealed record Slot(DateTimeOffset Start, DateTimeOffset End, int Capacity, int Free)
{
    /// <summary>The slot without the places that are taken from it.</summary>
    public Slot Less(IEnumerable<Taken> taken) =>
        this with { Free = Math.Max(0, Capacity - taken.Where(t => t.Start < End && t.End > Start).Sum(t => t.Places)) };
}

/// <summary>Places that appointments have.</summary>
/// <param name="Start">From when.</param>
/// <param name="End">Until when.</param>
/// <param name="Places">How many appointments have that stretch.</param>
public sealed record Taken(DateTimeOffset Start, DateTimeOffset End, int Places = 1);

/// <summary>What can be asked of the slots of a day.</summary>
public static class Slots
{
    /// <summary>The slots that a matter takes which begins at an instant; null where it cannot.</summary>
    /// <param name="day">A group's slots of the day, in order.</param>
    /// <param name="start">When it begins.</param>
    /// <param name="length">How many slots it takes, one after the other.</param>
    public static IReadOnlyList<Slot>? From(this IReadOnlyList<Slot> day, DateTimeOffset start, int length)
    {
        var run = day.SkipWhile(slot => slot.Start != start).Take(length).ToArray();
        return run.Length == length && run.AreAdjacent() ? run : null;
    }

    /// <summary>Whether each begins when the one before it ends.</summary>
    public static bool AreAdjacent(this IReadOnlyList<Slot> slots) => slots.Zip(slots.Skip(1)).All(pair => pair.First.End == pair.Second.Start);

    /// <summary>The slots as starts of a matter: each has as many places free as the fullest of those it would take.</summary>
    /// <inheritdoc cref="From"/>
    public static IEnumerable<Slot> AsStarts(this IReadOnlyList<Slot> day, int length) =>
        day.Select(slot => slot with { Free = day.From(slot.Start, length)?.Min(s => s.Free) ?? 0 });
}
