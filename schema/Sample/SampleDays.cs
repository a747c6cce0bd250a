using OneDoor.Clock;

namespace OneDoor.Sample;

/// <summary>The working days and the open hours of the five years, in which everything happens.</summary>
internal static class SampleDays
{
    // Limits of the first days run from no day before; those of the last reach a little further.
    private static readonly DateOnly[] Working =
        [.. Enumerable.Range(0, SamplePlan.Ends.AddMonths(3).DayNumber - SamplePlan.Begins.DayNumber).Select(SamplePlan.Begins.AddDays).Where(LegalClock.Zone.Calendar.IsWorkingDay)];

    private static readonly IReadOnlyList<OpeningHours> Sessions = HallDirectory.Zone.Opening;

    /// <summary>The working days from one day until another.</summary>
    public static IReadOnlyList<DateOnly> In(DateOnly from, DateOnly until) => [.. Working.Where(day => day >= from && day < until)];

    /// <summary>So many working days before or after one; the first of all where there are not so many before.</summary>
    public static DateOnly From(DateOnly day, int days) => Working[Math.Max(0, Array.BinarySearch(Working, day) + days)];

    /// <summary>The working day so many after any day, which is no working day itself or does not count.</summary>
    public static DateOnly After(DateOnly day, int days)
    {
        var at = Array.BinarySearch(Working, day);
        return Working[at >= 0 ? at + days : ~at + days - 1];
    }

    /// <summary>How many working days lie before one.</summary>
    public static int Before(DateOnly day) => Array.BinarySearch(Working, day);

    /// <summary>A moment of a day while the halls are open.</summary>
    public static DateTimeOffset Moment(DateOnly day, Random random) => Stay(day, random.Next(5), random).From;

    /// <summary>So many minutes of a day, one after the other, while the halls are open.</summary>
    public static (DateTimeOffset From, DateTimeOffset Until) Stay(DateOnly day, int minutes, Random random)
    {
        OpeningHours[] fitting = [.. Sessions.Where(session => Length(session) > minutes)];
        var session = fitting[random.Next(fitting.Length)];
        var from = LegalClock.MidnightOf(day).ToUniversalTime() + session.From.ToTimeSpan() + TimeSpan.FromSeconds(random.Next((Length(session) - minutes) * 60));
        return (from, from.AddMinutes(minutes));
    }

    /// <summary>An instant of a working day itself while the halls are open, else when they open next that day.</summary>
    public static DateTimeOffset Open(DateTimeOffset at) => LegalClock.Zone.OpensAt(HallDirectory.Main, at, [])!.Value.ToUniversalTime();

    /// <summary>Since when the halls are open at an instant; null where they are not.</summary>
    public static DateTimeOffset? OpenSince(DateTimeOffset at) => Sessions
        .Select(session => (From: LegalClock.MidnightOf(LegalClock.DayOf(at)).ToUniversalTime() + session.From.ToTimeSpan(), Minutes: Length(session)))
        .Where(open => open.From <= at && at < open.From.AddMinutes(open.Minutes)).Select(open => (DateTimeOffset?)open.From).FirstOrDefault();

    private static int Length(OpeningHours session) => (int)(session.Until - session.From).TotalMinutes;
}
