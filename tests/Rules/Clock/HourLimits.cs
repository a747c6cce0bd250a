using Xunit;
using static OneDoor.Clock.China;

namespace OneDoor.Clock;

/// <summary>CLK-1: limits in hall hours and in hours.</summary>
public class HourLimits
{
    private static readonly LegalClock Clock = LegalClock.Zone;

    [Theory(DisplayName = "CLK-1 hall hours pass only while the hall is open")]
    [InlineData("2020-07-01 09:00", "3", "2020-07-01 12:00")] // ends exactly at closing time
    [InlineData("2020-07-01 10:00", "3", "2020-07-01 14:00")] // over lunch
    [InlineData("2020-07-01 12:00", "1", "2020-07-01 14:00")] // at closing time: from the next opening
    [InlineData("2020-07-01 12:30", "1", "2020-07-01 14:00")] // at lunch
    [InlineData("2020-07-01 06:00", "3", "2020-07-01 11:30")] // before opening
    [InlineData("2020-07-01 08:30", "8", "2020-07-01 17:30")] // one working day
    [InlineData("2020-07-01 08:30", "8.5", "2020-07-02 09:00")]
    [InlineData("2020-07-01 17:30", "3", "2020-07-02 11:30")] // after closing
    [InlineData("2020-07-01 22:00", "3", "2020-07-02 11:30")]
    [InlineData("2020-07-03 16:30", "3", "2020-07-06 10:30")] // Friday to Monday
    [InlineData("2020-07-04 10:00", "3", "2020-07-06 11:30")] // Saturday
    [InlineData("2020-01-19 16:30", "1.5", "2020-01-20 09:00")] // a Sunday that is worked
    [InlineData("2020-01-23 16:30", "1.5", "2020-02-03 09:00")] // over the extended Spring Festival
    [InlineData("2020-09-30 17:00", "1", "2020-10-09 09:00")]
    [InlineData("2026-12-31 17:00", "1", "2027-01-04 09:00")] // 2027 has no notice: 1 January is off all the same
    public void Hall_hours(string start, string hours, string due) =>
        Assert.Equal(At(due), Clock.Simulate(At(start), Limit.HallHours(Number(hours)), "airport").DueAt);

    [Theory(DisplayName = "CLK-1 hours are wall-clock hours, whatever the day")]
    [InlineData("2020-01-23 16:30", "24", "2020-01-24 16:30")]
    [InlineData("2020-07-03 23:00", "1", "2020-07-04 00:00")]
    [InlineData("2020-07-03 23:00", "0.25", "2020-07-03 23:15")]
    [InlineData("2020-07-03 23:00", "50", "2020-07-06 01:00")]
    public void Wall_clock_hours(string start, string hours, string due)
    {
        var answer = Clock.Simulate(At(start), Limit.Hours(Number(hours)));

        Assert.Equal(At(due), answer.DueAt);
        Assert.Equal(At(due).Date, answer.DueOn.ToDateTime(TimeOnly.MinValue));
        Assert.Empty(answer.Skipped);
    }

    [Fact(DisplayName = "CLK-1 decimal hours are exact to a tick, and a part of a tick counts as a whole one")]
    public void Decimals_are_exact()
    {
        var start = At("2020-07-01 09:00");

        Assert.Equal(start.AddMinutes(6), Clock.Simulate(start, Limit.Hours(0.1m)).DueAt);
        Assert.Equal(start.AddTicks(3_600_000), Clock.Simulate(start, Limit.HallHours(0.0001m), "lingang").DueAt);
        Assert.Equal(start.AddTicks(1), Clock.Simulate(start, Limit.HallHours(0.00000000000000001m), "lingang").DueAt);
    }

