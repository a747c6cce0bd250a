using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Licences;
using OneDoor.Standing;

namespace OneDoor.Supervision;

/// <summary>
/// What follows from cases: the licences they deliver, the tasks of those who supervise, and the records of what was not kept; in memory, and
/// asked of the same rules in the same order as the platform asks them in a transaction (<c>CaseChanges.Follow</c>, <c>LicenceRegister</c>,
/// <c>LicenceChanges</c>, <c>SupervisionModule</c>). Whatever happens is held to the law of what was granted.
/// </summary>
/// <remarks>
/// Left out is what walks do not come to, and journeys try: places of limited kinds, licences that a case gives back, renewals that name no licence,
/// and clocks that were moved in the sandbox. Places in the status list are a matter of the store.
/// </remarks>
internal sealed class KeptRegister(IReadOnlyList<Item> catalogue)
{
    /// <summary>A licence of before, which no case here granted.</summary>
    public const string Elsewhere = "ELSEWHERE-2";

    private static readonly LegalClock Clock = LegalClock.Zone;
    private static readonly LicenceOptions Policy = new();
    private static readonly StandingOptions Standing = new();

    public Kept<Licence, LicenceFact> Licences { get; } = new(fact => fact.At);
    public Kept<SupervisionTask, SupervisionFact> Tasks { get; } = new(fact => fact.At);
    public Kept<CreditRecord, CreditFact> Records { get; } = new(fact => fact.At);
    public Dictionary<Guid, CatalogueWalk> Cases { get; } = [];
    public DateTimeOffset Now { get; private set; } = DateTimeOffset.MinValue;

    private DateOnly Today => LegalClock.DayOf(Now);

    /// <summary>Nobody sweeps for now: what becomes due is recorded by who asks something of it, or afterwards.</summary>
    public bool IsUnswept { get; set; }

    /// <summary>Time passes, and whatever becomes due meanwhile is recorded.</summary>
    public void Reach(DateTimeOffset now)
    {
        while (!IsUnswept && Due() is { } due && due < now)
        {
            Now = due > Now ? due : Now;
            foreach (var licence in Licences.All.Where(l => l.WakeAt <= due).ToArray())
                Append(licence, licence.Lapse(due));
            foreach (var task in Tasks.All.Where(t => t.WakeAt <= due).ToArray())
                Tasks.Append(task.Id, task.Lapse(due));
        }
        Now = now > Now ? now : Now;
    }

    private DateTimeOffset? Due() => Licences.All.Select(l => l.WakeAt).Concat(Tasks.All.Select(t => t.WakeAt)).Min();

    /// <summary>A licence of before, which is to be renewed.</summary>
    public void HeldBefore(RenewableLicence? renewed, Item item, Applicant applicant, DateTimeOffset now)
    {
        if (renewed is null)
            return;
        var (from, issuing) = (now.AddYears(-3), item.Procedure.Steps[0]);
        Licences.Append(Licence.IdOf(renewed.Number), [new LicenceIssued(
            from, Actor.OfPlatform(issuing.Department), renewed.Number, issuing.Issues!, applicant.Parties is null ? [applicant.Applies] : applicant.Everybody, item.Code, item.Name, issuing.Department, item.SupervisedBy,
            Guid.Empty, issuing.Code, LegalClock.DayOf(from), renewed.ValidUntil, LegalClock.DayOf(from))]);
        Reach(now);
    }

    /// <summary>What the rule of cases knows besides what somebody asks.</summary>
    public Asked Informed(Case? before, Asked asked)
    {
        var asking = asked.At(Now);
        if (Case.MayBeSuspended(before, asked.Command, asking) is { } applicants)
            asked = asked with { Suspended = SuspendedFor(applicants) };
        if (Case.Renewing(before, asked.Command, asking) is { } renewing && renewing.Number is { } number)
            asked = asked with { Renewed = Renewable(number) };
        if (before?.Renewal is { } granting && asked.Command is DecideStep)
            asked = asked with { RenewedNow = Current(granting.Licence)?.Number };
        return asked with
        {
            IsHeldBack = (before, asked.Command) switch
            {
                ({ } @case, DecideStep { Outcome: StepOutcome.Granted } c) when @case.IssuedBy(c.Step) is { } issued && Issuing.IsLicence(issued) => IsHeldBack(@case.HolderKeys, [issued.Code], orSuspended: false),
                (null, SubmitCase { Commitment: not null }) when asked is { Renewed: null, Item: { } item } => IsHeldBack(asking.KnownToWhoAsks, item.Issued, orSuspended: true),
                _ => false,
            },
        };
    }

