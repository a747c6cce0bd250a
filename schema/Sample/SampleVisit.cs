using OneDoor.Appointments;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Tickets;

namespace OneDoor.Sample;

/// <summary>
/// A visit to a window at which a case of the sample came in, before anything is asked of the rules: when what is to happen to its ticket. How long
/// people waited and were served no public source says: it is a sample.
/// </summary>
/// <param name="Group">The item group (业务组) it waits for.</param>
/// <param name="Before">How many tickets of the group were taken in the hall that day before it.</param>
/// <param name="Window">The window's number.</param>
/// <param name="ByPhone">Its holder took it with their phone, and not at the hall's machine.</param>
/// <param name="TakenAt">When it is taken.</param>
/// <param name="CalledAt">When a window calls it.</param>
/// <param name="BegunAt">When its holder is at the window.</param>
/// <param name="EndedAt">When they have been served.</param>
public sealed record SampleVisit(
    ItemGroup Group, int Before, int Window, bool ByPhone, DateTimeOffset TakenAt, DateTimeOffset CalledAt, DateTimeOffset BegunAt, DateTimeOffset EndedAt)
{
    // Seconds: at most to the window, there before and after the case is received, and waiting in the first year; of a hundred, tickets taken by phone.
    private const int LongestWay = 45, LongestBefore = 420, LongestAfter = 300, LongestWait = 3_000, ByPhoneOf = 25;

    // By how much less of it people wait each year.
    private const int LessEachYear = 480;

    /// <summary>
    /// The visit of each case; null of what came in otherwise. Who is first in the group is called first, and a window serves one after the other: who comes
    /// as the doors open, or when no window is free, is served without a ticket.
    /// </summary>
    /// <param name="drawn">The cases in the order in which they come in.</param>
    public static IReadOnlyList<SampleVisit?> Draw(IReadOnlyList<SampleCase> drawn)
    {
        var visits = new SampleVisit?[drawn.Count];
        foreach (var day in drawn.Index().Where(one => one.Item.Cell.Channel == Channel.Window).GroupBy(one => (one.Item.Cell.Hall, LegalClock.DayOf(one.Item.SubmittedAt))))
        {
            var freeFrom = new DateTimeOffset[QueuePolicy.Zone.Windows[day.Key.Hall]];
            Dictionary<string, (int Taken, DateTimeOffset Last)> queues = [];
            foreach (var (i, visit) in day.Select(one => (one.Index, Alone(one.Item))).OrderBy(one => one.Item2.CalledAt).ThenBy(one => one.Index))
            {
                var (taken, last) = queues.GetValueOrDefault(visit.Group.Letter);
                var (window, from) = (Array.FindIndex(freeFrom, free => free <= visit.CalledAt), SampleDays.OpenSince(visit.CalledAt));
                var at = new[] { visit.TakenAt, from ?? visit.CalledAt, last.AddSeconds(1) }.Max();
                if (window < 0 || at >= visit.CalledAt)
                    continue;
                queues[visit.Group.Letter] = (taken + 1, at);
                freeFrom[window] = visit.EndedAt;
                visits[i] = visit with { Before = taken, Window = window + 1, TakenAt = at };
            }
        }
        return visits;
    }

    // As if nobody else were there.
    private static SampleVisit Alone(SampleCase drawn)
    {
        var random = new Random((int)Drawn.From(drawn.Number, "visit"));
        var begun = drawn.SubmittedAt.AddSeconds(-random.Next(60, LongestBefore));
        var called = begun.AddSeconds(-random.Next(5, LongestWay));
        var longest = LongestWait - LessEachYear * (drawn.SubmittedAt.Year - SamplePlan.Begins.Year);
        return new(
            ItemGroups.Of(drawn.Cell.Item).Group, 0, 0, random.Next(100) < ByPhoneOf, called.AddSeconds(-random.Next(10, random.Next(20, longest))), called, begun,
            drawn.SubmittedAt.AddSeconds(random.Next(30, LongestAfter)));
    }
}
