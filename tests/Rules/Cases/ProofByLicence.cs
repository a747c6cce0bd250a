using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>JOINT-4 and CAT-2: nothing is asked twice; a licence already held proves what it proves.</summary>
public class ProofByLicence
{
    private const Department Lead = Department.MarketRegulation, Tax = Department.Tax;

    private static readonly DeliveredLicence Licence = Delivered("OTHER-20200601-000007-1", "2020-06-01 10:00");

    /// <summary>The tax office's step needs a copy of the licence, which the licence itself makes unnecessary.</summary>
    private static readonly Item Closing = ItemOf(Lead,
        [StepOf("announcement", Lead, materials: ["form"]), StepOf("clearance", Tax, materials: ["copy"]), StepOf("seals", Department.PublicSecurity)]) with
    { Materials = [MaterialOf("form"), MaterialOf("copy") with { ProvedBy = "business-licence", Deferrable = true }] };

    private static Asked Notice(params string[] materials) => Ask.SendCorrectionNotice(Clerk(Lead), [.. materials.Select(m => new CorrectionLine("请补正", m))]);

    private static DeliveredLicence Delivered(string number, string at, string kind = "business-licence") =>
        new("licence", new(kind, new("营业执照", "Business licence")), number, China.At(at), China.Day("2020-06-30"));

    [Fact] // JOINT-4
    public void What_a_licence_held_proves_is_not_missing()
    {
        var spec = new CaseSpec().When(Submission(Closing, "form") with { Held = [Licence] });

        spec.Then(typeof(CaseSubmitted), typeof(MaterialsProved));
        Assert.Equal([new MaterialProved("copy", Licence.Licence, Licence.Number)], spec.Case.Proved);
        spec.When(Acceptance(Lead) with { Held = [Licence] }).Then(typeof(CaseAccepted), typeof(StepOpened), typeof(StepOpened), typeof(StepOpened));
        Assert.Empty(spec.Case.Deferred);
    }

    [Fact] // JOINT-4
    public void Without_the_licence_the_material_is_missing()
    {
        CaseSpec Story(params DeliveredLicence[] held) => new CaseSpec().Given(Submission(Closing, "form") with { Held = held });

        Story().When(Acceptance(Lead)).ThenRefused(CaseRefusals.MaterialsMissing, "/materials/copy");
        Story(Delivered("N", "2020-06-01 10:00", "food-licence")).When(Acceptance(Lead)).ThenRefused(CaseRefusals.MaterialsMissing, "/materials/copy");
    }

    [Fact] // JOINT-4: who got the licence between submission and acceptance is not refused
    public void A_licence_held_by_the_time_of_acceptance_proves()
    {
        var spec = CaseSpec.Submitted(Closing, "form").When(Acceptance(Lead) with { Held = [Licence] });

        spec.Then(typeof(MaterialsProved), typeof(CaseAccepted), typeof(StepOpened), typeof(StepOpened), typeof(StepOpened));
        Assert.Equal(Clerk(Lead), spec.Facts[1].By);
        spec.When(Acceptance(Lead) with { Held = [Licence] }).ThenNothing();
    }

    [Fact] // JOINT-4: a command that is refused proves nothing
    public void A_refused_acceptance_records_nothing()
    {
        var spec = CaseSpec.Submitted(Closing).When(Acceptance(Lead) with { Held = [Licence] }).ThenRefused(CaseRefusals.MaterialsMissing, "/materials/form");

        Assert.DoesNotContain("copy", spec.Refused!.Detail!.En, StringComparison.Ordinal);
        Assert.Empty(spec.Case.Proved);
    }

    [Fact] // JOINT-4
    public void A_notice_does_not_ask_for_what_is_proved()
    {
        new CaseSpec().Given(Submission(Closing) with { Held = [Licence] }).When(Notice("form", "copy") with { Held = [Licence] })
            .ThenRefused(CaseRefusals.MaterialProved, "/lines/1/material");
        var late = CaseSpec.Submitted(Closing).When(Notice("copy") with { Held = [Licence] }).ThenRefused(CaseRefusals.MaterialProved, "/lines/0/material");
        Assert.Contains("Business licence", late.Refused!.Detail!.En, StringComparison.Ordinal);

        CaseSpec.Submitted(Closing).At("2020-07-07 09:00").When(Notice("form") with { Held = [Licence] }).Then(typeof(MaterialsProved), typeof(CorrectionRequested));
    }

    [Fact] // MODE-7
    public void What_is_proved_is_not_deferred() =>
        CaseSpec.Submitted(Closing, "form").When(Ask.AcceptCase(Clerk(Lead), [new("copy", China.Day("2020-07-20"))]) with { Held = [Licence] })
            .ThenRefused(CaseRefusals.PledgeMissing, "/deferred/0");

