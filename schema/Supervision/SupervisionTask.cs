using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Licences;

namespace OneDoor.Supervision;

/// <summary>Where a supervision task stands (状态).</summary>
public enum SupervisionStatus
{
    Opened,
    Acknowledged,

    /// <summary>A breach was found, and it is to be put right by a day (整改中).</summary>
    Rectifying,
    InOrder,
    Rectified,

    /// <summary>It was not put right: whether the licence is annulled is decided after notice and hearing.</summary>
    NotRectified,

    /// <summary>The licence that it is about has ended, or its case came to nothing, and nothing is left to look into (终结).</summary>
    Closed,
}

/// <summary>
/// What a supervising department has to look into (监管任务): it begins with the grant, and its finding leads to a licence's annulment only by notice,
/// hearing and a supervisor's decision (SUP-1, MODE-4).
/// </summary>
public sealed record SupervisionTask : IFolded<SupervisionTask, SupervisionFact>
{
    private const int LongestText = 2000;

    public required Guid Id { get; init; }
    public int Version { get; init; }
    public required SupervisionStatus Status { get; init; }
    public required Guid Case { get; init; }
    public string? Licence { get; init; }

    /// <summary>The item's code for the pledged material that did not come; null where a grant opened it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Pledge { get; init; }

    public required IReadOnlyList<PersonOrEntity> Holders { get; init; }

    /// <summary>Stored so that somebody's tasks can be found.</summary>
    public required IReadOnlyList<string> HolderKeys { get; init; }
    public required string Item { get; init; }
    public required Text Matter { get; init; }
    public required Department Department { get; init; }
    public required Department DecidedBy { get; init; }
    public bool Committed { get; init; }

    /// <summary>In UTC, the only form of an instant a database column takes; so are the others.</summary>
    public required DateTimeOffset OpenedAt { get; init => field = value.ToUniversalTime(); }
    public required DateTimeOffset AcknowledgeBy { get; init => field = value.ToUniversalTime(); }
    public DateOnly? InspectBy { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; init => field = value?.ToUniversalTime(); }
    public Finding? Finding { get; init; }
    public Rectification? Rectification { get; init; }

    /// <summary>How the licence ended, for which it was closed; null unless it was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LicenceStatus? Ended { get; init; }

    /// <summary>By when what was committed to was to be met, and was not filed to be; null where it is not so, or was looked into since.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? CommitmentMissed { get; init; }

    /// <summary>What is owed now was due and is not done.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>By when what is owed now is to be done; null where nothing is, or no day is set.</summary>
    public DateTimeOffset? DueAt => Status switch
    {
        SupervisionStatus.Opened => AcknowledgeBy,
        SupervisionStatus.Acknowledged => EndOf(InspectBy),
        SupervisionStatus.Rectifying => EndOf(Finding!.RectifyBy),
        _ => null,
    };

    /// <summary>When it becomes overdue, a deadline ending with its second; null where it never does, or is. Stored so that it is found then.</summary>
    public DateTimeOffset? WakeAt => !IsOverdue && DueAt is { } due ? LegalClock.After(due) : null;

    /// <summary>The stream of the task that a licence opens, derived from its case and number so that none is opened twice.</summary>
    public static Guid IdOf(Guid @case, string licence) => Sha256Digest.IdOf($"supervision:{@case} {licence}");

    /// <summary>The stream of the task that a grant without a licence opens.</summary>
    public static Guid IdOfGrant(Guid @case) => IdOf(@case, "granted");

    /// <summary>The stream of the task that a missed pledge opens.</summary>
    public static Guid IdOfPledge(Guid @case, string material) => IdOf(@case, $"pledge {material}");

