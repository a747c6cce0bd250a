using System.Text.Json.Serialization;
using OneDoor.Clock;

namespace OneDoor.WorkOrders;

/// <summary>Where a work order stands.</summary>
public enum WorkOrderStatus
{
    Open,

    /// <summary>Somebody got in touch with the reviewer.</summary>
    Contacted,

    /// <summary>What was wrong is put right.</summary>
    Rectified,

    /// <summary>The reviewer was told what came of it.</summary>
    FedBack,
    Closed,

    /// <summary>What it came of does not stand.</summary>
    Voided,
}

/// <summary>
/// What is to be done about a bad review or an upheld complaint (差评整改工单, REV-2): get in touch, put it right, tell what came of it, call back.
/// </summary>
public sealed partial record WorkOrder : IFolded<WorkOrder, WorkOrderFact>
{
    public required Guid Id { get; init; }
    public int Version { get; init; }
    public required WorkOrderStatus Status { get; init; }
    public Guid? Review { get; init; }
    public Guid? Complaint { get; init; }

    /// <summary>The review or the complaint it comes of. Stored so that it can be found.</summary>
    public Guid? Cause => Review ?? Complaint;

    /// <summary>The department that puts it right.</summary>
    public required Department Unit { get; init; }

    /// <summary>The subject that gave the review or complained; null of an anonymous complaint, of a review by the code on a ticket, and for who is not to know.</summary>
    public string? Reviewer { get; init; }
    public ReviewerContact? Contact { get; init; }

    /// <summary>Subjects of the staff whom the complaint names.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>The complaint is about the service office as well, so that its supervisors handle it (COMP-1).</summary>
    public bool AboutOffice { get; init; }

    /// <summary>In UTC, the only form of an instant a database column takes; so are the others.</summary>
    public required DateTimeOffset OpenedAt { get; init => field = value.ToUniversalTime(); }
    public required Limit ContactWithin { get; init; }
    public required DateTimeOffset ContactBy { get; init => field = value.ToUniversalTime(); }
    public required Limit RectifyWithin { get; init; }
    public required DateTimeOffset RectifyBy { get; init => field = value.ToUniversalTime(); }
    public WorkOrderNote? Contacted { get; init; }

    /// <summary>What makes it complex; null where it was not extended.</summary>
    public string? ExtendedFor { get; init; }
    public WorkOrderNote? Rectified { get; init; }

    /// <summary>Null until it is put right, and of those that were before there was a limit; so is the call-back's.</summary>
    public Limit? FeedBackWithin { get; init; }
    public DateTimeOffset? FeedBackBy { get; init => field = value?.ToUniversalTime(); }
    public WorkOrderNote? FedBack { get; init; }
    public Limit? CallBackWithin { get; init; }
    public DateTimeOffset? CallBackBy { get; init => field = value?.ToUniversalTime(); }
    public IReadOnlyList<WorkOrderCall> CallBacks { get; init; } = [];

    /// <summary>What the reviewer said of what came of it, called back or by themselves; null while they say nothing.</summary>
    public bool? Satisfied { get; init; }

    /// <summary>When it was closed or voided.</summary>
    public DateTimeOffset? EndedAt { get; init => field = value?.ToUniversalTime(); }

    [JsonIgnore]
    public bool IsEnded => Status is WorkOrderStatus.Closed or WorkOrderStatus.Voided;

    /// <summary>What was not done in time.</summary>
    public IReadOnlyList<WorkOrderStage> Missed { get; init; } = [];

    /// <summary>Something that was due is not done.</summary>
    public bool IsOverdue => Owed.Any(o => Missed.Contains(o.Stage));

    /// <summary>From when on time alone changes it: a deadline ends with its second. Stored so that it can be found.</summary>
    public DateTimeOffset? WakeAt => Unrecorded.Select(o => (DateTimeOffset?)LegalClock.After(o.By)).Min();

    /// <summary>What is owed, each by its own day, whichever is done first.</summary>
    private IEnumerable<(WorkOrderStage Stage, DateTimeOffset By)> Owed => IsEnded ? [] :
    [
        .. Contacted is null ? new[] { (WorkOrderStage.Contact, ContactBy) } : [],
        .. Rectified is null ? new[] { (WorkOrderStage.Rectification, RectifyBy) } : [],
        .. FedBack is null && FeedBackBy is { } tell ? new[] { (WorkOrderStage.Feedback, tell) } : [],
        .. CallBacks.Count == 0 && Satisfied is null && CallBackBy is { } call ? new[] { (WorkOrderStage.CallBack, call) } : [],
    ];

    private IEnumerable<(WorkOrderStage Stage, DateTimeOffset By)> Unrecorded => Owed.Where(o => !Missed.Contains(o.Stage));

    /// <summary>What the passing of time alone has brought about by an instant.</summary>
    public IReadOnlyList<WorkOrderFact> Lapse(DateTimeOffset now) =>
        [.. Unrecorded.Where(o => LegalClock.IsOver(o.By, now)).OrderBy(o => o.By).Select(o => new WorkOrderOverdue(LegalClock.After(o.By), o.Stage, o.By))];

