using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>Inspections by two and decisions by another (CASE-16), third parties (HEAR-1), hearings (HEAR-2).</summary>
public class FairProcedure
{
    private const Department Lead = Department.MarketRegulation, Tax = Department.Tax;

    private static readonly Officer Li = new("018", "李娜"), Wang = new("027", "王伟"), Zhao = new("003", "赵敏");

    internal static CaseSpec Accepted(Item item) => CaseSpec.Submitted(item, "form", "lease").Given(Samples.Acceptance(Lead));

    internal static Asked Inspection(InspectionFinding finding = InspectionFinding.Passed, params Officer[] officers) =>
        Ask.Of(Clerk(Lead), new InspectStep("review", officers.Length == 0 ? [Li, Wang] : officers, China.Day("2020-07-01"), "港城大道1号", finding));

    internal static Asked Told(string until = "2020-07-08") => Ask.Of(Clerk(Lead), new TellThirdParties("review", China.Day(until), [new("业主委员会")]));

    internal static Asked Called(string heldOn, Officer? presider = null, string? requestedOn = null, string place = "空港大厅204室") => Ask.Of(Clerk(Lead), new CallHearing(
        "review", HearingGround.Requested, China.Day(heldOn), place, presider ?? Zhao, requestedOn is null ? null : China.Day(requestedOn)));

    internal static Asked Minutes(string signedOn) =>
        Ask.Of(Clerk(Lead), new CloseHearing("赵敏、业主委员会", China.Day(signedOn), "各方陈述了意见。") { Hearing = 1 });

    private static Asked Granted(string? reason = null, Officer? officer = null) =>
        Ask.Of(Second(Lead), new DecideStep(StepOutcome.Granted, reason, Officer: officer) { Step = "review" });

    /// <summary>(B14)</summary>
    [Fact] // CASE-16, 行政许可法 art. 34 III
    public void What_has_to_be_inspected_is_granted_only_after_two_have_found_it_in_order()
    {
        var spec = Accepted(Plain with { Inspection = Requirement.Required });

        spec.When(Granted()).ThenRefused(CaseRefusals.InspectionMissing);
        spec.When(Inspection(InspectionFinding.Failed)).Then<StepInspected>();
        spec.When(Granted()).ThenRefused(CaseRefusals.InspectionMissing);
        spec.Given(Inspection()).When(Granted()).Fact<CaseGranted>();
        Accepted(Plain with { Inspection = Requirement.Required }).When(Ask.RefuseStep(Supervisor(Lead), "review", Grounds)).Fact<StepRefused>();
    }

    [Fact] // CASE-16
    public void What_another_department_found_in_order_does_not_mend_what_ones_own_officers_did_not()
    {
        var licence = new IssuedLicence("permit", new("许可证", "Permit"));
        var item = Plain with
        {
            Inspection = Requirement.Required,
            Procedure = new([StepOf("review", Lead, materials: ["form", "lease", "photo"]) with { Issues = licence }, StepOf("check", Tax) with { Issues = licence }]),
        };
        var elsewhere = Ask.Of(Clerk(Tax), new InspectStep("check", [Li, Wang], China.Day("2020-07-01"), "港城大道1号", InspectionFinding.Passed));

        Accepted(item).Given(elsewhere).When(Granted()).Fact<StepGranted>(); // one visit for all
        Accepted(item).Given(Inspection(InspectionFinding.Failed), elsewhere).When(Granted()).ThenRefused(CaseRefusals.InspectionMissing);
        Accepted(item).Given(Inspection(InspectionFinding.Failed), elsewhere, Inspection()).When(Granted()).Fact<StepGranted>();
    }

    [Fact] // CASE-16
    public void One_is_not_two_and_an_inspection_has_a_day_and_a_place()
    {
        Accepted(Plain).When(Inspection(InspectionFinding.Passed, Li, Li)).ThenRefused(CaseRefusals.InspectionByTwo, "/officers");
        Accepted(Plain).When(Inspection(InspectionFinding.Passed, new("a1", "李娜"), new(" Ａ1", "王伟"))).ThenRefused(CaseRefusals.InspectionByTwo, "/officers");
        Accepted(Plain).When(Ask.Of(Clerk(Lead), new InspectStep("review", [new("", "李娜"), new("027", "")], China.Day("2020-07-02"), " ", InspectionFinding.Passed, "")))
            .ThenRefused(CaseRefusals.OfficerInvalid, "/officers/0/id", "/officers/1/name", "/on", "/place", "/note");
        Accepted(Plain).When(Inspection() with { By = Clerk(Tax) }).ThenRefused(CaseRefusals.StepNotFound);
        CaseSpec.Submitted(Plain).When(Inspection()).ThenRefused(CaseRefusals.NotInThisState);
    }

