using Xunit;
using static OneDoor.Clock.China;

namespace OneDoor.Clock;

/// <summary>CLK-5: the actual time, in the unit of the limit it is judged by.</summary>
public class ElapsedTime
{
    private static readonly LegalClock Clock = LegalClock.Zone;

    [Theory(DisplayName = "CLK-5 working days that passed are open time by 8 hours, to 4 decimals")]
    [InlineData("2020-07-01 08:30", "2020-07-01 17:30", 1)]
    [InlineData("2020-07-01 08:30", "2020-07-02 17:30", 2)]
    [InlineData("2020-07-01 10:00", "2020-07-01 12:36", 0.25)] // lunch does not count
    [InlineData("2020-07-03 17:00", "2020-07-06 09:00", 0.125)] // nor does the weekend
    [InlineData("2020-01-23 16:30", "2020-02-03 09:30", 0.25)] // nor the Spring Festival
    [InlineData("2020-07-01 09:00", "2020-07-01 09:01", 0.0021)]
    [InlineData("2020-07-01 18:00", "2020-07-02 08:00", 0)]
    [InlineData("2020-07-02 09:00", "2020-07-01 09:00", 0)]
    public void Working_days(string from, string to, double days)
    {
        var expected = new Limit((decimal)days, LimitUnit.WorkingDays);

        Assert.Equal(expected, Clock.Elapsed(At(from), At(to), LimitUnit.WorkingDays, "airport", []));
        Assert.Equal(expected, Clock.Elapsed(At(from), At(to), LimitUnit.WorkingDays, null, []));
    }

    [Fact(DisplayName = "CLK-5 hall hours that passed are open time, hours and calendar days are wall-clock time")]
    public void Hours()
    {
        var (friday, monday) = (At("2020-07-03 16:00"), At("2020-07-06 09:30"));

        Assert.Equal(Limit.HallHours(2.5m), Clock.Elapsed(friday, monday, LimitUnit.HallHours, "airport", []));
        Assert.Equal(new Limit(2.7292m, LimitUnit.CalendarDays), Clock.Elapsed(friday, monday, LimitUnit.CalendarDays, null, []));
        Assert.Equal(Limit.Hours(65.5m), Clock.Elapsed(friday, monday, LimitUnit.Hours, null, []));
        Assert.Equal(Limit.Hours(0.333333m), Clock.Elapsed(friday, friday.AddMinutes(20), LimitUnit.Hours, null, []));
    }

    [Fact(DisplayName = "CLK-3 time does not pass during a pause, nor from one that still goes on")]
    public void Pauses_are_taken_out()
    {
        Pause[] pauses =
        [
            Hearing("2020-07-01 11:00", "2020-07-01 14:00"),
            Hearing("2020-07-01 13:00", "2020-07-01 15:00"),
            Hearing("2020-07-01 16:00", null),
        ];
        var (from, to) = (At("2020-07-01 10:00"), At("2020-07-09 10:00"));

        Assert.Equal(Limit.HallHours(2), Clock.Elapsed(from, to, LimitUnit.HallHours, "airport", pauses));
        Assert.Equal(Limit.Hours(2), Clock.Elapsed(from, to, LimitUnit.Hours, null, pauses));
        Assert.Equal(0.25m, Clock.Elapsed(from, to, LimitUnit.WorkingDays, null, pauses).Value);
    }

    [Fact(DisplayName = "CLK-1 open time needs a hall that exists")]
    public void A_hall_that_exists()
    {
        var (from, to) = (At("2020-07-01 10:00"), At("2020-07-01 11:00"));

        Assert.Throws<ArgumentException>(() => Clock.Elapsed(from, to, LimitUnit.HallHours, null, []));
        Assert.Throws<ArgumentException>(() => Clock.Elapsed(from, to, LimitUnit.HallHours, "nowhere", []));
        Assert.Throws<ArgumentException>(() => Clock.Elapsed(from, to, LimitUnit.WorkingDays, "nowhere", []));
    }
}
