using System.Text.Json.Serialization;
using OneDoor.Clock;

namespace OneDoor.Cases;

// The limits: when they end, what stops and what extends them.
public sealed partial record Case
{
    /// <summary>Working days a department has to say why a case is past its promise, before it goes one level up (CLK-8).</summary>
    public const int ExplainWithin = 1;

    private const int LongestName = 100;

    /// <summary>What was added to the statutory limit; null for nothing.</summary>
    [JsonIgnore]
    public Limit? StatutoryExtension => Extension ?? PromisedExtension;

    /// <summary>What was added to the promised limit as well, as releases before 0.2 did; null for nothing.</summary>
    [JsonIgnore]
    public Limit? PromisedExtension => InWorkingDays(ExtendedBy);

    // CLK-4, 行政许可法 art. 42.
    private Decision<CaseFact> Extend(ExtendLimit c, CaseAsking asked)
    {
        if (NotLead(asked.By) is { } refused)
            return refused;
        if (!asked.By.IsSupervisor)
            return CaseRefusals.OnlyASupervisorExtends;
        if (!IsAccepted)
            return InThisState("延长期限", "extending its limit");
        if (StatutoryExtension is not null)
            return CaseRefusals.AlreadyExtended;
        // What stands still now may have ended before it did.
        if (asked.Clock.Due(AcceptedAt!.Value, Plan.Statutory, Hall, StatutoryStops) is { } due && due.DueAt < asked.Now)
            return CaseRefusals.StatutoryLimitPassed.Because($"法定时限已于{due.DueOn:yyyy-MM-dd}届满。", $"It ended on {due.DueOn:yyyy-MM-dd}.");
        Refusal[] wrong = [.. ExtensionRefused(c.By), .. CaseRefusals.ReasonMissing.At("/reason").When(!IsText(c.Reason))];
        if (Refusal.AllOf(wrong) is { } invalid)
            return invalid;
        return new StatutoryLimitExtended(
            asked.Now, asked.By, c.By, c.Reason, IsOn(StatutoryStops) ? null : (this with { Extension = c.By }).StatutoryDue(asked.Clock, Pauses));
    }

    private IEnumerable<Refusal> ExtensionRefused(Limit by)
    {
        if (Plan.Extension is not { } most)
            return [CaseRefusals.ExtensionOutOfRange.Because("该事项的法律不允许延长。", "The item's law knows no extension.").At("/by")];
        var words = CaseWords.Of(most);
        var refusal = CaseRefusals.ExtensionOutOfRange.Because($"该事项最多延长{words.Zh}。", $"The item's may be extended by {words.En} at most.");
        return by.Unit != most.Unit ? [refusal.At("/by/unit")] : by.Value < 1 || by.Value > most.Value || !decimal.IsInteger(by.Value) ? [refusal.At("/by/value")] : [];
    }

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
            Text[] listed = [.. Plan.SpecialProcedures.Select(special => Clock.Pause.NameOf(special.Procedure))];
            yield return CaseRefusals.ProcedureNotPrescribed.Because(
                $"该事项的特别程序：{(listed.Length == 0 ? "无" : string.Join('、', listed.Select(name => name.Zh)))}。现场核查、征求意见、缴费和申请人自身的延误都不停止计时。",
                $"The item's are: {(listed.Length == 0 ? "none" : string.Join(", ", listed.Select(name => name.En)))}. Site visits, consultations, payment and the applicant's own delay stop no clock.")
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

    // CLK-8, 优化营商环境条例 art. 36.
    private Decision<CaseFact> Explain(ExplainDelay c, CaseAsking asked)
    {
        if (NotLead(asked.By) is { } refused)
            return refused;
        if (Delay is null)
            return CaseRefusals.NotLate;
        if (!IsText(c.Reason))
            return CaseRefusals.ReasonMissing.At("/reason");
        return Delay.Reason == c.Reason && Delay.Cause == c.Cause ? Decision<CaseFact>.Nothing : new DelayExplained(asked.Now, asked.By, c.Reason, c.Cause);
    }

    /// <summary>
    /// Names of what has come of its clocks and stands, which reaches those above (CLK-7, CLK-8): each a <see cref="RaisedMatter"/>; null where nothing has. Stored so that
    /// lists find it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Raised => string.Join(' ', Matters) is { Length: > 0 } names ? names : null;

