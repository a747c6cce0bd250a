using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Licences;
using OneDoor.Standing;
using Xunit;

namespace OneDoor.Supervision;

/// <summary>What holds of all licences, tasks and records whatever was asked of them, said once more and apart from the rules that bring it about.</summary>
internal static class LawOfGrants
{
    private const int DecideWithin = 60, ExtendedBy = 20;

    public static void Holds(KeptRegister kept)
    {
        foreach (var licence in kept.Licences.All)
        {
            Licence? before = null;
            foreach (var fact in kept.Licences.FactsOf(licence.Id))
            {
                var after = Licence.Evolve(before, fact);
                if (before is null)
                    Granted(kept, (LicenceIssued)fact);
                else
                    Holds(kept, before, fact);
                before = after;
            }
            Ended(kept, licence);
        }
        foreach (var task in kept.Tasks.All)
            Holds(kept, task);
        foreach (var walk in kept.Cases.Values)
            Holds(kept, walk);
        Explained(kept);
    }

    /// <summary>What is stored of each leads to the same again, byte for byte (CASE-8).</summary>
    public static void Rebuilds(KeptRegister kept)
    {
        Rebuilds(kept.Licences);
        Rebuilds(kept.Tasks);
        Rebuilds(kept.Records);
    }

    private static void Rebuilds<T, TFact>(Kept<T, TFact> kept) where T : class, IFolded<T, TFact> where TFact : class
    {
        foreach (var state in kept.All)
            Assert.Equal(StoredJson.Write(state), StoredJson.Write(kept.FactsOf(state.Id).Select(StoredJson.Stored).Aggregate((T?)null, T.Evolve)!));
    }

    // LIC-3: a case granted it, or it is a copy of one that a case granted.
    private static void Granted(KeptRegister kept, LicenceIssued f)
    {
        if (f.Number == KeptRegister.Elsewhere)
            return;
        var former = f.Replaces is { } number ? kept.Licences.Find(Licence.IdOf(number)) : null;
        if (former is { Grounds: not null, Status: LicenceStatus.Replaced })
        {
            Assert.Equal((former.ReplacedBy, former.Kind, former.Scope, former.ValidUntil, former.OperationFrom, former.Case), (f.Number, f.Kind, f.Scope, f.ValidUntil, f.OperationFrom, f.Case));
            Assert.Equal(former.HolderKeys, f.Holders.Select(h => h.Key).Distinct());
            return;
        }
        var @case = kept.Cases[f.Case].Case!;
        Assert.Contains(@case.Licences, l => l.Number == f.Number && l.Step == f.Step);
        Assert.Equal((StepStatus.Granted, f.Department), (@case.Step(f.Step)!.Status, @case.Step(f.Step)!.Department));
        Assert.Equal(@case.HolderKeys.Order(StringComparer.Ordinal), f.Holders.Select(h => h.Key).Distinct().Order(StringComparer.Ordinal));
        // MODE-3: what is to be met allows nothing yet.
        Assert.Equal(@case.Commitment?.Kind == Catalogue.CommitmentKind.ToBeMet || former is { OperationFrom: null }, f.OperationFrom is null);
    }

