using System.Globalization;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Licences;
using OneDoor.Standing;
using static OneDoor.Cases.Samples;

namespace OneDoor.Supervision;

/// <summary>
/// A case and what becomes of what it granted: its licences, those that take their places or renew them, the tasks of those who supervise, the records
/// of what was not kept. What brings it on is mixed with whatever else somebody might ask, for some years.
/// </summary>
internal sealed class GrantWalk(Item item, IReadOnlyList<Item> catalogue, Random random)
{
    private const int MostCases = 3, LongestLife = 80;
    private const string Basis = "《中华人民共和国行政许可法》第六十九条";

    private readonly List<string> _story = [];
    private readonly List<CatalogueWalk> _walks = [];
    private readonly HashSet<Type> _taken = [];

    public KeptRegister Kept { get; } = new(catalogue);

    /// <summary>Kinds of commands that were not refused.</summary>
    public IEnumerable<Type> Taken => _taken.Concat(_walks.SelectMany(walk => walk.Taken));

    public IEnumerable<CaseFact> CaseFacts => _walks.SelectMany(walk => walk.Facts);

    /// <summary>What was asked, by whom and when, and what followed.</summary>
    public string Story => string.Join('\n', _walks.Select(walk => walk.Story).Concat(_story));

    public CatalogueWalk Begin()
    {
        _walks.Add(new CatalogueWalk(item, catalogue, random, Kept));
        return _walks[0];
    }

    /// <summary>Whatever happens until nothing much comes of it any more.</summary>
    public void Live()
    {
        for (var steps = random.Next(LongestLife); steps > 0; steps--)
        {
            Step();
            LawOfGrants.Holds(Kept);
        }
        LawOfGrants.Rebuilds(Kept);
    }

    private DateOnly Today => LegalClock.DayOf(Kept.Now);

    private void Step()
    {
        Kept.IsUnswept = Perhaps(8);
        if (Kept.Licences.All.FirstOrDefault(l => l.Stands && l.ValidUntil is not null && Perhaps(l.RenewalAwaitedBy is null ? 30 : 4)) is { ValidUntil: { } last })
            Pass(China.At(last.AddDays(1), new(9, 0)) - Kept.Now);
        Pass(TimeSpan.FromMinutes(random.Next(1, 600)));
        switch (random.Next(12))
        {
            case 0:
                Pass(TimeSpan.FromDays(random.Next(1, Perhaps(6) ? 500 : 20)));
                break;
            case 1 when _walks.Count < MostCases:
                Again();
                break;
            case < 4 when _walks.Where(walk => !walk.IsOver).ToArray() is { Length: > 0 } open:
                Any(open).Step();
                break;
            case < 6 when Kept.Records.All.ToArray() is { Length: > 0 } records:
                Repair(Any(records));
                break;
            case < 8 when Kept.Tasks.All.Where(t => t.Status != SupervisionStatus.Closed || Perhaps(9)).ToArray() is { Length: > 0 } tasks:
                Supervise(Any(tasks));
                break;
            case < 12 when Kept.Licences.All.Where(l => l.Stands || Perhaps(4)).ToArray() is { Length: > 0 } licences:
                Handle(Any(licences));
                break;
            default:
                Any(_walks).Pass();
                break;
        }
    }

    // Whoever holds something, or has nothing any more, applies again: for its renewal, or for the same.
    private void Again()
    {
        var former = _walks[0].Case!;
        var renewable = Kept.Licences.All.Where(l => l.Stands).SelectMany(l => catalogue.Where(i => i.Renewal is not null && i.Issued.Contains(l.Kind.Code)).Select(i => (Licence: l, Item: i))).ToArray();
        var (next, licence) = renewable.Length > 0 && !Perhaps(4) ? (Any(renewable).Item, Any(renewable).Licence.Number) : (item, null);
        var walk = new CatalogueWalk(next, catalogue, random, Kept);
        _walks.Add(walk);
        walk.Submit((_walks.Count, Kept.Now, former.Applicant, licence));
        if (walk.Case is null)
            _walks.Remove(walk);
    }