    /// <summary>What opens with a licence: null where its issuer supervises it and nobody committed to anything, and of what is confidential.</summary>
    /// <param name="case">The case, the grant included.</param>
    /// <param name="item">The item it is for.</param>
    /// <param name="licence">The licence as it is issued or renewed.</param>
    /// <param name="at">When.</param>
    /// <param name="clock">Says when it is due.</param>
    /// <param name="policy">For how long the department may not know of it.</param>
    public static SupervisionOpened? Opens(Case @case, Item? item, Licence licence, DateTimeOffset at, LegalClock clock, SupervisionOptions policy) =>
        licence.Confidential || (@case.Commitment is null && licence.SupervisedBy == licence.Department) ? null : new(
            at, Actor.OfPlatform(licence.Department), @case.Id, licence.Number, licence.Holders, @case.Plan.Item, @case.Plan.Name, licence.SupervisedBy, licence.Department,
            @case.Commitment is not null, clock.Simulate(at, Limit.WorkingDays(policy.AcknowledgeWithin)).DueAt, InspectionBy(@case, item, at, clock));

    /// <summary>
    /// What opens with a case that is granted without a licence, as what is confirmed, registered or filed is: null of anything else, where who decided it
    /// supervises it and nobody committed to anything, and of what is confidential (SUP-1).
    /// </summary>
    /// <param name="case">The case, its end included.</param>
    /// <param name="item">The item it is for; null where the catalogue does not know it any more.</param>
    /// <param name="end">What ended it, by everybody's clock.</param>
    /// <param name="clock">Says when it is due.</param>
    /// <param name="policy">For how long the department may not know of it.</param>
    public static SupervisionOpened? Opens(Case @case, Item? item, CaseFact end, LegalClock clock, SupervisionOptions policy)
    {
        var (supervises, at) = (item?.SupervisedBy ?? @case.Lead, end.At);
        return !IsGranted(@case) || Granted(@case) is not null || @case.Plan.Confidential || (@case.Commitment is null && supervises == @case.Lead) ? null : new(
            at, Actor.OfPlatform(@case.Lead), @case.Id, Licence: null, Issuing.HoldersOf(@case), @case.Plan.Item, @case.Plan.Name, supervises, @case.Lead,
            @case.Commitment is not null, clock.Simulate(at, Limit.WorkingDays(policy.AcknowledgeWithin)).DueAt, InspectionBy(@case, item, at, clock));
    }

    /// <summary>Whether any step of an ended case was granted.</summary>
    public static bool IsGranted(Case @case) => @case.Status is CaseStatus.Granted or CaseStatus.PartlyGranted;

    // Of a commitment alone.
    private static DateOnly? InspectionBy(Case @case, Item? item, DateTimeOffset at, LegalClock clock) =>
        @case.Commitment is not null && item?.Commitment is { } rule ? clock.Simulate(at, rule.InspectWithin).DueOn : null;

    /// <summary>MODE-4, MODE-7: what opens with a pledge that was missed; null for what is confidential.</summary>
    /// <param name="case">The case, that it was missed included.</param>
    /// <param name="item">The item it is for; null where the catalogue does not know it any more.</param>
    /// <param name="missed">What did not come, by everybody's clock.</param>
    /// <param name="clock">Says when it is due.</param>
    /// <param name="policy">For how long the department may not know of it.</param>
    public static SupervisionOpened? Opens(Case @case, Item? item, PledgeMissed missed, LegalClock clock, SupervisionOptions policy) => @case.Plan.Confidential ? null : new(
        missed.At, missed.By, @case.Id, Granted(@case)?.Number, Granted(@case) is null ? @case.Applicant.Owing : Issuing.HoldersOf(@case), @case.Plan.Item, @case.Plan.Name,
        item?.SupervisedBy ?? @case.Lead, @case.Lead, Committed: false, clock.Simulate(missed.At, Limit.WorkingDays(policy.AcknowledgeWithin)).DueAt, InspectBy: null, missed.Code);

    private static DeliveredLicence? Granted(Case @case) => @case.Licences.LastOrDefault(l => Issuing.IsLicence(l.Licence));

