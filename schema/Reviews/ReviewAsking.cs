using System.ComponentModel.DataAnnotations;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Tickets;

namespace OneDoor.Reviews;

/// <summary>What the rule of reviews knows besides the review and the command.</summary>
public sealed record ReviewAsking(Actor By, LegalClock Clock, DateTimeOffset Now) : Asking(By, Clock, Now)
{
    public ReviewOptions Policy { get; init; } = new();

    /// <summary>A new review's id.</summary>
    public Guid New { get; init; }

    /// <summary>A new one's, whole; null where there is no such case for who asks.</summary>
    public Case? Case { get; init; }

    /// <summary>A new one's of a visit, as it stands now; null where there is no such ticket for who asks.</summary>
    public Ticket? Ticket { get; init; }

    /// <summary>A new one's: what ties it to others from the same device that day; null where that is not known.</summary>
    public Guid? Device { get; init; }

    /// <summary>Of that case, whose parts are rated already; null among them where the whole is, or the ticket.</summary>
    public IReadOnlyList<Department?> Given { get; init; } = [];
}

/// <summary>Section <c>Reviews</c>: how long a matter can be rated.</summary>
public sealed record ReviewOptions
{
    /// <summary>Days from the end of a matter for which it can be rated; while it runs it can be all the time.</summary>
    [Range(1, 365)]
    public int OpenDays { get; init; } = 30;
}
