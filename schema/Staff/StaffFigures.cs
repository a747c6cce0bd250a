using System.Text.Json.Serialization;
using OneDoor.Statistics;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Staff;

/// <summary>Whose figures they are: a department's, a window's, a hall's or somebody's.</summary>
/// <param name="Department">The department; null of a window and of a hall.</param>
/// <param name="Hall">The hall, or the window's; null of others.</param>
/// <param name="Window">The window's number; null of a hall.</param>
/// <param name="Person">The subject of who is signed in; null of others.</param>
public sealed record StaffKey(Department? Department = null, string? Hall = null, int? Window = null, string? Person = null);

/// <summary>What facts say of somebody in a period, as the store counts it.</summary>
/// <param name="Key">Of whom.</param>
public sealed record StaffCounts(StaffKey Key)
{
    /// <summary>Cases: a department's those it answers for, a window's those that came of its visits, a hall's those it received, somebody's those they decided.</summary>
    public CaseSums? Cases { get; init; }

    /// <summary>Visits that were served.</summary>
    public int Visits { get; init; }
    public long WaitSeconds { get; init; }
    public long ServiceSeconds { get; init; }

    /// <summary>Ratings that count: what is excluded does not (PERF-1).</summary>
    public int Rated { get; init; }
    public int Positive { get; init; }

    /// <summary>Whether they are told: two periods a day apart would tell how somebody was rated that day (REV-1).</summary>
    public bool AreRatingsTold { get; init; } = true;

    /// <summary>Which of a person's figures they contest.</summary>
    public IReadOnlyList<ContestedFigure> Contested { get; init; } = [];

    /// <summary>What complaints that were found right, also in part, are about: each case and each ticket once, and whatever else by itself.</summary>
    public int Complaints { get; init; }

    /// <summary>How often somebody who is no supervisor tried to say no, and was not let (CASE-4).</summary>
    public int Tried { get; init; }

    /// <summary>Standards looked at in rounds, and how many of them were in order (PERF-2).</summary>
    public int Rounds { get; init; }
    public int InOrder { get; init; }
}

