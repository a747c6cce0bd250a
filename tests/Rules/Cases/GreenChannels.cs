using CsCheck;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Emergencies;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>CLK-6: cases of listed emergency projects are promised within 24 hours of acceptance, by the wall clock.</summary>
public class GreenChannels
{
    private const Department Lead = Department.MarketRegulation;

    private static readonly Limit[] Promises =
        [Limit.WorkingDays(1), Limit.WorkingDays(5), Limit.CalendarDays(1), Limit.CalendarDays(7), Limit.HallHours(3), Limit.Hours(2), Limit.Hours(72)];

    private static EmergencyProject Listed => EmergencyProjects.Listed with { ValidUntil = China.Day("2030-12-31") };

    private static Asked Apply(Item? item = null, EmergencyProject? project = null) =>
        Submission(item ?? Plain, "form", "lease") with { EmergencyProject = Listed.Id, Emergency = project ?? Listed };

    [Fact] // CLK-6: weekends included; 2020-07-03 is a Friday
    public void It_is_promised_within_24_hours_of_acceptance_whatever_the_day()
    {
        var spec = new CaseSpec().At("2020-07-03 15:00").When(Apply()).Then(typeof(CaseSubmitted), typeof(CaseExpedited)).At("2020-07-03 17:20").Given(Acceptance(Lead));

        Assert.Equal(Limit.Hours(24), spec.Case.Promise);
        Assert.Equal(China.At("2020-07-04 17:20"), spec.Case.Promised!.At);
        Assert.Equal(China.At("2020-07-04 17:20"), spec.Step("review").Due!.At);
        Assert.Equal((Listed.Id, Listed.Name), (spec.Case.GreenChannel!.Project, spec.Case.GreenChannel.Name));
    }

    [Fact] // CLK-6: order and promise change, and nothing else
    public void The_statutory_limit_the_channel_and_every_condition_stay()
    {
        var (ordinary, expedited) = (CaseSpec.Accepted(), new CaseSpec().Given(Apply(), Acceptance(Lead)));

        Assert.Equal((ordinary.Case.Statutory, ordinary.Case.Channel), (expedited.Case.Statutory, expedited.Case.Channel));
        new CaseSpec().Given(Apply() with { Materials = [] }).When(Acceptance(Lead)).ThenRefused(CaseRefusals.MaterialsMissing, "/materials/form", "/materials/lease");
        new CaseSpec().Given(Apply(Plain with { Inspection = Requirement.Required }), Acceptance(Lead)).When(Grant(Lead, "review")).ThenRefused(CaseRefusals.InspectionMissing);
        new CaseSpec().Given(Apply(Plain with { Hearing = Requirement.Required }), Acceptance(Lead)).When(Grant(Lead, "review")).ThenRefused(CaseRefusals.HearingMissing);
    }

    [Fact] // CLK-6
    public void What_is_not_listed_or_closed_or_expired_is_refused()
    {
        new CaseSpec().When(Apply() with { Emergency = null }).ThenRefused(EmergencyProjectRefusals.Unknown, "/emergencyProject");
        new CaseSpec().When(Apply(project: EmergencyProjects.Closed)).ThenRefused(EmergencyProjectRefusals.Unknown, "/emergencyProject");
        new CaseSpec().At("2020-07-01 00:00").When(Apply(project: EmergencyProjects.Listed)).ThenRefused(EmergencyProjectRefusals.Unknown, "/emergencyProject");
    }

    [Fact] // CLK-6, CLK-8: the promise is the case's from then on, and its lateness is told
    public void A_project_that_ends_keeps_the_promise_of_its_cases()
    {
        var spec = new CaseSpec().At("2020-06-30 23:00").Given(Apply(project: EmergencyProjects.Listed)).At("2020-07-01 09:00").Given(Acceptance(Lead));

        Assert.Equal(China.At("2020-07-02 09:00"), spec.Case.Promised!.At);
        Assert.IsType<CaseOverdue>(Assert.Single(spec.At("2020-07-02 09:01").Passed().Facts, fact => fact is CaseOverdue));
    }

    [Fact] // CLK-3, CLK-6: a hearing or a test takes its time in the green channel as well
    public void A_special_procedure_stops_its_24_hours()
    {
        var spec = new CaseSpec().Given(Apply(), Acceptance(Lead), Ask.PauseClock(Clerk(Lead), null, PauseReason.Test, null)).At("2020-07-03 10:00").Given(Ask.ResumeClock(Clerk(Lead), 1));

        Assert.Equal(China.At("2020-07-04 10:00"), spec.Case.Promised!.At);
        Assert.Equal(spec.Case.Promised.At, spec.Step("review").Due!.At);
    }

    [Fact] // CLK-6, CLK-5: what it took is told in hours, as was promised
    public void The_time_taken_is_told_as_it_was_promised() =>
        Assert.Equal(Limit.Hours(2), new CaseSpec().Given(Apply(), Acceptance(Lead)).At("2020-07-01 12:00").Given(Grant(Lead, "review")).Case.Actual);

    [Fact] // CLK-6: whatever the item promises, and whenever it is accepted, it makes nothing slower
    public void It_is_never_due_later_than_the_ordinary_way() => Gen.Select(Gen.Int[0, 60 * 24 * 365], Gen.Int[0, Promises.Length - 1]).Sample((minutes, promise) =>
    {
        var item = Plain with { PromisedLimit = Promises[promise] };
        var at = China.At("2020-01-01 00:00").AddMinutes(minutes);
        var (ordinary, expedited) = (Promised(Submission(item, "form", "lease")), Promised(Apply(item)));

        Assert.True(expedited <= ordinary && expedited <= at.AddHours(24));
        Assert.True(expedited == ordinary || expedited == at.AddHours(24));

        DateTimeOffset Promised(Asked submission) => new CaseSpec().At(at).Given(submission, Acceptance(Lead)).Case.Promised!.At;
    });
}
