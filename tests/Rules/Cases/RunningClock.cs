using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>CLK-3 (行政许可法 art. 45): pauses. CLK-4 (art. 42): the one extension.</summary>
public class RunningClock
{
    private const Department Lead = Department.MarketRegulation, Tax = Department.Tax, Police = Department.PublicSecurity;

    private static Asked Pause(Department by, string? step = null) => Ask.PauseClock(Clerk(by), step, PauseReason.ExpertReview, "专家评审");

    private static Asked Resume(Department by, int number = 1) => Ask.ResumeClock(Clerk(by), number);

    [Fact] // CLK-3
    public void While_the_clock_stands_still_there_is_no_due_date_and_then_a_later_one()
    {
        var spec = CaseSpec.Accepted().At("2020-07-02 09:00").When(Pause(Lead));
        Assert.Equal((1, "review", PauseReason.ExpertReview), (spec.Then<ClockPaused>().Number, spec.Then<ClockPaused>().Step, spec.Then<ClockPaused>().Reason));
        Assert.Equal(CaseStatus.Paused, spec.Case.Status);
        Assert.Null(spec.Case.Statutory);
        Assert.Null(spec.Case.Promised);
        Assert.Null(spec.Step("review").Due);

        spec.At("2020-07-06 09:00").When(Resume(Lead));
        Assert.Equal(CaseStatus.Accepted, spec.Case.Status);
        // Friday the 3rd and Monday the 6th do not count.
        Assert.Equal(China.Day("2020-07-31"), spec.Case.Statutory!.On);
        Assert.Equal(China.Day("2020-07-10"), spec.Case.Promised!.On);
        Assert.Equal(China.Day("2020-07-08"), spec.Step("review").Due!.On);
        Assert.Equal((China.At("2020-07-02 09:00"), China.At("2020-07-06 09:00")), (spec.Case.Pauses[0].From, spec.Case.Pauses[0].Until!.Value));
    }

    [Fact] // CLK-3
    public void A_paused_step_is_neither_decided_nor_paused_again()
    {
        var spec = CaseSpec.Accepted().Given(Pause(Lead));

        spec.When(Grant(Lead, "review")).ThenRefused(CaseRefusals.ClockPaused);
        spec.When(Ask.RefuseStep(Supervisor(Lead), "review", Grounds)).ThenRefused(CaseRefusals.ClockPaused);
        spec.When(Pause(Lead)).ThenRefused(CaseRefusals.ClockPaused);
        spec.Given(Resume(Lead)).When(Grant(Lead, "review")).Then(typeof(StepGranted), typeof(CaseGranted));
    }

    [Fact] // CLK-3
    public void Parallel_pauses_each_stop_their_step_and_together_the_case()
    {
        var spec = CaseSpec.Licensed().At("2020-07-02 09:00").Given(Pause(Tax), Pause(Police));

        spec.At("2020-07-03 09:00").When(Resume(Tax));
        var first = spec.Then<ClockResumed>();
        Assert.Equal((China.Day("2020-07-07"), null, null), (first.StepDue.On, first.Statutory, first.Promised));
        Assert.Equal(CaseStatus.Paused, spec.Case.Status);
        spec.When(Grant(Tax, "invoices")).Then<StepGranted>(); // the other's pause does not hold this step

        spec.At("2020-07-07 09:00").When(Resume(Police, 2));
        // The case stood still on the 3rd, 6th and 7th, though two pauses lay over the 3rd.
        Assert.Equal(China.Day("2020-07-13"), spec.Then<ClockResumed>().Promised!.On);
        Assert.Equal(China.Day("2020-07-09"), spec.Step("seals").Due!.On);
        Assert.Equal(CaseStatus.Accepted, spec.Case.Status);
    }

