using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>CASE-13 (行政许可法 art. 32 (1), (2)): what needs no licence, or is another authority's, is not accepted, at once.</summary>
public class NotAccepted
{
    private const Department Lead = Department.MarketRegulation;

    private static Asked NotNeeded(Actor? by = null) => Ask.DeclineCase(by ?? Supervisor(Lead), NonAcceptanceKind.NoLicenceNeeded, "自产自销无须许可");

    private static Asked NotOurs(string? authority) => Ask.DeclineCase(Supervisor(Lead), NonAcceptanceKind.NotOurCompetence, "住所在外区", authority);

    [Fact] // CASE-13
    public void A_supervisor_of_the_lead_does_not_accept_what_needs_no_licence()
    {
        var spec = CaseSpec.Submitted(Plain).When(NotNeeded());

        spec.Then(typeof(StepCancelled), typeof(CaseNotAccepted));
        Assert.Equal((CaseStatus.NotAccepted, spec.Now), (spec.Case.Status, spec.Case.DecidedAt));
        var told = spec.Case.NonAcceptance!;
        Assert.Equal((NonAcceptanceKind.NoLicenceNeeded, null, "自产自销无须许可"), (told.Kind, told.Authority, told.Reason));
        Assert.Equal([Remedy.Against(RemedyAct.NonAcceptance, Lead)], spec.Case.Remedies); // REM-1
        spec.When(NotNeeded()).ThenNothing();
        spec.When(NotOurs("河西区市场监督管理局")).ThenRefused(CaseRefusals.NotInThisState);
    }

    /// <summary>(B5)</summary>
    [Fact] // CASE-13: never counted as refused
    public void No_limit_ran_and_nothing_was_refused()
    {
        var declined = CaseSpec.Submitted(Plain, "form", "lease").Given(NotOurs("河西区市场监督管理局")).Case;

        Assert.Equal("河西区市场监督管理局", declined.NonAcceptance!.Authority);
        Assert.Equal((null, null, null, null, null, null), (declined.AcceptedAt, declined.AcceptBy, declined.Statutory, declined.Promised, declined.Actual, declined.RefusedFor));
        Assert.All(declined.Steps, s => Assert.Equal(StepStatus.Cancelled, s.Status));
        Assert.Empty(declined.Lapse(LegalClock.Zone, China.At("2020-08-01 10:00")));
    }

    /// <summary>(B5)</summary>
    [Theory] // CASE-13: on the day of asking; what came in after hours is answered on the next day on which the hall is open
    [InlineData("2020-07-01 10:00", "2020-07-01 23:59", "2020-07-02 00:00")]
    [InlineData("2020-07-01 22:00", "2020-07-02 17:00", "2020-07-03 09:00")]
    [InlineData("2020-07-04 10:00", "2020-07-06 17:00", "2020-07-07 09:00")]
    public void It_is_told_on_the_day_of_asking(string asked, string inTime, string late)
    {
        CaseSpec Asked() => new CaseSpec().At(asked).Given(Submission(Plain));

        Asked().At(inTime).When(NotNeeded()).Then(typeof(StepCancelled), typeof(CaseNotAccepted));
        Asked().At(late).When(NotNeeded()).ThenRefused(CaseRefusals.NonAcceptanceTooLate);
    }

    [Fact] // CASE-13: what came in with the corrections may show that no licence is needed
    public void The_day_on_which_everything_came_in_is_a_day_of_asking()
    {
        var spec = CaseSpec.Submitted(Plain).Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺", "form")]));
        spec.At("2020-07-06 10:00").When(NotNeeded()).ThenRefused(CaseRefusals.NonAcceptanceTooLate);

        spec.Given(Ask.SupplyMaterials(Agency, [Paper("form")])).When(NotNeeded()).Then(typeof(StepCancelled), typeof(CaseNotAccepted));
    }

    [Fact] // CASE-13: redirection is tried first
    public void Whoever_another_department_of_the_item_can_serve_is_not_sent_away()
    {
        var spec = CaseSpec.Submitted(Joint);

        foreach (var tax in new[] { "tax", "Tax", " 税务局 " })
            spec.When(NotOurs(tax)).ThenRefused(CaseRefusals.RedirectFirst, "/authority");
        spec.When(NotOurs("市场监督管理局")).ThenRefused(CaseRefusals.AlreadyThere, "/authority");
        spec.When(NotOurs("海关")).Then([.. Enumerable.Repeat(typeof(StepCancelled), 4), typeof(CaseNotAccepted)]); // the item does not name it
    }

    [Fact] // CASE-4, CASE-13
    public void It_is_a_supervisors_of_the_lead_before_acceptance_with_a_reason_and_the_right_authority()
    {
        CaseSpec.Submitted(Plain).When(NotNeeded(Clerk(Lead))).ThenRefused(CaseRefusals.OnlyASupervisorRefuses);
        CaseSpec.Submitted(Plain).When(NotNeeded(Supervisor(Department.Tax))).ThenRefused(CaseRefusals.NotYourDepartment);
        CaseSpec.Accepted().When(NotNeeded()).ThenRefused(CaseRefusals.NotInThisState);
        CaseSpec.Submitted(Plain).When(Ask.DeclineCase(Supervisor(Lead), NonAcceptanceKind.NotOurCompetence, " ", "\n"))
            .ThenRefused(CaseRefusals.ReasonMissing, "/reason", "/authority");
    }

    [Fact] // JOINT-3: why, is the applicant's and the lead's to read
    public void Other_departments_see_only_that_it_was_not_accepted()
    {
        var spec = CaseSpec.Submitted(Joint).Given(NotOurs("河西区市场监督管理局"));

        Assert.Equal([true, false, true], new[] { Clerk(Lead), Clerk(Department.Tax), Samples.Applicant }.Select(viewer => spec.Case.SeenBy(viewer)!.NonAcceptance is not null));
        Assert.Equal(CaseStatus.NotAccepted, spec.Case.SeenBy(Clerk(Department.Tax))!.Status);
    }
}
