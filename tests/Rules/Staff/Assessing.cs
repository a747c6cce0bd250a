using OneDoor.Clock;
using Xunit;
using static OneDoor.Staff.StaffSpec;

namespace OneDoor.Staff;

/// <summary>PERF-1: figures propose, a supervisor confirms, who is assessed may object, and then it is final.</summary>
public class Assessing
{
    [Fact]
    public void A_supervisor_confirms_what_the_figures_propose_and_the_fact_keeps_them()
    {
        var made = new StaffSpec().Made();

        Assert.Null(made.Refused);
        Assert.Equal((StaffGrade.Excellent, StaffGrade.Excellent, AssessmentStatus.Open), (made.State.Proposed!.Value, made.State.Grade, made.State.Status));
        Assert.Equal((made.Figures, "2026"), (made.State.Figures, made.State.Criteria));
        // Five working days from Thursday on.
        Assert.Equal(China.At("2026-07-08 23:59:59"), made.State.ObjectBy.ToOffset(TimeSpan.FromHours(8)));
        Assert.Equal(made.State.Id, Assessment.IdOf(new(Department.Tax, Person: "p_clerk"), "2026-H1"));
    }

    [Theory]
    [InlineData(40, StaffGrade.Excellent)]
    [InlineData(30, StaffGrade.Competent)]
    [InlineData(20, StaffGrade.BasicallyCompetent)]
    [InlineData(0, StaffGrade.NotCompetent)]
    public void The_grade_follows_from_the_score(int kept, StaffGrade grade) => Assert.Equal(grade, StaffCriteria.Zone.Propose(Of(new(Department.Tax, Person: "p_clerk"), cases: 40, kept: kept)));

    [Fact]
    public void Another_grade_than_they_propose_needs_a_reason_and_so_does_one_they_do_not_propose()
    {
        var other = new MakeAssessment("2026-H1", "p_clerk", Grade: StaffGrade.Competent);
        new StaffSpec().Do(other, Head).ThenRefused(AssessmentRefusals.ReasonMissing, "/reason");
        Assert.Equal((StaffGrade.Excellent, StaffGrade.Competent), new StaffSpec().Do(other with { Reason = "窗口纪律。" }, Head) is var found ? (found.State.Proposed!.Value, found.State.Grade) : default);
        var few = new StaffSpec { Figures = Of(new(Department.Tax, Person: "p_clerk"), cases: 29, kept: 29) };
        few.Made().ThenRefused(AssessmentRefusals.GradeMissing, "/grade");
        few.Do(other, Head).ThenRefused(AssessmentRefusals.ReasonMissing, "/reason");
        Assert.Null(few.Do(other with { Reason = "新入职。" }, Head).State.Proposed);
    }

    [Fact]
    public void It_is_made_after_the_period_once_and_of_nobody_by_themselves()
    {
        new StaffSpec().At("2026-06-30 23:59:59").Made().ThenRefused(AssessmentRefusals.TooEarly);
        new StaffSpec().Do(new MakeAssessment("2026", "p_clerk"), Head).ThenRefused(AssessmentRefusals.TooEarly);
        new StaffSpec { IsMade = true }.Made().ThenRefused(AssessmentRefusals.AlreadyMade);
        new StaffSpec().Do(new MakeAssessment("2026-H1", "p_head"), Head).ThenRefused(AssessmentRefusals.NotOneself);
        new StaffSpec().Do(new MakeAssessment("2026-H1", "p_clerk"), Colleague).ThenRefused(StaffRefusals.NeedsSupervisor);
        new StaffSpec { Figures = null }.Made().ThenRefused(AssessmentRefusals.PersonUnknown, "/person");
        new StaffSpec().Do(new MakeAssessment("2026-Q1", "\n", Reason: " "), Head).ThenRefused(AssessmentRefusals.PeriodInvalid, "/period", "/person", "/reason");
    }

