using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>JOINT-6: a material is due when its step opens, and what is promised does not run while one waits for the applicant.</summary>
public class AwaitedMaterials
{
    private const Department Lead = Department.MarketRegulation, Works = Department.Construction, Tax = Department.Tax;

    private static Asked Supply(params string[] materials) => Ask.SupplyMaterials(Samples.Applicant, [.. materials.Select(Paper)]);

    private static CaseSpec FiledOnTheSecond() => CaseSpec.Submitted(Building, "form").Given(Acceptance(Lead)).At("2020-07-02 10:00").Given(Grant(Lead, "filing"));

    /// <summary>(JOINT-6)</summary>
    [Fact]
    public void The_submission_needs_nothing_that_is_due_later()
    {
        var spec = CaseSpec.Submitted(Building, "form").When(Acceptance(Lead)).Then(typeof(CaseAccepted), typeof(StepOpened));
        CaseSpec.Submitted(Building, "drawings", "contract").When(Acceptance(Lead)).ThenRefused(CaseRefusals.MaterialsMissing, "/materials/form");

        spec.When(Grant(Lead, "filing")).Then(typeof(StepGranted), typeof(StepOpened), typeof(MaterialsAwaited));

        Assert.Equal(["drawings"], spec.Fact<MaterialsAwaited>().Materials);
        Assert.Equal("taxes", spec.Fact<StepOpened>().Step);
        Assert.Equal((StepStatus.Waiting, spec.Now), (spec.Step("review").Status, spec.Step("review").Awaited!.From));
    }

    /// <summary>(JOINT-6)</summary>
    [Fact]
    public void What_came_early_is_not_waited_for()
    {
        var spec = CaseSpec.Submitted(Building, "form", "drawings").Given(Acceptance(Lead), Supply("contract"), Grant(Lead, "filing"));
        Assert.Equal(["review", "taxes"], spec.StepsThat(StepStatus.Open));
        spec.Given(Grant(Tax, "taxes")).When(Grant(Works, "review")).Then(typeof(StepGranted), typeof(StepOpened));
        Assert.DoesNotContain(spec.Facts, fact => fact is MaterialsAwaited);
        Assert.All(spec.Facts.OfType<StepOpened>(), opened => Assert.Equal((null, null), (opened.Statutory, opened.Promised)));
    }

    /// <summary>(JOINT-6, CLK-1) Ten working days of waiting are ten more days, and the step has its own from when it opens.</summary>
    [Fact]
    public void The_time_in_which_it_alone_waits_is_in_no_limit()
    {
        var spec = FiledOnTheSecond();
        Assert.Equal((CaseStatus.Paused, null), (spec.Case.Status, spec.Case.Promised));
        spec.Given(Grant(Tax, "taxes"));

        var opened = spec.At("2020-07-16 15:00").When(Supply("drawings")).Then(typeof(MaterialsSupplied), typeof(StepOpened)).Fact<StepOpened>();

        Assert.Equal((China.Day("2020-07-21"), China.Day("2020-08-10"), China.Day("2020-08-26")), (opened.Due.On, opened.Promised!.On, opened.Statutory!.On));
        Assert.Equal((CaseStatus.Accepted, opened.Promised, opened.Statutory), (spec.Case.Status, spec.Case.Promised, spec.Case.Statutory));
        Assert.Empty(spec.Step("review").Awaited!.Materials);
        spec.Given(Supply("contract"), Grant(Works, "review")).When(Grant(Works, "permit"));
        // From acceptance at ten to the filing at ten is a day; what follows is of one afternoon.
        Assert.Equal(LegalClock.Zone.Elapsed(China.At("2020-07-01 10:00"), China.At("2020-07-02 10:00"), LimitUnit.WorkingDays, "airport", []), spec.Fact<CaseGranted>().Actual);
    }

