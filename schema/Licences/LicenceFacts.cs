using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;

namespace OneDoor.Licences;

/// <summary>Something that happened to a licence (LIC-3).</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it; null when the clock did.</param>
public abstract record LicenceFact(DateTimeOffset At, Actor? By) : IFact;

/// <summary>A granted step, or a new copy in the place of another, made a licence (核发).</summary>
/// <param name="Number">What it is known by, for ever.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Holders">Who holds it: one, or those of joint parties whose role says so.</param>
/// <param name="Item">Code of the item it was granted for.</param>
/// <param name="Scope">What was granted (许可事项).</param>
/// <param name="Department">Whose step granted it.</param>
/// <param name="SupervisedBy">Who supervises what was granted.</param>
/// <param name="Case">Id of the case.</param>
/// <param name="Step">The step that granted it.</param>
/// <param name="ValidFrom">The first day, China Standard Time.</param>
/// <param name="ValidUntil">The last day; null for a licence without a term (长期).</param>
/// <param name="OperationFrom">From when it authorises what it is for; null while it does not yet.</param>
/// <param name="Replaces">Number of the licence in whose place it is; null where it is in none's.</param>
/// <param name="Confidential">It exists for its department and its holder only (SIGHT-1).</param>
/// <param name="StatusIndex">Its place in the status list, from 1, which no other licence has; null for those that are not in it.</param>
/// <param name="RemindOn">The day on which its holder is told that it will end; null for what has no term, and for licences of releases before.</param>
/// <param name="PublishesPersons">Persons who hold it stand in the public register, their names masked (PUB-1); absent where they do not.</param>
/// <param name="ReceivedBy">The subject of the staff who took the case in at a window on the day on which it was issued; absent where nobody did.</param>
[Alias("licence_issued")]
public sealed record LicenceIssued(
    DateTimeOffset At, Actor By, string Number, IssuedLicence Kind, IReadOnlyList<PersonOrEntity> Holders, string Item, Text Scope, Department Department,
    Department SupervisedBy, Guid Case, string Step, DateOnly ValidFrom, DateOnly? ValidUntil, DateOnly? OperationFrom, string? Replaces = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Confidential = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? StatusIndex = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateOnly? RemindOn = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool PublishesPersons = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ReceivedBy = null) : LicenceFact(At, By);

/// <summary>It goes on under its number for another term (延续, MODE-6).</summary>
/// <param name="Case">Id of the case that renewed it.</param>
/// <param name="Step">The step that did.</param>
/// <param name="ValidUntil">The last day of the new term; null for none.</param>
/// <param name="RemindOn">The day on which its holder is told that it will end; null for the same, and in releases before.</param>
[Alias("licence_renewed")]
public sealed record LicenceRenewed(
    DateTimeOffset At, Actor By, Guid Case, string Step, DateOnly? ValidUntil,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateOnly? RemindOn = null) : LicenceFact(At, By);

/// <summary>Its last day is near, and its holder may renew it (临近届满); once in each term (CLK-7).</summary>
/// <param name="ValidUntil">The last day.</param>
[Alias("licence_expiring")]
public sealed record LicenceExpiring(DateTimeOffset At, DateOnly ValidUntil) : LicenceFact(At, null);

/// <summary>Its renewal was asked for in time: unanswered when its term ends, it counts as granted (行政许可法 art. 50, LIC-5).</summary>
/// <param name="Case">Id of the case that asks for it.</param>
[Alias("licence_renewal_awaited")]
public sealed record LicenceRenewalAwaited(DateTimeOffset At, Actor By, Guid Case) : LicenceFact(At, By);

/// <summary>Its renewal was answered, or taken back, or waits for its holder: its term ends as if nobody had asked for it.</summary>
/// <param name="Case">Id of the case that asked for it.</param>
/// <param name="Open">The case goes on: it is its holder's turn, and nobody else asks for it meanwhile.</param>
[Alias("licence_renewal_answered")]
public sealed record LicenceRenewalAnswered(DateTimeOffset At, Actor? By, Guid Case, bool Open) : LicenceFact(At, By);

/// <summary>Its term ended before its renewal was answered, which counts as granted (视为准予延续, LIC-5): it goes on under its number.</summary>
/// <param name="Case">Id of the case that asked for it.</param>
/// <param name="ValidUntil">The last day of the new term; null for none.</param>
[Alias("licence_renewal_deemed")]
public sealed record LicenceRenewalDeemed(DateTimeOffset At, Guid Case, DateOnly? ValidUntil) : LicenceFact(At, null);

