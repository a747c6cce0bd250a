using System.Text.Json;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>JOINT-2: fire design is reviewed of special works only, which the application says.</summary>
public class UnneededSteps
{
    private const Department Office = Department.ServiceOffice, Planning = Department.Planning, Works = Department.Construction;
    private const string Step = "fire-review";

    private static readonly Item Project = CatalogueData.Zone().Single(item => item.Code == "INVESTMENT-PROJECT");
    private static readonly Form Form = CatalogueData.FormOf(Project, CatalogueData.Forms())!;

    private static Asked Apply(string fireClass) => Submission(Project, [.. Project.Materials.Select(m => m.Code)]) with { Form = Form, Answer = Stating(fireClass) };

    private static JsonElement Stating(string fireClass) => AnswerText.With(FormExample.Of(Form, new(2020, 7, 1)), Class(fireClass));

    private static JsonElement Class(string fireClass) => JsonSerializer.SerializeToElement(new { fireClass });

    private static Asked Mend(string fireClass) => Ask.Of(Agency, new SupplyMaterials([], Class(fireClass)));

    // The same where the service office has no part in it.
    private static readonly Item Elsewhere = Project with
    { Department = Planning, Procedure = new([.. Project.Procedure.Steps.Select(s => s.Department == Office ? s with { Department = Planning } : s)]) };

    /// <summary>An application for other works, which turn out to be special.</summary>
    internal static CaseSpec Mended() => new CaseSpec().Given(
        Apply("other") with { Item = Elsewhere with { Procedure = new([Elsewhere.Procedure.Steps[0], Elsewhere.Procedure.Steps.Single(s => s.Code == Step) with { After = ["filing"] }]) } }, Mend("special"));

    private static CaseSpec Planned(string fireClass) =>
        new CaseSpec().Given(Apply(fireClass), Acceptance(Office), Grant(Office, "filing"), Grant(Planning, "planning-permit"), Grant(Planning, "land-permit"), Grant(Department.Ecology, "environment"));

    /// <summary>(JOINT-2, CASE-5)</summary>
    [Fact]
    public void Other_works_need_no_review_and_wait_for_none()
    {
        var spec = new CaseSpec().When(Apply("other")).Then(typeof(CaseSubmitted), typeof(StepNotNeeded));

        Assert.Equal([Step], spec.StepsThat(StepStatus.Waived));
        Assert.Equal(Project.Procedure.Steps.Single(s => s.Code == Step).Needed!.Otherwise, spec.Step(Step).NotNeeded);
        Assert.DoesNotContain(Step, spec.Case.PlanOfSteps(LegalClock.Zone, spec.Now).Steps.Select(s => s.Code));
        var planned = Planned("other");
        Assert.Equal(["drawing-review"], planned.StepsThat(StepStatus.Open));
        planned.When(Grant(Works, Step)).ThenRefused(CaseRefusals.StepNotOpen);
        Assert.Equal(CaseStatus.Granted, planned.Given(Grant(Works, "drawing-review"), Grant(Works, "construction-permit")).Case.Status);
    }

    /// <summary>(JOINT-2)</summary>
    [Fact]
    public void Special_works_are_reviewed_before_they_are_permitted()
    {
        new CaseSpec().When(Apply("special")).Then(typeof(CaseSubmitted));
        var spec = Planned("special");
        Assert.Equal(["drawing-review", Step], spec.StepsThat(StepStatus.Open));
        spec.Given(Grant(Works, "drawing-review"));
        Assert.Equal(["construction-permit"], spec.StepsThat(StepStatus.Waiting));
    }

    /// <summary>(JOINT-2, CASE-11, CASE-15) Until it is accepted the step follows what is said.</summary>
    [Fact]
    public void What_is_mended_brings_the_step_back_and_takes_it_away()
    {
        var spec = new CaseSpec().Given(Apply("other"));
        spec.When(Mend("special")).Then(typeof(MaterialsSupplied), typeof(StepNeeded));
        Assert.Equal((StepStatus.Waiting, null), (spec.Step(Step).Status, spec.Step(Step).NotNeeded));
        // What stands there already changes nothing.
        spec.When(Mend("special")).Then();
        spec.When(Mend("other")).Then(typeof(MaterialsSupplied), typeof(StepNotNeeded));
        spec.When(Ask.SupplyMaterials(Agency, [Paper("land-contract")])).Then(typeof(MaterialsSupplied));

        spec.Given(Acceptance(Office)).When(Mend("special")).ThenRefused(CaseRefusals.NotInThisState);
    }

