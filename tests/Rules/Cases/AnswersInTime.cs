using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>CASE-2 (行政许可法 art. 32): acceptance, in time or by law.</summary>
public class AnswersInTime
{
    private const Department Lead = Department.MarketRegulation;

    [Fact] // CASE-2
    public void Acceptance_starts_the_limits_and_opens_the_first_step()
    {
        var spec = CaseSpec.Submitted(Plain, "form", "lease").At("2020-07-02 09:00").When(Acceptance(Lead));

        spec.Then(typeof(CaseAccepted), typeof(StepOpened));
        Assert.Equal(CaseStatus.Accepted, spec.Case.Status);
        Assert.Equal(China.At("2020-07-02 09:00"), spec.Case.AcceptedAt);
        Assert.False(spec.Case.Deemed);
        Assert.Equal(China.Day("2020-07-30"), spec.Case.Statutory!.On);
        Assert.Equal(China.Day("2020-07-09"), spec.Case.Promised!.On);
        Assert.Equal(China.Day("2020-07-07"), spec.Step("review").Due!.On);
        Assert.Null(spec.Case.AcceptBy);
    }

    [Fact] // CASE-2
    public void Accepting_again_changes_nothing_and_only_the_lead_accepts()
    {
        CaseSpec.Accepted().When(Acceptance(Lead)).ThenNothing();
        CaseSpec.Accepted().When(Acceptance(Department.Tax)).ThenRefused(CaseRefusals.NotYourDepartment);
        CaseSpec.Submitted(Plain, "form", "lease").When(Acceptance(Department.Tax)).ThenRefused(CaseRefusals.NotYourDepartment);
        CaseSpec.Submitted(Plain, "form", "lease").When(Ask.AcceptCase(Samples.Applicant, [])).ThenRefused(CaseRefusals.NotYourDepartment);
        CaseSpec.Accepted().Given(Grant(Lead, "review")).When(Acceptance(Lead)).ThenRefused(CaseRefusals.NotInThisState);
    }

    [Fact] // CASE-2
    public void A_case_with_materials_missing_is_not_accepted_and_the_refusal_names_them()
    {
        var spec = CaseSpec.Submitted(Plain, "photo").When(Acceptance(Lead)).ThenRefused(CaseRefusals.MaterialsMissing, "/materials/form", "/materials/lease");

        Assert.Contains("form (form), lease (lease)", spec.Refused!.Detail!.En, StringComparison.Ordinal);
        Assert.Equal(
            ["form (form) is missing and may not follow later.", "lease (lease) is missing and may follow later."], spec.Refused.Fields.Select(f => f.Detail!.En));
    }

    [Fact] // CASE-2: the deadline itself is in time
    public void At_the_deadline_the_department_may_still_answer()
    {
        var spec = CaseSpec.Submitted(Plain, "form", "lease");
        Assert.Equal(China.At("2020-07-08 23:59:59"), spec.Case.AcceptBy);

        Assert.Empty(spec.Case.Lapse(LegalClock.Zone, spec.Case.AcceptBy!.Value));
        spec.At("2020-07-08 23:59:59").When(Acceptance(Lead));
        Assert.False(spec.Fact<CaseAccepted>().Deemed);
    }

    [Fact] // CLK-1: a day lasts through its last second
    public void Nothing_is_over_before_the_day_is()
    {
        var almost = TimeSpan.FromTicks(TimeSpan.TicksPerSecond - 1);
        Assert.False(CaseSpec.Submitted(Plain, "form", "lease").At(China.At("2020-07-08 23:59:59") + almost).When(Acceptance(Lead)).Fact<CaseAccepted>().Deemed);

        var lawful = CaseSpec.Accepted().At(China.At("2020-07-29 23:59:59") + almost);
        Assert.DoesNotContain(lawful.Passed().Facts, fact => fact is StatutoryLimitPassed);
        Assert.Contains(lawful.At("2020-07-30 00:00").Passed().Facts, fact => fact is StatutoryLimitPassed);
    }

    [Fact] // CASE-2
    public void One_second_later_the_case_counts_as_accepted_on_the_day_it_came_in()
    {
        var facts = CaseSpec.Submitted(Plain).Case.Lapse(LegalClock.Zone, China.At("2020-07-09 00:00"));

        var accepted = Assert.IsType<CaseAccepted>(facts[0]);
        Assert.Equal((true, null, China.At("2020-07-01 10:00"), China.At("2020-07-09 00:00")), (accepted.Deemed, accepted.By, accepted.AcceptedAt, accepted.At));
        Assert.Equal(China.Day("2020-07-29"), accepted.Statutory.On);
        var opened = Assert.IsType<StepOpened>(facts[1]);
        Assert.Equal((China.At("2020-07-01 10:00"), China.Day("2020-07-06")), (opened.OpenedAt, opened.Due.On));
        // CLK-8: nobody kept the promise either.
        Assert.IsType<CaseOverdue>(facts[2]);
        Assert.Equal(3, facts.Count);
    }

