namespace OneDoor.Feed;

/// <summary>Events of things that do not exist, told to whoever asked for them to try things with (decision 0075).</summary>
public interface ISampleEvents
{
    /// <summary>The alias of the facts that hold them, one in each stream.</summary>
    string Alias { get; }

    /// <summary>What a listener is told of some of them, by their streams; nothing of those somebody else asked for.</summary>
    Task<IReadOnlyDictionary<Guid, SampleTold>> Tell(IReadOnlyList<Guid> streams, Listener listener, CancellationToken ct);
}

/// <summary>An event of a thing that does not exist.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Fact">What is told.</param>
public sealed record SampleTold(string Type, ToldFact Fact);
