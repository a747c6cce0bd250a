using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Trials;

/// <summary>A case of a sample: what is asked of it, and by whom.</summary>
internal sealed class ToldCase(Cast cast, DateTimeOffset begins)
{
    private readonly ToldThing<Case, CaseFact> _thing = new(begins);

    public IReadOnlyList<CaseFact> Facts => _thing.Facts;

    public Case Case => _thing.State!;

    public DateTimeOffset Now => _thing.Now;

    public DateOnly Today => LegalClock.DayOf(Now);

    public LegalClock Clock { get; set; } = LegalClock.Zone;

    public Actor Lead => cast.Of(Case.Lead);

    // Whoever is at a window hands in what is said to them there, and no sample (decision 0090).
    public Actor Submitter { get; private set; } = cast.By.Role == ActorRole.Staff ? cast.Of(cast.Own) : cast.By;

    public StepState Open => Case.Steps.FirstOrDefault(step => step.Status == StepStatus.Open) ?? Case.Steps[0];

    /// <summary>Hands an application in, as the caller may: a department's system for somebody, anybody else for themselves.</summary>
    public ToldCase Submit(ItemPublished published, ApplicantKind? kind = null, bool committed = false, Func<SubmitCase, SubmitCase>? change = null, Func<CaseAsking, CaseAsking>? knowing = null)
    {
        var item = published.Item;
        var whole = ExampleApplication.Of(item, published.Form, kind ?? Kinds(item)[0], cast.Random, Today, committed);
        if (cast.By.Department is null)
        {
            Submitter = cast.By with { Applicant = whole.Applicant!.Keys[0] };
            whole = whole with { Channel = item.Channels.FirstOrDefault(channel => channel is not (Channel.Window or Channel.Agency)) };
        }
        var sent = change?.Invoke(whole) ?? whole;
        return Do(Submitter, sent, asked => (knowing ?? (known => known))(asked with
        {
            Item = published,
            Applicant = sent.Applicant,
            New = (Cast.NewId(Now), CaseNumber.Of(item.Code, Today, cast.Random.Next(1, 1_000_000))),
        }));
    }

    public ToldCase Do(Actor by, CaseCommand command, Func<CaseAsking, CaseAsking>? knowing = null)
    {
        var asked = new CaseAsking(by, Clock, Now);
        _thing.Happened(Case.Decide(_thing.State, command, knowing?.Invoke(asked) ?? asked));
        return this;
    }

    public ToldCase Accept() => Do(Lead, new AcceptCase());

    public ToldCase Grant()
    {
        var (step, founds) = (Open, Case.Applicant.Subject is { Uscc: null } && Case.Plan.Steps.First(planned => planned.Code == Open.Code).Issues is not null);
        return Do(cast.Of(step.Department), new DecideStep(StepOutcome.Granted, "符合条件", Uscc: founds ? ExampleApplication.Entity(cast.Random).Uscc : null) { Step = step.Code });
    }

    /// <summary>What has to be looked at, told and heard before a decision, whether its item asks for it or not.</summary>
    public ToldCase Prepare()
    {
        var (step, own) = (Open.Code, cast.Of(Open.Department));
        Do(own, new InspectStep(step, [new("018", "李娜"), new("027", "王伟")], Today, "申请地址", InspectionFinding.Passed));
        // As soon as may be: who is told has had their time to speak before the hearing, whatever holidays are between.
        DateOnly After(int days) => Clock.Simulate(Now, Limit.WorkingDays(days)).DueOn;
        Do(own, new TellThirdParties(step, After(Item.SpeakWithin), [new("利害关系人")]));
        Do(own, new HearThirdParty("夜间扰民。") { Notice = 1 });
        var held = After(Case.HearingToldBefore);
        Do(own, new CallHearing(step, HearingGround.Required, held, "空港政务服务大厅", new("003", "赵敏")));
        At(held, 16);
        return Do(own, new CloseHearing("赵敏", held, "各方陈述了意见。") { Hearing = 1 });
    }

    /// <summary>Time passes, and what it brings about is recorded as the sweep would.</summary>
    public ToldCase Until(DateTimeOffset at)
    {
        while (Case.WakeAt is { } wake && wake.AddMinutes(1) < at && Case.Lapse(Clock, wake.AddMinutes(1)) is { Count: > 0 } lapsed)
            _thing.Happened(lapsed);
        At(at);
        return Happened(Case.Lapse(Clock, at));
    }

    public ToldCase Until(DateOnly day, int hour = 9) => Until(LegalClock.MidnightOf(day).AddHours(hour));

    public ToldCase Happened(IEnumerable<CaseFact> facts)
    {
        _thing.Happened(facts);
        return this;
    }

    private void At(DateOnly day, int hour) => At(LegalClock.MidnightOf(day).AddHours(hour));

    private void At(DateTimeOffset at) => _thing.Now = at > Now ? at : Now;

    // Alone, where that is possible: joint parties and founders have samples of their own.
    public static IReadOnlyList<ApplicantKind> Kinds(Item item) =>
        item.Applicants.Where(kind => kind is not (ApplicantKind.JointParties or ApplicantKind.Founders)).DefaultIfEmpty(item.Applicants[0]).ToArray();
}
