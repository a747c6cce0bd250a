using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Licences;

/// <summary>Where a licence stands (状态).</summary>
public enum LicenceStatus
{
    Valid,

    /// <summary>It may not be used for a time (暂扣).</summary>
    Suspended,

    /// <summary>Ended against its holder's will (撤销、撤回、吊销).</summary>
    Revoked,

    /// <summary>Its term is over (届满).</summary>
    Expired,

    /// <summary>Another one is in its place (换发).</summary>
    Replaced,

    /// <summary>Struck from the register (注销).</summary>
    Cancelled,
}

/// <summary>
/// A licence (电子证照): what a granted step issued, from then until it ends. It begins in the transaction of the grant, and ends by facts
/// only, each way of ending by its own procedure (LIC-3, LIC-6).
/// </summary>
public sealed partial record Licence : IFolded<Licence, LicenceFact>
{
    public required Guid Id { get; init; }
    public int Version { get; init; }
    public required string Number { get; init; }
    public required IssuedLicence Kind { get; init; }
    public required LicenceStatus Status { get; init; }

    /// <summary>As what it was revoked; null unless it was, and kept when it is cancelled after that.</summary>
    public RevocationGround? Ground { get; init; }
    public required IReadOnlyList<PersonOrEntity> Holders { get; init; }

    /// <summary>Stored so that somebody's licences can be found.</summary>
    public required IReadOnlyList<string> HolderKeys { get; init; }
    public required string Item { get; init; }
    public required Text Scope { get; init; }

    /// <summary>Who issued it.</summary>
    public required Department Department { get; init; }
    public required Department SupervisedBy { get; init; }
    public required Guid Case { get; init; }
    public required string Step { get; init; }

    /// <summary>The subject of the staff who took its case in at a window on the day on which it was issued, and who see it for as long as that is the day (China Standard Time); null where nobody did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReceivedBy { get; init; }

    /// <summary>In UTC, the only form of an instant a database column takes.</summary>
    public required DateTimeOffset IssuedAt { get; init => field = value.ToUniversalTime(); }
    public required DateOnly ValidFrom { get; init; }
    public DateOnly? ValidUntil { get; init; }
    public DateOnly? OperationFrom { get; init; }
    public string? Replaces { get; init; }
    public string? ReplacedBy { get; init; }
    public bool Confidential { get; init; }

    /// <summary>Persons who hold it stand in the public register as well.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool PublishesPersons { get; init; }

    /// <summary>Its place in the status list; null where it is not in it.</summary>
    public long? StatusIndex { get; init; }

    /// <summary>The day on which its holder is told that it will end; null for what has no term.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? RemindOn { get; init; }

    /// <summary>Its holder was told so of this term.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Reminded { get; init; }

    /// <summary>Id of the case that asks for its renewal, which counts as granted when its term ends unanswered (LIC-5); null where none does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? RenewalAwaitedBy { get; init; }

    /// <summary>Id of the case that asks for its renewal, be it the authority's turn or its holder's; null where none does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? RenewalAskedBy { get; init; }

    /// <summary>The last day of a suspension that ends by itself; null for any other.</summary>
    public DateOnly? SuspendedUntil { get; init; }

    /// <summary>What its suspension rests on, out of the item's list; null where it is not suspended, and for suspensions of releases before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SuspensionBasis? SuspensionBasis { get; init; }

    /// <summary>What its holder was told it may be revoked for; null where nothing is intended, or it has ended since, but for an annulment that was still to be decided about when its term ended.</summary>
    public AnnulmentNotice? Notice { get; init; }

    /// <summary>What its holder was told before, of each the last notice: the time to decide about the same is its own; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AnnulmentNotice>? FormerNotices { get; init; }

    /// <summary>Who proposes that, where it is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Acceptor? ProposedBy { get; init; }

    /// <summary>What its holder said to the notice; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LicenceStatement>? Statements { get; init; }

    /// <summary>The day on which its holder asked for a hearing; null where they did not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? HearingAskedOn { get; init; }

    /// <summary>The hearings about the notice; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LicenceHearing>? Hearings { get; init; }

    /// <summary>Why it last was suspended, revoked, cancelled or replaced; null where none of it happened, or nobody had to say why.</summary>
    public LicenceGrounds? Grounds { get; init; }

