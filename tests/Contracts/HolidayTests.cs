using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Clock;

public class HolidayTests
{
    [Fact]
    public async Task Another_transcription_of_the_State_Councils_notices_has_people_at_work_on_the_same_days()
    {
        var (exitCode, output, errors) = await OutsideTool.Run("holidays.mjs");
        Assert.True(exitCode == 0, output + errors);
        Assert.Contains("4018 days compared, 0 differences", output, StringComparison.Ordinal);
    }
}
