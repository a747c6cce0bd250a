using System.Text;
using System.Text.RegularExpressions;
using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Licences;

// What is done to a licence: each act by its own lawful way (LIC-6, 行政许可法 arts. 8, 69, 70).
public sealed partial record Licence
{
    private const int LongestText = 2000;

    private bool IsHeldBy(Actor by) => by.Department is null && by.Applicant is { } holder && HolderKeys.Contains(holder);

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    /// <param name="state">The licence so far.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="asked">Who asks, when, and what the rule knows besides.</param>
    public static Decision<LicenceFact> Decide(Licence? state, LicenceCommand command, LicenceAsking asked)
    {
        if (state is null)
            return LicenceRefusals.NotFound;
        var lapsed = state.Lapse(asked.Now);
        var decision = lapsed.Aggregate(state, Evolve).Answer(command, asked);
        return decision.Refused is not null || lapsed.Count == 0 ? decision : Decision<LicenceFact>.Of([.. lapsed, .. decision.Facts]);
    }

    /// <summary>The facts by which it gives way to another one, which a case granted.</summary>
    public IReadOnlyList<LicenceFact> GivesWayTo(LicenceIssued next) => [.. Lapse(next.At), new LicenceReplaced(next.At, next.By!, next.Number, Grounds: null)];

    /// <summary>The last of these facts by which a licence ends; null where it goes on.</summary>
    public static LicenceFact? EndIn(IEnumerable<LicenceFact> facts) => facts.LastOrDefault(fact => EndedAs(fact) is not null);

    /// <summary>What a licence is after a fact that ends it; null where the fact does not.</summary>
    public static LicenceStatus? EndedAs(LicenceFact fact) => fact switch
    {
        LicenceRevoked => LicenceStatus.Revoked,
        LicenceCancelled => LicenceStatus.Cancelled,
        LicenceExpired => LicenceStatus.Expired,
        LicenceReplaced => LicenceStatus.Replaced,
        _ => null,
    };

    /// <summary>The facts by which it is struck from the register, because a case granted its holder that.</summary>
    public IReadOnlyList<LicenceFact> GivenBack(DateTimeOffset at, Actor by, Guid @case) => [.. Lapse(at), new LicenceCancelled(at, by, Grounds: null, @case)];

    /// <summary>The facts by which what is held against it stays with the one that takes its place: nobody escapes a suspension by a renewal (LIC-6). What is to be revoked gives way to none.</summary>
    public IReadOnlyList<LicenceFact> StaysWith(LicenceIssued next) =>
        At(next.At) is { Status: LicenceStatus.Suspended } now ? [new LicenceSuspended(next.At, next.By!, now.Grounds!, now.SuspendedUntil, now.SuspensionBasis)] : [];

    /// <summary>The facts by which it authorises what it is for, its conditions being met; none where it has ended or did so before.</summary>
    public IReadOnlyList<LicenceFact> Opens(DateTimeOffset at, Actor by) =>
        At(at) is { Stands: true, OperationFrom: null } ? [.. Lapse(at), new LicenceOperationOpened(at, by, LegalClock.DayOf(at))] : [];

    /// <summary>The licence in whose place the one named by <see cref="LicenceReplaced.ReplacedBy"/> is, as it is issued.</summary>
    public LicenceIssued Successor(LicenceReplaced fact) => new(
        fact.At, fact.By!, fact.ReplacedBy, Kind, fact.HolderName is { } name ? [Holders[0] with { Name = name }] : Holders, Item, Scope, Department, SupervisedBy, Case, Step, LegalClock.DayOf(fact.At), ValidUntil, OperationFrom, Number, Confidential, RemindOn: RemindOn, PublishesPersons: PublishesPersons);

    /// <summary>The facts by which it waits, or no longer waits, for the renewal that a case asks for (LIC-5).</summary>
    /// <param name="case">The case.</param>
    /// <param name="awaited">It waits.</param>
    /// <param name="open">The case has not ended.</param>
    /// <param name="at">When.</param>
    /// <param name="by">Whose doing it was; null when the clock's.</param>
    public IReadOnlyList<LicenceFact> Renewing(Guid @case, bool awaited, bool open, DateTimeOffset at, Actor? by)
    {
        var lapsed = Lapse(at);
        var now = lapsed.Aggregate(this, Evolve);
        if (!now.Stands || (awaited, open) == (now.RenewalAwaitedBy == @case, now.RenewalAskedBy == @case))
            return lapsed;
        return [.. lapsed, awaited ? new LicenceRenewalAwaited(at, by!, @case) : new LicenceRenewalAnswered(at, by, @case, open)];
    }