    private static void Holds(KeptRegister kept, Licence before, LicenceFact fact)
    {
        var (day, own) = (LegalClock.DayOf(fact.At), fact.By?.Department is { } by && (by == before.Department || by == before.SupervisedBy));
        var holder = fact.By is { Department: null, Applicant: { } key } && before.HolderKeys.Contains(key);
        Assert.True(before.Stands || fact is LicenceCancelled or LicenceRenewed || (before.Notice?.Ground == RevocationGround.Annulled && Decides(fact)), $"{fact.GetType().Name}: what has ended goes on.");
        switch (fact)
        {
            case LicenceExpired or LicenceRenewalDeemed:
                Assert.True(before.ValidUntil < day, "Its term was not over.");
                Assert.Equal(fact is LicenceRenewalDeemed, before.RenewalAwaitedBy is not null);
                break;
            case LicenceExpiring:
                Assert.True(!before.Reminded && day <= before.ValidUntil, "It is told of twice, or too late (CLK-7).");
                break;
            case LicenceReinstated { By: null }:
                Assert.True(before.SuspendedUntil < day, "The suspension was not over.");
                break;
            case LicenceRevoked f:
                Revoked(kept, before, f, day);
                break;
            case LicenceAnnulmentNoticed f:
                Assert.True(own && before.Stands, "Nobody else says so.");
                Assert.Equal(LegalClock.Zone.Simulate(f.At, Limit.WorkingDays(5)).DueOn, f.Notice.SpeakBy);
                Assert.True(f.Notice is not { Breach: true, Deceit: not true } || kept.Tasks.Facts.OfType<SupervisionRectified>().Any(r => r.Rectification.Outcome == RectificationOutcome.NotRectified && r.At <= f.At), "A breach that nobody recorded (MODE-4).");
                Assert.True(f.Notice.FoundOn <= day && day <= f.Notice.DecideBy, "It is told after its time.");
                foreach (var told in Told(kept, before).TakeWhile(told => told.At < f.At).Where(told => told.Notice.Ground == f.Notice.Ground && told.Notice.Facts == f.Notice.Facts))
                    Assert.Equal(told.Notice.FoundOn, f.Notice.FoundOn);
                Assert.True(f.Notice.DecideBy <= Last(f.Notice.FoundOn!.Value, Stood(kept, before) + DecideWithin + (f.Notice.Extended == true ? ExtendedBy : 0)), "Another notice begins its time anew.");
                break;
            case LicenceCancelled f:
                Assert.True(before.Status is not (LicenceStatus.Cancelled or LicenceStatus.Replaced), "It is struck out twice.");
                Assert.True(holder || f.Case is not null || f is { By.Department: { } issuer, Grounds.Remedies.Count: > 0 } && issuer == before.Department, "Nobody else strikes it out.");
                Assert.True(!before.IsToBeRevoked(f.At), "Somebody escapes what is to be decided (MODE-4).");
                break;
            case LicenceReplaced:
                Assert.True(fact.By!.Department is not null && !before.IsToBeRevoked(fact.At), "Somebody escapes what is to be decided (MODE-4).");
                break;
            case LicenceRenewed f:
                Assert.Contains(kept.Cases[f.Case].Case!.Licences, l => l.Step == f.Step);
                Assert.True(before.Status is LicenceStatus.Valid or LicenceStatus.Suspended or LicenceStatus.Expired, "What is revoked goes on.");
                break;
            case LicenceHolderHeard:
                Assert.True((holder || own) && day <= before.Notice!.SpeakBy, "Nobody has to be heard any more.");
                break;
            case LicenceRenewalAwaited or LicenceRenewalAnswered or LicenceOperationOpened:
                break;
            default:
                Assert.True(own, $"{fact.GetType().Name} is put down to {fact.By}.");
                break;
        }
    }

    // MODE-4, LIC-6: never by a timer, never unheard, never too late.
    private static void Revoked(KeptRegister kept, Licence before, LicenceRevoked f, DateOnly day)
    {
        Assert.True(f.By!.IsSupervisor && (f.By.Department == before.Department || f.By.Department == before.SupervisedBy), "Nobody else revokes it.");
        var notice = before.Notice!;
        Assert.Equal(notice.Ground, f.Ground);
        Assert.True(notice.SpeakBy < day && day <= notice.DecideBy, "Its holder may still speak, or it is too late.");
        Assert.True(before.HearingAskedOn is null || before.Hearings is { Count: > 0 }, "Nobody was heard.");
        Assert.True(before.Hearings is null || before.Hearings.All(h => h.Minutes is not null), "Nobody was heard.");
        Assert.True(notice.DecideBy <= Last(notice.FoundOn!.Value, DecideWithin + ExtendedBy + Stood(kept, before)), "The time to decide is drawn out.");
        Assert.NotEmpty(f.Grounds.Remedies);
    }

