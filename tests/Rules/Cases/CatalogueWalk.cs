using System.Globalization;
using System.Text.Json;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Emergencies;
using OneDoor.Forms;
using OneDoor.Supervision;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>
/// A case for an item, from its example on: what brings it on, mixed with whatever else somebody might ask of it, most of which is
/// refused, over some weeks. All of it is drawn, so a seed tells the same story again.
/// </summary>
/// <param name="item">The item.</param>
/// <param name="catalogue">It and those that there are besides.</param>
/// <param name="random">Draws it.</param>
/// <param name="register">Hears of all that happens to the case, and says what is held and was not kept; null where nobody does.</param>
internal sealed class CatalogueWalk(Item item, IReadOnlyList<Item> catalogue, Random random, KeptRegister? register = null)
{
    private static readonly Department[] Departments = Enum.GetValues<Department>();
    private static readonly TimeOnly Morning = new(9, 30);

    private readonly List<(DateTimeOffset At, Asked? Asked, string Followed)> _story = [];
    private readonly CaseSpec _spec = new();

    /// <summary>Null where nobody can apply for the item.</summary>
    public Case? Case => _spec.Maybe;

    public IReadOnlyList<CaseFact> Facts => _spec.Facts;

    public Item Item => item;

    public DateTimeOffset Clock => _spec.Now;

    /// <summary>Kinds of commands that were not refused.</summary>
    public HashSet<Type> Taken { get; } = [];

    /// <summary>How the case stood on its way.</summary>
    public HashSet<CaseStatus> Stood { get; } = [];

    /// <summary>What was asked, by whom and when, and what followed.</summary>
    public string Story => string.Join('\n', _story.Select(told => string.Create(
        CultureInfo.InvariantCulture, $"{told.At:yyyy-MM-dd HH:mm} {told.Asked?.By.Subject ?? "nobody"}: {told.Asked?.Command.GetType().Name} {(told.Asked is { Command: var command } ? StoredJson.Write(command) : "")} → {told.Followed}")));

    /// <summary>Applies, as the example does, with nothing or not all of it handed in perhaps.</summary>
    /// <param name="next">Its number, where there are others; and who applies, and by which licence's renewal, where it is not anybody new.</param>
    public Refusal? Submit((int Number, DateTimeOffset At, Applicant Applicant, string? Renews)? next = null)
    {
        // By 2023 all that the law has ended so far had ended.
        _spec.At(next?.At ?? China.At(new DateOnly(item.Edition == CatalogueData.June2020Edition ? 2020 : 2023, 6, 1).AddDays(random.Next(1100)), Morning));
        var example = ExampleApplication.Of(item, FormOf(item), Any(item.Applicants), random, Today);
        if (item is { CommitmentEligible: true, Commitment: { } commitment } && (commitment.Kind == CommitmentKind.ToBeMet || Perhaps(2)))
            example = ExampleApplication.Of(item, FormOf(item), Any(item.Applicants), random, Today, committed: true);
        else if (Perhaps(3))
            example = example with { Materials = [.. example.Materials!.Where(_ => Perhaps(2))] };
        else if (Perhaps(2))
            example = example with { Materials = [.. example.Materials!.Where(given => item.Materials.All(m => m.Code != given.Code || !m.Deferrable))] };
        if (example.Chosen is { } chosen && Perhaps(2))
            example = example with { Chosen = [.. chosen.Where(_ => Perhaps(2))] };
        if (example.Applicant is { Parties: { } parties } jointly && Perhaps(2))
            example = example with { Applicant = jointly with { Parties = [.. parties.Select(p => Perhaps(2) ? p : p with { Signature = null })] } };
        if (item.RenewalByCommitment && Perhaps(2))
            example = ExampleApplication.Renewing(ExampleApplication.Of(item, FormOf(item), Any(item.Applicants), random, Today, committed: Perhaps(2) || register is null), "ELSEWHERE-2");
        if (next is { } again)
            example = ExampleApplication.For(again.Applicant, again.Renews is { } old ? ExampleApplication.Renewing(example, old) : example with { Renews = null });
        var day = LegalClock.DayOf(_spec.Now);
        if (item.Procedure.Steps.Any(step => step.Eia == true) && day.Day % 3 > 0)
            example = example with { EiaClass = "services-car-repair", EiaAnswers = new(SensitiveArea: false, Spraying: day.Day % 3 == 1, Area: 800) };
        foreach (var need in item.Procedure.Steps.Select(step => step.Needed).OfType<StepNeed>().Where(_ => day.Day % 2 == 1))
            example = example with { Form = AnswerText.With(example.Form!.Value, JsonSerializer.SerializeToElement(new Dictionary<string, string> { [need.Field] = need.Is[0] })) };
        if (day.Day % 10 == 7)
            example = example with { EmergencyProject = EmergencyProjects.Listed.Id };
        var renewed = example.Renews is null || next is not null ? null : Expiring(example.Applicant!);
        register?.HeldBefore(renewed, item, example.Applicant!, _spec.Now);
        Do(new Asked(new("sandbox", "sandbox", item.Department), example)
        {
            New = (Sha256Digest.IdOf($"case {next?.Number}"), $"{item.Code}-{next?.Number ?? 1}"),
            Item = item, Form = FormOf(item), Version = 1, Held = Held(item.Materials), Renewed = renewed,
            Cancellable = item.Cancels is { } kind && day.Day % 3 > 0 ? [new("ELSEWHERE-3", kind, example.Applicant!.Keys)] : [],
            Emergency = example.EmergencyProject is null ? null : EmergencyProjects.Listed with { ValidUntil = day },
        });
        return _spec.Refused;
    }

