using OneDoor.Clock;
using OneDoor.Statistics;

namespace OneDoor.Staff;

/// <summary>Where a contest stands.</summary>
public enum FigureContestStatus
{
    Open,

    /// <summary>It was contested rightly.</summary>
    Upheld,
    Rejected,
}

/// <summary>Somebody says that a figure of theirs is not right (数据异议, PERF-1), and a supervisor who is somebody else decides, once.</summary>
public sealed record FigureContest : IFolded<FigureContest, FigureContestFact>
{
    public required Guid Id { get; init; }
    public int Version { get; init; }
    public required FigureContestStatus Status { get; init; }

    /// <summary>The subject of who contests it.</summary>
    public required string Person { get; init; }
    public required Department Department { get; init; }
    public required string Quarter { get; init; }
    public required StaffCriterionCode Figure { get; init; }
    public StatisticsRatio? Share { get; init; }
    public required string Reason { get; init; }

    /// <summary>In UTC, the only form of an instant a database column takes.</summary>
    public required DateTimeOffset MadeAt { get; init => field = value.ToUniversalTime(); }
    public string? SettledFor { get; init; }

    /// <summary>When the quarter began. Stored so that it can be found, as its end is.</summary>
    public DateTimeOffset BeganAt => LegalClock.MidnightOf(Staff.Quarter.Read(Quarter)!.From).ToUniversalTime();
    public DateTimeOffset EndedAt => LegalClock.MidnightOf(Staff.Quarter.Read(Quarter)!.To.AddDays(1)).ToUniversalTime();

    /// <summary>The id of somebody's contest of a figure, derived from them: the store itself has none twice.</summary>
    public static Guid IdOf(string person, Department department, string quarter, StaffCriterionCode figure) =>
        Sha256Digest.IdOf($"figure-contest:{person}:{Kebab.Of(department)}:{quarter}:{Kebab.Of(figure)}");

    /// <summary>The same of what somebody asks; null of who is nobody's staff.</summary>
    public static Guid? IdOf(ContestFigure c, Actor by) => by is { Role: ActorRole.Staff, Department: { } department } ? IdOf(by.Subject, department, c.Quarter, c.Figure) : null;

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    /// <param name="state">The contest so far, which the caller sees; null before it is made.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="asked">Who asks, when, and what the rule knows besides.</param>
    public static Decision<FigureContestFact> Decide(FigureContest? state, FigureContestCommand command, FigureContestAsking asked) => (state, command) switch
    {
        (null, ContestFigure c) => Make(c, asked),
        (null, _) => FigureContestRefusals.NotFound,
        (_, SettleFigureContest c) => state.Settle(c, asked),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule answers it."),
    };

    private static Decision<FigureContestFact> Make(ContestFigure c, FigureContestAsking asked) =>
        Against(c, asked) is { } refused ? refused
            : asked.Figures is not { } figures ? FigureContestRefusals.NothingHandled.At("/quarter")
            : new FigureContested(asked.Now, asked.By, IdOf(c, asked.By)!.Value, asked.By.Department!.Value, c.Quarter, c.Figure, figures.Of(c.Figure), c.Reason);

    /// <summary>What speaks against contesting a figure, whatever there is to contest; null for nothing.</summary>
    public static Refusal? Against(ContestFigure c, FigureContestAsking asked)
    {
        if (IdOf(c, asked.By) is null)
            return FigureContestRefusals.NotYours;
        var quarter = Staff.Quarter.Read(c.Quarter);
        if (Refusal.AllOf(
            [
                .. FigureContestRefusals.QuarterInvalid.At("/quarter").When(quarter is null),
                .. StaffRefusals.TextInvalid.At("/reason").When(!Wording.IsText(c.Reason, Round.LongestText)),
            ]) is { } wrong)
            return wrong;
        if (LegalClock.DayOf(asked.Now) <= quarter!.To)
            return FigureContestRefusals.TooEarly.Because($"{quarter.To:yyyy-MM-dd} 之后提出。", $"It is after {quarter.To:yyyy-MM-dd}.");
        return asked.IsMade ? FigureContestRefusals.ContestedAlready : null;
    }

    private Decision<FigureContestFact> Settle(SettleFigureContest c, FigureContestAsking asked)
    {
        if (!asked.By.IsSupervisor)
            return StaffRefusals.NeedsSupervisor;
        if (asked.By.Subject == Person)
            return FigureContestRefusals.NotOneself;
        if (!Wording.IsText(c.Reason, Round.LongestText))
            return StaffRefusals.TextInvalid.At("/reason");
        return Status == FigureContestStatus.Open ? new FigureContestSettled(asked.Now, asked.By, c.Upheld, c.Reason) : FigureContestRefusals.NotInThisState;
    }

    /// <summary>The contest after one more fact; pure, so that a rebuild reproduces every byte.</summary>
    public static FigureContest Evolve(FigureContest? state, FigureContestFact fact) => ((state, fact) switch
    {
        (null, FigureContested f) => new FigureContest
        {
            Id = f.FigureContestId, Status = FigureContestStatus.Open, Person = f.By.Subject, Department = f.Department, Quarter = f.Quarter, Figure = f.Figure, Share = f.Share, Reason = f.Reason, MadeAt = f.At,
        },
        (null, _) => throw new InvalidOperationException($"A contest begins with a figure's being contested, not with {fact.GetType().Name}."),
        (_, FigureContestSettled f) => state with { Status = f.Upheld ? FigureContestStatus.Upheld : FigureContestStatus.Rejected, SettledFor = f.Reason },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of a contest."),
    }) with
    { Version = (state?.Version ?? 0) + 1 };

    /// <summary>Who contests it, the supervisors of their department and of the service office, and auditors.</summary>
    public FigureContest? SeenBy(Actor viewer, DateTimeOffset now) =>
        (viewer.Role == ActorRole.Staff && viewer.Subject == Person) || viewer.IsAuditor || StaffSight.IsOffices(viewer) || (viewer.IsSupervisor && viewer.Department == Department) ? this : null;
}

/// <summary>That somebody contests a figure.</summary>
/// <param name="Figure">Which one.</param>
/// <param name="Quarter">Of which quarter.</param>
/// <param name="Status">Where that stands.</param>
/// <param name="Contest">The contest's id.</param>
public sealed record ContestedFigure(StaffCriterionCode Figure, string Quarter, FigureContestStatus Status, Guid Contest);
