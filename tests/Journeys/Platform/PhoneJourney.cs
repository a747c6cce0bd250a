using System.Globalization;
using OneDoor.Contracts;
using OneDoor.Licences;
using Xunit;

namespace OneDoor.Platform;

/// <summary>The app in a real browser, in a citizen's hand.</summary>
public sealed class PhoneJourney(RunningPlatform platform)
{
    [Fact]
    public async Task A_citizen_does_everything_from_a_phone()
    {
        platform.PassUntilMonday();

        var (exitCode, output, errors) = await OutsideTool.Converse("phone.mjs", Answer, platform.Api.Address.OriginalString.TrimEnd('/'), platform.Identity.Address.OriginalString.TrimEnd('/'));

        Assert.True(exitCode == 0, output + errors);
        Assert.Matches(@"^([1-9]\d+) of \1$", output.Trim().Split('\n')[^1]);
    }

    private Task<string> Answer(string asked) => asked switch
    {
        "now" => Task.FromResult(platform.Now.ToString("O", CultureInfo.InvariantCulture)),
        // The sandbox's citizen is granted one.
        "licence" => new GrantedLicences(platform, new() { ["kind"] = "person", ["name"] = "张三", ["citizenId"] = "990000199001010017" }).Granted("PSEC-012-02", Department.PublicSecurity),
        _ => throw new ArgumentException(asked),
    };
}