    private IEnumerable<RaisedMatter> Matters
    {
        get
        {
            if (Status != CaseStatus.Withdrawn && Delay is { RaisedAt: not null, ExplainedAt: null })
                yield return RaisedMatter.DelayUnexplained;
            if (IsAccepted && StatutoryPassedAt is not null)
                yield return RaisedMatter.StatutoryLimitPassed;
        }
    }

    // After when it is late: what was promised, or, where that stands still or ends later, what the law leaves.
    private DateTimeOffset? LateAfter => IsAccepted && Delay is null ? new[] { Promised?.At, Statutory?.At }.Min() : null;

    // After when the law wanted it decided, whatever was promised; null where that has passed, or does not run.
    private DateTimeOffset? UnlawfulAfter => IsAccepted && StatutoryPassedAt is null ? Statutory?.At : null;

    private DateTimeOffset? EndsNext => LateAfter ?? UnlawfulAfter;

    // From when that is near, once; null where nobody is to be told any more (CLK-7).
    private DateTimeOffset? NearFrom => EndsNext is { } end && (DueSoonAt is null || (DueSoonFor is { } told && told != end))
        ? NearLimits.Zone.From(AcceptedAt!.Value + StoodStill(end == Promised?.At ? Stops : StatutoryStops), end)
        : null;

    private static TimeSpan StoodStill(IEnumerable<Pause> stops) => stops.Aggregate(TimeSpan.Zero, (all, stop) => all + (stop.Until - stop.From ?? TimeSpan.Zero));

    // What of the running clocks has become due: a limit that is near or missed, a reason that is owed, a procedure that takes longer than was told, a pledge.
    private IEnumerable<CaseFact> Overdue(LegalClock clock, DateTimeOffset now)
    {
        // Of what is late already nobody is told that it will be.
        if (NearFrom < now && EndsNext is { } soon && now <= soon)
            yield return new CaseDueSoon(now, By: null, soon, [.. Steps.Where(s => s.Status == StepStatus.Open).Select(s => s.Code)]);
        if (LateAfter is { } late && late < now)
            yield return new CaseOverdue(now, By: null, late, clock.Simulate(late, Limit.WorkingDays(ExplainWithin)).DueAt);
        if (UnlawfulAfter is { } unlawful && unlawful < now)
            yield return new StatutoryLimitPassed(now, By: null, unlawful);
        if (Status != CaseStatus.Withdrawn && Delay is { IsOwed: true, ExplainBy: var explainBy } && explainBy < now)
            yield return new DelayUnexplained(now, By: null, explainBy);
        foreach (var pause in Pauses.Where(p => p.OverdueOn < now))
            yield return new PauseOverdue(now, By: null, pause.Number, pause.Step);
        foreach (var pledge in PledgesDue(now))
            yield return pledge;
        if (AwaitsRenewal && Renewal is { } renewal && renewal.LicenceEnds <= now)
            yield return new RenewalDeemed(now, By: null, renewal.Licence, IsAccepted ? TimeTaken(clock, now) : null);
    }

    /// <summary>When the last of its provisional limits ends; null where none is. Stored so that it is found when the notices have come (CLK-2).</summary>
    public DateTimeOffset? ProvisionalUntil => IsAccepted
        ? Steps.Where(s => s.Status == StepStatus.Open).Select(s => s.Due).Append(Statutory).Append(Promised).Where(due => due is { Provisional: true }).Max(due => due!.At.ToUniversalTime() as DateTimeOffset?)
        : AcceptByProvisional ? AcceptBy : null;

    // CLK-2: all limits anew, once the notices they waited for are known.
    private LimitsSettled? Settled(LegalClock clock, DateTimeOffset now)
    {
        if (ProvisionalUntil is not { } until || LegalClock.DayOf(until) > clock.Calendar.SettledUntil)
            return null;
        return !IsAccepted ? new LimitsSettled(now, By: null, Statutory: null, Promised: null, [], AnswerDueAnew(clock)) : new LimitsSettled(now, By: null,
            Statutory is null ? null : StatutoryDue(clock, Pauses),
            Promised is null ? null : PromisedDue(clock, AcceptedAt!.Value, Pauses),
            [.. Steps.Where(s => s is { Status: StepStatus.Open, Due: not null }).Select(s => new StepDue(s.Code, StepDue(s.Code, clock, s.OpenedAt!.Value, AcceptedAt!.Value, Pauses)))]);
    }

