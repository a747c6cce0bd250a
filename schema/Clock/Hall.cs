namespace OneDoor.Clock;

/// <summary>A service hall (大厅) as the clock sees it: where it is and when it is open.</summary>
/// <param name="Code">Stable, for instance <c>airport</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Address">Where it is, for people.</param>
/// <param name="Opening">Its opening hours on a working day, in order and apart; it is closed on every other day.</param>
/// <param name="KiosksRoundTheClock">Its kiosks take applications in at any hour, and not only while it is open.</param>
public sealed record Hall(string Code, Text Name, Text Address, IReadOnlyList<OpeningHours> Opening, bool KiosksRoundTheClock = false);

/// <summary>A stretch of a working day during which a hall is open, China Standard Time.</summary>
/// <param name="From">The minute the doors open.</param>
/// <param name="Until">The minute they close; later than <paramref name="From"/>, on the same day.</param>
public sealed record OpeningHours(TimeOnly From, TimeOnly Until);

/// <summary>The halls of a zone and their opening hours; both are policy, and so data.</summary>
public sealed class HallDirectory
{
    /// <summary>The hall where all departments sit: it takes in what reaches no window.</summary>
    public const string Main = "airport";

    private readonly Dictionary<string, Hall> _byCode;

    /// <param name="opening">The hours of a working day where no hall is named; the zone's halls keep the same.</param>
    /// <param name="halls">Each with a code of its own.</param>
    /// <exception cref="ArgumentException">A code is used twice, or opening hours are empty, overlap or are out of order.</exception>
    public HallDirectory(IReadOnlyList<OpeningHours> opening, IReadOnlyList<Hall> halls)
    {
        foreach (var hours in halls.Select(h => h.Opening).Prepend(opening))
        {
            var overlap = hours.Zip(hours.Skip(1)).Any(pair => pair.First.Until > pair.Second.From);
            if (hours.Count == 0 || overlap || hours.Any(h => h.From >= h.Until))
                throw new ArgumentException("Opening hours are empty, overlap or are out of order.", nameof(halls));
        }

        Opening = opening;
        All = halls;
        _byCode = halls.ToDictionary(hall => hall.Code, StringComparer.Ordinal);
    }

    /// <summary>The zone's four halls: airport 空港, logistics 航空物流区, lingang 临港 and haigang 海港.</summary>
    public static HallDirectory Zone { get; } = From(Shipped.Table<HallTable>("halls.json"));

    /// <summary>The opening hours of a working day where no hall is named.</summary>
    public IReadOnlyList<OpeningHours> Opening { get; }

    /// <summary>Every hall, in the zone's order.</summary>
    public IReadOnlyList<Hall> All { get; }

    /// <summary>What of the published fields public sources do not give: plausible samples.</summary>
    public IReadOnlyList<string> Sample { get; private init; } = [];

    /// <summary>The hall of that code; null when there is none.</summary>
    public Hall? Find(string code) => _byCode.GetValueOrDefault(code);

    private static HallDirectory From(HallTable table) =>
        new(table.Opening, [.. table.Halls.Select(h => new Hall(h.Code, h.Name, h.Address, h.Opening ?? table.Opening, h.KiosksRoundTheClock))]) { Sample = table.Sample };

    /// <summary>The shape of halls.json: a hall without hours of its own keeps the zone's.</summary>
    private sealed record HallTable(IReadOnlyList<string> Sample, IReadOnlyList<OpeningHours> Opening, IReadOnlyList<HallEntry> Halls);

    private sealed record HallEntry(string Code, Text Name, Text Address, IReadOnlyList<OpeningHours>? Opening = null, bool KiosksRoundTheClock = false);
}
