using System.Text.Json.Serialization;
using OneDoor.Clock;

namespace OneDoor.WorkOrders;

/// <summary>Something that happened to a work order.</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it; null where it followed from something else or from the clock.</param>
public abstract record WorkOrderFact(DateTimeOffset At, Actor? By) : IFact;

/// <summary>What is owed by a deadline.</summary>
public enum WorkOrderStage
{
    /// <summary>To get in touch with the reviewer.</summary>
    Contact,

    /// <summary>To put right what was wrong.</summary>
    Rectification,

    /// <summary>To tell the reviewer what came of it.</summary>
    Feedback,

    /// <summary>To call the reviewer back, or to try to, unless they have said by themselves what they think of it.</summary>
    CallBack,
}

/// <summary>How the reviewer is reached (联系方式); neither is known of an anonymous complainant.</summary>
/// <param name="Phone">A telephone number.</param>
/// <param name="Email">An e-mail address.</param>
public sealed record ReviewerContact([Personal] string? Phone, [Personal] string? Email);

/// <summary>A bad review was given, or a complaint was upheld: something is to be done about it (REV-2, COMP-1).</summary>
/// <param name="At">When; of a review the beginning of the day (decision 0057).</param>
/// <param name="Review">The review; null where it came of a complaint.</param>
/// <param name="Complaint">The complaint; null where it came of a review.</param>
/// <param name="Unit">The department that puts it right.</param>
/// <param name="Reviewer">The subject that gave the review or complained; null of an anonymous complaint.</param>
/// <param name="Contact">How they are reached; null where nobody knows.</param>
/// <param name="Named">Subjects of the staff whom the complaint names: they have no part in it.</param>
/// <param name="AboutOffice">The complaint is about the service office as well.</param>
/// <param name="ContactWithin">Within which time somebody gets in touch.</param>
/// <param name="ContactBy">The last instant at which that is in time.</param>
/// <param name="RectifyWithin">Within which time it is put right.</param>
/// <param name="RectifyBy">The last instant at which that is in time.</param>
[Alias("work_order_opened")]
public sealed record WorkOrderOpened(
    DateTimeOffset At, Guid WorkOrderId, Guid? Review, Guid? Complaint, Department Unit, string? Reviewer, ReviewerContact? Contact, IReadOnlyList<string> Named, bool AboutOffice,
    Limit ContactWithin, DateTimeOffset ContactBy, Limit RectifyWithin, DateTimeOffset RectifyBy) : WorkOrderFact(At, null);

/// <summary>Somebody got in touch with the reviewer (联系核实).</summary>
/// <param name="Note">What the reviewer was told or said.</param>
[Alias("work_order_contacted")]
public sealed record WorkOrderContacted(DateTimeOffset At, Actor By, [Personal] string Note) : WorkOrderFact(At, By);

/// <summary>Putting it right takes longer, because it is complex (延期).</summary>
/// <param name="Reason">What makes it complex.</param>
/// <param name="RectifyWithin">Within which time it is put right, from its being opened.</param>
/// <param name="RectifyBy">The last instant at which that is in time.</param>
[Alias("work_order_extended")]
public sealed record WorkOrderExtended(DateTimeOffset At, Actor By, [Personal] string Reason, Limit RectifyWithin, DateTimeOffset RectifyBy) : WorkOrderFact(At, By);

/// <summary>What was wrong is put right (整改).</summary>
/// <param name="Text">What was done.</param>
/// <param name="FeedBackWithin">Within which time the reviewer is told; null of those that were put right before there was a limit.</param>
/// <param name="FeedBackBy">The last instant at which that is in time.</param>
[Alias("work_order_rectified")]
public sealed record WorkOrderRectified(
    DateTimeOffset At, Actor By, [Personal] string Text, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Limit? FeedBackWithin = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? FeedBackBy = null) : WorkOrderFact(At, By);