    [Fact(DisplayName = "CLK-1 the answer is in China Standard Time, whatever offset the start has")]
    public void Answers_are_in_China_Standard_Time()
    {
        var start = new DateTimeOffset(2020, 7, 1, 20, 0, 0, TimeSpan.Zero); // 04:00 on the 2nd in China

        Assert.Equal("2020-07-02T09:30:00+08:00", $"{Clock.Simulate(start, Limit.HallHours(1), "haigang").DueAt:yyyy-MM-ddTHH:mm:sszzz}");
        Assert.Equal("2020-07-02T05:00:00+08:00", $"{Clock.Simulate(start, Limit.Hours(1)).DueAt:yyyy-MM-ddTHH:mm:sszzz}");
    }

    [Fact(DisplayName = "CLK-5 hall hours name the days the hall was closed, the day of the start among them")]
    public void Closed_days_are_named()
    {
        var due = Clock.Simulate(At("2020-07-04 10:00"), Limit.HallHours(9), "logistics");

        Assert.Equal(At("2020-07-07 09:30"), due.DueAt);
        Assert.Equal([Day("2020-07-04"), Day("2020-07-05")], due.Skipped.Select(s => s.Date));
        Assert.All(due.Skipped, s => Assert.Equal(SkippedKind.Weekend, s.Kind));
        Assert.Empty(Clock.Simulate(At("2020-07-01 20:00"), Limit.HallHours(1), "logistics").Skipped);
    }

    [Fact(DisplayName = "CLK-2 hall hours are provisional in a year without a notice, wall-clock hours never are unless extended")]
    public void Provisional_hours()
    {
        var start = At("2026-12-24 17:00");

        Assert.False(Clock.Simulate(start, Limit.HallHours(0.5m), "airport").Provisional);
        Assert.True(Clock.Simulate(start, Limit.HallHours(0.6m), "airport").Provisional);
        Assert.False(Clock.Simulate(start, Limit.Hours(48)).Provisional);
        Assert.True(Clock.Due(start, Limit.Hours(48), null, [], extension: Limit.WorkingDays(1))!.Provisional);
    }

    [Fact(DisplayName = "CLK-1 the longest limits are computed")]
    public void The_longest_limits()
    {
        var start = At("2100-12-31 08:30");

        Assert.Equal(start.AddHours(LegalClock.MaxHours), Clock.Simulate(start, Limit.Hours(LegalClock.MaxHours)).DueAt);
        Assert.Equal(17.5, Clock.Simulate(start, Limit.HallHours(LegalClock.MaxHours), "airport").DueAt.TimeOfDay.TotalHours);
    }

    [Fact(DisplayName = "CLK-1 the zone has four halls, open 8 hours a working day")]
    public void The_zones_halls()
    {
        Assert.Equal(["airport", "logistics", "lingang", "haigang"], HallDirectory.Zone.All.Select(hall => hall.Code));
        Assert.All(HallDirectory.Zone.All, hall =>
            Assert.Equal((double)Limit.HallHoursPerWorkingDay, hall.Opening.Sum(hours => (hours.Until - hours.From).TotalHours)));
    }

    [Fact(DisplayName = "CLK-1 a hall keeps its own hours; hours that make no sense are a fault")]
    public void Opening_hours_are_data()
    {
        OpeningHours morning = new(new TimeOnly(9, 0), new TimeOnly(10, 0));
        var early = new Hall("early", new Text("早", "Early"), new Text("东街1号", "1 East Street"), [morning]);
        var clock = new LegalClock(WorkingDays.StateCouncil, new HallDirectory([morning], [early]));

        Assert.Equal(At("2020-07-02 09:30"), clock.Simulate(At("2020-07-01 09:00"), Limit.HallHours(1.5m), "early").DueAt);
        Assert.Throws<ArgumentException>(() => new HallDirectory([], []));
        Assert.Throws<ArgumentException>(() => new HallDirectory([morning, morning], []));
        Assert.Throws<ArgumentException>(() => new HallDirectory([morning], [early with { Opening = [new(morning.Until, morning.From)] }]));
        Assert.Throws<ArgumentException>(() => new HallDirectory([morning], [early, early]));
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