    /// <summary>It stands in the public register (PUB-1): legal entities hold it, or its item publishes persons too, and it is not confidential. Stored so that it can be found.</summary>
    public bool IsPublic => !Confidential && (PublishesPersons || Holders.All(h => h.Kind == ApplicantKind.LegalEntity));

    /// <summary>When time alone will change how it stands: a term or a suspension that ends; null where it never will. Stored so that it can be found.</summary>
    public DateTimeOffset? DueAt => Earlier(Status == LicenceStatus.Suspended ? SuspendedUntil : null, Stands ? ValidUntil : null) is { } last
        ? LegalClock.MidnightOf(last.AddDays(1)).ToUniversalTime() : null;

    /// <summary>When time alone will do something to it: that, or that its end is near. Stored so that it can be found.</summary>
    public DateTimeOffset? WakeAt => RemindAt is { } near && !(DueAt < near) ? near : DueAt;

    // Of what ends so soon after it begins that the day to tell of it is over, its holder knows.
    private DateTimeOffset? RemindAt => Stands && !Reminded && RemindOn is { } day && day > ValidFrom && day <= ValidUntil ? LegalClock.MidnightOf(day).ToUniversalTime() : null;

    /// <summary>What it allows as it stands: nothing yet, where conditions are still to be met (MODE-3).</summary>
    [JsonIgnore]
    public Text ScopeNow => OperationFrom is not null ? Scope : new(
        $"{Scope.Zh}（承诺的条件具备并报告之前，不准予从事任何活动）", $"{Scope.En} (no operation is authorised before the conditions committed to are met and that is filed)");

    /// <summary>It has not ended.</summary>
    [JsonIgnore]
    public bool Stands => Status is LicenceStatus.Valid or LicenceStatus.Suspended;

    /// <summary>The stream of a licence, derived from its number so that it can be found without asking, and that none is issued twice.</summary>
    public static Guid IdOf(string number) => Sha256Digest.IdOf("licence:" + number);

    /// <summary>
    /// The policy: its holders; the department that issued it and the one that supervises it; by its number, and in no list, staff who took its case in at a
    /// window, until that day ends (decision 0090). What is confidential is no other department's.
    /// </summary>
    public Licence? SeenBy(Actor viewer, DateTimeOffset now) => (viewer.Department, viewer.Applicant) switch
    {
        ({ } own, _) => own == Department || (!Confidential && (own == SupervisedBy || (ReceivedBy is { } receiver && viewer.Subject == receiver && LegalClock.DayOf(IssuedAt) == LegalClock.DayOf(now)))),
        (_, { } holder) => HolderKeys.Contains(holder),
        _ => false,
    } ? At(now) : null;

    /// <summary>What the passing of time alone has brought about by an instant.</summary>
    public IReadOnlyList<LicenceFact> Lapse(DateTimeOffset now)
    {
        List<LicenceFact> facts = [];
        for (var at = this; at.WakeAt is { } due && due <= now; at = Evolve(at, facts[^1]))
            facts.Add(at.Next(due));
        return facts;
    }

    private LicenceFact Next(DateTimeOffset due) => this switch
    {
        { ValidUntil: { } last } when LegalClock.MidnightOf(last.AddDays(1)) <= due => RenewalAwaitedBy is { } @case
            ? new LicenceRenewalDeemed(due, @case, LicenceKind.Of(Kind.Code).Until(last.AddDays(1)))
            // 行政许可法 art. 69: what it was annulled for reaches back to its grant, and so does what follows.
            : new LicenceExpired(due, KeepsNotice: Notice?.Ground == RevocationGround.Annulled && IsToBeRevoked(due)),
        { Status: LicenceStatus.Suspended, SuspendedUntil: { } end } when LegalClock.MidnightOf(end.AddDays(1)) <= due => new LicenceReinstated(due, By: null),
        _ => new LicenceExpiring(due, ValidUntil!.Value),
    };

    /// <summary>The licence as it stands at an instant, whether that is recorded yet or not; of the version that is recorded.</summary>
    public Licence At(DateTimeOffset now) => Lapse(now).Aggregate(this, Evolve) with { Version = Version };

