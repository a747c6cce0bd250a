using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Licences;

/// <summary>Changes licences.</summary>
public sealed class LicenceChanges(ChangeTools tools, LicenceOptions policy, LegalClock clock, StatusIndexes indexes, CurrentCatalogue catalogue, IEnumerable<ICaseFollower> followers, ISupervision supervision, LicenceEnds ends)
    : Changes<Licence, LicenceFact, LicenceCommand>(tools, LicenceReading.One)
{
    protected override object View(Licence seen, int version, string language) => LicenceView.Of(seen with { Version = version }, language);

    protected override async Task<Decision<LicenceFact>> Decide(Licence? before, LicenceCommand command, CancellationToken ct)
    {
        var suspensionBases = command is SuspendLicence && before is not null ? (await catalogue.Find(before.Item, ct))?.Item.SuspensionBases ?? [] : [];
        // Of a notice, or a suspension, and a grant at once the later one hears of the other.
        if (command is AnnounceRevocation or SuspendLicence && before is not null)
            await Tools.Session.AloneAboutRevocations(before.HolderKeys, ct);
        var decision = Licence.Decide(before, command, new LicenceAsking(Tools.Caller.Actor, clock, Tools.Now)
        {
            Policy = policy, MayManage = Tools.Caller.Has(Scopes.LicencesManage),
            SuspensionBases = suspensionBases,
            Breaches = command is CancelLicence or RevokeLicence or AnnounceRevocation && before is not null ? await supervision.InBreach(Tools.Session, before, ct) : [],
            ToldBefore = command is AnnounceRevocation && before is not null ? await ToldBefore(before, ct) : [],
        });
        // As time has left it, recorded with the command or before.
        var state = decision.Facts.SkipLast(1).Aggregate(before, Licence.Evolve);
        if (decision.Facts is [.., LicenceReplaced replaced])
        {
            List<LicenceFact> begun = [state!.Successor(replaced) with { StatusIndex = await indexes.Next(Tools.Session, ct) }];
            // Who asks for the renewal of the one has asked for that of its copy.
            if (state.RenewalAskedBy is { } renewing)
                begun.Add(new LicenceRenewalAwaited(replaced.At, replaced.By!, renewing));
            if (state is { RenewalAskedBy: { } owing, RenewalAwaitedBy: null })
                begun.Add(new LicenceRenewalAnswered(replaced.At, replaced.By, owing, Open: true));
            Tools.Session.Events.StartStream<Licence>(Licence.IdOf(replaced.ReplacedBy), begun);
        }
        else if (state is { RenewalAskedBy: { } lost } && decision.Facts is [.., LicenceRevoked or LicenceCancelled])
            await Tools.Session.Lose(lost, state.Number, decision.Facts[^1].At, decision.Facts[^1].By, ct);
        if (decision.Facts is [.., LicenceReplaced next])
            await ends.Ended(Tools.Session, before!, next, Licence.Evolve(null, state!.Successor(next)), ct);
        // MODE-4: what was committed to was not true, or not kept.
        else if (decision.Facts is [.., LicenceRevoked { Ground: RevocationGround.Annulled } revoked])
            await Annulled(before!, state!.Notice?.Deceit == true, revoked, ct);
        else if (before is not null)
            await ends.End(Tools.Session, before, decision.Facts, ct);
        // Of what has expired nothing is left to decide about.
        if (decision.Facts is [.., LicenceNoticeWithdrawn withdrawn] && !state!.Stands)
            await ends.Ended(Tools.Session, before!, new LicenceExpired(withdrawn.At), successor: null, ct);
        return decision;
    }

    // Nobody gains time by another licence in the place of one (MODE-4).
    private async Task<IReadOnlyList<AnnulmentNotice>> ToldBefore(Licence licence, CancellationToken ct)
    {
        List<AnnulmentNotice> told = [];
        for (var at = licence; at?.Replaces is { } before;)
        {
            at = await Tools.Session.LoadAsync<Licence>(Licence.IdOf(before), ct);
            told.InsertRange(0, at?.FormerNotices ?? []);
        }
        return told;
    }

    private async Task Annulled(Licence licence, bool byDeceit, LicenceRevoked revoked, CancellationToken ct)
    {
        var isBroken = revoked.Breach == true;
        Guid[] found = isBroken ? [.. (await supervision.InBreach(Tools.Session, licence, ct)).Where(breach => !breach.IsBeingPutRight).Select(breach => breach.Case)] : [];
        await ends.Ended(Tools.Session, licence, revoked, successor: null, ct);
        foreach (var id in await Tools.Session.CasesOf(licence, ct))
        {
            if (await Tools.Session.Events.FetchForWriting<Case>(id, ct) is not { Aggregate: { } @case } stream)
                continue;
            var at = @case.NowAt(revoked.At);
            // What supervision found is of the case that it looked into, and deceit of the last one. Where neither is said, it is what its holders committed themselves to last.
            var isTheirs = found.Contains(id) || (byDeceit && id == licence.Case) || (found.Length == 0 && !byDeceit && (id == licence.Case || @case.Applicant.Keys.Any(licence.HolderKeys.Contains)));
            List<CaseFact> facts = isBroken && isTheirs ? [.. @case.Breached(at, revoked.By!, licence.Number)] : [];
            isBroken &= found.Length > 0 || @case.Commitment is null;
            // BAR-1.
            if (byDeceit && id == licence.Case)
                facts.AddRange(@case.Deceived(at, revoked.By!, licence.Step));
            facts.AddRange(facts.Aggregate(@case, Case.Evolve).Released(at, revoked.By, licence.Number, await Tools.Session.IsLast(@case, licence, revoked.At, ct)));
            stream.AppendMany(facts);
            await followers.Follow(Tools.Session, facts.Aggregate(@case, Case.Evolve), facts, ct);
        }
    }
}