    private Decision<LicenceFact> Answer(LicenceCommand command, LicenceAsking asked) => command switch
    {
        SuspendLicence c => Suspend(c, asked),
        ReinstateLicence => Reinstate(asked),
        AnnounceRevocation c => Announce(c, asked),
        RevokeLicence c => Revoke(c, asked),
        SpeakAboutRevocation c => Speak(c, asked),
        CallLicenceHearing c => Call(c, asked),
        CloseLicenceHearing c => Close(c, asked),
        ExtendRevocation c => Extend(c, asked),
        WithdrawNotice c => Withdraw(c, asked),
        CancelLicence c => Cancel(c, asked),
        ReplaceLicence c => Replace(c, asked),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule answers it."),
    };

    private Decision<LicenceFact> Suspend(SuspendLicence c, LicenceAsking asked)
    {
        if (NotTheirs(asked.By) is { } refused)
            return refused;
        if (Status != LicenceStatus.Valid)
            return InThisState("暂扣", "suspending it");
        var today = LegalClock.DayOf(asked.Now);
        var until = LicenceRefusals.UntilInvalid.Because(
            $"不早于今天（{today:yyyy-MM-dd}），不晚于有效期。", $"It is today, {today:yyyy-MM-dd}, or later, and no later than the licence itself ends.").At("/until");
        var basis = asked.SuspensionBases.FirstOrDefault(basis => basis.Code == c.LegalBasis);
        if (Refusal.AllOf(
        [
            .. Missing(c.Reason, "/reason"), .. NotListed(asked.SuspensionBases).At("/legalBasis").When(basis is null),
            .. until.When(c.Until < today || c.Until > ValidUntil || c.Until?.Year > LegalClock.LastYear),
        ]) is { } wrong)
            return wrong;
        return new LicenceSuspended(asked.Now, asked.By, Because(c.Reason, basis!.LegalBasis, RemedyAct.Suspension, asked.By), c.Until, basis);
    }

    private static Refusal NotListed(IReadOnlyList<SuspensionBasis> bases) => bases.Count == 0
        ? LicenceRefusals.BasisNotListed.Because("事项没有列明暂扣依据，其证照不能暂扣。", "The item names no law by which its licences are suspended: none is.")
        : LicenceRefusals.BasisNotListed.Because(
            $"可选：{string.Join("；", bases.Select(basis => $"{basis.Code}（{basis.Name.Zh}，{basis.LegalBasis}）"))}。", $"It is one of: {string.Join("; ", bases.Select(basis => $"{basis.Code} ({basis.Name.En}, {basis.LegalBasis})"))}.");

    private Decision<LicenceFact> Reinstate(LicenceAsking asked) =>
        NotTheirs(asked.By) is { } refused ? refused
        : Status != LicenceStatus.Suspended ? InThisState("恢复", "reinstating it")
        : new LicenceReinstated(asked.Now, asked.By);

    private Decision<LicenceFact> Announce(AnnounceRevocation c, LicenceAsking asked)
    {
        if (NotTheirs(asked.By) is { } refused)
            return refused;
        if (!Stands)
            return InThisState("告知拟撤销", "giving notice of its revocation");
        var (hadByDeceit, otherwise) = (c.Deceit == true, c.Ground != RevocationGround.Annulled);
        if (Refusal.AllOf(
        [
            .. Missing(c.Facts, "/facts"), .. Missing(c.LegalBasis, "/legalBasis"),
            .. LicenceRefusals.DeceitMisplaced.At("/deceit").When(hadByDeceit && otherwise), .. LicenceRefusals.DeceitMisplaced.At("/breach").When(c.Breach == true && otherwise),
            .. Cases.Case.ActingOfficerRefused(asked.By, c.Officer),
        ]) is { } wrong)
            return wrong;
        var same = asked.ToldBefore.Concat(Told ?? []).LastOrDefault(former => IsOfTheSame(former, c.Ground, c.Facts!));
        if (IsToBeRevoked(asked.Now))
            return same is not null && same == Notice && IsSaidBy(same.LegalBasis, c.LegalBasis!) && (same.Deceit == true, same.Breach == true) == (hadByDeceit, c.Breach == true) ? Decision<LicenceFact>.Nothing
                : LicenceRefusals.NotInThisState.Because($"已经告知，应在{Notice!.DecideBy:yyyy-MM-dd}前决定。", $"Its holder was told already; that is to be decided by {Notice.DecideBy:yyyy-MM-dd}.");
        // MODE-4: from finding out, however often its holder is told, whatever they were told besides, and whatever was withdrawn or copied. Deceit, and what says so, is something else than what supervision found.
        if (same is not null && LegalClock.DayOf(asked.Now) > same.DecideBy)
            return Late(same.DecideBy);
        var asFound = !otherwise && !hadByDeceit && c.Breach != false;
        if (asFound && asked is { IsBeingPutRight: true, IsInBreach: false })
            return LicenceRefusals.BeingPutRight;
        if (asFound && c.Breach == true && !asked.IsInBreach)
            return LicenceRefusals.BreachNotFound.At("/breach");
        var found = same is null && asFound && asked.FoundAt is { } at ? at : asked.Now;
        var decideBy = same?.DecideBy ?? asked.Clock.Simulate(found, Limit.WorkingDays(asked.Policy.DecideWithin)).DueOn;
        return LegalClock.DayOf(asked.Now) > decideBy ? FoundTooLongAgo(decideBy) : new LicenceAnnulmentNoticed(asked.Now, asked.By, new(
            c.Ground, c.Facts!, c.LegalBasis!, asked.Clock.Simulate(asked.Now, Limit.WorkingDays(asked.Policy.SpeakWithin)).DueOn, decideBy, hadByDeceit ? true : null, otherwise ? null : c.Breach,
            same is null ? LegalClock.DayOf(found) : same.FoundOn, same?.Extended), c.Officer);
    }

