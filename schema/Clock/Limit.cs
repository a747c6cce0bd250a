using System.Text.Json.Serialization;

namespace OneDoor.Clock;

/// <summary>What a limit is counted in.</summary>
public enum LimitUnit
{
    /// <summary>Days on which the State Council's calendar has people at work; ends when the last of them ends.</summary>
    WorkingDays,

    /// <summary>
    /// Days one after the other (日), as laws say where they do not mean working days; where the last of them is no working day, the
    /// next one ends the limit.
    /// </summary>
    CalendarDays,

    /// <summary>Hours during which the receiving hall is open.</summary>
    HallHours,

    /// <summary>Wall-clock hours.</summary>
    Hours,
}

/// <summary>How long something may take (时限). A plain value: no clock, no calendar.</summary>
/// <param name="Value">Greater than 0; at most 3,650 and whole for days of either kind, at most 87,600 for hours of either kind.</param>
/// <param name="Unit">What the value counts.</param>
public sealed record Limit(decimal Value, LimitUnit Unit)
{
    public static Limit WorkingDays(int days) => new(days, LimitUnit.WorkingDays);
    public static Limit CalendarDays(int days) => new(days, LimitUnit.CalendarDays);
    public static Limit HallHours(decimal hours) => new(hours, LimitUnit.HallHours);
    public static Limit Hours(decimal hours) => new(hours, LimitUnit.Hours);

    /// <summary>Hall hours that make up one working day where limits in different units are compared or averaged.</summary>
    public const decimal HallHoursPerWorkingDay = 8;

    /// <summary>The limit in working days, for comparing and averaging limits: 8 hall hours or 24 hours are one, and 7 calendar days are 5.</summary>
    [JsonIgnore]
    public decimal InWorkingDays => Unit switch
    {
        LimitUnit.WorkingDays => Value,
        LimitUnit.CalendarDays => Value * 5 / 7,
        LimitUnit.HallHours => Value / HallHoursPerWorkingDay,
        _ => Value / 24,
    };

    /// <summary>Counted in whole days rather than in hours.</summary>
    [JsonIgnore]
    public bool IsInDays => Unit is LimitUnit.WorkingDays or LimitUnit.CalendarDays;
}
