using System.Text.Json;
using OneDoor.Applicants;
using OneDoor.Appointments;
using OneDoor.Batches;
using OneDoor.BusinessEnvironment;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Complaints;
using OneDoor.Emergencies;
using OneDoor.Exemptions;
using OneDoor.Files;
using OneDoor.Forms;
using OneDoor.Licences;
using OneDoor.Notifications;
using OneDoor.Reviews;
using OneDoor.Staff;
using OneDoor.Standing;
using OneDoor.Supervision;
using OneDoor.Tickets;
using OneDoor.Trials;
using OneDoor.Webhooks;
using OneDoor.WorkOrders;

namespace OneDoor.Contracts;

/// <summary>
/// What the stored examples were written from, once. The files are the contract, not this: a new event type gets its example
/// here, and the ones that exist stay as they are.
/// </summary>
public static class StoredExamples
{
    /// <summary>A Monday morning, when the halls are open.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 30, 0, TimeSpan.FromHours(8));

    private static readonly Item Item = CatalogueData.Zone().Single(item => item.Code == "ESTABLISHMENT") with
    {
        SpecialProcedures = [new(PauseReason.ExpertReview, "《中华人民共和国行政许可法》第四十五条", Limit.WorkingDays(10))],
    };

    private static readonly Applicant Company = new(ApplicantKind.LegalEntity, "天津𠮷祥·Żółw（中新）贸易有限公司", Uscc: "91120118MA06WRRW42");

    private static readonly Applicant Founders = new(
        ApplicantKind.Founders, Founders: [new(ApplicantKind.Person, "阿依古丽·买买提 𬭎", CitizenId: "120116199001010011"), new(ApplicantKind.LegalEntity, Company.Name, Company.Uscc)],
        Representative: 0, Subject: new("天津𠮷祥·Żółw新设有限公司", SubjectKind.Company));

    private static readonly Applicant Person = new(ApplicantKind.Person, "阿依古丽·买买提 𬭎", CitizenId: "120116199001010011");

    private static readonly Item Transfer = CatalogueData.Zone().Single(item => item.Code == "PLAN-007-02");

    private static readonly Applicant Parties = new(ApplicantKind.JointParties, Parties:
    [
        new("transferor", new(ApplicantKind.Person, Person.Name, CitizenId: Person.CitizenId)), new("transferee", new(ApplicantKind.LegalEntity, Company.Name, Company.Uscc)),
    ]);

    private static readonly Actor Agency = new("sandbox-service-office", "代办-018", Department.ServiceOffice);
    private static readonly Guid Emergency = new("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d91");
    private static readonly Actor Office = Of(Department.ServiceOffice) with { IsSupervisor = true };
    private static readonly Actor Citizen = new("mobile", "019ab0c2", Applicant: Person.Key);
    private static readonly Actor Buyer = new("mobile", "019ab0c3", Applicant: Company.Key);
    private static readonly Actor Clerk = Of(Department.MarketRegulation);
    private static readonly Actor Supervisor = Clerk with { Subject = "处长-7", IsSupervisor = true };

    private static readonly Contact Reached = new("13900000000", "żółw@example.com");

    private static readonly Form Form = new()
    {
        Code = "example", Name = new("样表", "Example"), Source = "《样例办法》第一条", Sections = [new("place", new("场所", "Place"))],
        Fields =
        [
            new() { Name = "area", Label = new("面积", "Area"), Type = FieldType.Decimal, Required = true, Section = "place", Unit = new("平方米", "m²"), Min = 1, Steps = ["licence"] },
            new() { Name = "story", Label = new("说明", "Story"), Type = FieldType.Text },
        ],
    };

    private static readonly RefusalGrounds Grounds = new(
        "《中华人民共和国公司法》第九条", "经营范围属于法律规定须经批准的项目。", RefusalGrounds.StatutoryRemedy);