    private static bool IsOfTheSame(AnnulmentNotice told, RevocationGround ground, string facts) => told.Ground == ground && IsSaidBy(told.Facts, facts);

    // What is written differently is told anew; blanks and punctuation are no difference.
    private static bool IsSaidBy(string one, string other) =>
        one.EnumerateRunes().Where(Rune.IsLetterOrDigit).SequenceEqual(other.EnumerateRunes().Where(Rune.IsLetterOrDigit));

    private Decision<LicenceFact> Revoke(RevokeLicence c, LicenceAsking asked)
    {
        if (NotTheirs(asked.By) is { } refused)
            return refused;
        if (!asked.By.IsSupervisor)
            return LicenceRefusals.OnlyASupervisorRevokes;
        if (!Stands && Notice is null)
            return InThisState("撤销", "revoking it");
        if (Refusal.AllOf([.. Missing(c.Reason, "/reason"), .. Missing(c.LegalBasis, "/legalBasis")]) is { } wrong)
            return wrong;
        if (Notice is not { } notice || notice.Ground != c.Ground)
            return LicenceRefusals.NoticeMissing.At("/ground");
        var today = LegalClock.DayOf(asked.Now);
        if (today <= notice.SpeakBy)
            return LicenceRefusals.TooEarly.Because($"持证人可以在{notice.SpeakBy:yyyy-MM-dd}前（含当日）陈述、申辩和要求听证。", $"They may speak and ask for a hearing until {notice.SpeakBy:yyyy-MM-dd}, that day included.");
        // LIC-6: who asked to be heard is heard first.
        if (IsBeingHeard || (HearingAskedOn is not null && Hearings is null))
            return LicenceRefusals.HearingMissing;
        if (today > notice.DecideBy)
            return Late(notice.DecideBy);
        // MODE-4: what may be for the breach waits for the day by which it was to be put right, whichever of the two was said first.
        if (c.Ground == RevocationGround.Annulled && notice is { Breach: null, Deceit: not true } && asked is { IsBeingPutRight: true, IsInBreach: false })
            return LicenceRefusals.BeingPutRight;
        // CRED-1: what the authority itself did wrong is no breach of its holder's.
        var breach = c.Ground == RevocationGround.Annulled && (notice.Breach == true || notice.Deceit == true || (notice.Breach is null && asked.IsInBreach));
        return new LicenceRevoked(asked.Now, asked.By, c.Ground, Because(c.Reason, c.LegalBasis, RemedyAct.Revocation, asked.By), breach ? true : null);
    }

    private Decision<LicenceFact> Cancel(CancelLicence c, LicenceAsking asked)
    {
        var asksThemselves = IsHeldBy(asked.By);
        if (!asksThemselves && !(asked.MayManage && asked.By.Department == Department))
            return LicenceRefusals.NotYourDepartment;
        if (Status == LicenceStatus.Cancelled)
            return Decision<LicenceFact>.Nothing;
        // 行政许可法 art. 70: after expiry, annulment, recall and penalty, too. What another licence took the place of is off the register already.
        if (Status == LicenceStatus.Replaced)
            return InThisState("注销", "cancelling it");
        // Whether it is annulled is decided first (MODE-4): cancelled, what a breach leads to would be forgotten.
        if (!asksThemselves && IsToBeRevoked(asked.Now))
            return HeldBack(asked);
        if (!asksThemselves)
            return Refusal.AllOf([.. Missing(c.Reason, "/reason"), .. Missing(c.LegalBasis, "/legalBasis")]) is { } wrong
                ? wrong : new LicenceCancelled(asked.Now, asked.By, Because(c.Reason, c.LegalBasis, RemedyAct.Cancellation, asked.By));
        if (HolderKeys.Count > 1)
            return LicenceRefusals.HeldJointly;
        return Status == LicenceStatus.Suspended || IsToBeRevoked(asked.Now) || asked.IsInBreach || asked.IsBeingPutRight ? HeldBack(asked) : new LicenceCancelled(asked.Now, asked.By, Grounds: null);
    }