    /// <summary>(JOINT-2, CASE-2) Nobody has to answer for that.</summary>
    [Fact]
    public void The_law_accepts_it_without_the_step()
    {
        var spec = new CaseSpec().Given(Apply("other")).At("2020-07-09 10:00").Passed().Then(typeof(CaseAccepted), typeof(StepOpened));
        Assert.Equal([Step], spec.StepsThat(StepStatus.Waived));
    }

    /// <summary>(JOINT-2, CAT-4) Another item asks by its own data; one that is asked nothing about it has all its steps.</summary>
    [Fact]
    public void A_case_that_moves_is_held_to_what_it_moves_to()
    {
        Item elsewhere = Project with { Code = "OTHER" }, asking = Project with
        {
            Code = "ASKING",
            Procedure = new([.. Project.Procedure.Steps.Select(s => s.Code == Step ? s with { Needed = s.Needed! with { Field = "unasked" } } : s)]),
        };
        CaseSpec Moved(Item to) => new CaseSpec().Given(Apply("other")).When(Ask.MoveCaseToItem(Clerk(Office), to, 1, "改报") with { Form = Form });

        Moved(elsewhere).Then(typeof(CaseMovedToItem), typeof(StepNotNeeded));
        Assert.Empty(Moved(asking).Then(typeof(CaseMovedToItem)).StepsThat(StepStatus.Waived));
    }

    /// <summary>(JOINT-2, JOINT-3, SIGHT-1)</summary>
    [Fact]
    public void Whoever_has_no_part_in_it_does_not_learn_what_was_said()
    {
        var spec = new CaseSpec().Given(Apply("other") with { Item = Elsewhere });

        Assert.DoesNotContain(spec.Case.SeenBy(Clerk(Works))!.Steps, s => s.Code == Step);
        Assert.Empty(spec.Case.SeenBy(spec.Facts, Clerk(Office)).Select(seen => seen.Fact).OfType<StepNotNeeded>());
        Assert.Single(spec.Case.SeenBy(spec.Facts, Agency).Select(seen => seen.Fact).OfType<StepNotNeeded>());
    }

    /// <summary>(JOINT-2, CAT-7) Published is only what every answer decides.</summary>
    [Fact]
    public void What_decides_is_a_choice_that_everybody_makes()
    {
        string[] Wrong(Func<StepNeed, StepNeed> change, string step = Step) =>
        [
            .. CatalogueRules.Check([Project with { Procedure = new([.. Project.Procedure.Steps.Select(s => s.Code == step ? s with { Needed = change(Needed) } : s)]) }])
                .Select(p => p.Path).Where(path => path.Contains("/needed", StringComparison.Ordinal)),
        ];
        const string At = "INVESTMENT-PROJECT/procedure/fire-review/needed";

        Assert.Empty(Wrong(needed => needed));
        Assert.Equal([$"{At}/field"], Wrong(needed => needed with { Field = "nowhere" }));
        Assert.Equal([$"{At}/field"], Wrong(needed => needed with { Field = "structure" })); // which may be left out
        Assert.Equal([$"{At}/field"], Wrong(needed => needed with { Field = "projectName" }));
        Assert.Equal([$"{At}/is"], Wrong(needed => needed with { Is = [] }));
        Assert.Equal([$"{At}/is"], Wrong(needed => needed with { Is = ["special", "special"] }));
        Assert.Equal([$"{At}/is"], Wrong(needed => needed with { Is = ["nuclear"] }));
        Assert.Equal([$"{At}/is"], Wrong(needed => needed with { Is = ["special", "other"] }));
        Assert.Equal([$"{At}/otherwise"], Wrong(needed => needed with { Otherwise = new("不需要", " ") }));
        Assert.Equal(["INVESTMENT-PROJECT/procedure/filing/needed"], Wrong(needed => needed, "filing"));
    }

    /// <summary>(JOINT-2, CAT-4) In June 2020 as today.</summary>
    [Fact]
    public void Both_editions_say_when_it_is_needed() => Assert.All([CatalogueData.Zone(), CatalogueData.June2020()], edition =>
        Assert.Equal(("fireClass", "special"), edition.SelectMany(item => item.Procedure.Steps).Where(step => step.Needed is not null).Select(step => (step.Needed!.Field, Assert.Single(step.Needed.Is))).Single()));

    private static StepNeed Needed => Project.Procedure.Steps.Single(s => s.Code == Step).Needed!;
}
