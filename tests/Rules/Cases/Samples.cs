using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Emergencies;

namespace OneDoor.Cases;

/// <summary>Items, people and papers to tell stories with.</summary>
internal static class Samples
{
    public static readonly Applicant Company = new(ApplicantKind.LegalEntity, "天津空港测试有限公司", Uscc: "91110108551385082Q");
    public static readonly Signature Declared = new(SignedTexts.Declaration.Digest, "陈建国");
    public static readonly Contact Reached = new("13900000000", "chen@example.com");
    public static readonly Actor Applicant = new("mobile", "person-7", Applicant: Company.Key);
    public static readonly Actor Agency = new("customs-system", "customs-system", Department.Customs);
    public static readonly RefusalGrounds Grounds = new("行政许可法第三十八条", "场地不符合要求", RefusalGrounds.StatutoryRemedy);

    public static Actor Clerk(Department department) => new($"{Kebab.Of(department)}-desk", $"{Kebab.Of(department)}-clerk", department);

    /// <summary>Another clerk: who accepts does not decide (CASE-16).</summary>
    public static Actor Second(Department department) => Clerk(department) with { Subject = $"{Kebab.Of(department)}-second" };

    public static Actor Supervisor(Department department) => Clerk(department) with { Subject = $"{Kebab.Of(department)}-head", IsSupervisor = true };

    /// <summary>A plain item: one step of the market regulator, form and lease needed, the lease deferrable, a photo if one likes.</summary>
    public static Item Plain { get; } = ItemOf(Department.MarketRegulation, [StepOf("review", Department.MarketRegulation, materials: ["form", "lease", "photo"])])
        with
    { Materials = [MaterialOf("form"), MaterialOf("lease") with { Deferrable = true }, MaterialOf("photo") with { Required = false }] };

    /// <summary>The plain item, which is granted by commitment as well; nobody hands the lease in then.</summary>
    public static Item Committed { get; } = Plain with
    { CommitmentEligible = true, CommitmentSource = "国发〔2021〕7号", Commitment = new(CommitmentKind.Met, Limit.WorkingDays(40), Covers: ["lease"]) };

    /// <summary>The same, whose conditions are to be met within twenty working days.</summary>
    public static Item CommittedAhead { get; } = Committed with { Commitment = Committed.Commitment! with { Kind = CommitmentKind.ToBeMet, MeetWithin = Limit.WorkingDays(20) } };

    /// <summary>The same, with a licence.</summary>
    public static Item Licensing { get; } = CommittedAhead with
    { Procedure = new([CommittedAhead.Procedure.Steps[0] with { Issues = new("food-business-licence", new("食品经营许可证", "Food business licence")) }]) };

    /// <summary>An application by commitment, with the form alone.</summary>
    public static Asked Commitment(Item item, string? meetBy = null) => Submission(item, "form") with { Commitment = Signed(item, meetBy) };

    public static CommitmentGiven Signed(Item item, string? meetBy = null) => new(SignedTexts.CommitmentTo(item).Digest, "陈建国", meetBy is null ? null : China.Day(meetBy));

    /// <summary>What renews a food business licence by commitment, between 90 and 15 working days before it expires; it goes on under its number from the decision on.</summary>
    public static Item Renewing { get; } = ItemOf(Department.MarketRegulation,
        [StepOf("review", Department.MarketRegulation, materials: ["form", "lease"]) with { Issues = new("food-business-licence", new("食品经营许可证", "Food business licence")) }]) with
    {
        Materials = Committed.Materials,
        Commitment = Committed.Commitment,
        RenewalByCommitment = true,
        Renewal = new(90, 15, LimitUnit.WorkingDays, KeepsNumber: true, RunsFrom.Decision, LateRenewal.New, "《食品经营许可和备案管理办法》第三十四条"),
    };

    /// <summary>The licence that is to be renewed.</summary>
    public static RenewableLicence Old { get; } = new("OLD-1", "food-business-licence", [Company.Key], China.Day("2020-09-30"), IsValid: true, HasExpired: false);

    /// <summary>Its renewal.</summary>
    public static Asked Renewal(Item? item = null) => Commitment(item ?? Renewing) with { Renews = Old.Number, Renewed = Old };

