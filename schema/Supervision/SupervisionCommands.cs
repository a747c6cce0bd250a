using System.ComponentModel.DataAnnotations;
using OneDoor.Clock;
using OneDoor.Licences;

namespace OneDoor.Supervision;

/// <summary>What somebody asks of a supervision task: exactly what they send.</summary>
public abstract record SupervisionCommand : ICommand;

/// <summary>Saying that the supervising department knows of it.</summary>
public sealed record AcknowledgeSupervision : SupervisionCommand;

/// <summary>What an inspection found.</summary>
/// <param name="Outcome">In order, or a breach.</param>
/// <param name="Note">What was seen: 1 to 2,000 characters; may be left out where all is in order.</param>
/// <param name="RectifyBy">Of a breach alone: the last day to put it right, from today on, and so that a revocation can be decided within its time after it (53 working days, where the platform keeps to the law's limits).</param>
public sealed record RecordFinding(FindingOutcome Outcome, string? Note = null, DateOnly? RectifyBy = null) : SupervisionCommand;

/// <summary>What came of the order to put it right.</summary>
/// <param name="Outcome">Whether it was; that it was not, only after the last day to put it right.</param>
/// <param name="Note">What was seen: 1 to 2,000 characters; may be left out where it was put right.</param>
public sealed record RecordRectification(RectificationOutcome Outcome, string? Note = null) : SupervisionCommand;

/// <summary>What the rule of supervision knows besides the task and the command.</summary>
public sealed record SupervisionAsking(Actor By, LegalClock Clock, DateTimeOffset Now) : Asking(By, Clock, Now)
{
    /// <summary>Within how many working days of a finding a licence is revoked for it, and how many of them its holder has to speak.</summary>
    public LicenceOptions Policy { get; init; } = new();
}

/// <summary>Section <c>Supervision</c>: for how long a supervising department may not know of what was granted.</summary>
public sealed record SupervisionOptions
{
    /// <summary>Working days within which it says that it knows (SUP-1).</summary>
    [Range(1, 20)]
    public int AcknowledgeWithin { get; init; } = 1;
}