/// <summary>What its holder had committed to is met: from now on it authorises what it is for (MODE-3).</summary>
/// <param name="From">The first day, China Standard Time.</param>
[Alias("licence_operation_opened")]
public sealed record LicenceOperationOpened(DateTimeOffset At, Actor By, DateOnly From) : LicenceFact(At, By);

/// <summary>It may not be used for a time (暂扣).</summary>
/// <param name="Until">The last day; null until somebody ends it.</param>
/// <param name="Basis">What it rests on, out of the item's list (LIC-6); absent in releases before, whose basis is the grounds' text alone.</param>
[Alias("licence_suspended")]
public sealed record LicenceSuspended(
    DateTimeOffset At, Actor By, LicenceGrounds Grounds, DateOnly? Until, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SuspensionBasis? Basis = null) : LicenceFact(At, By);

/// <summary>It may be used again.</summary>
/// <param name="By">Null: the suspension was for a time, which is over.</param>
[Alias("licence_reinstated")]
public sealed record LicenceReinstated(DateTimeOffset At, Actor? By) : LicenceFact(At, By);

/// <summary>Its holder was told that it is to be revoked, and may speak and ask for a hearing first (事先告知, LIC-6).</summary>
/// <param name="Officer">Who proposes it, where a system named somebody: they do not preside at the hearing.</param>
[Alias("licence_annulment_noticed")]
public sealed record LicenceAnnulmentNoticed(
    DateTimeOffset At, Actor By, AnnulmentNotice Notice, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Officer? Officer = null) : LicenceFact(At, By);

/// <summary>Its holder spoke about its being revoked, or asked for a hearing (陈述、申辩、要求听证).</summary>
/// <param name="Text">In their words; null where they only asked for a hearing.</param>
/// <param name="Hearing">They asked for a hearing, which is held before it is revoked.</param>
[Alias("licence_holder_heard")]
public sealed record LicenceHolderHeard(DateTimeOffset At, Actor By, [Personal] string? Text, bool Hearing) : LicenceFact(At, By);

/// <summary>A hearing of its holder was called, and its day and place told (HEAR-2).</summary>
/// <param name="Number">Counts the notice's hearings from 1.</param>
/// <param name="HeldOn">Its day.</param>
/// <param name="Presider">Who presides: not who proposes that it be revoked.</param>
[Alias("licence_hearing_called")]
public sealed record LicenceHearingCalled(DateTimeOffset At, Actor By, int Number, DateOnly HeldOn, [Personal] string Place, Officer Presider) : LicenceFact(At, By);

/// <summary>The minutes of a hearing are signed, on which the decision rests (HEAR-2).</summary>
/// <param name="Number">The hearing's number.</param>
/// <param name="DecideBy">The last day to decide, the hearing's time not counted.</param>
[Alias("licence_hearing_closed")]
public sealed record LicenceHearingClosed(
    DateTimeOffset At, Actor By, int Number, [Personal] string Text, [Personal] string SignedBy, DateOnly SignedOn, DateOnly DecideBy) : LicenceFact(At, By);

/// <summary>The time to decide about its being revoked was extended, once.</summary>
/// <param name="DecideBy">The last day to decide.</param>
[Alias("licence_decision_extended")]
public sealed record LicenceDecisionExtended(DateTimeOffset At, Actor By, [Personal] string Reason, DateOnly DecideBy) : LicenceFact(At, By);

/// <summary>What its holder was told is not followed by a revocation (撤回告知): the notice is withdrawn, with what was said to it.</summary>
[Alias("licence_notice_withdrawn")]
public sealed record LicenceNoticeWithdrawn(DateTimeOffset At, Actor By, [Personal] string Reason) : LicenceFact(At, By);

/// <summary>A supervisor ended it against its holder's will (撤销、撤回、吊销).</summary>
/// <param name="Breach">True where it was annulled because what was committed to was not true, or not kept; absent otherwise.</param>
[Alias("licence_revoked")]
public sealed record LicenceRevoked(
    DateTimeOffset At, Actor By, RevocationGround Ground, LicenceGrounds Grounds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Breach = null) : LicenceFact(At, By);

/// <summary>It was struck from the register (注销, 行政许可法 art. 70): because it had ended, or because its holder asked.</summary>
/// <param name="Grounds">The department's; null where the holder asked.</param>
/// <param name="Case">Id of the case that granted its holder that; absent where none did.</param>
[Alias("licence_cancelled")]
public sealed record LicenceCancelled(
    DateTimeOffset At, Actor By, LicenceGrounds? Grounds, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Case = null) : LicenceFact(At, By);

