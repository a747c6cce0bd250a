using OneDoor.Clock;
using Xunit;
using static OneDoor.WorkOrders.WorkOrderSpec;

namespace OneDoor.WorkOrders;

/// <summary>REV-2: by when something is done. The last second of a day is in time, and the next is not.</summary>
public class WorkOrderDeadlines
{
    [Fact]
    public void Somebody_gets_in_touch_within_one_working_day_and_it_is_put_right_within_five_whichever_comes_first()
    {
        var spec = new WorkOrderSpec();

        Assert.Empty(spec.At("2020-07-02 23:59:59").Swept().Facts);
        spec.At("2020-07-03 00:00").Swept();
        Assert.Equal([new WorkOrderOverdue(spec.Now, WorkOrderStage.Contact, China.At("2020-07-02 23:59:59"))], spec.Facts);
        Assert.Single(spec.At("2020-07-08 23:59:59").Swept().Facts);
        spec.At("2020-07-09 00:00").Swept();
        Assert.Equal([WorkOrderStage.Contact, WorkOrderStage.Rectification], spec.State.Missed);
        Assert.Empty(spec.At("2020-09-01 00:00").State.Lapse(spec.Now));
        // It is still owed, and late until it is done.
        spec.Contacted();
        Assert.True(spec.State.IsOverdue);
        Assert.False(spec.Do(new RectifyWorkOrder("已改正。"), Rated).State.IsOverdue);
    }

    [Fact]
    public void A_miss_that_nobody_has_recorded_yet_is_recorded_by_who_comes_first() => Assert.Equal(
        [WorkOrderStage.Contact, WorkOrderStage.Rectification], new WorkOrderSpec().At("2020-07-09 00:00:30").Contacted().Facts.OfType<WorkOrderOverdue>().Select(f => f.Stage));

    [Theory]
    [InlineData("2020-07-07 23:59:59", null)]
    [InlineData("2020-07-08 00:00", "work-order.too-late")]
    public void A_complex_one_has_fifteen_if_that_is_decided_before_the_fifth_day(string at, string? refused)
    {
        var spec = new WorkOrderSpec().Contacted().At(at).Do(new ExtendWorkOrder("涉及两个部门。"), Rated);

        Assert.Equal(refused, spec.Refused?.Code);
        Assert.Equal(China.At(refused is null ? "2020-07-22 23:59:59" : "2020-07-08 23:59:59"), spec.State.RectifyBy);
        if (refused is not null)
            return;
        Assert.Empty(spec.At("2020-07-22 23:59:59").State.Lapse(spec.Now));
        Assert.Single(spec.At("2020-07-23 00:00").State.Lapse(spec.Now));
    }

    [Fact]
    public void The_reviewer_is_told_within_a_working_day_and_called_back_within_another_each_from_what_went_before()
    {
        // Put right on a Friday, and told on the Monday after.
        var spec = new WorkOrderSpec().Contacted().At("2020-07-03 16:00").Do(new RectifyWorkOrder("已改正。"), Rated);
        Assert.Empty(spec.At("2020-07-06 23:59:59").State.Lapse(spec.Now));
        Assert.Equal(new WorkOrderOverdue(China.At("2020-07-07 00:00"), WorkOrderStage.Feedback, China.At("2020-07-06 23:59:59")), Assert.Single(spec.At("2020-07-07 00:00").State.Lapse(spec.Now)));

        spec.At("2020-07-06 09:00").Do(new FeedBack("不再重复索要材料。"), Rated);
        Assert.Empty(spec.At("2020-07-07 23:59:59").State.Lapse(spec.Now));
        Assert.Equal([WorkOrderStage.CallBack], spec.At("2020-07-08 00:00").Swept().State.Missed);
        Assert.True(spec.State.IsOverdue);
        var clock = spec.State.Deadlines(LegalClock.Zone);
        Assert.Equal(
            [(WorkOrderStage.Feedback, "07-03", 1m, false), (WorkOrderStage.CallBack, "07-06", 1m, true)], clock.Skip(2).Select(d => (d.Stage, $"{d.From:MM-dd}", d.Within.Value, d.Missed)));
        Assert.Equal(["07-04", "07-05"], clock[2].Skipped.Select(day => $"{day.Date:MM-dd}"));
        // A try is a call, and so is the reviewer's own word.
        Assert.False(spec.Do(new CallBack(false, "无人接听。"), Office).State.IsOverdue);
        Assert.Null(new WorkOrderSpec().FedBack().Do(new AnswerWorkOrder(true), Reviewer).State.WakeAt);
        Assert.NotNull(new WorkOrderSpec().FedBack().State.WakeAt);
    }

    [Fact]
    public void What_was_put_right_and_told_before_there_were_these_limits_has_none()
    {
        var before = new WorkOrderSpec().Contacted().State;
        before = WorkOrder.Evolve(WorkOrder.Evolve(before, new WorkOrderRectified(default, Rated, "已改正。")), new WorkOrderFedBack(default, Rated, "已改正。"));

        Assert.Equal((2, null), (before.Deadlines(LegalClock.Zone).Count, before.WakeAt));
    }

    [Fact]
    public void Weekends_and_holidays_are_no_working_days()
    {
        var festival = WorkOrder.Evolve(null, WorkOrder.Open(China.At("2020-06-24 00:00"), default, new(Department.Tax, null, null), LegalClock.Zone, new WorkOrderOptions()));

        // The Dragon Boat Festival was the 25th to the 27th of June 2020, and Sunday the 28th was worked.
        Assert.Equal((China.At("2020-06-28 23:59:59"), China.At("2020-07-02 23:59:59")), (festival.ContactBy, festival.RectifyBy));
        var clock = festival.Deadlines(LegalClock.Zone);
        Assert.Equal([(WorkOrderStage.Contact, 1m, festival.ContactBy), (WorkOrderStage.Rectification, 5m, festival.RectifyBy)], clock.Select(d => (d.Stage, d.Within.Value, d.DueAt.ToUniversalTime())));
        Assert.All(clock, d => Assert.Equal(["06-25", "06-26", "06-27"], d.Skipped.Select(day => $"{day.Date:MM-dd}")));
    }
}