    private RenewableLicence? Renewable(string number) => Current(number)?.At(Now) is { } l
        ? new(l.Number, l.Kind.Code, l.HolderKeys, l.ValidUntil, l.Status == LicenceStatus.Valid && !l.IsToBeRevoked(Now), l.Status == LicenceStatus.Expired, l.RenewalAskedBy is not null)
        : null;

    /// <summary>What somebody with these keys may not have now.</summary>
    public Suspended SuspendedFor(IReadOnlyList<string> applicants) => CreditRecord.SuspendedBy([.. Records.All.Where(r => r.SubjectKeys.Any(applicants.Contains))], Today);

    private bool IsHeldBack(IReadOnlyList<string> holders, IReadOnlyList<string> kinds, bool orSuspended) =>
        HeldBy(holders, kinds).Select(l => l.At(Now)).Any(held => (orSuspended && held.Status == LicenceStatus.Suspended) || held.IsToBeRevoked(Now));

    private IEnumerable<Licence> HeldBy(IReadOnlyList<string> holders, IReadOnlyList<string> kinds) => Licences.All.Where(l => kinds.Contains(l.Kind.Code) && l.HolderKeys.Any(holders.Contains));

    /// <summary>The facts by which a case hears that what it was to renew has ended.</summary>
    public IReadOnlyList<CaseFact> Voided(Case @case) =>
        @case is { AskedRenewal: { } renewal, IsEnded: false } && Current(renewal.Licence) is { Status: LicenceStatus.Revoked or LicenceStatus.Cancelled } ? @case.LostRenewal(Now, by: null, renewal.Licence) : [];

    /// <summary>What takes the place of a licence, or itself.</summary>
    public Licence? Current(string number)
    {
        var licence = Licences.Find(Licence.IdOf(number));
        while (licence is { ReplacedBy: { } next })
            licence = Licences.Find(Licence.IdOf(next));
        return licence;
    }

    /// <summary>What else follows from facts of a case.</summary>
    public void Follow(CatalogueWalk walk, Case? before, IReadOnlyList<CaseFact> facts)
    {
        var after = walk.Case!;
        Cases[after.Id] = walk;
        Record(after, facts);
        LookInto(after, facts);
        foreach (var delivered in facts.OfType<LicenceDelivered>().Where(fact => Issuing.IsLicence(fact.Licence)))
            Issue(after, delivered);
        if (facts.OfType<CommitmentFulfilled>().SingleOrDefault() is { } fulfilled)
        {
            foreach (var licence in after.Licences.Select(l => Current(l.Number)).OfType<Licence>())
                Licences.Append(licence.Id, licence.Opens(fulfilled.At, fulfilled.By!));
        }
        if (facts is [.., var last] && (before?.AskedRenewal is not null || facts.Any(fact => fact is RenewalAwaited)))
            Await(before, after, last);
    }

    private void Record(Case @case, IEnumerable<CaseFact> facts)
    {
        foreach (var recorded in facts.Select(fact => CreditRecord.Of(@case, fact, Standing)).OfType<CreditRecorded>())
            Records.Begin(CreditRecord.IdOf(recorded.Case, recorded.Kind, recorded.Document), recorded);
    }

    private void LookInto(Case @case, IReadOnlyList<CaseFact> facts)
    {
        if (@case.IsEnded && !SupervisionTask.IsGranted(@case))
        {
            if (facts is [.., var end])
                Follow(OfPledges(@case), task => [task.After(end)]);
            return;
        }
        if (facts.FirstOrDefault(fact => fact is CaseGranted or CaseEnded) is { } granting && SupervisionTask.Opens(@case, ItemOf(@case), granting, Clock, new()) is { } grant)
            Tasks.Begin(SupervisionTask.IdOfGrant(@case.Id), grant);
        if (facts.OfType<RenewalDeemed>().SingleOrDefault() is { } deemed && Current(deemed.Licence) is { Stands: true } goesOn && SupervisionTask.Opens(@case, ItemOf(@case), goesOn, deemed.At, Clock, new()) is { } again)
            Tasks.Begin(SupervisionTask.IdOf(@case.Id, goesOn.Number), again);
        foreach (var missed in facts.OfType<CommitmentOverdue>())
        {
            Follow(Found(SupervisionTask.IdOfGrant(@case.Id)), task => task.After(missed, inForce: null));
            foreach (var licence in @case.Licences)
                Follow(Found(SupervisionTask.IdOf(@case.Id, licence.Number)), task => task.After(missed, Current(licence.Number)));
        }
        foreach (var missed in facts.OfType<PledgeMissed>())
        {
            if (SupervisionTask.Opens(@case, ItemOf(@case), missed, Clock, new()) is { } opened)
                Tasks.Begin(SupervisionTask.IdOfPledge(@case.Id, missed.Code), opened.Licence is { } granted && Current(granted) is { } current ? opened with { Licence = current.Number, Holders = current.Holders } : opened);
        }
    }