    /// <summary>The licence after one more fact; pure, so that a rebuild reproduces every byte.</summary>
    public static Licence Evolve(Licence? state, LicenceFact fact) => ((state, fact) switch
    {
        (null, LicenceIssued f) => From(f),
        (null, _) => throw new InvalidOperationException($"A licence begins with its issue, not with {fact.GetType().Name}."),
        (_, LicenceRenewed f) => state.Renewed(f.ValidUntil, f.RemindOn ?? f.ValidUntil?.AddDays(-LicenceOptions.UsuallyReminded)) with
        {
            Case = f.Case,
            Step = f.Step,
            // One that was asked for late may be granted after its end.
            Status = state.Status == LicenceStatus.Expired ? LicenceStatus.Valid : state.Status,
        },
        (_, LicenceExpiring) => state with { Reminded = true },
        (_, LicenceRenewalAwaited f) => state with { RenewalAwaitedBy = f.Case, RenewalAskedBy = f.Case },
        (_, LicenceRenewalAnswered f) => state with { RenewalAwaitedBy = null, RenewalAskedBy = f.Open ? f.Case : null },
        // As long before its end as the last time.
        (_, LicenceRenewalDeemed f) => state.Renewed(f.ValidUntil, state.ValidUntil is { } last && state.RemindOn is { } day ? f.ValidUntil?.AddDays(day.DayNumber - last.DayNumber) : null),
        (_, LicenceOperationOpened f) => state with { OperationFrom = f.From },
        (_, LicenceSuspended f) => state with { Status = LicenceStatus.Suspended, SuspendedUntil = f.Until, SuspensionBasis = f.Basis, Grounds = f.Grounds },
        (_, LicenceReinstated) => state with { Status = LicenceStatus.Valid, SuspendedUntil = null, SuspensionBasis = null, Grounds = null },
        (_, LicenceRevoked f) => state.Ended(LicenceStatus.Revoked, f.Grounds) with { Ground = f.Ground },
        (_, LicenceCancelled f) => state.Ended(LicenceStatus.Cancelled, f.Grounds),
        (_, LicenceReplaced f) => state.Ended(LicenceStatus.Replaced, f.Grounds) with { ReplacedBy = f.ReplacedBy },
        (_, LicenceExpired { KeepsNotice: true }) => state.Ended(LicenceStatus.Expired, null) with { Notice = state.Notice, FormerNotices = state.FormerNotices },
        (_, LicenceExpired) => state.Ended(LicenceStatus.Expired, null),
        _ => AfterHearing(state, fact) ?? throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of a licence."),
    }) with
    { Version = (state?.Version ?? 0) + 1 };

    private Licence Renewed(DateOnly? until, DateOnly? remindOn) => this with { ValidUntil = until, RemindOn = remindOn, Reminded = false, RenewalAwaitedBy = null, RenewalAskedBy = null };

    private Licence Ended(LicenceStatus status, LicenceGrounds? grounds) => this with { Status = status, SuspendedUntil = null, SuspensionBasis = null, Notice = null, FormerNotices = Told, Grounds = grounds, RenewalAwaitedBy = null, RenewalAskedBy = null };

    private static DateOnly? Earlier(DateOnly? one, DateOnly? other) => one is null ? other : other is null || one < other ? one : other;

    private static Licence From(LicenceIssued f) => new()
    {
        Id = IdOf(f.Number), Number = f.Number, Kind = f.Kind, Status = LicenceStatus.Valid, Holders = f.Holders, HolderKeys = [.. f.Holders.Select(h => h.Key).Distinct()],
        Item = f.Item, Scope = f.Scope, Department = f.Department, SupervisedBy = f.SupervisedBy, Case = f.Case, Step = f.Step, IssuedAt = f.At,
        ValidFrom = f.ValidFrom, ValidUntil = f.ValidUntil, OperationFrom = f.OperationFrom, Replaces = f.Replaces, Confidential = f.Confidential, PublishesPersons = f.PublishesPersons, StatusIndex = f.StatusIndex,
        RemindOn = f.RemindOn ?? f.ValidUntil?.AddDays(-LicenceOptions.UsuallyReminded), ReceivedBy = f.ReceivedBy,
    };
}
