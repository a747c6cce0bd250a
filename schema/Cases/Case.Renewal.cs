using System.Text.Json;
using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;

namespace OneDoor.Cases;

// Renewal (延续): by commitment (延期换证承诺即办结, MODE-6) the old licence and the commitment give a new one at once; else it is examined, and
// whoever asked in time and is not answered before the licence ends has it renewed (LIC-5).
public sealed partial record Case
{
    /// <summary>Which licence a submission, or a move to another item, would renew: its number, or null for one of these kinds that these hold; null where it renews nothing.</summary>
    /// <param name="state">The case so far; null before it is submitted.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="asked">Who applies, and for what.</param>
    public static (string? Number, IReadOnlyList<string> Holders, IReadOnlyList<string> Kinds)? Renewing(Case? state, CaseCommand command, CaseAsking asked) => (state, command) switch
    {
        (_, SubmitCase c) when asked is { Item.Item: { Renewal: not null } item, Applicant: { } applicant } && (c.Renews is not null || c.Commitment is null || item.RenewalByCommitment)
            => (c.Renews, applicant.Keys, item.Issued),
        ({ } @case, ReferCase { Kind: ReferralKind.Item }) when asked.Item?.Item is { Renewal: not null } item && !@case.HasLeft(item) => (null, @case.Applicant.Keys, item.Issued),
        _ => null,
    };

    // Its renewal waits for the case to come back to the item.
    private bool HasLeft(Item item) => LeftRenewal?.Item == item.Code;

    // What a clerk finds to be a renewal was asked for when it was submitted (行政许可法 art. 50): in time or not, and of the one licence that its applicant holds.
    private Refusal? RenewalRefused(Item item, CaseAsking asked) =>
        item.Renewal is null || HasLeft(item) ? null
        : AskedRenewal is { Licence: var other } ? RenewalRefusals.NotOffered.Because($"该件申请延续的是 {other}，其他证照的延续由申请人另行申请。", $"It asks for the renewal of {other}: its applicant asks for another one's in a case of its own.")
        : asked.Renewable.Count > 1 ? RenewalRefusals.NotNamed
        : asked.Renewed is null ? null : RenewalRefused(item, Applicant, asked with { Now = SubmittedAt });

    private static IEnumerable<Refusal> RenewalRefused(SubmitCase c, Item item, Applicant applicant, CaseAsking asked)
    {
        // Nobody renews too early, too late or what is suspended by not saying so.
        if (c.Renews is null && asked.Renewed is null)
            return [];
        if (c.Commitment is not null && item is { Renewal: not null, RenewalByCommitment: false })
            return [RenewalRefusals.NotOffered.Because("该事项的延续须经审查，不以承诺办理；不附承诺即可申请。", "The item renews by examination, and not by commitment: leave the commitment out.").At("/commitment")];
        return RenewalRefused(item, applicant, asked) is { } refused ? [refused.At(c is { Renews: null, Commitment: not null } ? "/commitment" : "/renews")] : [];
    }

    // What is renewed, and what the form says of, are one licence.
    private static IEnumerable<Refusal> AnotherRefused(SubmitCase c, Form? form, CaseAsking asked)
    {
        var renewed = c.Renews ?? (c.Commitment is null ? null : asked.Renewed?.Number);
        if (renewed is not null && form?.Fields.Any(field => field is { Name: "licence", Type: FieldType.Licence }) == true && c.Form is { ValueKind: JsonValueKind.Object } answer
            && answer.TryGetProperty("licence", out var named) && FormAnswer.TextOf(named) is { } other && other != renewed)
            yield return FormRefusals.FieldsContradict.Because($"须为所延续的证照的编号：{renewed}。", $"It is the number of the licence that is renewed: {renewed}.").At("/form/licence");
    }

