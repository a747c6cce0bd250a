using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Platform;

/// <summary>What the app sends later, and who is signed in, whatever becomes of the answers.</summary>
public sealed class AppTests
{
    [Fact]
    public async Task What_waits_and_who_is_signed_in_outlast_answers_that_are_late_lost_or_of_a_bad_moment()
    {
        var (exitCode, output, errors) = await OutsideTool.Run("app.mjs");

        Assert.True(exitCode == 0, output + errors);
        Assert.Matches(@"(?m)^([1-9]\d) of \1$", output);
    }
}
