using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Cases;

// What departments decide on their steps.
public sealed partial record Case
{
    private Decision<CaseFact> Grant(DecideStep c, CaseAsking asked)
    {
        if (Step(c.Step) is { Status: StepStatus.Granted } done && done.Department == asked.By.Department)
            return Repeats(c, done) && (c.Uscc is null || c.Uscc == Applicant.Subject?.Uscc) ? Decision<CaseFact>.Nothing : CaseRefusals.StepNotOpen;
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
            facts.Add(new LicenceDelivered(asked.Now, asked.By, c.Step, licence, Renewal is { KeepsNumber: true } goesOn ? asked.RenewedNow ?? goesOn.Licence : $"{Number}-{Licences.Count + 1}",
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
            return Repeats(c with { Reason = null }, refusedBefore) && grounds == (refusedBefore.Grounds ?? Grounds) ? Decision<CaseFact>.Nothing : CaseRefusals.StepNotOpen;
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

    // What says something else than the decision on record comes too late: to answer as if it held would lose it.
    private static bool Repeats(DecideStep c, StepState decided) =>
        (c.Reason is null || c.Reason == decided.Words?.Reason) && (c.Officer is null || c.Officer == decided.Words?.Officer)
        && (c.Results is null || c.Results.SequenceEqual((decided.Results ?? []).Select(result => new ResultGiven(result.Name, result.File.Id))));

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

    private Case With(StepGranted f) => With(f.Step, s => s with { Status = StepStatus.Granted, DecidedAt = f.At, Results = f.Results, Words = DecisionWords.Of(f.Reason, f.Officer) }) with
    {
        Applicant = f.Uscc is null ? Applicant : Applicant with { Subject = Applicant.Subject! with { Uscc = f.Uscc } },
    };

    // A copy may have taken the place of what is renewed since that was asked for.
    private Case With(LicenceDelivered f) => this with
    {
        Licences = [.. Licences, new(f.Step, f.Licence, f.Number, f.At, f.DeliverBy)],
        Renewal = Renewal is { KeepsNumber: true } ? Renewal with { Licence = f.Number } : Renewal,
    };

    private Case With(string step, Func<StepState, StepState> change) =>
        this with { Steps = [.. Steps.Select(s => s.Code == step ? change(s) : s)] };
}

/// <summary>A department's decision on its step.</summary>
/// <param name="Outcome">A clerk grants; only a supervisor refuses.</param>
/// <param name="Reason">Needed for a refusal.</param>
/// <param name="LegalBasis">Needed for a refusal, and of no other outcome: the provision it rests on.</param>
/// <param name="Remedy">Of a refusal only: what the applicant can do against it besides what the law gives them, which every refusal says.</param>
/// <param name="Uscc">Of the grant by which founders' subject comes into being only: the unified social credit code it is given (统一社会信用代码).</param>
/// <param name="Officer">Who decides, as a system names them: not who took the case on, unless the item is immediate.</param>
/// <param name="FalseMaterials">Of a refusal only: true where it is because false materials were given or facts concealed (行政许可法 art. 78).</param>
/// <param name="Results">Documents for the applicant that come with it (结果文书), 20 at most.</param>
public sealed record DecideStep(
    StepOutcome Outcome, string? Reason = null, string? LegalBasis = null, string? Remedy = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Uscc = null, [property: JsonIgnore(Condition = WhenWritingNull)] Officer? Officer = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] bool? FalseMaterials = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<ResultGiven>? Results = null) : CaseCommand
{
    /// <summary>The step's code, which the address names.</summary>
    [JsonIgnore]
    public string Step { get; init; } = "";
}

/// <summary>How a step is decided.</summary>
public enum StepOutcome { Granted, Refused }

/// <summary>The step's department said yes.</summary>
/// <param name="Officer">Who decided, where the department's system names them; else the department answers for who it was (CASE-16).</param>
/// <param name="Hearing">The number of the hearing on whose minutes it rests (HEAR-2); null where there was none.</param>
/// <param name="Uscc">The code given to what the applicants found, where the step brings it into being (APP-1).</param>
/// <param name="Results">Documents given with the decision (CASE-12); null where there are none.</param>
/// <param name="Rule">The rule, with its version, by which a kiosk decided with nobody at hand (KIOSK-1); null where none did.</param>
[Alias("step_granted")]
public sealed record StepGranted(
    DateTimeOffset At, Actor By, string Step, [Personal] string? Reason, [Personal] string? Uscc = null, Officer? Officer = null, int? Hearing = null,
    IReadOnlyList<ResultDocument>? Results = null, string? Rule = null) : CaseFact(At, By), IStepFact;

/// <summary>A supervisor of the step's department said no, with everything the law asks for (CASE-4).</summary>
/// <param name="Results">Documents given with the decision (CASE-12); null where there are none.</param>
[Alias("step_refused")]
public sealed record StepRefused(
    DateTimeOffset At, Actor By, string Step, RefusalGrounds Grounds, Officer? Officer = null, int? Hearing = null,
    IReadOnlyList<ResultDocument>? Results = null) : CaseFact(At, By), IStepFact;

/// <summary>The step needs no decision any more: what it waited for was refused, or the case ended without it.</summary>
[Alias("step_cancelled")]
public sealed record StepCancelled(DateTimeOffset At, Actor By, string Step, CancelledBecause Because) : CaseFact(At, By), IStepFact;

/// <summary>Why a step ended without a decision.</summary>
public enum CancelledBecause { CaseRefused, CaseWithdrawn, PredecessorRefused, CaseNotAccepted, CaseLapsed }

/// <summary>A granted step delivered what it issues, electronically and so at once (CASE-10).</summary>
/// <param name="DeliverBy">The last day the item's law leaves for delivery: 10 working days where it does not say otherwise.</param>
[Alias("licence_delivered")]
public sealed record LicenceDelivered(
    DateTimeOffset At, Actor By, string Step, IssuedLicence Licence, string Number, DateOnly DeliverBy) : CaseFact(At, By), IStepFact;

/// <summary>A licence (电子证照) the case has delivered (CASE-10).</summary>
/// <param name="Step">The step that issued it.</param>
/// <param name="Licence">Its kind.</param>
/// <param name="Number">Its number.</param>
/// <param name="DeliveredAt">When it was delivered.</param>
/// <param name="DeliverBy">The last day the law left for it.</param>
public sealed record DeliveredLicence(string Step, IssuedLicence Licence, string Number, DateTimeOffset DeliveredAt, DateOnly DeliverBy)
{
    /// <summary>Whoever is shown the case is not shown the licence itself; of what a viewer sees alone, and never stored.</summary>
    [JsonIgnore]
    public bool IsClosed { get; init; }
}

/// <summary>A step as it stands; what it was planned to be stands in <see cref="CasePlan.Steps"/>.</summary>
public sealed record StepState
{
    public required string Code { get; init; }

    /// <summary>The planned department, or the one it was redirected to.</summary>
    public required Department Department { get; init; }
    public required StepStatus Status { get; init; }
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Null until it opens and while its clock stands still, unless it was over before.</summary>
    public DueDate? Due { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Working days that a release before 0.2 added to its limit; 0 where none did.</summary>
    public int ExtendedBy { get; init; }

    /// <summary>Why it was refused; null unless it was.</summary>
    public RefusalGrounds? Grounds { get; init; }

    /// <summary>Documents given with the decision (CASE-12); null where there are none.</summary>
    public IReadOnlyList<ResultDocument>? Results { get; init; }

    /// <summary>What was said with the decision and is not shown, so that one in other words is not taken for the same; null where nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DecisionWords? Words { get; init; }

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

/// <summary>What was said with a decision.</summary>
/// <param name="Reason">Why it was granted; null where nobody said so, or it was refused, whose grounds say it.</param>
/// <param name="Officer">Who decided, where the department's system named them.</param>
public sealed record DecisionWords(string? Reason, Officer? Officer)
{
    internal static DecisionWords? Of(string? reason, Officer? officer) => reason is null && officer is null ? null : new(reason, officer);
}

public static partial class CaseRefusals
{
    public static readonly Refusal StepNotFound = new("case.step-not-found", 404,
        new("办理环节不存在", "The case has no such step"),
        new("该办件没有此环节，或此环节不属于您的部门；办件的 steps 列有全部环节。", "The case has no step of that code, or it is not your department's; steps of the case has the codes of all."));

    public static readonly Refusal StepNotOpen = new("case.step-not-open", 409,
        new("办理环节未开始或已结束", "The step is not open"),
        new("前置环节全部办结后才开始；已决定的环节不能更改。", "It opens when its predecessors are done, and a decided step stays decided."));

    public static readonly Refusal StepNotNamed = new("case.step-not-named", 422,
        new("须指明办理环节", "The step has to be named"),
        new("您的部门在该办件中没有或有多个适用的环节。", "Your department has no fitting step in the case, or several."));

    /// <summary>APP-1.</summary>
    public static readonly Refusal FoundingUscc = new("case.founding-uscc", 422,
        new("统一社会信用代码随设立决定赋予", "The code is given by the decision that founds"),
        new("设立申请中首个核发证照的环节准予时须写明 uscc，其他决定不得填写。",
            "Granting the first step of a founding that issues a licence names the uscc of what is founded; no other decision does."));

    /// <summary>LIC-6: nobody gets by another licence what is to be taken from them.</summary>
    public static readonly Refusal RevocationOpen = new("case.revocation-open", 409,
        new("申请人的同类证照拟被撤销，尚未决定", "A licence of this kind that the applicant holds is to be revoked, and that is not decided yet"),
        new("可以受理，决定是否撤销之后才能准予。", "The application is taken and examined; it is granted only after that decision."));
}