    private void Issue(Case @case, LicenceDelivered fact)
    {
        var (item, before) = (ItemOf(@case), @case.Renewal is { } renewal ? Current(renewal.Licence) : Losing(@case, fact));
        var remindOn = Issuing.RemindOn(Issuing.Until(@case, fact), Issuing.RenewalOf(fact.Licence.Code, catalogue), Policy, Clock.Calendar);
        if (@case.Renewal is { KeepsNumber: true })
        {
            Licences.Append(before!.Id, [new LicenceRenewed(fact.At, fact.By!, @case.Id, fact.Step, Issuing.Until(@case, fact), remindOn)]);
            Open(@case, item, Licences.Find(before.Id)!, fact);
            return;
        }
        var issued = Issuing.Of(@case, item, fact, before)! with { RemindOn = remindOn };
        Licences.Begin(Licence.IdOf(issued.Number), issued);
        Licences.Append(Licence.IdOf(issued.Number), before?.StaysWith(issued) ?? []);
        Open(@case, item, Licence.Evolve(null, issued), fact);
        if (before?.GivesWayTo(issued) is { } facts)
        {
            Licences.Append(before.Id, facts);
            Ended(before, facts[^1], issued.Holders.Any(holder => before.HolderKeys.Contains(holder.Key)) ? Licence.Evolve(null, issued) : null);
        }
        if (before?.At(fact.At).RenewalAskedBy is { } waiting && waiting != @case.Id)
            Lose(waiting, before.Number, fact.At, fact.By);
    }

    private void Open(Case @case, Item item, Licence licence, LicenceDelivered grant)
    {
        if (SupervisionTask.Opens(@case, item, licence, grant.At, Clock, new()) is { } opened)
            Tasks.Begin(SupervisionTask.IdOf(opened.Case, licence.Number), opened);
        Follow(OfPledges(@case), task => [task.After(licence, grant.At, grant.By)]);
    }

    private Licence? Losing(Case @case, LicenceDelivered fact) => Issuing.MayLose(@case, fact.Licence) is { Count: > 0 } losing
        ? Issuing.Replaced([.. HeldBy(losing, [fact.Licence.Code]).Where(l => l.At(fact.At).Status == LicenceStatus.Valid && !l.IsToBeRevoked(fact.At))]) : null;

    private void Await(Case? before, Case after, CaseFact last)
    {
        var (awaited, open) = (after.AwaitsRenewal, after.AsksForRenewal);
        if ((awaited, open) == (before?.AwaitsRenewal ?? false, before?.AsksForRenewal ?? false) || after.Licences.Count > 0 || (after.AskedRenewal ?? before?.AskedRenewal)?.Licence is not { } number || Current(number) is not { } licence)
            return;
        Append(licence, licence.Renewing(after.Id, awaited, open, last.At, last.By));
    }

    /// <summary>Code of what a licence may be suspended by; none where its item names nothing.</summary>
    public string? SuspensionOf(Licence licence) => BasesOf(licence) is [var basis, ..] ? basis.Code : null;

    private IReadOnlyList<SuspensionBasis> BasesOf(Licence licence) => catalogue.FirstOrDefault(item => item.Code == licence.Item)?.SuspensionBases ?? [];

