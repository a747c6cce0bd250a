using System.Globalization;

namespace OneDoor.Clock;

/// <summary>
/// The thirteen days that 全国年节及纪念日放假办法 art. 2 (as of 2025) gives everybody each year, notice or not. What a
/// notice adds is unknown without it: weekends worked instead, and the working day that makes up for one of the
/// thirteen on a weekend (art. 6).
/// </summary>
internal static class StatutoryHolidays
{
    private static readonly ChineseLunisolarCalendar Moon = new();

    /// <summary>
    /// What is celebrated on a day, all of it where festivals meet; null where nothing is. The calendar of the moon ends
    /// with 28 January 2101; later days know the festivals of the sun alone.
    /// </summary>
    public static Text? On(DateOnly day)
    {
        Text[] names = [.. OfTheSun(day), .. OfTheMoon(day)];
        return names.Length == 0
            ? null
            : new Text(string.Join('、', names.Select(name => name.Zh)), string.Join(" and ", names.Select(name => name.En)));
    }

    private static IEnumerable<Text> OfTheSun(DateOnly day)
    {
        if (day is { Month: 1, Day: 1 })
            yield return new Text("元旦", "New Year's Day");
        if (day == Qingming(day.Year))
            yield return new Text("清明节", "Tomb-Sweeping Day");
        if (day is { Month: 5, Day: <= 2 })
            yield return new Text("劳动节", "Labour Day");
        if (day is { Month: 10, Day: <= 3 })
            yield return new Text("国庆节", "National Day");
    }

    private static IEnumerable<Text> OfTheMoon(DateOnly day)
    {
        var (month, dayOfMonth) = MoonDate(day);
        if (month == 1 && dayOfMonth <= 3 || MoonDate(day.AddDays(1)) == (1, 1))
            yield return new Text("春节", "Spring Festival");
        if ((month, dayOfMonth) == (5, 5))
            yield return new Text("端午节", "Dragon Boat Festival");
        if ((month, dayOfMonth) == (8, 15))
            yield return new Text("中秋节", "Mid-Autumn Festival");
    }

    // A tropical year after the last; the constant is fitted to the sun's longitude, with which it agrees from 1990 to 2149.
    private static DateOnly Qingming(int year) => new DateOnly(2000, 3, 31).AddDays((int)Math.Floor(4.81 + 365.2422 * (year - 2000)));

    /// <summary>Month and day of the lunar year; (0, 0) in a leap month, which has no festivals, and where the calendar ends.</summary>
    private static (int Month, int Day) MoonDate(DateOnly day)
    {
        var at = day.ToDateTime(TimeOnly.MinValue);
        if (at < Moon.MinSupportedDateTime || at > Moon.MaxSupportedDateTime)
            return (0, 0);
        // .NET numbers a year's months through: a leap month takes the number after the month it repeats.
        var (month, leap) = (Moon.GetMonth(at), Moon.GetLeapMonth(Moon.GetYear(at)));
        return month == leap ? (0, 0) : (leap != 0 && month > leap ? month - 1 : month, Moon.GetDayOfMonth(at));
    }
}