    /// <summary>Until when it was promised, also of what ended while its clock stood still; null where nothing is, or the clock stands still.</summary>
    public DateTimeOffset? PromisedUntil(LegalClock clock) => Promised?.At ?? (IsEnded && AcceptedAt is { } accepted ? PromisedDue(clock, accepted, Pauses).At : null);

    /// <summary>Until when the law wanted it decided; null for the same, unless that had passed before the clock stood still.</summary>
    public DateTimeOffset? StatutoryUntil(LegalClock clock)
    {
        if (Statutory is not null || AcceptedAt is null)
            return Statutory?.At;
        var due = StatutoryDue(clock, Pauses).At;
        return IsEnded || StatutoryStops.Where(stop => stop.Until is null).All(stop => stop.From > due) ? due : null;
    }

    private DueDate StatutoryDue(LegalClock clock, IEnumerable<CasePause> pauses) =>
        DueFor(Plan.Statutory, clock, AcceptedAt!.Value, [.. pauses.Select(p => p.Taken), .. Waits.SelectMany(Idle)], StatutoryExtension);

    // Without a step it is what was promised of the whole, which waits for the applicant with any of them.
    private DueDate DueFor(
        Limit limit, LegalClock clock, DateTimeOffset from, string? step = null, Limit? extension = null, IEnumerable<CasePause>? pauses = null)
    {
        var stopped = (pauses ?? Pauses).Where(p => step is null || p.Step == step).Select(p => p.Taken)
            .Concat(Steps.Where(s => step is null || s.Code == step).Select(WaitOf).OfType<Pause>());
        return DueFor(limit, clock, from, stopped, extension);
    }

    // Limits run in the receiving hall's hours.
    private DueDate DueFor(Limit limit, LegalClock clock, DateTimeOffset from, IEnumerable<Pause> stopped, Limit? extension)
    {
        var due = clock.Due(from, limit, Hall, [.. stopped.Where(stop => stop.Until is not null)], extension)
            ?? throw new InvalidOperationException("Only ended pauses are counted, so there is a due date.");
        return new DueDate(due.DueOn, due.DueAt, due.Provisional);
    }

    /// <summary>When what its department has to do in an open step is due: the decision, or, while the clock stands still, the procedure's end.</summary>
    public DateTimeOffset? DueOf(StepState step) => step.Due?.At ?? Pauses.FirstOrDefault(p => p.IsOpen && p.Step == step.Code)?.ExpectedEnd;

    private static Limit? InWorkingDays(int days) => days > 0 ? Limit.WorkingDays(days) : null;

    private Limit TimeTaken(LegalClock clock, DateTimeOffset now) => clock.Elapsed(
        AcceptedAt!.Value, now, Promise.Unit, Hall, [.. Stops.Select(stop => stop with { Until = stop.Until ?? now })]);

    // The end of a case ends its pauses: each has an end (CLK-3).
    private IReadOnlyList<CasePause> PausesUntil(DateTimeOffset end) => [.. Pauses.Select(p => p.IsOpen ? p with { Until = end } : p)];

    // While the clock stands still there is no due date: nobody can know it before the pause ends (CLK-3).
    private Case With(ClockPaused f) => With(f.Step, s => s with { Due = null }) with
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

    private Case? AfterTime(CaseFact fact) => fact switch
    {
        StatutoryLimitExtended f => this with { Extension = f.Extension, Statutory = f.Statutory },
        LimitsSettled { AcceptBy: { } due } => this with { AcceptBy = due, AcceptByProvisional = false },
        LimitsSettled f => f.Steps.Aggregate(this with { Statutory = f.Statutory, Promised = f.Promised }, (c, due) => c.With(due.Step, s => s with { Due = due.Due })),
        PauseOverdue f => With(f),
        SandboxClockMoved f => this with { SandboxClock = new(f.To, f.Since) },
        PledgeDueSoon f => WithOwed(f.Code, pledge => pledge with { RemindedAt = f.At }),
        PledgeMissed f => WithOwed(f.Code, pledge => pledge with { State = PledgeState.Missed }),
        CaseDueSoon f => this with { DueSoonAt = f.At, DueSoonFor = f.DueAt },
        CaseOverdue f => this with { Delay = new(f.DueAt, f.ExplainBy, ByLaw: f.DueAt != Promised?.At && f.DueAt == Statutory?.At) },
        StatutoryLimitPassed f => this with { StatutoryPassedAt = f.At },
        DelayExplained f => this with { Delay = Delay! with { Reason = f.Reason, Cause = f.Cause, ExplainedAt = f.At } },
        DelayUnexplained f => this with { Delay = Delay! with { RaisedAt = f.At } },
        _ => null,
    };

