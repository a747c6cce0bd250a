using System.Reflection;
using OneDoor.Clock;
using Xunit;
using static OneDoor.WorkOrders.WorkOrderSpec;

namespace OneDoor.WorkOrders;

/// <summary>Every refusal of a work order is produced by the rule, by one story at least.</summary>
public class EveryWorkOrderRefusal
{
    private static readonly Dictionary<Refusal, Func<Refusal?>> Stories = new()
    {
        [WorkOrderRefusals.NotFound] = () => WorkOrder.Decide(null, new CloseWorkOrder(), new WorkOrderAsking(Head, LegalClock.Zone, default)).Refused,
        [WorkOrderRefusals.NotYours] = () => new WorkOrderSpec().FedBack().Do(new AnswerWorkOrder(true), Head).Refused,
        [WorkOrderRefusals.NotYoursToHandle] = () => new WorkOrderSpec().Do(new ContactReviewer("一"), Customs).Refused,
        [WorkOrderRefusals.NotYoursToClose] = () => new WorkOrderSpec().FedBack().Do(new CloseWorkOrder(), Rated).Refused,
        [WorkOrderRefusals.NeedsSupervisor] = () => new WorkOrderSpec(Department.ServiceOffice).Do(new CloseWorkOrder(), Office).Refused,
        [WorkOrderRefusals.TextInvalid] = () => new WorkOrderSpec().Do(new ContactReviewer(" "), Rated).Refused,
        [WorkOrderRefusals.CallBackInvalid] = () => new WorkOrderSpec().FedBack().Do(new CallBack(false, "无人接听。", true), Office).Refused,
        [WorkOrderRefusals.NotAnswered] = () => new WorkOrderSpec().FedBack().Do(new CloseWorkOrder(), Office).Refused,
        [WorkOrderRefusals.TooLate] = () => new WorkOrderSpec().At("2020-07-09 00:00").Do(new ExtendWorkOrder("复杂。"), Rated).Refused,
        [WorkOrderRefusals.ExtendedAlready] = () => new WorkOrderSpec().Do(new ExtendWorkOrder("复杂。"), Rated).Do(new ExtendWorkOrder("更复杂。"), Rated).Refused,
        [WorkOrderRefusals.NotInThisState] = () => new WorkOrderSpec().Do(new FeedBack("已改正。"), Rated).Refused,
    };

    [Fact]
    public void Every_refusal_is_produced() => Assert.All(Stories, story => Assert.Equal(story.Key.Code, story.Value()?.Code));

    [Fact]
    public void No_refusal_is_without_a_story() => Assert.Equal(
        typeof(WorkOrderRefusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((Refusal)f.GetValue(null)!).Code).Order(StringComparer.Ordinal),
        Stories.Keys.Select(r => r.Code).Order(StringComparer.Ordinal));
}
