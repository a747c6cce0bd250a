using System.Globalization;
using OneDoor.Cases;
using OneDoor.Clock;

namespace OneDoor.Documents;

/// <summary>Days and limits as documents write them.</summary>
internal static class Words
{
    public static string Day(DateOnly day) => WrittenDay.Of(day).Zh;

    public static string Day(DateTimeOffset at) => Day(LegalClock.DayOf(at));

    /// <summary>A day where the limit ends with it, and the minute where it ends within it.</summary>
    public static string Until(DueDate due) => $"至{End(due)}止{(due.Provisional ? "（暂定，以国务院办公厅节假日安排为准）" : "")}";

    /// <summary>The same of what has ended.</summary>
    public static string Ended(DueDate due) => $"已于{End(due)}届满";

    private static string End(DueDate due)
    {
        var local = due.At.ToOffset(LegalClock.ChinaStandardTime);
        return local.TimeOfDay >= new TimeSpan(23, 59, 0) ? Day(due.On) : $"{Day(due.On)}{local.Hour}时{local.Minute:00}分";
    }

    public static string Limit(Limit limit) => limit.Value.ToString("0.##", CultureInfo.InvariantCulture) + limit.Unit switch
    {
        LimitUnit.WorkingDays => "个工作日",
        LimitUnit.HallHours => "个大厅办公小时",
        LimitUnit.Hours => "小时",
        _ => "日",
    };
}
