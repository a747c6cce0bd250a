using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>CASE-5, CASE-6 and CASE-10 told as stories of the joint case.</summary>
public class Endings
{
    private const Department Lead = Department.MarketRegulation, Tax = Department.Tax, Police = Department.PublicSecurity;

    [Fact] // CASE-5, JOINT-1
    public void A_joint_case_runs_through_its_departments_side_by_side()
    {
        var spec = CaseSpec.Submitted(Joint, "form", "seal-order", "tax-form").Given(Acceptance(Lead));
        Assert.Equal(["licence"], spec.StepsThat(StepStatus.Open));

        spec.When(Grant(Lead, "licence")).Then(typeof(StepGranted), typeof(LicenceDelivered), typeof(StepOpened), typeof(StepOpened));
        Assert.Equal(["seals", "invoices"], spec.StepsThat(StepStatus.Open));
        spec.When(Grant(Tax, "invoices")).Then<StepGranted>();
        spec.When(Grant(Police, "seals")).Then(typeof(StepGranted), typeof(StepOpened));
        spec.At("2020-07-02 10:00").When(Grant(Department.SocialSecurity, "insurance")).Then(typeof(StepGranted), typeof(CaseGranted));

        Assert.Equal(CaseStatus.Granted, spec.Case.Status);
        Assert.Equal(China.At("2020-07-02 10:00"), spec.Case.DecidedAt);
        Assert.Equal(new Limit(1.0m, LimitUnit.WorkingDays), spec.Case.Actual);
    }

    [Fact] // CASE-5
    public void A_step_is_decided_once_by_its_department_while_open()
    {
        var spec = CaseSpec.Licensed();

        spec.When(Grant(Lead, "licence")).ThenNothing();
        spec.When(Grant(Tax, "licence")).ThenRefused(CaseRefusals.StepNotFound);
        spec.When(Grant(Tax, "nowhere")).ThenRefused(CaseRefusals.StepNotFound);
        spec.When(Grant(Department.SocialSecurity, "insurance")).ThenRefused(CaseRefusals.StepNotOpen);
        spec.When(Ask.RefuseStep(Supervisor(Lead), "licence", Grounds)).ThenRefused(CaseRefusals.StepNotOpen);
        spec.When(Ask.GrantStep(Clerk(Tax), "invoices", "")).ThenRefused(CaseRefusals.ReasonMissing, "/reason");
        CaseSpec.Submitted(Joint).When(Grant(Lead, "licence")).ThenRefused(CaseRefusals.NotAccepted);
    }

    [Fact] // CASE-5
    public void One_refusal_ends_the_case_and_the_steps_still_open_are_told_so()
    {
        var spec = CaseSpec.Licensed().At("2020-07-02 10:00").When(Ask.RefuseStep(Supervisor(Tax), "invoices", Grounds));

        spec.Then(typeof(StepRefused), typeof(StepCancelled), typeof(StepCancelled), typeof(CaseRefused));
        Assert.Equal(["seals", "insurance"], spec.StepsThat(StepStatus.Cancelled));
        Assert.Equal(["licence"], spec.StepsThat(StepStatus.Granted));
        Assert.Equal((CaseStatus.Refused, Grounds), (spec.Case.Status, spec.Case.Grounds));
        Assert.Equal("invoices", spec.Fact<CaseRefused>().Step);
        Assert.All(spec.Facts.OfType<StepCancelled>(), f => Assert.Equal(CancelledBecause.CaseRefused, f.Because));
        spec.When(Ask.RefuseStep(Supervisor(Tax), "invoices", Grounds)).ThenNothing();
        spec.When(Ask.RefuseStep(Supervisor(Tax), "invoices", Grounds with { LegalBasis = "另一条" })).ThenRefused(CaseRefusals.NotInThisState);
        spec.When(Grant(Police, "seals")).ThenRefused(CaseRefusals.StepNotOpen);
        spec.When(Ask.RefuseStep(Supervisor(Police), "invoices", Grounds)).ThenRefused(CaseRefusals.StepNotFound);
    }

