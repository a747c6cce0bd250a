using Xunit;
using static OneDoor.Clock.China;

namespace OneDoor.Clock;

/// <summary>CLK-3 (行政许可法 art. 45): what stops the clock. July 2020 has no holidays; the 1st is a Wednesday.</summary>
public class Pauses
{
    private static readonly LegalClock Clock = LegalClock.Zone;
    private static readonly DateTimeOffset Start = At("2020-07-01 10:00");

    [Theory(DisplayName = "CLK-3 a working day after a pause's first day, up to its last, is not counted")]
    [InlineData("2020-07-02 09:00", "2020-07-02 16:00", "2020-07-08")] // begun and ended on one day: costs nothing
    [InlineData("2020-07-02 09:00", "2020-07-03 16:00", "2020-07-09")] // Friday
    [InlineData("2020-07-02 23:59", "2020-07-03 00:00", "2020-07-09")]
    [InlineData("2020-07-03 09:00", "2020-07-05 16:00", "2020-07-08")] // the weekend would not have counted anyway
    [InlineData("2020-07-03 09:00", "2020-07-06 16:00", "2020-07-09")]
    [InlineData("2020-06-29 09:00", "2020-07-02 16:00", "2020-07-09")] // begun before the start
    [InlineData("2020-06-29 09:00", "2020-07-01 16:00", "2020-07-08")]
    [InlineData("2020-07-08 09:00", "2020-07-20 16:00", "2020-07-08")] // begun on the last day: the limit is used up
    public void Working_days(string from, string until, string due) =>
        Assert.Equal(Day(due), Clock.Due(Start, Limit.WorkingDays(5), null, [Hearing(from, until)])!.DueOn);

    [Fact(DisplayName = "CLK-3 pauses that overlap count once, in whatever order they are told")]
    public void Overlapping_pauses()
    {
        Pause[] pauses =
        [
            Hearing("2020-07-06 09:00", "2020-07-08 16:00"),
            Hearing("2020-07-02 09:00", "2020-07-07 16:00"),
            Hearing("2020-07-03 09:00", "2020-07-06 16:00"),
        ];

        Assert.Equal(Day("2020-07-14"), Clock.Due(Start, Limit.WorkingDays(5), null, pauses)!.DueOn);
        Assert.Equal(At("2020-07-09 17:00"), Clock.Due(Start, Limit.HallHours(16), "airport", pauses)!.DueAt);
        Assert.Equal(At("2020-07-08 17:00"), Clock.Due(Start, Limit.Hours(24), null, pauses)!.DueAt);
    }

    [Theory(DisplayName = "CLK-3 a pause takes open time from hall hours")]
    [InlineData("2020-07-01 10:30", "2020-07-01 11:00", "2020-07-01 14:30")]
    [InlineData("2020-07-01 11:30", "2020-07-01 13:30", "2020-07-01 15:00")] // of which lunch would not have counted
    [InlineData("2020-07-01 12:00", "2020-07-01 13:00", "2020-07-01 14:00")]
    [InlineData("2020-07-01 10:00", "2020-07-01 20:00", "2020-07-02 11:30")]
    [InlineData("2020-07-01 14:00", "2020-07-02 20:00", "2020-07-01 14:00")] // used up as it begins
    public void Hall_hours(string from, string until, string due) =>
        Assert.Equal(At(due), Clock.Due(Start, Limit.HallHours(3), "airport", [Hearing(from, until)])!.DueAt);

    [Theory(DisplayName = "CLK-3 a pause takes wall-clock time from hours")]
    [InlineData("2020-07-01 11:00", "2020-07-01 11:45", "2020-07-02 10:45")]
    [InlineData("2020-07-01 09:00", "2020-07-01 11:00", "2020-07-02 11:00")] // begun before the start
    [InlineData("2020-07-03 00:00", "2020-07-04 00:00", "2020-07-02 10:00")]
    public void Hours(string from, string until, string due) =>
        Assert.Equal(At(due), Clock.Due(Start, Limit.Hours(24), null, [Hearing(from, until)])!.DueAt);