    private static Refusal? RenewalRefused(Item item, Applicant applicant, CaseAsking asked)
    {
        if (item.Renewal is not { } rule)
            return RenewalRefusals.NotOffered;
        if (asked.Renewed is not { } old || !applicant.Keys.Any(old.Holders.Contains))
            return RenewalRefusals.NotTheHolder;
        if (old.ValidUntil is not { } last || item.Procedure.Steps.All(s => s.Issues?.Code != old.Kind))
            return RenewalRefusals.NotOffered;
        if (old.HasExpired)
            return RenewalRefusals.Expired;
        if (!old.IsValid)
            return RenewalRefusals.NotValid;
        if (old.IsAwaited)
            return RenewalRefusals.AlreadyAsked;
        var today = LegalClock.DayOf(asked.Now);
        // Where the law names no day, it is asked for in the present term: nobody has a second one ahead.
        var first = rule.Opens is { } opens ? rule.DayBefore(last, opens, asked.Clock.Calendar) : LicenceKind.Of(old.Kind).From(last);
        if (today < first)
            return RenewalRefusals.TooEarly.Because($"最早 {first:yyyy-MM-dd}。", $"The first day is {first:yyyy-MM-dd}.");
        if (rule.LateIs == LateRenewal.New && rule.DayBefore(last, rule.Closes, asked.Clock.Calendar) is var closes && today > closes)
            return RenewalRefusals.TooLate.Because($"最后一日为 {closes:yyyy-MM-dd}。", $"The last day was {closes:yyyy-MM-dd}.");
        return null;
    }

    // 许可 and, of what is committed to, 审核, each a fact of its own; 监察 follows, by those who supervise.
    private static IEnumerable<CaseFact> Renewed(Item item, CaseAsking asked, DateTimeOffset askedAt, bool committed)
    {
        if (asked.Renewed is not { } old)
            yield break;
        var (platform, rule, last) = (Actor.OfPlatform(item.Department), item.Renewal!, old.ValidUntil!.Value);
        yield return new RenewalPermitted(asked.Now, platform, old.Number, last, rule.RunsFrom, rule.KeepsNumber);
        if (committed)
            yield return new RenewalAudited(asked.Now, platform, old.Number);
        else if (LegalClock.DayOf(askedAt) <= rule.DayBefore(last, rule.Closes, asked.Clock.Calendar))
            yield return new RenewalAwaited(asked.Now, platform, old.Number);
    }

    // What was asked for with its own item is found again with it, as a notice is (CASE-3): in time it was, but a licence that has ended meanwhile is not prolonged by silence.
    private IEnumerable<CaseFact> FoundAgain(Item item, CaseAsking asked)
    {
        if (LeftRenewal is not { Renewal: var old } || !HasLeft(item))
            yield break;
        var platform = Actor.OfPlatform(item.Department);
        yield return new RenewalPermitted(asked.Now, platform, old.Licence, old.ExpiresOn, old.RunsFrom, old.KeepsNumber);
        if (old.Awaited && asked.Now < old.LicenceEnds)
            yield return new RenewalAwaited(asked.Now, platform, old.Licence);
    }

    // What is accepted is not moved any more.
    private IEnumerable<CaseFact> LeftForGood(DateTimeOffset at, Actor? by) => LeftRenewal is { Renewal.Licence: var licence } ? [new RenewalVoided(at, by, licence)] : [];

    /// <summary>The renewal that it was submitted for, also while it is for another item; null where there was none, or it has ended for good.</summary>
    [JsonIgnore]
    public CaseRenewal? AskedRenewal => Renewal ?? LeftRenewal?.Renewal;

    /// <summary>
    /// LIC-5, 行政许可法 art. 50: a renewal was asked for in time, everything that was asked for came in before the licence ends, and its authority has not
    /// answered: if the licence ends so, it counts as renewed. While the applicant owes an answer to a correction notice, the silence is not the authority's.
    /// </summary>
    // What is accepted only after that end waited for the applicant until then.
    [JsonIgnore]
    public bool AwaitsRenewal => Renewal is { Awaited: true } && SignBy is null && MaterialsInAt < Renewal.LicenceEnds && !(AcceptedAt >= Renewal.LicenceEnds)
        && Status is CaseStatus.Submitted or CaseStatus.Accepted or CaseStatus.Paused
        && Licences.Count == 0 && Steps.All(s => s.Status != StepStatus.Refused);

    /// <summary>It was asked for in time, and the case has not ended: it is the authority's turn, or the applicant's, or it is for another item and may come back.</summary>
    [JsonIgnore]
    public bool AsksForRenewal => AskedRenewal is { Awaited: true } && !IsEnded && Licences.Count == 0;

