using System.ComponentModel.DataAnnotations;

namespace OneDoor.Tickets;

/// <summary>Section <c>Tickets</c>: how the halls give out numbers.</summary>
public sealed record QueueOptions
{
    /// <summary>Tickets are given at any hour, and not only while the hall is open: to try the queue out in the evening.</summary>
    public bool OutOfHours { get; init; }

    /// <summary>Numbers that whoever is signed in takes for themselves in a hall on one day, those that they give up included.</summary>
    [Range(1, 1_000_000)]
    public int PerDay { get; init; } = 100;

    /// <summary>How many follow the boards at a time, in a process: screens, and people on their phones.</summary>
    public int Followers { get; init; } = 5_000;

    /// <summary>How many of them at one address, behind which a hall's visitors may be.</summary>
    public int FollowersPerAddress { get; init; } = 1_000;
}
