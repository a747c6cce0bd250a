using System.Globalization;
using System.Text.RegularExpressions;

namespace OneDoor.Forms;

/// <summary>A day as forms name it: <c>2026-11-26</c>, or <c>today</c> with so many days, months or years before or after it.</summary>
internal static partial class NamedDay
{
    private const int MostYears = 150;

    /// <summary>The day; null where it is none.</summary>
    /// <param name="text">What names it.</param>
    /// <param name="today">The day, China Standard Time.</param>
    public static DateOnly? Of(string? text, DateOnly today)
    {
        if (Read(text) is { } day)
            return day;
        if (Relative().Match(text ?? "") is not { Success: true } match)
            return null;
        var count = match.Groups["sign"].Value == "-" ? -Number(match) : Number(match);
        return match.Groups["unit"].Value switch
        {
            "" => today,
            "d" when Math.Abs(count) <= MostYears * 366 => today.AddDays(count),
            "m" when Math.Abs(count) <= MostYears * 12 => today.AddMonths(count),
            "y" when Math.Abs(count) <= MostYears => today.AddYears(count),
            _ => null,
        };
    }

    /// <summary>A day written out, of the years 1900 to 2999; null where it is none.</summary>
    public static DateOnly? Read(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && IsUsual(day) ? day : null;

    /// <summary>The first day of a month written out, <c>2026-11</c>; null where it is none.</summary>
    public static DateOnly? ReadMonth(string? text) => text?.Length == 7 ? Read(text + "-01") : null;

    /// <summary>Whether it depends on the day on which it is read.</summary>
    public static bool IsRelative(string? text) => Relative().IsMatch(text ?? "");

    private static bool IsUsual(DateOnly day) => day.Year is >= 1900 and < 3000;

    private static int Number(Match match) => match.Groups["count"] is { Success: true } count ? int.Parse(count.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\Atoday(?:(?<sign>[+-])(?<count>[0-9]{1,5})(?<unit>[dmy]))?\z")]
    private static partial Regex Relative();
}
