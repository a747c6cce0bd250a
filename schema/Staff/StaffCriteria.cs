using OneDoor.Statistics;

namespace OneDoor.Staff;

/// <summary>What windows, units and people are judged by, which is data: published, and a sample where no source says it.</summary>
/// <param name="Version">What assessments remember it by.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Sample">No public source gives it: it is a plausible sample.</param>
/// <param name="LeastHandled">Who has handled fewer is not ranked, and no grade is proposed for them.</param>
/// <param name="LeastRatings">A share of fewer ratings would tell who gave them: it is not told, and counts nowhere.</param>
/// <param name="ExcellentShare">So large a share of those who are ranked is excellent at most.</param>
/// <param name="ExcellentScore">And has this score at least.</param>
/// <param name="ObjectionDays">Working days within which who is assessed may object.</param>
/// <param name="Criteria">What is counted, each with its weight.</param>
/// <param name="Ties">By which criteria those are told apart who have the same score, in this order.</param>
/// <param name="Grades">From which score on which grade is proposed, the best first.</param>
/// <param name="Standards">What is looked at in a round (巡查).</param>
/// <param name="Zeros">What is never to happen in a hall (五个零, PERF-2).</param>
public sealed record StaffCriteria(
    string Version, string Source, bool Sample, int LeastHandled, int LeastRatings, decimal ExcellentShare, decimal ExcellentScore, int ObjectionDays, IReadOnlyList<StaffCriterion> Criteria,
    IReadOnlyList<StaffCriterionCode> Ties, IReadOnlyList<GradeBound> Grades, IReadOnlyList<RoundStandard> Standards, IReadOnlyList<ZeroRule> Zeros)
{
    /// <summary>Those of the zone.</summary>
    public static StaffCriteria Zone { get; } = Shipped.Table<StaffCriteria>("staff-criteria.json");

    /// <summary>The mean of the shares that there are, each with its weight (PERF-1); null where there is none.</summary>
    /// <param name="share">That of a criterion.</param>
    public decimal? ScoreOf(Func<StaffCriterionCode, StatisticsRatio?> share)
    {
        var told = Criteria.Where(criterion => share(criterion.Code)?.Value is not null).ToArray();
        return told.Length == 0 ? null : decimal.Round(told.Sum(criterion => criterion.Weight * share(criterion.Code)!.Value!.Value) / told.Sum(criterion => criterion.Weight), 6);
    }

    /// <summary>The grade that the figures propose; null where too little was handled for one.</summary>
    public StaffGrade? Propose(StaffFigures figures) =>
        figures.Handled < LeastHandled || ScoreOf(figures.Of) is not { } score ? null : Grades.First(bound => score >= bound.Least).Grade;
}

/// <summary>What is counted of everybody, as a share of what went well.</summary>
public enum StaffCriterionCode
{
    /// <summary>Concluded within the promise.</summary>
    OnTimeByPromise,

    /// <summary>Concluded within the statutory limit.</summary>
    OnTimeByStatute,

    /// <summary>Rated in one of the upper three grades.</summary>
    Positive,

    /// <summary>Handled without a complaint that was upheld.</summary>
    WithoutComplaint,

    /// <summary>Found in order in a round.</summary>
    InOrder,
}

/// <summary>What somebody is found to have been.</summary>
public enum StaffGrade
{
    /// <summary>优秀.</summary>
    Excellent,

    /// <summary>称职.</summary>
    Competent,

    /// <summary>基本称职.</summary>
    BasicallyCompetent,

    /// <summary>不称职.</summary>
    NotCompetent,
}

/// <summary>A criterion.</summary>
/// <param name="Code">What is counted.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Weight">How much it counts.</param>
public sealed record StaffCriterion(StaffCriterionCode Code, Text Name, int Weight);

/// <summary>From which score on a grade is proposed.</summary>
/// <param name="Grade">The grade.</param>
/// <param name="Least">The score.</param>
public sealed record GradeBound(StaffGrade Grade, decimal Least);

/// <summary>What is looked at in a round.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Name">What it is called.</param>
public sealed record RoundStandard(string Code, Text Name);

/// <summary>What is counted of what never happens.</summary>
public enum ZeroCount
{
    /// <summary>Refused, or not accepted, by somebody who is no supervisor, or tried to be.</summary>
    SaidNoByClerks,

    /// <summary>Sent more than one correction notice.</summary>
    ToldAgain,

    /// <summary>Not concluded within the promise.</summary>
    Late,

    /// <summary>Complained about, and rightly.</summary>
    Complaints,

    /// <summary>Found out of order in a round.</summary>
    OutOfOrder,
}

/// <summary>Something that is never to happen in a hall.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Counts">What is counted of it.</param>
public sealed record ZeroRule(string Code, Text Name, ZeroCount Counts);