    [Fact] // CASE-4, CASE-5
    public void The_leads_supervisor_refuses_the_case_as_a_whole()
    {
        var spec = CaseSpec.Licensed();

        spec.When(Ask.RefuseCase(Supervisor(Tax), Grounds)).ThenRefused(CaseRefusals.NotYourDepartment);
        spec.When(Ask.RefuseCase(Supervisor(Lead), Grounds)).Then(typeof(StepCancelled), typeof(StepCancelled), typeof(StepCancelled), typeof(CaseRefused));
        Assert.Null(spec.Fact<CaseRefused>().Step);
        Assert.NotNull(spec.Case.Actual);
        spec.When(Ask.RefuseCase(Supervisor(Lead), Grounds)).ThenNothing();
        spec.When(Ask.RefuseCase(Supervisor(Lead), Grounds with { Reason = "另有原因" })).ThenRefused(CaseRefusals.NotInThisState);

        var unaccepted = CaseSpec.Submitted(Plain).When(Ask.RefuseCase(Supervisor(Lead), Grounds)).Then(typeof(StepCancelled), typeof(CaseRefused));
        Assert.Null(unaccepted.Case.Actual);
        Assert.Null(unaccepted.Case.AcceptBy);
        CaseSpec.Accepted().Given(Grant(Lead, "review")).When(Ask.RefuseCase(Supervisor(Lead), Grounds)).ThenRefused(CaseRefusals.NotInThisState);
    }

    [Fact] // CASE-6
    public void The_applicant_withdraws_until_the_decision()
    {
        CaseSpec.Submitted(Plain).When(Ask.WithdrawCase(Samples.Applicant, null)).Then(typeof(StepCancelled), typeof(CaseWithdrawn));

        var spec = CaseSpec.Licensed().When(Ask.WithdrawCase(Agency, "不办了"));
        spec.Then(typeof(StepCancelled), typeof(StepCancelled), typeof(StepCancelled), typeof(CaseWithdrawn));
        Assert.Equal(["seals", "invoices", "insurance"], spec.StepsThat(StepStatus.Cancelled));
        Assert.All(spec.Facts.OfType<StepCancelled>(), f => Assert.Equal(CancelledBecause.CaseWithdrawn, f.Because));
        Assert.Equal((CaseStatus.Withdrawn, null), (spec.Case.Status, spec.Case.DecidedAt));
        spec.When(Ask.WithdrawCase(Agency, null)).ThenNothing();
    }

    [Fact] // CASE-6
    public void Nobody_else_withdraws_and_nobody_after_the_decision()
    {
        var spec = CaseSpec.Accepted();

        spec.When(Ask.WithdrawCase(Supervisor(Lead), null)).ThenRefused(CaseRefusals.NotYourCase);
        spec.When(Ask.WithdrawCase(new Actor("mobile", "somebody", Applicant: "person:1"), null)).ThenRefused(CaseRefusals.NotYourCase);
        spec.When(Ask.WithdrawCase(Agency, "\0")).ThenRefused(CaseRefusals.ReasonMissing, "/reason");
        spec.Given(Grant(Lead, "review")).When(Ask.WithdrawCase(Agency, null)).ThenRefused(CaseRefusals.NotInThisState);
        CaseSpec.Accepted().Given(Ask.RefuseCase(Supervisor(Lead), Grounds)).When(Ask.WithdrawCase(Agency, null)).ThenRefused(CaseRefusals.NotInThisState);
    }

    [Fact] // CASE-10 (行政许可法 art. 44)
    public void A_licence_is_delivered_at_once_and_the_law_leaves_10_working_days()
    {
        var spec = CaseSpec.Submitted(Joint, "form", "seal-order", "tax-form").Given(Acceptance(Lead)).At("2020-09-23 16:00");

        var licence = spec.When(Grant(Lead, "licence")).Fact<LicenceDelivered>();

        Assert.Equal(("business-licence", "TEST-ITEM-20200701-000042-1"), (licence.Licence.Code, licence.Number));
        Assert.Equal((China.At("2020-09-23 16:00"), China.Day("2020-10-13")), (licence.At, licence.DeliverBy)); // National Day lies between
        Assert.Equal(("licence", licence.Number), (spec.Case.Licences.Single().Step, spec.Case.Licences.Single().Number));
    }

    [Fact] // CASE-10
    public void Every_licence_of_a_case_has_a_number_of_its_own()
    {
        var kind = new IssuedLicence("permit", new("许可证", "Permit"));
        var item = ItemOf(Lead, [StepOf("a", Lead) with { Issues = kind }, StepOf("b", Tax) with { Issues = kind }, StepOf("c", Tax)]);

        var spec = CaseSpec.Submitted(item).Given(Acceptance(Lead), Grant(Tax, "b"), Grant(Tax, "c"), Grant(Lead, "a"));

        Assert.Equal(["TEST-ITEM-20200701-000042-1", "TEST-ITEM-20200701-000042-2"], spec.Case.Licences.Select(l => l.Number));
    }
}
