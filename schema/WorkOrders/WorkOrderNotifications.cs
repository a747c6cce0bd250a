namespace OneDoor.WorkOrders;

/// <summary>Of which facts of a work order whoever gave the review or complained is told, and in which words: they read there what was said to them.</summary>
public static class WorkOrderNotifications
{
    /// <summary>What the reviewer is told of a fact; null where nobody knows who they are.</summary>
    /// <param name="order">The work order, the fact included.</param>
    /// <param name="fact">What has happened.</param>
    public static Notification? Of(WorkOrder order, WorkOrderFact fact)
    {
        if (order.Reviewer is not { } reviewer)
            return null;
        Notification Told(Text title, Text text) => new([new Way.AsSubmitter(reviewer)], title, text);
        return fact switch
        {
            WorkOrderContacted => Told(new("已联系核实", "Somebody looks into it"), new(
                "您反映的问题已有人核实，答复见整改工单。", "Somebody looks into what you said; what they say to you is in the work order.")),
            WorkOrderFedBack => Told(new("整改结果反馈", "What came of it"), new(
                "您反映的问题已整改，结果见整改工单，可以说明是否满意。", "What you said was put right. The work order says how; you can say there whether that satisfies you.")),
            WorkOrderCalledBack { Reached: false } => Told(new("回访未接通", "You were called back"), new(
                "曾致电回访，未能接通；您也可以在整改工单中说明是否满意。", "You were called back and not reached. You can say in the work order as well whether what came of it satisfies you.")),
            _ => null,
        };
    }
}