    /// <summary>(JOINT-6, CLK-3) The applicant's own delay with one authority's step takes nothing from what the law leaves the others.</summary>
    [Fact]
    public void The_statutory_limit_runs_on_while_another_department_works()
    {
        var spec = FiledOnTheSecond();
        Assert.Equal(China.Day("2020-08-12"), spec.Case.Statutory!.On);
        Assert.Equal(China.Day("2020-08-12"), spec.Case.SeenBy(Clerk(Tax))!.Statutory!.On);

        // Four days with the taxes, and then eight in which nobody has anything to decide.
        spec.At("2020-07-06 10:00").Given(Grant(Tax, "taxes"));
        Assert.Equal((CaseStatus.Paused, null, null), (spec.Case.Status, spec.Case.Promised, spec.Case.Statutory));
        var opened = spec.At("2020-07-16 15:00").When(Supply("drawings")).Fact<StepOpened>();
        Assert.Equal((China.Day("2020-08-24"), China.Day("2020-08-10")), (opened.Statutory!.On, opened.Promised!.On));
        Assert.Equal((opened.Statutory, opened.Promised), (spec.Case.Statutory, spec.Case.Promised));

        var before = FiledOnTheSecond().At("2020-07-16 15:00").When(Supply("drawings"));
        Assert.Equal((null, China.Day("2020-08-12")), (before.Fact<StepOpened>().Statutory, before.Case.Statutory!.On));
        before.When(Ask.ExtendLimit(Supervisor(Lead), Limit.WorkingDays(10), "复杂"));
        Assert.Equal(China.Day("2020-08-26"), before.Fact<StatutoryLimitExtended>().Statutory!.On);
    }

    /// <summary>(JOINT-6, CLK-3, CLK-4) What the law prescribes besides stops it all the same, and what has passed is not extended.</summary>
    [Fact]
    public void A_special_procedure_of_who_works_stops_it_and_what_has_passed_has_passed()
    {
        var spec = FiledOnTheSecond().Given(Ask.PauseClock(Clerk(Tax), "taxes", PauseReason.Test, null));
        Assert.Null(spec.Case.Statutory);
        var resumed = spec.At("2020-07-08 10:00").When(Ask.ResumeClock(Clerk(Tax), 1)).Then<ClockResumed>();
        Assert.Equal((null, China.Day("2020-08-18")), (resumed.Promised, resumed.Statutory!.On));

        FiledOnTheSecond().At("2020-08-13 10:00").When(Ask.ExtendLimit(Supervisor(Lead), Limit.WorkingDays(10), "复杂")).ThenRefused(CaseRefusals.StatutoryLimitPassed);
    }

    /// <summary>(JOINT-6, CLK-7, CLK-8)</summary>
    [Fact]
    public void However_long_the_applicant_takes_no_department_is_late_with_the_case()
    {
        var spec = FiledOnTheSecond().Given(Grant(Tax, "taxes"));
        Assert.Null(spec.Case.WakeAt);
        spec.At("2021-07-02 10:00").Passed().ThenNothing();
        spec.When(Supply("drawings")).Then(typeof(MaterialsSupplied), typeof(StepOpened));
        Assert.True(spec.Case.Promised!.At > spec.Now);
    }

    /// <summary>(JOINT-6, CLK-7, CLK-8) While the promise stands still the case is late by what the law leaves whoever still works.</summary>
    [Fact]
    public void What_the_law_leaves_does_not_pass_unheard()
    {
        var spec = FiledOnTheSecond();
        Assert.Contains(spec.At("2020-08-12 10:00").Passed().Facts, fact => fact is CaseDueSoon { Steps: ["taxes"] });
        var late = spec.At("2020-08-13 10:00").Passed().Then(typeof(CaseOverdue), typeof(StatutoryLimitPassed)).Fact<CaseOverdue>();
        Assert.Equal(spec.Case.Statutory!.At, late.DueAt);
        // It is no promise that was not kept.
        Assert.True(spec.Case.Delay!.ByLaw);
        Assert.Null(Statistics.CaseRow.Of(spec.Case, Building, LegalClock.Zone).LateAt);
        spec.When(Supply("drawings")).Then(typeof(MaterialsSupplied), typeof(StepOpened));

        // Of another end one is told anew, and of the same one once.
        var longer = FiledOnTheSecond().At("2020-08-12 10:00").Passed().Given(Ask.ExtendLimit(Supervisor(Lead), Limit.WorkingDays(10), "复杂"));
        Assert.Equal(China.Day("2020-08-26"), LegalClock.DayOf(longer.At("2020-08-13 10:00").Passed().Then<CaseDueSoon>().DueAt));
        longer.At("2020-08-26 10:00").Passed().ThenNothing();
    }