    /// <summary>Its renewal without a commitment, to be examined (LIC-5).</summary>
    public static Asked ExaminedRenewal(Item? item = null) => Submission(item ?? Renewing, "form", "lease") with { Renews = Old.Number, Renewed = Old };

    /// <summary>What strikes a food business licence from the register (注销).</summary>
    public static Item GivingUp { get; } = ItemOf(Department.MarketRegulation, [StepOf("review", Department.MarketRegulation, materials: ["form"]) with { Cancels = "food-business-licence" }]) with
    { Code = "GIVING-UP", Materials = [MaterialOf("form")] };

    /// <summary>The licence that is given back.</summary>
    public static CancellableLicence GivenUp { get; } = new("OLD-1", "food-business-licence", [Company.Key]);

    public static Asked Cancellation(params IReadOnlyList<CancellableLicence> licences) => Submission(GivingUp, "form") with { Cancellable = licences };

    /// <summary>企业开办 in small (JOINT-1): the licence first, then seals and invoices side by side, then insurance.</summary>
    public static Item Joint { get; } = ItemOf(Department.MarketRegulation,
    [
        StepOf("licence", Department.MarketRegulation, materials: ["form"]) with { Issues = new("business-licence", new("营业执照", "Business licence")) },
        StepOf("seals", Department.PublicSecurity, ["licence"], ["form", "seal-order"]),
        StepOf("invoices", Department.Tax, ["licence"], ["tax-form"]),
        StepOf("insurance", Department.SocialSecurity, ["seals", "invoices"]),
    ]) with
    { Materials = [MaterialOf("form"), MaterialOf("seal-order"), MaterialOf("tax-form") with { Deferrable = true }] };

    /// <summary>The investment project in small (JOINT-2): filed, planned and assessed side by side, permitted.</summary>
    public static Item Project { get; } = ItemOf(Department.Commerce,
    [
        StepOf("filing", Department.Commerce, materials: ["description"]),
        StepOf("planning", Department.Planning, ["filing"], ["description"]),
        StepOf("environment", Department.Ecology, ["filing"], ["description"]) with { Eia = true },
        StepOf("permit", Department.Construction, ["planning", "environment"]),
    ]) with
    { Materials = [MaterialOf("description")] };

    /// <summary>A building in small (JOINT-6): registered, then reviewed by its drawings beside the taxes, then permitted by its contract.</summary>
    public static Item Building { get; } = ItemOf(Department.MarketRegulation,
    [
        StepOf("filing", Department.MarketRegulation, materials: ["form"]),
        StepOf("review", Department.Construction, ["filing"], ["form", "drawings"]),
        StepOf("taxes", Department.Tax, ["filing"], ["form"]),
        StepOf("permit", Department.Construction, ["review", "taxes"], ["drawings", "contract", "photo"]) with { Issues = new("construction-permit", new("施工许可证", "Construction permit")) },
    ]) with
    {
        StatutoryLimit = Limit.WorkingDays(30),
        PromisedLimit = Limit.WorkingDays(18),
        Materials =
        [
            MaterialOf("form"), MaterialOf("drawings") with { NeededBy = MaterialNeed.Step }, MaterialOf("contract") with { NeededBy = MaterialNeed.Step, ProvedBy = "works-contract" },
            MaterialOf("photo") with { NeededBy = MaterialNeed.Step, Required = false },
        ],
    };

    /// <summary>The building's case, registered: its review waits for the drawings.</summary>
    public static CaseSpec Filed() => CaseSpec.Submitted(Building, "form").Given(Acceptance(Department.MarketRegulation), Grant(Department.MarketRegulation, "filing"));

    /// <summary>A sale, for which both parties apply (APP-2).</summary>
    public static Item Sale { get; } = ItemOf(Department.MarketRegulation,
    [
        StepOf("intake", Department.MarketRegulation, materials: ["contract"]),
        StepOf("tax", Department.Tax, ["intake"], ["contract"]),
        StepOf("registration", Department.MarketRegulation, ["tax"], ["title"]) with { Issues = new("title-deed", new("不动产权证书", "Title deed")) },
    ]) with
    {
        Applicants = [ApplicantKind.JointParties],
        Roles = [new("seller", new("卖方", "Seller")), new("buyer", new("买方", "Buyer"), Holds: true)],
        Materials = [MaterialOf("contract"), MaterialOf("title") with { ProvedBy = "title-deed" }],
    };

