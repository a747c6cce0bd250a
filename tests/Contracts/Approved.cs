using Xunit;

namespace OneDoor.Contracts;

/// <summary>Files that say what was promised to the outside. A change of them is a decision, so it shows in the commit.</summary>
public static class Approved
{
    private const int DifferencesShown = 5;

    /// <summary>Set by <c>make contracts</c>: what differs is approved by being written.</summary>
    public static bool IsBeingWritten => Environment.GetEnvironmentVariable("UPDATE_CONTRACTS") == "1";

    public static string Root { get; } = FindRoot();

    /// <summary>Fails when the file, relative to the repository's root, does not say the same as <paramref name="now"/>.</summary>
    public static void Is(string file, string now)
    {
        var path = Path.Combine(Root, file);
        if (IsBeingWritten)
        {
            File.WriteAllText(path, now.TrimEnd() + "\n");
            return;
        }
        Assert.True(File.Exists(path), $"{file} is missing; run make contracts.");
        var differences = Differences(File.ReadAllText(path), now);
        if (differences.Count > 0)
            Assert.Fail($"{file} is not what the code says; where the change is meant, run make contracts and commit the difference.\n{string.Join('\n', differences)}");
    }

    /// <summary>The first lines that differ, as they are approved and as they are now.</summary>
    private static List<string> Differences(string approved, string now)
    {
        string[] was = approved.TrimEnd().Split('\n'), @is = now.TrimEnd().Split('\n');
        var first = was.Zip(@is).TakeWhile(pair => pair.First == pair.Second).Count();
        var same = was.Skip(first).Reverse().Zip(@is.Skip(first).Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        return [.. Shown(was, '-'), .. Shown(@is, '+')];

        IEnumerable<string> Shown(string[] lines, char sign) =>
            lines[first..^same].Take(DifferencesShown).Select((line, i) => $"  {first + i + 1} {sign} {line}");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "OneDoor.slnx")))
                return folder.FullName;
        throw new InvalidOperationException($"No OneDoor.slnx above {AppContext.BaseDirectory}.");
    }
}
