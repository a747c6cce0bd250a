using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using OneDoor.Applicants;

namespace OneDoor.Cases;

// What departments decide on their steps.
public sealed partial record Case
{
    private Decision<CaseFact> Grant(DecideStep c, CaseAsking asked)
    {
        if (Step(c.Step) is { Status: StepStatus.Granted } done && done.Department == asked.By.Department)
            return c.Uscc is null || c.Uscc == Applicant.Subject?.Uscc ? Decision<CaseFact>.Nothing : CaseRefusals.StepNotOpen;
        if (c.Reason is not null && !IsText(c.Reason))
            return CaseRefusals.ReasonMissing.At("/reason");
        if (Decidable(asked.By, c.Step) is { } refused)
            return refused;
        if (Step(c.Step)!.ReferredUpward && !asked.By.IsSupervisor)
            return CaseRefusals.ReferredUpward;
        if ((NotYetDecidable(c, asked) ?? CancellationRefused(c, asked)) is { } waits)
            return waits;
        // LIC-6, BAR-1: whether one is annulled, and what bars from another, is decided first.
        if (asked.IsHeldBack)
            return CaseRefusals.RevocationOpen;
        if (asked.PlacesLeft?.Refused is { } none)
            return none;

        // APP-1: with its licence what they found comes into being, and has its code.
        var founds = Applicant.Subject is { Uscc: null } && Plan.Steps.Where(s => s.Issues is not null).MinBy(s => s.After.Count)?.Code == c.Step;
        if (founds != c.Uscc is not null)
            return CaseRefusals.FoundingUscc.At("/uscc");
        if (founds && !Uscc.IsValid(c.Uscc))
            return ApplicantRefusals.UsccInvalid.At("/uscc");
        if (Refusal.AllOf(ResultsRefused(c.Results ?? [], asked)) is { } unusable)
            return unusable;

        return Decision<CaseFact>.Of(Granted(c, asked));
    }

    private IReadOnlyList<CaseFact> Granted(DecideStep c, CaseAsking asked)
    {
        var granted = new StepGranted(asked.Now, asked.By, c.Step, c.Reason, c.Uscc, c.Officer, HearingOf(c.Step), Kept(c.Results, asked));
        List<CaseFact> facts = [granted];
        if (Plan.Steps.First(s => s.Code == c.Step).Issues is { } licence)
            facts.Add(new LicenceDelivered(asked.Now, asked.By, c.Step, licence, Renewal is { KeepsNumber: true } goesOn ? goesOn.Licence : $"{Number}-{Licences.Count + 1}",
                asked.Clock.Simulate(asked.Now, Plan.DeliverWithin, Hall).DueOn));
        facts.AddRange(Evolve(this, granted).Opening(asked));
        return [.. facts, .. EndAfter(facts, asked)];
    }

    private Decision<CaseFact> Refuse(DecideStep c, CaseAsking asked)
    {
        // A step of another department does not exist for the caller, whoever it is.
        if (NotOwn(asked.By, c.Step) is { } unseen)
            return unseen;
        if (!asked.By.IsSupervisor)
            return CaseRefusals.OnlyASupervisorRefuses;
        var grounds = RefusalGrounds.Of(c.LegalBasis, c.Reason, c.Remedy, Step(c.Step)!.Department, c.FalseMaterials);
        if (Step(c.Step) is { Status: StepStatus.Refused } refusedBefore)
            return grounds == (refusedBefore.Grounds ?? Grounds) ? Decision<CaseFact>.Nothing : CaseRefusals.StepNotOpen;
        if (Plan.Filing)
            return NoRefusalOfAFiling;
        if (GroundsRefused(grounds) is { } incomplete)
            return incomplete;
        if ((Decidable(asked.By, c.Step) ?? NotYetDecidable(c, asked) ?? Refusal.AllOf(ResultsRefused(c.Results ?? [], asked))) is { } refused)
            return refused;
        // CASE-5: a refusal ends its own step and what waits for it, and no other authority's.
        HashSet<string> ending = [c.Step];
        while (Plan.Steps.Any(s => s.After.Any(ending.Contains) && ending.Add(s.Code)))
        {
        }
        CaseFact[] facts =
        [
            new StepRefused(asked.Now, asked.By, c.Step, grounds, c.Officer, HearingOf(c.Step), Kept(c.Results, asked)),
            .. BarredFor(c.FalseMaterials, asked, c.Step),
            .. Cancelled(asked.By, CancelledBecause.PredecessorRefused, asked.Now, Steps.Where(s => s.Code != c.Step && ending.Contains(s.Code))),
        ];
        return Decision<CaseFact>.Of([.. facts, .. EndAfter(facts, asked)]);
    }

