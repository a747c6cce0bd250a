using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Licences;
using OneDoor.Standing;
using OneDoor.Supervision;

namespace OneDoor.Trials;

/// <summary>What happens to licences, to who is looked into after a grant, and to who did not keep their word.</summary>
internal static class LicenceStories
{
    private const string LegalBasis = "《中华人民共和国行政许可法》第六十九条", Reason = "样例";

    // Days for which a licence of a sample is valid, so that its term is over by now.
    private const int Term = 300;

    public static IEnumerable<Func<Cast, IReadOnlyList<LicenceFact>>> All =>
    [
        cast => Licence(cast, Suspended, item => item.SuspensionBases is [_, ..]), cast => Licence(cast, Revoked), cast => Licence(cast, (_, licence) => Do(licence, new CancelLicence(Reason, LegalBasis))),
        cast => Licence(cast, (_, licence) => Do(licence, new ReplaceLicence(Reason, LegalBasis))), cast => Licence(cast, Ended), cast => Licence(cast, Renewed), cast => Licence(cast, RenewalDeemed), cast => Licence(cast, NoticeWithdrawn), Opened,
    ];

    public static IEnumerable<Func<Cast, IReadOnlyList<SupervisionFact>>> OfSupervision =>
    [
        cast => Supervised(cast, (_, task) => Looked(cast, task)), cast => Supervised(cast, (_, task) => task.Happened(task.State!.After(new CommitmentOverdue(task.Now, By: null, LegalClock.DayOf(task.Now)), inForce: null))),
        cast => Supervised(cast, (_, task) => Pass(task, task.State!.AcknowledgeBy.AddDays(1))),
        cast => Supervised(cast, (licence, task) => task.Happened(task.State!.After(new LicenceReplaced(task.Now, cast.By, licence.Number, Grounds: null), licence)!)),
        cast => Supervised(cast, (_, task) => task.Happened(task.State!.After(new LicenceCancelled(task.Now, cast.By, Grounds: null), successor: null)!)),
    ];

    public static IEnumerable<Func<Cast, IReadOnlyList<CreditFact>>> OfStanding =>
        [cast => Record(cast, new RequestRepair("已经整改。"), new DecideRepair()), cast => Record(cast, new ObjectToRecord("并非本单位。"), new DecideObjection(Upheld: true))];

    private static (ToldCase Case, Item Item, ToldThing<Licence, LicenceFact> Licence)? Issued(Cast cast, ToldCase? told)
    {
        if (told is not { Case.Licences.Count: > 0 } || cast.Items.FirstOrDefault(published => published.Item.Code == told.Case.Plan.Item) is not { Item: var item })
            return null;
        var delivered = told.Facts.OfType<LicenceDelivered>().First();
        if (Issuing.Of(told.Case, item, delivered, replaces: null) is not { } issued)
            return null;
        var licence = new ToldThing<Licence, LicenceFact>(delivered.At);
        licence.Happened(issued with { ValidUntil = issued.ValidFrom.AddDays(Term), RemindOn = issued.ValidFrom.AddDays(Term - 100) });
        return (told, item, licence);
    }

    // Granted after an examination, so that its department may act on it; of a term that is over by now.
    private static ToldCase? Granted(Cast cast, Func<Item, bool>? fits) => CaseStories.Examined(
        cast, item => item.Procedure.Steps[0].Issues is { } issues && Issuing.IsLicence(issues) && item.Inspection == Requirement.None && !item.ThirdParty && fits?.Invoke(item) != false)?.Accept().Grant();

    private static IReadOnlyList<LicenceFact> Licence(Cast cast, Action<Cast, ToldThing<Licence, LicenceFact>> happens, Func<Item, bool>? fits = null)
    {
        if (Issued(cast, Granted(cast, fits)) is not { } issued)
            return [];
        happens(cast, issued.Licence);
        return issued.Licence.Facts;
    }

    private static void Do(ToldThing<Licence, LicenceFact> licence, LicenceCommand command, IReadOnlyList<SuspensionBasis>? bases = null) => licence.Happened(Licences.Licence.Decide(
        licence.State, command, new(new($"sandbox-{Kebab.Of(licence.State!.Department)}", $"sandbox-{Kebab.Of(licence.State.Department)}", licence.State.Department, IsSupervisor: true), LegalClock.Zone, licence.Now) { MayManage = true, SuspensionBases = bases ?? [] }));

    private static void Suspended(Cast cast, ToldThing<Licence, LicenceFact> licence)
    {
        var bases = cast.Items.First(published => published.Item.Code == licence.State!.Item).Item.SuspensionBases!;
        Do(licence, new SuspendLicence(Reason, bases[0].Code), bases);
        Do(licence, new ReinstateLicence());
    }

