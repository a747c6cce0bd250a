using OneDoor.Clock;

namespace OneDoor.Cases;

// The limits: when they end, what stops and what extends them.
public sealed partial record Case
{
    /// <summary>Working days of the one extension at most (CLK-4, 行政许可法 art. 42).</summary>
    public const int ExtendAtMost = 10;

    private Decision<CaseFact> Extend(ExtendLimit c, CaseAsking asked)
    {
        if (NotLead(asked.By) is { } refused)
            return refused;
        if (!asked.By.IsSupervisor)
            return CaseRefusals.OnlyASupervisorExtends;
        if (!IsAccepted)
            return InThisState("延长期限", "extending its limits");
        if (ExtendedBy > 0)
            return CaseRefusals.AlreadyExtended;
        Refusal[] wrong =
        [
            .. c.WorkingDays is < 1 or > ExtendAtMost ? [CaseRefusals.ExtensionOutOfRange.At("/workingDays")] : Array.Empty<Refusal>(),
            .. IsText(c.Reason) ? Array.Empty<Refusal>() : [CaseRefusals.ReasonMissing.At("/reason")],
        ];
        if (Refusal.AllOf(wrong) is { } invalid)
            return invalid;
        var still = Pauses.Any(p => p.IsOpen);
        return new LimitExtended(asked.Now, asked.By, c.WorkingDays, c.Reason,
            still ? null : DueFor(Plan.Statutory, asked.Clock, AcceptedAt!.Value, extendedBy: c.WorkingDays),
            still ? null : DueFor(Plan.Promised, asked.Clock, AcceptedAt!.Value, extendedBy: c.WorkingDays),
            [
                .. Steps.Where(s => s.Status == StepStatus.Open && s.Due is not null)
                    .Select(s => new StepDue(s.Code, StepDueFor(s, asked.Clock, c.WorkingDays))),
            ]);
    }

    private Decision<CaseFact> Pause(PauseClock c, CaseAsking asked)
    {
        if (!IsAccepted)
            return InThisState("暂停计时", "pausing the clock");
        if (c.Note is not null && !IsText(c.Note))
            return CaseRefusals.ReasonMissing.At("/note");
        if (OwnStep(asked.By, c.Step, s => s.Status == StepStatus.Open, out var step) is { } refused)
            return refused;
        return Pauses.Any(p => p.IsOpen && p.Step == step.Code)
            ? CaseRefusals.ClockPaused
            : new ClockPaused(asked.Now, asked.By, Pauses.Count + 1, step.Code, c.Reason, c.Note);
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
        var pauses = Pauses.Select(p => p == pause ? p with { Until = asked.Now } : p).ToArray();
        var still = pauses.Any(p => p.IsOpen);
        return new ClockResumed(asked.Now, asked.By, pause.Number, pause.Step, StepDueFor(Step(pause.Step)!, asked.Clock, Step(pause.Step)!.ExtendedBy, pauses),
            still ? null : DueFor(Plan.Statutory, asked.Clock, AcceptedAt!.Value, extendedBy: ExtendedBy, pauses: pauses),
            still ? null : DueFor(Plan.Promised, asked.Clock, AcceptedAt!.Value, extendedBy: ExtendedBy, pauses: pauses));
    }

    // Limits run in the receiving hall's hours.
    private DueDate DueFor(Limit limit, LegalClock clock, DateTimeOffset from, string? step = null, int extendedBy = 0, IEnumerable<CasePause>? pauses = null)
    {
        var stopped = (pauses ?? Pauses).Where(p => !p.IsOpen && (step is null || p.Step == step));
        var due = clock.Due(from, limit, Hall, [.. stopped.Select(p => new Pause(p.Reason, p.From, p.Until))], extendedBy > 0 ? Limit.WorkingDays(extendedBy) : null)
            ?? throw new InvalidOperationException("Only ended pauses are counted, so there is a due date.");
        return new DueDate(due.DueOn, due.DueAt, due.Provisional);
    }

    private DueDate StepDueFor(StepState step, LegalClock clock, int extendedBy, IEnumerable<CasePause>? pauses = null) =>
        DueFor(Plan.Steps.First(s => s.Code == step.Code).Limit, clock, step.OpenedAt!.Value, step.Code, extendedBy, pauses);

    private Limit TimeTaken(LegalClock clock, DateTimeOffset now) => clock.Elapsed(
        AcceptedAt!.Value, now, Plan.Promised.Unit, Hall, [.. Pauses.Select(p => new Pause(p.Reason, p.From, p.Until ?? now))]);

    // The end of a case ends its pauses: each has an end (CLK-3).
    private IReadOnlyList<CasePause> PausesUntil(DateTimeOffset end) => [.. Pauses.Select(p => p.IsOpen ? p with { Until = end } : p)];

    // While the clock stands still there is no due date: nobody can know it before the pause ends (CLK-3).
    private Case With(ClockPaused f) => With(f.Step, s => s with { Due = null }) with
    {
        Status = CaseStatus.Paused,
        Statutory = null,
        Promised = null,
        Pauses = [.. Pauses, new CasePause(f.Number, f.Step, f.Reason, f.Note, f.At, Until: null)],
    };

    private Case With(ClockResumed f)
    {
        var pauses = Pauses.Select(p => p.Number == f.Number ? p with { Until = f.At } : p).ToArray();
        return With(f.Step, s => s with { Due = f.StepDue }) with
        {
            Pauses = pauses,
            Status = pauses.Any(p => p.IsOpen) ? CaseStatus.Paused : CaseStatus.Accepted,
            Statutory = f.Statutory,
            Promised = f.Promised,
        };
    }
}
