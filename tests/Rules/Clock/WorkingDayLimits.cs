using System.Text.Json;
using Xunit;
using static OneDoor.Clock.China;

namespace OneDoor.Clock;

/// <summary>CLK-1, CLK-2, CLK-4, CLK-5: limits in working days.</summary>
public class WorkingDayLimits
{
    private static readonly LegalClock Clock = LegalClock.Zone;

    [Theory(DisplayName = "CLK-2 the published vectors hold")]
    [InlineData("2020-01-17", 5, "2020-01-23")]
    [InlineData("2020-04-30", 18, "2020-05-28")]
    [InlineData("2020-09-29", 6, "2020-10-14")]
    [InlineData("2020-12-30", 2, "2021-01-04")]
    [InlineData("2020-01-23", 1, "2020-02-03")] // across the extended Spring Festival
    [InlineData("2018-12-28", 1, "2018-12-29")] // a Saturday worked for the New Year
    [InlineData("2026-02-13", 3, "2026-02-25")]
    public void Vectors(string start, int days, string due) =>
        Assert.Equal(Day(due), Clock.Simulate(At($"{start} 10:00"), Limit.WorkingDays(days)).DueOn);

    [Theory(DisplayName = "CLK-1 the day of acceptance is not counted, whenever on that day and whatever day it is")]
    [InlineData("2020-07-01 00:00", "2020-07-02")] // Wednesday
    [InlineData("2020-07-01 23:59", "2020-07-02")]
    [InlineData("2020-07-03 09:00", "2020-07-06")] // Friday
    [InlineData("2020-07-04 09:00", "2020-07-06")] // Saturday
    [InlineData("2020-07-05 09:00", "2020-07-06")] // Sunday
    public void The_first_day_is_the_next_working_day(string start, string due) =>
        Assert.Equal(Day(due), Clock.Simulate(At(start), Limit.WorkingDays(1)).DueOn);

    [Fact(DisplayName = "CLK-1 a working-day limit ends when its last working day ends, China Standard Time")]
    public void It_ends_with_the_day()
    {
        // 17:00 UTC on the 1st is 01:00 on the 2nd in China.
        var due = Clock.Simulate(new DateTimeOffset(2020, 7, 1, 17, 0, 0, TimeSpan.Zero), Limit.WorkingDays(1));

        Assert.Equal(At("2020-07-03 23:59:59"), due.DueAt);
        Assert.Equal(TimeSpan.FromHours(8), due.DueAt.Offset);
    }

    /// <summary>(B15)</summary>
    [Theory(DisplayName = "CLK-2 a year without a notice has its statutory holidays off, 放假办法 art. 2")]
    [InlineData("2026-12-31", 1, "2027-01-04")] // a Friday off, then the weekend
    [InlineData("2026-12-30", 2, "2027-01-04")]
    [InlineData("2027-02-04", 1, "2027-02-09")] // New Year's Eve is a Friday, the third day a Monday
    [InlineData("2027-04-02", 1, "2027-04-06")] // Qingming on a Monday
    [InlineData("2027-04-30", 1, "2027-05-03")]
    [InlineData("2027-06-08", 1, "2027-06-10")] // the Dragon Boat Festival on a Wednesday
    [InlineData("2027-09-14", 1, "2027-09-16")] // the Mid-Autumn Festival on a Wednesday
    [InlineData("2027-09-30", 1, "2027-10-04")]
    [InlineData("2028-06-26", 1, "2028-06-27")] // a leap fifth month repeats no festival
    [InlineData("2034-02-17", 1, "2034-02-22")] // the Spring Festival after 2033's leap eleventh month
    public void An_unannounced_year_has_its_statutory_holidays(string start, int days, string due) =>
        Assert.Equal(Day(due), Clock.Simulate(At($"{start} 10:00"), Limit.WorkingDays(days)).DueOn);

    [Fact(DisplayName = "CLK-5 a statutory holiday without a notice is named as one")]
    public void An_unannounced_holiday_says_so()
    {
        var due = Clock.Simulate(At("2026-12-31 10:00"), Limit.WorkingDays(1));

        Assert.Equal(
        [
            "2027-01-01 Holiday 元旦（法定节假日，无放假通知） New Year's Day (statutory holiday, without a notice)",
            "2027-01-02 Weekend 星期六 Saturday", "2027-01-03 Weekend 星期日 Sunday",
        ], due.Skipped.Select(s => $"{s.Date:yyyy-MM-dd} {s.Kind} {s.Name.Zh} {s.Name.En}"));
    }