    /// <summary>The first licence was granted after the pledge was missed: from then on it is about that; nothing where it is about one, or nothing is left to do.</summary>
    /// <param name="licence">The licence.</param>
    /// <param name="at">When.</param>
    /// <param name="by">Who granted it.</param>
    public SupervisionFact? After(Licence licence, DateTimeOffset at, Actor? by) => Licence is null && IsToBeDone ? new SupervisionHandedOn(at, by, licence.Number, licence.Holders) : null;

    /// <summary>What was committed to is overdue, however early it was looked into; nothing where a breach was found.</summary>
    /// <param name="missed">That it is.</param>
    /// <param name="inForce">The licence that it is about, or what has taken its place since; null where that is not known.</param>
    public IReadOnlyList<SupervisionFact> After(CommitmentOverdue missed, Licence? inForce) => Status is SupervisionStatus.Opened or SupervisionStatus.Acknowledged || IsInOrder
        ?
        [
            new SupervisionCommitmentMissed(missed.At, missed.By, missed.MeetBy),
            // What was in order was not handed on.
            .. inForce is not null && inForce.Number != Licence ? [new SupervisionHandedOn(missed.At, missed.By, inForce.Number, inForce.Holders)] : Array.Empty<SupervisionFact>(),
        ]
        : [];

    /// <summary>Its case came to nothing, and there is no licence to look into; nothing where it is about one, or nothing is left to do.</summary>
    /// <param name="end">What ended the case.</param>
    public SupervisionFact? After(CaseFact end) => Licence is null && IsToBeDone ? new SupervisionClosed(end.At, end.By, Ended: null) : null;

    /// <summary>What becomes of it when its licence ends: what is not done goes on with the licence that takes its place, and else ends with it; nothing where nothing is left to do.</summary>
    /// <param name="end">How it ended.</param>
    /// <param name="successor">The licence that its holder has instead; null for none.</param>
    public SupervisionFact? After(LicenceFact end, Licence? successor) => (Status, successor, end) switch
    {
        // A breach that nobody put right stays one.
        (_, { } next, _) when IsToBeDone => new SupervisionHandedOn(end.At, end.By, next.Number, next.Holders),
        // What it is to be annulled for is looked into until that is decided.
        (_, null, LicenceExpired { KeepsNotice: true }) => null,
        // Whoever asked late for its renewal may still have it.
        (SupervisionStatus.Rectifying, null, LicenceExpired) => null,
        (SupervisionStatus.Opened or SupervisionStatus.Acknowledged or SupervisionStatus.Rectifying, null, _) => new SupervisionClosed(end.At, end.By, Licences.Licence.EndedAs(end)!.Value),
        _ => null,
    };

    /// <summary>
    /// From when the time to decide about a breach runs (MODE-4): from its finding. Where former releases allowed more days to put it right than leave
    /// time for that, from when it was recorded that it was not.
    /// </summary>
    /// <param name="clock">Says which days work.</param>
    /// <param name="policy">For how long a breach is put right.</param>
    public DateTimeOffset FoundAt(LegalClock clock, LicenceOptions policy) => this switch
    {
        { Finding: { } found, Rectification: { } missed } when found.RectifyBy > LastToRectify(found.At, clock, policy) => missed.At,
        _ => Finding?.At ?? OpenedAt,
    };

    /// <summary>The policy: who supervises, who decided, and who holds what was granted.</summary>
    public SupervisionTask? SeenBy(Actor viewer, DateTimeOffset now) => (viewer.Department, viewer.Applicant) switch
    {
        ({ } own, _) => own == Department || own == DecidedBy,
        (_, { } holder) => HolderKeys.Contains(holder),
        _ => false,
    } ? this : null;

    /// <summary>What the passing of time alone has brought about by an instant.</summary>
    // What was acknowledged late may be owed since before.
    public IReadOnlyList<SupervisionFact> Lapse(DateTimeOffset now) => WakeAt <= now && DueAt is { } due ? [new SupervisionOverdue(AcknowledgedAt > due ? AcknowledgedAt.Value : due, due)] : [];