    [Fact]
    public void It_is_of_one_person_or_department_or_window()
    {
        foreach (var none in new MakeAssessment[] { new("2026-H1"), new("2026-H1", "p_clerk", Department.Tax), new("2026-H1", Hall: "airport"), new("2026-H1", Window: 3), new("2026-H1", Department: Department.Tax, Hall: "airport", Window: 3) })
            new StaffSpec().Do(none, Office).ThenRefused(AssessmentRefusals.AboutInvalid, "/person");
        Assert.Equal(3, new[] { new StaffKey(Department.Tax), new(Hall: "airport", Window: 3), new(Department.Tax, Person: "p_clerk") }.Select(about => Assessment.IdOf(about, "2026")).Distinct().Count());
    }

    [Fact]
    public void A_department_is_assessed_by_the_service_office_and_its_own_supervisors_may_object()
    {
        var unit = new MakeAssessment("2026-H1", Department: Department.Tax);
        StaffSpec Spec() => new() { Figures = Of(new(Department.Tax), cases: 40, kept: 30) };
        Spec().Do(unit, Head).ThenRefused(AssessmentRefusals.NotOneself);
        Spec().Do(unit, Head with { Department = Department.Fire }).ThenRefused(StaffRefusals.NotYours);
        Spec().Do(unit with { Department = Department.ServiceOffice }, Office).ThenRefused(AssessmentRefusals.NotOneself);
        new StaffSpec { Figures = null }.Do(unit, Office).ThenRefused(AssessmentRefusals.NothingHandled, "/department");

        var made = Spec().Do(unit, Office);
        Assert.Equal((null, Department.Tax, StaffGrade.Competent, Assessment.IdOf(new(Department.Tax), "2026-H1")), (made.State.Person, made.State.Department!.Value, made.State.Grade, made.State.Id));
        Assert.All([Head, Office, Auditor], viewer => Assert.NotNull(made.State.SeenBy(viewer, default)));
        Assert.All([Clerk, Head with { Department = Department.Fire }], other => Assert.Null(made.State.SeenBy(other, default)));
        made.Do(new ObjectToAssessment("系统故障。"), Clerk).ThenRefused(AssessmentRefusals.NotYoursToContest);
        made.Do(new ObjectToAssessment("系统故障。"), Head);
        Assert.Equal((AssessmentStatus.Objected, "p_head"), (made.State.Status, made.State.ObjectedBy));
        made.Do(new SettleAssessment(StaffGrade.Excellent, "属实。"), Head).ThenRefused(AssessmentRefusals.NotOneself);
        made.Do(new SettleAssessment(StaffGrade.Excellent, "属实。"), Deputy).ThenRefused(StaffRefusals.NotYours);
        made.Do(new SettleAssessment(StaffGrade.Excellent, "属实。"), Office).ThenRefused(AssessmentRefusals.MadeYourself);
        Assert.Equal((AssessmentStatus.Final, StaffGrade.Excellent), made.Do(new SettleAssessment(StaffGrade.Excellent, "属实。"), Office with { Subject = "p_other" }) is var settled ? (settled.State.Status, settled.State.Grade) : default);
    }

    [Fact]
    public void A_window_is_assessed_in_its_hall_and_those_whose_people_served_there_may_object()
    {
        var window = new MakeAssessment("2026-H1", Hall: "airport", Window: 3);
        OfWindow().Do(window, Head).ThenRefused(StaffRefusals.NotYours);
        OfWindow().Do(window, Office with { Hall = "lingang" }).ThenRefused(StaffRefusals.NotYours);
        new StaffSpec { Figures = null }.Do(window, Office).ThenRefused(AssessmentRefusals.NothingHandled, "/window");

        var made = OfWindow().Do(window, Office with { Hall = "airport" });
        Assert.Equal((null, null, "airport", 3), (made.State.Person, made.State.Department, made.State.Hall, made.State.Window));
        Assert.All([Head, Head with { Department = Department.Customs }, Office, Auditor], viewer => Assert.NotNull(made.State.SeenBy(viewer, default)));
        Assert.All([Clerk, Head with { Department = Department.Fire }], other => Assert.Null(made.State.SeenBy(other, default)));
        made.Do(new ObjectToAssessment("不是我们的。"), Head with { Department = Department.Fire }).ThenRefused(AssessmentRefusals.NotYoursToContest);
        Assert.Equal(AssessmentStatus.Objected, made.Do(new ObjectToAssessment("不是我们的。"), Head with { Department = Department.Customs }).State.Status);
    }

