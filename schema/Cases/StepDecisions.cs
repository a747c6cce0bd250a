using System.Diagnostics.CodeAnalysis;
using OneDoor.Clock;

namespace OneDoor.Cases;

// What is decided about a running case: its steps, its clock and its end.
public sealed partial record Case
{
    private Decision<CaseFact> Grant(GrantStep c, LegalClock clock, DateTimeOffset now)
    {
        if (Step(c.Step) is { Status: StepStatus.Granted } done && done.Department == c.By.Department)
            return Decision<CaseFact>.Nothing;
        if (c.Reason is not null && !IsText(c.Reason))
            return CaseRefusals.ReasonMissing.At("/reason");
        if (Decidable(c.By, c.Step) is { } refused)
            return refused;
        if (Step(c.Step)!.ReferredUpward && !c.By.IsSupervisor)
            return CaseRefusals.ReferredUpward;

        List<CaseFact> facts = [new StepGranted(now, c.By, c.Step, c.Reason)];
        if (Plan.Steps.First(s => s.Code == c.Step).Issues is { } licence)
            facts.Add(new LicenceDelivered(now, c.By, c.Step, licence, $"{Number}-{Licences.Count + 1}",
                clock.Due(now, Limit.WorkingDays(DeliverWithin), hall: null, [], 0)!.DueOn));

        // CASE-5: a step opens when its last predecessor is granted; the case is granted when every step is.
        var granted = Steps.Where(s => s.Status == StepStatus.Granted).Select(s => s.Code).Append(c.Step).ToHashSet();
        facts.AddRange(Plan.Steps
            .Where(s => s.After.Contains(c.Step) && s.After.All(granted.Contains))
            .Select(s => new StepOpened(now, c.By, s.Code, now, DueFor(s.Limit, clock, now, s.Code))));
        if (granted.Count == Steps.Count)
            facts.Add(new CaseGranted(now, c.By, TimeTaken(clock, now)));
        return Decision<CaseFact>.Of(facts);
    }

    private Decision<CaseFact> Refuse(RefuseStep c, LegalClock clock, DateTimeOffset now)
    {
        // A step of another department does not exist for the caller, whoever it is.
        if (NotOwn(c.By, c.Step) is { } unseen)
            return unseen;
        if (!c.By.IsSupervisor)
            return CaseRefusals.OnlyASupervisorRefuses;
        if (Step(c.Step) is { Status: StepStatus.Refused })
            return Repeated(c, c.Grounds);
        if (GroundsRefused(c.Grounds) is { } incomplete)
            return incomplete;
        if (Decidable(c.By, c.Step) is { } refused)
            return refused;
        // CASE-5: one refusal ends the case, and the steps still open are told so.
        return Decision<CaseFact>.Of(
        [
            new StepRefused(now, c.By, c.Step, c.Grounds),
            .. Cancelled(c.By, CancelledBecause.CaseRefused, now, except: c.Step),
            new CaseRefused(now, c.By, c.Step, c.Grounds, TimeTaken(clock, now)),
        ]);
    }

    private Decision<CaseFact> Refuse(RefuseCase c, LegalClock clock, DateTimeOffset now)
    {
        if (NotLead(c.By) is { } refused)
            return refused;
        if (!c.By.IsSupervisor)
            return CaseRefusals.OnlyASupervisorRefuses;
        if (Status == CaseStatus.Refused)
            return Repeated(c, c.Grounds);
        if (IsEnded)
            return InThisState(c);
        if (GroundsRefused(c.Grounds) is { } incomplete)
            return incomplete;
        return Decision<CaseFact>.Of(
        [
            .. Cancelled(c.By, CancelledBecause.CaseRefused, now),
            new CaseRefused(now, c.By, Step: null, c.Grounds, AcceptedAt is null ? null : TimeTaken(clock, now)),
        ]);
    }

    private Decision<CaseFact> Withdraw(WithdrawCase c, DateTimeOffset now)
    {
        if (!IsApplicants(c.By))
            return CaseRefusals.NotYourCase;
        if (Status == CaseStatus.Withdrawn)
            return Decision<CaseFact>.Nothing;
        if (IsEnded)
            return InThisState(c);
        if (c.Reason is not null && !IsText(c.Reason))
            return CaseRefusals.ReasonMissing.At("/reason");
        return Decision<CaseFact>.Of(
            [.. Cancelled(c.By, CancelledBecause.CaseWithdrawn, now), new CaseWithdrawn(now, c.By, c.Reason)]);
    }

    private Decision<CaseFact> Extend(ExtendLimit c, LegalClock clock, DateTimeOffset now)
    {
        if (NotLead(c.By) is { } refused)
            return refused;
        if (!c.By.IsSupervisor)
            return CaseRefusals.OnlyASupervisorExtends;
        if (!IsAccepted)
            return InThisState(c);
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
        return new LimitExtended(now, c.By, c.WorkingDays, c.Reason,
            still ? null : DueFor(Plan.Statutory, clock, AcceptedAt!.Value, extendedBy: c.WorkingDays),
            still ? null : DueFor(Plan.Promised, clock, AcceptedAt!.Value, extendedBy: c.WorkingDays),
            [
                .. Steps.Where(s => s.Status == StepStatus.Open && s.Due is not null)
                    .Select(s => new StepDue(s.Code, StepDueFor(s, clock, c.WorkingDays))),
            ]);
    }

