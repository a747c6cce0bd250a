using Xunit;

namespace OneDoor.Contracts;

internal static class Findings
{
    /// <summary>Fails with one line for each finding.</summary>
    public static void MustBeEmpty(this IEnumerable<string> findings, string rule)
    {
        var list = findings.ToList();
        if (list.Count > 0)
            Assert.Fail($"{rule}\n  {string.Join("\n  ", list)}");
    }
}
