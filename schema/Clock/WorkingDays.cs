namespace OneDoor.Clock;

/// <summary>
/// Which days are working days (CLK-2). 行政许可法 art. 82: limits are counted in working days, without the statutory
/// holidays; the State Council says in a notice for each year which days are off and which weekends are worked instead.
/// </summary>
public sealed class WorkingDays
{
    private readonly Dictionary<DateOnly, Text> _off = [];
    private readonly Dictionary<DateOnly, Text> _workedInstead = [];
    private readonly HashSet<int> _years;

    /// <summary>A calendar of these years; any other year has its weekends and the statutory holidays off.</summary>
    /// <param name="years">Each year once; holidays may reach into the neighbouring year.</param>
    /// <exception cref="ArgumentException">A year stands there twice, or a day is both off and worked.</exception>
    public WorkingDays(IReadOnlyList<HolidayYear> years)
    {
        Years = years;
        _years = [.. years.Select(year => year.Year)];
        if (_years.Count < years.Count)
            throw new ArgumentException("A year stands there twice.", nameof(years));
        foreach (var holiday in years.SelectMany(year => year.Holidays))
            Enter(holiday);
        if (_workedInstead.Keys.Any(_off.ContainsKey))
            throw new ArgumentException("A day is both off and worked.", nameof(years));
    }

    /// <summary>The State Council's notices for 2015 to 2026.</summary>
    public static WorkingDays StateCouncil { get; } = new(Shipped.Table<HolidayTable>("holidays.json").Years);

    /// <summary>The years whose notices it holds.</summary>
    public IReadOnlyList<HolidayYear> Years { get; }

    /// <summary>Whether the year's notice is in the data.</summary>
    public bool Knows(int year) => _years.Contains(year);

    /// <summary>
    /// Whether a notice that is not in the data may still change what counts between two days (CLK-2): one of a year
    /// between them, or of the year after, for it comes out late in the year before and at times touches its last week.
    /// </summary>
    public bool MayChange(DateOnly from, DateOnly to)
    {
        var last = to is { Month: 12, Day: > 24 } ? to.Year + 1 : to.Year;
        return Enumerable.Range(from.Year, last - from.Year + 1).Any(year => !Knows(year));
    }

    /// <summary>The last day up to which no notice that is still to come changes anything: before the last week of the last year in a row whose notice is in the data.</summary>
    public DateOnly SettledUntil => new(_years.Where(year => !_years.Contains(year + 1)).DefaultIfEmpty(LegalClock.FirstYear - 1).Min(), 12, 24);

    /// <summary>Whether people are at work on that day.</summary>
    public bool IsWorkingDay(DateOnly day) => Why(day).Kind is DayKind.Weekday or DayKind.MakeUpDay;

    /// <summary>What kind of day it is, and what to call it when someone asks why it counts or does not (CLK-5).</summary>
    public DayReason Why(DateOnly day)
    {
        // A weekend within a holiday is the holiday's; a weekend worked instead is worked, whatever the weekday.
        if (_workedInstead.TryGetValue(day, out var instead))
            return new DayReason(DayKind.MakeUpDay, new Text($"{instead.Zh}调休上班", $"worked instead of a day off at {instead.En}"));
        if (_off.TryGetValue(day, out var holiday))
            return new DayReason(DayKind.Holiday, holiday);
        if (!Knows(day.Year) && StatutoryHolidays.On(day) is { } statutory)
        {
            return new DayReason(DayKind.Holiday,
                new Text($"{statutory.Zh}（法定节假日，无放假通知）", $"{statutory.En} (statutory holiday, without a notice)"));
        }
        return new DayReason(IsWeekend(day) ? DayKind.Weekend : DayKind.Weekday, Weekdays[(int)day.DayOfWeek]);
    }

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private void Enter(Holiday holiday)
    {
        for (var day = holiday.From; day <= holiday.To; day = day.AddDays(1))
            _off.Add(day, holiday.Name);
        foreach (var day in holiday.WorkedInstead)
            _workedInstead.Add(day, holiday.Name);
    }

    private static readonly Text[] Weekdays =
    [
        new("星期日", "Sunday"), new("星期一", "Monday"), new("星期二", "Tuesday"), new("星期三", "Wednesday"),
        new("星期四", "Thursday"), new("星期五", "Friday"), new("星期六", "Saturday"),
    ];
}

/// <summary>The kinds of day: working (weekday, make-up day 调休上班) and not working (weekend, holiday).</summary>
public enum DayKind { Weekday, MakeUpDay, Weekend, Holiday }

/// <summary>Why a day is a working day or not.</summary>
/// <param name="Kind">The kind of day.</param>
/// <param name="Name">The holiday or the weekday, in words.</param>
public sealed record DayReason(DayKind Kind, Text Name);

/// <summary>One year's holidays as the State Council's notices give them.</summary>
/// <param name="Year">The year the notice is for.</param>
/// <param name="Notices">Numbers of the notice and of those that changed it later, for instance 国办发明电〔2019〕16号.</param>
/// <param name="Holidays">In order; the New Year's may begin in the December before.</param>
public sealed record HolidayYear(int Year, IReadOnlyList<string> Notices, IReadOnlyList<Holiday> Holidays);

/// <summary>One line of a notice.</summary>
/// <param name="Name">What is celebrated.</param>
/// <param name="From">The first day off.</param>
/// <param name="To">The last day off; weekends in between are part of the holiday.</param>
/// <param name="WorkedInstead">The weekend days that are worked in exchange (调休上班).</param>
public sealed record Holiday(Text Name, DateOnly From, DateOnly To, IReadOnlyList<DateOnly> WorkedInstead);

/// <summary>The shape of holidays.json.</summary>
internal sealed record HolidayTable(IReadOnlyList<HolidayYear> Years);
