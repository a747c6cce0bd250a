using OneDoor.Clock;

namespace OneDoor.WorkOrders;

/// <summary>A work order (差评整改工单) as its reader sees it.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Status">Where it stands (状态).</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="Unit">The department that puts it right (整改部门).</param>
/// <param name="Review">The review it comes of; null where it comes of a complaint.</param>
/// <param name="Complaint">The upheld complaint it comes of; null where it comes of a review.</param>
/// <param name="Contact">How the reviewer is reached; null for the department that is rated, and where nobody knows.</param>
/// <param name="OpenedAt">When it was opened; of a review the beginning of that day.</param>
/// <param name="Clock">By when somebody gets in touch and it is put right, then by when the reviewer is told, and then by when they are called back, and how these days come about (时限).</param>
/// <param name="Contacted">What the reviewer was told or said (联系核实); null while nobody got in touch.</param>
/// <param name="ExtendedFor">What makes it complex, so that it takes longer; null where it does not.</param>
/// <param name="Rectified">What was done (整改); null while nothing is.</param>
/// <param name="FedBack">What the reviewer was told of it (反馈).</param>
/// <param name="CallBacks">Calls to the reviewer (回访), in order.</param>
/// <param name="Satisfied">What the reviewer says of what came of it; null while they say nothing, and never taken for granted.</param>
/// <param name="Overdue">Something that is owed is late.</param>
/// <param name="EndedAt">When it was closed, or voided because what it comes of does not stand.</param>
public sealed record WorkOrderView(
    Guid Id, WorkOrderStatus Status, int Version, Department Unit, Guid? Review, Guid? Complaint, ReviewerContact? Contact, DateTimeOffset OpenedAt, IReadOnlyList<WorkOrderDeadline> Clock,
    WorkOrderNote? Contacted, string? ExtendedFor, WorkOrderNote? Rectified, WorkOrderNote? FedBack, IReadOnlyList<WorkOrderCall> CallBacks, bool? Satisfied, bool Overdue, DateTimeOffset? EndedAt)
{
    /// <param name="o">The work order as its reader may see it.</param>
    /// <param name="clock">Which days count.</param>
    public static WorkOrderView Of(WorkOrder o, LegalClock clock) => new(
        o.Id, o.Status, o.Version, o.Unit, o.Review, o.Complaint, o.Contact, o.OpenedAt, o.Deadlines(clock), o.Contacted, o.ExtendedFor, o.Rectified, o.FedBack, o.CallBacks, o.Satisfied,
        o.IsOverdue, o.EndedAt);
}

/// <summary>What came of a bad review or an upheld complaint (整改情况), for whoever sees that.</summary>
/// <param name="Id">The work order's.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="FedBack">What the reviewer was told came of it; null while they were told nothing.</param>
public sealed record WorkOrderOutcome(Guid Id, WorkOrderStatus Status, WorkOrderNote? FedBack)
{
    public static WorkOrderOutcome Of(WorkOrder o) => new(o.Id, o.Status, o.FedBack);
}

/// <summary>Whose doing something was.</summary>
public enum WorkOrderParty
{
    Reviewer,

    /// <summary>The department that puts it right, unless it is the service office.</summary>
    Unit,

    /// <summary>The service office, also where it puts it right itself.</summary>
    Office,

    /// <summary>Nobody's: it followed from something else, or time passed.</summary>
    Nobody,
}

/// <summary>Something that happened to a work order.</summary>
/// <param name="Version">Which it led to.</param>
/// <param name="Type">What it was, for instance <c>work-order-contacted</c>.</param>
/// <param name="At">When; of its being opened by a review, the beginning of that day.</param>
/// <param name="By">Whose doing it was.</param>
/// <param name="Due">By when what is owed from then on is due; null where that did not change.</param>
/// <param name="Stage">What was not done in time; null of everything else.</param>
public sealed record WorkOrderEvent(int Version, string Type, DateTimeOffset At, WorkOrderParty By, DateTimeOffset? Due, WorkOrderStage? Stage)
{
    public static WorkOrderEvent Of(WorkOrderFact fact, int index) => new(
        index + 1, Streams.PublishedAs(fact), fact.At,
        fact switch
        {
            WorkOrderAnswered => WorkOrderParty.Reviewer,
            { By: null } => WorkOrderParty.Nobody,
            { By.Department: Department.ServiceOffice } => WorkOrderParty.Office,
            _ => WorkOrderParty.Unit,
        },
        fact switch { WorkOrderOpened f => f.RectifyBy, WorkOrderExtended f => f.RectifyBy, WorkOrderRectified f => f.FeedBackBy, WorkOrderFedBack f => f.CallBackBy, _ => null },
        (fact as WorkOrderOverdue)?.Stage);
}
