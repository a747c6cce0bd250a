using CsCheck;
using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>CLK-3 (行政许可法 art. 45): pauses. CLK-4 (art. 42): the one extension. CLK-8: what is late, and why.</summary>
public class RunningClock
{
    private const Department Lead = Department.MarketRegulation, Tax = Department.Tax, Police = Department.PublicSecurity;

    private static Asked Pause(Department by, string? step = null, string until = "2020-07-10") =>
        Ask.PauseClock(Clerk(by), step, PauseReason.ExpertReview, "专家评审", until);

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

    [Fact] // CLK-7: nobody takes what is late off the list of what is
    public void What_was_over_before_the_clock_stood_still_is_over_while_it_does()
    {
        var spec = CaseSpec.Accepted().At("2020-07-09 09:00").Given(Pause(Lead, until: "2020-12-31"));

        Assert.Equal(China.At("2020-07-06 23:59:59"), spec.Case.DueOf(spec.Step("review")));
        Assert.Equal((null, null), (spec.Case.Statutory, spec.Case.Promised));
        Assert.Equal(China.Day("2020-07-06"), spec.At("2020-07-13 09:00").Given(Resume(Lead)).Step("review").Due!.On);
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

    /// <summary>(B10)</summary>
    [Fact] // CLK-3, 行政许可法 art. 45: what the item's law prescribes, and nothing else
    public void Only_what_the_item_lists_stops_the_clock()
    {
        var spec = CaseSpec.Accepted();

        spec.When(Ask.PauseClock(Clerk(Lead), null, PauseReason.Auction, null)).ThenRefused(CaseRefusals.ProcedureNotPrescribed, "/reason");
        var told = spec.Refused!.Detail!;
        Assert.Contains("Site visits, consultations, payment and the applicant's own delay", told.En, StringComparison.Ordinal);
        Assert.Contains("专家评审", told.Zh, StringComparison.Ordinal);
        CaseSpec.Submitted(Plain with { SpecialProcedures = [] }, "form", "lease").Given(Samples.Acceptance(Lead))
            .When(Ask.PauseClock(Clerk(Lead), null, PauseReason.Inspection, null)).ThenRefused(CaseRefusals.ProcedureNotPrescribed, "/reason");
    }

    /// <summary>(B10)</summary>
    [Fact] // CLK-3: the applicant is told by what law, how long and by whom
    public void A_pause_names_its_law_its_end_and_who_takes_the_time()
    {
        var fact = CaseSpec.Accepted().When(Pause(Lead)).Then<ClockPaused>();
        Assert.Equal(("测试法第二十条", China.Day("2020-07-10"), "检验所"), (fact.LegalBasis, fact.ExpectedUntil!.Value, fact.CarriedOutBy));

        CaseSpec.Accepted().When(Ask.PauseClock(Clerk(Lead), null, PauseReason.Auction, "", "2020-06-30") with { LegalBasis = " ", CarriedOutBy = "" }).ThenRefused(
            CaseRefusals.ProcedureNotPrescribed, "/reason", "/legalBasis", "/carriedOutBy", "/expectedUntil", "/note");
        CaseSpec.Accepted().When(Ask.PauseClock(Clerk(Lead), null, PauseReason.Test, null, "2020-07-01")).Then<ClockPaused>();
        CaseSpec.Accepted().When(Ask.PauseClock(Clerk(Lead), null, PauseReason.Test, null, "2101-01-01")).ThenRefused(CaseRefusals.ExpectedUntilInvalid, "/expectedUntil");
    }

    [Fact] // CLK-3
    public void A_procedure_that_takes_longer_than_was_told_is_a_fact_once_and_due_in_the_worklist()
    {
        var spec = CaseSpec.Accepted().Given(Pause(Lead));
        Assert.Equal(China.At("2020-07-10 23:59:59"), spec.Case.DueOf(spec.Step("review")));
        Assert.Equal(China.At("2020-07-10 23:59:59"), Assert.Single(spec.Case.Find().Places, p => p.Way is Way.OfDepartment).Due.Single());
        Assert.Equal(China.At("2020-07-10 23:59:59"), spec.Case.WakeAt);

        spec.At("2020-07-10 23:59").Passed().ThenNothing();
        var fact = spec.At("2020-07-11 00:00").Passed().Then<PauseOverdue>();
        Assert.Equal((1, "review"), (fact.Number, fact.Step));
        Assert.Equal(China.At("2020-07-11 00:00"), spec.Case.Pauses[0].OverdueAt);
        spec.At("2020-07-14 09:00").Passed().ThenNothing();
        Assert.Null(spec.Case.WakeAt);
        spec.When(Resume(Lead)).Then<ClockResumed>();
    }

    [Fact] // CLK-3: stored by releases before 0.2
    public void A_pause_of_which_nobody_said_how_long_it_takes_is_never_overdue()
    {
        var spec = CaseSpec.Accepted().Recorded(c => new ClockPaused(c.ChangedAt, Clerk(Lead), 1, "review", PauseReason.Hearing, null));

        spec.At("2020-12-01 09:00").Passed().ThenNothing();
        Assert.Null(spec.Case.WakeAt);
        spec.When(Resume(Lead)).Fact<ClockResumed>();
    }

    /// <summary>(B8)</summary>
    [Fact] // CLK-4, 行政许可法 art. 42
    public void A_supervisor_extends_the_statutory_limit_once_and_the_promise_stays()
    {
        var spec = CaseSpec.Licensed();
        var (promised, steps) = (spec.Case.Promised, spec.Case.Steps);

        spec.When(Extension(Clerk(Lead), 10)).ThenRefused(CaseRefusals.OnlyASupervisorExtends);
        spec.When(Extension(Supervisor(Tax), 10)).ThenRefused(CaseRefusals.NotYourDepartment);
        spec.When(Extension(Supervisor(Lead), 11)).ThenRefused(CaseRefusals.ExtensionOutOfRange, "/by/value");
        spec.When(Ask.ExtendLimit(Supervisor(Lead), new(0, LimitUnit.WorkingDays), "")).ThenRefused(CaseRefusals.ExtensionOutOfRange, "/by/value", "/reason");
        spec.When(Ask.ExtendLimit(Supervisor(Lead), new(1.5m, LimitUnit.WorkingDays), "复杂")).ThenRefused(CaseRefusals.ExtensionOutOfRange, "/by/value");
        spec.When(Ask.ExtendLimit(Supervisor(Lead), Limit.CalendarDays(5), "复杂")).ThenRefused(CaseRefusals.ExtensionOutOfRange, "/by/unit");
        CaseSpec.Submitted(Plain).When(Extension(Supervisor(Lead), 10)).ThenRefused(CaseRefusals.NotInThisState);

        var fact = spec.When(Extension(Supervisor(Lead), 10)).Then<StatutoryLimitExtended>();
        Assert.Equal((Limit.WorkingDays(10), China.Day("2020-08-12")), (fact.Extension, fact.Statutory!.On));
        Assert.Equal(fact.Statutory, spec.Case.Statutory);
        Assert.Equal(promised, spec.Case.Promised);
        Assert.Equal(steps, spec.Case.Steps);
        Assert.Equal("It was, by 10 working days, to 2020-08-12.", spec.When(Extension(Supervisor(Lead), 1)).ThenRefused(CaseRefusals.AlreadyExtended).Refused!.Detail!.En);
    }

    [Fact] // CLK-2: recomputed when the notice arrives, once, and said so
    public void Provisional_limits_are_settled_when_the_notice_has_come()
    {
        var spec = new CaseSpec().Under(Samples.Before2026).At("2025-12-25 10:00").Given(Samples.Submission(Plain, ["form", "lease"]), Samples.Acceptance(Lead));
        Assert.Equal(new(China.Day("2026-01-02"), China.At("2026-01-02 23:59:59"), Provisional: true), spec.Case.Promised);
        spec.At("2025-12-26 10:00").Passed().ThenNothing();

        var settled = spec.Under(LegalClock.Zone).Passed().Then<LimitsSettled>();

        Assert.Equal(new(China.Day("2026-01-04"), China.At("2026-01-04 23:59:59"), Provisional: false), settled.Promised);
        Assert.Equal((settled.Promised, settled.Statutory), (spec.Case.Promised, spec.Case.Statutory));
        Assert.Equal(new(China.Day("2025-12-30"), China.At("2025-12-30 23:59:59"), Provisional: false), spec.Step("review").Due);
        Assert.False(settled.Statutory!.Provisional);
        spec.Passed().ThenNothing();
    }

    [Fact] // CLK-2, CASE-2: its passing accepts the case, and so it moves as well
    public void The_time_to_answer_is_settled_when_the_notice_has_come()
    {
        var spec = new CaseSpec().Under(Samples.Before2026).At("2025-12-25 10:00").Given(Samples.Submission(Plain, ["form", "lease"]));
        Assert.Equal((China.At("2026-01-02 23:59:59"), true), (spec.Case.AcceptBy!.Value, spec.Fact<CaseSubmitted>().AcceptByProvisional));
        spec.At("2025-12-26 10:00").Passed().ThenNothing();

        // Also where what was told has passed: nobody is taken at a day that the notice has moved.
        var late = new CaseSpec().Under(Samples.Before2026).At("2025-12-25 10:00").Given(Samples.Submission(Plain, ["form", "lease"]));
        foreach (var (told, at) in new[] { (spec, "2025-12-30 10:00"), (late, "2026-01-03 10:00") })
        {
            Assert.Equal(China.At("2026-01-04 23:59:59"), told.Under(LegalClock.Zone).At(at).Passed().Then<LimitsSettled>().AcceptBy);
            Assert.Equal((China.At("2026-01-04 23:59:59"), CaseStatus.Submitted, null), (told.Case.AcceptBy!.Value, told.Case.Status, told.Case.ProvisionalUntil));
            told.Passed().ThenNothing();
        }
        Assert.True(late.At("2026-01-05 00:00").Passed().Fact<CaseAccepted>().Deemed);
    }

    [Fact] // CLK-2, CASE-3: what is left after a notice, and all five days after its answer
    public void The_time_that_a_move_or_an_answer_leaves_is_settled_as_well()
    {
        CaseSpec Noticed() => new CaseSpec().Under(Samples.Before2026).At("2025-12-23 10:00").Given(Samples.Submission(Plain, ["form"]))
            .At("2025-12-25 10:00").Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺", "lease")])).At("2025-12-26 10:00");
        var answered = Noticed().Given(Ask.SupplyMaterials(Agency, [Paper("lease")]));
        var moved = Noticed().Given(Ask.MoveCaseToItem(Clerk(Lead), Joint with { Code = "JOINT" }, 1, "一件事"));
        Assert.Equal((true, true), (answered.Case.AcceptByProvisional, moved.Case.AcceptByProvisional));

        Assert.Equal(LegalClock.Zone.Simulate(answered.Now, Limit.WorkingDays(5)).DueAt, answered.Under(LegalClock.Zone).Passed().Then<LimitsSettled>().AcceptBy);
        // Three days were left when the notice was sent.
        Assert.Equal(LegalClock.Zone.Simulate(moved.Now, Limit.WorkingDays(3)).DueAt, moved.Under(LegalClock.Zone).Passed().Then<LimitsSettled>().AcceptBy);
    }

    [Fact] // CLK-2: what stands still has no end to move
    public void A_case_that_stands_still_is_settled_when_it_goes_on()
    {
        var spec = new CaseSpec().Under(Samples.Before2026).At("2025-12-19 10:00").Given(Samples.Submission(Plain, ["form", "lease"]), Samples.Acceptance(Lead), Pause(Lead, until: "2025-12-26"));

        spec.Under(LegalClock.Zone).At("2025-12-22 10:00").Passed().ThenNothing();
        spec.When(Ask.ResumeClock(Clerk(Lead), 1)).Then<ClockResumed>();
        Assert.False(spec.Case.Promised!.Provisional);
    }

    /// <summary>(B8)</summary>
    [Theory] // CLK-4: by the item's own law
    [InlineData(15, LimitUnit.WorkingDays, "2020-08-19")]
    [InlineData(3, LimitUnit.WorkingDays, "2020-08-03")]
    [InlineData(30, LimitUnit.CalendarDays, "2020-08-28")]
    public void The_item_says_by_how_much(int most, LimitUnit unit, string due)
    {
        var item = Plain with { Extension = new(most, unit) };
        var spec = CaseSpec.Submitted(item, "form", "lease").Given(Samples.Acceptance(Lead));

        spec.When(Ask.ExtendLimit(Supervisor(Lead), new(most + 1, unit), "复杂")).ThenRefused(CaseRefusals.ExtensionOutOfRange, "/by/value");
        Assert.Equal(China.Day(due), spec.When(Ask.ExtendLimit(Supervisor(Lead), new(most, unit), "复杂")).Then<StatutoryLimitExtended>().Statutory!.On);
        CaseSpec.Submitted(item with { Act = Act.Filing, Extension = null }, "form").At("2020-07-09 09:00").Passed()
            .When(Extension(Supervisor(Lead), 1)).ThenRefused(CaseRefusals.ExtensionOutOfRange, "/by");
    }

    /// <summary>(B8)</summary>
    [Fact] // CLK-4: what has ended cannot be extended, whatever stands still since
    public void A_limit_that_has_passed_is_not_extended()
    {
        CaseSpec.Accepted().At("2020-07-29 23:59").When(Extension(Supervisor(Lead), 10)).Fact<StatutoryLimitExtended>();
        CaseSpec.Accepted().At("2020-07-30 00:00").When(Extension(Supervisor(Lead), 10)).ThenRefused(CaseRefusals.StatutoryLimitPassed);
        CaseSpec.Accepted().At("2020-07-30 09:00").Given(Pause(Lead, until: "2020-08-10")).At("2020-07-31 09:00")
            .When(Extension(Supervisor(Lead), 10)).ThenRefused(CaseRefusals.StatutoryLimitPassed);
        CaseSpec.Accepted().Given(Pause(Lead, until: "2020-08-10")).At("2020-08-05 09:00").When(Extension(Supervisor(Lead), 10)).Then<StatutoryLimitExtended>();
    }

    [Fact] // CLK-3, CLK-4
    public void An_extension_during_a_pause_counts_when_the_clock_runs_again()
    {
        var spec = CaseSpec.Licensed().Given(Pause(Tax)).When(Extension(Supervisor(Lead), 2));

        Assert.Null(spec.Then<StatutoryLimitExtended>().Statutory);
        spec.When(Resume(Tax));
        Assert.Equal((China.Day("2020-07-31"), China.Day("2020-07-08")), (spec.Case.Statutory!.On, spec.Case.Promised!.On));
        Assert.Equal(China.Day("2020-07-06"), spec.Step("invoices").Due!.On);
    }

    [Fact] // CLK-4: any lawful extension of any item leaves the promise and every step where they were
    public void An_extension_moves_nothing_but_the_statutory_limit() =>
        Gen.Select(Gen.OneOf(LimitUnit.WorkingDays, LimitUnit.CalendarDays), Gen.Int[1, 60], Gen.Int[1, 60], Gen.Int[0, 40_000], Gen.Bool).Sample((unit, most, by, minutes, joint) =>
    {
        var spec = CaseSpec.Submitted((joint ? Joint : Plain) with { Extension = new(most, unit) }, joint ? ["form", "seal-order", "tax-form"] : ["form", "lease"])
            .Given(Samples.Acceptance(Lead));
        var before = spec.Case;
        spec.At(spec.Now.AddMinutes(minutes).ToString("yyyy-MM-dd HH:mm", null)).When(Ask.ExtendLimit(Supervisor(Lead), new(by, unit), "复杂"));
        var lawful = by <= most && spec.Now <= before.Statutory!.At;
        Assert.Equal(lawful, spec.Refused is null);
        Assert.Equal((before.Promised, before.Steps), (spec.Case.Promised, spec.Case.Steps));
        Assert.True(lawful ? spec.Case.Statutory!.At > before.Statutory!.At : spec.Case.Statutory == before.Statutory);
    });

    [Fact] // stored by releases before 0.2, which extended every limit that ran
    public void A_former_extension_counts_as_it_did()
    {
        var spec = CaseSpec.Licensed().Recorded(c => FormerExtension(c));

        Assert.Equal((China.Day("2020-07-22"), China.Day("2020-07-22"), China.Day("2020-07-22")), (spec.Case.Statutory!.On, spec.Case.Promised!.On, spec.Step("seals").Due!.On));
        spec.When(Extension(Supervisor(Lead), 1)).ThenRefused(CaseRefusals.AlreadyExtended);
        spec.Given(Pause(Tax), Resume(Tax));
        Assert.Equal((China.Day("2020-08-12"), China.Day("2020-07-22")), (spec.Case.Statutory!.On, spec.Case.Promised!.On));
        Assert.Equal(China.Day("2020-07-20"), spec.Step("invoices").Due!.On);
    }

    [Fact] // the same: a step that opened later was not extended, and a pause does not make it so
    public void A_pause_does_not_extend_a_step_that_opened_after_a_former_extension()
    {
        var spec = CaseSpec.Licensed().Recorded(c => FormerExtension(c)).Given(Grant(Police, "seals"), Grant(Tax, "invoices"));
        var due = spec.Step("insurance").Due;

        spec.Given(Pause(Department.SocialSecurity), Resume(Department.SocialSecurity));

        Assert.Equal(due, spec.Step("insurance").Due);
    }

    [Fact] // CLK-8, 优化营商环境条例 art. 36
    public void A_case_past_its_promise_says_so_and_why_or_goes_one_level_up()
    {
        var spec = CaseSpec.Accepted();
        spec.When(Ask.ExplainDelay(Clerk(Lead), "停电")).ThenRefused(CaseRefusals.NotLate);
        spec.At("2020-07-08 23:59").Passed().Then<CaseDueSoon>();
        Assert.Equal(China.At("2020-07-08 23:59:59"), spec.Case.WakeAt);

        var late = spec.At("2020-07-09 00:00").Passed().Then<CaseOverdue>();
        Assert.Equal((China.At("2020-07-08 23:59:59"), China.At("2020-07-09 23:59:59")), (late.DueAt, late.ExplainBy));
        spec.When(Ask.ExplainDelay(Clerk(Tax), "停电")).ThenRefused(CaseRefusals.NotYourDepartment);
        spec.When(Ask.ExplainDelay(Clerk(Lead), " ")).ThenRefused(CaseRefusals.ReasonMissing, "/reason");
        Assert.Equal(China.At("2020-07-09 23:59:59"), spec.Case.WakeAt);

        spec.At("2020-07-10 00:00").Passed().Then<DelayUnexplained>();
        Assert.True(spec.Case.WakeAt > China.At("2020-07-22 00:00")); // the law's limit is near
        spec.At("2020-07-10 09:00").When(Ask.ExplainDelay(Clerk(Lead), "停电")).Then<DelayExplained>();
        Assert.Equal(("停电", China.At("2020-07-10 00:00")), (spec.Case.Delay!.Reason, spec.Case.Delay.RaisedAt!.Value));
        spec.When(Ask.ExplainDelay(Clerk(Lead), "停电")).ThenNothing();
        spec.When(Ask.ExplainDelay(Clerk(Lead), "停电两天")).Then<DelayExplained>();
        // The kind of reason alone may be put right.
        Assert.Equal(DelayCause.System, spec.When(Ask.Of(Clerk(Lead), new ExplainDelay("停电两天", DelayCause.System))).Then<DelayExplained>().Cause);
        spec.When(Ask.Of(Clerk(Lead), new ExplainDelay("停电两天", DelayCause.System))).ThenNothing();
        Assert.Equal(DelayCause.System, spec.Case.Delay.Cause);
    }

    [Fact] // CLK-8
    public void Who_explains_in_time_answers_to_nobody_else_and_who_decides_late_owes_the_reason_still()
    {
        CaseSpec.Accepted().At("2020-07-09 09:00").Given(Ask.ExplainDelay(Clerk(Lead), "停电")).At("2020-07-20 09:00").Passed().ThenNothing();

        var granted = CaseSpec.Accepted().At("2020-07-09 09:00").Given(Grant(Lead, "review"));
        Assert.Equal(CaseStatus.Granted, granted.Case.Status);
        granted.At("2020-07-10 00:00").Passed().Then<DelayUnexplained>();
        CaseSpec.Accepted().At("2020-07-09 09:00").Given(Ask.WithdrawCase(Agency, null)).At("2020-07-20 00:00").Passed().ThenNothing();
    }

    private static Asked Extension(Actor by, int days) => Ask.ExtendLimit(by, Limit.WorkingDays(days), "复杂");
}
