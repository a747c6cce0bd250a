namespace OneDoor.Platform;

/// <summary>Ids that tell nobody when they were made.</summary>
public static class Undated
{
#pragma warning disable RS0030 // By design no id that sorts by time: it must not say when somebody said something whom that would give away (decisions 0037, 0057).
    /// <summary>A new one, at random.</summary>
    public static Guid Id() => Guid.NewGuid();
#pragma warning restore RS0030
}
