using OneDoor.Applicants;
using OneDoor.Catalogue;

namespace OneDoor.Licences;

/// <summary>A licence (电子证照) as its reader sees it.</summary>
/// <param name="Number">What it is known by (证照编号), for ever.</param>
/// <param name="Version">Grows with every change, which has to name it.</param>
/// <param name="Kind">What it is (证照类型).</param>
/// <param name="Status">Where it stands (状态).</param>
/// <param name="Ground">As what it was revoked; null unless it was.</param>
/// <param name="Holder">Who holds it (持证主体); of several, the first.</param>
/// <param name="JointHolders">Who holds it besides.</param>
/// <param name="Item">Code of the item it was granted for.</param>
/// <param name="Scope">What was granted (许可事项), in the language that Accept-Language prefers.</param>
/// <param name="Department">Who issued it (发证部门).</param>
/// <param name="SupervisedBy">Who supervises what was granted (监管部门).</param>
/// <param name="OperationFrom">From when it authorises what it is for; null while it does not yet.</param>
/// <param name="ValidFrom">The first day (有效期自), China Standard Time.</param>
/// <param name="ValidUntil">The last day (有效期至); null for a licence without a term (长期).</param>
/// <param name="IssuedAt">When it was issued (核发时间).</param>
/// <param name="Case">Id of the case that was granted.</param>
/// <param name="Replaces">Number of the licence in whose place it is; null where it is in none's.</param>
/// <param name="ReplacedBy">Number of the licence in its place; null while there is none.</param>
/// <param name="SuspendedUntil">The last day of its suspension; null where that ends when somebody ends it, and where it is not suspended.</param>
/// <param name="Notice">What its holder was told it may be revoked for (拟撤销告知); null where they were told of nothing, or it has ended since. An annulment that was to be decided about when its term ended is decided all the same.</param>
/// <param name="Grounds">Why it last was suspended, revoked, cancelled or replaced, and what can be done against that; null where nobody had to say.</param>
/// <param name="Statements">What its holder said to the last notice (陈述、申辩).</param>
/// <param name="HearingAskedOn">The day on which they asked for a hearing; null where they did not.</param>
/// <param name="Hearings">The hearings about it (听证).</param>
/// <param name="SuspensionBasis">What its suspension rests on (暂扣依据), out of its item's list; null where it is not suspended, and where that was before there were lists.</param>
public sealed record LicenceView(
    string Number, int Version, IssuedLicence Kind, LicenceStatus Status, RevocationGround? Ground, PersonOrEntity Holder, IReadOnlyList<PersonOrEntity> JointHolders,
    string Item, string Scope, Department Department, Department SupervisedBy, DateOnly? OperationFrom, DateOnly ValidFrom, DateOnly? ValidUntil,
    DateTimeOffset IssuedAt, Guid Case, string? Replaces, string? ReplacedBy, DateOnly? SuspendedUntil, AnnulmentNotice? Notice, LicenceGrounds? Grounds,
    IReadOnlyList<LicenceStatement> Statements, DateOnly? HearingAskedOn, IReadOnlyList<LicenceHearing> Hearings, SuspensionBasis? SuspensionBasis)
{
    public static LicenceView Of(Licence l, string language) => new(
        l.Number, l.Version, l.Kind, l.Status, l.Ground, l.Holders[0], [.. l.Holders.Skip(1)], l.Item, l.ScopeNow.In(language), l.Department, l.SupervisedBy, l.OperationFrom, l.ValidFrom, l.ValidUntil,
        l.IssuedAt, l.Case, l.Replaces, l.ReplacedBy, l.SuspendedUntil, l.Notice, l.Grounds?.In(language), l.Statements ?? [], l.HearingAskedOn, l.Hearings ?? [], l.SuspensionBasis);
}

