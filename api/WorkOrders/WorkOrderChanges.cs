using Marten;
using OneDoor.Clock;

namespace OneDoor.WorkOrders;

/// <summary>Opens work orders, and changes those that are there.</summary>
public sealed class WorkOrderChanges(ChangeTools tools, WorkOrderOptions policy, LegalClock clock) : Changes<WorkOrder, WorkOrderFact, WorkOrderCommand>(tools, WorkOrderReading.One)
{
    /// <summary>Opens a work order in the transaction of what it comes of.</summary>
    /// <param name="at">When; only the day counts.</param>
    /// <param name="of">What it comes of.</param>
    public WorkOrder Open(DateTimeOffset at, WorkOrderCause of)
    {
        var id = Undated.Id();
        var opened = WorkOrder.Open(at, id, of, clock, policy);
        Tools.Session.Events.StartStream<WorkOrder>(id, opened);
        return WorkOrder.Evolve(null, opened);
    }

    /// <summary>The latest work order that came of a review or a complaint; null where none did.</summary>
    public Task<WorkOrder?> Of(Guid cause, CancellationToken ct) =>
        Tools.Session.Query<WorkOrder>().Where(o => o.Cause == cause).OrderByDescending(o => o.OpenedAt).FirstOrDefaultAsync(ct);

    /// <summary>Ends a work order in the transaction in which it turns out that what it comes of does not stand.</summary>
    public WorkOrder Void(WorkOrder order)
    {
        var facts = order.Void(Tools.Now, Tools.Caller.Actor);
        if (facts.Count > 0)
            Tools.Session.Events.Append(order.Id, order.Version + facts.Count, facts);
        return facts.Aggregate(order, WorkOrder.Evolve);
    }

    protected override object View(WorkOrder seen, int version, string language) => WorkOrderView.Of(seen.At(Tools.Now) with { Version = version }, clock);

    protected override Task<Decision<WorkOrderFact>> Decide(WorkOrder? before, WorkOrderCommand command, CancellationToken ct) =>
        Task.FromResult(WorkOrder.Decide(before, command, new WorkOrderAsking(Tools.Caller.Actor, clock, Tools.Now) { Policy = policy }));
}

/// <summary>What can be asked of a work order, for both doors.</summary>
public static class WorkOrderOperations
{
    public static readonly Operations<WorkOrderCommand> All = new Operations<WorkOrderCommand>()
        .On(new Operation<ContactReviewer>("contactReviewer", "contact", "Get in touch with the reviewer, by the day in its clock (联系核实)",
            new(WorkOrderExamples.Contacting, WorkOrderExamples.Contacted), Scopes.ComplaintsHandle))
        .On(new Operation<ExtendWorkOrder>("extendWorkOrder", "extension", "Take longer for a complex one, once and before it is due (延期整改)",
            new(WorkOrderExamples.Extending, WorkOrderExamples.Extended), Scopes.ComplaintsHandle))
        .On(new Operation<RectifyWorkOrder>("rectifyWorkOrder", "rectification", "Put right what was wrong, by the day in its clock (整改)",
            new(WorkOrderExamples.Rectifying, WorkOrderExamples.Rectified), Scopes.ComplaintsHandle))
        .On(new Operation<FeedBack>("feedBack", "feedback", "Tell the reviewer what came of it, by the day in its clock (反馈)",
            new(WorkOrderExamples.Telling, WorkOrderExamples.FedBack), Scopes.ComplaintsHandle))
        .On(new Operation<CallBack>("callBack", "call-backs", "Record a call to the reviewer, by the service office, the first by the day in its clock (回访)",
            new(WorkOrderExamples.Calling, WorkOrderExamples.CalledBack), Scopes.ComplaintsHandle))
        .On(new Operation<AnswerWorkOrder>("answerWorkOrder", "answer", "Say whether what came of it satisfies, by the reviewer (评价整改)",
            new(WorkOrderExamples.Answering, WorkOrderExamples.Answered), Scopes.ReviewsWrite, Scopes.ComplaintsFile))
        .On(new Operation<CloseWorkOrder>("closeWorkOrder", "closing", "Close a work order that the reviewer has answered, or after three calls in vain on three working days (办结)",
            new(null, WorkOrderExamples.Closed), Scopes.ComplaintsHandle)
        { Bare = new(), IsBare = true });
}
