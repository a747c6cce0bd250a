using System.Text.Json.Serialization;
using OneDoor.Clock;

namespace OneDoor.Cases;

// When a step's clock stands still for a special procedure (CLK-3).
public sealed partial record Case
{
    // CLK-3, 行政许可法 art. 45.
    private Decision<CaseFact> Pause(PauseClock c, CaseAsking asked)
    {
        if (!IsAccepted)
            return InThisState("暂停计时", "pausing the clock");
        if (OwnStep(asked.By, c.Step, s => s.Status == StepStatus.Open, out var step) is { } refused)
            return refused;
        if (Refusal.AllOf(PauseRefused(c, LegalClock.DayOf(asked.Now))) is { } wrong)
            return wrong;
        return Pauses.Any(p => p.IsOpen && p.Step == step.Code)
            ? CaseRefusals.ClockPaused
            : new ClockPaused(asked.Now, asked.By, Pauses.Count + 1, step.Code, c.Reason, c.Note, c.LegalBasis, c.ExpectedUntil, c.CarriedOutBy);
    }

    private IEnumerable<Refusal> PauseRefused(PauseClock c, DateOnly today)
    {
        if (c.Reason == PauseReason.Hearing)
            yield return CaseRefusals.ProcedureNotPrescribed.Because(
                "听证须按听证程序组织，自组织之时起至笔录签字之日止不计入期限。", "A hearing is called as one, and stops the clock from then until its minutes are signed.").At("/reason");
        else if (Plan.SpecialProcedures.All(special => special.Procedure != c.Reason))
        {
            var listed = Plan.SpecialProcedures.Count == 0 ? new("无", "none") : Text.List([.. Plan.SpecialProcedures.Select(special => Clock.Pause.NameOf(special.Procedure))]);
            yield return CaseRefusals.ProcedureNotPrescribed.Because(
                $"该事项的特别程序：{listed.Zh}。现场核查、征求意见、缴费和申请人自身的延误都不停止计时。",
                $"The item's are: {listed.En}. Site visits, consultations, payment and the applicant's own delay stop no clock.")
                .At("/reason");
        }
        if (!IsText(c.LegalBasis))
            yield return CaseRefusals.PauseIncomplete.At("/legalBasis");
        if (!Wording.IsLine(c.CarriedOutBy, LongestName))
            yield return CaseRefusals.PauseIncomplete.At("/carriedOutBy");
        if (c.ExpectedUntil < today || c.ExpectedUntil.Year > LegalClock.LastYear)
            yield return CaseRefusals.ExpectedUntilInvalid.At("/expectedUntil");
        if (c.Note is not null && !IsText(c.Note))
            yield return CaseRefusals.ReasonMissing.At("/note");
    }

    private Decision<CaseFact> Resume(ResumeClock c, CaseAsking asked)
    {
        var pause = Pauses.FirstOrDefault(p => p.Number == c.Pause);
        // Another department's pause does not exist for the caller.
        if (pause is null || NotOwn(asked.By, pause.Step) is not null)
            return CaseRefusals.PauseNotFound;
        if (!pause.IsOpen)
            return Decision<CaseFact>.Nothing;
        if (!IsAccepted)
            return InThisState("恢复计时", "ending a pause");
        return IsHearing(pause.Step) ? CaseRefusals.HearingOpen : Resumed(pause, asked);
    }

    private ClockResumed Resumed(CasePause pause, CaseAsking asked, DateTimeOffset? until = null)
    {
        var pauses = Pauses.Select(p => p == pause ? p with { Until = until ?? asked.Now } : p).ToArray();
        var after = this with { Pauses = pauses };
        var step = Step(pause.Step)!;
        return new ClockResumed(asked.Now, asked.By, pause.Number, pause.Step,
            StepDue(step.Code, asked.Clock, step.OpenedAt!.Value, AcceptedAt!.Value, pauses),
            IsOn(after.StatutoryStops) ? null : StatutoryDue(asked.Clock, pauses),
            after.IsStopped ? null : PromisedDue(asked.Clock, AcceptedAt!.Value, pauses),
            until);
    }

    // The end of a case ends its pauses: each has an end (CLK-3).
    private IReadOnlyList<CasePause> PausesUntil(DateTimeOffset end) => [.. Pauses.Select(p => p.IsOpen ? p with { Until = end } : p)];

    // While the clock stands still there is no due date: nobody can know it before the pause ends (CLK-3). What was over stays so: it is still asked for (CLK-7).
    private Case With(ClockPaused f) => With(f.Step, s => s with { Due = LegalClock.IsOver(s.Due?.At, f.At) ? s.Due : null }) with
    {
        Status = CaseStatus.Paused,
        Statutory = null,
        Promised = null,
        Pauses = [.. Pauses, new CasePause(f.Number, f.Step, f.Reason, f.Note, f.At, Until: null, f.LegalBasis, f.ExpectedUntil, f.CarriedOutBy)],
    };

    private Case With(ClockResumed f)
    {
        var pauses = Pauses.Select(p => p.Number == f.Number ? p with { Until = f.Until ?? f.At } : p).ToArray();
        var resumed = With(f.Step, s => s with { Due = f.StepDue }) with { Pauses = pauses };
        return resumed with
        {
            Status = resumed.IsStopped ? CaseStatus.Paused : CaseStatus.Accepted,
            Statutory = f.Statutory,
            Promised = f.Promised,
        };
    }
}

