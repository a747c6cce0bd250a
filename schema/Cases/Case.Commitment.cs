using System.Text.Json.Serialization;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Cases;

// What leaves nothing to weigh is decided by the submission itself: a complete filing (MODE-1), what is committed to (MODE-2 to MODE-5), and
// what a kiosk decides with nobody at hand (KIOSK-1).
public sealed partial record Case
{
    /// <summary>The rule by which a kiosk decides, with its version: the form is answered as it asks, and every required material is there.</summary>
    public const string UnattendedRule = "unattended-1";

    /// <summary>Of whom the rule has to know whether a privilege is suspended; null for nobody.</summary>
    /// <param name="state">The case so far; null before it is submitted.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="asked">Who applies.</param>
    public static IReadOnlyList<string>? MayBeSuspended(Case? state, CaseCommand command, CaseAsking asked) => (state, command) switch
    {
        (null, SubmitCase c) when c.Commitment is not null || c.Pledges is { Count: > 0 } || (c.Channel == Channel.Kiosk && asked.Item?.Item is { } item && StandsInForCommitment(item)) => asked.KnownToWhoAsks,
        ({ } @case, PledgeMaterial) => @case.Applicant.Keys,
        ({ Pledges.Count: > 0 } @case, AcceptCase) => @case.Applicant.Keys,
        _ => null,
    };

    // KIOSK-1: a kiosk renews it by what is there; elsewhere a commitment would, or an examination.
    private static bool StandsInForCommitment(Item item) => item is { Unattended: true, Renewal: not null, Commitment: not null };

    private static IEnumerable<Refusal> CommitmentRefused(SubmitCase c, Item item, IReadOnlyList<CaseFact> proofs, CaseAsking asked)
    {
        if (c.Commitment is not { } given)
            return [];
        if (item.Commitment is not { } rule)
            return [CommitmentRefusals.NotEligible.At("/commitment")];
        // What is renewed by commitment is not granted by it for the first time.
        if (!item.CommitmentEligible && c.Renews is null)
            return [CommitmentRefusals.NotEligible.Because("该事项仅在延续时适用告知承诺，请以 renews 指明所延续的证照。", "By commitment it is only renewed: renews names the licence.").At("/commitment")];
        var proved = proofs.OfType<MaterialsProved>().SelectMany(f => f.Materials.Select(m => m.Code));
        var there = new[] { c.Materials?.Select(m => m.Code), c.Pledges?.Select(p => p.Code), rule.Covers, proved }.SelectMany(codes => codes ?? []).ToHashSet();
        return
        [
            .. CommitmentRefusals.Barred.At("/commitment").When(asked.Suspended.Commitments),
            .. CommitmentRefusals.NotEligible.Because("申请人的同类证照已暂扣或拟撤销。", "A licence of this kind that the applicant holds is suspended, or is to be revoked.").At("/commitment").When(asked.IsHeldBack),
            .. CommitmentRefusals.TermsChanged.At("/commitment/digest").When(given.Digest != SignedTexts.CommitmentTo(item).Digest),
            .. CommitmentRefusals.SignatoryMissing.At("/commitment/signatory").When(!Wording.IsLine(given.Signatory, Signature.LongestSignatory)),
            .. MeetByRefused(given.MeetBy, rule, asked),
            // Nothing is examined and nothing asked for, so what it does not stand in for comes with it.
            .. item.Materials.Where(m => m is { Required: true, NeededBy: MaterialNeed.Submission } && !there.Contains(m.Code)).Select(m => CaseRefusals.MaterialsMissing.Because(
                $"缺{m.Name.Zh}（{m.Code}），承诺不能代替。", $"{m.Name.En} ({m.Code}) is missing, and the commitment does not stand in for it.").At($"/materials/{m.Code}")),
        ];
    }

