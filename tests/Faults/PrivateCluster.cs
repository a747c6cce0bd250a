using System.Diagnostics;
using OneDoor.Platform;

namespace OneDoor.Faults;

/// <summary>A PostgreSQL cluster of the fault tests' own, on a port of its own, to be stopped and crashed.</summary>
/// <param name="name">What tells it from others of this checkout.</param>
public sealed class PrivateCluster(string name = "faults")
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot();

    private readonly string _state = Path.Combine(Root, ".data", name);
    private readonly string _port = $"{Port.Free()}";

    public Task Start() => Run("up");

    /// <param name="how"><c>fast</c>, <c>immediate</c> or <c>crash</c>.</param>
    public Task Stop(string how) => Run("down", how);

    /// <summary>How the application's role reaches it.</summary>
    public string Connection => File.ReadAllText(Path.Combine(_state, "connection")).Trim();

    /// <summary>Backs up a database while it is used.</summary>
    public static Task Dump(string connection, string file) => Run([("ConnectionStrings__OneDoor", connection)], "dump", file);

    /// <summary>Brings a backup back into an empty database.</summary>
    public static Task Restore(string connection, string file) => Run([("ConnectionStrings__OneDoor", connection)], "restore", file);

    private Task Run(params string[] command) => Run([("DB_STATE", _state), ("DB_PORT", _port), ("DB_OPTIONS", "-c track_commit_timestamp=on"), ("ConnectionStrings__OneDoor", null)], command);

    private static async Task Run((string Name, string? Value)[] environment, params string[] command)
    {
        var start = new ProcessStartInfo(Path.Combine(Root, "tools", "database.sh"), command) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;
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
