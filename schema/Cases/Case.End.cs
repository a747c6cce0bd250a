using System.Text.Json.Serialization;
using OneDoor.Catalogue;
using OneDoor.Clock;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Cases;

// What ends a case as a whole.
public sealed partial record Case
{
    private const int LongestAuthority = 200;

    /// <summary>Why the applicant took it back, or what of it was undecided, so that other words are not taken for the same; null where nobody said so.</summary>
    [JsonIgnore(Condition = WhenWritingNull)]
    public string? WithdrawnFor { get; init; }

    // As little as the clock counts of a day: it passes on the first day on which the hall is open.
    private static readonly Limit AMoment = new(0.01m, LimitUnit.HallHours);

    /// <summary>When it ended; null until then. What was withdrawn or has lapsed was never decided: it ended when its last step did.</summary>
    [JsonIgnore]
    public DateTimeOffset? EndedAt => !IsEnded ? null : DecidedAt ?? Steps.Max(s => s.DecidedAt) ?? ChangedAt;

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
        if (NotLeadsSupervisor(asked.By, CaseRefusals.OnlyASupervisorRefuses) is { } refused)
            return refused;
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
        if (NotLeadsSupervisor(asked.By, CaseRefusals.OnlyASupervisorRefuses) is { } refused)
            return refused;
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
            yield return (named == Lead ? CaseRefusals.AlreadyThere.Because($"办件已由{named.Name().Zh}办理。", $"It is with {named.Name().En} already.") : CaseRefusals.RedirectFirst).At("/authority");
    }

    private static bool IsCalled(Department department, string name) =>
        new[] { Kebab.Of(department), department.Name().Zh, department.Name().En }.Contains(name, StringComparer.OrdinalIgnoreCase);

    private Decision<CaseFact> Withdraw(WithdrawCase c, CaseAsking asked)
    {
        if (!SpeaksForApplicant(asked.By))
            return CaseRefusals.NotYourCase;
        if ((Status == CaseStatus.Withdrawn || RestWithdrawnAt is not null) && (c.Reason is null || c.Reason == WithdrawnFor))
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

/// <summary>A refusal with everything the law asks for.</summary>
/// <param name="Reason">Why.</param>
/// <param name="LegalBasis">The provision it rests on.</param>
/// <param name="Remedy">What the applicant can do against it besides what the law gives them, which every refusal says; may be left out.</param>
/// <param name="FalseMaterials">True where it is refused because false materials were given or facts concealed (行政许可法 art. 78).</param>
public sealed record RefuseCase(
    string Reason, string LegalBasis, string? Remedy = null, [property: JsonIgnore(Condition = WhenWritingNull)] bool? FalseMaterials = null) : CaseCommand;

/// <summary>Not accepting an application (不予受理, 行政许可法 arts. 32, 78): told on the day of asking, but for false materials, and no refusal.</summary>
/// <param name="Kind">Which of the three it is.</param>
/// <param name="Reason">Why.</param>
/// <param name="Authority">With kind <c>not-our-competence</c>: the authority that is right, in one line of 1 to 200 characters.</param>
public sealed record DeclineCase(NonAcceptanceKind Kind, string Reason, string? Authority = null) : CaseCommand;

/// <summary>Why an application is not accepted.</summary>
public enum NonAcceptanceKind
{
    /// <summary>The matter needs no licence at all.</summary>
    NoLicenceNeeded,

    /// <summary>The matter is another authority's.</summary>
    NotOurCompetence,

    /// <summary>False materials were given, or facts concealed (提供虚假材料).</summary>
    FalseMaterials,
}

/// <summary>Taking an application back. What joint parties have all signed is withdrawn when each of them has said so.</summary>
/// <param name="Reason">Why; nobody has to say.</param>
public sealed record WithdrawCase(string? Reason = null) : CaseCommand;

/// <summary>Every step is granted.</summary>
[Alias("case_granted")]
public sealed record CaseGranted(DateTimeOffset At, Actor By, Limit Actual) : CaseFact(At, By);

/// <summary>The lead department refused the case as a whole; in releases before 0.2, one step's refusal ended it so, too.</summary>
/// <param name="Step">The refused step; null when the case was refused as a whole, as it always is now.</param>
/// <param name="Grounds">Null only in what a department sees of a case that another one refused.</param>
/// <param name="Actual">Time taken; null when it was never accepted.</param>
[Alias("case_refused")]
public sealed record CaseRefused(
    DateTimeOffset At, Actor By, string? Step, RefusalGrounds? Grounds, Limit? Actual) : CaseFact(At, By);

/// <summary>
/// No step waits or is open any more, and not all are granted: what the case ended with follows from what each authority decided on its
/// own step (CASE-5).
/// </summary>
/// <param name="Outcome"><c>PartlyGranted</c>, or <c>Refused</c> where none is granted.</param>
[Alias("case_ended")]
public sealed record CaseEnded(DateTimeOffset At, Actor By, CaseStatus Outcome, Limit Actual) : CaseFact(At, By);

/// <summary>The applicant took back what was undecided; what was granted stays granted (CASE-6).</summary>
[Alias("rest_withdrawn")]
public sealed record RestWithdrawn(DateTimeOffset At, Actor By, [Personal] string? Reason) : CaseFact(At, By);

/// <summary>
/// Before acceptance, a supervisor of the lead department told the applicant that no licence is needed, that another authority is right, or
/// that false materials were given (BAR-1). No limit ran, and it is no refusal (CASE-13).
/// </summary>
/// <param name="Answer">Null only in what a department sees that is not the lead.</param>
[Alias("case_not_accepted")]
public sealed record CaseNotAccepted(DateTimeOffset At, Actor By, NonAcceptance? Answer) : CaseFact(At, By);

/// <summary>The applicant took the application back, and nothing of it had been decided (CASE-6).</summary>
[Alias("case_withdrawn")]
public sealed record CaseWithdrawn(DateTimeOffset At, Actor By, [Personal] string? Reason) : CaseFact(At, By);

/// <summary>What the law asks of a refusal (不予许可): its basis, its reasons and the remedies open to the applicant.</summary>
/// <param name="LegalBasis">The provision it rests on (法律依据).</param>
/// <param name="Reason">Why (理由).</param>
/// <param name="Remedy">What the applicant can do against it (救济途径): <paramref name="Remedies"/> in words, and what the supervisor added.</param>
/// <param name="Remedies">What the law gives the applicant against it; null for refusals of releases before, which told only <paramref name="Remedy"/>.</param>
/// <param name="FalseMaterials">True where false materials were given or facts concealed (提供虚假材料, 行政许可法 art. 78); absent otherwise.</param>
public sealed record RefusalGrounds(
    [Personal] string LegalBasis, [Personal] string Reason, [Personal] string Remedy, IReadOnlyList<Remedy>? Remedies = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? FalseMaterials = null)
{
    private const string
        RemedyInChinese = "申请人可自收到决定之日起六十日内申请行政复议，或者六个月内提起行政诉讼。",
        RemedyInEnglish = "The applicant may apply for administrative reconsideration within 60 days, or bring an administrative action within six months.";

    /// <summary>
    /// 行政许可法 art. 38: what is stored as the remedy where the supervisor adds nothing. It is read by <see cref="In(string)"/>.
    /// </summary>
    public const string StatutoryRemedy = RemedyInChinese + " " + RemedyInEnglish;

    /// <summary>As a supervisor gives them; the remedies are the law's against who refuses, whatever the supervisor adds (REM-1).</summary>
    public static RefusalGrounds Of(string? legalBasis, string? reason, string? remedy, Department by, bool? falseMaterials = null) =>
        new(legalBasis ?? "", reason ?? "", remedy ?? StatutoryRemedy, [Cases.Remedy.Against(RemedyAct.Refusal, by)], falseMaterials == true ? true : null);

    /// <summary>The grounds as they are read: the law's words in the reader's language, the supervisor's own as they were written.</summary>
    public RefusalGrounds In(string language)
    {
        if (Remedies is null)
            return Remedy == StatutoryRemedy ? this with { Remedy = new Text(RemedyInChinese, RemedyInEnglish).In(language) } : this;
        var law = string.Join(' ', Remedies.Select(remedy => remedy.InWords().In(language)));
        return this with { Remedy = Remedy == StatutoryRemedy ? law : $"{law} {Remedy}", Remedies = [.. Remedies.Select(remedy => remedy.In(language))] };
    }

    /// <summary>A fact as it is read: with its grounds, where it has any, in the reader's language.</summary>
    public static CaseFact In(CaseFact fact, string language) => fact switch
    {
        StepRefused f => f with { Grounds = f.Grounds.In(language) },
        CaseRefused { Grounds: { } grounds } f => f with { Grounds = grounds.In(language) },
        CaseNotAccepted f => f with { Answer = f.Answer?.In(language) },
        CaseLapsed f => f with { Lapse = f.Lapse?.In(language) },
        _ => fact,
    };

    // The remedies follow from who refuses: a refusal said twice is the same one, whatever the department's data are by then.
    public bool Equals(RefusalGrounds? other) => other is not null && (LegalBasis, Reason, Remedy, FalseMaterials) == (other.LegalBasis, other.Reason, other.Remedy, other.FalseMaterials);

    public override int GetHashCode() => HashCode.Combine(LegalBasis, Reason, Remedy, FalseMaterials);
}

/// <summary>That an application is not accepted (不予受理), and why.</summary>
/// <param name="Kind">Which of the three it is.</param>
/// <param name="Authority">The authority that is right; null where no other is.</param>
/// <param name="Reason">Why (理由).</param>
/// <param name="Remedies">What the law gives the applicant against it (救济途径).</param>
public sealed record NonAcceptance(NonAcceptanceKind Kind, [Personal] string? Authority, [Personal] string Reason, IReadOnlyList<Remedy> Remedies)
{
    /// <summary>The same as it is read, with names and addresses for a language tag.</summary>
    public NonAcceptance In(string language) => this with { Remedies = [.. Remedies.Select(remedy => remedy.In(language))] };
}

public static partial class CaseRefusals
{
    /// <summary>CASE-4, 窗口不说NO.</summary>
    public static readonly Refusal OnlyASupervisorRefuses = new("case.only-a-supervisor-refuses", 403,
        new("受理窗口不说NO：只有负责人可以不予许可或不予受理", "A window does not say no: only a supervisor refuses, or does not accept"),
        new("可以受理、容缺受理、一次性告知补正、转办或上报。",
            "A clerk can accept, accept with a deficiency, send a correction notice, redirect or refer upward."));

    /// <summary>CASE-13.</summary>
    public static readonly Refusal AuthorityMissing = new("case.authority-missing", 422,
        new("没有指明有权机关", "The right authority is not named"),
        new("不属于本部门职权的，须用一行1至200个字符告知向哪个机关申请。",
            "Whoever is told that another authority is right is told which, in one line of 1 to 200 characters."));

    /// <summary>CASE-13.</summary>
    public static readonly Refusal RedirectFirst = new("case.redirect-first", 409,
        new("应当转办，而不是不予受理", "It is redirected instead"),
        new("事项载明的部门可以通过转办接手。", "A department the item names takes it over by a referral."));

    /// <summary>CASE-13.</summary>
    public static readonly Refusal NonAcceptanceTooLate = new("case.non-acceptance-too-late", 409,
        new("不予受理应当当日告知", "That a case is not accepted is told on the day of asking"));

    public static readonly Refusal GroundsMissing = new("case.grounds-missing", 422,
        new("不予许可须说明理由和法律依据", "A refusal needs its reason and its legal basis"),
        new("理由和法律依据各须1至2000个字符。", "Reason and legal basis have 1 to 2,000 characters each."));

    /// <summary>CASE-5.</summary>
    public static readonly Refusal StepDecided = new("case.step-decided", 409,
        new("已有环节作出决定", "A step has been decided"),
        new("各部门就自己的环节作出决定；整体不予许可须在首个环节决定之前。",
            "Each department decides its own step; a case is refused as a whole only before the first of them is decided."));
}