    private static IEnumerable<Refusal> MeetByRefused(DateOnly? meetBy, ItemCommitment rule, CaseAsking asked)
    {
        if (rule.MeetWithin is not { } within)
            return CommitmentRefusals.MeetByInvalid.Because("该事项的条件须在签署时已经具备，不填写日期。", "The item's conditions are met when it is signed: no day is named.").At("/commitment/meetBy").When(meetBy is not null);
        var (today, last) = (LegalClock.DayOf(asked.Now), asked.Clock.Simulate(asked.Now, within).DueOn);
        return CommitmentRefusals.MeetByInvalid.Because($"须在 {today:yyyy-MM-dd} 至 {last:yyyy-MM-dd} 之间。", $"It lies between {today:yyyy-MM-dd} and {last:yyyy-MM-dd}.")
            .At("/commitment/meetBy").When(meetBy is null || meetBy < today || meetBy > last);
    }

    private static IEnumerable<CaseFact> Committed(SubmitCase c, Item item, CaseAsking asked) => c.Commitment is not { } given ? [] :
        [new CommitmentMade(asked.Now, asked.By, item.Commitment!.Kind, SignedTexts.CommitmentTo(item).Text, given.Digest, given.Signatory!, given.MeetBy)];

    // MODE-1. What the law accepted is past a notice: there is what is missing to wait for.
    private Refusal NoRefusalOfAFiling => IsAccepted
        ? CaseRefusals.FilingNotRefused.Because("已受理的备案等待补齐：缺少的材料交来即完成备案，申请人也可以撤回。", "It is accepted: it is filed when what is missing comes in, or its applicant withdraws it.")
        : CaseRefusals.FilingNotRefused;

    // The receipt is the decision: the department's, by a rule it has published.
    private List<CaseFact> DecidedAtOnce(CaseAsking asked)
    {
        // Whether there is a licence to renew or to cancel, and it may be now, is known of one that is found. MODE-6: what a commitment would renew is examined of whoever is barred from commitments.
        var rule = Commitment is null && !Plan.Filing && Channel == Channel.Kiosk && asked is { By.Applicant: not null, Item.Item: { Unattended: true } item }
            && (item.Renewal is null || Renewal is not null) && (item.Cancels is null || Cancels is not null) && !(asked.Suspended.Commitments && StandsInForCommitment(item)) ? UnattendedRule : null;
        // MODE-1: a filing that was accepted without something is filed when that comes in.
        if (Status != CaseStatus.Submitted && !(Plan.Filing && Status == CaseStatus.Accepted))
            return [];
        if (Commitment is null && ((!Plan.Filing && rule is null) || Plan.Materials.Any(Lacks) || FormRefused(asked.Now).Any()))
            return [];
        var facts = Status == CaseStatus.Accepted ? [] : Accept(Actor.OfPlatform(Lead), officer: null, asked.Now, deemed: false, Pledged(asked.Now), asked.Clock, asked.Now);
        for (var state = facts.Aggregate(this, Evolve); state.Steps.FirstOrDefault(s => s.Status == StepStatus.Open) is { } open;)
        {
            var granted = state.Granted(new DecideStep(StepOutcome.Granted) { Step = open.Code }, asked with { By = Actor.OfPlatform(open.Department) });
            facts.AddRange(granted.Select(fact => fact is StepGranted step ? step with { Rule = rule } : fact));
            state = granted.Aggregate(state, Evolve);
        }
        return facts;
    }

    // MODE-3.
    private Decision<CaseFact> Fulfil(CaseAsking asked)
    {
        if (!SpeaksForApplicant(asked.By))
            return CaseRefusals.NotYourCase;
        if (ReleasedAt is not null || Commitment is not { Kind: CommitmentKind.ToBeMet, MeetBy: { } meetBy, Breach: null })
            return CommitmentRefusals.NothingToMeet;
        if (Commitment.MetAt is not null)
            return Decision<CaseFact>.Nothing;
        if (LegalClock.DayOf(asked.Now) > meetBy)
            return CommitmentRefusals.MetTooLate.Because($"最后一日为 {meetBy:yyyy-MM-dd}，请与监管部门联系。", $"The last day was {meetBy:yyyy-MM-dd}: turn to the supervising department.");
        return new CommitmentFulfilled(asked.Now, asked.By);
    }

