using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace OneDoor.Platform;

/// <summary>The first requests of README.md, run as they stand there.</summary>
public sealed partial class ReadmeSequence(RunningPlatform platform)
{
    [Fact]
    public async Task The_first_requests_of_the_readme_establish_a_company_and_print_what_it_says()
    {
        var script = Blocks().Match(await File.ReadAllTextAsync(Readme(), TestContext.Current.CancellationToken)).Groups["script"].Value;
        string[] promised = [.. Promises().Matches(script).Select(promise => promise.Groups["words"].Value)];

        var printed = await Run(script);

        Assert.Equal((7, "case-submitted case-accepted step-opened step-granted"), (promised.Length, promised[^1]));
        // Other journeys leave tax tasks, too.
        Assert.Contains(promised[3], printed[3].Split(' '));
        printed[3] = promised[3];
        Assert.Equal(promised, printed);
    }

    private async Task<string[]> Run(string script)
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
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static string Readme()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OneDoor.slnx")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "README.md");
    }

    [GeneratedRegex("^```bash\n(?<script>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex("^#=> (?<words>.+)$", RegexOptions.Multiline)]
    private static partial Regex Promises();
}
