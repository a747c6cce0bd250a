using OneDoor.Cases;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Complaints.ComplaintSpec;

namespace OneDoor.Complaints;

/// <summary>COMP-1: by when a complaint is dealt with. The last second of a day is in time, and the next is not.</summary>
public class ComplaintDeadlines
{
    [Fact]
    public void It_is_accepted_within_one_working_day()
    {
        var spec = new ComplaintSpec().Filed();

        Assert.Empty(spec.At("2020-07-02 23:59:59").State.Lapse(spec.Now));
        spec.At("2020-07-03 00:00").Swept();

        Assert.Equal([new ComplaintOverdue(spec.Now, ComplaintStage.Acceptance, China.At("2020-07-02 23:59:59"))], spec.Facts.OfType<ComplaintOverdue>());
        Assert.Empty(spec.At("2020-08-01 00:00").State.Lapse(spec.Now));
        spec.Do(new AcceptComplaint(), Clerk).Then(ComplaintStatus.Accepted);
        Assert.False(spec.State.IsOverdue);
        Assert.Equal([ComplaintStage.Acceptance], spec.State.Missed);
    }

    [Fact]
    public void A_miss_that_nobody_has_recorded_yet_is_recorded_by_who_comes_first()
    {
        var spec = new ComplaintSpec().Filed().At("2020-07-03 00:00:30").Do(new AcceptComplaint(), Clerk).At("2020-07-11 09:00").Do(new AnswerComplaint(ComplaintFinding.Upheld, "属实。"), Clerk);

        Assert.Equal([ComplaintStage.Acceptance, ComplaintStage.Answer], spec.Facts.OfType<ComplaintOverdue>().Select(f => f.Stage));
        Assert.Equal((5, 5), (spec.Facts.Count, spec.State.Version));
        Assert.Equal(1, new ComplaintSpec().Filed().State.At(China.At("2020-07-03 00:00:30")).Version);
    }

    [Theory]
    [InlineData("2020-07-02 23:59:59", null)]
    [InlineData("2020-07-03 00:00", "complaint.too-late")]
    public void One_that_is_somebody_elses_is_sent_there_within_one_working_day(string at, string? refused)
    {
        var spec = new ComplaintSpec().Filed().At(at).Do(new ReturnComplaint(Department.Customs, "归海关。"), Clerk);

        Assert.Equal(refused, spec.Refused?.Code);
    }

    [Fact]
    public void Weekends_and_holidays_are_no_working_days()
    {
        var friday = new ComplaintSpec { Now = China.At("2020-07-03 23:59") }.Filed();
        // The Dragon Boat Festival was the 25th to the 27th of June 2020, and Sunday the 28th was worked.
        var festival = new ComplaintSpec { Now = China.At("2020-06-24 10:00") }.Filed();

        Assert.Equal(China.At("2020-07-06 23:59:59"), friday.State.AcceptBy);
        Assert.Equal(China.At("2020-06-28 23:59:59"), festival.State.AcceptBy);
    }

    [Theory]
    [InlineData("2020-07-08 23:59:59", false)]
    [InlineData("2020-07-09 00:00", true)]
    public void It_is_answered_within_five_working_days_of_acceptance(string at, bool late)
    {
        var spec = new ComplaintSpec().Accepted().At(at).Swept();

        Assert.Equal(late ? [ComplaintStage.Answer] : [], spec.State.Missed);
        spec.Do(new AnswerComplaint(ComplaintFinding.Upheld, "属实。"), Clerk).Then(ComplaintStatus.Answered);
        Assert.False(spec.State.IsOverdue);
    }

    [Theory]
    [InlineData("2020-07-08 23:59:59", null)]
    [InlineData("2020-07-09 00:00", "complaint.too-late")]
    public void A_complex_one_has_fifteen_if_that_is_said_before_the_five_are_over(string at, string? refused)
    {
        var spec = new ComplaintSpec().Accepted().At(at).Do(new ExtendComplaint("涉及两个大厅。"), Clerk);

        Assert.Equal(refused, spec.Refused?.Code);
        Assert.Equal(China.At(refused is null ? "2020-07-22 23:59:59" : "2020-07-08 23:59:59"), spec.State.AnswerBy);
        if (refused is not null)
            return;
        Assert.Empty(spec.At("2020-07-22 23:59:59").State.Lapse(spec.Now));
        Assert.Single(spec.At("2020-07-23 00:00").State.Lapse(spec.Now));
    }

    [Theory]
    [InlineData("2020-07-31 23:59:59", ComplaintStatus.Reopened)]
    [InlineData("2020-08-01 00:00", ComplaintStatus.Closed)]
    public void An_answer_can_be_rated_or_gone_against_for_thirty_days_and_closes_by_itself_then(string at, ComplaintStatus expected)
    {
        var spec = new ComplaintSpec().Answered().At(at);

        Assert.Equal(expected == ComplaintStatus.Closed ? "complaint.not-in-this-state" : null, spec.Do(new ReopenComplaint(), Citizen).Refused?.Code);
        Assert.Equal(expected, spec.Swept().State.Status);
        Assert.Null(spec.State.Answers[^1].Satisfied);
    }

    [Fact]
    public void What_is_reopened_has_five_working_days_again()
    {
        var spec = new ComplaintSpec().Answered().At("2020-07-06 12:00").Do(new ReopenComplaint(), Citizen);

        Assert.Equal(China.At("2020-07-13 23:59:59"), spec.State.AnswerBy);
        Assert.Empty(spec.At("2020-07-13 23:59:59").State.Lapse(spec.Now));
        Assert.Equal(ComplaintStage.Answer, Assert.IsType<ComplaintOverdue>(Assert.Single(spec.At("2020-07-14 00:00").State.Lapse(spec.Now))).Stage);
    }

    [Fact]
    public void One_against_a_decision_is_told_the_remedies_that_the_deciding_departments_data_give_late_rather_than_never()
    {
        // COMP-2, REM-1.
        var spec = new ComplaintSpec().Filed().At("2020-07-10 09:00").Do(new ReturnComplaint(Department.Customs, "不服许可决定。", AgainstDecision: true), Clerk);

        spec.Then(ComplaintStatus.Returned);
        Assert.Equal([Remedy.Against(RemedyAct.Refusal, Department.Customs)], spec.State.Return!.Remedies);
        Assert.Empty(new ComplaintSpec().Filed().Do(new ReturnComplaint(Department.Customs, "归海关。"), Clerk).State.Return!.Remedies);
    }
}
