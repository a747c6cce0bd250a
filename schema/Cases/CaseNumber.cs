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

    /// <summary>The code of the item that a number names, whether or not there is such a case; null for what is no number.</summary>
    public static string? ItemOf(string number) =>
        number.Length <= Longest && number.Split('-') is [.. { Length: > 0 } item, { Length: 8 } day, { Length: >= 6 } running] && (day + running).All(char.IsAsciiDigit) ? string.Join('-', item) : null;
}