    [Fact] // CLK-3
    public void A_pause_gives_no_time_to_another_step()
    {
        var spec = CaseSpec.Licensed().At("2020-07-02 09:00").Given(Pause(Police)).At("2020-07-03 09:00").Given(Resume(Police));

        spec.Given(Pause(Tax), Resume(Tax, 2));

        Assert.Equal(China.Day("2020-07-06"), spec.Step("invoices").Due!.On);
        Assert.Equal(China.Day("2020-07-07"), spec.Step("seals").Due!.On);
    }

    [Fact] // CLK-3
    public void Pauses_are_numbered_and_a_pause_ended_stays_ended()
    {
        var spec = CaseSpec.Licensed().Given(Pause(Tax), Resume(Tax), Pause(Tax));

        Assert.Equal([1, 2], spec.Case.Pauses.Select(p => p.Number));
        spec.When(Resume(Tax, 1)).ThenNothing();
        Assert.True(spec.Case.Pauses[1].IsOpen);
    }

    [Fact] // CLK-3, JOINT-3
    public void A_pause_is_about_ones_own_open_step_of_a_running_case()
    {
        CaseSpec.Submitted(Plain).When(Pause(Lead)).ThenRefused(CaseRefusals.NotInThisState);
        CaseSpec.Licensed().When(Pause(Tax, "seals")).ThenRefused(CaseRefusals.StepNotFound);
        CaseSpec.Licensed().When(Pause(Department.SocialSecurity, "insurance")).ThenRefused(CaseRefusals.StepNotOpen);
        CaseSpec.Licensed().When(Pause(Lead)).ThenRefused(CaseRefusals.StepNotNamed, "/step");
        CaseSpec.Licensed().When(Pause(Tax) with { Note = " " }).ThenRefused(CaseRefusals.ReasonMissing, "/note");
        CaseSpec.Licensed().Given(Pause(Tax)).When(Resume(Police)).ThenRefused(CaseRefusals.PauseNotFound);
        CaseSpec.Licensed().Given(Pause(Tax)).When(Resume(Tax, 2)).ThenRefused(CaseRefusals.PauseNotFound);
    }

    [Fact] // CLK-3: each pause has an end
    public void The_end_of_a_case_ends_its_pauses()
    {
        var refused = CaseSpec.Licensed().Given(Pause(Tax)).Given(Ask.RefuseStep(Supervisor(Police), "seals", Grounds));
        Assert.Equal((CaseStatus.Paused, true), (refused.Case.Status, refused.Case.Pauses.Single().IsOpen)); // another's step goes on (CASE-5)
        refused.At("2020-07-03 09:00").Given(Ask.WithdrawCase(Agency, null));
        Assert.Equal(China.At("2020-07-03 09:00"), refused.Case.Pauses.Single().Until);
        refused.When(Resume(Tax)).ThenNothing();

        var withdrawn = CaseSpec.Accepted().Given(Pause(Lead)).At("2020-07-03 09:00").Given(Ask.WithdrawCase(Agency, null));
        Assert.Equal(China.At("2020-07-03 09:00"), withdrawn.Case.Pauses.Single().Until);
    }

    [Fact] // CLK-3: the clocks of two processes may be seconds apart
    public void A_pause_ends_when_it_began_at_the_earliest()
    {
        Ended(Behind().Given(Resume(Lead)));
        Ended(Behind().Given(Ask.WithdrawCase(Samples.Applicant, null)));
        Ended(Behind().Given(Ask.RefuseCase(Supervisor(Lead), Grounds)));

        static CaseSpec Behind() => CaseSpec.Accepted().At("2020-07-02 10:00:10").Given(Pause(Lead)).At("2020-07-02 10:00:05");

        static void Ended(CaseSpec spec)
        {
            var pause = Assert.Single(spec.Case.Pauses);
            Assert.Equal(pause.From, pause.Until);
            Assert.NotNull(LegalClock.Zone.Due(spec.Case.AcceptedAt!.Value, spec.Case.Plan.Statutory, null, [new(pause.Reason, pause.From, pause.Until)]));
        }
    }

