using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>JOINT-5: the one notice holds what every department misses.</summary>
public class EveryDepartmentsLines
{
    private const Department Lead = Department.MarketRegulation, Tax = Department.Tax, Police = Department.PublicSecurity;

    private static Asked Add(Department by, params string?[] materials) => Ask.AddCorrectionLines(Clerk(by), [.. materials.Select(m => new CorrectionLine("请补正", m))]);

    private static Asked Send(params string?[] materials) => Ask.SendCorrectionNotice(Clerk(Lead), [.. materials.Select(m => new CorrectionLine("请补正", m))]);

    /// <summary>(B13)</summary>
    [Fact] // JOINT-5
    public void The_lead_sends_what_the_others_added_with_its_own_lines()
    {
        var spec = CaseSpec.Submitted(Joint).Given(Add(Tax, "tax-form"), Add(Police, "seal-order", null)).When(Send("form"));

        Assert.Equal(["form", "tax-form", "seal-order", null], spec.Then<CorrectionRequested>().Lines.Select(l => l.Material));
        Assert.Null(spec.Case.Added);
        CaseSpec.Submitted(Joint).Given(Add(Tax, "tax-form")).When(Add(Tax, "tax-form")).ThenNothing();
        CaseSpec.Submitted(Joint).Given(Add(Tax, "tax-form")).When(Send()).Then<CorrectionRequested>();
    }

    [Fact] // JOINT-5: what a department misses would be incurable but by refusal
    public void Nothing_is_accepted_while_lines_wait_to_be_sent()
    {
        var spec = CaseSpec.Submitted(Joint, "form", "seal-order", "tax-form").Given(Add(Tax, "tax-form"));

        spec.When(Acceptance(Lead)).ThenRefused(CaseRefusals.LinesWaiting);
        spec.Given(Send(), Ask.SupplyMaterials(Agency, [Paper("tax-form")])).When(Acceptance(Lead)).Then(typeof(CaseAccepted), typeof(StepOpened));
    }

    [Fact] // JOINT-5: within 3 of the 5 working days
    public void Lines_are_added_within_three_working_days()
    {
        CaseSpec.Submitted(Joint).At("2020-07-06 23:59:59").When(Add(Tax, "tax-form")).Then<CorrectionLinesAdded>();
        CaseSpec.Submitted(Joint).At("2020-07-07 00:00").When(Add(Tax, "tax-form")).ThenRefused(CaseRefusals.LinesTooLate);
    }

    [Fact] // CASE-3, JOINT-5
    public void Who_was_silent_asks_later_only_for_what_came_in_since()
    {
        var spec = CaseSpec.Submitted(Joint, "tax-form").Given(Send("form", "seal-order"), Ask.SupplyMaterials(Agency, [Paper("form"), Paper("seal-order")]));

        spec.When(Add(Tax, "tax-form")).ThenRefused(CaseRefusals.CorrectionAlreadySent);
        spec.When(Add(Police, "seal-order")).Then<CorrectionLinesAdded>();
    }

    [Fact] // JOINT-3, JOINT-5
    public void A_department_asks_for_what_its_own_steps_need_while_the_lead_has_not_answered()
    {
        CaseSpec.Submitted(Joint).When(Add(Tax, "seal-order")).ThenRefused(CaseRefusals.MaterialUnknown, "/lines/0/material");
        CaseSpec.Submitted(Joint).When(Add(Tax)).ThenRefused(CaseRefusals.CorrectionEmpty, "/lines");
        CaseSpec.Submitted(Joint).When(Add(Department.Fire, "form")).ThenRefused(CaseRefusals.NotYourDepartment);
        CaseSpec.Submitted(Joint).When(Ask.AddCorrectionLines(Samples.Applicant, [new("缺", "form")])).ThenRefused(CaseRefusals.NotYourDepartment);
        CaseSpec.Submitted(Joint).Given(Send("form")).When(Add(Tax, "tax-form")).ThenRefused(CaseRefusals.NotInThisState);
        CaseSpec.Licensed().When(Add(Tax, "tax-form")).ThenRefused(CaseRefusals.NotInThisState);
    }

    [Fact] // JOINT-3: one's own, and to the lead, which sends them, all
    public void Added_lines_are_seen_by_their_department_and_the_lead()
    {
        var spec = CaseSpec.Submitted(Joint).Given(Add(Tax, "tax-form"), Add(Police, "seal-order"));

        Assert.Equal([2, 1, 1, null], new[] { Lead, Tax, Police, Department.SocialSecurity }.Select(d => spec.Case.SeenBy(Clerk(d))!.Added?.Count));
        Assert.Equal([2, 1, 1, 0], new[] { Lead, Tax, Police, Department.SocialSecurity }.Select(d => spec.Case.SeenBy(spec.Facts, Clerk(d)).Count(f => f.Fact is CorrectionLinesAdded)));
    }

    [Fact] // JOINT-5: told by the one notice, and not before
    public void The_applicant_and_who_applies_for_it_are_told_no_line_before_the_notice()
    {
        var spec = CaseSpec.Submitted(Joint).Given(Add(Tax, "tax-form"));

        foreach (var who in new[] { Samples.Applicant, Agency })
        {
            Assert.Null(spec.Case.SeenBy(who)!.Added);
            Assert.DoesNotContain(spec.Case.SeenBy(spec.Facts, who), f => f.Fact is CorrectionLinesAdded);
        }
    }

    [Fact] // CASE-2, JOINT-5
    public void What_the_lead_did_not_send_in_time_the_law_does_not_wait_for()
    {
        var spec = CaseSpec.Submitted(Joint).Given(Add(Tax, "tax-form"));

        var accepted = spec.Case.Lapse(LegalClock.Zone, China.At("2020-07-09 00:00")).Aggregate(spec.Case, Case.Evolve);
        Assert.Equal((CaseStatus.Accepted, null), (accepted.Status, accepted.Added));
        spec.Given(Ask.MoveCaseToItem(Clerk(Lead), Plain with { Code = "OTHER" }, 1, "错"));
        Assert.Null(spec.Case.Added);
        CaseSpec.Submitted(Joint).Given(Add(Tax, "tax-form")).When(Add(Tax, "tax-form")).ThenNothing();
    }
}
