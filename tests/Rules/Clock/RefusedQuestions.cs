using System.Globalization;
using Xunit;
using static OneDoor.Clock.China;

namespace OneDoor.Clock;

/// <summary>What the clock refuses to compute: every refusal is produced here.</summary>
public class RefusedQuestions
{
    private static readonly LegalClock Clock = LegalClock.Zone;

    [Theory(DisplayName = "CLK-1 a question out of bounds is refused by a stable code that points at the field")]
    [InlineData("2020-07-01", "0", LimitUnit.WorkingDays, null, "clock.limit-out-of-range", "/limit/value")]
    [InlineData("2020-07-01", "-1", LimitUnit.Hours, null, "clock.limit-out-of-range", "/limit/value")]
    [InlineData("2020-07-01", "3651", LimitUnit.WorkingDays, null, "clock.limit-out-of-range", "/limit/value")]
    [InlineData("2020-07-01", "87600.01", LimitUnit.Hours, null, "clock.limit-out-of-range", "/limit/value")]
    [InlineData("2020-07-01", "87601", LimitUnit.HallHours, "airport", "clock.limit-out-of-range", "/limit/value")]
    [InlineData("2020-07-01", "2.5", LimitUnit.WorkingDays, null, "clock.limit-not-whole", "/limit/value")]
    [InlineData("2020-07-01", "3651", LimitUnit.CalendarDays, null, "clock.limit-out-of-range", "/limit/value")]
    [InlineData("2020-07-01", "2.5", LimitUnit.CalendarDays, null, "clock.limit-not-whole", "/limit/value")]
    [InlineData("1999-12-31", "1", LimitUnit.WorkingDays, null, "clock.start-out-of-range", "/start")]
    [InlineData("2101-01-01", "1", LimitUnit.WorkingDays, null, "clock.start-out-of-range", "/start")]
    [InlineData("2020-07-01", "1", LimitUnit.HallHours, null, "clock.hall-required", "/hall")]
    [InlineData("2020-07-01", "1", LimitUnit.HallHours, "nowhere", "clock.unknown-hall", "/hall")]
    [InlineData("2020-07-01", "1", LimitUnit.WorkingDays, "Airport", "clock.unknown-hall", "/hall")]
    public void Refused(string start, string value, LimitUnit unit, string? hall, string code, string pointer)
    {
        var limit = new Limit(decimal.Parse(value, CultureInfo.InvariantCulture), unit);
        var refusal = Clock.Validate(At(start), limit, hall)!;

        Assert.Equal((code, 422), (refusal.Code, refusal.Status));
        Assert.Equal([(pointer, code)], refusal.Fields.Select(f => (f.Pointer, f.Code)));
        var fault = Assert.Throws<ArgumentException>(() => Clock.Due(At(start), limit, hall, []));
        Assert.Contains(code, fault.Message, StringComparison.Ordinal);
    }

    [Theory(DisplayName = "CLK-1 the bounds themselves are accepted")]
    [InlineData("2000-01-01 00:00", "3650", LimitUnit.WorkingDays, null)]
    [InlineData("2100-12-31 23:59:59", "18.0", LimitUnit.WorkingDays, "haigang")]
    [InlineData("2020-07-01", "87600", LimitUnit.Hours, null)]
    [InlineData("2020-07-01", "0.01", LimitUnit.HallHours, "lingang")]
    public void Accepted(string start, string value, LimitUnit unit, string? hall) =>
        Assert.Null(Clock.Validate(At(start), new Limit(decimal.Parse(value, CultureInfo.InvariantCulture), unit), hall));

    [Fact(DisplayName = "CLK-1 the start is judged by its day in China")]
    public void The_first_instant_is_Chinas()
    {
        var midnight = new DateTimeOffset(1999, 12, 31, 16, 0, 0, TimeSpan.Zero);

        Assert.Null(Clock.Validate(midnight, Limit.WorkingDays(1), null));
        Assert.NotNull(Clock.Validate(midnight.AddTicks(-1), Limit.WorkingDays(1), null));
        Assert.NotNull(Clock.Validate(DateTimeOffset.MaxValue, Limit.WorkingDays(1), null));
        Assert.NotNull(Clock.Validate(DateTimeOffset.MinValue, Limit.WorkingDays(1), null));
    }

    [Theory(DisplayName = "CLK-4 an extension that is no number of days is a fault")]
    [InlineData(0, LimitUnit.WorkingDays)]
    [InlineData(LegalClock.MaxDays + 1, LimitUnit.CalendarDays)]
    [InlineData(1, LimitUnit.Hours)]
    public void An_impossible_extension(int value, LimitUnit unit) =>
        Assert.Throws<ArgumentException>(() => Clock.Due(At("2020-07-01"), Limit.WorkingDays(1), null, [], new Limit(value, unit)));
}
