using Xunit;
using static OneDoor.Clock.China;

namespace OneDoor.Clock;

/// <summary>CLK-1, CLK-3, CLK-4: limits in calendar days (日), as laws say where they do not mean working days.</summary>
public class CalendarDayLimits
{
    private static readonly LegalClock Clock = LegalClock.Zone;

    /// <summary>(B9)</summary>
    [Theory(DisplayName = "CLK-1 every day counts but that of the event, and a limit whose last day is no working day ends with the next one")]
    [InlineData("2020-07-01", 1, "2020-07-02")]
    [InlineData("2020-07-01", 3, "2020-07-06")] // Saturday the 4th
    [InlineData("2020-07-01", 4, "2020-07-06")] // Sunday the 5th
    [InlineData("2020-07-01", 5, "2020-07-06")]
    [InlineData("2020-07-01", 30, "2020-07-31")]
    [InlineData("2020-07-04", 2, "2020-07-06")] // a Saturday is not counted when it is the day of the event
    [InlineData("2020-09-11", 20, "2020-10-09")] // 1 October, and the holiday lasts until the 8th
    [InlineData("2020-09-20", 7, "2020-09-27")] // a Sunday that is worked
    [InlineData("2026-12-02", 30, "2027-01-04")] // New Year's Day, without a notice, and the weekend after it
    public void Every_day_counts(string start, int days, string due) =>
        Assert.Equal(Day(due), Clock.Simulate(At($"{start} 10:00"), Limit.CalendarDays(days)).DueOn);

    [Fact(DisplayName = "CLK-1 CLK-5 it ends when that day does, and names the days the end waited for and no other")]
    public void It_names_what_its_end_waited_for()
    {
        var due = Clock.Simulate(At("2020-07-01 10:00"), Limit.CalendarDays(10)); // Saturday the 11th; the 4th and 5th count

        Assert.Equal(At("2020-07-13 23:59:59"), due.DueAt);
        Assert.Equal(["2020-07-11 Weekend", "2020-07-12 Weekend"], due.Skipped.Select(s => $"{s.Date:yyyy-MM-dd} {s.Kind}"));
    }

    [Fact(DisplayName = "CLK-2 its end depends on the calendar, so it may be provisional")]
    public void It_may_be_provisional()
    {
        Assert.True(Clock.Simulate(At("2026-12-02 10:00"), Limit.CalendarDays(30)).Provisional);
        Assert.False(Clock.Simulate(At("2026-11-02 10:00"), Limit.CalendarDays(30)).Provisional);
    }

    [Theory(DisplayName = "CLK-3 a pause takes whole days from it: that on which it begins counts, that on which it ends does not")]
    [InlineData("2020-07-02 09:00", "2020-07-02 16:00", "2020-07-09")]
    [InlineData("2020-07-02 09:00", "2020-07-04 16:00", "2020-07-13")] // the 3rd and 4th: the last day is Saturday the 11th
    [InlineData("2020-07-09 09:00", "2020-07-20 16:00", "2020-07-09")] // used up as it begins
    [InlineData("2020-07-08 09:00", "2020-07-10 16:00", "2020-07-13")] // the 9th and 10th
    public void A_pause_takes_whole_days(string from, string until, string due) =>
        Assert.Equal(Day(due), Clock.Due(At("2020-07-01 10:00"), Limit.CalendarDays(8), null, [Hearing(from, until)])!.DueOn);

    [Fact(DisplayName = "CLK-4 an extension in calendar days makes one longer limit, whose end alone waits for a working day")]
    public void An_extension_adds_days()
    {
        var start = At("2020-07-01 10:00");

        Assert.Equal(Day("2020-07-13"), Clock.Due(start, Limit.CalendarDays(10), null, [])!.DueOn);
        Assert.Equal(Day("2020-07-16"), Clock.Due(start, Limit.CalendarDays(10), null, [], Limit.CalendarDays(5))!.DueOn);
        Assert.Equal(Day("2020-07-20"), Clock.Due(start, Limit.CalendarDays(10), null, [], Limit.WorkingDays(5))!.DueOn);
    }
}