    /// <summary>One thing more happens, or time passes.</summary>
    public void Step()
    {
        Pass(TimeSpan.FromMinutes(random.Next(1, 200)));
        switch (random.Next(20))
        {
            case 0:
                Pass(TimeSpan.FromDays(random.Next(1, 30)));
                break;
            case 1:
                Do(asked: null);
                break;
            case < 9:
                Do(Anything());
                break;
            default:
                Do(Forward());
                break;
        }
    }

    /// <summary>Nothing much comes of it any more.</summary>
    public bool IsOver => Now.IsEnded && Now.Pledges.All(p => !p.IsOpen) && Now.Commitment?.OverdueAt == null && Now.Commitment?.IsToBeMet != true && Perhaps(4);

    /// <summary>The sweep comes by.</summary>
    public void Pass() => Do(asked: null);

    /// <summary>What else becomes of it, in the transaction of what brings it about.</summary>
    public void Follow(IReadOnlyList<CaseFact> facts)
    {
        foreach (var fact in facts)
        {
            var before = Now;
            _spec.Recorded(_ => fact);
            LawOfCases.Holds(before, fact, Now, item);
            _story.Add((fact.At, null, fact.GetType().Name));
        }
        LawOfCases.Holds(Now);
    }

    // Somebody asks, or, where nobody does, the sweep comes by.
    private void Do(Asked? asked)
    {
        if (register is not null)
        {
            register.Reach(_spec.Now);
            _spec.At(register.Now);
            asked = asked is null ? null : register.Informed(_spec.Maybe, asked);
            if (_spec.Maybe is { } unaware && asked is not null && register.Voided(unaware) is { Count: > 0 } voided)
                Follow(voided);
        }
        if (_spec.Maybe is { Cancels: { } number } && asked is { Command: DecideStep })
            asked = asked with { Cancellable = [new(number, item.Cancels!, Now.Applicant.Keys, HasEnded: Perhaps(9))] };
        var (before, first, known) = (_spec.Maybe, _spec.Maybe, _spec.Facts.Count);
        _story.Add((_spec.Now, asked, "an exception"));
        _ = asked is null ? _spec.Passed() : _spec.When(asked);
        var facts = _spec.Facts.Skip(known).ToArray();
        _story[^1] = _story[^1] with { Followed = _spec.Refused?.Code ?? string.Join(", ", facts.Select(fact => fact.GetType().Name)) };
        if (_spec.Refused is { } refused)
        {
            LawOfCases.Holds(refused);
            Assert.Empty(facts);
            Assert.Same(before, _spec.Maybe);
            return;
        }
        if (asked is not null)
            Taken.Add(asked.Command.GetType());
        Assert.All(facts, fact => Assert.True(fact.By is null || fact.By == asked?.By || fact.By.IsPlatform, $"{fact.GetType().Name} is put down to somebody who did not ask."));
        foreach (var fact in facts)
        {
            var after = Case.Evolve(before, fact);
            LawOfCases.Holds(before, fact, after, catalogue.First(i => i.Code == after.Plan.Item));
            before = after;
        }
        LawOfCases.Holds(_spec.Case);
        Stood.Add(_spec.Case.Status);
        register?.Follow(this, first, facts);
    }

    private void Pass(TimeSpan time) => _spec.At(_spec.Now + time);

    private Case Now => _spec.Case;

    private DateOnly Today => LegalClock.DayOf(_spec.Now);

    private bool Perhaps(int oneIn) => random.Next(oneIn) == 0;

