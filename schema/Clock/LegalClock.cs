using System.Globalization;
namespace OneDoor.Clock;

/// <summary>
/// The legal clock (CLK-1 to CLK-5): when a limit ends, why then, and how much of it has passed. Pure arithmetic over a
/// calendar and opening hours; it never asks what time it is. All days are days of China Standard Time, which has had
/// no summer time since 1991 and is +08:00 throughout.
/// </summary>
/// <param name="calendar">Which days are working days.</param>
/// <param name="halls">When the halls are open.</param>
public sealed class LegalClock(WorkingDays calendar, HallDirectory halls)
{
    /// <summary>The longest limit in days, working or calendar ones.</summary>
    public const int MaxDays = 3_650;

    /// <summary>The longest limit in hours and in hall hours.</summary>
    public const int MaxHours = 87_600;

    /// <summary>The first and the last year in which a limit may start or a pause lie.</summary>
    public const int FirstYear = 2000, LastYear = 2100;

    /// <summary>How far China Standard Time is ahead of UTC.</summary>
    public static readonly TimeSpan ChinaStandardTime = TimeSpan.FromHours(8);
    private static readonly TimeOnly LastSecond = new(23, 59, 59);

    /// <summary>The zone's clock: the State Council's working days and the zone's halls.</summary>
    public static LegalClock Zone { get; } = new(WorkingDays.StateCouncil, HallDirectory.Zone);

    /// <summary>Which days are working days.</summary>
    public WorkingDays Calendar => calendar;

    /// <summary>The day an instant falls on, China Standard Time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than eight hours before the end of the year 9999.</exception>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(ChinaStandardTime).DateTime);

    /// <summary>Whether an instant lies in the years for which the clock computes.</summary>
    internal static bool Covers(DateTimeOffset at) =>
        at >= MidnightOf(new DateOnly(FirstYear, 1, 1)) && at < MidnightOf(new DateOnly(LastYear + 1, 1, 1));

    /// <summary>What is wrong with a question to the clock, with a pointer into REST's request; null when nothing is.</summary>
    /// <param name="start">The instant the limit runs from.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="hall">A hall's code; needed for hall hours only, but never an unknown one.</param>
    public Refusal? Validate(DateTimeOffset start, Limit limit, string? hall)
    {
        var most = limit.IsInDays ? MaxDays : MaxHours;
        if (limit.Value <= 0 || limit.Value > most)
        {
            return ClockRefusals.LimitOutOfRange
                .Because($"时限须大于 0 且不超过 {most}。", $"It must be greater than 0 and at most {most}.").At("/limit/value");
        }

        if (limit.IsInDays && limit.Value != decimal.Truncate(limit.Value))
            return ClockRefusals.LimitNotWhole.At("/limit/value");
        if (!Covers(start))
        {
            return ClockRefusals.StartOutOfRange
                .Because($"须在 {FirstYear} 年至 {LastYear} 年之间。", $"It must lie in the years {FirstYear} to {LastYear}.").At("/start");
        }

        var hallRefused = hall switch
        {
            null when limit.Unit == LimitUnit.HallHours => ClockRefusals.HallRequired,
            not null when halls.Find(hall) is null => ClockRefusals.UnknownHall,
            _ => null,
        };
        var codes = Text.List(halls.All.Select(h => h.Code));
        return hallRefused?.Because($"大厅：{codes.Zh}。", $"The halls are {codes.En}.").At("/hall");
    }

    /// <summary>When a limit ends that nothing interrupts (CLK-5: the clock can be simulated without a case).</summary>
    /// <inheritdoc cref="Due(DateTimeOffset, Limit, string?, IReadOnlyList{Pause}, Limit?)"/>
    public Due Simulate(DateTimeOffset start, Limit limit, string? hall = null) => Due(start, limit, hall, [])!;