    /// <summary>
    /// The facts to record where something else brings some about: what was due by then comes first, and nothing happens before what happened already,
    /// however late what brought it about is found.
    /// </summary>
    /// <param name="brought">They, or null for none.</param>
    public IReadOnlyList<SupervisionFact> With(params IEnumerable<SupervisionFact?> brought)
    {
        var last = new[] { OpenedAt, AcknowledgedAt, Finding?.At, Rectification?.At, IsOverdue ? DueAt : null }.Max()!.Value;
        SupervisionFact[] facts = [.. brought.OfType<SupervisionFact>().Select(fact => fact.At < last ? fact with { At = last } : fact)];
        return facts.Length == 0 ? facts : [.. Lapse(facts[0].At), .. facts];
    }

    /// <summary>The task as it stands at an instant, whether that is recorded yet or not; its version is that of what is.</summary>
    public SupervisionTask At(DateTimeOffset now) => Lapse(now).Aggregate(this, Evolve) with { Version = Version };

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    /// <param name="state">The task so far.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="asked">Who asks, when, and what the rule knows besides.</param>
    public static Decision<SupervisionFact> Decide(SupervisionTask? state, SupervisionCommand command, SupervisionAsking asked)
    {
        if (state is null)
            return SupervisionRefusals.NotFound;
        if (asked.By.Department != state.Department)
            return SupervisionRefusals.NotYourDepartment;
        var lapsed = state.Lapse(asked.Now);
        var decision = command switch
        {
            AcknowledgeSupervision => state.Acknowledge(asked),
            RecordFinding c => state.Record(c, asked),
            RecordRectification c => state.Record(c, asked),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule answers it."),
        };
        return decision.Refused is not null || decision.Facts.Count == 0 ? decision : Decision<SupervisionFact>.Of([.. lapsed, .. decision.Facts]);
    }

    /// <summary>The task after one more fact; pure, so that a rebuild reproduces every byte.</summary>
    public static SupervisionTask Evolve(SupervisionTask? state, SupervisionFact fact) => ((state, fact) switch
    {
        (null, SupervisionOpened f) => From(f),
        (null, _) => throw new InvalidOperationException($"A supervision task begins with a grant, not with {fact.GetType().Name}."),
        (_, SupervisionAcknowledged f) => state with { Status = SupervisionStatus.Acknowledged, AcknowledgedAt = f.At, IsOverdue = false },
        (_, SupervisionFound f) => state with
        {
            Status = f.Finding.Outcome == FindingOutcome.Breach ? SupervisionStatus.Rectifying : SupervisionStatus.InOrder,
            AcknowledgedAt = state.AcknowledgedAt ?? f.At,
            Finding = f.Finding,
            CommitmentMissed = null,
            IsOverdue = false,
        },
        (_, SupervisionRectified f) => state with
        {
            Status = f.Rectification.Outcome == RectificationOutcome.Rectified ? SupervisionStatus.Rectified : SupervisionStatus.NotRectified,
            Rectification = f.Rectification,
            IsOverdue = false,
        },
        // Looked into early, it is looked into again, without a day: what that was set for is done.
        (_, SupervisionCommitmentMissed f) when state.IsInOrder => state with { Status = SupervisionStatus.Acknowledged, InspectBy = null, Finding = null, Rectification = null, CommitmentMissed = f.MeetBy },
        (_, SupervisionCommitmentMissed f) => state with { CommitmentMissed = f.MeetBy },
        (_, SupervisionOverdue) => state with { IsOverdue = true },
        (_, SupervisionHandedOn f) => state with { Licence = f.Licence, Holders = f.Holders, HolderKeys = KeysOf(f.Holders) },
        (_, SupervisionClosed f) => state with { Status = SupervisionStatus.Closed, Ended = f.Ended, CommitmentMissed = null, IsOverdue = false },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of a supervision task."),
    }) with
    { Version = (state?.Version ?? 0) + 1 };

    private Decision<SupervisionFact> Acknowledge(Asking asked) =>
        Status == SupervisionStatus.Opened ? new SupervisionAcknowledged(asked.Now, asked.By) : Decision<SupervisionFact>.Nothing;