    private Decision<CaseFact> Redirect(ReferCase c, CaseAsking asked)
    {
        if (StepToRefer(c, asked, new("转交其他部门", "redirecting a step to another department"), out var step) is { } refused)
            return refused;
        var to = c.Department ?? throw new ArgumentException("It names no department.", nameof(c));
        if (to == step.Department)
            return CaseRefusals.AlreadyThere.At("/department");
        // No department becomes an authority by courtesy: the item names those that are.
        var named = Plan.Departments();
        return named.Contains(to)
            ? new StepRedirected(asked.Now, asked.By, step.Code, step.Department, to, c.Reason)
            : CaseRefusals.DepartmentNotOfItem.Because($"事项载明的部门：{Listed(named)}。", $"The item names: {Listed(named)}.").At("/department");
    }

    private Decision<CaseFact> ReferUpward(ReferCase c, CaseAsking asked)
    {
        if (StepToRefer(c, asked, new("上报负责人", "referring a step upward"), out var step) is { } refused)
            return refused;
        return step.ReferredUpward ? Decision<CaseFact>.Nothing : new StepReferredUpward(asked.Now, asked.By, step.Code, c.Reason);
    }

    // Wherever a step goes: while the case goes on, for a reason, and one's own.
    private Refusal? StepToRefer(ReferCase c, CaseAsking asked, Text doing, [NotNull] out StepState? step)
    {
        step = null!;
        if (IsEnded)
            return InThisState(doing.Zh, doing.En);
        return IsText(c.Reason) ? OwnStep(asked.By, c.Step, s => s.IsUnfinished, out step) : CaseRefusals.ReasonMissing.At("/reason");
    }

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
        return StandsStill(step);
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

    private Case With(StepGranted f) => With(f.Step, s => s with { Status = StepStatus.Granted, DecidedAt = f.At, Results = f.Results }) with
    {
        Applicant = f.Uscc is null ? Applicant : Applicant with { Subject = Applicant.Subject! with { Uscc = f.Uscc } },
    };

    private Case With(string step, Func<StepState, StepState> change) =>
        this with { Steps = [.. Steps.Select(s => s.Code == step ? change(s) : s)] };

    private Case LedAfter(StepRedirected f)
    {
        var first = Plan.Steps.Where(s => s.After.Count == 0).Select(s => s.Code).ToHashSet();
        var stays = f.From != Lead || Wanted.Any(s => s.Department == Lead && (IsAccepted || first.Contains(s.Code)));
        return stays ? this : this with { Lead = f.To };
    }
}

/// <summary>A step as it stands; what it was planned to be stands in <see cref="CasePlan.Steps"/>.</summary>
public sealed record StepState
{
    public required string Code { get; init; }

    /// <summary>The planned department, or the one it was redirected to.</summary>
    public required Department Department { get; init; }
    public required StepStatus Status { get; init; }
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Null until it opens and while its clock stands still.</summary>
    public DueDate? Due { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Working days that a release before 0.2 added to its limit; 0 where none did.</summary>
    public int ExtendedBy { get; init; }

    /// <summary>Why it was refused; null unless it was.</summary>
    public RefusalGrounds? Grounds { get; init; }

    /// <summary>Documents given with the decision (CASE-12); null where there are none.</summary>
    public IReadOnlyList<ResultDocument>? Results { get; init; }

    /// <summary>A clerk left the decision to a supervisor.</summary>
    public bool ReferredUpward { get; init; }

    /// <summary>Why, by what the application says, it is <c>waived</c>; null where it is needed, or somebody chose or decided otherwise (JOINT-2).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Text? NotNeeded { get; init; }

    /// <summary>That it waited for the applicant before it opened, or does; null where it did not (JOINT-6).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StepWait? Awaited { get; init; }

    [JsonIgnore]
    public bool IsUnfinished => Status is StepStatus.Waiting or StepStatus.Open;
}