    /// <summary>What follows from a command about a licence.</summary>
    public Refusal? Decide(Licence licence, LicenceCommand command, Actor by)
    {
        var decision = Licence.Decide(licence, command, new(by, Clock, Now) { Policy = Policy, MayManage = by.Department is not null, Breaches = InBreach(licence), SuspensionBases = BasesOf(licence), ToldBefore = [.. Former(licence).Reverse().SelectMany(l => l.FormerNotices ?? [])] });
        if (decision.Refused is not null)
            return decision.Refused;
        var state = decision.Facts.SkipLast(1).Aggregate(licence, Licence.Evolve);
        if (decision.Facts is [.., LicenceReplaced replaced])
        {
            Licences.Append(licence.Id, decision.Facts);
            Licences.Begin(Licence.IdOf(replaced.ReplacedBy), state.Successor(replaced));
            List<LicenceFact> owed = state.RenewalAskedBy is { } renewing ? [new LicenceRenewalAwaited(replaced.At, replaced.By!, renewing)] : [];
            if (state is { RenewalAskedBy: { } owing, RenewalAwaitedBy: null })
                owed.Add(new LicenceRenewalAnswered(replaced.At, replaced.By!, owing, Open: true));
            Licences.Append(Licence.IdOf(replaced.ReplacedBy), owed);
            Ended(licence, replaced, Licence.Evolve(null, state.Successor(replaced)));
            return null;
        }
        if (state is { RenewalAskedBy: { } lost } && decision.Facts is [.., LicenceRevoked or LicenceCancelled])
            Lose(lost, state.Number, decision.Facts[^1].At, decision.Facts[^1].By);
        if (decision.Facts is [.., LicenceRevoked { Ground: RevocationGround.Annulled } revoked])
        {
            var found = InBreach(licence);
            Licences.Append(licence.Id, decision.Facts);
            Annulled(licence, state.Notice?.Deceit == true, revoked, found);
        }
        else
            Append(licence, decision.Facts);
        if (decision.Facts is [.., LicenceNoticeWithdrawn withdrawn] && !state.Stands)
            Ended(licence, new LicenceExpired(withdrawn.At), successor: null);
        return null;
    }

    /// <summary>The licences in whose place one is, one after the other, the last one first.</summary>
    public IEnumerable<Licence> Former(Licence licence)
    {
        for (var number = licence.Replaces; number is not null && Licences.Find(Licence.IdOf(number)) is { } former; number = former.Replaces)
            yield return former;
    }

    private void Annulled(Licence licence, bool byDeceit, LicenceRevoked revoked, IReadOnlyList<FoundBreach> breaches)
    {
        var isBroken = revoked.Breach == true;
        Guid[] found = isBroken ? [.. breaches.Where(breach => !breach.IsBeingPutRight).Select(breach => breach.Case)] : [];
        Ended(licence, revoked, successor: null);
        foreach (var walk in CasesOf(licence))
        {
            var @case = walk.Case!;
            var isTheirs = found.Contains(@case.Id) || (byDeceit && @case.Id == licence.Case) || (found.Length == 0 && !byDeceit && (@case.Id == licence.Case || @case.Applicant.Keys.Any(licence.HolderKeys.Contains)));
            List<CaseFact> facts = isBroken && isTheirs ? [.. @case.Breached(revoked.At, revoked.By!, licence.Number)] : [];
            isBroken &= found.Length > 0 || @case.Commitment is null;
            if (byDeceit && @case.Id == licence.Case)
                facts.AddRange(@case.Deceived(revoked.At, revoked.By!, licence.Step));
            facts.AddRange(facts.Aggregate(@case, Case.Evolve).Released(revoked.At, revoked.By, licence.Number, IsLast(@case)));
            walk.Follow(facts);
            Record(walk.Case!, facts);
        }
    }

    // Records facts of a licence, and with its end that nothing is owed for it any more.
    private void Append(Licence licence, IReadOnlyList<LicenceFact> facts)
    {
        Licences.Append(licence.Id, facts);
        if (Licence.EndIn(facts) is not { } end)
            return;
        Ended(licence, end, successor: null);
        foreach (var walk in CasesOf(licence))
            walk.Follow(walk.Case!.Released(end.At, end.By, licence.Number, IsLast(walk.Case!)));
    }

    private bool IsLast(Case @case) => @case.Licences.All(l => Current(l.Number) is not { Stands: true });

    // Those that granted, changed or renewed it or what it took the place of, the last one first.
    private CatalogueWalk[] CasesOf(Licence licence)
    {
        List<LicenceFact> chain = [];
        for (var at = licence; at is not null; at = at.Replaces is { } before ? Licences.Find(Licence.IdOf(before)) : null)
            chain.AddRange(Licences.FactsOf(at.Id).Reverse());
        return [.. chain.Select(fact => fact is LicenceIssued i ? i.Case : fact is LicenceRenewed r ? r.Case : Guid.Empty).Distinct().Select(id => Cases.GetValueOrDefault(id)).OfType<CatalogueWalk>()];
    }

