using CsCheck;
using Xunit;

namespace OneDoor.Clock;

/// <summary>What holds for every limit, start and pause (CLK-1, CLK-3, CLK-4), against a counter too simple to be wrong.</summary>
public class ClockProperties
{
    private static readonly LegalClock Clock = LegalClock.Zone;
    private static readonly DateTimeOffset First = China.At("2014-12-01");

    // Whole minutes from December 2014 to spring 2027: both edges of the data are crossed.
    private static readonly Gen<DateTimeOffset> Starts = Gen.Int[0, 12 * 366 * 24 * 60].Select(minutes => First.AddMinutes(minutes));
    private static readonly Gen<string> Halls = Gen.OneOf("airport", "logistics", "lingang", "haigang");
    private static readonly Gen<LimitUnit> Units = Gen.Enum<LimitUnit>();

    /// <summary>Up to four pauses of up to nine days that begin around a start; some overlap, some begin before it.</summary>
    private static Gen<Pause[]> PausesNear(DateTimeOffset start) =>
        Gen.Select(Gen.Enum<PauseReason>(), Gen.Int[-3 * 24 * 60, 21 * 24 * 60], Gen.Int[0, 9 * 24 * 60])
            .Select((reason, after, minutes) => new Pause(reason, start.AddMinutes(after), start.AddMinutes(after + minutes)))
            .Array[0, 4];

    private static readonly Gen<(DateTimeOffset Start, Pause[] Pauses)> Paused =
        Starts.SelectMany(start => PausesNear(start).Select(pauses => (start, pauses)));

    private static Limit LimitOf(LimitUnit unit, int tenths) =>
        new Limit(unit is LimitUnit.WorkingDays or LimitUnit.CalendarDays ? 1 + (tenths / 10) : 0.1m * (1 + tenths), unit);

    private static Limit? Extension(LimitUnit unit, int days) => days == 0 ? null : new Limit(days, unit);

    private static readonly Gen<LimitUnit> Days = Gen.OneOf(LimitUnit.WorkingDays, LimitUnit.CalendarDays);

    [Fact(DisplayName = "CLK-1 CLK-4 a limit in days, extended or not, ends on a working day, when that day ends")]
    public void Ends_on_a_working_day() => Gen.Select(Paused, Days, Gen.Int[1, 120], Days, Gen.Int[0, 60]).Sample((paused, unit, days, another, extension) =>
    {
        var due = Clock.Due(paused.Start, new Limit(days, unit), null, paused.Pauses, Extension(another, extension))!;
        return WorkingDays.StateCouncil.IsWorkingDay(due.DueOn) && due.DueAt == China.At(due.DueOn, new TimeOnly(23, 59, 59));
    });

    [Fact(DisplayName = "CLK-1 a longer limit never ends earlier, and ends later where it is longer by more than what the end waits for")]
    public void Monotone_in_the_limit() =>
        Gen.Select(Paused, Units, Gen.Int[0, 400], Gen.Int[10, 50]).Sample((paused, unit, tenths, more) =>
    {
        var due = Clock.Due(paused.Start, LimitOf(unit, tenths), "airport", paused.Pauses)!;
        var later = Clock.Due(paused.Start, LimitOf(unit, tenths + more), "airport", paused.Pauses)!.DueAt;
        // Several calendar days may end with the same working day.
        return unit == LimitUnit.CalendarDays ? due.DueAt <= later : due.DueAt < later;
    });

    [Fact(DisplayName = "CLK-1 as many calendar days as working days end no later")]
    public void Calendar_days_are_never_longer() => Gen.Select(Paused, Gen.Int[1, 120]).Sample((paused, days) =>
        Clock.Due(paused.Start, Limit.CalendarDays(days), null, paused.Pauses)!.DueAt
            <= Clock.Due(paused.Start, Limit.WorkingDays(days), null, paused.Pauses)!.DueAt);

    [Fact(DisplayName = "CLK-1 the time of day of the start makes no difference to working days")]
    public void Time_of_day_does_not_matter() => Gen.Select(Paused, Gen.Int[1, 120], Gen.Int[0, 86_399]).Sample((paused, days, second) =>
    {
        var sameDay = China.At(LegalClock.DayOf(paused.Start), TimeOnly.MinValue).AddSeconds(second);
        return Clock.Due(paused.Start, Limit.WorkingDays(days), null, paused.Pauses)!.DueAt
            == Clock.Due(sameDay, Limit.WorkingDays(days), null, paused.Pauses)!.DueAt;
    });

    [Fact(DisplayName = "CLK-3 a further pause never makes a limit end earlier, and telling it twice changes nothing")]
    public void A_pause_never_hurries() => Gen.Select(Paused, Units, Gen.Int[0, 400]).Sample((paused, unit, tenths) =>
    {
        var limit = LimitOf(unit, tenths);
        var due = Clock.Due(paused.Start, limit, "airport", paused.Pauses)!;
        return Clock.Due(paused.Start, limit, "airport", [.. paused.Pauses, .. paused.Pauses])!.DueAt == due.DueAt
            && (paused.Pauses.Length == 0 || Clock.Due(paused.Start, limit, "airport", paused.Pauses[1..])!.DueAt <= due.DueAt);
    });

