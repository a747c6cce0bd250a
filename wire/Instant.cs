using System.Globalization;
using System.Text.RegularExpressions;

namespace OneDoor.Wire;

/// <summary>How instants are written: RFC 3339 and nothing else.</summary>
public static partial class Instant
{
    private static readonly TimeSpan ChinaStandardTime = TimeSpan.FromHours(8);

    public static string Format(DateTimeOffset at) => InZone(at).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    public static DateTimeOffset InZone(DateTimeOffset at) => at.ToOffset(ChinaStandardTime);

    /// <summary>
    /// Null for what is no instant, one without an offset among them: it would mean something else in every time zone.
    /// What is finer than a tick (100 ns) is cut off; a leap second is the first instant after it.
    /// </summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (Rfc3339().Match(text ?? "") is not { Success: true } match
            || !DateTime.TryParseExact(match.Groups["minute"].Value.ToUpperInvariant(), "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var minute)
            || minute.Year is <= 1 or >= 9999)
            return null;
        var offset = match.Groups["offset"] is { Success: true } given ? TimeSpan.Parse(given.Value.TrimStart('+'), CultureInfo.InvariantCulture) : TimeSpan.Zero;
        var second = Number(match.Groups["second"].Value);
        var utc = new DateTimeOffset(minute - offset, TimeSpan.Zero);
        // Leap seconds come at the end of a day of UTC.
        return second < 60 || (utc.Hour, utc.Minute) == (23, 59)
            ? utc.AddSeconds(second).AddTicks(second < 60 ? Number(match.Groups["ticks"].Value.PadRight(7, '0')) : 0)
            : null;
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A(?<minute>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}):(?<second>[0-5][0-9]|60)(\.(?<ticks>[0-9]{1,7})[0-9]*)?([Zz]|(?<offset>[+-]([01][0-9]|2[0-3]):[0-5][0-9]))\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Rfc3339();
}
