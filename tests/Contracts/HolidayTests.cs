using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Clock;

public class HolidayTests
{
    [Fact]
    public async Task Another_transcription_of_the_notices_has_people_at_work_on_the_same_days_and_another_lunar_calendar_the_same_holidays()
    {
        var (from, until) = (new DateOnly(2027, 1, 1), new DateOnly(2100, 1, 1));
        var statutory = Enumerable.Range(0, until.DayNumber - from.DayNumber).Select(from.AddDays)
            .Where(day => WorkingDays.StateCouncil.Why(day).Kind == DayKind.Holiday);

        var (exitCode, output, errors) = await OutsideTool.Run("holidays.mjs", string.Join(',', statutory.Select(day => $"{day:yyyy-MM-dd}")));

        Assert.True(exitCode == 0, output + errors);
        Assert.Contains("31046 days compared, 0 differences", output, StringComparison.Ordinal);
    }
}