    [Fact] // CAT-4: another item may need what the first did not
    public void Moving_to_another_item_proves_what_that_one_needs()
    {
        var spec = CaseSpec.Submitted(Plain, "form")
            .When(Ask.MoveCaseToItem(Clerk(Lead), Closing with { Code = "CLOSING" }, 1, "应为注销") with { Held = [Licence] });

        spec.Then(typeof(MaterialsProved), typeof(CaseMovedToItem));
        spec.When(Acceptance(Lead) with { Held = [Licence] }).Fact<CaseAccepted>();
    }

    [Fact] // JOINT-4, CAT-2: a valid licence proves
    public void What_a_licence_proved_that_has_ended_before_acceptance_is_missing_and_may_be_asked_for()
    {
        CaseSpec Proved() => new CaseSpec().Given(Submission(Closing, "form") with { Held = [Licence] }).At("2020-07-07 09:00");

        Proved().When(Acceptance(Lead)).ThenRefused(CaseRefusals.MaterialsMissing, "/materials/copy");
        Proved().When(Ask.AddCorrectionLines(Clerk(Tax), [new("缺", "copy")])).ThenRefused(CaseRefusals.LinesTooLate);
        var spec = Proved().When(Notice("copy")).Then(typeof(ProofsEnded), typeof(CorrectionRequested));
        Assert.Equal((ProofEnd.LicenceEnded, Licence.Number), (spec.Fact<ProofsEnded>().Ground, spec.Fact<ProofsEnded>().Materials.Single().Number));
        Assert.Empty(spec.Case.Proved);
        spec.Given(Ask.SupplyMaterials(Agency, [Paper("copy")])).When(Acceptance(Lead)).Fact<CaseAccepted>();

        // After a notice it is news, which that could not have said (CASE-3).
        var later = Proved().Given(Notice("form") with { Held = [Licence] }, Ask.SupplyMaterials(Agency, [Paper("form")]));
        later.When(Notice("copy") with { Held = [Licence] }).ThenRefused(CaseRefusals.MaterialProved, "/lines/0/material");
        later.When(Notice("copy")).Then(typeof(ProofsEnded), typeof(CorrectionRequested));

        // Nor could one with which it was found: who wrote that did not know. What was known is asked for with the first.
        var with = Proved().Given(Notice("form"), Ask.SupplyMaterials(Agency, [Paper("form")])).At("2020-07-07 10:00");
        with.When(Notice("copy")).Then(typeof(CorrectionRequested));
        with.Given(Ask.SupplyMaterials(Agency, [Paper("copy")])).When(Acceptance(Lead)).Fact<CaseAccepted>();
        Proved().Given(Ask.PledgeMaterial(Agency, "copy", "2020-07-20")).At("2020-07-07 10:00").Given(Notice("form"), Ask.SupplyMaterials(Agency, [Paper("form")]))
            .When(Notice("copy")).ThenRefused(CaseRefusals.CorrectionAlreadySent);

        // Another one that is valid takes its place, and what is missing may be pledged.
        var renewed = Proved().When(Acceptance(Lead) with { Held = [Delivered("NEWER", "2020-07-02 10:00")] });
        Assert.Equal([typeof(ProofsEnded), typeof(MaterialsProved), typeof(CaseAccepted)], renewed.Facts.Skip(2).Take(3).Select(f => f.GetType()));
        Assert.Equal(["NEWER"], renewed.Case.Proved.Select(p => p.Number));
        Proved().When(Ask.PledgeMaterial(Agency, "copy", "2020-07-20")).Then(typeof(ProofsEnded), typeof(MaterialPledged));
        Proved().When(Ask.PledgeMaterial(Agency, "copy", "2020-07-20") with { Held = [Licence] }).ThenRefused(CaseRefusals.NotDeferrable, "/code");
    }

    [Fact] // CASE-2, JOINT-4: the law accepts what is there
    public void What_the_law_accepts_rests_on_no_licence_that_has_ended()
    {
        var proved = new CaseSpec().Given(Submission(Closing, "form") with { Held = [Licence] });
        DateTimeOffset ended = China.At("2020-07-07 09:00"), overdue = China.At("2020-07-09 00:00");
        var lost = proved.Case.LostProof(ended, Clerk(Lead), [Licence.Number]);

        var fact = Assert.IsType<ProofsEnded>(Assert.Single(lost));
        Assert.Equal((ended, Clerk(Lead), ProofEnd.LicenceEnded, Licence.Number), (fact.At, fact.By, fact.Ground, fact.Materials.Single().Number));
        var after = Case.Evolve(proved.Case, fact);
        Assert.Empty(after.Proved);
        Assert.Empty(after.LostProof(ended, Clerk(Lead), [Licence.Number]));
        Assert.Empty(proved.Case.LostProof(ended, Clerk(Lead), ["ANOTHER"]));
        // By then the five days were over, whether or not that is recorded.
        Assert.Empty(proved.Case.LostProof(overdue, by: null, [Licence.Number]));
        Assert.Empty(proved.Given(Acceptance(Lead) with { Held = [Licence] }).Case.LostProof(ended, Clerk(Lead), [Licence.Number]));
    }

