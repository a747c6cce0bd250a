using Xunit;
using static OneDoor.Clock.China;

namespace OneDoor.Clock;

/// <summary>CLK-2: the State Council's notices as the data holds them.</summary>
public class HolidayTableFacts
{
    private static readonly WorkingDays Calendar = WorkingDays.StateCouncil;

    [Theory(DisplayName = "CLK-2 each year has the days off, make-up days and working days that its notice makes")]
    [InlineData(2015, 27, 5, 249)]
    [InlineData(2016, 24, 6, 250)]
    [InlineData(2017, 24, 5, 249)]
    [InlineData(2018, 25, 7, 250)]
    [InlineData(2019, 22, 6, 250)]
    [InlineData(2020, 30, 6, 249)]
    [InlineData(2021, 31, 7, 250)]
    [InlineData(2022, 32, 7, 249)]
    [InlineData(2023, 26, 7, 249)]
    [InlineData(2024, 28, 8, 251)]
    [InlineData(2025, 28, 5, 248)]
    [InlineData(2026, 33, 6, 248)]
    public void A_year_adds_up(int year, int off, int makeUp, int working)
    {
        var kinds = DaysOf(year).Select(day => Calendar.Why(day).Kind).ToList();

        Assert.Equal(off, kinds.Count(kind => kind == DayKind.Holiday));
        Assert.Equal(makeUp, kinds.Count(kind => kind == DayKind.MakeUpDay));
        Assert.Equal(working, DaysOf(year).Count(Calendar.IsWorkingDay));
    }

    [Fact(DisplayName = "CLK-2 people work on weekdays and make-up days, and only a weekend is ever made up")]
    public void The_kind_of_day_decides()
    {
        foreach (var day in Enumerable.Range(2014, 14).SelectMany(DaysOf))
        {
            var kind = Calendar.Why(day).Kind;
            Assert.Equal(kind is DayKind.Weekday or DayKind.MakeUpDay, Calendar.IsWorkingDay(day));
            if (kind is DayKind.MakeUpDay or DayKind.Weekend)
                Assert.True(day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday, $"{day} is {kind}");
        }
    }

    [Theory(DisplayName = "CLK-2 the calendar says why a day counts or does not")]
    [InlineData("2015-06-22", DayKind.Holiday, "端午节")] // made up for on a Monday
    [InlineData("2015-09-03", DayKind.Holiday, "抗日战争胜利70周年纪念日")] // once, by 国发明电〔2015〕1号
    [InlineData("2015-09-04", DayKind.Holiday, "抗日战争胜利70周年纪念日")]
    [InlineData("2015-09-06", DayKind.MakeUpDay, "抗日战争胜利70周年纪念日调休上班")]
    [InlineData("2020-01-19", DayKind.MakeUpDay, "春节调休上班")]
    [InlineData("2020-01-24", DayKind.Holiday, "春节")]
    [InlineData("2020-01-31", DayKind.Holiday, "春节")] // extended by 国办发明电〔2020〕1号
    [InlineData("2020-02-01", DayKind.Holiday, "春节")] // a make-up day until that notice
    [InlineData("2020-02-03", DayKind.Weekday, "星期一")]
    [InlineData("2020-10-01", DayKind.Holiday, "国庆节、中秋节")]
    [InlineData("2019-05-02", DayKind.Holiday, "劳动节")] // changed by 国办发明电〔2019〕3号
    [InlineData("2018-12-29", DayKind.MakeUpDay, "元旦调休上班")] // 2019's notice reaches into 2018
    [InlineData("2018-12-31", DayKind.Holiday, "元旦")]
    [InlineData("2022-12-31", DayKind.Holiday, "元旦")]
    [InlineData("2024-02-09", DayKind.Weekday, "星期五")] // New Year's Eve: the notice only encourages a day off
    [InlineData("2026-02-28", DayKind.MakeUpDay, "春节调休上班")]
    [InlineData("2026-07-04", DayKind.Weekend, "星期六")]
    [InlineData("2027-10-01", DayKind.Holiday, "国庆节（法定节假日，无放假通知）")]
    [InlineData("2027-10-02", DayKind.Holiday, "国庆节（法定节假日，无放假通知）")] // a Saturday
    [InlineData("2027-10-04", DayKind.Weekday, "星期一")] // which day makes up for it, only a notice says
    [InlineData("2140-04-04", DayKind.Holiday, "清明节（法定节假日，无放假通知）")] // the sun goes on when the calendar of the moon has ended
    [InlineData("2028-10-03", DayKind.Holiday, "国庆节、中秋节（法定节假日，无放假通知）")]
    public void A_day_has_a_reason(string day, DayKind kind, string name) =>
        Assert.Equal((kind, name), (Calendar.Why(Day(day)).Kind, Calendar.Why(Day(day)).Name.Zh));

