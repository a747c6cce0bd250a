using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>CASE-2 and CASE-3: everything missing is said once (一次性告知).</summary>
public class CorrectionNotices
{
    private const Department Lead = Department.MarketRegulation;

    private static SendCorrectionNotice Notice(params string?[] materials) => new(Clerk(Lead), [.. materials.Select(m => new CorrectionLine("请补正", m))]);

    private static SupplyMaterials Supply(params string[] materials) => new(Agency, [.. materials.Select(Paper)]);

    [Fact] // CASE-2
    public void A_notice_lists_everything_and_stops_the_departments_deadline()
    {
        var spec = CaseSpec.Submitted(Plain, "form").When(Notice("form", "lease", null));

        Assert.Equal(3, spec.Then<CorrectionRequested>().Lines.Count);
        Assert.Equal(CaseStatus.CorrectionRequested, spec.Case.Status);
        Assert.Null(spec.Case.AcceptBy);
        Assert.Equal(["form", "lease"], spec.Case.Notices.Single().Outstanding([]).Select(l => l.Material));
    }

    [Fact] // CASE-3
    public void A_second_notice_about_what_could_have_been_said_is_refused()
    {
        var spec = CaseSpec.Submitted(Plain).Given(Notice("form"));

        spec.When(Notice("lease")).ThenRefused(CaseRefusals.CorrectionAlreadySent);
        spec.When(Notice("form")).ThenRefused(CaseRefusals.CorrectionAlreadySent);
        spec.Given(Supply("form"));
        spec.When(Notice("lease")).ThenRefused(CaseRefusals.CorrectionAlreadySent);
        spec.When(Notice("form", "lease")).ThenRefused(CaseRefusals.CorrectionAlreadySent);
        spec.When(Notice([null])).ThenRefused(CaseRefusals.CorrectionAlreadySent);
    }

    [Fact] // CASE-3
    public void A_second_notice_may_be_about_what_came_in_since()
    {
        var spec = CaseSpec.Submitted(Plain).Given(Notice("form", "lease"), Supply("form", "lease"));

        spec.When(Notice("form")).Then<CorrectionRequested>();
        spec.Given(Supply("form"));
        spec.When(Notice("lease")).ThenRefused(CaseRefusals.CorrectionAlreadySent); // could have been said in the second
        spec.When(Notice("form")).Then<CorrectionRequested>();
        Assert.Equal(3, spec.Case.Notices.Count);
    }

    [Fact] // CASE-2
    public void A_material_supplied_twice_replaces_the_first_and_stands_in_the_notice_once()
    {
        var better = Paper("form") with { Name = "better.pdf" };
        var spec = CaseSpec.Submitted(Plain, "form").Given(Notice("form", "lease"), Supply("form"), new SupplyMaterials(Agency, [better]));

        Assert.Equal([better], spec.Case.Materials);
        Assert.Equal(["form"], spec.Case.Notices.Single().Supplied);
    }

    [Fact] // CASE-2
    public void A_notice_says_something_about_materials_the_item_asks_for()
    {
        var spec = CaseSpec.Submitted(Plain);

        spec.When(Notice()).ThenRefused(CaseRefusals.CorrectionEmpty, "/lines");
        spec.When(Notice([.. Enumerable.Repeat("form", 101)])).ThenRefused(CaseRefusals.CorrectionEmpty, "/lines");
        spec.When(new SendCorrectionNotice(Clerk(Lead), [new("缺", "form"), new(" ", "lease")])).ThenRefused(CaseRefusals.CorrectionEmpty, "/lines/1/text");
        spec.When(Notice("form", "passport")).ThenRefused(CaseRefusals.MaterialUnknown, "/lines/1/material");
    }

    [Fact] // CASE-2
    public void Only_the_lead_sends_a_notice_and_only_before_acceptance()
    {
        CaseSpec.Submitted(Plain).When(Notice("form") with { By = Clerk(Department.Tax) }).ThenRefused(CaseRefusals.NotYourDepartment);
        CaseSpec.Accepted().When(Notice("form")).ThenRefused(CaseRefusals.NotInThisState);
    }

    [Fact] // CASE-2: the lead department's window takes papers in, too
    public void Materials_come_from_the_applicant_the_submitter_or_the_window()
    {
        CaseSpec.Submitted(Plain).When(Supply("form") with { By = Samples.Applicant }).Then<MaterialsSupplied>();
        CaseSpec.Submitted(Plain).When(Supply("form") with { By = Clerk(Lead) }).Then<MaterialsSupplied>();
        CaseSpec.Submitted(Plain).When(Supply("form") with { By = Clerk(Department.Tax) }).ThenRefused(CaseRefusals.NotYourCase);
        CaseSpec.Submitted(Plain).When(Supply("form") with { By = new Actor("mobile", "somebody", Applicant: "person:1") }).ThenRefused(CaseRefusals.NotYourCase);
    }

    [Fact] // CASE-2
    public void What_comes_in_is_described_correctly()
    {
        CaseSpec.Submitted(Plain).When(Supply()).ThenRefused(CaseRefusals.MaterialInvalid, "/materials");
        CaseSpec.Submitted(Plain).When(Supply("passport")).ThenRefused(CaseRefusals.MaterialUnknown, "/materials/0/code");
    }

    [Fact] // CASE-2: a case may be accepted although its notice is not answered whole
    public void The_department_may_accept_while_its_notice_is_open() =>
        CaseSpec.Submitted(Plain, "form", "lease").Given(Notice("photo")).When(Acceptance(Lead)).Then(typeof(CaseAccepted), typeof(StepOpened));
}