    public static readonly PersonOrEntity Seller = new(ApplicantKind.Person, "张三", CitizenId: "11010519491231002X"), Buyer = new(ApplicantKind.LegalEntity, Company.Name, Company.Uscc);

    public static readonly Applicant Contract = new(ApplicantKind.JointParties, Parties: [new("seller", Seller), new("buyer", Buyer)]);

    public static Actor SignedIn(PersonOrEntity party) => new("mobile", $"person-of-{party.Name}", Applicant: party.Key);

    public static Actor SellerSignedIn => SignedIn(Seller);

    /// <summary>The sale as its seller begins it.</summary>
    public static Asked BySeller => Submission(Sale, "contract", "title") with { By = SellerSignedIn, Channel = Channel.Online, Applicant = Contract, RegisteredName = Seller.Name };

    public static Asked SignedBy(PersonOrEntity who, int? party = null) => Ask.Of(SignedIn(who), new SignCase(Declared.Digest, "李四", party));

    public static Item ItemOf(Department lead, IReadOnlyList<ProcedureStep> steps) => new()
    {
        Code = "TEST-ITEM",
        Name = new("测试事项", "Test item"),
        Parent = new("TEST-ITEM", new("测试事项", "Test item")),
        Category = Category.AdministrativeLicence,
        Mode = ReformMode.Standard,
        Origin = PowerOrigin.Zone,
        LegalBasis = [],
        Conditions = [],
        Materials = [],
        Procedure = new(steps),
        StatutoryLimit = Limit.WorkingDays(20),
        PromisedLimit = Limit.WorkingDays(5),
        Department = lead,
        Halls = ["airport", "logistics", "lingang", "haigang"],
        Channels = [Channel.Online, Channel.Window, Channel.Kiosk, Channel.Agency],
        Handling = HandlingType.Promised,
        SpecialProcedures = [.. Enum.GetValues<PauseReason>().Where(reason => reason != PauseReason.Auction).Select(reason => new SpecialProcedure(reason, "测试法第二十条", Limit.WorkingDays(10)))],
    };

    public static ProcedureStep StepOf(string code, Department department, IReadOnlyList<string>? after = null, IReadOnlyList<string>? materials = null) => new()
    {
        Code = code, Name = new(code, code), Department = department, After = after ?? [], Limit = Limit.WorkingDays(3), Materials = materials ?? [],
    };

    public static Material MaterialOf(string code) => new(code, new(code, code));

    public static MaterialGiven Paper(string code) => new(code, $"{code}.pdf", "sha-256:" + new string('a', 64));

    /// <summary>A paper as the case has it.</summary>
    public static MaterialHandedIn HandedIn(MaterialGiven paper) => new(paper.Code, paper.Name, paper.Digest!);

    public static Asked Submission(Item item, params IEnumerable<string> materials) =>
        Ask.SubmitCase(Agency, item, 3, Company, Channel.Agency, hall: null, [.. materials.Select(Paper)]);

    /// <summary>The extension of releases before 0.2, which moved every limit that ran.</summary>
    public static LimitExtended FormerExtension(Case @case, int workingDays = 10, string due = "2020-07-22") => new(
        @case.ChangedAt, Supervisor(@case.Lead), workingDays, "复杂", DueOn(due), DueOn(due),
        [.. @case.Steps.Where(s => s.Status == StepStatus.Open && s.Due is not null).Select(s => new StepDue(s.Code, DueOn(due)))]);

    private static DueDate DueOn(string day) => new(China.Day(day), China.At($"{day} 23:59:59"), Provisional: false);

    public static Asked Acceptance(Department by) => Ask.AcceptCase(Clerk(by), []);

    public static Asked Grant(Department by, string step) => Ask.GrantStep(Second(by), step, null);

    /// <summary>The clock as it was before the notice for 2026 came out (CLK-2).</summary>
    public static LegalClock Before2026 { get; } = new(new WorkingDays([.. WorkingDays.StateCouncil.Years.Where(year => year.Year < 2026)]), HallDirectory.Zone);

