using OneDoor.Clock;
using OneDoor.Statistics;

namespace OneDoor.Staff;

/// <summary>Something that happened to a contest.</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it.</param>
public abstract record FigureContestFact(DateTimeOffset At, Actor By) : IFact;

/// <summary>Somebody contests a figure of their own (数据异议, PERF-1).</summary>
/// <param name="Department">For which they work.</param>
/// <param name="Quarter">Of which quarter the figure is.</param>
/// <param name="Figure">Which figure.</param>
/// <param name="Share">What it was then; null where it was not told.</param>
/// <param name="Reason">Why it is not right.</param>
[Alias("figure_contested")]
public sealed record FigureContested(
    DateTimeOffset At, Actor By, Guid FigureContestId, Department Department, string Quarter, StaffCriterionCode Figure, StatisticsRatio? Share, [Personal] string Reason) : FigureContestFact(At, By);

/// <summary>A supervisor decided about it; the figure stays what facts say, and says what was found.</summary>
/// <param name="Upheld">Whether it was contested rightly.</param>
/// <param name="Reason">Why.</param>
[Alias("figure_contest_settled")]
public sealed record FigureContestSettled(DateTimeOffset At, Actor By, bool Upheld, [Personal] string Reason) : FigureContestFact(At, By);

/// <summary>What someone asks of a contest: exactly what they send.</summary>
public abstract record FigureContestCommand : ICommand;

/// <summary>Contesting a figure of one's own (数据异议), each once for a quarter.</summary>
/// <param name="Quarter">A quarter that is over, <c>2026-Q3</c>.</param>
/// <param name="Figure">The figure that is not right.</param>
/// <param name="Reason">Why it is not; 1 to 2,000 characters.</param>
public sealed record ContestFigure(string Quarter, StaffCriterionCode Figure, string Reason) : FigureContestCommand;

/// <summary>Deciding about it, by a supervisor who is somebody else.</summary>
/// <param name="Upheld">Whether it is contested rightly.</param>
/// <param name="Reason">Why; 1 to 2,000 characters.</param>
public sealed record SettleFigureContest(bool Upheld, string Reason) : FigureContestCommand;

/// <summary>What the rule of contests knows besides the contest and the command.</summary>
public sealed record FigureContestAsking(Actor By, LegalClock Clock, DateTimeOffset Now) : Asking(By, Clock, Now)
{
    /// <summary>Their figures in the quarter; null where there are none.</summary>
    public StaffFigures? Figures { get; init; }

    /// <summary>Whether they have contested this one already.</summary>
    public bool IsMade { get; init; }
}

/// <summary>Why a contest, or what is asked of one, is refused.</summary>
public static class FigureContestRefusals
{
    public static readonly Refusal NotFound = new("figure-contest.not-found", 404,
        new("没有这个数据异议", "There is no such contest"), new("不存在或您无权查看。", "It does not exist, or not for you."));

    public static readonly Refusal NotYours = new("figure-contest.not-yours", 403,
        new("由本人提出", "Whose figure it is contests it"), new("须以工作人员本人身份登录。", "Signed in as themselves."));

    public static readonly Refusal QuarterInvalid = new("figure-contest.quarter-invalid", 422,
        new("季度无效", "That is no quarter"), new("如 2026-Q3。", "It is written 2026-Q3."));

    public static readonly Refusal TooEarly = new("figure-contest.too-early", 409,
        new("季度尚未结束", "The quarter is not over"));

    public static readonly Refusal NothingHandled = new("figure-contest.nothing-handled", 422,
        new("没有您的数据", "There are no figures of yours"), new("该季度没有办理。", "You handled nothing in that quarter."));

    public static readonly Refusal ContestedAlready = new("figure-contest.contested-already", 409,
        new("已提出异议", "It is contested already"), new("一个季度的一项数据只能提出一次。", "Each figure of a quarter is contested once."));

    public static readonly Refusal NotOneself = new("figure-contest.not-oneself", 403,
        new("异议须由他人决定", "Somebody else decides about a contest"));

    public static readonly Refusal NotInThisState = new("figure-contest.not-in-this-state", 409,
        new("异议已经决定", "It is decided"), new("只决定一次。", "That is done once."));
}
