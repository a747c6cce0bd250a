using System.Globalization;

namespace OneDoor.Clock;

/// <summary>Days as people read them (日期) in letters, messages and documents; what programs read has them as ISO 8601 does.</summary>
public static class WrittenDay
{
    /// <summary>A day: 2020年7月29日, 29 July 2020.</summary>
    public static Text Of(DateOnly day) =>
        new(day.ToString("yyyy'年'M'月'd'日'", CultureInfo.InvariantCulture), day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture));

    /// <summary>The day of an instant, China Standard Time.</summary>
    public static Text Of(DateTimeOffset at) => Of(LegalClock.DayOf(at));

    /// <summary>An instant to the minute, China Standard Time: 2020年7月29日 09:30, 29 July 2020 09:30.</summary>
    public static Text Minute(DateTimeOffset at)
    {
        var (day, time) = (Of(at), at.ToOffset(LegalClock.ChinaStandardTime).ToString("HH:mm", CultureInfo.InvariantCulture));
        return new($"{day.Zh} {time}", $"{day.En} {time}");
    }
}