    /// <summary>(JOINT-6, JOINT-2) Another department's own limit runs on.</summary>
    [Fact]
    public void Whoever_needs_none_of_it_goes_on()
    {
        var spec = FiledOnTheSecond();
        Assert.Equal(China.Day("2020-07-07"), spec.Step("taxes").Due!.On);
        spec.At("2020-07-16 15:00").Given(Supply("drawings"));
        Assert.Equal(China.Day("2020-07-07"), spec.Step("taxes").Due!.On);
        spec.When(Grant(Tax, "taxes")).Then(typeof(StepGranted));
    }

    /// <summary>(JOINT-6)</summary>
    [Fact]
    public void It_opens_with_the_last_of_what_it_needs_and_waits_for_nothing_that_may_be_left_out()
    {
        var both = Building with { Procedure = new([.. Building.Procedure.Steps.Select(s => s.Code == "review" ? s with { Materials = ["form", "drawings", "contract", "photo"] } : s)]) };
        var spec = CaseSpec.Submitted(both, "form").Given(Acceptance(Lead), Grant(Lead, "filing"));
        Assert.Equal(["drawings", "contract"], spec.Step("review").Awaited!.Materials);

        spec.When(Supply("contract")).Then(typeof(MaterialsSupplied));
        Assert.Equal(["drawings"], spec.Step("review").Awaited!.Materials);
        spec.When(Supply("drawings")).Then(typeof(MaterialsSupplied), typeof(StepOpened));
    }

    /// <summary>(JOINT-6) Nobody exchanges what a step goes by.</summary>
    [Fact]
    public void It_may_be_exchanged_until_a_step_opens_that_needs_it()
    {
        var spec = CaseSpec.Submitted(Building, "form").Given(Acceptance(Lead), Supply("drawings", "photo"), Supply("drawings"), Grant(Lead, "filing"));
        spec.When(Supply("drawings")).ThenRefused(CaseRefusals.NotInThisState);
        spec.When(Supply("form")).ThenRefused(CaseRefusals.NotInThisState);
        spec.When(Ask.SupplyMaterials(Clerk(Tax), [Paper("contract")])).ThenRefused(CaseRefusals.NotYourCase);
        spec.Given(Ask.SupplyMaterials(Clerk(Lead), [Paper("contract")]));
    }

    /// <summary>(JOINT-6, JOINT-5) What is not there is not asked for before; what is there may be wrong.</summary>
    [Fact]
    public void No_notice_asks_for_what_is_not_due()
    {
        CaseSpec.Submitted(Building).When(Ask.AddCorrectionLines(Clerk(Works), [new("缺图纸", "drawings")])).ThenRefused(CaseRefusals.MaterialNotDue, "/lines/0/material");
        CaseSpec.Submitted(Building, "form", "drawings").Given(Ask.AddCorrectionLines(Clerk(Works), []), Ask.AddCorrectionLines(Clerk(Tax), []), Ask.SendCorrectionNotice(Clerk(Lead), [new("图纸不清晰", "drawings")]));
    }

    /// <summary>(JOINT-6, CLK-3) The clock runs again when nothing stops it any more.</summary>
    [Fact]
    public void A_pause_and_a_wait_may_overlap()
    {
        var spec = FiledOnTheSecond().Given(Ask.PauseClock(Clerk(Tax), "taxes", PauseReason.Test, null)).At("2020-07-06 10:00");
        Assert.Equal((CaseStatus.Paused, null), (spec.Given(Supply("drawings")).Case.Status, spec.Case.Promised));
        var resumed = spec.At("2020-07-08 10:00").When(Ask.ResumeClock(Clerk(Tax), 1)).Then<ClockResumed>();
        Assert.Equal((CaseStatus.Accepted, China.Day("2020-07-31")), (spec.Case.Status, resumed.Promised!.On));

        var other = FiledOnTheSecond().Given(Ask.PauseClock(Clerk(Tax), "taxes", PauseReason.Test, null)).At("2020-07-06 10:00").Given(Ask.ResumeClock(Clerk(Tax), 1));
        Assert.Equal((CaseStatus.Paused, null), (other.Case.Status, other.Case.Promised));
        Assert.Equal(China.Day("2020-07-31"), other.At("2020-07-08 10:00").When(Supply("drawings")).Fact<StepOpened>().Promised!.On);
    }

