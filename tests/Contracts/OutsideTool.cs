using System.Diagnostics;
using System.Text;
using Xunit;

namespace OneDoor.Contracts;

/// <summary>Runs the Node.js programs of this folder: other people's reading of what we publish.</summary>
public static class OutsideTool
{
    private static readonly string Folder = Path.Combine(Approved.Root, "tests", "Contracts");

    /// <param name="script">Relative to this folder.</param>
    /// <param name="arguments">Paths among them relative to this folder, too, or absolute.</param>
    /// <returns>What it wrote to standard output, whatever its exit code; the tests read its findings there.</returns>
    public static Task<(int ExitCode, string Output, string Errors)> Run(string script, params string[] arguments) =>
        Converse(script, asked => throw new InvalidOperationException($"{script} asks: {asked}"), arguments);

    /// <summary>The same for a program that asks for what only the test can do: a line that begins with a question mark, and a line back.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> Converse(
        string script, Func<string, Task<string>> answer, params string[] arguments)
    {
        Assert.True(File.Exists(Path.Combine(Folder, script)) && Directory.Exists(Path.Combine(Folder, "node_modules")),
            $"{script} is not installed; run npm ci in tests/Contracts, or make test.");
        var start = new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // A test tells nobody that it ran and asks nobody for a newer version.
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        start.Environment["NO_COLOR"] = "1";
        var token = TestContext.Current.CancellationToken;
        using var node = Process.Start(start) ?? throw new InvalidOperationException("node does not start.");
        var errors = node.StandardError.ReadToEndAsync(token);
        var output = new StringBuilder();
        try
        {
            while (await node.StandardOutput.ReadLineAsync(token) is { } line)
            {
                if (line.StartsWith("? ", StringComparison.Ordinal))
                    await node.StandardInput.WriteLineAsync(await answer(line[2..]));
                else
                    output.Append(line).Append('\n');
            }
            await node.WaitForExitAsync(token);
        }
        finally
        {
            node.Kill(entireProcessTree: true);
        }
        return (node.ExitCode, output.ToString(), await errors);
    }
}
