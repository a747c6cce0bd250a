using Marten;

namespace OneDoor.Cases;

/// <summary>What cases ask of whoever runs the halls.</summary>
public interface IHallDoors
{
    /// <summary>On which days from one on each hall takes nobody in, by its code.</summary>
    Task<ILookup<string, DateOnly>> Closed(IQuerySession session, DateOnly from, CancellationToken ct);
}