    /// <summary>Cases to which between them everything happens that can.</summary>
    public static IReadOnlyList<CaseSpec> Stories =>
    [
        CaseSpec.Licensed().Given(
            Ask.ReferStepUpward(Clerk(Department.Tax), null, "复杂"), Ask.RedirectStep(Clerk(Department.Tax), null, Department.SocialSecurity, "归社保"),
            Ask.PauseClock(Clerk(Department.SocialSecurity), null, PauseReason.Quarantine, null), Ask.ResumeClock(Clerk(Department.SocialSecurity), 1),
            Ask.ExtendLimit(Supervisor(Department.MarketRegulation), Limit.WorkingDays(10), "复杂"),
            Ask.RefuseStep(Supervisor(Department.SocialSecurity), "invoices", Grounds), Ask.WithdrawCase(Agency, "不办了")),
        CaseSpec.Submitted(Joint, "form", "seal-order", "tax-form").Given(Acceptance(Department.MarketRegulation), Ask.RefuseCase(Supervisor(Department.MarketRegulation), Grounds)),
        CaseSpec.Submitted(Joint).Given(
            Ask.AddCorrectionLines(Clerk(Department.PublicSecurity), [new("缺", "seal-order")]),
            Ask.SendCorrectionNotice(Clerk(Department.MarketRegulation), [new("缺", "form")]), Ask.ExtendNotice(Agency, "房东在国外"))
            .At("2020-08-20 09:00").Given(Ask.SupplyMaterials(Agency, [Paper("form")])).At("2020-08-27 09:00").Given(Ask.LapseCase(Supervisor(Department.MarketRegulation), "逾期未补正")),
        CaseSpec.Submitted(Joint).Given(Ask.DeclineCase(Supervisor(Department.MarketRegulation), NonAcceptanceKind.NotOurCompetence, "住所在外区", "河西区市场监督管理局")),
        CaseSpec.Submitted(Plain).Given(
            Ask.SendCorrectionNotice(Clerk(Department.MarketRegulation), [new("缺", "form")]), Ask.SupplyMaterials(Agency, [Paper("form")]),
            Ask.MoveCaseToItem(Clerk(Department.MarketRegulation), Joint with { Code = "JOINT" }, 1, "一件事"), Ask.WithdrawCase(Agency, null)),
        CaseSpec.Licensed().Given(Ask.PauseClock(Clerk(Department.Tax), null, PauseReason.Test, null)).At("2020-07-13 09:00").Given(
            Ask.ResumeClock(Clerk(Department.Tax), 1)).At("2020-07-21 09:00").Given(
            Ask.ExplainDelay(Clerk(Department.MarketRegulation), "登记系统停机")),
        CaseSpec.Licensed().At("2020-07-08 20:00").Passed().At("2020-07-15 09:00").Given(Grant(Department.Tax, "invoices")),
        Filed().Given(Ask.SupplyMaterials(Agency, [Paper("drawings")])),
        CaseSpec.Licensed().Given(
            Grant(Department.PublicSecurity, "seals"),
            Ask.Of(Clerk(Department.PublicSecurity), new RecordHandOver("seals", "公章一枚", DeliveryWay.Pickup, "陈建国", China.Day("2020-07-01")))),
        CaseSpec.Licensed().Recorded(c => FormerExtension(c)), CaseSpec.Licensed().At("2020-07-29 09:00").Passed().At("2020-07-30 09:00").Passed(),
        CaseSpec.Licensed().Given(Ask.Of(Agency, new MoveClock(default, China.At("2020-07-02 10:00")))),
        new CaseSpec().Under(Before2026).At("2025-12-25 10:00").Given(
            Submission(Joint, "form", "seal-order", "tax-form"), Acceptance(Department.MarketRegulation), Grant(Department.MarketRegulation, "licence"))
            .Under(LegalClock.Zone).Passed(),
        CaseSpec.Licensed(Joint with { Safety = true }).Given(
            Ask.Of(Supervisor(Department.ServiceOffice), new DiscloseCase("窗口服务投诉")), Ask.RefuseStep(Supervisor(Department.Tax), "invoices", Grounds, falseMaterials: true)),
        CaseSpec.Licensed().Given(
            Ask.Of(Clerk(Department.Tax), new InspectStep("invoices", [new("018", "李娜"), new("027", "王伟")], China.Day("2020-07-01"), "港城大道1号", InspectionFinding.Passed, "符合")),
            Ask.Of(Clerk(Department.Tax), new TellThirdParties("invoices", China.Day("2020-07-08"), [new("业主委员会")])),
            Ask.Of(Clerk(Department.Tax), new HearThirdParty("夜间扰民") { Notice = 1 }),
            Ask.Of(Clerk(Department.Tax), new CallHearing("invoices", HearingGround.Required, China.Day("2020-07-14"), "空港大厅204室", new("003", "赵敏"))))
            .At("2020-07-14 17:00").Given(Ask.Of(Clerk(Department.Tax), new CloseHearing("赵敏", China.Day("2020-07-14"), "各方陈述了意见。") { Hearing = 1 })),
        CaseSpec.Licensed().Given(
            Ask.Of(Clerk(Department.Tax), new CallHearing("invoices", HearingGround.Required, China.Day("2020-07-14"), "空港大厅204室", new("003", "赵敏"))), Ask.WithdrawCase(Agency, null)),
        CaseSpec.Licensed().Given(
            Grant(Department.Tax, "invoices"), Grant(Department.PublicSecurity, "seals"), Grant(Department.SocialSecurity, "insurance")),
        new CaseSpec().Given(Submission(Joint with { Applicants = [ApplicantKind.Founders] }, "form") with
        {
            Applicant = new(ApplicantKind.Founders, Founders: [new(ApplicantKind.LegalEntity, Company.Name, Company.Uscc)], Subject: new("新设公司", SubjectKind.Company)),
            Chosen = ["seals"],
        }),
        new CaseSpec().Given(Submission(Project, "description") with
        { EiaClass = "water-ditch-revetment", EiaAnswers = new(SensitiveArea: true), EmergencyProject = EmergencyProjects.Listed.Id, Emergency = EmergencyProjects.Listed with { ValidUntil = China.Day("2030-12-31") } }),
        UnneededSteps.Mended(), new CaseSpec().Given(BySeller, SignedBy(Buyer), Ask.WithdrawCase(SellerSignedIn, "不卖了")),
        new CaseSpec().Given(BySeller).At("2020-08-01 00:00").Passed(),
        CaseSpec.Submitted(Plain, "form").Given(Ask.PledgeMaterial(Agency, "lease", "2020-08-03"), Acceptance(Department.MarketRegulation))
            .At("2020-08-01 09:00").Passed().At("2020-08-04 09:00").Passed(),
        new CaseSpec().Given(Cancellation(GivenUp)), new CaseSpec().Given(Submission(Plain) with { By = Clerk(Department.Fire) with { Hall = "airport" }, Channel = Channel.Window }),
        new CaseSpec().Given(Commitment(CommittedAhead, "2020-07-20"), Ask.Of(Agency, new FulfilCommitment())),
        new CaseSpec().Given(Commitment(CommittedAhead, "2020-07-20")).At("2020-07-21 09:00").Passed(),
        new CaseSpec().Given(Commitment(Licensing, "2020-07-20")).Recorded(c => c.Released(c.ChangedAt, by: null, c.Licences[0].Number).Single()),
        .. Renewed,
        new CaseSpec().Given(Submission(Plain with { Materials = [MaterialOf("form") with { ProvedBy = "business-licence" }] }) with
        { Held = CaseSpec.Licensed().Case.Licences }, Ask.SendCorrectionNotice(Clerk(Department.MarketRegulation), [new("缺", "form")])),
    ];

    private static IReadOnlyList<CaseSpec> Renewed =>
    [
        new CaseSpec().At("2020-09-01 10:00").Given(ExaminedRenewal(), Acceptance(Department.MarketRegulation)).At("2020-10-01 00:00").Passed(),
        new CaseSpec().At("2020-09-01 10:00").Given(ExaminedRenewal()).Recorded(c => c.LostRenewal(c.ChangedAt, Supervisor(Department.MarketRegulation), Old.Number).Single()),
        new CaseSpec().At("2020-09-01 10:00").Given(ExaminedRenewal(), Ask.MoveCaseToItem(Clerk(Department.MarketRegulation), Plain with { Code = "PLAIN" }, 1, "首次申请")),
        new CaseSpec().Given(Renewal()).Recorded(c => c.Inspected(c.ChangedAt, Clerk(Department.Customs)).Single()).Recorded(c => c.Breached(c.ChangedAt, Supervisor(Department.Customs), "OLD-1").Single()),
    ];
}