    /// <summary>The work order as it stands at an instant, whether that is recorded yet or not; its version is that of what is.</summary>
    public WorkOrder At(DateTimeOffset now) => Lapse(now).Aggregate(this, Evolve) with { Version = Version };

    /// <summary>The work order after one more fact; pure, so that a rebuild reproduces every byte.</summary>
    public static WorkOrder Evolve(WorkOrder? state, WorkOrderFact fact) => ((state, fact) switch
    {
        (null, WorkOrderOpened f) => new WorkOrder
        {
            Id = f.WorkOrderId, Status = WorkOrderStatus.Open, Review = f.Review, Complaint = f.Complaint, Unit = f.Unit, Reviewer = f.Reviewer, Contact = f.Contact,
            Named = f.Named, AboutOffice = f.AboutOffice, OpenedAt = f.At, ContactWithin = f.ContactWithin, ContactBy = f.ContactBy, RectifyWithin = f.RectifyWithin, RectifyBy = f.RectifyBy,
        },
        (null, _) => throw new InvalidOperationException($"A work order begins with its being opened, not with {fact.GetType().Name}."),
        (_, WorkOrderContacted f) => state with { Status = WorkOrderStatus.Contacted, Contacted = new(f.Note, f.At) },
        (_, WorkOrderExtended f) => state with { ExtendedFor = f.Reason, RectifyWithin = f.RectifyWithin, RectifyBy = f.RectifyBy },
        (_, WorkOrderRectified f) => state with { Status = WorkOrderStatus.Rectified, Rectified = new(f.Text, f.At), FeedBackWithin = f.FeedBackWithin, FeedBackBy = f.FeedBackBy },
        (_, WorkOrderFedBack f) => state with { Status = WorkOrderStatus.FedBack, FedBack = new(f.Text, f.At), CallBackWithin = f.CallBackWithin, CallBackBy = f.CallBackBy },
        (_, WorkOrderCalledBack f) => state with { CallBacks = [.. state.CallBacks, new(f.At, f.Reached, f.Satisfied, f.Note)], Satisfied = f.Satisfied ?? state.Satisfied },
        (_, WorkOrderAnswered f) => state with { Satisfied = f.Satisfied },
        (_, WorkOrderOverdue f) => state with { Missed = [.. state.Missed, f.Stage] },
        (_, WorkOrderClosed f) => state with { Status = WorkOrderStatus.Closed, EndedAt = f.At },
        (_, WorkOrderVoided f) => state with { Status = WorkOrderStatus.Voided, EndedAt = f.At },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of a work order."),
    }) with
    { Version = (state?.Version ?? 0) + 1 };

    /// <summary>
    /// The work order as the viewer may see it; null when it does not exist for them. The department that puts it right learns as little of who
    /// rated it as from the review (decision 0057), and of what was said on the telephone only whether it satisfied; so does the reviewer. For
    /// whom the complaint names it does not exist (decision 0038), and of a complaint for auditors, who see none.
    /// </summary>
    public WorkOrder? SeenBy(Actor viewer, DateTimeOffset now)
    {
        if (Named.Contains(viewer.Subject))
            return null;
        if (SeesWhole(viewer))
            return this;
        if (viewer.Department is null && viewer.Subject == Reviewer)
            return WithoutNotes() with { Named = [] };
        return viewer.Department == Unit ? WithoutNotes() with { Reviewer = null, Contact = null, Named = [] } : null;
    }

    /// <summary>Whether somebody it does not name sees all of it, whoever gave the review.</summary>
    public bool SeesWhole(Actor viewer) => (viewer.IsAuditor && Complaint is null) || IsOffices(viewer);

    /// <summary>The service office calls back and closes; what is about itself, its supervisors do.</summary>
    private bool IsOffices(Actor by) => by.Department == Department.ServiceOffice && (by.IsSupervisor || !(AboutOffice || Unit == Department.ServiceOffice));

    private WorkOrder WithoutNotes() => this with { CallBacks = [.. CallBacks.Select(call => call with { Note = null })] };
}

/// <summary>What was done, and when.</summary>
/// <param name="Text">In the words of who did it.</param>
/// <param name="At">When.</param>
public sealed record WorkOrderNote(string Text, DateTimeOffset At);

/// <summary>A call to the reviewer (回访).</summary>
/// <param name="At">When.</param>
/// <param name="Reached">Whether they answered.</param>
/// <param name="Satisfied">What they said of what came of it; null where they did not say.</param>
/// <param name="Note">What was said, or how it was tried; the service office's alone.</param>
public sealed record WorkOrderCall(DateTimeOffset At, bool Reached, bool? Satisfied, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note);

/// <summary>How a deadline of a work order comes about.</summary>
/// <param name="Stage">What is owed by it.</param>
/// <param name="From">The day it runs from, which does not count itself.</param>
/// <param name="Within">How long it is.</param>
/// <param name="DueAt">The last instant in time.</param>
/// <param name="Skipped">The days on the way there that do not count, in order.</param>
/// <param name="Missed">It was not done by then.</param>
public sealed record WorkOrderDeadline(WorkOrderStage Stage, DateOnly From, Limit Within, DateTimeOffset DueAt, IReadOnlyList<SkippedDay> Skipped, bool Missed);
