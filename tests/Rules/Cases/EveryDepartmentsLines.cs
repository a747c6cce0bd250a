using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>JOINT-5: the one notice holds what every department misses.</summary>
public class EveryDepartmentsLines
{
    private const Department Lead = Department.MarketRegulation, Tax = Department.Tax, Police = Department.PublicSecurity, Insurance = Department.SocialSecurity;

    private static Asked Add(Department by, params string?[] materials) => Ask.AddCorrectionLines(Clerk(by), [.. materials.Select(m => new CorrectionLine("请补正", m))]);

    private static Asked Send(params string?[] materials) => Ask.SendCorrectionNotice(Clerk(Lead), [.. materials.Select(m => new CorrectionLine("请补正", m))]);

    /// <summary>(B13)</summary>
    [Fact] // JOINT-5
    public void The_lead_sends_what_the_others_added_with_its_own_lines()
    {
        var spec = CaseSpec.Submitted(Joint).Given(Add(Tax, "tax-form"), Add(Police, "seal-order", null), Add(Insurance)).When(Send("form"));

        Assert.Equal(["form", "tax-form", "seal-order", null], spec.Then<CorrectionRequested>().Lines.Select(l => l.Material));
        Assert.Null(spec.Case.Added);
        CaseSpec.Submitted(Joint).Given(Add(Tax, "tax-form"), Add(Police), Add(Insurance)).When(Send()).Then<CorrectionRequested>();
    }

    /// <summary>(行政许可法 art. 32) Whoever is cut off could only refuse for what they were not allowed to ask for.</summary>
    [Fact] // JOINT-5
    public void The_notice_waits_until_every_department_has_been_heard_or_its_days_are_over()
    {
        var spec = CaseSpec.Submitted(Joint).Given(Add(Tax, "tax-form"), Add(Police));

        spec.When(Send("form")).ThenRefused(CaseRefusals.LinesAwaited);
        Assert.Equal("Not heard yet: Social security. Their last day is 2020-07-06.", spec.Refused!.Detail!.En);
        spec.When(Add(Police)).ThenNothing();
        spec.When(Add(Tax)).ThenRefused(CaseRefusals.CorrectionEmpty, "/lines");
        spec.At("2020-07-06 23:59").When(Send("form")).ThenRefused(CaseRefusals.LinesAwaited);
        spec.At("2020-07-07 00:00").When(Send("form")).Then<CorrectionRequested>();

        // Again of what came in since.
        spec.Given(Ask.SupplyMaterials(Agency, [Paper("form"), Paper("tax-form")])).When(Send("form")).ThenRefused(CaseRefusals.LinesAwaited);
        spec.Given(Add(Tax), Add(Police), Add(Insurance)).When(Send("form")).Then<CorrectionRequested>();
    }

    [Fact] // CASE-2, JOINT-5: moving a case gains no time, and the lead answers in what is left
    public void Of_a_case_that_was_moved_late_the_lead_waits_only_for_as_long_as_it_can()
    {
        CaseSpec Moved(string sent, string moved) => CaseSpec.Submitted(Plain).At(sent).Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺", "form")])).At(moved).Given(Ask.MoveCaseToItem(Clerk(Lead), Joint with { Code = "JOINT" }, 1, "一件事"));

        Moved("2020-07-08 10:00", "2020-07-13 10:00").When(Send("tax-form")).Then<CorrectionRequested>();
        var spec = Moved("2020-07-03 10:00", "2020-07-13 10:00");
        Assert.Equal(China.At("2020-07-16 23:59:59").Date, spec.Case.AcceptBy!.Value.ToOffset(TimeSpan.FromHours(8)).Date);
        spec.At("2020-07-14 23:59").When(Send("tax-form")).ThenRefused(CaseRefusals.LinesAwaited);
        spec.At("2020-07-15 00:00").When(Send("tax-form")).Then<CorrectionRequested>();
    }

    [Fact] // JOINT-1: three hall hours are promised from an acceptance that waits for nobody; what a department then misses stands in its lines
    public void Who_misses_nothing_keeps_nobody_from_accepting() =>
        CaseSpec.Submitted(Joint, "form", "seal-order", "tax-form").Given(Add(Tax)).When(Acceptance(Lead)).Then(typeof(CaseAccepted), typeof(StepOpened));

    [Fact] // JOINT-5: what a department misses would be incurable but by refusal
    public void Nothing_is_accepted_while_lines_wait_to_be_sent()
    {
        var spec = CaseSpec.Submitted(Joint, "form", "seal-order", "tax-form").Given(Add(Tax, "tax-form"));

        spec.When(Acceptance(Lead)).ThenRefused(CaseRefusals.LinesWaiting);
        spec.Given(Add(Police), Add(Insurance), Send(), Ask.SupplyMaterials(Agency, [Paper("tax-form")])).When(Acceptance(Lead)).Then(typeof(CaseAccepted), typeof(StepOpened));
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
        var spec = CaseSpec.Submitted(Joint, "tax-form").At("2020-07-07 09:00").Given(Send("form", "seal-order"), Ask.SupplyMaterials(Agency, [Paper("form"), Paper("seal-order")]));

        spec.When(Add(Tax, "tax-form")).ThenRefused(CaseRefusals.CorrectionAlreadySent);
        spec.When(Add(Police, "seal-order")).Then<CorrectionLinesAdded>();
    }

    [Fact] // JOINT-3, JOINT-5
    public void A_department_asks_for_what_its_own_steps_need_while_the_lead_has_not_answered()
    {
        CaseSpec.Submitted(Joint).When(Add(Tax, "seal-order")).ThenRefused(CaseRefusals.MaterialUnknown, "/lines/0/material");
        CaseSpec.Submitted(Joint).When(Add(Department.Fire, "form")).ThenRefused(CaseRefusals.NotYourDepartment);
        CaseSpec.Submitted(Joint).When(Ask.AddCorrectionLines(Samples.Applicant, [new("缺", "form")])).ThenRefused(CaseRefusals.NotYourDepartment);
        CaseSpec.Submitted(Joint).Given(Add(Tax), Add(Police), Add(Insurance), Send("form")).When(Add(Tax, "tax-form")).ThenRefused(CaseRefusals.NotInThisState);
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
    }
}