    private static DateOnly Last(DateOnly from, int workingDays) => LegalClock.Zone.Simulate(LegalClock.MidnightOf(from), Limit.WorkingDays(workingDays)).DueOn;

    // What goes on where a licence has expired before it was decided whether it is annulled.
    private static bool Decides(LicenceFact fact) => fact is LicenceRevoked or LicenceHolderHeard or LicenceHearingCalled or LicenceHearingClosed or LicenceDecisionExtended or LicenceNoticeWithdrawn;

    // Of it and of what it took the place of.
    private static LicenceFact[] FactsOf(KeptRegister kept, Licence licence) => [.. kept.Former(licence).Reverse().Append(licence).SelectMany(l => kept.Licences.FactsOf(l.Id))];

    private static IEnumerable<LicenceAnnulmentNoticed> Told(KeptRegister kept, Licence licence) => FactsOf(kept, licence).OfType<LicenceAnnulmentNoticed>();

    // Working days that hearings took, of all notices about it.
    private static int Stood(KeptRegister kept, Licence licence)
    {
        var facts = FactsOf(kept, licence);
        return facts.OfType<LicenceHearingClosed>().Sum(closed => Days(LegalClock.DayOf(facts.OfType<LicenceHearingCalled>().Last(called => called.At <= closed.At).At), closed.SignedOn));
    }

    private static int Days(DateOnly from, DateOnly until) => Enumerable.Range(1, until.DayNumber - from.DayNumber).Count(i => LegalClock.Zone.Calendar.IsWorkingDay(from.AddDays(i)));

    private static void Ended(KeptRegister kept, Licence licence)
    {
        if (licence.Stands)
            return;
        Assert.Equal((null, null), (licence.RenewalAwaitedBy, licence.WakeAt));
        Assert.True(licence.Notice is null || (licence.Status == LicenceStatus.Expired && licence.Notice.Ground == RevocationGround.Annulled), "Something is left to decide about.");
        Assert.Equal(licence.Status == LicenceStatus.Replaced, licence.ReplacedBy is not null);
        if (licence.ReplacedBy is { } next)
            Assert.Equal(licence.Number, kept.Licences.Find(Licence.IdOf(next))!.Replaces);
        // SUP-1: nothing is owed for what has ended; an order stays for whoever may still renew it late.
        Assert.DoesNotContain(kept.Tasks.All, t => t.Licence == licence.Number && licence.Notice is null
            && (t.Status is SupervisionStatus.Opened or SupervisionStatus.Acknowledged || (t.Status == SupervisionStatus.Rectifying && licence.Status != LicenceStatus.Expired)));
    }

    private static void Holds(KeptRegister kept, SupervisionTask task)
    {
        var facts = kept.Tasks.FactsOf(task.Id);
        var opened = (SupervisionOpened)facts[0];
        Assert.All(facts.Skip(1), f => Assert.True(f is SupervisionOverdue or SupervisionHandedOn or SupervisionClosed or SupervisionCommitmentMissed || f.By?.Department == task.Department, $"{f.GetType().Name} is put down to {f.By}."));
        Assert.Equal(task.Id, opened.Pledge is { } material ? SupervisionTask.IdOfPledge(task.Case, material) : opened.Licence is { } number ? SupervisionTask.IdOf(task.Case, number) : SupervisionTask.IdOfGrant(task.Case));
        // What is due is overdue once at most.
        Assert.Distinct(facts.OfType<SupervisionOverdue>().Select(f => f.DueAt));
        Assert.All(facts.OfType<SupervisionRectified>().Where(f => f.Rectification.Outcome == RectificationOutcome.NotRectified), f => Assert.True(
            facts.TakeWhile(before => before != f).OfType<SupervisionFound>().Last().Finding.RectifyBy < LegalClock.DayOf(f.At), "There was time to put it right."));
    }

