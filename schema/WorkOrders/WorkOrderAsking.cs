using System.ComponentModel.DataAnnotations;
using OneDoor.Clock;

namespace OneDoor.WorkOrders;

/// <summary>What the rule of work orders knows besides the work order and the command.</summary>
public sealed record WorkOrderAsking(Actor By, LegalClock Clock, DateTimeOffset Now) : Asking(By, Clock, Now)
{
    public WorkOrderOptions Policy { get; init; } = new();
}

/// <summary>What a work order comes of: a bad review or an upheld complaint.</summary>
/// <param name="Unit">The department that puts it right.</param>
/// <param name="Reviewer">The subject that gave the review or complained; null where nobody knows.</param>
/// <param name="Contact">How they are reached; null where nobody knows.</param>
/// <param name="Review">The review; null of a complaint.</param>
/// <param name="Complaint">The complaint; null of a review.</param>
/// <param name="Named">Subjects of the staff whom the complaint names; null where it names none.</param>
/// <param name="AboutOffice">The complaint is about the service office as well.</param>
public sealed record WorkOrderCause(
    Department Unit, string? Reviewer, ReviewerContact? Contact, Guid? Review = null, Guid? Complaint = null, IReadOnlyList<string>? Named = null, bool AboutOffice = false);

/// <summary>Section <c>WorkOrders</c>: by when something is done about a bad review or an upheld complaint.</summary>
public sealed record WorkOrderOptions
{
    /// <summary>Working days within which somebody gets in touch with the reviewer.</summary>
    [Range(1, 60)]
    public int ContactDays { get; init; } = 1;

    /// <summary>Working days within which it is put right.</summary>
    [Range(1, 60)]
    public int RectifyDays { get; init; } = 5;

    /// <summary>Working days instead, of one that is extended because it is complex.</summary>
    [Range(1, 90)]
    public int ComplexDays { get; init; } = 15;

    /// <summary>Working days from then on within which the reviewer is told what came of it.</summary>
    [Range(1, 60)]
    public int FeedBackDays { get; init; } = 1;

    /// <summary>Working days from then on within which the reviewer is called back.</summary>
    [Range(1, 60)]
    public int CallBackDays { get; init; } = 1;
}