    // Which of it, and until when.
    private Refusal HeldBack(LicenceAsking asked) => (Status, Notice) switch
    {
        (_, { } notice) when IsToBeRevoked(asked.Now) => LicenceRefusals.NoticeOpen.Because(
            $"已告知拟撤销，应在{notice.DecideBy:yyyy-MM-dd}前决定。", $"Its revocation was announced, and is to be decided by {notice.DecideBy:yyyy-MM-dd}."),
        (LicenceStatus.Suspended, _) => SuspendedUntil is { } until
            ? LicenceRefusals.NoticeOpen.Because($"已暂扣至{until:yyyy-MM-dd}（含当日）。", $"It is suspended until {until:yyyy-MM-dd}, that day included.")
            : LicenceRefusals.NoticeOpen.Because("已暂扣，尚未恢复。", "It is suspended, and not reinstated yet."),
        _ when asked.IsInBreach => LicenceRefusals.NoticeOpen.Because("监管认定违反承诺，尚未处理。", "Supervision found a breach, about which nothing is decided yet."),
        _ => LicenceRefusals.NoticeOpen.Because("违反承诺，正在限期改正。", "A breach is being put right."),
    };

    private Decision<LicenceFact> Replace(ReplaceLicence c, LicenceAsking asked)
    {
        if (asked.By.Department != Department)
            return LicenceRefusals.NotYourDepartment;
        if (Status != LicenceStatus.Valid)
            return InThisState("换发", "replacing it");
        if (IsToBeRevoked(asked.Now))
            return HeldBack(asked);
        var corrects = c.HolderName is null || (Wording.IsLine(c.HolderName, Applicant.LongestName) && Holders is [var holder] && holder.Name != c.HolderName);
        if (Refusal.AllOf([.. Missing(c.Reason, "/reason"), .. Missing(c.LegalBasis, "/legalBasis"), .. LicenceRefusals.CorrectionInvalid.At("/holderName").When(!corrects)]) is { } wrong)
            return wrong;
        return new LicenceReplaced(asked.Now, asked.By, NextNumber(), Because(c.Reason, c.LegalBasis, RemedyAct.Replacement, asked.By), c.HolderName);
    }

    private static Refusal Late(DateOnly decideBy) => LicenceRefusals.NoticeOutdated.Because(
        $"应在{decideBy:yyyy-MM-dd}前决定，就同一情形再次告知不重新计算。", $"It was to be decided by {decideBy:yyyy-MM-dd}; another notice of the same does not begin that anew.");

    private static Refusal FoundTooLongAgo(DateOnly decideBy) => LicenceRefusals.NoticeOutdated.Because(
        $"监管发现的违反承诺应在{decideBy:yyyy-MM-dd}前决定；另有原因的，写明 breach: false。", $"What supervision found was to be decided by {decideBy:yyyy-MM-dd}; what is for something else says breach: false.");

    // One department decides and another supervises (审管分离): either may act on what was granted.
    private Refusal? NotTheirs(Actor by) => by.Department is { } own && (own == Department || own == SupervisedBy) ? null : LicenceRefusals.NotYourDepartment;

    private static IEnumerable<Refusal> Missing(string? text, string at) => LicenceRefusals.GroundsMissing.At(at).When(!Wording.IsText(text, LongestText));

    private static LicenceGrounds Because(string? reason, string? basis, RemedyAct act, Actor by) => new(reason!, basis!, [Remedy.Against(act, by.Department!.Value)]);

    // The same number with R and how often it was replaced: of one licence there is one next.
    private string NextNumber() => Copies().Match(Number) is { Success: true } copy
        ? $"{copy.Groups[1].Value}-R{int.Parse(copy.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture) + 1}" : $"{Number}-R1";

    [GeneratedRegex(@"\A(.+)-R([0-9]+)\z")]
    private static partial Regex Copies();

    // "It is expired, which does not allow suspending it."
    private Refusal InThisState(string zh, string en) => LicenceRefusals.NotInThisState.Because($"证照{Standing.Zh}，此时不能{zh}。", $"It is {Standing.En}, which does not allow {en}.");
}