    [Fact] // CLK-8: nobody can say why a case is late that nobody knew to be accepted
    public void Why_a_promise_was_missed_before_the_law_accepted_it_is_due_one_working_day_after_that()
    {
        var spec = CaseSpec.Submitted(Plain with { PromisedLimit = new(3, LimitUnit.HallHours) }).At("2020-07-09 00:00").Passed();

        spec.Then(typeof(CaseAccepted), typeof(StepOpened), typeof(CaseOverdue));
        Assert.Equal((China.At("2020-07-01 14:00"), China.At("2020-07-09 23:59:59")), (spec.Fact<CaseOverdue>().DueAt, spec.Fact<CaseOverdue>().ExplainBy));
        spec.At("2020-07-10 00:00").Passed().Then<DelayUnexplained>();
    }

    [Fact] // CASE-2: the law accepted it before the command came
    public void A_command_after_the_deadline_finds_the_case_accepted()
    {
        CaseSpec Late() => CaseSpec.Submitted(Plain).At("2020-07-09 09:00");

        Late().When(Acceptance(Lead)).Then(typeof(CaseAccepted), typeof(StepOpened), typeof(CaseOverdue));
        Late().When(Grant(Lead, "review")).Then(typeof(CaseAccepted), typeof(StepOpened), typeof(CaseOverdue), typeof(StepGranted), typeof(CaseGranted));
        Late().When(Ask.WithdrawCase(Samples.Applicant, null))
            .Then(typeof(CaseAccepted), typeof(StepOpened), typeof(CaseOverdue), typeof(StepCancelled), typeof(CaseWithdrawn));
        Late().When(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺少申请表", "form")])).ThenRefused(CaseRefusals.NotInThisState);
        Assert.Equal(CaseStatus.Submitted, Late().When(Ask.RefuseCase(Clerk(Lead), Grounds)).Case.Status);
    }

    [Fact] // CASE-2: what the department had no word to ask for may still come in
    public void After_a_deemed_acceptance_what_is_required_and_missing_may_be_supplied()
    {
        var spec = CaseSpec.Submitted(Plain, "form").At("2020-07-09 09:00");

        spec.When(Ask.SupplyMaterials(Samples.Applicant, [Paper("lease")])).Then(typeof(CaseAccepted), typeof(StepOpened), typeof(CaseOverdue), typeof(MaterialsSupplied));
        Assert.Equal(["form", "lease"], spec.Case.Materials.Select(m => m.Code));
        Assert.All(["form", "lease", "photo"], code =>
            spec.When(Ask.SupplyMaterials(Samples.Applicant, [Paper(code)])).ThenRefused(CaseRefusals.NotInThisState));
    }

    [Fact] // CASE-2: nobody adds to what a decision rests on
    public void What_was_missing_is_supplied_before_the_decision()
    {
        var late = CaseSpec.Submitted(Plain, "form").At("2020-07-09 09:00").Given(Grant(Lead, "review"));

        late.When(Ask.SupplyMaterials(Agency, [Paper("lease")])).ThenRefused(CaseRefusals.NotInThisState);
    }

    [Fact] // CASE-2
    public void While_a_correction_notice_is_open_no_answer_of_the_department_is_due()
    {
        var spec = CaseSpec.Submitted(Plain).Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺少申请表", "form")]));

        Assert.IsType<CorrectionReminded>(Assert.Single(spec.Case.Lapse(LegalClock.Zone, China.At("2021-07-01 10:00"))));
    }

    [Fact] // CASE-2
    public void Materials_that_answer_the_notice_make_the_five_days_run_anew()
    {
        var spec = CaseSpec.Submitted(Plain).Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺", "form"), new("缺", "lease")]));

        spec.At("2020-07-13 10:00").When(Ask.SupplyMaterials(Agency, [Paper("form")]));
        Assert.Null(spec.Then<MaterialsSupplied>().AcceptBy);
        Assert.Equal(CaseStatus.CorrectionRequested, spec.Case.Status);

        spec.At("2020-07-14 10:00").When(Ask.SupplyMaterials(Samples.Applicant, [Paper("lease")]));
        Assert.Equal(China.At("2020-07-21 23:59:59"), spec.Then<MaterialsSupplied>().AcceptBy);
        Assert.Equal(CaseStatus.Submitted, spec.Case.Status);

        var deemed = (CaseAccepted)spec.Case.Lapse(LegalClock.Zone, China.At("2020-07-22 00:00"))[0];
        Assert.Equal(China.At("2020-07-14 10:00"), deemed.AcceptedAt);
    }

    [Fact] // CASE-2: what nobody asked for does not give the department more time
    public void Materials_handed_in_unasked_do_not_move_the_deadline()
    {
        var spec = CaseSpec.Submitted(Plain, "form").At("2020-07-06 10:00").Given(Ask.SupplyMaterials(Agency, [Paper("lease")]));

        Assert.Equal(China.At("2020-07-08 23:59:59"), spec.Case.AcceptBy);
        spec.When(Acceptance(Lead)).Then(typeof(CaseAccepted), typeof(StepOpened));
    }
}