    /// <summary>The licence that was to be renewed has ended, and with it what there was to renew: the case goes on as an application for a new one.</summary>
    /// <param name="at">When.</param>
    /// <param name="by">Who ended it; null when the clock did.</param>
    /// <param name="licence">Its number.</param>
    public IReadOnlyList<CaseFact> LostRenewal(DateTimeOffset at, Actor? by, string licence) =>
        AskedRenewal is not null && !IsEnded && Licences.Count == 0 ? [new RenewalVoided(at, by, licence)] : [];

    /// <summary>监察: those who supervise have looked into what was renewed; nothing where nothing was, or they did before.</summary>
    public IReadOnlyList<CaseFact> Inspected(DateTimeOffset at, Actor by) => Renewal is { InspectedAt: null } ? [new RenewalInspected(at, by, Renewal.Licence)] : [];

    // By when the passing of time has decided it, at an instant: what the law renews, it renews as of the licence's own day, whenever that is found.
    private DateTimeOffset DecidedBy(DateTimeOffset now) => AwaitsRenewal && Renewal!.LicenceEnds < now ? Renewal.LicenceEnds.ToUniversalTime() : now;

    private List<CaseFact> RenewedBy(DateTimeOffset now, LegalClock clock) =>
        AwaitsRenewal && Renewal!.LicenceEnds <= now ? [new RenewalDeemed(now, By: null, Renewal.Licence, IsAccepted ? TimeTaken(clock, now) : null)] : [];

    private Case With(RenewalDeemed f) => this with
    {
        Status = CaseStatus.Granted,
        Steps = [.. Steps.Select(s => s.IsUnfinished ? s with { Status = StepStatus.Granted, DecidedAt = f.At } : s)],
        DecidedAt = f.At,
        AcceptBy = null,
        Actual = f.Actual,
        Pauses = PausesUntil(f.At),
        Renewal = Renewal! with { DeemedAt = f.At },
    };
}

/// <summary>A licence that somebody wants renewed, as it stands when they ask.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kind">Code of what it is.</param>
/// <param name="Holders"><see cref="PersonOrEntity.Key"/> of whom it is.</param>
/// <param name="ValidUntil">Its last day; null where it has none.</param>
/// <param name="IsValid">It is valid, and not about to be revoked.</param>
/// <param name="HasExpired">Its term is over.</param>
/// <param name="IsAwaited">Another case asks for its renewal already.</param>
public sealed record RenewableLicence(string Number, string Kind, IReadOnlyList<string> Holders, DateOnly? ValidUntil, bool IsValid, bool HasExpired, bool IsAwaited = false);

/// <summary>许可: the licence may be renewed: its holder applies, it is valid, and it is the time for it (MODE-6).</summary>
/// <param name="Licence">Number of the licence that is renewed.</param>
/// <param name="ExpiresOn">That licence's last day.</param>
/// <param name="RunsFrom">Where the new term begins.</param>
/// <param name="KeepsNumber">It goes on under its number.</param>
[Alias("renewal_permitted")]
public sealed record RenewalPermitted(DateTimeOffset At, Actor By, string Licence, DateOnly ExpiresOn, RunsFrom RunsFrom, bool KeepsNumber) : CaseFact(At, By);

/// <summary>审核: the application is complete and its commitment is the one in force (MODE-6).</summary>
/// <param name="Licence">Number of the licence that is renewed.</param>
[Alias("renewal_audited")]
public sealed record RenewalAudited(DateTimeOffset At, Actor By, string Licence) : CaseFact(At, By);

/// <summary>监察: the supervising department has looked into what was renewed (MODE-6); what it found stands in its task.</summary>
/// <param name="Licence">Number of the licence that was renewed.</param>
[Alias("renewal_inspected")]
public sealed record RenewalInspected(DateTimeOffset At, Actor By, string Licence) : CaseFact(At, By);

/// <summary>
/// It was asked for in time, to be examined: whoever is not answered before the licence ends has it renewed (行政许可法 art. 50, LIC-5).
/// </summary>
/// <param name="Licence">Number of the licence that is to be renewed.</param>
[Alias("renewal_awaited")]
public sealed record RenewalAwaited(DateTimeOffset At, Actor By, string Licence) : CaseFact(At, By);

/// <summary>The licence ended before its authority answered: the renewal counts as granted (视为准予延续, LIC-5).</summary>
/// <param name="By">Null: the law did it.</param>
/// <param name="Licence">Number of the licence, which goes on.</param>
/// <param name="Actual">Time taken until then; null of what was not accepted yet.</param>
[Alias("renewal_deemed")]
public sealed record RenewalDeemed(DateTimeOffset At, Actor? By, string Licence, Limit? Actual) : CaseFact(At, By);