    [Fact(DisplayName = "CLK-4 a limit extended by days of its own kind is the limit of both together")]
    public void An_extension_adds_up() => Gen.Select(Paused, Days, Gen.Int[1, 60], Gen.Int[1, 60]).Sample((paused, unit, days, extension) =>
        Clock.Due(paused.Start, new Limit(days, unit), null, paused.Pauses, new Limit(extension, unit))!.DueAt
            == Clock.Due(paused.Start, new Limit(days + extension, unit), null, paused.Pauses)!.DueAt);

    [Fact(DisplayName = "CLK-4 an extension in other units runs from the day on which the limit would have ended, and never hurries")]
    public void An_extension_follows_on() => Gen.Select(Paused, Units, Gen.Int[0, 400], Days, Gen.Int[1, 60]).Sample((paused, unit, tenths, another, extension) =>
    {
        var due = Clock.Due(paused.Start, LimitOf(unit, tenths), "airport", paused.Pauses)!;
        var extended = Clock.Due(paused.Start, LimitOf(unit, tenths), "airport", paused.Pauses, new Limit(extension, another))!;
        return extended.DueAt >= due.DueAt
            && (unit == another || extended.DueAt == Clock.Due(China.At(due.DueOn, TimeOnly.MinValue), new Limit(extension, another), null, paused.Pauses)!.DueAt);
    });

    [Fact(DisplayName = "CLK-5 counted and skipped days make up the span between them")]
    public void Nothing_is_left_unexplained() => Gen.Select(Paused, Days, Gen.Int[1, 120]).Sample((paused, unit, days) =>
    {
        var due = Clock.Due(paused.Start, new Limit(days, unit), null, paused.Pauses)!;
        var span = due.DueOn.DayNumber - LegalClock.DayOf(paused.Start).DayNumber;
        var skipped = due.Skipped.Select(s => s.Date).ToList();
        return span == days + skipped.Count && skipped.SequenceEqual(skipped.Distinct().Order());
    });

    [Fact(DisplayName = "CLK-5 what has elapsed when a limit in hours ends is the limit")]
    public void Elapsed_is_the_inverse() =>
        Gen.Select(Paused, Gen.OneOf(LimitUnit.HallHours, LimitUnit.Hours), Gen.Int[1, 2_000_000], Halls).Sample((paused, unit, part, hall) =>
    {
        var limit = new Limit(part * 0.0001m, unit);
        var due = Clock.Due(paused.Start, limit, hall, paused.Pauses)!;
        return Clock.Elapsed(paused.Start, due.DueAt, unit, hall, paused.Pauses) == limit;
    });

    [Fact(DisplayName = "CLK-1 CLK-3 working days agree with crossing them off a calendar")]
    public void Agrees_with_a_calendar() => Gen.Select(Paused, Gen.Int[1, 60]).Sample((paused, days) =>
    {
        var start = LegalClock.DayOf(paused.Start);
        var counted = Enumerable.Range(1, 400).Select(start.AddDays)
            .Where(WorkingDays.StateCouncil.IsWorkingDay)
            .Where(day => !paused.Pauses.Any(p => LegalClock.DayOf(p.From) < day && day <= LegalClock.DayOf(p.Until!.Value)));
        return Clock.Due(paused.Start, Limit.WorkingDays(days), null, paused.Pauses)!.DueOn == counted.ElementAt(days - 1);
    });

    [Fact(DisplayName = "CLK-1 CLK-3 calendar days agree with crossing them off a calendar, and then waiting for a working day")]
    public void Calendar_days_agree_with_a_calendar() => Gen.Select(Paused, Gen.Int[1, 60]).Sample((paused, days) =>
    {
        var start = LegalClock.DayOf(paused.Start);
        var counted = Enumerable.Range(1, 400).Select(start.AddDays)
            .Where(day => !paused.Pauses.Any(p => LegalClock.DayOf(p.From) < day && day <= LegalClock.DayOf(p.Until!.Value)));
        return Clock.Due(paused.Start, Limit.CalendarDays(days), null, paused.Pauses)!.DueOn
            == counted.Skip(days - 1).First(WorkingDays.StateCouncil.IsWorkingDay);
    });

    [Fact(DisplayName = "CLK-1 CLK-3 hall hours agree with watching the hall minute by minute")]
    public void Agrees_with_a_watch() => Gen.Select(Paused, Gen.Int[1, 40 * 60]).Sample((paused, minutes) =>
    {
        var minute = paused.Start;
        for (var left = minutes; left > 0; minute = minute.AddMinutes(1))
        {
            var time = TimeOnly.FromTimeSpan(minute.TimeOfDay);
            var morning = time >= new TimeOnly(8, 30) && time < new TimeOnly(12, 0);
            var afternoon = time >= new TimeOnly(13, 0) && time < new TimeOnly(17, 30);
            var stopped = paused.Pauses.Any(p => p.From <= minute && minute < p.Until);
            if ((morning || afternoon) && !stopped && WorkingDays.StateCouncil.IsWorkingDay(LegalClock.DayOf(minute)))
                left--;
        }

        // Sixtieths of an hour have no finite decimals: rounded down, so that the part of a tick left over counts as one.
        var limit = Limit.HallHours(decimal.Round(minutes / 60m, 20, MidpointRounding.ToZero));
        return Clock.Due(paused.Start, limit, "airport", paused.Pauses)!.DueAt == minute;
    }, iter: 30);
}