    /// <summary>(JOINT-6, CASE-6)</summary>
    [Fact]
    public void Whoever_takes_the_rest_back_waits_for_nothing_any_more()
    {
        var spec = FiledOnTheSecond().At("2020-07-16 15:00").When(Ask.WithdrawCase(Samples.Applicant, "不建了"));
        Assert.Equal(CaseStatus.PartlyGranted, spec.Case.Status);
        Assert.All(spec.Case.Stops, stop => Assert.Equal(spec.Now, stop.Until));
        Assert.Equal(LegalClock.Zone.Elapsed(China.At("2020-07-01 10:00"), China.At("2020-07-02 10:00"), LimitUnit.WorkingDays, "airport", []), spec.Case.Actual);
    }

    /// <summary>(JOINT-6, JOINT-4)</summary>
    [Fact]
    public void What_a_licence_proves_is_not_waited_for()
    {
        DeliveredLicence held = new("elsewhere", new("works-contract", new("合同备案", "Works contract")), "ELSEWHERE-1", China.At("2020-07-01 09:00"), China.Day("2020-07-15"));
        var spec = FiledOnTheSecond().Given(Supply("drawings"), Grant(Tax, "taxes"));
        spec.When(Grant(Works, "review") with { Held = [held] }).Then(typeof(MaterialsProved), typeof(StepGranted), typeof(StepOpened));
    }

    /// <summary>(JOINT-6, JOINT-3, SIGHT-1) What a step waits for is its department's to know; the office knows that it does.</summary>
    [Fact]
    public void Others_do_not_see_what_a_step_waits_for()
    {
        var spec = FiledOnTheSecond();
        Assert.Equal(["drawings"], spec.Case.SeenBy(Clerk(Works))!.Step("review")!.Awaited!.Materials);
        Assert.DoesNotContain(spec.Case.SeenBy(Clerk(Tax))!.Steps, s => s.Awaited is not null);
        Assert.Empty(spec.Case.SeenBy(Clerk(Department.ServiceOffice))!.Step("review")!.Awaited!.Materials);
        Assert.Empty(spec.Case.SeenBy(spec.Facts, Clerk(Department.ServiceOffice)).Select(seen => seen.Fact).OfType<MaterialsAwaited>().Single().Materials);
    }

    /// <summary>(JOINT-6, JOINT-2)</summary>
    [Fact]
    public void The_plan_says_what_each_step_awaits()
    {
        var plan = CaseSpec.Submitted(Building, "form").Case.PlanOfSteps(LegalClock.Zone, China.At("2020-07-01 10:00"));
        Assert.Equal([[], ["drawings"], [], ["drawings", "contract"]], plan.Steps.Select(s => s.Awaits));
        Assert.NotNull(plan.PromisedDueAt);

        var waiting = FiledOnTheSecond().Case.PlanOfSteps(LegalClock.Zone, China.At("2020-07-06 10:00"));
        Assert.Equal((null, null, null), (waiting.PromisedDueAt, waiting.Steps.Single(s => s.Code == "review").EarliestStart, waiting.Steps[^1].EarliestEnd));

        var before = StepPlan.Of(Building, LegalClock.Zone, HallDirectory.Main, China.At("2020-07-01 10:00"), later: ["contract"]);
        Assert.Equal([[], [], [], ["contract"]], before.Steps.Select(s => s.Awaits));
    }

    /// <summary>(JOINT-6, CLK-6)</summary>
    [Fact]
    public void The_green_channel_waits_as_well()
    {
        var emergency = Emergencies.EmergencyProjects.Listed with { ValidUntil = China.Day("2030-12-31") };
        var spec = new CaseSpec().Given(Submission(Building, "form") with { EmergencyProject = emergency.Id, Emergency = emergency }, Acceptance(Lead), Grant(Lead, "filing"));
        var opened = spec.At("2020-07-11 10:00").When(Supply("drawings")).Fact<StepOpened>();
        Assert.Equal((China.At("2020-07-12 10:00"), China.At("2020-07-12 10:00")), (opened.Promised!.At, opened.Due.At));
    }
}