    [Fact] // CLK-3: a pause does not count as time taken, not even one still going on
    public void Paused_time_is_not_time_taken()
    {
        var spec = CaseSpec.Accepted().At("2020-07-01 11:00").Given(Pause(Lead)).At("2020-07-03 16:30").Given(Resume(Lead));
        Assert.Equal(0.25m, spec.At("2020-07-03 17:30").When(Grant(Lead, "review")).Fact<CaseGranted>().Actual.Value);

        var refused = CaseSpec.Accepted().At("2020-07-01 11:00").Given(Pause(Lead)).At("2020-07-03 16:30");
        Assert.Equal(0.125m, refused.When(Ask.RefuseCase(Supervisor(Lead), Grounds)).Fact<CaseRefused>().Actual!.Value);
    }

    [Fact] // CLK-4
    public void A_supervisor_extends_the_limits_once_by_at_most_10_working_days()
    {
        var spec = CaseSpec.Licensed();

        spec.When(Ask.ExtendLimit(Clerk(Lead), 10, "复杂")).ThenRefused(CaseRefusals.OnlyASupervisorExtends);
        spec.When(Ask.ExtendLimit(Supervisor(Tax), 10, "复杂")).ThenRefused(CaseRefusals.NotYourDepartment);
        spec.When(Ask.ExtendLimit(Supervisor(Lead), 11, "复杂")).ThenRefused(CaseRefusals.ExtensionOutOfRange, "/workingDays");
        spec.When(Ask.ExtendLimit(Supervisor(Lead), 0, "复杂")).ThenRefused(CaseRefusals.ExtensionOutOfRange, "/workingDays");
        spec.When(Ask.ExtendLimit(Supervisor(Lead), 10, "")).ThenRefused(CaseRefusals.ReasonMissing, "/reason");
        CaseSpec.Submitted(Plain).When(Ask.ExtendLimit(Supervisor(Lead), 10, "复杂")).ThenRefused(CaseRefusals.NotInThisState);

        var fact = spec.When(Ask.ExtendLimit(Supervisor(Lead), 10, "复杂")).Then<LimitExtended>();
        Assert.Equal((China.Day("2020-08-12"), China.Day("2020-07-22")), (fact.Statutory!.On, fact.Promised!.On));
        Assert.Equal([("seals", China.Day("2020-07-20")), ("invoices", China.Day("2020-07-20"))], fact.Steps.Select(s => (s.Step, s.Due.On)));
        Assert.Equal((10, China.Day("2020-07-20")), (spec.Case.ExtendedBy, spec.Step("seals").Due!.On));
        spec.When(Ask.ExtendLimit(Supervisor(Lead), 1, "复杂")).ThenRefused(CaseRefusals.AlreadyExtended);
    }

    [Fact] // CLK-3, CLK-4
    public void An_extension_during_a_pause_counts_when_the_clock_runs_again()
    {
        var spec = CaseSpec.Licensed().Given(Pause(Tax)).When(Ask.ExtendLimit(Supervisor(Lead), 2, "复杂"));

        var fact = spec.Then<LimitExtended>();
        Assert.Equal((null, null), (fact.Statutory, fact.Promised));
        Assert.Equal(["seals"], fact.Steps.Select(s => s.Step));
        spec.When(Resume(Tax));
        Assert.Equal(China.Day("2020-07-08"), spec.Step("invoices").Due!.On);
        Assert.Equal(China.Day("2020-07-10"), spec.Case.Promised!.On);
    }

    [Fact] // CLK-4: a step that opened later was not extended, and a pause does not make it so
    public void A_pause_does_not_extend_a_step_that_opened_after_the_extension()
    {
        var spec = CaseSpec.Licensed().Given(Ask.ExtendLimit(Supervisor(Lead), 10, "复杂"), Grant(Police, "seals"), Grant(Tax, "invoices"));
        var due = spec.Step("insurance").Due;

        spec.Given(Pause(Department.SocialSecurity), Resume(Department.SocialSecurity));

        Assert.Equal(due, spec.Step("insurance").Due);
    }
}