    private Case With(PauseOverdue f) => this with { Pauses = [.. Pauses.Select(p => p.Number == f.Number ? p with { OverdueAt = f.At } : p)] };

    // As releases before 0.2 extended: every limit that ran.
    private Case With(LimitExtended f) => f.Steps.Aggregate(
        this with
        {
            ExtendedBy = f.WorkingDays,
            Statutory = f.Statutory,
            Promised = f.Promised,
            Steps = [.. Steps.Select(s => s.Status == StepStatus.Open ? s with { ExtendedBy = f.WorkingDays } : s)],
        },
        (c, due) => c.With(due.Step, s => s with { Due = due.Due }));
}

/// <summary>The end of the case's limit is near (临期, CLK-7), which those are told who have a step open in it and who answer for it.</summary>
/// <param name="By">Null: the clock did it.</param>
/// <param name="DueAt">When it ends: the promised one, or, while the promise stands still and once it is missed, the law's.</param>
/// <param name="Steps">Codes of the steps that are open; a department reads its own.</param>
[Alias("case_due_soon")]
public sealed record CaseDueSoon(DateTimeOffset At, Actor? By, DateTimeOffset DueAt, IReadOnlyList<string> Steps) : CaseFact(At, By);

/// <summary>The case is past its limit (CLK-8).</summary>
/// <param name="DueAt">When that ended.</param>
/// <param name="ExplainBy">By when the lead department has to say why.</param>
[Alias("case_overdue")]
public sealed record CaseOverdue(DateTimeOffset At, Actor? By, DateTimeOffset DueAt, DateTimeOffset ExplainBy) : CaseFact(At, By);

/// <summary>
/// The law's limit passed and the case is not decided, whatever was promised of it (CLK-7): from the day after its applicant may turn against that (REM-1).
/// Releases before told it by <c>case_overdue</c> alone, and only where no promise had been missed before.
/// </summary>
/// <param name="By">Null: the clock did it.</param>
/// <param name="DueAt">When it ended.</param>
[Alias("statutory_limit_passed")]
public sealed record StatutoryLimitPassed(DateTimeOffset At, Actor? By, DateTimeOffset DueAt) : CaseFact(At, By);

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

/// <summary>What of a case reaches those above who handle it, by the name of the fact that raised it, for as long as it stands.</summary>
public enum RaisedMatter
{
    /// <summary>Nobody has said why it is past its limit.</summary>
    DelayUnexplained,

    /// <summary>The law's limit has passed, and it is not decided.</summary>
    StatutoryLimitPassed,
}

/// <summary>What kind of reason a case is past its limit for (逾期原因), as figures count it.</summary>
public enum DelayCause
{
    /// <summary>办件集中: more came in than was to be expected.</summary>
    Workload,

    /// <summary>情况复杂: the matter itself takes longer.</summary>
    Complexity,

    /// <summary>部门协同: another department had to say something first.</summary>
    Coordination,

    /// <summary>系统故障: a system could not be used.</summary>
    System,

    /// <summary>其他</summary>
    Other,
}

/// <summary>A case is past its limit (CLK-8).</summary>
/// <param name="Since">When that ended: what was promised, or, while the promise stands still, what the law leaves.</param>
/// <param name="ExplainBy">By when the lead department says why: within one working day.</param>
/// <param name="Reason">Why, in its words; null until it has said so, and for a department that does not lead.</param>
/// <param name="ExplainedAt">When it said so.</param>
/// <param name="RaisedAt">When, for want of a reason, it went to the department's superior (上级); null where it did not.</param>
/// <param name="ByLaw">It was the law's limit that ended, and no promise.</param>
/// <param name="Cause">What kind of reason it is; absent where that is not said, and for a department that does not lead.</param>
public sealed record CaseDelay(
    DateTimeOffset Since, DateTimeOffset ExplainBy, string? Reason = null, DateTimeOffset? ExplainedAt = null, DateTimeOffset? RaisedAt = null, bool ByLaw = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DelayCause? Cause = null)
{
    // Nobody has said why yet, and nobody above has been told.
    internal bool IsOwed => ExplainedAt is null && RaisedAt is null;
}