    /// <summary>(B14)</summary>
    [Fact] // CASE-16: by who is signed in, or by whom a system names
    public void Whoever_took_a_case_on_does_not_decide_it_unless_it_is_immediate()
    {
        Accepted(Plain).When(Granted() with { By = Clerk(Lead) }).ThenRefused(CaseRefusals.DeciderAccepted);
        Accepted(Plain with { Handling = HandlingType.Immediate }).When(Granted() with { By = Clerk(Lead) }).Fact<CaseGranted>();

        var system = new Actor("market-system", "market-system", Lead, IsSupervisor: true);
        CaseSpec Named() => CaseSpec.Submitted(Plain, "form", "lease").Given(Ask.Of(system, new AcceptCase(Officer: Li)));
        Assert.Equal(Li, Assert.Single(Named().Facts.OfType<CaseAccepted>()).Officer);
        Named().When(Granted(officer: Li) with { By = system }).ThenRefused(CaseRefusals.DeciderAccepted);
        Named().When(Ask.Of(system, new DecideStep(StepOutcome.Refused, "不符", "第一条", Officer: Li) { Step = "review" })).ThenRefused(CaseRefusals.DeciderAccepted);
        Assert.Equal(Wang, Named().When(Granted(officer: Wang) with { By = system }).Fact<StepGranted>().Officer);
        Assert.Null(Named().When(Granted() with { By = system }).Fact<StepGranted>().Officer);
        CaseSpec.Submitted(Plain, "form", "lease").Given(Ask.AcceptCase(Supervisor(Lead), [])).When(Ask.RefuseCase(Supervisor(Lead), Grounds)).ThenRefused(CaseRefusals.DeciderAccepted);
        Named().When(Granted(officer: new("", "")) with { By = system }).ThenRefused(CaseRefusals.OfficerInvalid, "/officer/id", "/officer/name");
        Named().When(Granted(officer: new(" ０１８", "李娜")) with { By = system }).ThenRefused(CaseRefusals.DeciderAccepted);
        // Who is signed in is the officer: naming another changes nothing about that.
        Accepted(Plain).When(Granted(officer: Wang) with { By = Clerk(Lead) }).ThenRefused(CaseRefusals.OfficerInvalid, "/officer");
        CaseSpec.Submitted(Plain, "form", "lease").When(Ask.Of(Clerk(Lead), new AcceptCase(Officer: Wang))).ThenRefused(CaseRefusals.OfficerInvalid, "/officer");
    }

    /// <summary>(B6)</summary>
    [Fact] // HEAR-1, 行政许可法 art. 36
    public void Third_parties_are_told_and_have_their_time_before_a_grant_that_answers_them()
    {
        var spec = Accepted(Plain with { ThirdParty = true });

        spec.When(Granted()).ThenRefused(CaseRefusals.ThirdPartiesNotHeard);
        spec.When(Told("2020-07-07")).ThenRefused(CaseRefusals.ThirdPartyNoticeInvalid, "/until");
        spec.When(Told()).Then<ThirdPartiesTold>();
        spec.When(Ask.Of(Clerk(Lead), new HearThirdParty("夜间扰民") { Notice = 2 })).ThenRefused(CaseRefusals.ThirdPartyNoticeNotFound);
        spec.When(Ask.Of(Clerk(Lead), new HearThirdParty("夜间扰民") { Notice = 1 })).Then<ThirdPartyHeard>();
        spec.At("2020-07-08 23:00").When(Granted("已采纳")).ThenRefused(CaseRefusals.ThirdPartiesNotHeard);
        spec.At("2020-07-09 09:00").When(Granted()).ThenRefused(CaseRefusals.DecisionUnreasoned, "/reason");
        spec.When(Granted("已采纳")).Fact<StepGranted>();
        Assert.Equal("夜间扰民", Assert.Single(spec.Case.ThirdPartyNotices[0].Statements).Text);
    }

    [Fact] // HEAR-1: they are told, or it is published where they are many
    public void A_notice_to_third_parties_names_them_or_a_publication()
    {
        Asked Notice(IReadOnlyList<ThirdParty>? parties, string? publication) => Ask.Of(Clerk(Lead), new TellThirdParties("review", China.Day("2020-07-08"), parties, publication));

        Accepted(Plain).When(Notice(null, null)).ThenRefused(CaseRefusals.ThirdPartyNoticeInvalid, "/parties");
        Accepted(Plain).When(Notice([new("业主")], "公示栏")).ThenRefused(CaseRefusals.ThirdPartyNoticeInvalid, "/parties");
        Accepted(Plain).When(Notice([new("")], null)).ThenRefused(CaseRefusals.ThirdPartyNoticeInvalid, "/parties/0/name");
        Accepted(Plain).When(Notice(null, "政务网公示")).Then<ThirdPartiesTold>();
    }

