using System.Reflection;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>Every refusal of a case is produced by the rule, by one story at least; the rest of what they say is told elsewhere.</summary>
public class EveryRefusal
{
    private const Department Lead = Department.MarketRegulation, Tax = Department.Tax;

    // Not a case's: an item or a worklist that is asked for is looked at before there is a command.
    private static readonly string[] NotOfACase = [CaseRefusals.NotYourWorklist.Code];

    private static readonly Dictionary<Refusal, Func<CaseSpec>> Stories = new()
    {
        [CaseRefusals.NotFound] = () => new CaseSpec().When(Acceptance(Lead)),
        [CaseRefusals.StepNotFound] = () => CaseSpec.Licensed().When(Grant(Tax, "seals")),
        [CaseRefusals.PauseNotFound] = () => CaseSpec.Accepted().When(Ask.ResumeClock(Clerk(Lead), 1)),
        [CaseRefusals.ItemConfidential] = () => new CaseSpec().When(Submission(Plain with { Confidential = true })),
        [CaseRefusals.Barred] = () => new CaseSpec().When(Submission(Plain with { Safety = true }) with { Bars = [new(Plain.Code, BarGround.FalseMaterials, new(2020, 6, 1), new(2021, 6, 1), null)] }),
        [CaseRefusals.NotYoursToOpen] = () => CaseSpec.Submitted(Plain).When(Ask.Of(Clerk(Department.ServiceOffice), new DiscloseCase("投诉"))),
        [CaseRefusals.ItemUnknown] = () => new CaseSpec().When(Submission(Plain) with { Item = null }),
        [CaseRefusals.ItemAbolished] = () => new CaseSpec().When(Submission(Plain with { Mode = ReformMode.Abolished })),
        [CaseRefusals.ChannelNotOffered] = () => new CaseSpec().When(Submission(Plain) with { Channel = Channel.Mobile }),
        [CaseRefusals.ChannelNotWindow] = () => new CaseSpec().When(Submission(Plain) with { By = Clerk(Lead) with { Hall = "airport" } }),
        [CaseRefusals.ChannelOfStaff] = () => new CaseSpec().When(Submission(Plain) with { By = Samples.Applicant }),
        [CaseRefusals.NameNotRegistered] = () => new CaseSpec().When(Submission(Plain) with { By = Samples.Applicant, Channel = Channel.Online, RegisteredName = "别的公司" }),
        [CaseRefusals.ApplicantNotOffered] = () => new CaseSpec().When(Submission(Plain with { Applicants = [] })),
        [CaseRefusals.HallNotOffered] = () => new CaseSpec().When(Submission(Plain) with { Hall = "moon" }),
        [CaseRefusals.NotYourHall] = () => new CaseSpec().When(Submission(Plain) with { By = Samples.Applicant with { Hall = "haigang" }, Channel = Channel.Online, Hall = "airport" }),
        [CaseRefusals.KiosksClosed] = () => new CaseSpec().At("2020-07-02 02:00").When(Submission(Plain) with { Channel = Channel.Kiosk, Hall = "haigang" }),
        [CaseRefusals.HallRequired] = () => new CaseSpec().When(Submission(Plain) with { Channel = Channel.Kiosk }),
        [CaseRefusals.NobodySignedIn] = () => new CaseSpec().When(Submission(Plain) with { By = new Actor("app", "app") }),
        [CaseRefusals.NotTheApplicant] = () => new CaseSpec().When(Submission(Plain) with { By = new Actor("mobile", "x", Applicant: "person:1") }),
        [CaseRefusals.DeclarationMissing] = () => new CaseSpec().When(Submission(Plain) with { Declaration = null }),
        [CaseRefusals.DeclarationChanged] = () => new CaseSpec().When(Submission(Plain) with { Declaration = Declared with { Digest = "sha-256:" } }),
        [CaseRefusals.SignatoryInvalid] = () => new CaseSpec().When(Submission(Plain) with { Declaration = Declared with { Signatory = " " } }),
        [CaseRefusals.FormMissing] = () => new CaseSpec().When(Submission(Plain) with { Form = Forms.SampleForms.Everything }),
        [CaseRefusals.ContactMissing] = () => new CaseSpec().When(Submission(Plain) with { Contact = null }),
        [CaseRefusals.ContactInvalid] = () => new CaseSpec().When(Submission(Plain) with { Contact = Reached with { Phone = "12345" } }),
        [CaseRefusals.AgentUnauthorised] = () => new CaseSpec().When(Submission(Plain) with { By = Samples.Applicant, Channel = Channel.Online, Agent = new("李四", "11010519491231002X") }),
        [CaseRefusals.AgentOfPerson] = () => new CaseSpec().When(Submission(Plain) with { Applicant = new(ApplicantKind.Person, "张三", CitizenId: "11010519491231002X"), Agent = new("李四", "11010519491231002X") }),
        [CaseRefusals.FieldNotNamed] = () => Stated.Asked().Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("请更正", Field: "area")])).When(Ask.MendForm(Agency, """{"seats":1}""")),
        [CaseRefusals.FieldUnknown] = () => Stated.Asked().When(Ask.SendCorrectionNotice(Clerk(Lead), [new("请更正", Field: "colour")])),
        [CaseRefusals.FoundingUscc] = () => CaseSpec.Accepted().When(Ask.GrantFounding(Second(Lead), "review", "91110108551385082Q")),
        [CaseRefusals.StepNotOptional] = () => new CaseSpec().When(Submission(Plain) with { Chosen = ["review"] }),
        [CaseRefusals.RoleUnknown] = () => new CaseSpec().When(BySeller with { Item = Sale with { Roles = [new("buyer", new("买方", "Buyer"))] } }),
        [CaseRefusals.RoleMissing] = () => new CaseSpec().When(BySeller with { Item = Sale with { Roles = [.. Sale.Roles, new("bank", new("银行", "Bank"))] } }),
        [CaseRefusals.NotYourSignature] = () => new CaseSpec().Given(BySeller).When(SignedBy(Buyer, party: 0)),
        [CaseRefusals.PartyNotNamed] = () => new CaseSpec().Given(BySeller with { By = Agency, Channel = Channel.Agency }).When(Ask.Of(Agency, new SignCase(Declared.Digest, "李四"))),
        [CaseRefusals.AlreadySigned] = () => new CaseSpec().Given(BySeller).When(SignedBy(Seller)),
        [CaseRefusals.SignedLater] = () => new CaseSpec().When(BySeller with
        { Applicant = Contract with { Parties = [Contract.Parties![0] with { Signature = new(Declared.Digest, "张三", China.At("2020-07-01 11:00")) }, Contract.Parties[1]] } }),
        [CaseRefusals.AwaitingSignatures] = () => new CaseSpec().Given(BySeller).When(Acceptance(Lead)),
        [CaseRefusals.MaterialUnknown] = () => new CaseSpec().When(Submission(Plain, "passport")),
        [CaseRefusals.MaterialInvalid] = () => new CaseSpec().When(Submission(Plain, "form", "form")),
        [CaseRefusals.ResultInvalid] = () => CaseSpec.Accepted().When(Ask.Of(Second(Lead), new DecideStep(StepOutcome.Granted, Results: [.. Enumerable.Repeat(new ResultGiven("证明", default), 21)]) { Step = "review" })),
        [CaseRefusals.MaterialsMissing] = () => CaseSpec.Submitted(Plain).When(Acceptance(Lead)),
        [CaseRefusals.MaterialNotDue] = () => CaseSpec.Submitted(Building, "form").When(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺图纸", "drawings")])),
        [CaseRefusals.NotDeferrable] = () => CaseSpec.Submitted(Plain).When(Ask.PledgeMaterial(Agency, "form", "2020-07-20")),
        [CaseRefusals.DeficiencySuspended] = () => CaseSpec.Submitted(Plain).When(Ask.PledgeMaterial(Agency, "lease", "2020-07-20") with { Suspended = new(Commitments: false, Deficiency: true) }),
        [CaseRefusals.PledgeMissing] = () => CaseSpec.Submitted(Plain, "form").When(Ask.AcceptCase(Clerk(Lead), [new("lease", new(2020, 7, 20))])),
        [CaseRefusals.PledgeChanged] = () => CaseSpec.Submitted(Plain, "form").When(new Asked(Agency, Ask.Pledge("lease", "2020-07-20") with { Digest = "" })),
        [CaseRefusals.MaterialProved] = () => new CaseSpec().Given(Submission(Plain with { Materials = [MaterialOf("form") with { ProvedBy = "id" }] }) with
        { Held = [new("step", new("id", new("证", "Id")), "1", default, default)] }).When(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺", "form")]) with { Held = [new("step", new("id", new("证", "Id")), "1", default, default)] }),
        [CaseRefusals.MaterialNotProved] = () => CaseSpec.Submitted(Plain).When(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺", "form", AnotherThing: true)])),
        [CaseRefusals.NotYourDepartment] = () => CaseSpec.Submitted(Plain).When(Acceptance(Tax)),
        [CaseRefusals.NotYourCase] = () => CaseSpec.Accepted().When(Ask.WithdrawCase(Clerk(Tax), null)),
        [CaseRefusals.OnlyASupervisorRefuses] = () => CaseSpec.Accepted().When(Ask.RefuseCase(Clerk(Lead), Grounds)),
        [CaseRefusals.OnlyASupervisorExtends] = () => CaseSpec.Accepted().When(Ask.ExtendLimit(Clerk(Lead), Limit.WorkingDays(1), "复杂")),
        [CaseRefusals.ReferredUpward] = () => CaseSpec.Accepted().Given(Ask.ReferStepUpward(Clerk(Lead), null, "复杂")).When(Grant(Lead, "review")),
        [CaseRefusals.ReasonMissing] = () => CaseSpec.Accepted().When(Ask.ReferStepUpward(Clerk(Lead), null, "")),
        [CaseRefusals.GroundsMissing] = () => CaseSpec.Accepted().When(Ask.RefuseCase(Supervisor(Lead), Grounds with { Reason = "" })),
        [CaseRefusals.CorrectionEmpty] = () => CaseSpec.Submitted(Plain).When(Ask.SendCorrectionNotice(Clerk(Lead), [])),
        [CaseRefusals.CorrectionAlreadySent] = () => CaseSpec.Submitted(Plain)
            .Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺", "form")])).When(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺", "lease")])),
        [CaseRefusals.LinesTooLate] = () => CaseSpec.Submitted(Joint).At("2020-07-07 09:00").When(Ask.AddCorrectionLines(Clerk(Tax), [new("缺", "tax-form")])),
        [CaseRefusals.LinesWaiting] = () => CaseSpec.Submitted(Joint, "form", "seal-order", "tax-form").Given(Ask.AddCorrectionLines(Clerk(Tax), [new("缺", "tax-form")])).When(Acceptance(Lead)),
        [CaseRefusals.NoticeExtended] = () => CaseSpec.Submitted(Plain).Given(
            Ask.SendCorrectionNotice(Clerk(Lead), [new("缺", "form")]), Ask.ExtendNotice(Agency, "还要时间")).When(Ask.ExtendNotice(Agency, "还要时间")),
        [CaseRefusals.LapseTooEarly] = () => CaseSpec.Submitted(Plain).Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺", "form")])).When(Ask.LapseCase(Supervisor(Lead), "逾期")),
        [CaseRefusals.NotInThisState] = () => CaseSpec.Accepted().Given(Grant(Lead, "review")).When(Acceptance(Lead)),
        [CaseRefusals.NotAccepted] = () => CaseSpec.Submitted(Plain).When(Grant(Lead, "review")),
        [CaseRefusals.StepDecided] = () => CaseSpec.Licensed().When(Ask.RefuseCase(Supervisor(Lead), Grounds)),
        [CaseRefusals.FilingNotRefused] = () => CaseSpec.Submitted(Plain with { Act = Act.Filing }).When(Ask.RefuseCase(Supervisor(Lead), Grounds)),
        [CaseRefusals.StepNotOpen] = () => CaseSpec.Licensed().When(Grant(Department.SocialSecurity, "insurance")),
        [CaseRefusals.ClockPaused] = () => CaseSpec.Accepted()
            .Given(Ask.PauseClock(Clerk(Lead), null, Clock.PauseReason.Test, null)).When(Grant(Lead, "review")),
        [CaseRefusals.StepNotNamed] = () => CaseSpec.Licensed().When(Ask.PauseClock(Clerk(Lead), null, Clock.PauseReason.Test, null)),
        [CaseRefusals.DepartmentNotOfItem] = () => CaseSpec.Licensed().When(Ask.RedirectStep(Clerk(Tax), null, Department.Customs, "归海关")),
        [CaseRefusals.AuthorityMissing] = () => CaseSpec.Submitted(Plain).When(Ask.DeclineCase(Supervisor(Lead), NonAcceptanceKind.NotOurCompetence, "住所在外区")),
        [CaseRefusals.RedirectFirst] = () => CaseSpec.Submitted(Joint).When(Ask.DeclineCase(Supervisor(Lead), NonAcceptanceKind.NotOurCompetence, "属税务事项", "税务局")),
        [CaseRefusals.NonAcceptanceTooLate] = () => CaseSpec.Submitted(Plain).At("2020-07-02 09:00").When(Ask.DeclineCase(Supervisor(Lead), NonAcceptanceKind.NoLicenceNeeded, "无须许可")),
        [CaseRefusals.AlreadyThere] = () => CaseSpec.Accepted().When(Ask.RedirectStep(Clerk(Lead), null, Lead, "错")),
        [CaseRefusals.AlreadyExtended] = () => CaseSpec.Accepted()
            .Given(Ask.ExtendLimit(Supervisor(Lead), Limit.WorkingDays(1), "复杂")).When(Ask.ExtendLimit(Supervisor(Lead), Limit.WorkingDays(1), "复杂")),
        [CaseRefusals.StatutoryLimitPassed] = () => CaseSpec.Accepted().At("2020-07-30 09:00").When(Ask.ExtendLimit(Supervisor(Lead), Limit.WorkingDays(1), "复杂")),
        [CaseRefusals.ProcedureNotPrescribed] = () => CaseSpec.Accepted().When(Ask.PauseClock(Clerk(Lead), null, PauseReason.Auction, null)),
        [CaseRefusals.PauseIncomplete] = () => CaseSpec.Accepted().When(Ask.PauseClock(Clerk(Lead), null, PauseReason.Test, null) with { CarriedOutBy = "" }),
        [CaseRefusals.ExpectedUntilInvalid] = () => CaseSpec.Accepted().When(Ask.PauseClock(Clerk(Lead), null, PauseReason.Test, null, "2020-06-30")),
        [CaseRefusals.OfficerInvalid] = () => CaseSpec.Accepted().When(FairProcedure.Inspection(officers: [new("", "李娜"), new("027", "王伟")])),
        [CaseRefusals.InspectionByTwo] = () => CaseSpec.Accepted().When(FairProcedure.Inspection(officers: new Officer("018", "李娜"))),
        [CaseRefusals.InspectionInvalid] = () => CaseSpec.Accepted().At("2020-06-30 09:00").When(FairProcedure.Inspection()),
        [CaseRefusals.InspectionMissing] = () => FairProcedure.Accepted(Plain with { Inspection = Requirement.Required }).When(Grant(Lead, "review")),
        [CaseRefusals.DeciderAccepted] = () => CaseSpec.Accepted().When(Ask.GrantStep(Clerk(Lead), "review", null)),
        [CaseRefusals.ThirdPartyNoticeInvalid] = () => CaseSpec.Accepted().When(Ask.Of(Clerk(Lead), new TellThirdParties("review", China.Day("2020-07-08")))),
        [CaseRefusals.ThirdPartyNoticeNotFound] = () => CaseSpec.Accepted().When(Ask.Of(Clerk(Lead), new HearThirdParty("扰民") { Notice = 1 })),
        [CaseRefusals.ThirdPartiesNotHeard] = () => FairProcedure.Accepted(Plain with { ThirdParty = true }).When(Grant(Lead, "review")),
        [CaseRefusals.DecisionUnreasoned] = () => CaseSpec.Accepted().Given(FairProcedure.Told(), Ask.Of(Clerk(Lead), new HearThirdParty("扰民") { Notice = 1 }))
            .At("2020-07-09 09:00").When(Grant(Lead, "review")),
        [CaseRefusals.HearingInvalid] = () => CaseSpec.Accepted().When(FairProcedure.Called("2020-07-14", place: "")),
        [CaseRefusals.HearingRequestedTooLate] = () => CaseSpec.Accepted().Given(FairProcedure.Told()).At("2020-07-09 09:00").When(FairProcedure.Called("2020-07-21")),
        [CaseRefusals.HearingDayInvalid] = () => CaseSpec.Accepted().When(FairProcedure.Called("2020-07-02")),
        [CaseRefusals.PresiderReviewed] = () => CaseSpec.Accepted().When(FairProcedure.Called("2020-07-14", new(Clerk(Lead).Subject, "受理员"))),
        [CaseRefusals.HearingNotFound] = () => CaseSpec.Accepted().When(FairProcedure.Minutes("2020-07-01")),
        [CaseRefusals.HearingOpen] = () => CaseSpec.Accepted().Given(FairProcedure.Called("2020-07-14")).When(Ask.ResumeClock(Clerk(Lead), 1)),
        [CaseRefusals.RevocationOpen] = () => CaseSpec.Accepted().When(Grant(Lead, "review") with { IsHeldBack = true }),
        [CaseRefusals.PlacesTaken] = () => CaseSpec.Accepted().When(Grant(Lead, "review") with { PlacesLeft = new(new(3, "测试法第三条"), 3, 0) }),
        [CaseRefusals.EarlierFirst] = () => CaseSpec.Accepted().When(Grant(Lead, "review") with { PlacesLeft = new(new(3, "测试法第三条"), 2, 1) }),
        [CaseRefusals.HearingMissing] = () => FairProcedure.Accepted(Plain with { Hearing = Requirement.Required }).When(Grant(Lead, "review")),
        [CaseRefusals.MinutesInvalid] = () => CaseSpec.Accepted().Given(FairProcedure.Called("2020-07-14")).When(FairProcedure.Minutes("2020-07-01")),
        [CaseRefusals.NotLate] = () => CaseSpec.Accepted().When(Ask.ExplainDelay(Clerk(Lead), "停电")),
        [CaseRefusals.ExtensionOutOfRange] = () => CaseSpec.Accepted().When(Ask.ExtendLimit(Supervisor(Lead), Limit.WorkingDays(11), "复杂")),
    };

    [Fact]
    public void Every_refusal_is_produced() => Assert.All(Stories, story => Assert.Equal(story.Key.Code, story.Value().Refused?.Code));

    [Fact] // What the platform calls things inside is nobody's business outside.
    public void A_state_that_does_not_allow_something_says_so_in_the_words_of_the_domain()
    {
        Asked[] commands =
        [
            Acceptance(Lead), Ask.SendCorrectionNotice(Clerk(Lead), [new("缺", "form")]), Ask.SupplyMaterials(Agency, [Paper("form")]),
            Ask.RedirectStep(Clerk(Lead), null, Tax, "错"), Ask.MoveCaseToItem(Clerk(Lead), Plain with { Code = "OTHER" }, 1, "错"),
            Ask.ReferStepUpward(Clerk(Lead), null, "复杂"), Ask.PledgeMaterial(Agency, "lease", "2020-07-20"), Ask.RefuseCase(Supervisor(Lead), Grounds), Ask.ExtendLimit(Supervisor(Lead), Limit.WorkingDays(1), "复杂"),
            Ask.AddCorrectionLines(Clerk(Lead), [new("缺", "form")]), Ask.ExtendNotice(Agency, "还要时间"), Ask.LapseCase(Supervisor(Lead), "逾期"),
            Ask.DeclineCase(Supervisor(Lead), NonAcceptanceKind.NoLicenceNeeded, "无须许可"), Ask.PauseClock(Clerk(Lead), null, Clock.PauseReason.Test, null), Submission(Plain),
            Ask.Of(Agency, new SignCase(Declared.Digest, "李四")),
        ];
        var refused = commands.Select(c => CaseSpec.Accepted().Given(Ask.WithdrawCase(Agency, null)).When(c).ThenRefused(CaseRefusals.NotInThisState).Refused!)
            .Append(CaseSpec.Accepted().Given(Grant(Lead, "review")).When(Ask.WithdrawCase(Agency, null)).ThenRefused(CaseRefusals.NotInThisState).Refused!).ToArray();

        Assert.Equal("It is withdrawn, which does not allow referring a step upward.", refused[5].Detail!.En);
        Assert.Equal("办件已撤回，此时不能上报负责人。", refused[5].Detail!.Zh);
        Assert.Equal(refused.Length, refused.Select(r => r.Detail!.En).Distinct().Count());
        Assert.Equal(refused.Length, refused.Select(r => r.Detail!.Zh).Distinct().Count());
        Assert.All(refused, r => Assert.DoesNotMatch("[A-Za-z]", r.Detail!.Zh));
        Assert.All(refused, r => Assert.DoesNotMatch("[a-z][A-Z]", r.Detail!.En));
    }

    [Fact]
    public void No_refusal_is_without_a_story()
    {
        var codes = typeof(CaseRefusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((Refusal)f.GetValue(null)!).Code).ToArray();

        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.Equal(codes.Except(NotOfACase).Order(StringComparer.Ordinal), Stories.Keys.Select(r => r.Code).Order(StringComparer.Ordinal));
    }
}