    private static readonly Item Works = Plain with { Materials = [MaterialOf("form"), MaterialOf("permit") with { ProvedBy = "construction-planning-permit" }, MaterialOf("copy") with { ProvedBy = "business-licence" }] };

    private static readonly DeliveredLicence PermitOfA = Delivered("PERMIT-A", "2020-06-01 10:00", "construction-planning-permit");

    /// <summary>(行政许可法 art. 32 I (4)) What may not be asked for could only be refused for.</summary>
    [Fact] // JOINT-4, CAT-2: kind and holder do not say of which building a permit is
    public void A_licence_of_another_thing_proves_nothing_once_the_department_says_so()
    {
        CaseSpec Submitted() => new CaseSpec().Given(Submission(Works, "form") with { Held = [PermitOfA, Licence] });
        Asked Says(string material) => Ask.SendCorrectionNotice(Clerk(Lead), [new("规划许可证属于另一项目，请提交本项目的", material, AnotherThing: true)]) with { Held = [PermitOfA, Licence] };

        var refused = Submitted().When(Notice("permit") with { Held = [PermitOfA, Licence] }).ThenRefused(CaseRefusals.MaterialProved, "/lines/0/material").Refused!;
        Assert.Contains("anotherThing", refused.Detail!.En, StringComparison.Ordinal);
        // Whoever has two business licences has two companies.
        Submitted().When(Says("copy")).ThenRefused(CaseRefusals.MaterialProved, "/lines/0/material");
        Submitted().When(Ask.SendCorrectionNotice(Clerk(Lead), [new("另一项目", AnotherThing: true)]) with { Held = [PermitOfA, Licence] }).ThenRefused(CaseRefusals.MaterialNotProved, "/lines/0/anotherThing");
        Submitted().When(Says("form")).ThenRefused(CaseRefusals.MaterialNotProved, "/lines/0/anotherThing");

        var spec = Submitted().When(Says("permit")).Then(typeof(ProofsEnded), typeof(CorrectionRequested));
        Assert.Equal((ProofEnd.AnotherThing, "PERMIT-A"), (spec.Fact<ProofsEnded>().Ground, spec.Fact<ProofsEnded>().Materials.Single().Number));
        Assert.Equal(["copy"], spec.Case.Proved.Select(p => p.Code));
        spec.When(Acceptance(Lead) with { Held = [PermitOfA, Licence] }).ThenRefused(CaseRefusals.MaterialsMissing, "/materials/permit");
        // That of the right one proves it, as the paper does.
        // Nor does another one that was there when the department said so.
        spec.When(Acceptance(Lead) with { Held = [PermitOfA, Delivered("PERMIT-0", "2020-05-01 10:00", "construction-planning-permit"), Licence] }).ThenRefused(CaseRefusals.MaterialsMissing, "/materials/permit");
        spec.At("2020-07-02 12:00").When(Acceptance(Lead) with { Held = [PermitOfA, Delivered("PERMIT-B", "2020-07-02 10:00", "construction-planning-permit"), Licence] }).Fact<CaseAccepted>();
        Assert.Equal(["PERMIT-B"], spec.Case.Proved.Where(p => p.Code == "permit").Select(p => p.Number));
    }

    [Fact] // JOINT-4: who may not see the licence is not told which has ended
    public void Who_applies_for_somebody_else_is_not_told_which_licence_proves_no_more()
    {
        var spec = new CaseSpec().Given(Submission(Closing, "form") with { Held = [Licence] }).At("2020-07-07 09:00").Given(Notice("copy"));

        Assert.Equal(new MaterialProved("copy", null, null), spec.Case.SeenBy(spec.Facts, Agency).Select(s => s.Fact).OfType<ProofsEnded>().Single().Materials.Single());
        Assert.Equal(Licence.Number, spec.Case.SeenBy(spec.Facts, Samples.Applicant).Select(s => s.Fact).OfType<ProofsEnded>().Single().Materials.Single().Number);
    }

    [Fact] // CASE-2: the law accepted it as it stood
    public void After_a_deemed_acceptance_nothing_is_left_to_prove() =>
        CaseSpec.Submitted(Closing).At("2020-07-09 09:00").When(Acceptance(Lead) with { Held = [Licence] })
            .Then(typeof(CaseAccepted), typeof(StepOpened), typeof(StepOpened), typeof(StepOpened), typeof(CaseOverdue));