    /// <summary>
    /// When a limit ends (CLK-1). In days the day of the start is not counted, and the limit ends when its last working
    /// day does; in calendar days every day counts, and where the last one is no working day, the next one ends the limit
    /// (民法典 art. 203). In hall hours time passes while the hall is open: outside opening hours the limit starts with
    /// the next opening, and one used up exactly at closing time ends at closing time. In hours the wall clock counts.
    /// Decimals are exact to a tick (100 ns); a part of a tick counts as a whole one.
    /// </summary>
    /// <param name="start">The instant the limit runs from, as a rule the acceptance.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="hall">The receiving hall's code, for hall hours; null will do for the other units.</param>
    /// <param name="pauses">What stopped the clock (CLK-3, 行政许可法 art. 45), in any order.</param>
    /// <param name="extension">
    /// What is added to the end (CLK-4, 行政许可法 art. 42), in days; null for nothing. Days of the limit's own kind make one longer
    /// limit with it; others are counted from the day on which it would have ended.
    /// </param>
    /// <returns>
    /// Null when a pause that is still going on stops the clock before the limit is used up: there is no due date until
    /// that pause ends.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// What <see cref="Validate"/> refuses, also of an extension, a pause that ends before it begins, or an extension that is not in
    /// days: a fault of the caller, who is to validate first.
    /// </exception>
    public Due? Due(DateTimeOffset start, Limit limit, string? hall, IReadOnlyList<Pause> pauses, Limit? extension = null)
    {
        if ((Validate(start, limit, hall) ?? (extension is null ? null : Validate(start, extension, hall))) is { } refusal)
            throw new ArgumentException($"{refusal.Code}: {refusal.Title.En}.");
        if (extension is { IsInDays: false })
            throw new ArgumentException("An extension is in days.", nameof(extension));

        if (extension?.Unit == limit.Unit)
            (limit, extension) = (limit with { Value = limit.Value + extension.Value }, null);
        var stopped = new StoppedTime(pauses);
        var skipped = new List<SkippedDay>();
        var end = limit.IsInDays ? EndOfDays(DayOf(start), limit, stopped, skipped) : EndOfHours(start, limit, hall, stopped, skipped);
        if (end is { } unextended && extension is not null)
            end = EndOfDays(DayOf(unextended), extension, stopped, skipped);
        if (end is not { } dueAt)
            return null;

        var dependsOnCalendar = limit.Unit != LimitUnit.Hours || extension is not null;
        var provisional = dependsOnCalendar && calendar.MayChange(DayOf(start), DayOf(dueAt));
        return new Due(DayOf(dueAt), dueAt, provisional, skipped);
    }

    /// <summary>The whole days that do not count towards a limit (CLK-5): all until it is due or, while a pause keeps it from being due, those there have been.</summary>
    /// <inheritdoc cref="Due"/>
    /// <param name="now">Until when a pause that goes on has lasted.</param>
    public IReadOnlyList<SkippedDay> Skipped(DateTimeOffset start, Limit limit, string? hall, IReadOnlyList<Pause> pauses, Limit? extension, DateTimeOffset now) =>
        Due(start, limit, hall, pauses, extension)?.Skipped
        ?? [.. Due(start, limit, hall, [.. pauses.Select(pause => pause with { Until = pause.Until ?? now })], extension)!.Skipped.Where(day => day.Date <= DayOf(now))];

    /// <summary>
    /// How much time has passed, without the pauses, in the unit of the limit it is judged by (CLK-5: the actual time).
    /// Working days are open time of the hall divided by 8 hours, rounded to 4 decimals, so that a matter settled within
    /// a morning counts as less than a day; calendar days are wall-clock time divided by 24 hours, to 4 decimals as well; hall hours
    /// are open time and hours wall-clock time, both rounded to 6 decimals.
    /// </summary>
    /// <param name="from">When the time began to run.</param>
    /// <param name="to">When it ended; nothing has passed where this is not later than <paramref name="from"/>.</param>
    /// <param name="unit">The unit of the answer.</param>
    /// <param name="hall">The receiving hall's code, for hall hours; for working days null stands for the zone's opening hours.</param>
    /// <param name="pauses">What stopped the clock; one still going on stops it up to <paramref name="to"/>.</param>
    /// <exception cref="ArgumentException">The hall is unknown, or missing for hall hours; a pause ends before it begins.</exception>
    public Limit Elapsed(DateTimeOffset from, DateTimeOffset to, LimitUnit unit, string? hall, IReadOnlyList<Pause> pauses)
    {
        var stopped = new StoppedTime(pauses);
        var opening = OpeningOf(unit, hall);
        var ticks = 0L;
        for (var day = DayOf(from); day <= DayOf(to); day = day.AddDays(1))
        {
            ticks += CountableTime(day, opening)
                .Select(open => open.Within(from, to))
                .SelectMany(stopped.TakenOutOf)
                .Sum(running => running.Ticks);
        }

        var hours = (decimal)ticks / TimeSpan.TicksPerHour;
        return unit switch
        {
            LimitUnit.WorkingDays => new Limit(Math.Round(hours / Limit.HallHoursPerWorkingDay, 4, MidpointRounding.AwayFromZero), unit),
            LimitUnit.CalendarDays => new Limit(Math.Round(hours / 24, 4, MidpointRounding.AwayFromZero), unit),
            _ => new Limit(Math.Round(hours, 6, MidpointRounding.AwayFromZero), unit),
        };
    }

    /// <summary>Counts days after a day; null when a pause still going on is reached before they are used up.</summary>
    private DateTimeOffset? EndOfDays(DateOnly after, Limit limit, StoppedTime stopped, List<SkippedDay> skipped)
    {
        var day = after;
        for (var left = (int)limit.Value; left > 0;)
        {
            day = day.AddDays(1);
            // The last of calendar days is a working day, too.
            if (!calendar.IsWorkingDay(day) && (left == 1 || limit.Unit == LimitUnit.WorkingDays))
                skipped.Add(NotWorked(day));
            else if (stopped.GoesOnFrom(day))
                return null;
            else if (stopped.On(day) is { } pause)
                skipped.Add(new SkippedDay(day, SkippedKind.Paused, pause.Name));
            else
                left--;
        }

        return EndOf(day);
    }