/// <summary>Figures of a department, a window, a hall or a person, from facts alone (PERF-1): each share has what it was made of.</summary>
/// <param name="Department">The department; absent of others, but for a person's.</param>
/// <param name="Hall">The hall, or the window's; absent of others.</param>
/// <param name="Window">The window's number; absent of others.</param>
/// <param name="Person">The subject of the person, an opaque identifier; absent of others.</param>
/// <param name="Handled">What was handled: a department's cases, a window's or a hall's visits, a person's cases and visits.</param>
/// <param name="Cases">Cases concluded: a department's those it answers for, a window's those that came of its visits, a hall's those it received, a person's those they decided. Lawful refusals are concluded like grants.</param>
/// <param name="Visits">Visits that were served at windows.</param>
/// <param name="Overdue">Cases whose promise ended in the period and that were not concluded by its end, without those that an outage made late; nobody's until somebody decides them.</param>
/// <param name="OnTimeByPromise">Concluded within the promise ÷ concluded, and overdue. The clock stands still while it waits for the applicant; what an outage made late is out, and so are filings and what was not accepted.</param>
/// <param name="OnTimeByStatute">The same against the statutory limit.</param>
/// <param name="MeanActual">Open hours from acceptance to decision without pauses, eight to a working day, added up ÷ accepted cases.</param>
/// <param name="MeanWait">Seconds that visitors waited to be called, added up ÷ visits.</param>
/// <param name="MeanService">Seconds of service in the last item group, interruptions left out, added up ÷ visits.</param>
/// <param name="Positive">Ratings in the upper three grades ÷ ratings that count; null where so few were given that it would tell by whom, and, but for whole quarters that are over, everybody's but a department's as a whole: a day more or less would tell how somebody was rated.</param>
/// <param name="WithoutComplaint">Handled without a complaint that was upheld ÷ handled.</param>
/// <param name="InOrder">Standards found in order in rounds ÷ standards looked at.</param>
/// <param name="SaidNoByClerks">窗口不说不: cases that were refused, in whole or in part, or not accepted by somebody who is no supervisor ÷ all that were; absent of figures that were kept before it was counted, as the next five are.</param>
/// <param name="TriedByClerks">How often somebody who is no supervisor tried to refuse, not to accept or to close for want of an answer, and was not let ÷ that, and cases that were refused or not accepted; absent of a window, too: nobody says at which they tried.</param>
/// <param name="ReferredUpward">Cases of which a clerk, who has no refusal, referred a step to a supervisor ÷ cases.</param>
/// <param name="Redirected">Cases that were sent on to the item or the department that is right for them ÷ cases.</param>
/// <param name="ToldOnce">一次性告知: cases whose applicant had one correction notice ÷ cases whose applicant had any.</param>
/// <param name="Zeros">What never happens in a hall (五个零), and how often it did; absent of others.</param>
/// <param name="Contested">Which of a person's figures they contest, of the quarters that the period touches; absent where they contest none.</param>
public sealed record StaffFigures(
    [property: JsonIgnore(Condition = WhenWritingNull)] Department? Department, [property: JsonIgnore(Condition = WhenWritingNull)] string? Hall,
    [property: JsonIgnore(Condition = WhenWritingNull)] int? Window, [property: JsonIgnore(Condition = WhenWritingNull)] string? Person,
    long Handled, long Cases, int Visits, long Overdue, StatisticsRatio OnTimeByPromise, StatisticsRatio OnTimeByStatute, StatisticsRatio MeanActual, StatisticsRatio MeanWait, StatisticsRatio MeanService,
    StatisticsRatio? Positive, StatisticsRatio WithoutComplaint, StatisticsRatio InOrder,
    [property: JsonIgnore(Condition = WhenWritingNull)] StatisticsRatio? SaidNoByClerks = null, [property: JsonIgnore(Condition = WhenWritingNull)] StatisticsRatio? TriedByClerks = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] StatisticsRatio? ReferredUpward = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] StatisticsRatio? Redirected = null, [property: JsonIgnore(Condition = WhenWritingNull)] StatisticsRatio? ToldOnce = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<KeptZero>? Zeros = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<ContestedFigure>? Contested = null)
{
    private const decimal SecondsOfADay = Clock.Limit.HallHoursPerWorkingDay * 3600;

    /// <summary>The figures of what was counted.</summary>
    public static StaffFigures Of(StaffCounts c, StaffCriteria criteria)
    {
        decimal Sum(string column) => c.Cases?.Of(column) ?? 0;
        var cases = (long)Sum("handled");
        var handled = (c.Key.Hall is null ? cases : 0) + (c.Key.Hall is null && c.Key.Person is null ? 0 : c.Visits);
        var figures = new StaffFigures(
            c.Key.Department, c.Key.Hall, c.Key.Window, c.Key.Person, handled, cases, c.Visits, (long)Sum("late"),
            StatisticsRatio.Of(Sum("kept"), Sum("promised") + Sum("late")), StatisticsRatio.Of(Sum("lawful"), Sum("limited") + Sum("overdue")),
            StatisticsRatio.Of(decimal.Round(Sum("actual") / SecondsOfADay, 6), Sum("timed")), StatisticsRatio.Of(c.WaitSeconds, c.Visits), StatisticsRatio.Of(c.ServiceSeconds, c.Visits),
            !c.AreRatingsTold || (c.Rated > 0 && c.Rated < criteria.LeastRatings) ? null : StatisticsRatio.Of(c.Positive, c.Rated),
            // Some are about nothing that was handled.
            StatisticsRatio.Of(Math.Max(0, handled - c.Complaints), handled), StatisticsRatio.Of(c.InOrder, c.Rounds),
            StatisticsRatio.Of(Sum("clerks-noes"), Sum("noes")), c.Key.Window is null ? StatisticsRatio.Of(c.Tried, Sum("noes") + c.Tried) : null,
            StatisticsRatio.Of(Sum("referred"), cases), StatisticsRatio.Of(Sum("redirected"), cases), StatisticsRatio.Of(Sum("told-once"), Sum("notified")), Contested: c.Contested.Count == 0 ? null : c.Contested);
        return c.Key is { Hall: not null, Window: null } ? figures with { Zeros = [.. criteria.Zeros.Select(zero => new KeptZero(zero.Code, zero.Name, figures.Of(zero.Counts, c.Complaints)))] } : figures;
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

    private StatisticsRatio Of(ZeroCount zero, int complaints) => zero switch
    {
        // Who is not let turn somebody away has not said no to them in a fact; that they wanted to is what never happens.
        ZeroCount.SaidNoByClerks => StatisticsRatio.Of(SaidNoByClerks!.Numerator + TriedByClerks!.Numerator, TriedByClerks.Denominator),
        ZeroCount.ToldAgain => Rest(ToldOnce!),
        ZeroCount.Late => Rest(OnTimeByPromise),
        ZeroCount.Complaints => StatisticsRatio.Of(complaints, Handled),
        ZeroCount.OutOfOrder => Rest(InOrder),
        _ => throw new ArgumentOutOfRangeException(nameof(zero), zero, "Nothing counts it."),
    };

    private static StatisticsRatio Rest(StatisticsRatio kept) => StatisticsRatio.Of(kept.Denominator - kept.Numerator, kept.Denominator);
}

/// <summary>Something that never happens in a hall, and how often it did (PERF-2).</summary>
/// <param name="Code">Stable, for instance <c>no-refusal</c>.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Share">How often it happened ÷ how often it could have: kept is what has 0 for its numerator.</param>
public sealed record KeptZero(string Code, Text Name, StatisticsRatio Share);

/// <summary>Figures of a period, as far as they are their reader's to see.</summary>
/// <param name="From">The first day, China Standard Time.</param>
/// <param name="To">The last day.</param>
/// <param name="Units">Of departments (单位).</param>
/// <param name="Windows">Of windows (窗口).</param>
/// <param name="Persons">Of people (人员).</param>
/// <param name="Halls">Of halls (大厅).</param>
public sealed record StaffPerformance(
    DateOnly From, DateOnly To, IReadOnlyList<StaffFigures> Units, IReadOnlyList<StaffFigures> Windows, IReadOnlyList<StaffFigures> Persons, IReadOnlyList<StaffFigures> Halls);
