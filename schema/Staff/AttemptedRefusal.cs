using OneDoor.Cases;

namespace OneDoor.Staff;

/// <summary>How a clerk wanted to say no.</summary>
public enum AttemptedNo
{
    /// <summary>Refusing a case or a step of it (不予许可).</summary>
    Refusal,

    /// <summary>Not accepting a case (不予受理).</summary>
    NonAcceptance,

    /// <summary>Closing a case for want of an answer (逾期未补正).</summary>
    Lapse,
}

/// <summary>Something that happened to an attempted refusal.</summary>
public abstract record AttemptedRefusalFact(DateTimeOffset At, Actor By) : IFact;

/// <summary>Somebody who is no supervisor tried to say no, and the platform did not let them (窗口不说不, CASE-4).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who tried.</param>
/// <param name="Case">The case; null of a confidential one.</param>
/// <param name="Step">The step of it; null of the whole, and of a confidential case.</param>
/// <param name="Hall">Code of the hall that received it.</param>
/// <param name="Department">For whom they work who tried.</param>
/// <param name="Tried">How they wanted to say no.</param>
/// <param name="Code">Why they were not let, as the code of the refusal they were answered with.</param>
[Alias("attempted_refusal_stopped")]
public sealed record AttemptedRefusalStopped(
    DateTimeOffset At, Actor By, Guid AttemptedRefusalId, Guid? Case, string? Step, string Hall, Department Department, AttemptedNo Tried, string Code) : AttemptedRefusalFact(At, By);

/// <summary>What a clerk tried who may not say no: it is kept apart from the case, which stays as it was, and is never changed.</summary>
public sealed record AttemptedRefusal : IFolded<AttemptedRefusal, AttemptedRefusalFact>
{
    public required Guid Id { get; init; }
    public int Version { get; init; }

    /// <summary>In UTC, the only form of an instant a database column takes.</summary>
    public required DateTimeOffset At { get; init => field = value.ToUniversalTime(); }
    public Guid? Case { get; init; }
    public string? Step { get; init; }
    public required string Hall { get; init; }
    public required Department Department { get; init; }

    /// <summary>The subject of who tried; null of a department's system, which does not say for whom it acts.</summary>
    public string? Person { get; init; }
    public required AttemptedNo Tried { get; init; }
    public required string Code { get; init; }

    /// <summary>What is recorded of a command on a case that was refused; null where its refusal turned nobody away who wanted to turn somebody away.</summary>
    /// <param name="id">The new one's id.</param>
    /// <param name="by">Who tried.</param>
    /// <param name="of">The case as it stood.</param>
    /// <param name="command">What they tried.</param>
    /// <param name="refused">What they were answered.</param>
    public static AttemptedRefusalStopped? Of(Guid id, DateTimeOffset now, Actor by, Case of, CaseCommand command, Refusal refused) =>
        refused.Code != CaseRefusals.OnlyASupervisorRefuses.Code || by.Department is not { } department || Tries(of, command) is not { } tried ? null
            : new(now, by, id, of.Plan.Confidential ? null : of.Id, of.Plan.Confidential ? null : (command as DecideStep)?.Step, of.Hall, department, tried, refused.Code);

    // Who may not is told so whatever stands in the way besides: nobody is turned away where a supervisor could not turn them away either.
    private static AttemptedNo? Tries(Case of, CaseCommand command) => (command, of.Status) switch
    {
        (DecideStep c, CaseStatus.Accepted or CaseStatus.Paused) when of.Step(c.Step) is { IsUnfinished: true } => AttemptedNo.Refusal,
        (RefuseCase, CaseStatus.Accepted or CaseStatus.Paused) when of.Wanted.All(step => step.IsUnfinished) => AttemptedNo.Refusal,
        (DeclineCase, CaseStatus.Submitted or CaseStatus.CorrectionRequested) => AttemptedNo.NonAcceptance,
        (LapseCase, CaseStatus.CorrectionRequested) => AttemptedNo.Lapse,
        _ => null,
    };

    public static AttemptedRefusal Evolve(AttemptedRefusal? state, AttemptedRefusalFact fact) => (state, fact) switch
    {
        (null, AttemptedRefusalStopped f) => new AttemptedRefusal
        {
            Id = f.AttemptedRefusalId, Version = 1, At = f.At, Case = f.Case, Step = f.Step, Hall = f.Hall, Department = f.Department,
            Person = f.By.Role == ActorRole.Staff ? f.By.Subject : null, Tried = f.Tried, Code = f.Code,
        },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} follows nothing of an attempted refusal."),
    };

    /// <summary>Supervisors of the department or the hall, and who tried; auditors. Of a confidential case only the department that answers for who tried (SIGHT-1).</summary>
    public AttemptedRefusal? SeenBy(Actor viewer, DateTimeOffset now) => (Case is not null && viewer.IsAuditor) || ((Case is not null || viewer.Department == Department)
        && StaffSight.Of(viewer, readsStatistics: false).Persons is { } scope && scope.Within(new(Hall, Department, Person)) is not null && (scope.Person is null || scope.Person == Person)) ? this : null;
}

/// <summary>Why an attempted refusal is not shown.</summary>
public static class AttemptedRefusalRefusals
{
    public static readonly Refusal NotFound = new("attempted-refusal.not-found", 404,
        new("没有这个拒办记录", "There is no such attempted refusal"), new("不存在或您无权查看。", "It does not exist, or not for you."));
}