    private Decision<CaseFact> Pause(PauseClock c, DateTimeOffset now)
    {
        if (!IsAccepted)
            return InThisState(c);
        if (c.Note is not null && !IsText(c.Note))
            return CaseRefusals.ReasonMissing.At("/note");
        if (OwnStep(c.By, c.Step, s => s.Status == StepStatus.Open, out var step) is { } refused)
            return refused;
        return Pauses.Any(p => p.IsOpen && p.Step == step.Code)
            ? CaseRefusals.ClockPaused
            : new ClockPaused(now, c.By, Pauses.Count + 1, step.Code, c.Reason, c.Note);
    }

    private Decision<CaseFact> Resume(ResumeClock c, LegalClock clock, DateTimeOffset now)
    {
        var pause = Pauses.FirstOrDefault(p => p.Number == c.Number);
        // Another department's pause does not exist for the caller.
        if (pause is null || NotOwn(c.By, pause.Step) is not null)
            return CaseRefusals.PauseNotFound;
        if (!pause.IsOpen)
            return Decision<CaseFact>.Nothing;
        if (!IsAccepted)
            return InThisState(c);
        var pauses = Pauses.Select(p => p == pause ? p with { Until = now } : p).ToArray();
        var still = pauses.Any(p => p.IsOpen);
        return new ClockResumed(now, c.By, pause.Number, pause.Step, StepDueFor(Step(pause.Step)!, clock, Step(pause.Step)!.ExtendedBy, pauses),
            still ? null : DueFor(Plan.Statutory, clock, AcceptedAt!.Value, extendedBy: ExtendedBy, pauses: pauses),
            still ? null : DueFor(Plan.Promised, clock, AcceptedAt!.Value, extendedBy: ExtendedBy, pauses: pauses));
    }

    private DueDate StepDueFor(StepState step, LegalClock clock, int extendedBy, IEnumerable<CasePause>? pauses = null) =>
        DueFor(Plan.Steps.First(s => s.Code == step.Code).Limit, clock, step.OpenedAt!.Value, step.Code, extendedBy, pauses);

    private Limit TimeTaken(LegalClock clock, DateTimeOffset now) => clock.Elapsed(
        AcceptedAt!.Value, now, Plan.Promised.Unit, Hall, [.. Pauses.Select(p => new Pause(p.Reason, p.From, p.Until ?? now))]);

    private IEnumerable<StepCancelled> Cancelled(Actor by, CancelledBecause because, DateTimeOffset now, string? except = null) =>
        Steps.Where(s => s.IsUnfinished && s.Code != except).Select(s => new StepCancelled(now, by, s.Code, because));

    // JOINT-3: a department sees its own steps and nothing else, so another's is answered like one that does not exist.
    private Refusal? NotOwn(Actor by, string step) =>
        by.Department is { } own && Step(step)?.Department == own ? null : CaseRefusals.StepNotFound;

    private Refusal? Decidable(Actor by, string step)
    {
        if (NotOwn(by, step) is { } refused)
            return refused;
        if (Status is CaseStatus.Submitted or CaseStatus.CorrectionRequested)
            return CaseRefusals.NotAccepted;
        if (Step(step)!.Status != StepStatus.Open)
            return CaseRefusals.StepNotOpen;
        return Pauses.Any(p => p.IsOpen && p.Step == step) ? CaseRefusals.ClockPaused : null;
    }

    private Refusal? OwnStep(Actor by, string? named, Func<StepState, bool> fits, [NotNull] out StepState? step)
    {
        step = null!;
        if (named is not null)
        {
            if (NotOwn(by, named) is { } refused)
                return refused;
            step = Step(named)!;
            return fits(step) ? null : CaseRefusals.StepNotOpen;
        }
        var own = Steps.Where(s => s.Department == by.Department && fits(s)).ToArray();
        if (own.Length != 1)
            return CaseRefusals.StepNotNamed.At("/step");
        step = own[0];
        return null;
    }

    // Grounds that are not those on record come too late: to answer as if they held would lose them.
    private Decision<CaseFact> Repeated(CaseCommand refusal, RefusalGrounds grounds) =>
        grounds == Grounds ? Decision<CaseFact>.Nothing : InThisState(refusal);

    private static Refusal? GroundsRefused(RefusalGrounds grounds)
    {
        (string At, string Text)[] parts = [("/reason", grounds.Reason), ("/legalBasis", grounds.LegalBasis), ("/remedy", grounds.Remedy)];
        return Refusal.AllOf(parts.Where(part => !IsText(part.Text)).Select(part => CaseRefusals.GroundsMissing.At(part.At)));
    }
}
