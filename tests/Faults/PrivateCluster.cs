using System.Diagnostics;
using OneDoor.Platform;

namespace OneDoor.Faults;

/// <summary>A PostgreSQL cluster of the fault tests' own, on a port of its own, to be stopped and crashed.</summary>
public sealed class PrivateCluster
{
    private static readonly string Root = FindRoot();
    private static readonly string State = Path.Combine(Root, ".data", "faults");
    private readonly string _port = $"{Port.Free()}";

    public Task Start() => Run("up");

    /// <param name="how"><c>fast</c>, <c>immediate</c> or <c>crash</c>.</param>
    public Task Stop(string how) => Run("down", how);

    /// <summary>How the application's role reaches it.</summary>
    public static string Connection => File.ReadAllText(Path.Combine(State, "connection")).Trim();

    private async Task Run(params string[] command)
    {
        var start = new ProcessStartInfo(Path.Combine(Root, "tools", "database.sh"), command) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DB_STATE"] = State;
        start.Environment["DB_PORT"] = _port;
        start.Environment.Remove("ConnectionStrings__OneDoor");
        using var script = Process.Start(start)!;
        var (said, failed) = (script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        await script.WaitForExitAsync();
        if (script.ExitCode != 0)
            throw new InvalidOperationException($"database.sh {string.Join(' ', command)} ended with {script.ExitCode}: {await said}{await failed}");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "OneDoor.slnx")))
                return folder.FullName;
        throw new InvalidOperationException($"No OneDoor.slnx above {AppContext.BaseDirectory}.");
    }
}