    private static void Holds(KeptRegister kept, CatalogueWalk walk)
    {
        var @case = walk.Case!;
        foreach (var delivered in @case.Licences.Where(l => Issuing.IsLicence(l.Licence)))
        {
            var licence = @case.Renewal is { KeepsNumber: true } renewal ? kept.Current(renewal.Licence) : kept.Licences.Find(Licence.IdOf(delivered.Number));
            Assert.NotNull(licence);
            if (@case.Renewal is { KeepsNumber: true })
                Assert.Contains(kept.Licences.FactsOf(Licence.IdOf(delivered.Number)), f => f is LicenceRenewed renewed && renewed.Case == @case.Id);
            // SUP-1, MODE-4: every commitment is looked into, and every grant of what another department supervises.
            if (!licence.Confidential && (@case.Commitment is not null || licence.SupervisedBy != licence.Department))
                Assert.Contains(kept.Tasks.All, t => t.Case == @case.Id && t.Pledge is null);
        }
        if (SupervisionTask.IsGranted(@case) && !@case.Plan.Confidential && @case.Renewal?.DeemedAt is null && !@case.Licences.Any(l => Issuing.IsLicence(l.Licence)) && kept.ItemOf(@case).SupervisedBy != @case.Lead)
            Assert.Single(kept.Tasks.All, t => t.Case == @case.Id && t.Pledge is null);
        if (@case.ReleasedAt is not null)
            Assert.DoesNotContain(@case.Licences, l => kept.Current(l.Number) is { Stands: true });
        if (@case.Renewal is { DeemedAt: not null } && kept.Current(@case.Renewal.Licence) is { Confidential: false } goesOn && goesOn.SupervisedBy != goesOn.Department
            && kept.Licences.FactsOf(goesOn.Id).All(f => f is not LicenceExpired) && goesOn.Stands)
            Assert.Single(kept.Tasks.All, t => t.Case == @case.Id && t.Pledge is null);
        if (@case.Renewal?.DeemedAt is not null)
            Assert.Contains(kept.Licences.Facts.OfType<LicenceRenewalDeemed>(), f => f.Case == @case.Id);
        if (@case.Commitment is { Breach: { } breach })
            Assert.Contains(kept.Licences.Facts.OfType<LicenceRevoked>(), f => f is { Ground: RevocationGround.Annulled, Breach: true } && f.At == breach.At);
    }

    // CRED-1: exactly what was not kept is recorded, and exactly the records that count bar from anything.
    private static void Explained(KeptRegister kept)
    {
        var broken = kept.Cases.SelectMany(c => c.Value.Facts.Where(f => f is CommitmentBreached or PledgeMissed).Select(f => f is CommitmentBreached b
            ? CreditRecord.IdOf(c.Key, CreditKind.CommitmentBreached, b.Licence) : CreditRecord.IdOf(c.Key, CreditKind.PledgeMissed, ((PledgeMissed)f).Code))).ToArray();
        Assert.Equal(broken.Order(), kept.Records.All.Select(r => r.Id).Order());
        foreach (var key in kept.Cases.Values.SelectMany(walk => walk.Case!.Applicant.Keys).Distinct())
        {
            var counting = kept.Records.All.Where(r => r.SubjectKeys.Contains(key) && LegalClock.DayOf(kept.Now) <= r.Until
                && kept.Records.FactsOf(r.Id).All(f => f is not (RepairDecided { Granted: true } or ObjectionDecided { Upheld: true }))).Select(r => r.Kind).ToHashSet();
            Assert.Equal(new Suspended(counting.Contains(CreditKind.CommitmentBreached), counting.Contains(CreditKind.PledgeMissed)), kept.SuspendedFor([key]));
        }
        Assert.All(kept.Records.All, r => Assert.All(kept.Records.FactsOf(r.Id).Skip(1), f => Assert.True(
            f is RepairRequested or CreditObjected ? f.By?.Applicant is { } subject && r.SubjectKeys.Contains(subject) : f.By?.Department == r.Department, $"{f.GetType().Name} is put down to {f.By}.")));
    }
}