    private void Repair(CreditRecord record)
    {
        var (theirs, keeper) = (new Actor("mobile", "person", Applicant: Any(record.SubjectKeys)), Clerk(record.Department));
        var reason = Perhaps(6) ? " " : "已整改";
        (Actor By, CreditCommand Command) asked = random.Next(6) switch
        {
            0 => (theirs, new ObjectToRecord(reason)),
            1 or 2 when record.Objection is { DecidedAt: null } => (keeper, new DecideObjection(Perhaps(3), reason)),
            2 or 3 when record.Repair is { DecidedAt: null } => (keeper, new DecideRepair(Perhaps(2), reason)),
            4 => (Somebody(record.Department), Perhaps(2) ? new DecideRepair(Reason: reason) : new DecideObjection(Upheld: true)),
            _ => (theirs, new RequestRepair(reason)),
        };
        Do(record, asked.By, asked.Command, () => Kept.Decide(record, asked.Command, asked.By));
    }

    private void Supervise(SupervisionTask task)
    {
        if (!Perhaps(3) && task is { Status: SupervisionStatus.Rectifying, Finding.RectifyBy: { } until } && Perhaps(2))
            Pass(China.At(until.AddDays(1), new(9, 0)) - Kept.Now);
        task = Kept.Tasks.Find(task.Id)!;
        SupervisionCommand forward = task.Status switch
        {
            SupervisionStatus.Opened when Perhaps(2) => new AcknowledgeSupervision(),
            SupervisionStatus.Rectifying => new RecordRectification(Perhaps(3) ? RectificationOutcome.Rectified : RectificationOutcome.NotRectified, "仍然没有"),
            _ when Perhaps(3) => new RecordFinding(FindingOutcome.InOrder),
            _ => new RecordFinding(FindingOutcome.Breach, "没有检测报告", Today.AddDays(random.Next(1, 60))),
        };
        var (by, command) = Perhaps(4) ? (Somebody(task.Department), random.Next(3) switch
        {
            0 => new AcknowledgeSupervision(),
            1 => new RecordFinding(Any(Enum.GetValues<FindingOutcome>()), Perhaps(2) ? " " : null, Today.AddDays(random.Next(-3, 200))),
            _ => (SupervisionCommand)new RecordRectification(Any(Enum.GetValues<RectificationOutcome>())),
        }) : (Clerk(task.Department), forward);
        Do(task, by, command, () => Kept.Decide(task, command, by));
    }

    private void Handle(Licence licence)
    {
        if (!Perhaps(3) && licence.Notice is { } notice && Perhaps(2))
            Pass(China.At((licence.Hearings is [.., { Minutes: null } hearing] ? hearing.HeldOn : notice.SpeakBy.AddDays(1)), new(15, 0)) - Kept.Now);
        licence = Kept.Licences.Find(licence.Id)!;
        var (by, command) = Perhaps(4) ? (Somebody(licence.Department, licence), Anything(licence)) : Forward(licence);
        Do(licence, by, command, () => Kept.Decide(licence, command, by));
    }