    /// <summary>MODE-4: the licence that was had by the commitment was annulled; nothing where there was none, or that is known.</summary>
    /// <param name="at">When.</param>
    /// <param name="by">The supervisor who decided it.</param>
    /// <param name="licence">The licence's number.</param>
    public IReadOnlyList<CaseFact> Breached(DateTimeOffset at, Actor by, string licence) => Commitment is { Breach: null } ? [new CommitmentBreached(at, by, licence)] : [];

    /// <summary>MODE-3, MODE-7: the last licence that it granted has ended, and what was still owed for that is not any more; nothing where nothing was.</summary>
    /// <param name="at">When.</param>
    /// <param name="by">Who ended it; null when the clock did.</param>
    /// <param name="licence">The licence's number.</param>
    /// <param name="isLast">None that it granted besides stands, or what has taken its place.</param>
    public IReadOnlyList<CaseFact> Released(DateTimeOffset at, Actor? by, string licence, bool isLast = true) =>
        // While another stands, or may still be granted, it is owed for that.
        isLast && IsEnded && (CommitmentEndsAt is not null || Owed.Any()) ? [new ObligationsReleased(at, by, licence)] : [];

    // When what was committed to becomes overdue; null where it never does any more.
    private DateTimeOffset? CommitmentEndsAt => ReleasedAt is null ? Commitment?.OverdueAfter : null;
}

/// <summary>A commitment as it is signed.</summary>
/// <param name="Digest">The digest of the item's commitment, as it was read.</param>
/// <param name="Signatory">Who signed: 1 to 100 characters.</param>
/// <param name="MeetBy">The last day on which the conditions are to be met; left out where they are met.</param>
public sealed record CommitmentGiven(string Digest, string? Signatory = null, DateOnly? MeetBy = null);

/// <summary>Filing that the conditions which were to be met are met (承诺条件已具备): from then on the licence authorises what it is for.</summary>
public sealed record FulfilCommitment : CaseCommand;

/// <summary>Which privileges somebody has lost for a time (CRED-1).</summary>
/// <param name="Commitments">Nothing is granted to them by commitment.</param>
/// <param name="Deficiency">Their cases are not accepted with a deficiency.</param>
public sealed record Suspended(bool Commitments, bool Deficiency)
{
    public static readonly Suspended Nothing = new(false, false);
}

/// <summary>The applicant signed a commitment in place of an examination (告知承诺, MODE-2).</summary>
/// <param name="Kind">What it says of the conditions.</param>
/// <param name="Terms">The text that was signed, as it stood then.</param>
/// <param name="Digest">That text's digest.</param>
/// <param name="Signatory">Who signed.</param>
/// <param name="MeetBy">The last day on which the conditions are to be met; null where they are met.</param>
[Alias("commitment_made")]
public sealed record CommitmentMade(
    DateTimeOffset At, Actor By, CommitmentKind Kind, Text Terms, string Digest, [Personal] string Signatory, DateOnly? MeetBy) : CaseFact(At, By);

/// <summary>The applicant filed that the conditions are met which were to be (MODE-3).</summary>
[Alias("commitment_fulfilled")]
public sealed record CommitmentFulfilled(DateTimeOffset At, Actor By) : CaseFact(At, By);

/// <summary>The day passed by which the conditions were to be met, and nobody has filed that they are (MODE-3).</summary>
/// <param name="By">Null: the clock did it.</param>
/// <param name="MeetBy">That day.</param>
[Alias("commitment_overdue")]
public sealed record CommitmentOverdue(DateTimeOffset At, Actor? By, DateOnly MeetBy) : CaseFact(At, By);

/// <summary>What was had by the commitment was annulled, after notice and hearing: it was not true, or not kept (MODE-4).</summary>
/// <param name="Licence">Number of the licence that was annulled.</param>
[Alias("commitment_breached")]
public sealed record CommitmentBreached(DateTimeOffset At, Actor By, string Licence) : CaseFact(At, By);