/// <summary>Another licence is in its place.</summary>
/// <param name="ReplacedBy">That licence's number.</param>
/// <param name="Grounds">The department's; null where a case granted the other one.</param>
/// <param name="HolderName">The holder's name as that one has it, where it was written wrong (更正); absent where nothing was.</param>
[Alias("licence_replaced")]
public sealed record LicenceReplaced(
    DateTimeOffset At, Actor By, string ReplacedBy, LicenceGrounds? Grounds, [Personal][property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? HolderName = null) : LicenceFact(At, By);

/// <summary>Its term is over.</summary>
/// <param name="KeepsNotice">Whether it is annulled was still to be decided, and is decided after its end as well; absent where nothing was, and in releases before, which forgot it.</param>
[Alias("licence_expired")]
public sealed record LicenceExpired(DateTimeOffset At, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool KeepsNotice = false) : LicenceFact(At, null);

/// <summary>Why a department did something to a licence.</summary>
/// <param name="Reason">Why (理由).</param>
/// <param name="LegalBasis">The provision it rests on (法律依据).</param>
/// <param name="Remedies">What the law gives the holder against it (救济途径, REM-1).</param>
public sealed record LicenceGrounds([Personal] string Reason, [Personal] string LegalBasis, IReadOnlyList<Remedy> Remedies)
{
    /// <summary>The same as it is read, with names and addresses for a language tag.</summary>
    public LicenceGrounds In(string language) => this with { Remedies = [.. Remedies.Select(remedy => remedy.In(language))] };
}

/// <summary>What a holder is told before their licence is revoked (拟撤销告知).</summary>
/// <param name="Ground">As what it is to be revoked.</param>
/// <param name="Facts">What was found.</param>
/// <param name="LegalBasis">The provision it is to rest on.</param>
/// <param name="SpeakBy">The last day on which the holder may speak and ask for a hearing (陈述、申辩、听证).</param>
/// <param name="DecideBy">The last day on which it may be revoked for that: counted from when it was found, and not anew by another notice.</param>
/// <param name="Deceit">True where the licence was had by deceit, bribery or other improper means; absent otherwise.</param>
/// <param name="Breach">True where what was committed to is not true, or not kept (违反承诺); false where it is for something else, and absent where the notice does not say.</param>
/// <param name="FoundOn">The day on which it was found (发现之日): supervision's finding, or that of the first notice; absent in notices of releases before.</param>
/// <param name="Extended">True where the time to decide was extended; absent otherwise.</param>
public sealed record AnnulmentNotice(
    RevocationGround Ground, [Personal] string Facts, [Personal] string LegalBasis, DateOnly SpeakBy, DateOnly DecideBy, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Deceit = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Breach = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateOnly? FoundOn = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Extended = null);

/// <summary>What a holder said (陈述、申辩).</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Text">In their words.</param>
public sealed record LicenceStatement(DateTimeOffset At, string Text);

/// <summary>A hearing of a holder before their licence is revoked (听证).</summary>
/// <param name="Number">Counts the notice's hearings from 1.</param>
/// <param name="CalledAt">When it was called.</param>
/// <param name="HeldOn">Its day.</param>
/// <param name="Place">Its place.</param>
/// <param name="Presider">Who presides.</param>
/// <param name="Minutes">Its signed record; null until it is in.</param>
public sealed record LicenceHearing(int Number, DateTimeOffset CalledAt, DateOnly HeldOn, string Place, Officer Presider, LicenceMinutes? Minutes);

/// <summary>A hearing's record (听证笔录).</summary>
/// <param name="Text">What was said.</param>
/// <param name="SignedBy">Who signed it.</param>
/// <param name="SignedOn">The day on which it was signed.</param>
public sealed record LicenceMinutes(string Text, string SignedBy, DateOnly SignedOn);

/// <summary>How the law ends a licence against its holder's will.</summary>
public enum RevocationGround
{
    /// <summary>撤销: it should not have been granted (行政许可法 art. 69).</summary>
    Annulled,

    /// <summary>撤回: the law or the circumstances have changed (行政许可法 art. 8).</summary>
    Recalled,

    /// <summary>吊销: for what its holder did (行政处罚法 art. 9).</summary>
    Penalty,
}