    [Theory(DisplayName = "CLK-2 a span that enters a year without a notice, or ends in the last week before one, is provisional")]
    [InlineData("2026-12-23", 1, false)] // ends on 24 December
    [InlineData("2026-12-24", 1, true)]
    [InlineData("2026-12-30", 1, true)]
    [InlineData("2026-12-28", 4, true)]
    [InlineData("2027-03-01", 1, true)]
    [InlineData("2014-12-31", 1, true)] // the start's own year
    [InlineData("2010-06-01", 1, true)]
    [InlineData("2015-01-04", 1, false)]
    public void An_unannounced_year_is_provisional(string start, int days, bool provisional) =>
        Assert.Equal(provisional, Clock.Simulate(At($"{start} 10:00"), Limit.WorkingDays(days)).Provisional);

    [Fact(DisplayName = "CLK-2 a gap between known years is provisional as well")]
    public void A_gap_is_provisional()
    {
        var clock = new LegalClock(new WorkingDays([new HolidayYear(2030, [], []), new HolidayYear(2032, [], [])]), HallDirectory.Zone);

        Assert.True(clock.Simulate(At("2030-12-01 10:00"), Limit.WorkingDays(300)).Provisional);
        Assert.False(clock.Simulate(At("2030-06-01 10:00"), Limit.WorkingDays(100)).Provisional);
    }

    [Fact(DisplayName = "CLK-5 the clock names each day it skipped")]
    public void It_explains_itself()
    {
        var due = Clock.Simulate(At("2020-09-29 10:00"), Limit.WorkingDays(6));

        Assert.Equal(
        [
            .. Enumerable.Range(1, 8).Select(day => $"2020-10-{day:00} Holiday 国庆节、中秋节"),
            "2020-10-11 Weekend 星期日", // the 10th is worked
        ], due.Skipped.Select(s => $"{s.Date:yyyy-MM-dd} {s.Kind} {s.Name.Zh}"));
    }

    [Fact(DisplayName = "CLK-5 the answer is the published one: dueOn, dueAt, provisional and skipped")]
    public void It_is_published_as_it_is()
    {
        var json = JsonSerializer.Serialize(Clock.Simulate(At("2020-07-03 10:00"), Limit.WorkingDays(1)), PlatformJson.Options);

        Assert.Equal(
            """{"dueOn":"2020-07-06","dueAt":"2020-07-06T23:59:59+08:00","provisional":false,"skipped":["""
            + """{"date":"2020-07-04","kind":"weekend","name":{"zh":"星期六","en":"Saturday"}},"""
            + """{"date":"2020-07-05","kind":"weekend","name":{"zh":"星期日","en":"Sunday"}}]}""", json);
    }

    [Fact(DisplayName = "CLK-4 an extension adds its working days after the limit's own")]
    public void An_extension_follows_on()
    {
        var due = Clock.Due(At("2020-04-30 10:00"), Limit.WorkingDays(18), null, [], Limit.WorkingDays(10));

        Assert.Equal(Clock.Simulate(At("2020-04-30 10:00"), Limit.WorkingDays(28)), due!, SameDue);
        Assert.Equal(Day("2020-06-11"), due!.DueOn);
    }

    [Fact(DisplayName = "CLK-4 an extension of hours is counted in working days from the day they would have ended")]
    public void An_extension_of_hours_is_in_working_days()
    {
        var hours = Clock.Due(At("2020-07-03 10:00"), Limit.Hours(24), null, [], Limit.WorkingDays(1))!; // Saturday 10:00, then Monday
        var hallHours = Clock.Due(At("2020-07-03 10:00"), Limit.HallHours(3), "airport", [], Limit.WorkingDays(2))!;

        Assert.Equal(At("2020-07-06 23:59:59"), hours.DueAt);
        Assert.Equal([Day("2020-07-05")], hours.Skipped.Select(s => s.Date));
        Assert.Equal(At("2020-07-07 23:59:59"), hallHours.DueAt);
    }

    [Fact(DisplayName = "CLK-1 the longest limit is computed")]
    public void The_longest_limit()
    {
        var due = Clock.Simulate(At("2100-12-31 10:00"), Limit.WorkingDays(LegalClock.MaxDays));

        Assert.Equal(Day("2115-04-10"), due.DueOn);
        Assert.True(due.Provisional);
    }

    private static bool SameDue(Due one, Due other) =>
        one with { Skipped = other.Skipped } == other && one.Skipped.SequenceEqual(other.Skipped);
}
