using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Identity;

/// <summary>People at identity's pages, in a real browser.</summary>
public sealed class SignInPageTests
{
    [Fact]
    public async Task Everybody_gets_through_the_pages_in_both_languages_on_a_phone_at_a_desk_and_by_keyboard()
    {
        await using var identity = new IdentityProcess();
        await identity.StartAsync(null, TestContext.Current.CancellationToken);
        var (exitCode, output, errors) = await OutsideTool.Run("signin.mjs", identity.Issuer);
        Assert.True(exitCode == 0, output + errors);
        Assert.Matches(@"(?m)^([1-9]\d\d) of \1$", output);
    }
}