    [Fact(DisplayName = "CLK-3 while a pause goes on there is no due date, unless the limit was used up before it")]
    public void An_open_pause_stops_the_clock()
    {
        Assert.Null(Clock.Due(Start, Limit.WorkingDays(5), null, [Hearing("2020-07-07 09:00", null)]));
        Assert.Equal(Day("2020-07-08"), Clock.Due(Start, Limit.WorkingDays(5), null, [Hearing("2020-07-08 09:00", null)])!.DueOn);
        Assert.Null(Clock.Due(Start, Limit.WorkingDays(5), null, [Hearing("2020-07-08 09:00", null)], Limit.WorkingDays(1)));
        Assert.Null(Clock.Due(Start, Limit.HallHours(3), "airport", [Hearing("2020-07-01 13:59", null)]));
        Assert.Equal(At("2020-07-01 14:00"), Clock.Due(Start, Limit.HallHours(3), "airport", [Hearing("2020-07-01 14:00", null)])!.DueAt);
        Assert.Null(Clock.Due(Start, Limit.Hours(24), null, [Hearing("2020-06-30 09:00", null)]));
        Pause[] oneOverTheOther = [Hearing("2020-07-01 09:00", "2020-07-05 09:00"), Hearing("2020-07-02 09:00", null)];
        Assert.Null(Clock.Due(Start, Limit.Hours(24), null, oneOverTheOther));
    }

    [Fact(DisplayName = "CLK-5 a paused day is named after its pause, a weekend within it stays a weekend")]
    public void Paused_days_are_named()
    {
        var pause = new Pause(PauseReason.ExpertReview, At("2020-07-02 09:00"), At("2020-07-06 16:00"));
        string[] skipped =
        [
            "2020-07-03 Paused 专家评审", "2020-07-04 Weekend 星期六", "2020-07-05 Weekend 星期日", "2020-07-06 Paused 专家评审",
        ];

        Assert.Equal(skipped, Names(Clock.Due(Start, Limit.WorkingDays(2), null, [pause])!));
        Assert.Equal(skipped[..3], Names(Clock.Due(Start, Limit.HallHours(10), "airport", [pause])!));
        Assert.Equal(
            ["2020-07-03 Paused 专家评审", "2020-07-04 Paused 专家评审", "2020-07-05 Paused 专家评审"],
            Names(Clock.Due(Start, Limit.Hours(24), null, [pause])!));
    }

    [Fact(DisplayName = "CLK-5 while a pause goes on the clock names what has not counted so far")]
    public void Days_of_a_pause_that_goes_on_are_named_until_now()
    {
        Pause[] open = [Hearing("2020-07-02 09:00", null)];
        Assert.Equal([Day("2020-07-03"), Day("2020-07-04"), Day("2020-07-05"), Day("2020-07-06")], Clock.Skipped(Start, Limit.WorkingDays(2), null, open, null, At("2020-07-06 16:00")).Select(day => day.Date));
        Assert.Empty(Clock.Skipped(Start, Limit.WorkingDays(2), null, open, null, At("2020-07-02 16:00")));
        // What is due all the same is explained to its end.
        Assert.Equal(Clock.Due(Start, Limit.WorkingDays(5), null, [])!.Skipped, Clock.Skipped(Start, Limit.WorkingDays(5), null, [], null, At("2020-07-02 16:00")));
    }

    [Theory(DisplayName = "CLK-3 exactly the eight procedures of article 45 stop the clock")]
    [InlineData("听证", "招标", "拍卖", "检测", "检验", "检疫", "鉴定", "专家评审")]
    public void The_eight_reasons(params string[] names) =>
        Assert.Equal(names, Enum.GetValues<PauseReason>().Select(reason => Pause.NameOf(reason).Zh));

    [Fact(DisplayName = "CLK-3 a pause that ends before it begins, or outside the years of the clock, is a fault")]
    public void An_impossible_pause()
    {
        AssertFault(Hearing("2020-07-02 09:00", "2020-07-02 08:59"));
        AssertFault(Hearing("1999-12-31 23:59", null));
        AssertFault(Hearing("2020-07-02 09:00", "2101-01-01 00:00"));

        static void AssertFault(Pause pause) =>
            Assert.Throws<ArgumentException>(() => Clock.Due(Start, Limit.WorkingDays(1), null, [pause]));
    }

    private static IEnumerable<string> Names(Due due) => due.Skipped.Select(s => $"{s.Date:yyyy-MM-dd} {s.Kind} {s.Name.Zh}");
}