    private T Any<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    private T? AnyOf<T>(IEnumerable<T> of) where T : class => of.ToArray() is { Length: > 0 } there ? Any(there) : null;

    private static Form? FormOf(Item item) => CatalogueData.FormOf(item, CatalogueData.Forms());

    // As the example of the item it is for now would say it: that of the one it was submitted for may lack something.
    private JsonElement? Answer() => Now.Plan.Form is { } form && Now.Form is not null && (Now.Version % 2 == 0 || Now.Notices[^1].Lines.Any(line => line.Field is not null)) ? FormExample.Of(form, Today) : null;

    private string? Field => Now.Version % 2 == 0 && Now.Plan.Form is { } form ? form.Fields[Now.Version % form.Fields.Count].Name : null;

    private Actor OfApplicant => new("mobile", "person", Applicant: Any(Now.Applicant.Keys));

    // Wherever the window of an item's renewals opens and closes, it is open.
    private RenewableLicence Expiring(Applicant applicant) => new(
        "ELSEWHERE-2", item.Procedure.Steps[0].Issues!.Code, applicant.Keys,
        Today.AddDays(item.Renewal is { Opens: { } opens, Unit: LimitUnit.CalendarDays } ? opens - 10 : item.Renewal!.Opens is null ? (2 * item.Renewal.Closes) + 10 : 100), IsValid: true, HasExpired: false);

    private DeliveredLicence[] Held(IEnumerable<Material> materials) =>
    [
        .. materials.Where(m => m.ProvedBy is not null && Perhaps(2))
            .Select(m => new DeliveredLicence("elsewhere", new(m.ProvedBy!, m.Name), "ELSEWHERE-1", _spec.Now.AddDays(-100), Today.AddDays(-90))),
    ];

    // What somebody who knows the law and wants the case to go on does next.
    private Asked? Forward() => Now.Status switch
    {
        CaseStatus.AwaitingSignatures => Perhaps(3) ? Later(_spec.Now.AddDays(random.Next(40)), asked: null) : Sign(OfApplicant),
        CaseStatus.Submitted => Examine(),
        CaseStatus.CorrectionRequested => Mend(),
        CaseStatus.Accepted or CaseStatus.Paused => Handle(),
        CaseStatus.Granted when Now.Pledges.Any(p => p.IsOpen) => Later(_spec.Now.AddDays(90), asked: null),
        CaseStatus.Granted when Now.Commitment is { IsToBeMet: true, OverdueAt: null } => Perhaps(2) ? new(OfApplicant, new FulfilCommitment()) : Later(_spec.Now.AddDays(100), asked: null),
        CaseStatus.Granted or CaseStatus.PartlyGranted when Now.HandOvers is null && AnyOf(Now.Steps.Where(s => s.Status == StepStatus.Granted)) is { } granted =>
            new(Clerk(granted.Department), new RecordHandOver(granted.Code, "纸质证照", DeliveryWay.Pickup, "张三", Today)),
        _ => Anything(),
    };

    private static Asked Sign(Actor by) => new(by, new SignCase(SignedTexts.Declaration.Digest, "张三"));

    private Asked Examine()
    {
        var lead = Clerk(Now.Lead);
        var missing = Now.Plan.Materials.Where(m => m is { Required: true, NeededBy: MaterialNeed.Submission } && Now.Materials.All(g => g.Code != m.Code) && Now.Proved.All(p => p.Code != m.Code)).ToArray();
        if (Now.Added is not null)
            return new(lead, new SendCorrectionNotice([]));
        if (Now.Applicant.Parties is not null && Perhaps(6))
            return new(OfApplicant, new WithdrawCase("另行办理"));
        if (missing.FirstOrDefault(m => m.Deferrable && Now.Pledges.All(p => p.Made.Code != m.Code)) is { } deferrable && Perhaps(2))
            return new(OfApplicant, new PledgeMaterial(deferrable.Code, Today.AddDays(random.Next(60)), SignedTexts.Pledge.Digest, "张三"));
        if (missing.Any(m => Now.Pledges.All(p => p.Made.Code != m.Code)) && Perhaps(2))
            return new(lead, new SendCorrectionNotice([.. missing.Select(m => new CorrectionLine("缺", m.Code))])) { Held = Held(missing) };
        return new(lead, new AcceptCase()) { Held = [.. Now.Proved.Select(p => new DeliveredLicence("elsewhere", p.Licence!, p.Number!, Now.SubmittedAt, Today))] };
    }

