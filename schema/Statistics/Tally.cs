using OneDoor.Catalogue;

namespace OneDoor.Statistics;

/// <summary>Sums over the rows of an item's cases that were concluded within a stretch of <see cref="PublishedFigures.Borders"/>: what published figures are made of.</summary>
/// <param name="Item">The item's code.</param>
/// <param name="Category">Its category.</param>
/// <param name="Origin">Where the power comes from.</param>
/// <param name="Stretch">Which stretch, counted from 0.</param>
/// <param name="Cases">How many were concluded.</param>
/// <param name="Online">How many of them came in online.</param>
/// <param name="Emergencies">How many of them are part of an emergency project.</param>
/// <param name="Founded">How many of them brought a market entity into being.</param>
/// <param name="ActualSeconds">What those that were accepted took, added up.</param>
/// <param name="Timed">How many those are.</param>
public sealed record Tally(
    string Item, Category Category, PowerOrigin Origin, int Stretch, long Cases, long Online, long Emergencies, long Founded, long ActualSeconds, long Timed)
{
    /// <summary>The tallies of rows at hand. In the store the database adds up the same columns.</summary>
    public static IReadOnlyList<Tally> Of(IEnumerable<CaseRow> rows)
    {
        Dictionary<(string, int), Tally> tallies = [];
        foreach (var row in rows)
        {
            if (PublishedFigures.StretchOf(row.ConcludedAt) is not { } stretch)
                continue;
            var tally = tallies.GetValueOrDefault((row.Item, stretch)) ?? new(row.Item, row.Category, row.Origin, stretch, 0, 0, 0, 0, 0, 0);
            tallies[(row.Item, stretch)] = tally with
            {
                Cases = tally.Cases + 1,
                Online = tally.Online + (row.IsOnline ? 1 : 0),
                Emergencies = tally.Emergencies + (row.IsEmergency ? 1 : 0),
                Founded = tally.Founded + (row.Founds ? 1 : 0),
                ActualSeconds = tally.ActualSeconds + (row.ActualSeconds ?? 0),
                Timed = tally.Timed + (row.ActualSeconds is null ? 0 : 1),
            };
        }
        return [.. tallies.Values];
    }
}