    [Fact(DisplayName = "CLK-2 the data holds the notices for 2015 to 2026 and knows that it holds no other")]
    public void Only_announced_years_are_known() =>
        Assert.Equal(Enumerable.Range(2015, 12), Enumerable.Range(2000, 101).Where(Calendar.Knows));

    [Fact(DisplayName = "CLK-2 every year without a notice has thirteen statutory days off, fewer only where two festivals meet")]
    public void An_unannounced_year_has_thirteen_days()
    {
        foreach (var year in Enumerable.Range(2027, 74))
        {
            var names = DaysOf(year).Where(day => Calendar.Why(day).Kind == DayKind.Holiday).Select(day => Calendar.Why(day).Name.Zh).ToList();
            Assert.Equal(13, names.Sum(name => name.Count(c => c == '、') + 1));
        }
    }

    [Fact(DisplayName = "CLK-2 Qingming is the day on which the sun's apparent longitude reaches 15°")]
    public void Qingming_is_the_suns()
    {
        foreach (var year in Enumerable.Range(2027, 110))
        {
            var day = new DateOnly(year, 4, 1);
            while (SunAtMidnight(day.AddDays(1)) < 15)
                day = day.AddDays(1);
            Assert.StartsWith("清明节", Calendar.Why(day).Name.Zh, StringComparison.Ordinal);
            Assert.False(Calendar.Why(day.AddDays(1)).Name.Zh.StartsWith("清明节", StringComparison.Ordinal));
        }
    }

    /// <summary>Degrees, to about 0.01 (Meeus, Astronomical Algorithms, ch. 25); a minute of dynamical time is left out.</summary>
    private static double SunAtMidnight(DateOnly day)
    {
        var century = ((At(day, TimeOnly.MinValue) - new DateTimeOffset(2000, 1, 1, 12, 0, 0, TimeSpan.Zero)).TotalDays + 0.001) / 36_525;
        var anomaly = double.DegreesToRadians(357.52911 + 35_999.05029 * century);
        var centre = (1.914602 - 0.004817 * century) * Math.Sin(anomaly) + 0.019993 * Math.Sin(2 * anomaly);
        var aberration = 0.00569 + 0.00478 * Math.Sin(double.DegreesToRadians(125.04 - 1_934.136 * century));
        return (280.46646 + 36_000.76983 * century + 0.0003032 * century * century + centre - aberration) % 360;
    }

    [Fact(DisplayName = "CLK-2 where a year's notice, when it came, moved a due date, that date had been provisional")]
    public void What_a_later_notice_moved_was_provisional()
    {
        var moved = new HashSet<int>();
        foreach (var year in Calendar.Years.Skip(1).Select(year => year.Year))
        {
            var before = new LegalClock(new WorkingDays([.. Calendar.Years.Where(known => known.Year < year)]), HallDirectory.Zone);
            foreach (var start in DaysOf(year - 1).TakeLast(31).Select(day => At(day, TimeOnly.MinValue)))
            {
                var then = before.Simulate(start, Limit.WorkingDays(5));
                var now = LegalClock.Zone.Simulate(start, Limit.WorkingDays(5));
                Assert.True(then.Provisional || then.DueOn == now.DueOn, $"{start} and 5 working days: {then.DueOn}, then {now.DueOn}");
                if (then.DueOn != now.DueOn && then.DueOn.Year < year)
                    moved.Add(year);
            }
        }

        Assert.Equal([2019], moved);
    }

    [Fact(DisplayName = "CLK-2 another zone can bring its own calendar; one that contradicts itself is a fault")]
    public void A_calendar_is_data()
    {
        var zongzi = new Holiday(new Text("端午节", "Dragon Boat Festival"), Day("2030-06-05"), Day("2030-06-05"), [Day("2030-06-08")]);
        var calendar = new WorkingDays([new HolidayYear(2030, [], [zongzi])]);

        Assert.False(calendar.IsWorkingDay(Day("2030-06-05")));
        Assert.True(calendar.IsWorkingDay(Day("2030-06-08")));
        Assert.True(calendar.IsWorkingDay(Day("2020-10-08")));
        Assert.True(calendar.Knows(2030));
        Assert.Throws<ArgumentException>(() => new WorkingDays([new HolidayYear(2030, [], []), new HolidayYear(2030, [], [])]));
        Assert.Throws<ArgumentException>(() =>
            new WorkingDays([new HolidayYear(2030, [], [zongzi with { WorkedInstead = [Day("2030-06-05")] }])]));
    }

    private static IEnumerable<DateOnly> DaysOf(int year) =>
        Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(new DateOnly(year, 1, 1).AddDays);
}
