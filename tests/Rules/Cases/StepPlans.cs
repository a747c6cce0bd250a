using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Emergencies;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>JOINT-2: a case shows its critical path and its slack at any moment, and before anybody applies.</summary>
public class StepPlans
{
    private const Department Office = Department.ServiceOffice, Planning = Department.Planning;

    private static readonly Item Project = CatalogueData.Zone().Single(item => item.Code == "INVESTMENT-PROJECT");

    private static CaseSpec Accepted(Func<Asked, Asked>? with = null) => new CaseSpec().At("2020-07-01 10:00")
        .Given((with ?? (asked => asked))(Submission(Project, [.. Project.Materials.Select(m => m.Code)])), Acceptance(Office));

    private static StepPlan PlanOf(CaseSpec spec) => spec.Case.PlanOfSteps(LegalClock.Zone, spec.Now);

    [Fact] // JOINT-2, CLK-2: whatever the holidays
    public void A_project_is_promised_within_eighteen_working_days_whenever_it_is_accepted()
    {
        var (path, calendar) = (CriticalPath.Of(Project.Procedure), LegalClock.Zone.Calendar);
        for (var day = new DateOnly(2016, 1, 1); day < new DateOnly(2027, 1, 1); day = day.AddDays(1))
        {
            var plan = StepPlan.Of(Project, LegalClock.Zone, HallDirectory.Main, China.At(day, new(14, 30)));
            var due = LegalClock.DayOf(plan.PromisedDueAt!.Value);

            Assert.Equal(18, Enumerable.Range(1, due.DayNumber - day.DayNumber).Count(n => calendar.IsWorkingDay(day.AddDays(n))));
            Assert.Equal(plan.PromisedDueAt, plan.Steps.Max(s => s.EarliestEnd));
            Assert.Equal(["filing", "planning-permit", "drawing-review", "construction-permit"], plan.Critical);
            Assert.Equal(path.Steps.Select(s => (s.Step, new Limit(s.Slack, LimitUnit.WorkingDays))), plan.Steps.Select(s => (s.Code, s.Slack!)));
        }
    }

    [Theory]
    [InlineData("2020-09-29 14:30", 6, LimitUnit.WorkingDays)] // a week of holidays, and make-up days
    [InlineData("2020-09-29 14:30", 9, LimitUnit.CalendarDays)]
    [InlineData("2020-09-29 14:30", 3, LimitUnit.HallHours)]
    [InlineData("2020-09-29 14:30", 30, LimitUnit.Hours)]
    public void A_step_that_opens_a_second_after_its_latest_start_ends_too_late(string at, int value, LimitUnit unit)
    {
        var limit = new Limit(value, unit);
        var item = Plain with { PromisedLimit = Limit.WorkingDays(10), Procedure = new([Plain.Procedure.Steps[0] with { Limit = limit, After = [] }]) };

        var step = Assert.Single(StepPlan.Of(item, LegalClock.Zone, HallDirectory.Main, China.At(at)).Steps);

        Assert.Equal(LegalClock.Zone.Simulate(China.At(at), limit, HallDirectory.Main).DueAt, step.EarliestEnd);
        Assert.True(LegalClock.Zone.Simulate(step.LatestStart!.Value, limit, HallDirectory.Main).DueAt <= step.LatestEnd);
        Assert.True(LegalClock.Zone.Simulate(step.LatestStart.Value.AddSeconds(1), limit, HallDirectory.Main).DueAt > step.LatestEnd);
    }

    [Fact] // JOINT-2
    public void What_is_done_early_gives_the_rest_its_time_and_what_is_late_takes_it()
    {
        var spec = Accepted();
        var before = PlanOf(spec);
        var filed = PlanOf(spec.Given(Grant(Office, "filing")));
        var late = PlanOf(spec.At("2020-07-20 10:00"));

        Assert.Equal(spec.Case.Promised!.At, before.PromisedDueAt);
        Assert.Equal((China.At("2020-07-01 10:00"), China.At("2020-07-02 23:59:59"), Limit.WorkingDays(0)), (before.Steps[0].EarliestStart, before.Steps[0].EarliestEnd, before.Steps[0].Slack));
        // What was filed on the first day, and not on the second, is a day that planning may take longer.
        Assert.Equal((China.At("2020-07-01 10:00"), null), (Of(filed, "filing").EarliestEnd, Of(filed, "filing").Slack));
        Assert.Equal((China.At("2020-07-09 23:59:59"), Limit.WorkingDays(1)), (Of(filed, "planning-permit").EarliestEnd, Of(filed, "planning-permit").Slack));
        Assert.Equal(China.At("2020-07-20 10:00"), Of(late, "planning-permit").EarliestEnd);
        Assert.True(Of(late, "planning-permit").Slack!.Value < 0);
        Assert.Equal("construction-permit", late.Critical[^1]);
    }

    [Fact] // JOINT-2, MODE-8
    public void What_nobody_does_takes_no_time()
    {
        var plan = PlanOf(Accepted(asked => asked with { EiaClass = "services-car-repair", EiaAnswers = new(SensitiveArea: false, Spraying: false, Area: 800) }));

        Assert.DoesNotContain(plan.Steps, step => step.Code == "environment");
        Assert.Equal(plan.PromisedDueAt, plan.Steps.Max(s => s.EarliestEnd));
    }

    [Fact] // CLK-3
    public void While_the_clock_stands_still_nobody_knows()
    {
        var spec = Accepted().Given(Grant(Office, "filing"), Ask.Of(Clerk(Department.Ecology), new PauseClock(PauseReason.ExpertReview, "环境保护管理条例第九条", China.Day("2020-07-10"), "专家组") { Step = "environment" }));

        var plan = PlanOf(spec);

        Assert.Equal((null, 0), (plan.PromisedDueAt, plan.Critical.Count));
        Assert.Equal((null, null, null), (Of(plan, "environment").EarliestEnd, Of(plan, "construction-permit").EarliestStart, Of(plan, "planning-permit").Slack));
        Assert.NotNull(Of(plan, "planning-permit").EarliestEnd);
    }

    [Fact] // CAT-6, CLK-6
    public void The_preview_plans_what_the_case_will()
    {
        var spec = Accepted(asked => asked with { EmergencyProject = EmergencyProjects.Listed.Id, Emergency = EmergencyProjects.Listed with { ValidUntil = China.Day("2030-12-31") } });

        Assert.Equivalent(PlanOf(Accepted()), StepPlan.Of(Project, LegalClock.Zone, HallDirectory.Main, spec.Now), strict: true);
        Assert.Equivalent(PlanOf(spec), StepPlan.Of(Project, LegalClock.Zone, HallDirectory.Main, spec.Now, isEmergency: true), strict: true);
        Assert.Equal(spec.Now.AddHours(24), PlanOf(spec).PromisedDueAt);
    }

    [Fact] // JOINT-3
    public void A_departments_plan_has_its_own_steps_alone()
    {
        var plan = PlanOf(Accepted()).Only(new HashSet<string> { "land-permit", "planning-permit" });

        Assert.Equal(["land-permit", "planning-permit"], plan.Steps.Select(s => s.Code));
        Assert.Equal(["planning-permit"], plan.Critical);
    }

    private static PlannedStep Of(StepPlan plan, string step) => plan.Steps.Single(s => s.Code == step);
}