    [Fact] // JOINT-4
    public void The_latest_licence_of_its_kind_proves()
    {
        DeliveredLicence[] held = [Licence, Delivered("NEWER", "2020-06-02 10:00"), Delivered("OLDER", "2020-05-02 10:00")];

        Assert.Equal("NEWER", Assert.Single(new CaseSpec().Given(Submission(Closing, "form") with { Held = held }).Case.Proved).Number);
    }

    [Fact] // JOINT-4: nobody looks for licences that would prove nothing
    public void Only_what_is_neither_handed_in_nor_proved_is_looked_for()
    {
        Assert.Equal(["copy"], Provable(null, Submission(Closing, "form")));
        Assert.Empty(Provable(null, Submission(Closing, "copy")));
        Assert.Empty(Provable(null, Submission(Plain)));
        var open = CaseSpec.Submitted(Closing);
        Assert.Equal(["copy"], Provable(open.Case, Acceptance(Lead)));
        Assert.Equal(["copy"], Provable(open.Case, Notice("form")));
        Assert.Empty(Provable(open.Case, Ask.WithdrawCase(Agency, null)));
        Assert.Empty(Provable(open.Case, Ask.MoveCaseToItem(Clerk(Lead), Plain, 1, "错")));
        Assert.Equal(["copy"], Provable(CaseSpec.Submitted(Plain).Case, Ask.MoveCaseToItem(Clerk(Lead), Closing, 1, "错")));
        // What is proved only as long as the licence is valid.
        Assert.Equal(["copy"], Provable(new CaseSpec().Given(Submission(Closing) with { Held = [Licence] }).Case, Acceptance(Lead)));
        Assert.Empty(Provable(CaseSpec.Submitted(Closing, "copy").Case, Acceptance(Lead)));
        Assert.Empty(Provable(CaseSpec.Accepted().Case, Acceptance(Lead)));
    }

    [Fact] // JOINT-4: else anybody could ask what licences anybody holds, by applying for them
    public void Who_applies_for_somebody_else_is_told_that_a_material_is_proved_but_not_by_which_licence()
    {
        MaterialProved veiled = new("copy", null, null), whole = new("copy", Licence.Licence, Licence.Number);
        var spec = CaseSpec.Submitted(Closing, "form").Given(Acceptance(Lead) with { Held = [Licence] });

        Assert.Equal([veiled], spec.Case.SeenBy(Agency)!.Proved);
        Assert.Equal([veiled], ProvedIn(spec, Agency));
        Assert.All([Samples.Applicant, Clerk(Tax), Clerk(Department.ServiceOffice) with { IsAuditor = true }], viewer =>
        {
            Assert.Equal([whole], spec.Case.SeenBy(viewer)!.Proved);
            Assert.Equal([whole], ProvedIn(spec, viewer));
        });
    }

    [Fact] // JOINT-4: a department that submits what it will handle itself is an agent like any other
    public void A_department_does_not_find_out_by_handling_what_it_submitted()
    {
        var system = Agency with { Department = Tax };
        var spec = new CaseSpec().Given(Submission(Closing, "form") with { By = system }, Acceptance(Lead) with { Held = [Licence] });

        Assert.Equal([new("copy", null, null)], spec.Case.SeenBy(system)!.Proved);
    }

    [Fact] // JOINT-4
    public void Who_may_see_the_licence_is_told_which_it_is()
    {
        var known = new CaseSpec().Given(Submission(Closing, "form") with { Held = [Licence], KnownToSubmitter = [Licence.Number] });

        Assert.Equal([Licence.Number], known.Case.SeenBy(Agency)!.Proved.Select(p => p.Number));
        Assert.Equal([Licence.Number], ProvedIn(known, Agency).Select(p => p.Number));
    }

    private static IEnumerable<MaterialProved> ProvedIn(CaseSpec spec, Actor viewer) =>
        spec.Case.SeenBy(spec.Facts, viewer).Select(s => s.Fact).OfType<MaterialsProved>().SelectMany(f => f.Materials);

    private static IEnumerable<string> Provable(Case? state, Asked asked) => Case.Provable(state, asked.Command, asked.Item).Select(m => m.Code);

    [Fact] // JOINT-3
    public void A_department_sees_proofs_of_what_its_steps_need()
    {
        var spec = new CaseSpec().Given(Submission(Closing, "form") with { Held = [Licence] });

        Assert.Equal(["copy"], spec.Case.SeenBy(Clerk(Tax))!.Proved.Select(p => p.Code));
        Assert.All([Lead, Department.PublicSecurity], d => Assert.Empty(spec.Case.SeenBy(Clerk(d))!.Proved));
        Assert.Equal([2, 1, 1], new[] { Tax, Lead, Department.PublicSecurity }.Select(d => spec.Case.SeenBy(spec.Facts, Clerk(d)).Count));
        Assert.Single(spec.Case.SeenBy(Agency)!.Proved);
    }
}