    [Fact]
    public void Who_is_assessed_may_object_for_five_working_days_and_somebody_else_decides()
    {
        new StaffSpec().Made().Do(new ObjectToAssessment("不是我。"), Colleague).ThenRefused(AssessmentRefusals.NotYoursToContest);
        new StaffSpec().Made().Do(new ObjectToAssessment(" "), Clerk).ThenRefused(StaffRefusals.TextInvalid, "/text");
        new StaffSpec().Made().Do(new SettleAssessment(StaffGrade.Competent, "维持。"), Deputy).ThenRefused(AssessmentRefusals.NotInThisState);
        Assert.Equal(AssessmentStatus.Objected, new StaffSpec().Made().At("2026-07-08 23:59:59").Do(new ObjectToAssessment("不是我。"), Clerk).State.Status);
        new StaffSpec().Made().At("2026-07-09 00:00").Do(new ObjectToAssessment("不是我。"), Clerk).ThenRefused(AssessmentRefusals.NotInThisState);

        var objected = new StaffSpec().Objected();
        objected.Do(new ObjectToAssessment("还有。"), Clerk).ThenRefused(AssessmentRefusals.NotInThisState);
        objected.Do(new SettleAssessment(StaffGrade.Competent, "维持。"), Head).ThenRefused(AssessmentRefusals.MadeYourself);
        objected.Do(new SettleAssessment(StaffGrade.Competent, "维持。"), Clerk with { IsSupervisor = true }).ThenRefused(AssessmentRefusals.NotOneself);
        objected.Do(new SettleAssessment(StaffGrade.Competent, "维持。"), Colleague).ThenRefused(StaffRefusals.NeedsSupervisor);
        objected.Do(new SettleAssessment(StaffGrade.Competent, ""), Deputy).ThenRefused(StaffRefusals.TextInvalid, "/reason");
        Assert.All([Deputy, Office], other => Assert.Equal((AssessmentStatus.Final, StaffGrade.Competent), new StaffSpec().Objected().Do(new SettleAssessment(StaffGrade.Competent, "属实。"), other) is var settled ? (settled.State.Status, settled.State.Grade) : default));
    }

    [Fact]
    public void Nobody_objecting_makes_it_final_by_itself_and_an_objection_stops_that()
    {
        var made = new StaffSpec().Made().State;

        Assert.Equal(AssessmentStatus.Open, made.At(China.At("2026-07-08 23:59:59")).Status);
        Assert.Equal((AssessmentStatus.Final, 1), made.At(China.At("2026-07-09 00:00")) is var final ? (final.Status, final.Version) : default);
        Assert.Equal(AssessmentStatus.Objected, new StaffSpec().Objected().State.At(China.At("2027-01-01 00:00")).Status);
    }

    [Fact]
    public void Who_is_assessed_their_supervisors_and_auditors_see_it_and_nobody_else()
    {
        var made = new StaffSpec().Made().State;

        Assert.All([Clerk, Head, Office, Auditor], viewer => Assert.Equal(made, made.SeenBy(viewer, default)));
        Assert.All([Colleague, Head with { Department = Department.Fire }, new Actor("sandbox-tax", "sandbox-tax", Department.Tax), new Actor("mobile", "p_clerk", Applicant: "person:1")], other => Assert.Null(made.SeenBy(other, default)));
    }
}
