namespace OneDoor.Platform;

/// <summary>Ids that tell nobody when they were made.</summary>
public static class Undated
{
#pragma warning disable RS0030 // By design no id that sorts by time: it must not say when somebody complained (decision 0037), or gave a review (decision 0057).
    /// <summary>A new one, at random: for what leads to a person whom its time would give away.</summary>
    public static Guid Id() => Guid.NewGuid();
#pragma warning restore RS0030
}
