using OneDoor.Catalogue;
using OneDoor.Exemptions;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>MODE-8: a project that the directory exempts goes on without its environmental step.</summary>
public class ExemptSteps
{
    private const string CarRepair = "services-car-repair", Step = "environment";
    private static readonly EiaAnswers Garage = new(SensitiveArea: false, Spraying: false, Area: 800);

    private static Asked Apply(string? @class = CarRepair, EiaAnswers? answers = null, Item? item = null) =>
        Submission(item ?? Project, "description") with { EiaClass = @class, EiaAnswers = answers ?? Garage };

    [Fact] // MODE-8, JOINT-2, CASE-5
    public void An_exempt_project_needs_no_assessment_and_waits_for_none()
    {
        var spec = new CaseSpec().When(Apply()).Then(typeof(CaseSubmitted), typeof(ExemptionDecided));

        Assert.Equal([Step], spec.StepsThat(StepStatus.Waived));
        Assert.Equal(CarRepair, spec.Case.Exemption!.Decision.Entry!.Code);
        spec.Given(Acceptance(Department.Commerce), Grant(Department.Commerce, "filing"), Grant(Department.Planning, "planning"));
        Assert.Equal(["permit"], spec.StepsThat(StepStatus.Open));
        Assert.Equal(CaseStatus.Granted, spec.Given(Grant(Department.Construction, "permit")).Case.Status);
    }

    [Fact] // MODE-8: not exempt, and the case knows why
    public void A_project_that_is_not_exempt_keeps_its_step()
    {
        var spec = new CaseSpec().Given(Apply(answers: Garage with { Spraying = true }), Acceptance(Department.Commerce), Grant(Department.Commerce, "filing"));

        Assert.Contains(Step, spec.StepsThat(StepStatus.Open));
        Assert.Equal((false, null), (spec.Case.Exemption!.Decision.Exempt, spec.Case.Exemption.Decision.Entry));
        Assert.Equal(["no-spraying"], spec.Case.Exemption.Decision.Trace.Where(f => !f.Holds).Select(f => f.Condition));
    }

    [Fact] // JOINT-3, SIGHT-1: the decision is the lead's and the step's own, whoever has it
    public void Other_departments_see_nothing_of_the_decision()
    {
        var exempt = new CaseSpec().Given(Apply());
        var bound = new CaseSpec().Given(Apply(answers: Garage with { Spraying = true }));

        Assert.NotNull(exempt.Case.SeenBy(Clerk(Department.Commerce), exempt.Now)!.Exemption);
        Assert.Null(exempt.Case.SeenBy(Clerk(Department.Planning), exempt.Now)!.Exemption);
        Assert.Null(exempt.Case.SeenBy(Clerk(Department.Ecology), exempt.Now));
        Assert.NotNull(bound.Case.SeenBy(Clerk(Department.Ecology), bound.Now)!.Exemption);
    }

    [Fact] // MODE-8: a decision about another item's step says nothing about this one's
    public void A_case_that_moves_to_another_item_leaves_the_decision_behind()
    {
        var spec = new CaseSpec().Given(Apply(), Ask.MoveCaseToItem(Clerk(Department.Commerce), Project with { Code = "OTHER" }, 1, "改报"));

        Assert.Null(spec.Case.Exemption);
        Assert.Empty(spec.StepsThat(StepStatus.Waived));
    }

    [Fact] // MODE-8: all that is wrong is told at once, with what else is
    public void What_cannot_be_decided_is_refused_and_nothing_is_submitted()
    {
        new CaseSpec().When(Apply("services-nuclear-power")).ThenRefused(ExemptionRefusals.ClassUnknown, "/eiaClass");
        new CaseSpec().When(Apply(answers: new())).ThenRefused(ExemptionRefusals.AnswerMissing, "/eiaAnswers/sensitiveArea", "/eiaAnswers/spraying", "/eiaAnswers/area");
        new CaseSpec().When(Apply(@class: null)).ThenRefused(ExemptionRefusals.ClassMissing, "/eiaClass");
        new CaseSpec().When(Apply(item: Plain)).ThenRefused(CaseRefusals.MaterialUnknown, "/materials/0/code", "/eiaClass");
        new CaseSpec().When(Submission(Plain) with { EiaClass = CarRepair }).ThenRefused(ExemptionRefusals.NotOffered, "/eiaClass");
    }

    [Fact] // MODE-8: whoever accepts the case has something to do in it
    public void A_step_that_may_be_exempt_is_one_and_no_first_one()
    {
        ProcedureStep first = StepOf("first", Department.Ecology) with { Eia = true };
        var item = Project with { Procedure = new([.. Project.Procedure.Steps, first]) };

        Assert.Equal(["TEST-ITEM/procedure/first/eia", "TEST-ITEM/procedure/first/eia"], CatalogueRules.Check([item]).Select(p => p.Path).Where(path => path.EndsWith("/eia", StringComparison.Ordinal)));
        Assert.DoesNotContain(CatalogueRules.Check([Project]), p => p.Path.EndsWith("/eia", StringComparison.Ordinal));
        Assert.Equal(["environment"], CatalogueData.Zone().SelectMany(i => i.Procedure.Steps).Where(step => step.Eia == true).Select(step => step.Code));
    }
}
