using Xunit;

namespace OneDoor.Tidy;

internal static class Findings
{
    /// <summary>Fails with one line for each finding, each of which starts with its file and line.</summary>
    public static void MustBeEmpty(this IEnumerable<string> findings, string rule)
    {
        var list = findings.ToList();
        if (list.Count > 0)
            Assert.Fail($"{rule}\n  {string.Join("\n  ", list)}");
    }
}
