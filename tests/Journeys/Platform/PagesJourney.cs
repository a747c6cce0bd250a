using OneDoor.Cases;
using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Platform;

/// <summary>The pages of the sandbox in a real browser, with a person in front of it and a department's system elsewhere.</summary>
public sealed class PagesJourney(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;

    [Theory]
    [InlineData("playground.mjs", "18 of 18")]
    [InlineData("docs.mjs", "28 of 28")]
    public async Task A_person_finds_the_way(string script, string verdict)
    {
        platform.PassUntilMonday();
        await using var other = platform.StartApi(platform.Database);

        var (exitCode, output, errors) = await OutsideTool.Converse(
            script, asked => Answer(other.Http, asked.Split(' ')), platform.Api.Address.OriginalString, platform.Identity.Address.OriginalString);

        Assert.True(exitCode == 0, output + errors);
        Assert.Equal(verdict, output.Trim().Split('\n')[^1]);
    }

    private async Task<string> Answer(HttpClient api, string[] asked)
    {
        switch (asked)
        {
            case ["decide", var id]:
                return await Decide(platform.As(Lead).At(api), $"/v1/cases/{id}");
            case ["expire"]:
                platform.Pass(TimeSpan.FromMinutes(11));
                return "";
            case ["token"]:
                return await platform.As(Lead).Token();
            default:
                throw new ArgumentException(string.Join(' ', asked));
        }
    }

    /// <summary>Accepts the case, a founding, and grants its first step.</summary>
    private static async Task<string> Decide(Client department, string @case)
    {
        var submitted = (await department.Get(@case)).Must(200);
        var accepted = (await department.Post($"{@case}/acceptance", null, ("If-Match", submitted.ETag))).Must(200);
        var step = accepted.Json.List("steps").First(s => s.Text("status") == "open").Text("code");
        (await department.Post($"{@case}/steps/{step}/decision", new { outcome = "granted", uscc = Applications.FreshUscc() }, ("If-Match", accepted.ETag))).Must(200);
        return step;
    }
}
