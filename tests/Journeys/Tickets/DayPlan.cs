using OneDoor.Appointments;
using OneDoor.Clock;

namespace OneDoor.Tickets;

/// <summary>What the seed says of the day: who comes when, and which windows serve what.</summary>
internal sealed class DayPlan(int seed, int people)
{
    /// <summary>Windows by hall: twenty together.</summary>
    private static readonly int[] WindowsOf = [8, 4, 4, 4];

    public const int Opens = (8 * 60) + 30, Noon = 12 * 60, AfterNoon = 13 * 60, Closes = (17 * 60) + 30;

    /// <summary>From the largest.</summary>
    public static string[] Halls { get; } = [.. HallDirectory.Zone.All.Select(h => h.Code)];

    /// <summary>So many minutes before noon, and after one, everybody comes: with fewer people as crowded as with many.</summary>
    private int Rush => Math.Clamp(people * 190 / 600, 15, 190);

    public int Seed => seed;

    public int People => people;

    /// <summary>The chances of one of them, whoever else there is.</summary>
    public Random Random(int n) => new((seed * 7919) + n);

    /// <summary>A hall, by how many windows it has.</summary>
    public static string HallOf(Random random)
    {
        var window = random.Next(WindowsOf.Sum());
        return Halls[Enumerable.Range(0, Halls.Length).First(h => window < WindowsOf[..(h + 1)].Sum())];
    }

    /// <summary>When somebody comes: some while the halls are closed at noon.</summary>
    public int Arrival(Random random)
    {
        var minute = random.Next(Rush);
        return random.Next(100) switch { < 50 => Noon - 1 - minute, < 55 => Noon + random.Next(5, 50), _ => AfterNoon + minute };
    }

    /// <summary>Whether people come then.</summary>
    public bool IsRush(int minute) => (minute >= Noon - Rush && minute < Noon) || (minute >= AfterNoon && minute < AfterNoon + Rush);

    /// <summary>The halls' windows: each first one serves everything and all day, the others some groups, and close for a while at noon.</summary>
    public IReadOnlyList<DayWindow> Windows(DayServers servers, DayLedger ledger)
    {
        var random = Random(-1);
        return
        [
            .. Halls.SelectMany((hall, h) => Enumerable.Range(1, WindowsOf[h]).Select(n =>
            {
                string[] groups = [.. ItemGroups.All.Select(g => g.Code)];
                random.Shuffle(groups);
                var pause = Noon + random.Next(0, 30);
                return new DayWindow(servers, ledger, hall, n, n == 1 ? groups : groups[..random.Next(2, 4)], n == 1 ? null : pause);
            })),
        ];
    }
}
