using Xunit;
using static OneDoor.WorkOrders.WorkOrderSpec;

namespace OneDoor.WorkOrders;

/// <summary>REV-2: whoever rated is told what is done about it, and nobody who is not known.</summary>
public class ToldReviewers
{
    [Fact]
    public void The_reviewer_is_told_what_others_say_to_them_and_not_what_they_did_themselves()
    {
        var spec = new WorkOrderSpec().FedBack().Do(new CallBack(false, "无人接听。"), Office).Do(new CallBack(true, "没有时间。"), Office).Do(new AnswerWorkOrder(true), Reviewer).Do(new CloseWorkOrder(), Office);

        var told = spec.Facts.Select(fact => (fact.GetType(), WorkOrderNotifications.Of(spec.State, fact))).Where(t => t.Item2 is not null).ToArray();

        Assert.Equal([typeof(WorkOrderContacted), typeof(WorkOrderFedBack), typeof(WorkOrderCalledBack)], told.Select(t => t.Item1));
        Assert.All(told, t => Assert.Equal([new Way.AsSubmitter(Reviewer.Subject)], t.Item2!.To));
        Assert.All(spec.Facts, fact => Assert.Null(WorkOrderNotifications.Of(spec.State with { Reviewer = null }, fact)));
    }
}