    /// <summary>Uses up hours from an instant on; null when a pause still going on is reached before they are used up.</summary>
    private DateTimeOffset? EndOfHours(DateTimeOffset start, Limit limit, string? hall, StoppedTime stopped, List<SkippedDay> skipped)
    {
        var opening = OpeningOf(limit.Unit, hall);
        var left = (long)decimal.Ceiling(limit.Value * TimeSpan.TicksPerHour);
        for (var day = DayOf(start); !stopped.GoesOnFrom(day); day = day.AddDays(1))
        {
            var countable = CountableTime(day, opening);
            if (countable.Count == 0)
            {
                skipped.Add(NotWorked(day));
                continue;
            }

            var sinceStart = countable.Select(open => open.Within(start, open.Until)).Where(open => open.Ticks > 0).ToList();
            var running = sinceStart.SelectMany(stopped.TakenOutOf).ToList();
            foreach (var stretch in running)
            {
                if (left <= stretch.Ticks)
                    return stretch.From.AddTicks(left).ToOffset(ChinaStandardTime);
                left -= stretch.Ticks;
            }

            if (running.Count == 0 && sinceStart.Count > 0)
                skipped.Add(new SkippedDay(day, SkippedKind.Paused, stopped.During(sinceStart[0])!.Name));
        }

        return null;
    }

    /// <summary>The opening hours by which a unit is counted; null for wall-clock time, which passes whatever the day.</summary>
    private IReadOnlyList<OpeningHours>? OpeningOf(LimitUnit unit, string? hall) => (unit, hall) switch
    {
        (LimitUnit.Hours or LimitUnit.CalendarDays, _) => null,
        (LimitUnit.WorkingDays, null) => halls.Opening,
        (_, null) => throw new ArgumentException("Hall hours need a hall.", nameof(hall)),
        _ => (halls.Find(hall) ?? throw new ArgumentException($"There is no hall {hall}.", nameof(hall))).Opening,
    };

    /// <summary>The time of a day that counts: all of it for the wall clock, else the opening hours if it is a working day.</summary>
    private IReadOnlyList<Stretch> CountableTime(DateOnly day, IReadOnlyList<OpeningHours>? opening)
    {
        if (opening is null)
            return [new Stretch(MidnightOf(day), MidnightOf(day.AddDays(1)))];
        if (!calendar.IsWorkingDay(day))
            return [];
        return [.. opening.Select(hours =>
            new Stretch(new DateTimeOffset(day, hours.From, ChinaStandardTime), new DateTimeOffset(day, hours.Until, ChinaStandardTime)))];
    }

    private SkippedDay NotWorked(DateOnly day)
    {
        var why = calendar.Why(day);
        return new SkippedDay(day, why.Kind == DayKind.Holiday ? SkippedKind.Holiday : SkippedKind.Weekend, why.Name);
    }

    /// <summary>Whether a hall is open at an instant.</summary>
    /// <exception cref="ArgumentException">There is no such hall.</exception>
    public bool IsOpen(string hall, DateTimeOffset at) =>
        CountableTime(DayOf(at), OpeningOf(LimitUnit.HallHours, hall)).Any(open => open.From <= at && at < open.Until);

    /// <summary>From when on a hall is open: the instant itself where it is open then; null where it will not be within a year.</summary>
    /// <param name="hall">The hall's code.</param>
    /// <param name="at">The instant.</param>
    /// <param name="closed">Days on which it takes nobody in.</param>
    /// <exception cref="ArgumentException">There is no such hall.</exception>
    public DateTimeOffset? OpensAt(string hall, DateTimeOffset at, IEnumerable<DateOnly> closed)
    {
        var (today, opening) = (DayOf(at), OpeningOf(LimitUnit.HallHours, hall));
        var open = Enumerable.Range(0, today.AddYears(1).DayNumber - today.DayNumber).Select(today.AddDays).Except(closed)
            .SelectMany(day => CountableTime(day, opening)).FirstOrDefault(open => at < open.Until);
        return open == default ? null : open.From > at ? open.From : at;
    }

    /// <summary>When what ends at an instant is over: it lasts through the second that begins then, as a day lasts through 23:59:59 (CLK-1).</summary>
    public static DateTimeOffset After(DateTimeOffset end) => end.AddSeconds(1);

    /// <summary>What ends at this instant or before is over at another (CLK-1).</summary>
    public static DateTimeOffset LastOver(DateTimeOffset now) => now.AddSeconds(-1);

    /// <summary>Whether what ends at an instant is over; what has no end is not.</summary>
    public static bool IsOver(DateTimeOffset? end, DateTimeOffset now) => end <= LastOver(now);

    /// <summary>The last second of a day.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => new(day, LastSecond, ChinaStandardTime);

    /// <summary>The first instant of a day, China Standard Time.</summary>
    public static DateTimeOffset MidnightOf(DateOnly day) => new(day, TimeOnly.MinValue, ChinaStandardTime);

    /// <summary>The time of a day that a text names, HH:mm; null for what is none.</summary>
    public static TimeOnly? MinuteOf(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var minute) ? minute : null;
}
