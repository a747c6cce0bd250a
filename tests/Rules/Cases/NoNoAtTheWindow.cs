using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>CASE-4 (窗口不说NO): a clerk redirects or refers upward; only a supervisor refuses.</summary>
public class NoNoAtTheWindow
{
    private const Department Lead = Department.MarketRegulation;

    private static readonly Item Other = ItemOf(Department.Tax, [StepOf("review", Department.Tax, materials: ["return"])])
        with
    { Code = "OTHER-ITEM", Materials = [MaterialOf("return"), MaterialOf("form")] };

    private static Asked Move(Department by = Lead, string reason = "属于税务事项") => Ask.MoveCaseToItem(Clerk(by), Other, 5, reason);

    [Fact] // CASE-4
    public void A_clerk_cannot_refuse_a_step_or_a_case()
    {
        CaseSpec.Accepted().When(Ask.RefuseStep(Clerk(Lead), "review", Grounds)).ThenRefused(CaseRefusals.OnlyASupervisorRefuses);
        CaseSpec.Accepted().When(Ask.RefuseCase(Clerk(Lead), Grounds)).ThenRefused(CaseRefusals.OnlyASupervisorRefuses);
        CaseSpec.Submitted(Plain).When(Ask.RefuseCase(Clerk(Lead), Grounds)).ThenRefused(CaseRefusals.OnlyASupervisorRefuses);
    }

    [Theory] // CASE-4
    [InlineData("", "第三十八条", "可以复议", "/reason")]
    [InlineData("不符合", " ", "可以复议", "/legalBasis")]
    [InlineData("不符合", "第三十八条", "", "/remedy")]
    [InlineData("不\0符合", "第三十八条", "可以复议", "/reason")]
    public void A_refusal_names_reason_legal_basis_and_remedy(string reason, string basis, string remedy, string pointer)
    {
        var grounds = new RefusalGrounds(basis, reason, remedy);

        CaseSpec.Accepted().When(Ask.RefuseStep(Supervisor(Lead), "review", grounds)).ThenRefused(CaseRefusals.GroundsMissing, pointer);
        CaseSpec.Accepted().When(Ask.RefuseCase(Supervisor(Lead), grounds)).ThenRefused(CaseRefusals.GroundsMissing, pointer);
    }

    [Fact] // CASE-4: 2,000 characters are counted as people count them
    public void Reasons_have_up_to_2000_characters_in_any_script()
    {
        string Long(int length) => string.Concat(Enumerable.Repeat("𠮷", length));

        CaseSpec.Accepted().When(Ask.ReferStepUpward(Clerk(Lead), null, Long(2000))).Then<StepReferredUpward>();
        CaseSpec.Accepted().When(Ask.ReferStepUpward(Clerk(Lead), null, Long(2001))).ThenRefused(CaseRefusals.ReasonMissing, "/reason");
        CaseSpec.Accepted().When(Ask.ReferStepUpward(Clerk(Lead), null, "第一行\n第二行")).Then<StepReferredUpward>();
    }

    [Fact] // CASE-4
    public void Referral_upward_takes_the_decision_from_the_clerk()
    {
        var spec = CaseSpec.Accepted().When(Ask.ReferStepUpward(Clerk(Lead), null, "情况复杂"));
        Assert.Equal("review", spec.Then<StepReferredUpward>().Step);

        spec.When(Ask.ReferStepUpward(Clerk(Lead), "review", "再次上报")).ThenNothing();
        spec.When(Grant(Lead, "review")).ThenRefused(CaseRefusals.ReferredUpward);
        spec.When(Ask.GrantStep(Supervisor(Lead), "review", null)).Then(typeof(StepGranted), typeof(CaseGranted));
    }

    [Fact] // CASE-4
    public void Referral_upward_is_for_ones_own_unfinished_step_with_a_reason()
    {
        CaseSpec.Accepted().When(Ask.ReferStepUpward(Clerk(Lead), "review", "")).ThenRefused(CaseRefusals.ReasonMissing, "/reason");
        CaseSpec.Licensed().When(Ask.ReferStepUpward(Clerk(Department.Tax), "seals", "复杂")).ThenRefused(CaseRefusals.StepNotFound);
        CaseSpec.Licensed().When(Ask.ReferStepUpward(Clerk(Lead), "licence", "复杂")).ThenRefused(CaseRefusals.StepNotOpen);
        CaseSpec.Licensed().When(Ask.ReferStepUpward(Clerk(Lead), null, "复杂")).ThenRefused(CaseRefusals.StepNotNamed, "/step");
        CaseSpec.Licensed().Given(Ask.WithdrawCase(Agency, null)).When(Ask.ReferStepUpward(Clerk(Department.Tax), "invoices", "复杂"))
            .ThenRefused(CaseRefusals.NotInThisState);
    }

    [Fact] // CASE-4
    public void A_step_goes_to_the_right_department()
    {
        var spec = CaseSpec.Licensed().Given(Ask.ReferStepUpward(Clerk(Department.Tax), null, "复杂"));

        spec.When(Ask.RedirectStep(Clerk(Department.Tax), null, Department.PublicSecurity, "应由公安办理"));
        Assert.Equal((Department.Tax, Department.PublicSecurity), (spec.Then<StepRedirected>().From, spec.Then<StepRedirected>().To));
        Assert.Equal(Lead, spec.Case.Lead);
        spec.When(Grant(Department.Tax, "invoices")).ThenRefused(CaseRefusals.StepNotFound);
        spec.When(Grant(Department.PublicSecurity, "invoices")).Then<StepGranted>(); // the referral stayed with the department that made it
    }

