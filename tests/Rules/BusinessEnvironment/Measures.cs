using OneDoor.Clock;
using Xunit;
using static OneDoor.BusinessEnvironment.MeasureSpec;

namespace OneDoor.BusinessEnvironment;

/// <summary>BE-1: how far a measure has come, as its owner reports and its reviewer finds.</summary>
public class Measures
{
    [Fact] // BE-1: state and evidence
    public void A_measure_is_reported_until_it_is_complete_and_done_when_the_reviewer_says_so()
    {
        var measure = new MeasureSpec();
        Assert.Equal((MeasureStatus.Planned, 0, 0), (measure.State.Status, measure.State.Percent, measure.State.Version));
        Assert.Equal((MeasureStatus.UnderWay, 40, 1), (measure.UnderWay().State.Status, measure.State.Percent, measure.State.Version));
        Assert.Equal((MeasureStatus.Submitted, 100), (measure.Submitted().State.Status, measure.State.Percent));
        Assert.Equal([Shown], measure.State.Evidence);
        measure.Do(new ConfirmMeasure("抽查二十家。"), Reviewer);
        Assert.Equal((MeasureStatus.Done, "抽查二十家。", 3), (measure.State.Status, measure.State.Finding, measure.State.Version));
    }

    [Fact] // BE-1
    public void What_does_not_hold_is_returned_with_its_reason_even_after_it_was_confirmed()
    {
        var measure = new MeasureSpec().Submitted().Do(new ReturnMeasure("发票次日才取得。"), Reviewer);
        Assert.Equal((MeasureStatus.UnderWay, "发票次日才取得。"), (measure.State.Status, measure.State.Finding));
        Assert.Equal((MeasureStatus.Submitted, null), (measure.Submitted().State.Status, measure.State.Finding));
        Assert.Equal(MeasureStatus.UnderWay, new MeasureSpec().Done().Do(new ReturnMeasure("回访不属实。"), Reviewer).State.Status);
    }

    [Fact] // BE-1: the clock says what is overdue, and the reviewer's time is not the owner's
    public void A_measure_is_overdue_from_the_day_after_its_last_until_it_is_reported_complete()
    {
        var (before, after) = (China.At("2020-06-30 23:59:59"), China.At("2020-07-01 00:00"));
        Assert.All([new MeasureSpec(), new MeasureSpec().UnderWay(), new MeasureSpec().Submitted().Do(new ReturnMeasure("不属实。"), Reviewer)], measure =>
            Assert.Equal((false, true), (measure.State.IsOverdueAt(before), measure.State.IsOverdueAt(after))));
        Assert.All([new MeasureSpec().Submitted(), new MeasureSpec().Done()], measure => Assert.False(measure.State.IsOverdueAt(after)));
    }

    [Fact] // BE-1
    public void Its_owner_reports_and_nobody_else()
    {
        foreach (var other in new[] { Reviewer, Owner with { Department = Department.Tax }, Owner with { Department = null } })
            new MeasureSpec().Do(new ReportMeasureProgress(40, "已开设一窗。"), other).ThenRefused(MeasureRefusals.NotYours);
    }

    [Fact] // BE-1: a supervisor of the reviewer, and not who reported
    public void Its_reviewers_supervisor_reviews_and_nobody_who_reported()
    {
        foreach (var other in new[] { Owner with { IsSupervisor = true }, Reviewer with { IsSupervisor = false }, Reviewer with { Department = Department.Tax }, Reviewer with { Subject = Owner.Subject } })
        {
            new MeasureSpec().Submitted().Do(new ConfirmMeasure("抽查。"), other).ThenRefused(MeasureRefusals.NotYoursToReview);
            new MeasureSpec().Submitted().Do(new ReturnMeasure("不属实。"), other).ThenRefused(MeasureRefusals.NotYoursToReview);
        }
        // The client of a department's system is its subject, and says nothing of who it was.
        var system = new Actor("desk", "desk", Department.ServiceOffice, IsSupervisor: true);
        Assert.Equal(MeasureStatus.Done, new MeasureSpec().Do(new ReportMeasureProgress(100, "办结。", [Shown]), system with { Department = Department.MarketRegulation }).Do(new ConfirmMeasure("抽查。"), system).State.Status);
    }

    [Fact]
    public void All_that_is_wrong_with_a_report_is_told_at_once()
    {
        new MeasureSpec().Do(new ReportMeasureProgress(101, " ", [Shown with { Text = "" }, Shown, Shown with { Url = "http://example.com" }]), Owner)
            .ThenRefused(MeasureRefusals.PercentInvalid, "/percent", "/note", "/evidence/0/text", "/evidence/2/url");
        new MeasureSpec().Do(new ReportMeasureProgress(100, "办结。"), Owner).ThenRefused(MeasureRefusals.EvidenceMissing, "/evidence");
        new MeasureSpec().Do(new ReportMeasureProgress(10, "已启动。", [.. Enumerable.Repeat(Shown, 21)]), Owner).ThenRefused(MeasureRefusals.EvidenceInvalid, "/evidence");
        new MeasureSpec().Submitted().Do(new ConfirmMeasure(""), Reviewer).ThenRefused(MeasureRefusals.TextInvalid, "/note");
        new MeasureSpec().Submitted().Do(new ReturnMeasure(""), Reviewer).ThenRefused(MeasureRefusals.TextInvalid, "/reason");
    }

    [Theory] // Whoever reads the page follows it.
    [InlineData("https://example.com/a?b=c#d", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("//example.com", false)]
    [InlineData("https://user:secret@example.com", false)]
    [InlineData("https://", false)]
    [InlineData("", false)]
    public void Evidence_leads_to_what_is_published(string url, bool holds) =>
        Assert.Equal(holds, new MeasureSpec().Do(new ReportMeasureProgress(10, "已启动。", [Shown with { Url = url }]), Owner).Refused is null);

    [Fact]
    public void What_is_complete_waits_for_the_reviewer_and_what_is_not_is_not_reviewed()
    {
        foreach (var measure in new[] { new MeasureSpec().Submitted(), new MeasureSpec().Done() })
            measure.UnderWay().ThenRefused(MeasureRefusals.NotInThisState);
        foreach (var measure in new[] { new MeasureSpec(), new MeasureSpec().UnderWay() })
            measure.Do(new ReturnMeasure("不属实。"), Reviewer).ThenRefused(MeasureRefusals.NotInThisState);
        foreach (var measure in new[] { new MeasureSpec(), new MeasureSpec().UnderWay(), new MeasureSpec().Done() })
            measure.Do(new ConfirmMeasure("抽查。"), Reviewer).ThenRefused(MeasureRefusals.NotInThisState);
    }

    [Fact]
    public void What_no_plan_has_is_not_there()
    {
        Assert.Null(Measure.None(2020, "government-99"));
        Assert.Null(Measure.None(2021, Code));
        Assert.Null((new MeasureSpec().State with { Code = "government-99" }).SeenBy(Reviewer, default));
        Assert.NotNull(new MeasureSpec().State.SeenBy(new Actor("anybody", "anybody"), default));
    }
}
