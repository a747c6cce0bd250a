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

    [Fact] // what is answered as if it held is lost
    public void A_decision_in_other_words_comes_too_late()
    {
        var system = Clerk(Lead) with { Subject = $"{Kebab.Of(Lead)}-desk" };
        Officer officer = new("031", "王伟"), other = new("032", "李伟");
        Asked Granting(string? reason = "齐全", Officer? by = null, IReadOnlyList<ResultGiven>? results = null) =>
            Ask.Of(system, new DecideStep(StepOutcome.Granted, reason, Officer: by ?? officer, Results: results) { Step = "licence" });
        var spec = CaseSpec.Submitted(Joint, "form", "seal-order", "tax-form").Given(Ask.Of(system, new AcceptCase(Officer: other)));

        spec.When(Ask.Of(system, new AcceptCase(Officer: other))).ThenNothing();
        spec.When(Ask.Of(system, new AcceptCase(Officer: officer))).ThenRefused(CaseRefusals.NotInThisState);

        spec.Given(Granting());
        spec.When(Granting()).ThenNothing();
        spec.When(Grant(Lead, "licence")).ThenNothing();
        spec.When(Granting(reason: "基本齐全")).ThenRefused(CaseRefusals.StepNotOpen);
        spec.When(Granting(by: other)).ThenRefused(CaseRefusals.StepNotOpen);
        spec.When(Granting(results: [new("证明", default)])).ThenRefused(CaseRefusals.StepNotOpen);
    }

    /// <summary>(B1)</summary>
    [Fact] // CASE-5: tax refuses invoices, and registering for insurance is owed all the same
    public void A_refusal_ends_its_own_step_and_what_waits_for_it_and_the_others_go_on()
    {
        var item = ItemOf(Lead, [StepOf("licence", Lead), StepOf("invoices", Tax, ["licence"]), StepOf("quota", Tax, ["invoices"]), StepOf("print", Police, ["quota", "seals"]), StepOf("seals", Police, ["licence"])]);
        var spec = CaseSpec.Submitted(item).Given(Acceptance(Lead), Grant(Lead, "licence")).When(Ask.RefuseStep(Supervisor(Tax), "invoices", Grounds));

        spec.Then(typeof(StepRefused), typeof(StepCancelled), typeof(StepCancelled));
        Assert.All(spec.Facts.OfType<StepCancelled>(), f => Assert.Equal(CancelledBecause.PredecessorRefused, f.Because));
        Assert.Equal(["quota", "print"], spec.StepsThat(StepStatus.Cancelled));
        Assert.Equal((CaseStatus.Accepted, null, Grounds), (spec.Case.Status, spec.Case.RefusedFor, spec.Step("invoices").Grounds));
        spec.At("2020-07-02 10:00").When(Grant(Police, "seals")).Then(typeof(StepGranted), typeof(CaseEnded));
        Assert.Equal((CaseStatus.PartlyGranted, null), (spec.Case.Status, spec.Case.RefusedFor));
        Assert.Equal((China.At("2020-07-02 10:00"), new Limit(1.0m, LimitUnit.WorkingDays)), (spec.Case.DecidedAt, spec.Case.Actual));
    }

    [Fact] // CASE-5
    public void A_refused_step_stays_refused_and_goes_to_nobody()
    {
        var spec = CaseSpec.Licensed().Given(Ask.RefuseStep(Supervisor(Tax), "invoices", Grounds));

        spec.When(Ask.RefuseStep(Supervisor(Tax), "invoices", Grounds)).ThenNothing();
        spec.When(Ask.RefuseStep(Supervisor(Tax), "invoices", Grounds with { LegalBasis = "另一条" })).ThenRefused(CaseRefusals.StepNotOpen);
        spec.When(Grant(Tax, "invoices")).ThenRefused(CaseRefusals.StepNotOpen);
        spec.When(Ask.RedirectStep(Clerk(Tax), "invoices", Police, "归公安")).ThenRefused(CaseRefusals.StepNotOpen);
        spec.When(Ask.RefuseStep(Supervisor(Police), "invoices", Grounds)).ThenRefused(CaseRefusals.StepNotFound);
    }

    [Fact] // CASE-5: each refused step shows its own authority's decision
    public void A_case_of_which_nothing_is_granted_is_refused()
    {
        var one = CaseSpec.Accepted().When(Ask.RefuseStep(Supervisor(Lead), "review", Grounds)).Then(typeof(StepRefused), typeof(CaseEnded));
        Assert.Equal((CaseStatus.Refused, Grounds), (one.Case.Status, one.Case.RefusedFor));

        var ofTax = Grounds with { Reason = "欠税未清" };
        var two = CaseSpec.Submitted(ItemOf(Lead, [StepOf("a", Lead), StepOf("b", Tax)])).Given(
            Acceptance(Lead), Ask.RefuseStep(Supervisor(Lead), "a", Grounds), Ask.RefuseStep(Supervisor(Tax), "b", ofTax));
        Assert.Equal((CaseStatus.Refused, null), (two.Case.Status, two.Case.RefusedFor));
        Assert.Equal([Grounds, ofTax], two.Case.Steps.Select(s => s.Grounds));
    }

    [Fact] // CASE-4, CASE-5
    public void The_leads_supervisor_refuses_for_all_between_acceptance_and_the_first_decided_step()
    {
        var spec = CaseSpec.Submitted(Joint, "form", "seal-order", "tax-form").Given(Acceptance(Lead));

        spec.When(Ask.RefuseCase(Supervisor(Tax), Grounds)).ThenRefused(CaseRefusals.NotYourDepartment);
        spec.When(Ask.RefuseCase(Supervisor(Lead), Grounds)).Then([.. Enumerable.Repeat(typeof(StepCancelled), 4), typeof(CaseRefused)]);
        Assert.All(spec.Facts.OfType<StepCancelled>(), f => Assert.Equal(CancelledBecause.CaseRefused, f.Because));
        Assert.Equal((null, Grounds), (spec.Fact<CaseRefused>().Step, spec.Case.RefusedFor));
        spec.When(Ask.RefuseCase(Supervisor(Lead), Grounds)).ThenNothing();
        spec.When(Ask.RefuseCase(Supervisor(Lead), Grounds with { Reason = "另有原因" })).ThenRefused(CaseRefusals.NotInThisState);

        CaseSpec.Submitted(Plain).When(Ask.RefuseCase(Supervisor(Lead), Grounds)).ThenRefused(CaseRefusals.NotAccepted);
        CaseSpec.Licensed().When(Ask.RefuseCase(Supervisor(Lead), Grounds)).ThenRefused(CaseRefusals.StepDecided);
        CaseSpec.Accepted().Given(Grant(Lead, "review")).When(Ask.RefuseCase(Supervisor(Lead), Grounds)).ThenRefused(CaseRefusals.NotInThisState);
        CaseSpec.Accepted().Given(Ask.RefuseStep(Supervisor(Lead), "review", Grounds)).When(Ask.RefuseCase(Supervisor(Lead), Grounds)).ThenRefused(CaseRefusals.NotInThisState);
    }

    [Fact] // CASE-6
    public void The_applicant_withdraws_what_nobody_has_decided()
    {
        var spec = CaseSpec.Submitted(Plain).When(Ask.WithdrawCase(Samples.Applicant, null)).Then(typeof(StepCancelled), typeof(CaseWithdrawn));

        Assert.All(spec.Facts.OfType<StepCancelled>(), f => Assert.Equal(CancelledBecause.CaseWithdrawn, f.Because));
        Assert.Equal((CaseStatus.Withdrawn, null), (spec.Case.Status, spec.Case.DecidedAt));
        spec.When(Ask.WithdrawCase(Agency, null)).ThenNothing();
        spec.When(Ask.WithdrawCase(Agency, "明年再办")).ThenRefused(CaseRefusals.NotInThisState);
    }

    /// <summary>(B2)</summary>
    [Fact] // CASE-6: a licence that was granted ends by cancellation only (LIC-6)
    public void What_was_granted_stays_when_the_applicant_withdraws_the_rest()
    {
        var spec = CaseSpec.Licensed().When(Ask.WithdrawCase(Agency, "不办了"));

        spec.Then(typeof(RestWithdrawn), typeof(StepCancelled), typeof(StepCancelled), typeof(StepCancelled), typeof(CaseEnded));
        Assert.Equal(["licence"], spec.StepsThat(StepStatus.Granted));
        Assert.Equal(["seals", "invoices", "insurance"], spec.StepsThat(StepStatus.Cancelled));
        Assert.Equal((CaseStatus.PartlyGranted, spec.Now), (spec.Case.Status, spec.Case.DecidedAt));
        Assert.Equal("business-licence", spec.Case.Licences.Single().Licence.Code);
        spec.When(Ask.WithdrawCase(Agency, null)).ThenNothing();

        var refused = CaseSpec.Submitted(ItemOf(Lead, [StepOf("a", Lead), StepOf("b", Tax)])).Given(
            Acceptance(Lead), Ask.RefuseStep(Supervisor(Tax), "b", Grounds), Ask.WithdrawCase(Agency, null));
        Assert.Equal((CaseStatus.Refused, Grounds), (refused.Case.Status, refused.Case.RefusedFor));
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

    [Fact] // CASE-5, CASE-8: until 0.2 one step's refusal ended the case and cancelled everybody's, and such a case stays as it ended
    public void What_one_refusal_ended_stays_ended()
    {
        var spec = CaseSpec.Licensed();
        CaseFact[] before =
        [
            new StepRefused(spec.Now, Supervisor(Tax), "invoices", Grounds),
            new StepCancelled(spec.Now, Supervisor(Tax), "seals", CancelledBecause.CaseRefused),
            new StepCancelled(spec.Now, Supervisor(Tax), "insurance", CancelledBecause.CaseRefused),
            new CaseRefused(spec.Now, Supervisor(Tax), "invoices", Grounds, new Limit(1, LimitUnit.WorkingDays)),
        ];

        var ended = before.Aggregate(spec.Case, Case.Evolve);

        Assert.Equal((CaseStatus.Refused, Grounds, 1), (ended.Status, ended.RefusedFor, ended.Licences.Count));
        var again = Ask.RefuseStep(Supervisor(Tax), "invoices", Grounds);
        Assert.Empty(Case.Decide(ended, again.Command, again.At(spec.Now)).Facts);
        var withdrawn = new CaseWithdrawn(spec.Now, Agency, null);
        Assert.Equal((CaseStatus.Withdrawn, 1), (Case.Evolve(spec.Case, withdrawn).Status, spec.Case.Licences.Count));
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
    public void A_licence_whose_law_asks_for_it_is_delivered_sooner()
    {
        var item = Joint with { Delivery = Delivery.Usual with { Within = Limit.WorkingDays(5) } };
        var spec = CaseSpec.Submitted(item, "form", "seal-order", "tax-form").Given(Acceptance(Lead)).At("2020-09-23 16:00");

        Assert.Equal(China.Day("2020-09-29"), spec.When(Grant(Lead, "licence")).Fact<LicenceDelivered>().DeliverBy); // 27 September is worked
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