/// <summary>
/// What was to be renewed ended otherwise, as by a revocation, and the case goes on as an application for a new licence; or it was accepted for another item than
/// the one by which it was to be renewed.
/// </summary>
/// <param name="By">Who ended or accepted it; null when the clock did.</param>
/// <param name="Licence">Number of the licence that is not renewed by it.</param>
[Alias("renewal_voided")]
public sealed record RenewalVoided(DateTimeOffset At, Actor? By, string Licence) : CaseFact(At, By);

/// <summary>What a case renews (延续), and how far that has come: 许可、审核、监察.</summary>
/// <param name="Licence">Number of the licence that is renewed.</param>
/// <param name="ExpiresOn">That licence's last day, as it was.</param>
/// <param name="RunsFrom">Where the new term begins.</param>
/// <param name="KeepsNumber">It goes on under its number; else another one is in its place.</param>
/// <param name="PermittedAt">许可: when it was found that it may be renewed.</param>
/// <param name="AuditedAt">审核: when the application was found complete.</param>
/// <param name="InspectedAt">监察: when the supervising department looked into it; null until then.</param>
/// <param name="Awaited">It was asked for in time, to be examined, and its authority owes the answer: unanswered when the licence ends, it counts as granted (LIC-5).</param>
/// <param name="DeemedAt">When it was, for want of an answer (视为准予延续); absent where it was not.</param>
public sealed record CaseRenewal(
    string Licence, DateOnly ExpiresOn, RunsFrom RunsFrom, bool KeepsNumber, DateTimeOffset PermittedAt, DateTimeOffset? AuditedAt = null, DateTimeOffset? InspectedAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Awaited = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? DeemedAt = null)
{
    // The first instant after its last day.
    internal DateTimeOffset LicenceEnds => LegalClock.MidnightOf(ExpiresOn.AddDays(1));
}

/// <summary>A renewal of an item the case is not for any more.</summary>
/// <param name="Item">The item's code.</param>
/// <param name="Renewal">As it was.</param>
public sealed record LeftRenewal(string Item, CaseRenewal Renewal);

/// <summary>Why a licence is not renewed (MODE-6, LIC-5).</summary>
public static class RenewalRefusals
{
    public static readonly Refusal NotOffered = new("renewal.not-offered", 422,
        new("该事项不办理此证照的延续", "The item does not renew that licence"),
        new("可以延续的事项见目录的 renewal，可以承诺换证的见 renewalByCommitment；没有有效期的证照无须延续。", "The catalogue says which items do (renewal), and which by commitment (renewalByCommitment); what never expires needs no renewal."));

    public static readonly Refusal NotNamed = new("renewal.not-named", 422,
        new("申请人持有多份此类证照，无法认定延续哪一份", "The applicant holds several licences of that kind, and nobody can say which is renewed"),
        new("由申请人按该事项另行申请延续，在 renews 填写证照编号。", "They apply for the renewal by that item themselves, and name the licence (renews)."));

    public static readonly Refusal NotTheHolder = new("renewal.not-the-holder", 422,
        new("申请人不持有该证照", "The applicant does not hold such a licence"));

    public static readonly Refusal NotValid = new("renewal.not-valid", 422,
        new("原证照不是有效状态", "The old licence is not valid"),
        new("暂扣、拟撤销、已撤销、已换发或者已注销的证照不能延续。", "What is suspended, to be revoked, revoked, replaced or cancelled is not renewed."));

    public static readonly Refusal AlreadyAsked = new("renewal.already-asked", 422,
        new("该证照的延续申请正在办理", "Its renewal is asked for already"), new("请等待决定，或者先撤回该申请。", "Wait for the answer, or withdraw that case first."));

    public static readonly Refusal Expired = new("renewal.expired", 422,
        new("原证照已经届满", "The old licence has expired"), new("须重新申请。", "It is applied for anew."));

    public static readonly Refusal TooEarly = new("renewal.too-early", 422, new("尚未到换证时间", "It is too early to renew it"));

    public static readonly Refusal TooLate = new("renewal.too-late", 422, new("已过换证时间，须重新申请", "It is too late to renew it: it is applied for anew"));
}