/// <summary>What can be asked of a licence, for both doors.</summary>
public static class LicenceOperations
{
    public static readonly Operations<LicenceCommand> All = new Operations<LicenceCommand>()
        .On(new Operation<SuspendLicence>("suspendLicence", "suspension", "Suspend a licence (暂扣), for a time or until that is ended",
            new(LicenceExamples.Suspension, LicenceExamples.Suspended), Scopes.LicencesManage))
        .On(new Operation<ReinstateLicence>("reinstateLicence", "reinstatement", "End a licence's suspension (恢复)",
            new(null, LicenceExamples.Valid), Scopes.LicencesManage)
        { Bare = new(), IsBare = true })
        .On(new Operation<AnnounceRevocation>("announceRevocation", "annulment-notice", "Tell a licence's holder that it is to be revoked, and that they may speak first (拟撤销告知)",
            new(LicenceExamples.Notice, LicenceExamples.Noticed), Scopes.LicencesManage))
        .On(new Operation<RevokeLicence>("revokeLicence", "revocation", "End a licence against its holder's will (撤销、撤回、吊销), after the notice and its time; a supervisor's alone",
            new(LicenceExamples.Revocation, LicenceExamples.Revoked), Scopes.LicencesManage))
        .On(new Operation<SpeakAboutRevocation>("speakAboutRevocation", "statements", "Say something to the notice, or ask for a hearing (陈述、申辩、要求听证): its holder's, or recorded for them",
            new(LicenceExamples.Statement, LicenceExamples.Spoken), Scopes.LicencesManage, Scopes.CasesSubmit))
        .On(new Operation<CallLicenceHearing>("callLicenceHearing", "hearings", "Call the hearing of a licence's holder (听证) and tell its day and place",
            new(LicenceExamples.Hearing, LicenceExamples.Called), Scopes.LicencesManage))
        .On(new Operation<CloseLicenceHearing>("closeLicenceHearing", "hearings/{n:int}/minutes", "Record the signed minutes of a licence's hearing (听证笔录)",
            new(LicenceExamples.Minutes, LicenceExamples.Minuted), Scopes.LicencesManage)
        {
            Part = new("n", "hearing", "The hearing's number.", (c, hearing) => c with { Hearing = (int)hearing }) { IsNumber = true },
        })
        .On(new Operation<ExtendRevocation>("extendRevocation", "annulment-notice/extension", "Extend the time to decide about a revocation, once, by twenty working days; a supervisor's alone",
            new(LicenceExamples.Extension, LicenceExamples.Extended), Scopes.LicencesManage))
        .On(new Operation<WithdrawNotice>("withdrawNotice", "annulment-notice/withdrawal", "Withdraw the notice that a licence is to be revoked (撤回告知), and tell its holder why; a supervisor's alone",
            new(LicenceExamples.Withdrawal, LicenceExamples.NoticeWithdrawn), Scopes.LicencesManage))
        .On(new Operation<CancelLicence>("cancelLicence", "cancellation", "Strike a licence from the register (注销): its issuer's, or free of charge its holder's",
            new(LicenceExamples.Cancellation, LicenceExamples.Cancelled), Scopes.LicencesManage, Scopes.CasesSubmit)
        { Bare = new() })
        .On(new Operation<ReplaceLicence>("replaceLicence", "replacement", "Put a new licence in a licence's place (换发、补发): it is lost or spoilt, or its holder's name is written wrong",
            new(LicenceExamples.Replacement, LicenceExamples.Replaced), Scopes.LicencesManage));
}