    /// <summary>A business establishment that meets with everything but a refusal, as the rules decide it.</summary>
    public static readonly IReadOnlyList<CaseFact> Establishment = Decide(
    [
        Submit,
        (Clerk, new SendCorrectionNotice([new("租赁合同缺出租方签字。", "premises-proof"), new("请补充公司英文名称 “Łódź & Co.”。")])),
        (Office, new SupplyMaterials([Material("premises-proof", "房屋租赁合同（补正）.pdf")])),
        (Office, new PledgeMaterial("employee-list", new DateOnly(2026, 12, 18), SignedTexts.Pledge.Digest, "阿依古丽·买买提")),
        (Clerk, new AcceptCase()),
        (Clerk, new PauseClock(PauseReason.ExpertReview, "《中华人民共和国行政许可法》第四十五条", new DateOnly(2026, 12, 4), "专家评审组", "licence", "章程须经专家评审。")),
        (Clerk, new ResumeClock { Pause = 1 }),
        (Supervisor, new ExtendLimit(Limit.WorkingDays(3), "专家意见不一致。")),
        (Clerk, new ReferCase(ReferralKind.Upward, "名称近似，须上级决定。", "licence")),
        (Supervisor, new DecideStep(StepOutcome.Granted, "名称可区分。", Uscc: "91120118MA06WRRX2W") { Step = "licence" }),
        (Office, new SupplyMaterials([Material("employee-list", "参保职工名单.xlsx")])),
        (Of(Department.PublicSecurity), new DecideStep(StepOutcome.Granted) { Step = "seals" }),
        (Of(Department.MedicalInsurance), new ReferCase(ReferralKind.Department, "由社保一并登记。", "medical-insurance-registration", Department.SocialSecurity)),
        (Of(Department.Tax), new DecideStep(StepOutcome.Granted) { Step = "invoices" }),
        (Of(Department.SocialSecurity), new DecideStep(StepOutcome.Granted) { Step = "social-security-registration" }),
        (Of(Department.SocialSecurity), new DecideStep(StepOutcome.Granted) { Step = "medical-insurance-registration" }),
    ]);

    /// <summary>The same application, refused by the department that would license it, as one refusal ended a case until 0.2.</summary>
    public static readonly IReadOnlyList<CaseFact> Refused =
    [
        .. Decide([Submit, (Clerk, new AcceptCase())]),
        new StepRefused(Start.AddHours(2), Supervisor, "licence", Grounds),
        .. new[] { "seals", "invoices", "social-security-registration", "medical-insurance-registration" }
            .Select(step => new StepCancelled(Start.AddHours(2), Supervisor, step, CancelledBecause.CaseRefused)),
        new CaseRefused(Start.AddHours(2), Supervisor, "licence", Grounds, new Limit(1, LimitUnit.HallHours)),
    ];

    /// <summary>The same application, of which one department grants its step, another refuses its own, and the rest is withdrawn.</summary>
    public static readonly IReadOnlyList<CaseFact> PartlyGranted = Decide(
    [
        Submit,
        (Clerk, new AcceptCase()),
        (Clerk, new DecideStep(StepOutcome.Granted, Uscc: "91120118MA06WRRX2W") { Step = "licence" }),
        (Of(Department.Tax) with { IsSupervisor = true }, new DecideStep(StepOutcome.Refused, "票种核定资料不实。", "《中华人民共和国税收征收管理法》第二十一条") { Step = "invoices" }),
        (Office, new WithdrawCase("其余另行办理。")),
    ]);

    /// <summary>A transfer of real estate that both parties sign, one after the other, and that both withdraw.</summary>
    public static readonly IReadOnlyList<CaseFact> Sale = Decide(
    [
        (Citizen, new SubmitCase(
            Transfer.Code, Channel.Mobile, Parties, "lingang", [Material("transfer-contract", "房屋买卖合同.pdf")], new Signature(SignedTexts.Declaration.Digest, "阿依古丽·买买提"), Contact: Reached)),
        (Buyer, new SignCase(SignedTexts.Declaration.Digest, "Łukasz 王")),
        (Buyer, new WithdrawCase("资金不足。")),
        (Citizen, new WithdrawCase()),
    ], Transfer, Parties);

    /// <summary>An application with a form, which says too little and is mended.</summary>
    public static readonly IReadOnlyList<CaseFact> Stated = Decide(
    [
        (Citizen, new SubmitCase(
            Item.Code, Channel.Mobile, Founders, "lingang", Declaration: new Signature(SignedTexts.Declaration.Digest, "阿依古丽·买买提"),
            Form: JsonSerializer.Deserialize<JsonElement>("""{ "area": 12.50, "story": "𠮷祥" }"""), Contact: Reached, Agent: new("Łukasz 王", "120116199001010011", new Guid("0b9c2f6e-6f0f-4b64-9a55-0c9d8f1f0a01")))),
        (Clerk, new SendCorrectionNotice([new("面积与租赁合同不符。", Field: "/form/area")])),
        (Citizen, new SupplyMaterials([], JsonSerializer.Deserialize<JsonElement>("""{ "area": 120 }"""))),
    ], form: Form);