    // What somebody who wants to get on does next.
    private (Actor By, LicenceCommand Command) Forward(Licence licence)
    {
        var (own, head, holder) = (Clerk(licence.SupervisedBy), Supervisor(licence.SupervisedBy), Holder(licence));
        return licence switch
        {
            { Hearings: [.., { Minutes: null } hearing] } => (own, new CloseLicenceHearing("赵敏", Perhaps(2) ? Today : hearing.HeldOn, "持证人陈述了意见。") { Hearing = hearing.Number }),
            { Notice: not null, HearingAskedOn: not null, Hearings: null } => (own, new CallLicenceHearing(Today.AddDays(random.Next(9, 18)), "空港大厅", new("003", "赵敏"))),
            { Notice: { } notice } when Today <= notice.SpeakBy => (holder, new SpeakAboutRevocation(Perhaps(2) ? "已经整改" : null, Perhaps(2))),
            { Notice: not null } when Perhaps(6) => (head, Perhaps(3) ? new WithdrawNotice("查明并无此事") : new ExtendRevocation("案情复杂")),
            { Notice: { } notice } => (head, new RevokeLicence(notice.Ground, "逾期未整改", Basis)),
            { Stands: true } when Kept.InBreach(licence).Any(breach => !breach.IsBeingPutRight) => (own, new AnnounceRevocation("违反承诺", Basis)),
            { Stands: false } => (Clerk(licence.Department), new CancelLicence("已终止", "《中华人民共和国行政许可法》第七十条")),
            { Status: LicenceStatus.Suspended } when Perhaps(2) => (own, new ReinstateLicence()),
            _ => random.Next(6) switch
            {
                0 => (own, new SuspendLicence("存放过期食品", Kept.SuspensionOf(licence), Perhaps(2) ? Today.AddDays(random.Next(200)) : null)),
                1 => (Clerk(licence.Department), new ReplaceLicence("记载有误", Basis)),
                2 => (holder, new CancelLicence()),
                _ => (own, new AnnounceRevocation(Perhaps(3) ? "另有情形" : "违反承诺", Basis)),
            },
        };
    }

    // Whatever somebody might ask, right or wrong.
    private LicenceCommand Anything(Licence licence)
    {
        var reason = Perhaps(6) ? " " : "理由";
        return random.Next(11) switch
        {
            0 => new SuspendLicence(reason, Perhaps(6) ? Basis : Kept.SuspensionOf(licence), Perhaps(2) ? Today.AddDays(random.Next(-2, 3000)) : null),
            1 => new ReinstateLicence(),
            2 => new AnnounceRevocation(reason, Basis, Any(Enum.GetValues<RevocationGround>()), Perhaps(3) ? true : null, Perhaps(2) ? Perhaps(2) : null, new("027", "王伟")),
            3 => new RevokeLicence(Any(Enum.GetValues<RevocationGround>()), reason, Basis),
            4 => new SpeakAboutRevocation(reason, Perhaps(2)),
            5 => new CallLicenceHearing(Today.AddDays(random.Next(40)), "空港大厅", new(Perhaps(2) ? "003" : "027", "赵敏")),
            6 => new CloseLicenceHearing("赵敏", Today, reason) { Hearing = random.Next(1, 3) },
            7 => new ExtendRevocation(reason),
            8 => new WithdrawNotice(reason),
            9 => new CancelLicence(Perhaps(2) ? reason : null, Basis),
            _ => new ReplaceLicence(reason, Basis),
        };
    }

    private Actor Somebody(Department department, Licence? licence = null) => random.Next(6) switch
    {
        0 => new("mobile", "stranger", Applicant: "person:11010519491231002X"),
        1 => Supervisor(Any(Enum.GetValues<Department>())),
        2 when licence is not null => Holder(licence),
        3 when licence is not null => Supervisor(licence.SupervisedBy),
        4 => Clerk(department),
        _ => Supervisor(department),
    };

    private Actor Holder(Licence licence) => new("mobile", "person", Applicant: Any(licence.HolderKeys));

    private void Do(object thing, Actor by, object command, Func<Refusal?> decide)
    {
        _story.Add(string.Create(CultureInfo.InvariantCulture, $"{Kept.Now:yyyy-MM-dd HH:mm} {by.Subject}: {command.GetType().Name} {StoredJson.Write(command)} of {StoredJson.Write(thing)}"));
        if (decide() is { } refused)
        {
            LawOfCases.Holds(refused);
            _story[^1] += $" → {refused.Code}";
        }
        else
            _taken.Add(command.GetType());
    }

    private void Pass(TimeSpan time)
    {
        if (time > TimeSpan.Zero)
            Kept.Reach(Kept.Now + time);
    }

    private bool Perhaps(int oneIn) => random.Next(oneIn) == 0;

    private T Any<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
}
