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
    public static async Task<(int ExitCode, string Output, string Errors)> Run(string script, params string[] arguments)
    {
        Assert.True(File.Exists(Path.Combine(Folder, script)) && Directory.Exists(Path.Combine(Folder, "node_modules")),
            $"{script} is not installed; run npm ci in tests/Contracts, or make test.");
        var start = new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = Folder,
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
        var output = await node.StandardOutput.ReadToEndAsync(token);
        await node.WaitForExitAsync(token);
        return (node.ExitCode, output, await errors);
    }
}
