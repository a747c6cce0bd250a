namespace OneDoor;

/// <summary>What lists know of a thing: by whom it is found, by which filters and in which order. It says no more than that.</summary>
/// <param name="Version">Grows with every change.</param>
/// <param name="Item">Code of the item it is about.</param>
/// <param name="Hall">Code of the hall it belongs to.</param>
/// <param name="ChangedAt">When something last happened to it.</param>
/// <param name="DueAt">When it is due; null while it is not. It decides with the state alone whether there is one.</param>
/// <param name="Places">Once for each way that leads to it.</param>
public sealed record Findable(
    Guid Id, int Version, string Item, string Hall, DateTimeOffset ChangedAt, DateTimeOffset? DueAt, IReadOnlyList<Place> Places);

/// <summary>Where a thing stands for those who come to it one way.</summary>
/// <param name="State">How it stands there: the lists of the way are each of some states.</param>
public sealed record Place(Way Way, string State)
{
    /// <summary>When what they have to do in it is due, of what is; the soonest first.</summary>
    public IReadOnlyList<DateTimeOffset> Due { get; init; } = [];

    /// <summary>How much they have to do in it.</summary>
    public int Open { get; init; }

    /// <summary>How much they will have to do in it later.</summary>
    public int Waiting { get; init; }
}