/// <summary>Stopping a step's clock for a special procedure (行政许可法 art. 45).</summary>
/// <param name="Reason">The procedure: one of the item's <c>specialProcedures</c>.</param>
/// <param name="LegalBasis">The provision that prescribes it.</param>
/// <param name="ExpectedUntil">The day by which it is to end; the applicant is told.</param>
/// <param name="CarriedOutBy">Who carries it out, in 1 to 100 characters.</param>
/// <param name="Step">May be left out where the department has one open step.</param>
/// <param name="Note">What the applicant is told besides.</param>
public sealed record PauseClock(
    PauseReason Reason, string LegalBasis, DateOnly ExpectedUntil, string CarriedOutBy, string? Step = null, string? Note = null) : CaseCommand;

/// <summary>Letting the clock run again.</summary>
public sealed record ResumeClock : CaseCommand
{
    /// <summary>The pause's number, which the address names.</summary>
    [JsonIgnore]
    public int Pause { get; init; }
}

/// <summary>The clock of a step stands still (CLK-3); the applicant is told why.</summary>
/// <param name="Number">Counts the case's pauses from 1.</param>
/// <param name="Reason">The special procedure that takes the time.</param>
/// <param name="LegalBasis">The provision that prescribes it; null for pauses of releases before 0.2.</param>
/// <param name="ExpectedUntil">The day by which it is to end, as the applicant is told; null for the same.</param>
/// <param name="CarriedOutBy">Who carries it out; null for the same.</param>
[Alias("clock_paused")]
public sealed record ClockPaused(
    DateTimeOffset At, Actor By, int Number, string Step, PauseReason Reason, [Personal] string? Note,
    [Personal] string? LegalBasis = null, DateOnly? ExpectedUntil = null, [Personal] string? CarriedOutBy = null) : CaseFact(At, By), IStepFact;

/// <summary>A special procedure takes longer than the applicant was told, which reaches the step's supervisor (CLK-3).</summary>
/// <param name="Number">The pause's number.</param>
[Alias("pause_overdue")]
public sealed record PauseOverdue(DateTimeOffset At, Actor? By, int Number, string Step) : CaseFact(At, By), IStepFact;

/// <summary>The pause is over.</summary>
/// <param name="StepDue">The paused step's new due date.</param>
/// <param name="Statutory">The case's, or null while another pause goes on.</param>
/// <param name="Promised">The case's, or null while another pause goes on.</param>
/// <param name="Until">When it ended, where that was before it was recorded.</param>
[Alias("clock_resumed")]
public sealed record ClockResumed(
    DateTimeOffset At, Actor By, int Number, string Step, DueDate StepDue, DueDate? Statutory, DueDate? Promised, DateTimeOffset? Until = null) : CaseFact(At, By), IStepFact;

/// <summary>A time during which a step's clock stood still (中止, CLK-3).</summary>
/// <param name="Number">Counts the case's pauses from 1.</param>
/// <param name="Step">The step's code.</param>
/// <param name="Reason">The special procedure, one of those the law names.</param>
/// <param name="Note">What the applicant was told besides.</param>
/// <param name="From">When it began.</param>
/// <param name="Until">When it ended; null while it goes on.</param>
/// <param name="LegalBasis">The provision that prescribes the procedure; null for pauses of releases before 0.2.</param>
/// <param name="ExpectedUntil">The day by which it was to end, as the applicant was told; null for the same.</param>
/// <param name="CarriedOutBy">Who carries the procedure out; null for the same.</param>
/// <param name="OverdueAt">When it was found to take longer than was told, which reaches the step's supervisor; null while it does not.</param>
public sealed record CasePause(
    int Number, string Step, PauseReason Reason, string? Note, DateTimeOffset From, DateTimeOffset? Until,
    string? LegalBasis = null, DateOnly? ExpectedUntil = null, string? CarriedOutBy = null, DateTimeOffset? OverdueAt = null)
{
    [JsonIgnore]
    public bool IsOpen => Until is null;

    // As the clock counts it.
    internal Pause Taken => new(Reason, From, Until);

    // When the day ends by which it was to, while it goes on.
    internal DateTimeOffset? ExpectedEnd => IsOpen && ExpectedUntil is { } day ? LegalClock.EndOf(day) : null;

    internal DateTimeOffset? OverdueOn => OverdueAt is null ? ExpectedEnd : null;
}

public static partial class CaseRefusals
{
    public static readonly Refusal PauseNotFound = new("case.pause-not-found", 404,
        new("该暂停不存在或已结束", "There is no such pause going on"));

    public static readonly Refusal ClockPaused = new("case.clock-paused", 409,
        new("该环节计时已暂停", "The step's clock stands still"), new("先结束暂停。", "End the pause first."));

    /// <summary>CLK-3.</summary>
    public static readonly Refusal ProcedureNotPrescribed = new("case.procedure-not-prescribed", 422,
        new("事项的法律没有规定该特别程序", "The item's law prescribes no such procedure"),
        new("只有事项列明的特别程序所需时间不计入期限。", "Only the time of procedures that the item lists does not count."));

    public static readonly Refusal PauseIncomplete = new("case.pause-incomplete", 422,
        new("暂停须写明依据和实施机构", "A pause names its legal basis and who carries the procedure out"),
        new("依据须为1至2000个字符，实施机构须为1至100个字符。", "The basis has 1 to 2,000 characters, who carries it out 1 to 100."));

    public static readonly Refusal ExpectedUntilInvalid = new("case.expected-until-invalid", 422,
        new("预计结束日期无效", "The expected end is invalid"), new("不得早于今天，也不得晚于2100年。", "It is not before today, nor after the year 2100."));
}
