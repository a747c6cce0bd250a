using System.Text.Json.Serialization;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Cases;

// What ends a case as a whole.
public sealed partial record Case
{
    private const int LongestAuthority = 200;

    // As little as the clock counts of a day: it passes on the first day on which the hall is open.
    private static readonly Limit AMoment = new(0.01m, LimitUnit.HallHours);

    /// <summary>
    /// What the applicant can do against what was decided, and while its clock runs against a step's not being decided within the statutory
    /// limit: each against the authority whose step it is (REM-1). Refusals of releases before told their remedies in words alone.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<Remedy> Remedies =>
    [
        .. Steps.SelectMany(step => (step.Grounds?.Remedies ?? []).Select(remedy => remedy with { Step = step.Code })),
        .. Grounds?.Remedies ?? [],
        .. NonAcceptance?.Remedies ?? [],
        .. Lapsed?.Remedies ?? [],
        .. (Bars ?? []).SelectMany(bar => (bar.Remedies ?? []).Select(remedy => remedy with { Step = bar.Step })),
        .. IsAccepted && Statutory is { } due
            ? Steps.Where(step => step.Status == StepStatus.Open).Select(step => Remedy.AgainstSilenceOf(step.Department, due.On) with { Step = step.Code }) : [],
    ];

    private Decision<CaseFact> Refuse(RefuseCase c, CaseAsking asked)
    {
        if (NotLead(asked.By) is { } refused)
            return refused;
        if (!asked.By.IsSupervisor)
            return CaseRefusals.OnlyASupervisorRefuses;
        var grounds = RefusalGrounds.Of(c.LegalBasis, c.Reason, c.Remedy, Lead, c.FalseMaterials);
        // Grounds that are not those on record come too late: to answer as if they held would lose them.
        if (Status == CaseStatus.Refused && grounds == Grounds)
            return Decision<CaseFact>.Nothing;
        if (IsEnded)
            return InThisState("不予许可", "refusing it");
        if (Plan.Filing)
            return NoRefusalOfAFiling;
        if (!IsAccepted)
            return CaseRefusals.NotAccepted.Because(
                "受理之前没有不予许可；不需许可或者不属于本部门职权的，当日不予受理。",
                "Before it is accepted there is nothing to refuse; what needs no licence, or is another authority's, is not accepted, on the day of asking.");
        if (Wanted.Any(s => !s.IsUnfinished))
            return CaseRefusals.StepDecided;
        if (Hearings.Any(h => h.Minutes is null))
            return CaseRefusals.HearingOpen;
        // It decides all steps at once, and so the one for which there has to be a hearing.
        if (Plan.Hearing == Requirement.Required && Hearings.Count == 0)
            return CaseRefusals.HearingMissing;
        if (HasAccepted(asked.By, officer: null))
            return CaseRefusals.DeciderAccepted;
        if (GroundsRefused(grounds) is { } incomplete)
            return incomplete;
        return Decision<CaseFact>.Of(
        [
            .. Cancelled(asked.By, CancelledBecause.CaseRefused, asked.Now, Steps),
            new CaseRefused(asked.Now, asked.By, Step: null, grounds, TimeTaken(asked.Clock, asked.Now)),
            .. BarredFor(c.FalseMaterials, asked),
        ]);
    }

    private Decision<CaseFact> Decline(DeclineCase c, CaseAsking asked)
    {
        if (NotLead(asked.By) is { } refused)
            return refused;
        if (!asked.By.IsSupervisor)
            return CaseRefusals.OnlyASupervisorRefuses;
        if (NonAcceptance is { } told && (told.Kind, told.Authority, told.Reason) == (c.Kind, c.Authority, c.Reason))
            return Decision<CaseFact>.Nothing;
        if (Status is not (CaseStatus.Submitted or CaseStatus.CorrectionRequested))
            return InThisState("不予受理", "not accepting it");
        if (Refusal.AllOf(DeclineRefused(c)) is { } incomplete)
            return incomplete;
        // What came in after hours is answered on the next day on which the hall is open. That materials are false takes looking into:
        // art. 78 asks for no answer at once, and the five days run as ever.
        var day = asked.Clock.Simulate(MaterialsInAt, AMoment, Hall).DueOn;
        if (c.Kind != NonAcceptanceKind.FalseMaterials && LegalClock.DayOf(asked.Now) > day)
            return CaseRefusals.NonAcceptanceTooLate.Because($"最后一日为 {day:yyyy-MM-dd}。", $"The last day was {day:yyyy-MM-dd}.");
        return Decision<CaseFact>.Of(
        [
            .. Cancelled(asked.By, CancelledBecause.CaseNotAccepted, asked.Now, Steps),
            new CaseNotAccepted(asked.Now, asked.By, new(c.Kind, c.Authority, c.Reason, [Remedy.Against(RemedyAct.NonAcceptance, Lead)])),
            .. BarredFor(c.Kind == NonAcceptanceKind.FalseMaterials, asked),
        ]);
    }

