using System.Globalization;

namespace OneDoor.Cases;

/// <summary>
/// The number people know a case by (ID-3): item code, the day it came in and a running number, for instance
/// <c>ESTABLISHMENT-20261123-000042</c>. Unique, readable aloud, at most 50 characters.
/// </summary>
public static class CaseNumber
{
    public const int Longest = 50;

    /// <param name="item">The item's code, at most 24 characters.</param>
    /// <param name="day">The day the application came in, China Standard Time.</param>
    /// <param name="running">Never given twice; six digits at least.</param>
    public static string Of(string item, DateOnly day, long running) =>
        string.Create(CultureInfo.InvariantCulture, $"{item}-{day:yyyyMMdd}-{running:D6}");
}