    private static void Revoked(Cast cast, ToldThing<Licence, LicenceFact> licence)
    {
        Do(licence, new AnnounceRevocation("样例：不再具备条件。", LegalBasis));
        licence.Happened(Licences.Licence.Decide(licence.State, new SpeakAboutRevocation("样例：情况不实。", Hearing: true), new(new("mobile", "sample-applicant", Applicant: licence.State!.HolderKeys[0]), LegalClock.Zone, licence.Now)));
        var held = LegalClock.Zone.Simulate(licence.Now, Limit.WorkingDays(8)).DueOn;
        Do(licence, new CallLicenceHearing(held, "空港政务服务大厅", new("003", "赵敏")));
        Do(licence, new ExtendRevocation(Reason));
        licence.Now = LegalClock.MidnightOf(held).AddHours(17);
        Do(licence, new CloseLicenceHearing("赵敏", held, "持证人陈述了意见。") { Hearing = 1 });
        Do(licence, new RevokeLicence(RevocationGround.Annulled, Reason, LegalBasis));
    }

    private static void NoticeWithdrawn(Cast cast, ToldThing<Licence, LicenceFact> licence)
    {
        Do(licence, new AnnounceRevocation("样例：不再具备条件。", LegalBasis));
        Do(licence, new WithdrawNotice(Reason));
    }

    private static void Ended(Cast cast, ToldThing<Licence, LicenceFact> licence) => licence.Happened(licence.State!.Lapse(cast.Now));

    private static void Renewed(Cast cast, ToldThing<Licence, LicenceFact> licence)
    {
        var asks = Cast.NewId(licence.Now);
        licence.Happened(licence.State!.Renewing(asks, awaited: true, open: true, licence.Now, cast.By));
        licence.Happened(licence.State!.Renewing(asks, awaited: false, open: true, licence.Now, cast.Of(licence.State.Department)));
        licence.Happened(new LicenceRenewed(licence.Now, cast.Of(licence.State!.Department), asks, licence.State.Step, licence.State.ValidUntil!.Value.AddYears(1)));
    }

    private static void RenewalDeemed(Cast cast, ToldThing<Licence, LicenceFact> licence)
    {
        licence.Happened(licence.State!.Renewing(Cast.NewId(licence.Now), awaited: true, open: true, licence.Now, cast.By));
        licence.Happened(licence.State!.Lapse(LegalClock.MidnightOf(licence.State.ValidUntil!.Value.AddDays(1))));
    }

    private static IReadOnlyList<LicenceFact> Opened(Cast cast)
    {
        if (Issued(cast, CaseStories.Committed(cast, CommitmentKind.ToBeMet)) is not var (told, _, licence))
            return [];
        licence.Happened(licence.State!.Opens(licence.Now, told.Submitter));
        return licence.Facts;
    }

    private static IReadOnlyList<SupervisionFact> Supervised(Cast cast, Action<Licence, ToldThing<SupervisionTask, SupervisionFact>> happens)
    {
        if (Issued(cast, CaseStories.Committed(cast, CommitmentKind.Met)) is not var (told, item, licence)
            || SupervisionTask.Opens(told.Case, item, licence.State!, licence.Now, LegalClock.Zone, new()) is not { } opened)
            return [];
        var task = new ToldThing<SupervisionTask, SupervisionFact>(opened.At);
        task.Happened(opened);
        happens(licence.State!, task);
        return task.Facts;
    }

    private static void Looked(Cast cast, ToldThing<SupervisionTask, SupervisionFact> task)
    {
        foreach (var command in new SupervisionCommand[]
        {
            new AcknowledgeSupervision(), new RecordFinding(FindingOutcome.Breach, "样例：场所与承诺不符。", LegalClock.DayOf(task.Now).AddDays(30)), new RecordRectification(RectificationOutcome.Rectified),
        })
            task.Happened(SupervisionTask.Decide(task.State, command, new(cast.Of(task.State!.Department), LegalClock.Zone, task.Now)));
    }

    private static void Pass(ToldThing<SupervisionTask, SupervisionFact> task, DateTimeOffset until) => task.Happened(task.State!.Lapse(until));

    private static IReadOnlyList<CreditFact> Record(Cast cast, CreditCommand asks, CreditCommand decides)
    {
        if (CaseStories.Committed(cast, CommitmentKind.Met) is not { Case.Licences: [var licence, ..] } told
            || CreditRecord.Of(told.Case, told.Case.Breached(told.Now, told.Lead, licence.Number)[0], new()) is not { } recorded)
            return [];
        var record = new ToldThing<CreditRecord, CreditFact>(recorded.At);
        record.Happened(recorded);
        record.Happened(CreditRecord.Decide(record.State, asks, new(new("mobile", "sample-applicant", Applicant: record.State!.SubjectKeys[0]), LegalClock.Zone, record.Now, new())));
        record.Happened(CreditRecord.Decide(record.State, decides, new(cast.Of(record.State!.Department), LegalClock.Zone, record.Now, new())));
        return record.Facts;
    }
}