    private Asked? Mend() => random.Next(4) switch
    {
        0 when Now.Notices[^1] is { RemindedAt: null, RemindAt: { } at } => Later(at.AddHours(1), asked: null),
        0 when Now.Notices[^1].AnswerBy is { } by => Later(by.AddDays(random.Next(3)), new(Supervisor(Now.Lead), new LapseCase("逾期未补正"))),
        1 => new(OfApplicant, new ExtendNotice("材料在外地")),
        _ => new(OfApplicant, new SupplyMaterials(
            [.. Now.Notices[^1].Outstanding([], []).Select(l => l.Material).OfType<string>().Select(Paper).DefaultIfEmpty(Paper(Any(Now.Plan.Materials).Code))], Answer())),
    };

    private Asked? Handle()
    {
        if (Now.Delay is { ExplainedAt: null } && Perhaps(3))
            return new(Clerk(Now.Lead), new ExplainDelay("登记系统停机"));
        if (AnyOf(Now.Steps.Where(s => s is { Status: StepStatus.Waiting, Awaited: not null })) is { } waits && !Perhaps(3))
            return Later(_spec.Now.AddDays(random.Next(20)), new(OfApplicant, new SupplyMaterials([.. waits.Awaited!.Materials.Select(Paper)])));
        if (Now.Deferred.Count > 0 && !Perhaps(3))
            return Later(China.At(Now.Deferred[0].SupplyBy.AddDays(Perhaps(2) ? 1 : -2), Morning), asked: null);
        if (AnyOf(Now.Steps.Where(s => s.Status == StepStatus.Open)) is not { } step)
            return Anything();
        var own = Clerk(step.Department);
        if (Now.Hearings.FirstOrDefault(h => h.Step == step.Code && h.Minutes is null) is { } hearing)
            return Later(China.At(hearing.HeldOn, Morning), new(own, new CloseHearing("赵敏", hearing.HeldOn, "各方陈述了意见。") { Hearing = hearing.Number }));
        if (Now.Pauses.FirstOrDefault(p => p.IsOpen && p.Step == step.Code) is { } pause)
            return Later(_spec.Now.AddDays(random.Next(8)), Perhaps(2) ? null : new(own, new ResumeClock { Pause = pause.Number }));
        if (Perhaps(4) && AnyOf(Now.Plan.SpecialProcedures) is { Procedure: not PauseReason.Hearing } special)
            return new(own, new PauseClock(special.Procedure, special.LegalBasis, Today.AddDays(3), "检验所", step.Code));
        if (Perhaps(6) && Now.Plan.Departments().Where(d => d != step.Department).ToArray() is { Length: > 0 } others)
            return new(own, new ReferCase(ReferralKind.Department, "归其办理", step.Code, Any(others)));
        if (Now.Plan.Inspection == Requirement.Required && Now.Inspections.LastOrDefault(i => i.Step == step.Code) is not { Finding: InspectionFinding.Passed })
            return new(own, Inspection(step.Code));
        if (Now.Plan.ThirdParty && Now.ThirdPartyNotices.All(n => n.Step != step.Code))
            return new(own, new TellThirdParties(step.Code, Today.AddDays(14), [new("业主委员会")]));
        if (Now.ThirdPartyNotices.LastOrDefault(n => n.Step == step.Code && n.Until >= Today) is { } notice)
            return Perhaps(3) ? new(own, new HearThirdParty("夜间扰民") { Notice = notice.Number }) : Later(China.At(notice.Until.AddDays(1), Morning), Grant(step.Code, Second(step.Department)));
        return Now.Plan.Hearing == Requirement.Required && Now.Hearings.Count == 0 ? new(own, Hearing(step.Code)) : Grant(step.Code, Second(step.Department));
    }

    private Asked? Later(DateTimeOffset at, Asked? asked)
    {
        _spec.At(at > _spec.Now ? at : _spec.Now);
        return asked;
    }

    private Asked Grant(string step, Actor by) => new(by, new DecideStep(StepOutcome.Granted, "符合条件", Uscc: FoundsWith(step) ? ExampleApplication.Entity(random).Uscc : null) { Step = step });

    private bool FoundsWith(string step) => Now.Applicant.Subject is { Uscc: null } && Now.Plan.Steps.First(s => s.Code == step).Issues is not null;

    private InspectStep Inspection(string step) => new(
        step, [new("018", "李娜"), new("027", "王伟")], Today, "港城大道1号", Perhaps(5) ? InspectionFinding.Failed : InspectionFinding.Passed);