    /// <summary>(B6)</summary>
    [Fact] // HEAR-2, 行政许可法 arts. 47, 48; CLK-3
    public void A_hearing_from_its_request_to_its_signed_minutes_stops_the_clock_and_the_decision_rests_on_it()
    {
        var spec = Accepted(Plain).Given(Told());

        spec.At("2020-07-02 09:00").When(Called("2020-07-14")).Then(typeof(HearingCalled), typeof(ClockPaused));
        Assert.Equal((CaseStatus.Paused, PauseReason.Hearing, China.Day("2020-07-14")), (spec.Case.Status, spec.Case.Pauses[0].Reason, spec.Case.Pauses[0].ExpectedUntil!.Value));
        spec.When(Granted("可以")).ThenRefused(CaseRefusals.HearingOpen);
        spec.When(Ask.ResumeClock(Clerk(Lead), 1)).ThenRefused(CaseRefusals.HearingOpen);
        spec.When(Ask.RefuseCase(Supervisor(Lead), Grounds)).ThenRefused(CaseRefusals.HearingOpen);
        spec.At("2020-07-14 17:00").When(Minutes("2020-07-13")).ThenRefused(CaseRefusals.MinutesInvalid, "/signedOn");

        spec.At("2020-07-16 09:00").When(Minutes("2020-07-14")).Fact<ClockResumed>();
        // However late they are recorded, the clock runs again from the day they were signed.
        Assert.Equal((China.At("2020-07-14 23:59:59"), China.Day("2020-07-20")), (spec.Case.Pauses[0].Until!.Value, spec.Case.Promised!.On));
        spec.When(Minutes("2020-07-14")).ThenNothing();
        spec.When(Granted()).ThenRefused(CaseRefusals.DecisionUnreasoned, "/reason");
        Assert.Equal(1, spec.When(Granted("依据听证笔录，准予。")).Fact<StepGranted>().Hearing);
    }

    [Fact] // HEAR-2
    public void A_hearing_is_asked_for_in_time_told_before_and_held_in_time_by_somebody_else()
    {
        Accepted(Plain).When(Called("2020-07-09")).ThenRefused(CaseRefusals.HearingDayInvalid, "/heldOn");
        Accepted(Plain).When(Called("2020-07-10")).Fact<HearingCalled>();
        Accepted(Plain).When(Called("2020-07-29")).Fact<HearingCalled>();
        // Whoever is heard comes on a working day: neither on a Saturday nor on a Sunday.
        foreach (var rest in new[] { "2020-07-11", "2020-07-12" })
            Accepted(Plain).When(Called(rest)).ThenRefused(CaseRefusals.HearingDayInvalid, "/heldOn");
        Accepted(Plain).When(Called("2020-07-30")).ThenRefused(CaseRefusals.HearingDayInvalid, "/heldOn");
        Accepted(Plain).Given(Told()).At("2020-07-09 09:00").When(Called("2020-07-21")).ThenRefused(CaseRefusals.HearingRequestedTooLate, "/requestedOn");
        Accepted(Plain).Given(Told()).At("2020-07-09 09:00").When(Called("2020-07-21", requestedOn: "2020-07-08")).Fact<HearingCalled>();
        Accepted(Plain).Given(Inspection()).When(Called("2020-07-14", Li)).ThenRefused(CaseRefusals.PresiderReviewed, "/presider/id");
        Accepted(Plain).When(Called("2020-07-14", new(Clerk(Lead).Subject, "受理员"))).ThenRefused(CaseRefusals.PresiderReviewed, "/presider/id");
        Accepted(Plain).When(Ask.Of(Clerk(Lead), new CallHearing("review", HearingGround.Required, China.Day("2020-07-14"), "", new("", "赵敏"), China.Day("2020-07-01"))))
            .ThenRefused(CaseRefusals.OfficerInvalid, "/presider/id", "/place", "/requestedOn");
    }

    [Theory] // HEAR-2: asked for since the application, and by today
    [InlineData("0001-01-01", false)]
    [InlineData("2020-06-30", false)]
    [InlineData("2020-07-01", true)]
    [InlineData("2020-07-02", false)]
    [InlineData("9999-12-31", false)]
    public void A_hearing_was_asked_for_between_the_application_and_today(string requestedOn, bool taken)
    {
        var called = Accepted(Plain).When(Called("2020-07-14", requestedOn: requestedOn));

        if (taken)
            called.Fact<HearingCalled>();
        else
            called.ThenRefused(CaseRefusals.HearingInvalid, "/requestedOn");
    }

    [Fact] // HEAR-2, 行政许可法 art. 46
    public void Where_the_law_prescribes_a_hearing_nothing_is_decided_before_it()
    {
        var spec = Accepted(Plain with { Hearing = Requirement.Required });

        spec.When(Granted()).ThenRefused(CaseRefusals.HearingMissing);
        spec.When(Ask.RefuseStep(Supervisor(Lead), "review", Grounds)).ThenRefused(CaseRefusals.HearingMissing);
        spec.When(Ask.RefuseCase(Supervisor(Lead), Grounds)).ThenRefused(CaseRefusals.HearingMissing);
        spec.When(Minutes("2020-07-01")).ThenRefused(CaseRefusals.HearingNotFound);
        spec.Given(Called("2020-07-14")).At("2020-07-14 17:00").Given(Minutes("2020-07-14")).When(Ask.RefuseStep(Supervisor(Lead), "review", Grounds));
        Assert.Equal(1, spec.Fact<StepRefused>().Hearing);
    }

    [Fact] // HEAR-2: a hearing is called as one
    public void A_pause_is_no_hearing() =>
        Accepted(Plain).When(Ask.PauseClock(Clerk(Lead), null, PauseReason.Hearing, null)).ThenRefused(CaseRefusals.ProcedureNotPrescribed, "/reason");
}
