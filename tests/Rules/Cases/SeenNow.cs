namespace OneDoor.Cases;

/// <summary>What somebody sees when the last thing has just happened to a case.</summary>
internal static class SeenNow
{
    public static Case? SeenBy(this Case @case, Actor viewer) => @case.SeenBy(viewer, @case.ChangedAt);

    public static IReadOnlyList<(int Version, CaseFact Fact)> SeenBy(this Case @case, IReadOnlyList<CaseFact> facts, Actor viewer) =>
        @case.SeenBy(facts, viewer, @case.ChangedAt);

    public static bool IsVisibleTo(this Case @case, Actor viewer) => @case.IsVisibleTo(viewer, @case.ChangedAt);
}