    // The law leaves from seven to twenty working days.
    private CallHearing Hearing(string step) => new(step, Any(Enum.GetValues<HearingGround>()), Today.AddDays(random.Next(12, 24)), "空港大厅204室", new("003", "赵敏"));

    // Whatever somebody might ask, right or wrong, and whosever the step is.
    private Asked Anything()
    {
        var step = Any(Now.Steps);
        var by = Somebody(step);
        var reason = Perhaps(6) ? " " : "理由";
        var paper = AnyOf(Now.Plan.Materials)?.Code ?? "none";
        bool? falseMaterials = Perhaps(3) ? true : null;
        return random.Next(24) switch
        {
            0 => new(by, new AcceptCase(Pledges: Perhaps(2) ? [paper] : null)),
            1 => new(by, new SendCorrectionNotice([new(reason, paper), new("请写明经营范围", Field: Field)])),
            2 or 3 => new(by, new AddCorrectionLines([new(reason, AnyOf(Now.Plan.Steps.First(s => s.Code == step.Code).Materials) ?? paper)])),
            4 => new(by, new ExtendNotice(reason)),
            5 => new(by, new LapseCase(reason)),
            6 => new(by, new SupplyMaterials([Paper(paper)], Now.Notices.Count > 0 ? Answer() : null)),
            7 => new(by, new PledgeMaterial(paper, Today.AddDays(random.Next(-1, 90)), SignedTexts.Pledge.Digest, "张三")),
            8 => new(by, new ReferCase(ReferralKind.Department, reason, step.Code, Perhaps(2) ? Any(Departments) : Any(Now.Plan.Departments()))),
            9 => Move(by, reason),
            10 => new(by, new ReferCase(ReferralKind.Upward, reason, step.Code)),
            11 => Grant(step.Code, by),
            12 => new(by, new DecideStep(StepOutcome.Refused, reason, "《中华人民共和国行政许可法》第三十八条", FalseMaterials: falseMaterials) { Step = step.Code }),
            13 => new(Perhaps(2) ? Supervisor(Now.Lead) : by, new RefuseCase(reason, "《中华人民共和国行政许可法》第三十八条", FalseMaterials: falseMaterials)),
            14 => new(Perhaps(2) ? Supervisor(Now.Lead) : by, Perhaps(2)
                ? new DeclineCase(falseMaterials is null ? NonAcceptanceKind.NoLicenceNeeded : NonAcceptanceKind.FalseMaterials, reason) : new DeclineCase(NonAcceptanceKind.NotOurCompetence, reason, "河西区市场监督管理局")),
            15 => new(Perhaps(3) ? OfApplicant : by, new WithdrawCase(reason)),
            16 => new(Supervisor(Now.Lead), new ExtendLimit(Now.Plan.Extension is { } most && !Perhaps(4) ? most : Limit.WorkingDays(random.Next(60)), reason)),
            17 => new(by, new PauseClock(
                AnyOf(Now.Plan.SpecialProcedures)?.Procedure ?? Any(Enum.GetValues<PauseReason>()), "《检验法》第二十条", Today.AddDays(random.Next(-1, 30)), "检验所", step.Code)),
            18 => new(by, new ResumeClock { Pause = random.Next(1, 3) }),
            19 => new(by, Perhaps(2) ? Inspection(step.Code) : new TellThirdParties(step.Code, Today.AddDays(random.Next(20)), [new("业主委员会")])),
            20 => new(by, Perhaps(2) ? Hearing(step.Code) : new CloseHearing("赵敏", Today, "各方陈述了意见。") { Hearing = 1 }),
            21 => Sign(by),
            22 => new(Perhaps(2) ? Supervisor(Department.ServiceOffice) : by, new DiscloseCase(reason)),
            _ => new(by, Perhaps(2) ? new HearThirdParty(reason) { Notice = 1 } : new ExplainDelay(reason)),
        };
    }

    private Asked Move(Actor by, string reason)
    {
        var other = Any(catalogue);
        return new(by, new ReferCase(ReferralKind.Item, reason, Item: other.Code)) { Item = other, Form = FormOf(other), Version = 1, Held = Held(other.Materials) };
    }

    private Actor Somebody(StepState step) => random.Next(8) switch
    {
        0 => OfApplicant,
        1 => new("mobile", "stranger", Applicant: "person:11010519491231002X"),
        2 => Supervisor(Any(Departments)),
        3 => Clerk(Now.Lead),
        4 => Supervisor(Now.Lead),
        5 => Clerk(step.Department),
        6 => new("sandbox", "sandbox", step.Department, IsSupervisor: true),
        _ => Supervisor(step.Department),
    };
}