    /// <summary>(B11)</summary>
    [Fact] // CASE-4
    public void A_redirection_goes_elsewhere_and_says_why()
    {
        var tax = Clerk(Department.Tax);

        CaseSpec.Licensed().When(Ask.RedirectStep(tax, null, Department.Tax, "错")).ThenRefused(CaseRefusals.AlreadyThere, "/department");
        CaseSpec.Licensed().When(Ask.RedirectStep(tax, null, Department.PublicSecurity, "")).ThenRefused(CaseRefusals.ReasonMissing, "/reason");
        CaseSpec.Licensed().When(Ask.RedirectStep(tax, "seals", Department.Customs, "错")).ThenRefused(CaseRefusals.StepNotFound);
        CaseSpec.Licensed().When(Ask.RedirectStep(tax, null, Department.Customs, "错")).ThenRefused(CaseRefusals.DepartmentNotOfItem, "/department"); // no authority by courtesy
        CaseSpec.Licensed().When(Ask.RedirectStep(Samples.Applicant, "seals", Department.Customs, "错")).ThenRefused(CaseRefusals.StepNotFound);
        CaseSpec.Licensed().Given(Ask.WithdrawCase(Agency, null)).When(Ask.RedirectStep(tax, "invoices", Department.Customs, "错"))
            .ThenRefused(CaseRefusals.NotInThisState);
    }

    [Fact] // CASE-4
    public void The_lead_follows_its_first_step_before_acceptance_and_its_last_one_after()
    {
        var item = ItemOf(Lead, [StepOf("first", Lead), StepOf("archive", Lead, ["first"]), StepOf("fire", Department.Fire, ["first"])]);
        var before = CaseSpec.Submitted(item).Given(Ask.RedirectStep(Clerk(Lead), "first", Department.Fire, "应由消防办理"));
        before.When(Acceptance(Lead)).ThenRefused(CaseRefusals.NotYourDepartment);
        before.When(Acceptance(Department.Fire)).Then(typeof(CaseAccepted), typeof(StepOpened));

        var after = CaseSpec.Submitted(item).Given(Acceptance(Lead), Ask.RedirectStep(Clerk(Lead), "first", Department.Fire, "应由消防办理"));
        Assert.Equal(Lead, after.Case.Lead);
        after.Given(Ask.RedirectStep(Clerk(Lead), "archive", Department.Fire, "应由消防办理"));
        after.When(Ask.ExtendLimit(Supervisor(Department.Fire), Limit.WorkingDays(5), "复杂")).Then<StatutoryLimitExtended>();
    }

    [Fact] // CASE-4: redirecting a later step says nothing about who answers for acceptance
    public void The_lead_stays_when_a_later_step_of_it_is_redirected()
    {
        var item = ItemOf(Lead, [StepOf("first", Lead), StepOf("archive", Lead, ["first"]), StepOf("tax", Department.Tax, ["first"])]);
        var spec = CaseSpec.Submitted(item).Given(Ask.RedirectStep(Clerk(Lead), "archive", Department.Tax, "归税务"));

        Assert.Equal(Lead, spec.Case.Lead);
        spec.Given(Ask.RedirectStep(Clerk(Lead), "first", Department.Tax, "归税务"));
        Assert.Equal(Department.Tax, spec.Case.Lead);
    }

    [Fact] // CASE-4, CAT-4
    public void A_case_not_yet_accepted_moves_to_the_right_item()
    {
        var spec = CaseSpec.Submitted(Plain, "form").At("2020-07-03 10:00").When(Move());

        Assert.Equal(("OTHER-ITEM", 5), (spec.Then<CaseMovedToItem>().Plan.Item, spec.Case.Plan.Version));
        Assert.Equal(Department.Tax, spec.Case.Lead);
        Assert.Equal(China.At("2020-07-08 23:59:59"), spec.Case.AcceptBy); // moving gains no time
        spec.Given(Ask.SupplyMaterials(Agency, [Paper("return")]));
        spec.When(Acceptance(Department.Tax)).Then(typeof(CaseAccepted), typeof(StepOpened));
    }

    [Fact] // CASE-2, CASE-3: the old item's notice binds nobody under the new one
    public void A_move_voids_an_open_correction_notice()
    {
        var spec = CaseSpec.Submitted(Plain).Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺", "lease")])).At("2020-07-13 10:00").Given(Move());

        Assert.Equal(CaseStatus.Submitted, spec.Case.Status);
        Assert.Equal(China.At("2020-07-20 23:59:59"), spec.Case.AcceptBy);
        var deemed = (CaseAccepted)spec.Case.Lapse(LegalClock.Zone, China.At("2020-07-21 00:00"))[0];
        Assert.Equal(China.At("2020-07-13 10:00"), deemed.AcceptedAt);
        spec.When(Ask.SendCorrectionNotice(Clerk(Department.Tax), [new("缺", "return")])).Then<CorrectionRequested>();
        spec.When(Ask.SupplyMaterials(Agency, [Paper("return")]));
        Assert.NotNull(spec.Then<MaterialsSupplied>().AcceptBy);
    }

    [Fact] // CASE-4
    public void A_move_is_the_leads_before_acceptance_to_another_living_item_and_says_why()
    {
        CaseSpec.Submitted(Plain).When(Move(Department.Tax)).ThenRefused(CaseRefusals.NotYourDepartment);
        CaseSpec.Submitted(Plain).When(Move(reason: "")).ThenRefused(CaseRefusals.ReasonMissing, "/reason");
        CaseSpec.Submitted(Plain).When(Move() with { Item = Plain }).ThenRefused(CaseRefusals.AlreadyThere, "/item");
        CaseSpec.Submitted(Plain).When(Move() with { Item = Other with { Mode = ReformMode.Abolished } }).ThenRefused(CaseRefusals.ItemAbolished, "/item");
        CaseSpec.Accepted().When(Move()).ThenRefused(CaseRefusals.NotInThisState);
    }
}