/// <summary>Something that happened to a licence.</summary>
/// <param name="Version">Which it led to.</param>
/// <param name="Type">What it was, for instance <c>licence-suspended</c>.</param>
/// <param name="At">When.</param>
/// <param name="Client">Whose doing it was; null when it was the clock's.</param>
/// <param name="Department">That client's department; null for who is signed in and for the clock.</param>
/// <param name="Until">The last day of a suspension; null for one that somebody ends, and for everything else.</param>
/// <param name="Ground">As what it was revoked; null for everything else.</param>
/// <param name="Notice">What the holder was told; null for everything else.</param>
/// <param name="Grounds">Why, and what can be done against it; null where nobody had to say.</param>
/// <param name="Other">Number of the licence it replaces, or that replaces it; null for everything else.</param>
/// <param name="Case">Id of the case by which its holder gave it back; null for everything else.</param>
/// <param name="Text">What the holder said, the minutes of a hearing, or why there is more time to decide or a notice is withdrawn; null for everything else.</param>
/// <param name="Hearing">The hearing's number; null for what is none.</param>
/// <param name="HeldOn">The day of a hearing that is called; null for everything else.</param>
/// <param name="DecideBy">The last day to decide, where minutes or an extension moved it; null for everything else.</param>
/// <param name="SuspensionBasis">What a suspension rests on (暂扣依据), out of the item's list; null for everything else, and where that was before there were lists.</param>
/// <param name="HolderName">The holder's name as the licence that replaces it has it, where it was written wrong (更正); null for everything else.</param>
public sealed record LicenceEvent(
    int Version, string Type, DateTimeOffset At, string? Client, Department? Department, DateOnly? Until, RevocationGround? Ground, AnnulmentNotice? Notice, LicenceGrounds? Grounds, string? Other,
    Guid? Case = null, string? Text = null, int? Hearing = null, DateOnly? HeldOn = null, DateOnly? DecideBy = null,
    SuspensionBasis? SuspensionBasis = null, string? HolderName = null)
{
    public static LicenceEvent Of(LicenceFact fact, int index, string language)
    {
        var shown = new LicenceEvent(index + 1, Streams.PublishedAs(fact), fact.At, fact.By?.Client, fact.By?.Department, null, null, null, null, null);
        return fact switch
        {
            LicenceIssued f => shown with { Other = f.Replaces },
            LicenceSuspended f => shown with { Until = f.Until, Grounds = f.Grounds.In(language), SuspensionBasis = f.Basis },
            LicenceAnnulmentNoticed f => shown with { Notice = f.Notice },
            LicenceHolderHeard f => shown with { Text = f.Text },
            LicenceHearingCalled f => shown with { Hearing = f.Number, HeldOn = f.HeldOn },
            LicenceHearingClosed f => shown with { Hearing = f.Number, Text = f.Text, DecideBy = f.DecideBy },
            LicenceDecisionExtended f => shown with { Text = f.Reason, DecideBy = f.DecideBy },
            LicenceNoticeWithdrawn f => shown with { Text = f.Reason },
            LicenceRevoked f => shown with { Ground = f.Ground, Grounds = f.Grounds.In(language) },
            LicenceCancelled f => shown with { Grounds = f.Grounds?.In(language), Case = f.Case },
            LicenceReplaced f => shown with { Other = f.ReplacedBy, Grounds = f.Grounds?.In(language), HolderName = f.HolderName },
            _ => shown,
        };
    }
}

/// <summary>A licence in the public register (双公示, 行政许可法 art. 40).</summary>
/// <param name="Number">What it is known by (证照编号).</param>
/// <param name="Kind">What it is (证照类型).</param>
/// <param name="Holder">The names of those who hold it (行政相对人名称); persons' are masked, and stand here of the items alone whose law publishes them (<c>publishesPersons</c>).</param>
/// <param name="Uscc">The first one's unified social credit code; null where it has none.</param>
/// <param name="Item">Code of the item it was granted for.</param>
/// <param name="Scope">What was granted (许可内容).</param>
/// <param name="Department">Who issued it (许可机关).</param>
/// <param name="Status">Where it stands.</param>
/// <param name="ValidFrom">The first day (有效期自).</param>
/// <param name="ValidUntil">The last day (有效期至); null for a licence without a term.</param>
/// <param name="IssuedAt">When it was issued (许可决定日期).</param>
public sealed record RegisteredLicence(
    string Number, IssuedLicence Kind, string Holder, string? Uscc, string Item, string Scope, Department Department, LicenceStatus Status, DateOnly ValidFrom, DateOnly? ValidUntil, DateTimeOffset IssuedAt)
{
    public static RegisteredLicence Of(Licence l, string language) => new(
        l.Number, l.Kind, string.Join('、', l.Holders.Select(h => h.Kind == ApplicantKind.Person ? h.MaskedName : h.Name)), l.Holders[0].Uscc ?? (l.Holders[0].Identifier is { Kind: IdentifierKind.Uscc } code ? code.Number : null),
        l.Item, l.ScopeNow.In(language), l.Department, l.Status, l.ValidFrom, l.ValidUntil, l.IssuedAt);
}
