using System.Text.Json.Serialization;
using OneDoor.Clock;

namespace OneDoor.Cases;

// The limits: when they end, and what comes of those that are near or missed.
public sealed partial record Case
{
    /// <summary>Working days a department has to say why a case is past its promise, before it goes one level up (CLK-8).</summary>
    public const int ExplainWithin = 1;

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

    // By when the lead has to say why it is late, decided or not (CLK-8); null where it has said so, or the law has decided in its place.
    private DateTimeOffset? ExplainBy => Status != CaseStatus.Withdrawn && Renewal?.DeemedAt is null && Delay is { IsOwed: true } ? Delay.ExplainBy : null;

    // From when that is near, once; null where nobody is to be told any more (CLK-7).
    private DateTimeOffset? NearFrom => EndsNext is { } end && (DueSoonAt is null || (DueSoonFor is { } told && told != end))
        ? NearLimits.Zone.From(AcceptedAt!.Value + StoodStill(end == Promised?.At ? Stops : StatutoryStops), end)
        : null;

    private static TimeSpan StoodStill(IEnumerable<Pause> stops) => stops.Aggregate(TimeSpan.Zero, (all, stop) => all + (stop.Until - stop.From ?? TimeSpan.Zero));

    // What of the running clocks has become due: a limit that is near or missed, a reason that is owed, a procedure that takes longer than was told, a pledge.
    private IEnumerable<CaseFact> Overdue(LegalClock clock, DateTimeOffset now)
    {
        // Of what is late already nobody is told that it will be.
        if (NearFrom < now && EndsNext is { } soon && !LegalClock.IsOver(soon, now))
            yield return new CaseDueSoon(now, By: null, soon, [.. Steps.Where(s => s.Status == StepStatus.Open).Select(s => s.Code)]);
        if (LateAfter is { } late && LegalClock.IsOver(late, now))
            yield return Late(late, late, clock, now);
        if (UnlawfulAfter is { } unlawful && LegalClock.IsOver(unlawful, now))
            yield return new StatutoryLimitPassed(now, By: null, unlawful);
        if (LegalClock.IsOver(ExplainBy, now))
            yield return new DelayUnexplained(now, By: null, Delay!.ExplainBy);
        foreach (var pause in Pauses.Where(p => LegalClock.IsOver(p.OverdueOn, now)))
            yield return new PauseOverdue(now, By: null, pause.Number, pause.Step);
        foreach (var pledge in PledgesDue(now))
            yield return pledge;
    }

    private static CaseOverdue Late(DateTimeOffset late, DateTimeOffset known, LegalClock clock, DateTimeOffset now) =>
        new(now, By: null, late, clock.Simulate(known, Limit.WorkingDays(ExplainWithin)).DueAt);

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
        return IsEnded || StatutoryStops.Where(stop => stop.Until is null).All(stop => LegalClock.IsOver(due, stop.From)) ? due : null;
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

    private Limit TimeTaken(LegalClock clock, DateTimeOffset now) => clock.Elapsed(
        AcceptedAt!.Value, now, Promise.Unit, Hall, [.. Stops.Select(stop => stop with { Until = stop.Until ?? now })]);
}

/// <summary>Why a case is past its limit (CLK-8).</summary>
/// <param name="Reason">Why; the applicant is told. Said again, it takes the place of what was said before.</param>
/// <param name="Cause">What kind of reason it is, as the public figures count it; left out, it counts as another.</param>
public sealed record ExplainDelay(string Reason, DelayCause? Cause = null) : CaseCommand;

/// <summary>The holiday notices that provisional limits waited for have come: from now on they end where these say (CLK-2).</summary>
/// <param name="Statutory">The statutory limit's end; null while a pause goes on.</param>
/// <param name="Promised">The promised limit's, or null for the same.</param>
/// <param name="Steps">Ends of the open steps that are not paused.</param>
/// <param name="AcceptBy">When the department's time to answer ends, of a case that waits for that; absent of every other.</param>
[Alias("limits_settled")]
public sealed record LimitsSettled(
    DateTimeOffset At, Actor? By, DueDate? Statutory, DueDate? Promised, IReadOnlyList<StepDue> Steps,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? AcceptBy = null) : CaseFact(At, By);

/// <summary>The end of the case's limit is near (临期, CLK-7), which those are told who have a step open in it and who answer for it.</summary>
/// <param name="By">Null: the clock did it.</param>
/// <param name="DueAt">When it ends: the promised one, or, while the promise stands still and once it is missed, the law's.</param>
/// <param name="Steps">Codes of the steps that are open; a department reads its own.</param>
[Alias("case_due_soon")]
public sealed record CaseDueSoon(DateTimeOffset At, Actor? By, DateTimeOffset DueAt, IReadOnlyList<string> Steps) : CaseFact(At, By);

/// <summary>The case is past its limit (CLK-8).</summary>
/// <param name="DueAt">When that ended.</param>
/// <param name="ExplainBy">By when the lead department has to say why: within one working day of its end or, where that came before an acceptance by law, of when the answer was due.</param>
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

/// <summary>The lead department said why the case is past its limit (CLK-8).</summary>
/// <param name="Cause">What kind of reason it is, as figures count it; absent where it did not say, and in releases before.</param>
[Alias("delay_explained")]
public sealed record DelayExplained(
    DateTimeOffset At, Actor By, [Personal] string Reason, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DelayCause? Cause = null) : CaseFact(At, By);

/// <summary>Nobody said in time why the case is past its limit, which goes to the department's superior (CLK-8).</summary>
/// <param name="ExplainBy">By when the reason was due.</param>
[Alias("delay_unexplained")]
public sealed record DelayUnexplained(DateTimeOffset At, Actor? By, DateTimeOffset ExplainBy) : CaseFact(At, By);

/// <summary>When something falls due.</summary>
/// <param name="On">The day, China Standard Time.</param>
/// <param name="At">The last moment that is still in time.</param>
/// <param name="Provisional">It may still move: a holiday notice that may change the span is not known yet (CLK-2).</param>
public sealed record DueDate(DateOnly On, DateTimeOffset At, bool Provisional);

/// <summary>A step's due date.</summary>
public sealed record StepDue(string Step, DueDate Due);

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