    private void Ended(Licence licence, LicenceFact end, Licence? successor) => Follow(TasksOf(licence), task => [task.After(end, successor)]);

    private void Lose(Guid @case, string licence, DateTimeOffset at, Actor? by)
    {
        if (Cases.GetValueOrDefault(@case) is { } waiting)
            waiting.Follow(waiting.Case!.LostRenewal(at, by, licence));
    }

    /// <summary>The breaches found of what a licence is for that are not put right.</summary>
    public IReadOnlyList<FoundBreach> InBreach(Licence licence) =>
        [.. TasksOf(licence).Where(t => t.Status is SupervisionStatus.NotRectified or SupervisionStatus.Rectifying).Select(t => new FoundBreach(t.Case, t.FoundAt(Clock, Policy), t.Status == SupervisionStatus.Rectifying))];

    /// <summary>What follows from a command about a task.</summary>
    public Refusal? Decide(SupervisionTask task, SupervisionCommand command, Actor by)
    {
        var decision = SupervisionTask.Decide(task, command, new(by, Clock, Now) { Policy = Policy });
        Tasks.Append(task.Id, decision.Facts);
        if (task.Pledge is null && decision.Facts is [.., SupervisionFound found] && Cases.GetValueOrDefault(task.Case) is { } walk)
            walk.Follow(walk.Case!.Inspected(found.At, found.By!));
        return decision.Refused;
    }

    /// <summary>What follows from a command about a record.</summary>
    public Refusal? Decide(CreditRecord record, CreditCommand command, Actor by)
    {
        var decision = CreditRecord.Decide(record, command, new(by, Clock, Now, Standing));
        Records.Append(record.Id, decision.Facts);
        return decision.Refused;
    }

    // Of whichever of its holder's, whatever number what it took the place of had.
    private SupervisionTask[] TasksOf(Licence licence)
    {
        HashSet<string> numbers = [licence.Number];
        for (var former = licence.Replaces; former is not null && numbers.Add(former);)
            former = Licences.Find(Licence.IdOf(former))?.Replaces;
        return [.. Tasks.All.Where(t => t.Licence is { } number && numbers.Contains(number) && t.HolderKeys.Any(licence.HolderKeys.Contains))];
    }

    private SupervisionTask[] OfPledges(Case @case) => Found(@case.Pledges.Where(p => p.State == PledgeState.Missed).Select(p => SupervisionTask.IdOfPledge(@case.Id, p.Made.Code)));

    private SupervisionTask[] Found(params IEnumerable<Guid> ids) => [.. ids.Select(Tasks.Find).OfType<SupervisionTask>()];

    private void Follow(IEnumerable<SupervisionTask> tasks, Func<SupervisionTask, IEnumerable<SupervisionFact?>> after)
    {
        foreach (var task in tasks)
            Tasks.Append(task.Id, task.With(after(task)));
    }

    public Item ItemOf(Case @case) => catalogue.First(item => item.Code == @case.Plan.Item);
}

/// <summary>Things of a kind, each with its facts.</summary>
internal sealed class Kept<T, TFact>(Func<TFact, DateTimeOffset> at) where T : class, IFolded<T, TFact> where TFact : class
{
    private readonly Dictionary<Guid, (T State, List<TFact> Facts)> _kept = [];

    public IEnumerable<T> All => _kept.Values.Select(kept => kept.State);

    public T? Find(Guid id) => _kept.TryGetValue(id, out var kept) ? kept.State : null;

    public IReadOnlyList<TFact> FactsOf(Guid id) => _kept[id].Facts;

    public IEnumerable<TFact> Facts => _kept.Values.SelectMany(kept => kept.Facts);

    /// <summary>What is there already does not begin once more.</summary>
    public void Begin(Guid id, TFact first) => _kept.Add(id, (T.Evolve(null, first), [first]));

    public void Append(Guid id, IReadOnlyList<TFact> facts)
    {
        foreach (var fact in facts)
        {
            if (!_kept.TryGetValue(id, out var kept))
            {
                Begin(id, fact);
                continue;
            }
            if (at(fact).ToUniversalTime() < at(kept.Facts[^1]).ToUniversalTime())
                throw new InvalidOperationException($"The clock of a {typeof(T).Name} runs backwards: {kept.Facts[^1]} and then {fact}.");
            kept.Facts.Add(fact);
            _kept[id] = (T.Evolve(kept.State, fact), kept.Facts);
        }
    }
}
