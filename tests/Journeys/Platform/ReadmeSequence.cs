using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace OneDoor.Platform;

/// <summary>The first requests of README.md, run as they stand there.</summary>
public sealed partial class ReadmeSequence(RunningPlatform platform)
{
    [Fact]
    public async Task The_first_requests_of_the_readme_establish_a_company()
    {
        var answers = await Run(Blocks().Matches(await File.ReadAllTextAsync(Readme(), TestContext.Current.CancellationToken))[1].Groups["script"].Value);

        Assert.Equal(8, answers.Length);
        Assert.Equal("submitted", answers[0].Text("status"));
        Assert.Equal("accepted", answers[1].Text("status"));
        Assert.Equal("granted", Step(answers[2], "licence").Text("status"));
        Assert.Contains("invoices", answers[3].Each("items", "step"));
        Assert.Equal(["invoices"], answers[4].Each("steps", "code"));
        Assert.Equal("granted", Step(answers[6], "invoices").Text("status"));
        Assert.Equal("case-submitted", answers[7].List("items")[0].Text("type"));
    }

    // Every answer is a line of JSON.
    private async Task<JsonElement[]> Run(string script)
    {
        var start = new ProcessStartInfo("bash", ["-euc", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["API"] = platform.Api.Http.BaseAddress!.ToString().TrimEnd('/');
        start.Environment["IDENTITY"] = platform.Identity.Http.BaseAddress!.ToString().TrimEnd('/');
        start.Environment["TMPDIR"] = Directory.CreateTempSubdirectory("onedoor-readme").FullName;
        using var bash = Process.Start(start)!;
        var errors = bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(bash.ExitCode == 0, $"{output}\n{await errors}");
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }

    private static JsonElement Step(JsonElement @case, string code) => @case.List("steps").Single(s => s.Text("code") == code);

    private static string Readme()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OneDoor.slnx")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "README.md");
    }

    [GeneratedRegex("^```sh\n(?<script>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