/// <summary>The reviewer was told what came of it (反馈).</summary>
/// <param name="Text">What they were told.</param>
/// <param name="CallBackWithin">Within which time they are called back; null of those that were told before there was a limit.</param>
/// <param name="CallBackBy">The last instant at which that is in time.</param>
[Alias("work_order_fed_back")]
public sealed record WorkOrderFedBack(
    DateTimeOffset At, Actor By, [Personal] string Text, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Limit? CallBackWithin = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? CallBackBy = null) : WorkOrderFact(At, By);

/// <summary>The service office called the reviewer back, or tried to (回访).</summary>
/// <param name="Reached">Whether they answered the call.</param>
/// <param name="Satisfied">What they said of what came of it; null where they did not say.</param>
/// <param name="Note">What was said, or how it was tried.</param>
[Alias("work_order_called_back")]
public sealed record WorkOrderCalledBack(DateTimeOffset At, Actor By, bool Reached, bool? Satisfied, [Personal] string Note) : WorkOrderFact(At, By);

/// <summary>The reviewer said by themselves what they think of what came of it.</summary>
/// <param name="Satisfied">Whether it satisfies them.</param>
[Alias("work_order_answered")]
public sealed record WorkOrderAnswered(DateTimeOffset At, Actor By, bool Satisfied) : WorkOrderFact(At, By);

/// <summary>What was owed was not done in time (逾期); it is still owed.</summary>
/// <param name="Due">When it was due.</param>
[Alias("work_order_overdue")]
public sealed record WorkOrderOverdue(DateTimeOffset At, WorkOrderStage Stage, DateTimeOffset Due) : WorkOrderFact(At, null);

/// <summary>There is nothing left to do (办结).</summary>
[Alias("work_order_closed")]
public sealed record WorkOrderClosed(DateTimeOffset At, Actor By) : WorkOrderFact(At, By);

/// <summary>There is nothing to do after all (作废): the review was excluded, or the complaint was found unfounded when it was handled once more.</summary>
[Alias("work_order_voided")]
public sealed record WorkOrderVoided(DateTimeOffset At, Actor By) : WorkOrderFact(At, By);

/// <summary>What someone asks of a work order: exactly what they send.</summary>
public abstract record WorkOrderCommand : ICommand;

/// <summary>Having got in touch with the reviewer; the department does so without knowing who it is: the reviewer reads the note.</summary>
/// <param name="Note">What the reviewer is told or said; 1 to 2,000 characters.</param>
public sealed record ContactReviewer(string Note) : WorkOrderCommand;

/// <summary>More time for a complex one.</summary>
/// <param name="Reason">What makes it complex; 1 to 2,000 characters.</param>
public sealed record ExtendWorkOrder(string Reason) : WorkOrderCommand;

/// <summary>Having put it right.</summary>
/// <param name="Text">What was done; 1 to 2,000 characters.</param>
public sealed record RectifyWorkOrder(string Text) : WorkOrderCommand;

/// <summary>Telling the reviewer what came of it.</summary>
/// <param name="Text">What they are told; 1 to 2,000 characters.</param>
public sealed record FeedBack(string Text) : WorkOrderCommand;

/// <summary>Having called the reviewer back, or tried to.</summary>
/// <param name="Reached">Whether they answered the call.</param>
/// <param name="Note">What was said, or how it was tried; 1 to 2,000 characters.</param>
/// <param name="Satisfied">What they said of what came of it; left out where they did not say, or were not reached.</param>
public sealed record CallBack(bool Reached, string Note, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Satisfied = null) : WorkOrderCommand;

/// <summary>What the reviewer says of what came of it.</summary>
/// <param name="Satisfied">Whether it satisfies them.</param>
public sealed record AnswerWorkOrder(bool Satisfied) : WorkOrderCommand;

/// <summary>Closing a work order.</summary>
public sealed record CloseWorkOrder : WorkOrderCommand;
