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
