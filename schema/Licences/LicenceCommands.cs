using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Licences;

/// <summary>What someone asks of a licence: exactly what they send.</summary>
public abstract record LicenceCommand : ICommand;

/// <summary>A licence to be suspended (暂扣).</summary>
/// <param name="Reason">Why: 1 to 2,000 characters.</param>
/// <param name="LegalBasis">Code of the provision it rests on, out of the list of the licence's item (<c>suspensionBases</c>, LIC-6).</param>
/// <param name="Until">The last day of the suspension, from today on; left out, it lasts until it is ended.</param>
public sealed record SuspendLicence(string? Reason, string? LegalBasis, DateOnly? Until = null) : LicenceCommand;

/// <summary>The end of a suspension.</summary>
public sealed record ReinstateLicence : LicenceCommand;

/// <summary>What the holder is to be told before their licence may be revoked (拟撤销告知): facts, basis, the right to speak and to a hearing.</summary>
/// <param name="Facts">What was found: 1 to 2,000 characters.</param>
/// <param name="LegalBasis">The provision it is to rest on: 1 to 2,000 characters.</param>
/// <param name="Ground">As what it is to be revoked; left out, as annulled.</param>
/// <param name="Deceit">Of an annulment only: true where the licence was had by deceit, bribery or other improper means (行政许可法 art. 69 II). Of what bears on safety its holder is then barred from it for three years.</param>
/// <param name="Breach">Of an annulment only: true where what was committed to is not true, or not kept (违反承诺), which is recorded against its holder: it was found, and not put right by its day, unless it is deceit. Left out, it is what supervision found and nobody put right, where it found something; false where it is for something else. Deceit is a breach whatever it says.</param>
/// <param name="Officer">Who proposes it, where a system asks: whoever it is does not preside at the hearing.</param>
public sealed record AnnounceRevocation(
    string? Facts, string? LegalBasis, RevocationGround Ground = RevocationGround.Annulled, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Deceit = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Breach = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Officer? Officer = null) : LicenceCommand;

/// <summary>What a holder says to the notice that their licence is to be revoked (陈述、申辩), until the last day to speak; their own, or recorded by the department.</summary>
/// <param name="Text">In their words: 1 to 2,000 characters; may be left out where a hearing is asked for.</param>
/// <param name="Hearing">True to ask for a hearing (要求听证).</param>
public sealed record SpeakAboutRevocation(string? Text = null, bool Hearing = false) : LicenceCommand;

/// <summary>Calling the hearing of a holder before their licence is revoked (听证), because they asked or for the department's own reasons.</summary>
/// <param name="HeldOn">Its day, a working day: seven working days ahead at least, and within twenty of the request, or of today.</param>
/// <param name="Place">Its place, in 1 to 200 characters.</param>
/// <param name="Presider">Who presides: not who proposes the revocation or calls the hearing.</param>
public sealed record CallLicenceHearing(DateOnly HeldOn, string Place, Officer Presider) : LicenceCommand;

/// <summary>The signed minutes of a hearing (听证笔录), on which the decision rests.</summary>
/// <param name="SignedBy">Who signed.</param>
/// <param name="SignedOn">The day, not before the hearing.</param>
/// <param name="Text">What was said, in 1 to 20,000 characters.</param>
public sealed record CloseLicenceHearing(string SignedBy, DateOnly SignedOn, string Text) : LicenceCommand
{
    /// <summary>The hearing's number, which the address names.</summary>
    [JsonIgnore]
    public int Hearing { get; init; }
}

/// <summary>More time to decide about a revocation: twenty working days, once, before the last day is over.</summary>
/// <param name="Reason">Why: 1 to 2,000 characters.</param>
public sealed record ExtendRevocation(string? Reason) : LicenceCommand;

/// <summary>The end of a notice that is not followed by a revocation (撤回告知): its holder is told why.</summary>
/// <param name="Reason">Why: 1 to 2,000 characters.</param>
public sealed record WithdrawNotice(string? Reason) : LicenceCommand;

/// <summary>A licence to be ended against its holder's will, after the notice and its time.</summary>
/// <param name="Ground">As what: the one that the notice named.</param>
/// <param name="Reason">Why, answering what the holder said: 1 to 2,000 characters.</param>
/// <param name="LegalBasis">The provision it rests on: 1 to 2,000 characters.</param>
public sealed record RevokeLicence(RevocationGround Ground, string? Reason, string? LegalBasis) : LicenceCommand;