    /// <summary>An example of each fact, the fullest there is.</summary>
    public static readonly IReadOnlyList<object> Facts =
    [
        .. new object[]
        {
            new CaseSubmitted(
                Start, Citizen, new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e"), CaseNumber.Of(Item.Code, LegalClock.DayOf(Start), 42),
                CasePlan.Of(Item, 3), Person, Channel.Mobile, "lingang", [HandedIn("identity-proof", "身份证 (正反面).jpg")], Start.AddDays(7)),
            new MaterialsSupplied(Start, Citizen, [HandedIn("premises-proof", "租赁合同.pdf")], Start.AddDays(7)),
            new CommitmentMade(Start, Citizen, CommitmentKind.ToBeMet, new("告知承诺书", "Commitment"), Sha256Digest.Of("commitment"), "阿依古丽·买买提 𬭎", new DateOnly(2027, 1, 29)),
            new CommitmentFulfilled(Start, Citizen), new CommitmentOverdue(Start, By: null, new DateOnly(2027, 1, 29)),
            new PledgeMissed(Start, By: null, "employee-list", new DateOnly(2026, 12, 18)),
            new CommitmentBreached(Start, Supervisor, "OFFC-017-01-20261120-000007-1"),
            new RenewalPermitted(Start, Clerk, "SAMR-009-05-20211120-000007-1", new DateOnly(2027, 1, 31), RunsFrom.Decision, KeepsNumber: true), new RenewalAudited(Start, Clerk, "SAMR-009-05-20211120-000007-1"),
            new PersonalDataErased(Emergency, Start), new SandboxWasReset(Start, Agency, Emergency, Start, [Emergency]), new WithdrawnFromSandbox(Emergency, Start),
            new RenewalInspected(Start, Clerk, "SAMR-009-05-20211120-000007-1"),
            new RenewalAwaited(Start, Clerk, "SAMR-009-05-20211120-000007-1"), new RenewalVoided(Start, Supervisor, "SAMR-009-05-20211120-000007-1"),
            new ObligationsReleased(Start, By: null, "OFFC-028-20261120-000007-1"),
            new CancellationAsked(Start, Citizen, "SAMR-009-01-20211123-000007-1"),
            new RenewalDeemed(Start, By: null, "SAMR-009-05-20211120-000007-1", new Limit(2.5m, LimitUnit.WorkingDays)),
            new CaseDueSoon(Start, By: null, Start.AddDays(1), ["licence", "seals"]),
            new MaterialsProved(Start, Clerk, [new("business-licence-copy", new("business-licence", new("营业执照", "Business licence")), "ESTABLISHMENT-20261120-000007-1")]),
            new ProofsEnded(Start, Clerk, [new("site-opinion-copy", new("site-opinion", new("用地预审与选址意见书", "Site opinion")), "PLAN-002-20261120-000007-1")], ProofEnd.AnotherThing),
            new StepWaived(Start, Agency, "invoices"), new StepNotNeeded(Start, Agency, "fire-review", new("不属于特殊建设工程", "These are no special works.")), new StepNeeded(Start, Citizen, "fire-review"), new MaterialsAwaited(Start, Agency, "planning-permit", ["design-drawings"]),
            new HandedOver(Start, Clerk, "licence", "营业执照（纸质正本）", DeliveryWay.Pickup, "阿依古丽·买买提 𬭎", new DateOnly(2026, 11, 23)),
            new ExemptionDecided(Start, Agency, "environment", EiaDirectory.Zone.Decide("water-ditch-revetment", new(SensitiveArea: false))),
            new CaseExpedited(Start, Agency, Emergency, "口罩生产线扩建", EmergencyProject.Within),
            new EmergencyProjectRegistered(Start, Office, Emergency, "口罩生产线扩建", "疫情防控急需", "天津港保税区管理委员会", "津保应急〔2026〕1号", new DateOnly(2027, 3, 31)),
            new EmergencyProjectClosed(Start, Office, "任务完成。"),
            new CaseMovedToItem(Start, Clerk, CasePlan.Of(Item, 3), "应按企业开办办理。"),
            new LimitExtended(
                Start, Supervisor, 10, "专家意见不一致。", Due(20), Due(10), [new StepDue("licence", Due(10)), new StepDue("seals", Due(11))]),
            new CaseNotAccepted(Start, Supervisor, new(NonAcceptanceKind.NotOurCompetence, "河西区市场监督管理局", "住所在外区。", [Remedy.Against(RemedyAct.NonAcceptance, Department.MarketRegulation)])),
            new PauseOverdue(Start, By: null, 1, "licence"),
            new PledgeDueSoon(Start, By: null, "premises-proof", new DateOnly(2026, 11, 26)),
            new StepInspected(Start, Clerk, "licence", [new("018", "李娜"), new("027", "王伟")], LegalClock.DayOf(Start), "空港经济区中心大道1号", InspectionFinding.Passed, "与申请一致。"),
            new ThirdPartiesTold(Start, Clerk, 1, "licence", [new("阿依古丽·买买提 𬭎")], "政务网公示", new DateOnly(2026, 12, 4)),
            new ThirdPartyHeard(Start, Clerk, 1, "licence", "夜间扰民。"),
            new HearingCalled(Start, Clerk, 1, "licence", HearingGround.Requested, LegalClock.DayOf(Start), new DateOnly(2026, 12, 8), "空港大厅204室", new("003", "赵敏")),
            new HearingClosed(Start, Clerk, 1, "licence", "各方陈述了意见。", "赵敏、业主委员会", new DateOnly(2026, 12, 8)),
            new SignaturesLapsed(Start, By: null, Start.AddDays(-1)),
            new LimitsSettled(Start, By: null, Due(20), Due(10), [new StepDue("licence", Due(10))]),
            new CaseOverdue(Start, By: null, Start.AddHours(-1), Start.AddDays(1)),
            new StatutoryLimitPassed(Start, By: null, Start.AddHours(-1)),
            new DelayExplained(Start, Clerk, "登记系统停机。"),
            new DelayUnexplained(Start, By: null, Start.AddDays(-1)),
            new CorrectionLinesAdded(Start, Of(Department.Tax), Department.Tax, [new("请补充税务登记信息。"), new("缺签字。", "premises-proof")]),
            new CorrectionReminded(Start, By: null, Start.AddDays(7)),
            new CorrectionExtended(Start, Citizen, new(Start.AddDays(56), Start.AddDays(49)), "房东在国外。"),
            new CaseLapsed(Start, Supervisor, new("逾期未补正。", [Remedy.Against(RemedyAct.Lapse, Department.MarketRegulation)])),
            new CaseWithdrawn(Start, Citizen, "明年再申请。"),
            new ApplicantBarred(Start, Supervisor, Item.Code, BarGround.FalseMaterials, LegalClock.DayOf(Start), LegalClock.DayOf(Start).AddYears(1), "licence"),
            new CaseDisclosed(Start, Of(Department.ServiceOffice) with { IsSupervisor = true }, "窗口服务投诉。", LegalClock.MidnightOf(LegalClock.DayOf(Start).AddDays(1))),
            new AppointmentReserved(
                Start, Citizen, new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d90"), "lingang", "market", Item.Code, Item.Name, Person, Start.AddDays(1), Start.AddDays(1).AddHours(1), Start.AddMinutes(10)),
            new AppointmentConfirmed(Start, Citizen), new AppointmentRescheduled(Start, Citizen, Start.AddDays(2), Start.AddDays(2).AddHours(1)),
            new AppointmentCancelled(Start, Citizen), new AppointmentDisplaced(Start, Agency), new AppointmentMoved(Start, Agency, new DateOnly(2020, 7, 1), "停电检修", Start.AddDays(2), Start.AddDays(2).AddHours(1)), new AppointmentCheckedIn(Start, Agency), new AppointmentServed(Start, Agency, new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e")),
            new AppointmentLapsed(Start), new AppointmentMissed(Start), new AppointmentExcused(Start, Agency, "本人到场，签到设备故障。"),
            new BatchReceived(
                Start, Buyer, Guid.Parse("0199c1a4-6eff-7aaa-8000-00000000000b"), "HRSS-002-01", new(ApplicantKind.LegalEntity, Company.Name, Company.Uscc), new(SignedTexts.Declaration.Digest, "陈建国"),
                ["worker.name", "worker.idNumber"], 300),
            new BatchStarted(Start), new BatchCancelled(Start, Buyer), new BatchFinished(Start, 297, 3), new BatchFileDropped(Start),
            new WebhookCreated(Start, Agency, Guid.Parse("0199c1a4-6eff-7aaa-8000-000000000009"), "https://tax.example/onedoor", ["onedoor.case.*"], "登记系统", "c2VhbGVk", 4711, "zh-CN", "https://onedoor.example"),
            new WebhookChanged(Start, Agency, "https://tax.example/other", ["onedoor.case.submitted"], "另一处"), new WebhookSecretRolled(Start, Agency, "YW5vdGhlcg==", Start.AddDays(1)), new WebhookSecretResealed(Start.AddHours(1), "cmVzZWFsZWQ=", "YmVmb3Jl"),
            new WebhookActivated(Start, "https://tax.example/onedoor"), new WebhookPaused(Start, Agency), new WebhookResumed(Start, Agency), new WebhookDisabled(Start, DisabledBecause.Failing),
            new NotificationPreferencesSet(Start, Citizen, [NotificationChannel.Inbox, NotificationChannel.Email], "żółw@example.com", AsksEmail: true, new("22:00", "07:00"), "en", "13800000000", AsksPhone: true),
            new NotificationEmailConfirmed(Start), new NotificationEmailUnsubscribed(Start), new NotificationPhoneConfirmed(Start, Citizen), new NotificationSmsUnsubscribed(Start),
            new WebhookPinged(Start, Agency), new WebhookReplayed(Start, Agency, 42), new WebhookDeleted(Start, Agency),
            new LicenceIssued(
                Start, Clerk, "SAMR-009-01-20261123-000042-1", new("food-business-licence", new("食品经营许可证", "Food business licence")), [new(ApplicantKind.LegalEntity, "天津空港𬭎记餐饮有限公司", "91120118MA06WRRX2W")],
                "SAMR-009-01", new("食品经营许可（餐饮服务）", "Food business licence (catering)"), Department.ServiceOffice, Department.MarketRegulation, new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e"), "decision",
                LegalClock.DayOf(Start), LegalClock.DayOf(Start).AddYears(5).AddDays(-1), LegalClock.DayOf(Start), "SAMR-009-01-20211123-000007-1", Confidential: true, StatusIndex: 42, PublishesPersons: true),
            new LicenceRenewed(Start, Clerk, new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e"), "decision", new DateOnly(2031, 11, 22)),
            new LicenceExpiring(Start, new DateOnly(2027, 1, 31)), new LicenceRenewalAwaited(Start, Clerk, new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e")),
            new LicenceRenewalAnswered(Start, Supervisor, new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e"), Open: true), new LicenceRenewalDeemed(Start, new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e"), new DateOnly(2032, 1, 31)),
            new CreditRecorded(
                Start, Supervisor, CreditKind.CommitmentBreached, CreditClass.Ordinary, new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e"), "OFFC-017-01", "OFFC-017-01-20261120-000007-1",
                [new(ApplicantKind.LegalEntity, Company.Name, Company.Uscc)], Department.Health, LegalClock.DayOf(Start), LegalClock.DayOf(Start).AddYears(3)),
            new RepairRequested(Start, Citizen, "已经整改。", Start.AddDays(14)), new RepairDecided(Start, Clerk, Granted: false, "仍未整改。"),
            new CreditObjected(Start, Citizen, "并非本公司。", Start.AddDays(14)), new ObjectionDecided(Start, Clerk, Upheld: true, "属实。"),
            new SupervisionOpened(
                Start, Clerk, new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e"), "OFFC-017-01-20261120-000007-1", [new(ApplicantKind.LegalEntity, Company.Name, Company.Uscc)], "OFFC-017-01",
                new("公共场所卫生许可（新办）", "Hygiene licence for public places: first issue"), Department.Health, Department.ServiceOffice, Committed: true, Start.AddDays(1), new DateOnly(2027, 1, 20)),
            new SupervisionAcknowledged(Start, Clerk), new SupervisionFound(Start, Clerk, new(FindingOutcome.Breach, "没有检测报告。", new DateOnly(2026, 12, 18), Start)),
            new SupervisionRectified(Start, Clerk, new(RectificationOutcome.NotRectified, "仍然没有。", Start)), new SupervisionOverdue(Start, Start.AddHours(-1)), new SupervisionCommitmentMissed(Start, By: null, new DateOnly(2027, 1, 29)),
            new SupervisionHandedOn(Start, Clerk, "OFFC-017-01-20261120-000007-1-R1", [new(ApplicantKind.LegalEntity, Company.Name, Company.Uscc)]), new SupervisionClosed(Start, By: null, LicenceStatus.Expired),
            new LicenceOperationOpened(Start, Citizen, LegalClock.DayOf(Start)),
            new LicenceSuspended(Start, Clerk, Why(RemedyAct.Suspension), LegalClock.DayOf(Start).AddDays(30), new("withholding-penalty", new("暂扣许可证件", "Licence withheld"), "《中华人民共和国行政处罚法》第九条第（三）项", SuspensionKind.Penalty)), new LicenceReinstated(Start, By: null),
            new LicenceAnnulmentNoticed(Start, Clerk, new(RevocationGround.Annulled, "住所证明系伪造。", "《中华人民共和国行政许可法》第六十九条第二款", new DateOnly(2026, 11, 30), new DateOnly(2027, 2, 24))),
            new LicenceHolderHeard(Start, Citizen, "情况不实。", Hearing: true), new LicenceHearingCalled(Start, Clerk, 1, new DateOnly(2026, 12, 8), "空港政务服务大厅", new("003", "赵敏")),
            new LicenceHearingClosed(Start, Clerk, 1, "持证人陈述了意见。", "赵敏", new DateOnly(2026, 12, 8), new DateOnly(2027, 3, 17)), new LicenceDecisionExtended(Start, Supervisor, "尚须核实。", new DateOnly(2027, 3, 24)), new LicenceNoticeWithdrawn(Start, Supervisor, "租赁合同属实。"),
            new LicenceRevoked(Start, Supervisor, RevocationGround.Annulled, Why(RemedyAct.Revocation)), new LicenceCancelled(Start, Clerk, Why(RemedyAct.Cancellation)),
            new LicenceReplaced(Start, Clerk, "SAMR-009-01-20261123-000042-1-R1", Why(RemedyAct.Replacement), "天津空港𬭎记餐饮管理有限公司"), new LicenceExpired(Start),
            new ScheduleSet(Start, Agency, "lingang", new DateOnly(2027, 1, 1), [new GroupSchedule("market", 30, 30, [new SlotHours("08:30", "12:00", 8)])]),
            new HallClosed(Start, Agency, "lingang", new DateOnly(2027, 1, 5), "停电检修。"), new HallReopened(Start, Agency, "lingang", new DateOnly(2027, 1, 5)),
            new ComplaintFiled(
                Start, Citizen, new Guid("3f0a5b6c-7d90-4c1e-9f1a-019ab0c27c40"), new ComplaintAbout("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e", Department.Tax, "lingang", new ComplaintWindow("airport", 7)),
                "等了两个小时。", Person.Name, new ComplaintContact("13900000000", "a@example.com"), [Department.Tax, Department.Customs], "0b1a6a1f", Start.AddDays(1)),
            new ComplaintAccepted(Start, Agency, Start.AddDays(7), ["p_named"]),
            new ComplaintReturned(Start, Agency, Department.Customs, "不服许可决定。", [Remedy.Against(RemedyAct.Refusal, Department.Customs)]),
            new ComplaintExtended(Start, Agency, "涉及两个大厅。", Start.AddDays(21)),
            new ComplaintAnswered(Start, Agency, ComplaintFinding.Partly, "已经改正。", Start.AddDays(30)),
            new ComplaintRated(Start, Citizen, true), new ComplaintReopened(Start, Citizen, "没有人问过我。", Start.AddDays(7)),
            new ComplaintOverdue(Start, ComplaintStage.Answer, Start.AddSeconds(-1)), new ComplaintClosed(Start),
            new TicketTaken(
                Start, Citizen, new Guid("5d2c0f3e-6b1a-4c7d-8e9f-0a1b2c3d4e5f"), "lingang", "market", "A012", LegalClock.DayOf(Start), new Turn(Start.AddMinutes(-30), Start, TurnGround.Priority, 30),
                "0b1a6a1f", Item.Code, "aged", "legal-entity:91120118MA06WRRX2W"),
            new TicketCalled(Start, Agency, 3), new TicketRecalled(Start, Agency), new TicketServiceBegun(Start, Agency), new TicketParked(Start, Agency),
            new TicketReturned(Start, Agency, new Turn(Start, null, TurnGround.Returned, 0)), new TicketMissed(Start, Agency),
            new TicketCompleted(Start, Agency, new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e")), new TicketTransferred(Start, Agency, "general", 4),
            new TicketCancelled(Start, Citizen), new TicketLapsed(Start),
            new WindowOpened(Start, Agency, "lingang", 3, ["market", "general"]), new WindowClosed(Start, Agency),
            new ReviewGiven(
                Start, Citizen, new Guid("9c1d7f52-4a0e-4c58-8d35-6b1f0a7e2d43"), new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e"), Department.Tax, Department.Tax, ReviewGrade.Dissatisfied,
                ReviewChannel.OnSite, "on-site-2019", ["attitude"], "等了两个小时。", new Guid("5d2c0f3e-6b1a-4c7d-8e9f-0a1b2c3d4e5f"), "0b1a6a1f", new Guid("7a1c9d20-3b5e-4f08-9c61-2e4d8f0b6a15")),
            new ReviewAppealed(Start, Of(Department.Tax), "不归本部门。"), new ReviewAppealRejected(Start, Supervisor, "属实。"), new ReviewExcluded(Start, Supervisor, "评错了部门。"),
            new WorkOrderOpened(
                Start, new Guid("5e2b8c14-7f0d-4a96-b3c1-8d6e9f20a471"), new Guid("9c1d7f52-4a0e-4c58-8d35-6b1f0a7e2d43"), new Guid("3f0a5b6c-7d90-4c1e-9f1a-019ab0c27c40"), Department.Tax, "019ab0c2",
                new ReviewerContact("13900000000", "a@example.com"), ["p_named"], true, Limit.WorkingDays(1), Start.AddDays(1), Limit.WorkingDays(5), Start.AddDays(7)),
            new WorkOrderContacted(Start, Of(Department.Tax), "我们会核实。"), new WorkOrderExtended(Start, Of(Department.Tax), "涉及两个部门。", Limit.WorkingDays(15), Start.AddDays(21)),
            new WorkOrderRectified(Start, Of(Department.Tax), "清单已改正。", Limit.WorkingDays(1), Start.AddDays(1)), new WorkOrderFedBack(Start, Of(Department.Tax), "不再重复索要材料。", Limit.WorkingDays(1), Start.AddDays(1)),
            new WorkOrderCalledBack(Start, Agency, Reached: true, Satisfied: false, "接通。"), new WorkOrderAnswered(Start, Citizen, true),
            new WorkOrderOverdue(Start, WorkOrderStage.Rectification, Start.AddSeconds(-1)), new WorkOrderClosed(Start, Agency), new WorkOrderVoided(Start, Supervisor),
            new RoundMade(
                Start, Supervisor, new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7e01"), "lingang", 3, Department.Tax, "p_clerk", [new("presence", true, null), new("manner", false, "没有回答。")]),
            new OutageRecorded(Start, Office, new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7e02"), Start.AddHours(-3), Start.AddHours(-1), "lingang", "登记系统停机。"),
            new FigureContested(
                Start, Of(Department.Tax), new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7e05"), Department.Tax, "2026-Q3", StaffCriterionCode.OnTimeByPromise, new(0.95m, 38, 40), "两件由同事办理。"),
            new FigureContestSettled(Start, Office, false, "记录中载明经办人。"),
            new AttemptedRefusalStopped(
                Start, Of(Department.Tax), new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7e04"), new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e"), "licence", "lingang", Department.Tax, AttemptedNo.Refusal, "case.only-a-supervisor-refuses"),
            new AssessmentMade(
                Start, Supervisor, new Guid("5d2c0f3e-6b1a-4c7d-8e9f-0a1b2c3d4e60"), "p_clerk", Department.Tax, "2026-H1", new StaffFigures(
                    Department.Tax, "lingang", 3, "p_clerk", 50, 40, 10, 1, new(0.95m, 38, 40), new(1, 40, 40), new(0.5m, 20, 40), new(300, 3_000, 10), new(600, 6_000, 10), new(0.9m, 9, 10), new(0.98m, 49, 50), new(null, 0, 0)),
                "2026", StaffGrade.Excellent, StaffGrade.Competent, "多次缺岗。", Start.AddDays(7)),
            new AssessmentObjected(Start, Of(Department.Tax), "不是我的窗口。"), new AssessmentSettled(Start, Office, StaffGrade.Excellent, "属实。"), new AssessmentFinal(Start),
            new MeasureReported(Start, Clerk, 2020, "government-1", 100, "2.5小时办结。", [new("2020年5月月报", "https://example.com/2020-05"), new("会议纪要第3号")]),
            new MeasureConfirmed(Start, Office, "抽查二十家。"), new MeasureReturned(Start, Office, "发票次日才取得。"),
            new BusinessIndicatorsSet(
                Start, Office, 2024, [new("b-ready", 2024, "第三方甲", "问卷", "business-entry", 64.55m, "报告第12页", "operational-efficiency"), new("doing-business", 2020, "第三方甲", "问卷", "starting-a-business", 94.1m, "报告第3页")]),
            new SandboxClockMoved(Start, Agency, Start.AddDays(30), Start.AddHours(-1)),
            new SampleEventTriggered(
                Start, Agency, new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7e03"), "onedoor.outage.recorded", [new("outage_recorded", "{\"reason\":\"样例\"}")]),
            new ItemPublished(Start, 3, new DateOnly(2027, 1, 1), Item with { InsteadOf = new Text("无须办理。", "No need to apply."), FeeYuan = 80.50m }),
        }.Concat(Establishment).Concat(Refused).Concat(PartlyGranted).Concat(Sale).DistinctBy(fact => fact.GetType()),
    ];

    private static (Actor, CaseCommand) Submit => (Office, new SubmitCase(
        Item.Code, Channel.Agency, Founders, "airport", [.. Item.Materials.Where(m => m.Required).Select(m => Material(m.Code, m.Name.Zh + ".pdf"))],
        new Signature(SignedTexts.Declaration.Digest, "阿依古丽·买买提"), Contact: Reached));

    // An hour passes between two commands.
    private static List<CaseFact> Decide(IReadOnlyList<(Actor By, CaseCommand Command)> commands, Item? item = null, Applicant? applicant = null, Form? form = null)
    {
        List<CaseFact> facts = [];
        var (state, now) = (default(Case), Start);
        foreach (var (by, command) in commands)
        {
            var decision = Case.Decide(state, command, new CaseAsking(by, LegalClock.Zone, now)
            {
                Item = new ItemPublished(Start, 1, default, item ?? Item, form), Applicant = applicant ?? Founders,
                New = (new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e"), CaseNumber.Of((item ?? Item).Code, LegalClock.DayOf(Start), 42)),
                Files = CaseFiles.Named(command, form).ToDictionary(id => id, id => new CarriedFile(id, Material("", "").Digest!, 482_133, FileTypes.Pdf)),
            });
            if (decision.Refused is { } refused)
                throw new InvalidOperationException($"{command.GetType().Name}: {refused.Code}");
            facts.AddRange(decision.Facts);
            state = decision.Facts.Aggregate(state, Case.Evolve);
            now = now.AddHours(1);
        }
        return facts;
    }

    private static LicenceGrounds Why(RemedyAct act) => new("住所证明系伪造。", "《中华人民共和国行政许可法》第六十九条第二款", [Remedy.Against(act, Department.MarketRegulation)]);

    private static Actor Of(Department department) =>
        new($"sandbox-{Kebab.Of(department)}", $"sandbox-{Kebab.Of(department)}", department);

    private static MaterialGiven Material(string code, string name) =>
        new(code, name, "sha-256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");

    private static MaterialHandedIn HandedIn(string code, string name) => new(code, name, Material(code, name).Digest!);

    private static DueDate Due(int days) =>
        new(LegalClock.DayOf(Start.AddDays(days)), new DateTimeOffset(2026, 11, 23, 23, 59, 59, Start.Offset).AddDays(days), Provisional: true);
}
