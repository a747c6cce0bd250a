namespace OneDoor.Tickets;

/// <summary>Section <c>Tickets</c>: how the halls give out numbers.</summary>
public sealed record QueueOptions
{
    /// <summary>Tickets are given at any hour, and not only while the hall is open: to try the queue out in the evening.</summary>
    public bool OutOfHours { get; init; }
}
