using System.Text.Json.Serialization;
using OneDoor.Statistics;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Staff;

/// <summary>Whose figures they are: a department's, a window's or somebody's.</summary>
/// <param name="Department">The department; null of a window.</param>
/// <param name="Hall">The window's hall; null of others.</param>
/// <param name="Window">The window's number.</param>
/// <param name="Person">The subject of who is signed in; null of others.</param>
public sealed record StaffKey(Department? Department = null, string? Hall = null, int? Window = null, string? Person = null);

/// <summary>What facts say of somebody in a period, as the store counts it.</summary>
/// <param name="Key">Of whom.</param>
public sealed record StaffCounts(StaffKey Key)
{
    /// <summary>Cases: a department's those it answers for, a window's those that came of its visits, somebody's those they decided.</summary>
    public CaseSums? Cases { get; init; }

    /// <summary>Visits to a window that were served.</summary>
    public int Visits { get; init; }
    public long WaitSeconds { get; init; }
    public long ServiceSeconds { get; init; }

    /// <summary>Ratings that count: what is excluded does not (PERF-1).</summary>
    public int Rated { get; init; }
    public int Positive { get; init; }

    /// <summary>Whether they are told: two periods a day apart would tell how somebody was rated that day (REV-1).</summary>
    public bool AreRatingsTold { get; init; } = true;

    /// <summary>Complaints that were found right, also in part.</summary>
    public int Complaints { get; init; }

    /// <summary>Standards looked at in rounds, and how many of them were in order (PERF-2).</summary>
    public int Rounds { get; init; }
    public int InOrder { get; init; }
}

/// <summary>Figures of a department, a window or a person, from facts alone (PERF-1): each share has what it was made of.</summary>
/// <param name="Department">The department; absent of a window.</param>
/// <param name="Hall">The window's hall; absent of others.</param>
/// <param name="Window">The window's number; absent of others.</param>
/// <param name="Person">The subject of the person, an opaque identifier; absent of others.</param>
/// <param name="Handled">What was handled: a department's cases, a window's visits, a person's cases and visits.</param>
/// <param name="Cases">Cases concluded: a department's those it answers for, a window's those that came of its visits, a person's those they decided. Lawful refusals are concluded like grants.</param>
/// <param name="Visits">Visits that were served at windows.</param>
/// <param name="Overdue">Cases whose promise ended in the period and that were not concluded by its end; nobody's until somebody decides them.</param>
/// <param name="OnTimeByPromise">Concluded within the promise ÷ concluded, and overdue. The clock stands still while it waits for the applicant; what an outage made late is out, and so are filings and what was not accepted.</param>
/// <param name="OnTimeByStatute">The same against the statutory limit.</param>
/// <param name="MeanActual">Open hours from acceptance to decision without pauses, eight to a working day, added up ÷ accepted cases.</param>
/// <param name="MeanWait">Seconds that visitors waited to be called, added up ÷ visits.</param>
/// <param name="MeanService">Seconds of service, interruptions left out, added up ÷ visits.</param>
/// <param name="Positive">Ratings in the upper three grades ÷ ratings that count; null where so few were given that it would tell by whom, and a person's but for whole quarters that are over.</param>
/// <param name="WithoutComplaint">Handled without a complaint that was upheld ÷ handled.</param>
/// <param name="InOrder">Standards found in order in rounds ÷ standards looked at.</param>
public sealed record StaffFigures(
    [property: JsonIgnore(Condition = WhenWritingNull)] Department? Department, [property: JsonIgnore(Condition = WhenWritingNull)] string? Hall,
    [property: JsonIgnore(Condition = WhenWritingNull)] int? Window, [property: JsonIgnore(Condition = WhenWritingNull)] string? Person,
    long Handled, long Cases, int Visits, long Overdue, StatisticsRatio OnTimeByPromise, StatisticsRatio OnTimeByStatute, StatisticsRatio MeanActual, StatisticsRatio MeanWait, StatisticsRatio MeanService,
    StatisticsRatio? Positive, StatisticsRatio WithoutComplaint, StatisticsRatio InOrder)
{
    private const decimal SecondsOfADay = Clock.Limit.HallHoursPerWorkingDay * 3600;

    /// <summary>The figures of what was counted.</summary>
    public static StaffFigures Of(StaffCounts c, StaffCriteria criteria)
    {
        decimal Sum(string column) => c.Cases?.Of(column) ?? 0;
        var cases = (long)Sum("handled");
        var handled = (c.Key.Window is null ? cases : 0) + (c.Key.Window is null && c.Key.Person is null ? 0 : c.Visits);
        return new(
            c.Key.Department, c.Key.Hall, c.Key.Window, c.Key.Person, handled, cases, c.Visits, (long)Sum("late"),
            StatisticsRatio.Of(Sum("kept"), Sum("promised") + Sum("late")), StatisticsRatio.Of(Sum("lawful"), Sum("limited") + Sum("overdue")),
            StatisticsRatio.Of(decimal.Round(Sum("actual") / SecondsOfADay, 6), Sum("timed")), StatisticsRatio.Of(c.WaitSeconds, c.Visits), StatisticsRatio.Of(c.ServiceSeconds, c.Visits),
            !c.AreRatingsTold || (c.Rated > 0 && c.Rated < criteria.LeastRatings) ? null : StatisticsRatio.Of(c.Positive, c.Rated),
            // One matter may bring several complaints, and some are about none.
            StatisticsRatio.Of(Math.Max(0, handled - c.Complaints), handled), StatisticsRatio.Of(c.InOrder, c.Rounds));
    }

    /// <summary>The share a criterion counts; null where it is not told.</summary>
    public StatisticsRatio? Of(StaffCriterionCode criterion) => criterion switch
    {
        StaffCriterionCode.OnTimeByPromise => OnTimeByPromise,
        StaffCriterionCode.OnTimeByStatute => OnTimeByStatute,
        StaffCriterionCode.Positive => Positive,
        StaffCriterionCode.WithoutComplaint => WithoutComplaint,
        StaffCriterionCode.InOrder => InOrder,
        _ => throw new ArgumentOutOfRangeException(nameof(criterion), criterion, "Nothing counts it."),
    };
}

/// <summary>Figures of a period, as far as they are their reader's to see.</summary>
/// <param name="From">The first day, China Standard Time.</param>
/// <param name="To">The last day.</param>
/// <param name="Units">Of departments (单位).</param>
/// <param name="Windows">Of windows (窗口).</param>
/// <param name="Persons">Of people (人员).</param>
public sealed record StaffPerformance(DateOnly From, DateOnly To, IReadOnlyList<StaffFigures> Units, IReadOnlyList<StaffFigures> Windows, IReadOnlyList<StaffFigures> Persons);