    private IEnumerable<Refusal> DeclineRefused(DeclineCase c)
    {
        if (!IsText(c.Reason))
            yield return CaseRefusals.ReasonMissing.At("/reason");
        if (c.Kind != NonAcceptanceKind.NotOurCompetence)
            yield break;
        if (!Wording.IsLine(c.Authority, LongestAuthority))
            yield return CaseRefusals.AuthorityMissing.At("/authority");
        // Whoever asked is not sent elsewhere where the platform can take the case there (CASE-4).
        else if (Plan.Departments().Where(d => IsCalled(d, c.Authority!.Trim())).ToArray() is [var named])
            yield return (named == Lead ? CaseRefusals.AlreadyThere : CaseRefusals.RedirectFirst).At("/authority");
    }

    private static bool IsCalled(Department department, string name) =>
        new[] { Kebab.Of(department), department.Name().Zh, department.Name().En }.Contains(name, StringComparer.OrdinalIgnoreCase);

    private Decision<CaseFact> Withdraw(WithdrawCase c, CaseAsking asked)
    {
        if (!SpeaksForApplicant(asked.By))
            return CaseRefusals.NotYourCase;
        if (Status == CaseStatus.Withdrawn || RestWithdrawnAt is not null)
            return Decision<CaseFact>.Nothing;
        if (IsEnded)
            return InThisState("撤回", "withdrawing it");
        if (c.Reason is not null && !IsText(c.Reason))
            return CaseRefusals.ReasonMissing.At("/reason");
        return Agree(c, asked) ?? Decision<CaseFact>.Of(Withdrawn(c, asked));
    }

    private IReadOnlyList<CaseFact> Withdrawn(WithdrawCase c, CaseAsking asked)
    {
        var cancelled = Cancelled(asked.By, CancelledBecause.CaseWithdrawn, asked.Now, Steps);
        if (Wanted.All(s => s.IsUnfinished))
            return [.. cancelled, new CaseWithdrawn(asked.Now, asked.By, c.Reason)];
        CaseFact[] facts = [new RestWithdrawn(asked.Now, asked.By, c.Reason), .. cancelled];
        return [.. facts, .. EndAfter(facts, asked)];
    }

    private static IEnumerable<StepCancelled> Cancelled(Actor by, CancelledBecause because, DateTimeOffset now, IEnumerable<StepState> steps) =>
        steps.Where(s => s.IsUnfinished).Select(s => new StepCancelled(now, by, s.Code, because));

    // CASE-5: a case ends when no step waits or is open any more. Of those that end here one at least is decided: what is not is withdrawn.
    private IEnumerable<CaseFact> EndAfter(IEnumerable<CaseFact> facts, CaseAsking asked)
    {
        var steps = facts.Aggregate(this, Evolve).Wanted.ToArray();
        if (steps.Any(s => s.IsUnfinished))
            return [];
        var taken = TimeTaken(asked.Clock, asked.Now);
        return steps.Count(s => s.Status == StepStatus.Granted) switch
        {
            var granted when granted == steps.Length => [new CaseGranted(asked.Now, asked.By, taken)],
            0 => [new CaseEnded(asked.Now, asked.By, CaseStatus.Refused, taken)],
            _ => [new CaseEnded(asked.Now, asked.By, CaseStatus.PartlyGranted, taken)],
        };
    }

    private Case With(CaseRefused f) => this with
    {
        Status = CaseStatus.Refused,
        DecidedAt = f.At,
        Grounds = f.Grounds,
        Actual = f.Actual,
        AcceptBy = null,
        Pauses = PausesUntil(f.At),
    };

    private static Refusal? GroundsRefused(RefusalGrounds grounds)
    {
        (string At, string Text)[] parts = [("/reason", grounds.Reason), ("/legalBasis", grounds.LegalBasis), ("/remedy", grounds.Remedy)];
        return Refusal.AllOf(parts.Where(part => !IsText(part.Text)).Select(part => CaseRefusals.GroundsMissing.At(part.At)));
    }
}