/// <summary>A licence to be struck from the register (注销); free of charge.</summary>
/// <param name="Reason">Why: 1 to 2,000 characters; a holder need not say.</param>
/// <param name="LegalBasis">The provision it rests on: 1 to 2,000 characters; a holder names none.</param>
public sealed record CancelLicence(string? Reason = null, string? LegalBasis = null) : LicenceCommand;

/// <summary>
/// A licence in whose place a new one is to be, because it is lost or spoilt, or its holder's name is written wrong (换发、补发、更正). What has changed since is
/// applied for as a change.
/// </summary>
/// <param name="Reason">Why: 1 to 2,000 characters.</param>
/// <param name="LegalBasis">The provision it rests on: 1 to 2,000 characters.</param>
/// <param name="HolderName">The holder's name as it is right, in 1 to 200 characters, where the authority wrote it wrong; left out, what is written stays.</param>
public sealed record ReplaceLicence(
    string? Reason, string? LegalBasis, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? HolderName = null) : LicenceCommand;

/// <summary>What the rule of licences knows besides the licence and the command.</summary>
public sealed record LicenceAsking(Actor By, LegalClock Clock, DateTimeOffset Now) : Asking(By, Clock, Now)
{
    public LicenceOptions Policy { get; init; } = new();

    /// <summary>By what the licence's item says that it may be suspended (LIC-6).</summary>
    public IReadOnlyList<SuspensionBasis> SuspensionBases { get; init; } = [];

    /// <summary>The token lets a department manage licences; what a holder may ask needs no more than any application.</summary>
    public bool MayManage { get; init; }

    /// <summary>Those who supervise what it licenses found a breach that was not put right in its time: what follows is decided first (MODE-4), and an annulment is for it.</summary>
    public bool IsInBreach => FoundAt is not null;

    /// <summary>When they found it, the last of several; null where they found none, or it was put right, or still may be.</summary>
    public DateTimeOffset? FoundAt => Breaches.Where(breach => !breach.IsBeingPutRight).Max(breach => (DateTimeOffset?)breach.At);

    /// <summary>They found one that is to be put right, and nobody has recorded yet what came of that.</summary>
    public bool IsBeingPutRight => Breaches.Any(breach => breach.IsBeingPutRight);

    public IReadOnlyList<FoundBreach> Breaches { get; init; } = [];

    /// <summary>What holders of the licences in whose place it is were told that those may be revoked for, the last one last.</summary>
    public IReadOnlyList<AnnulmentNotice> ToldBefore { get; init; } = [];
}

/// <summary>What supervision found, and nobody put right.</summary>
/// <param name="Case">Id of the case that it looked into.</param>
/// <param name="At">When it was found.</param>
/// <param name="IsBeingPutRight">It still may be, or nobody has recorded that it was not.</param>
public sealed record FoundBreach(Guid Case, DateTimeOffset At, bool IsBeingPutRight);

/// <summary>Section <c>Licences</c>: for how long a holder may speak, a department decide, and anybody rely on what they verified.</summary>
public sealed record LicenceOptions
{
    /// <summary>Working days that a holder has to speak and to ask for a hearing before a licence is revoked (行政处罚法 art. 64).</summary>
    [Range(5, 60)]
    public int SpeakWithin { get; init; } = 5;

    /// <summary>Working days after what a licence is to be revoked for was found, within which that is decided: whatever notices follow.</summary>
    [Range(6, 365)]
    public int DecideWithin { get; init; } = 60;

    /// <summary>Working days after a finding by which it is to be put right at the latest: notice, the holder's days to speak and a decision follow in time.</summary>
    public int RectifyWithin => Math.Max(0, DecideWithin - SpeakWithin - 2);

    /// <summary>Days by which licences are told of before their last one where nobody else says when: twice the thirty of 行政许可法 art. 50.</summary>
    public const int UsuallyReminded = 60;

    /// <summary>
    /// Days before the last one to ask for a renewal, on which a holder is told that a licence will end; where the item's law names a first day, it is that.
    /// </summary>
    [Range(1, 365)]
    public int RemindBefore { get; init; } = 30;

    /// <summary>Minutes for which a verified answer and the status list may be relied on without asking again.</summary>
    [Range(1, 1440)]
    public int ReliedOnMinutes { get; init; } = 60;
}
