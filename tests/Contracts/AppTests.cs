using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Platform;

/// <summary>What the app sends later, and who is signed in, whatever becomes of the answers; and the way out of it.</summary>
public sealed class AppTests(Api api)
{
    [Theory]
    [InlineData("GET", null, 200, false)]
    [InlineData("POST", "cross-site", 302, false)]
    [InlineData("POST", "same-origin", 200, true)]
    public async Task It_is_cleared_by_who_presses_the_button_of_its_own_page(string method, string? from, int status, bool clears)
    {
        using var client = api.CreateClient(new() { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(new(method), "/app/reset");
        if (from is not null)
            request.Headers.Add("Sec-Fetch-Site", from);

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((status, clears), ((int)answer.StatusCode, answer.Headers.Contains("Clear-Site-Data")));
    }

    [Fact]
    public async Task What_waits_and_who_is_signed_in_outlast_answers_that_are_late_lost_or_of_a_bad_moment()
    {
        var (exitCode, output, errors) = await OutsideTool.Run("app.mjs");

        Assert.True(exitCode == 0, output + errors);
        Assert.Matches(@"(?m)^([1-9]\d) of \1$", output);
    }
}