    private Decision<SupervisionFact> Record(RecordFinding c, SupervisionAsking asked)
    {
        if (Status is not (SupervisionStatus.Opened or SupervisionStatus.Acknowledged))
            return SupervisionRefusals.NotInThisState;
        var (breach, today) = (c.Outcome == FindingOutcome.Breach, LegalClock.DayOf(asked.Now));
        // MODE-4: afterwards its holder is told and speaks, and all of it is decided in time.
        var last = LastToRectify(asked.Now, asked.Clock, asked.Policy);
        var rectifyBy = SupervisionRefusals.RectifyByInvalid.Because(
            $"不符合的须写明{today:yyyy-MM-dd}至{last:yyyy-MM-dd}之间的最后一日，符合的不写。", $"A breach names the last day, from {today:yyyy-MM-dd} to {last:yyyy-MM-dd}, and nothing else does.").At("/rectifyBy");
        if (Refusal.AllOf(
        [
            .. NoteRefused(c.Note, breach), .. rectifyBy.When(breach ? c.RectifyBy is null || c.RectifyBy < today || c.RectifyBy > last : c.RectifyBy is not null),
        ]) is { } wrong)
            return wrong;
        return new SupervisionFound(asked.Now, asked.By, new(c.Outcome, c.Note, c.RectifyBy, asked.Now));
    }

    private Decision<SupervisionFact> Record(RecordRectification c, Asking asked)
    {
        if (Status != SupervisionStatus.Rectifying)
            return SupervisionRefusals.NotInThisState;
        if (Refusal.AllOf(NoteRefused(c.Note, c.Outcome == RectificationOutcome.NotRectified)) is { } wrong)
            return wrong;
        // MODE-4: until then it may still be.
        if (c.Outcome == RectificationOutcome.NotRectified && Finding!.RectifyBy is { } last && LegalClock.DayOf(asked.Now) <= last)
            return SupervisionRefusals.RectifyByNotOver.Because($"整改期限至{last:yyyy-MM-dd}（含当日）。", $"There is time until {last:yyyy-MM-dd}, that day included.");
        return new SupervisionRectified(asked.Now, asked.By, new(c.Outcome, c.Note, asked.Now));
    }

    private static IEnumerable<Refusal> NoteRefused(string? note, bool needed) =>
        SupervisionRefusals.NoteMissing.At("/note").When(note is null ? needed : !Wording.IsText(note, LongestText));

    private static DateTimeOffset? EndOf(DateOnly? day) => day is { } last ? LegalClock.EndOf(last).ToUniversalTime() : null;

    private static DateOnly LastToRectify(DateTimeOffset found, LegalClock clock, LicenceOptions policy) => clock.Simulate(found, Limit.WorkingDays(policy.RectifyWithin)).DueOn;

    private bool IsInOrder => Status is SupervisionStatus.InOrder or SupervisionStatus.Rectified;

    private bool IsToBeDone => Status is SupervisionStatus.Opened or SupervisionStatus.Acknowledged or SupervisionStatus.Rectifying or SupervisionStatus.NotRectified;

    private static IReadOnlyList<string> KeysOf(IReadOnlyList<PersonOrEntity> holders) => [.. holders.Select(h => h.Key).Distinct()];

    private static SupervisionTask From(SupervisionOpened f) => new()
    {
        Id = f.Pledge is { } material ? IdOfPledge(f.Case, material) : f.Licence is { } number ? IdOf(f.Case, number) : IdOfGrant(f.Case), Pledge = f.Pledge, Status = SupervisionStatus.Opened, Case = f.Case, Licence = f.Licence, Holders = f.Holders, HolderKeys = KeysOf(f.Holders), Item = f.Item, Matter = f.Matter, Department = f.Department,
        DecidedBy = f.DecidedBy, Committed = f.Committed, OpenedAt = f.At, AcknowledgeBy = f.AcknowledgeBy, InspectBy = f.InspectBy,
    };
}