/// <summary>The licence that it granted has ended: what was still to be met or to be handed in for that is not owed any more.</summary>
/// <param name="By">Who ended it; null when the clock did.</param>
/// <param name="Licence">Number of the licence.</param>
[Alias("obligations_released")]
public sealed record ObligationsReleased(DateTimeOffset At, Actor? By, string Licence) : CaseFact(At, By);

/// <summary>That a commitment was not true, or not kept (违诺).</summary>
/// <param name="Licence">Number of the licence that was annulled.</param>
/// <param name="At">When it was.</param>
public sealed record CommitmentBreach(string Licence, DateTimeOffset At);

/// <summary>A commitment (告知承诺) as it was signed, and what has become of it.</summary>
/// <param name="Kind">What it says of the conditions.</param>
/// <param name="Digest">The digest of what was signed.</param>
/// <param name="Terms">What was signed.</param>
/// <param name="Signatory">Who signed.</param>
/// <param name="SignedAt">When.</param>
/// <param name="MeetBy">The last day on which the conditions are to be met; null where they are met.</param>
/// <param name="MetAt">When it was filed that they are; null until then, and where they were met from the start.</param>
/// <param name="OverdueAt">When it was found that nobody had filed that by the day; null until then.</param>
/// <param name="Breach">That what it brought was annulled; null unless it was.</param>
public sealed record Commitment(
    CommitmentKind Kind, string Digest, Text Terms, string Signatory, DateTimeOffset SignedAt, DateOnly? MeetBy, DateTimeOffset? MetAt = null, DateTimeOffset? OverdueAt = null,
    CommitmentBreach? Breach = null)
{
    /// <summary>Nothing is authorised yet.</summary>
    [JsonIgnore]
    public bool IsToBeMet => Kind == CommitmentKind.ToBeMet && MetAt is null;

    // When it becomes overdue; null where it never does any more.
    internal DateTimeOffset? OverdueAfter => IsToBeMet && OverdueAt is null && Breach is null ? LegalClock.EndOf(MeetBy!.Value) : null;
}

/// <summary>Why nothing is granted by commitment.</summary>
public static class CommitmentRefusals
{
    /// <summary>MODE-5.</summary>
    public static readonly Refusal NotEligible = new("commitment.not-eligible", 422,
        new("该事项不适用告知承诺", "The item is not granted by commitment"),
        new("可以按一般程序申请：不带 commitment 提交。", "It can be applied for the ordinary way: leave commitment out."));

    /// <summary>MODE-2.</summary>
    public static readonly Refusal TermsChanged = new("commitment.terms-changed", 422,
        new("签署的不是现行告知承诺书", "What is signed is not the commitment in force"),
        new("请重新阅读该事项的告知承诺书并以其摘要签署。", "Read the item's commitment again, and sign with its digest."));

    /// <summary>CRED-1.</summary>
    public static readonly Refusal Barred = new("commitment.barred", 403,
        new("申请人暂不适用告知承诺", "Nothing is granted to the applicant by commitment for now"),
        new("有违反承诺的记录；可以按一般程序申请，记录修复后恢复。", "A commitment was breached: the ordinary way is open, and the privilege is back once the record is repaired."));

    public static readonly Refusal SignatoryMissing = new("commitment.signatory-missing", 422,
        new("缺少承诺的签署人", "Nobody has signed the commitment"), new("须为1至100个字符。", "Their name has 1 to 100 characters."));

    /// <summary>MODE-3.</summary>
    public static readonly Refusal MeetByInvalid = new("commitment.meet-by-invalid", 422,
        new("具备条件的日期无效", "The day by which the conditions are to be met is not valid"));

    /// <summary>MODE-3.</summary>
    public static readonly Refusal NothingToMeet = new("commitment.nothing-to-meet", 409,
        new("没有待具备的承诺条件", "No conditions are to be met"),
        new("只有限期具备条件的承诺才须报告。", "Only what was committed to by a day is filed."));

    /// <summary>MODE-3.</summary>
    public static readonly Refusal MetTooLate = new("commitment.met-too-late", 409,
        new("已超过承诺具备条件的日期", "The day by which the conditions were to be met has passed"));
}
