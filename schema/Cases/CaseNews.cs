namespace OneDoor.Cases;

/// <summary>
/// What is told of a case with one of its facts. Sight is decided when the fact happens and again when it is told, and the stricter holds:
/// a department that a step was redirected to is not told what went before, and the one that it was redirected from is told no more.
/// </summary>
public static class CaseNews
{
    /// <summary>The case as of a fact, as far as the viewer may see of it; null where the fact, or the case, is not for them.</summary>
    /// <param name="past">All facts of the case, in order, and what it was with each.</param>
    /// <param name="version">Which of them is told, counted from 1.</param>
    /// <param name="viewer">Who is told.</param>
    public static Case? SeenBy(IReadOnlyList<(CaseFact Fact, Case State)> past, int version, Actor viewer, DateTimeOffset now)
    {
        var ((fact, then), current) = (past[version - 1], past[^1].State);
        var facts = past.Select(p => p.Fact).ToArray();
        var at = then.EverybodysAt(fact);
        if (!Shows(then, facts[..version], version, viewer, at) || !Shows(current, facts, version, viewer, now) || then.SeenBy(viewer, at) is not { } seen)
            return null;
        return CaseSight.ShareOf(Under(current, seen, viewer, now), viewer, now);
    }

    private static bool Shows(Case @case, IReadOnlyList<CaseFact> facts, int version, Actor viewer, DateTimeOffset at) =>
        @case.IsVisibleTo(viewer, at) && @case.SeenBy(facts, viewer, at).Any(shown => shown.Version == version);

    // What was, as if those had it who have it now: whose a step is decides what of it they see. Of the item that a case was moved from
    // nobody has anything any more.
    private static Case Under(Case current, Case seen, Actor viewer, DateTimeOffset now)
    {
        var under = seen with { Lead = current.Lead, Disclosures = current.Disclosures };
        if (current.SeesWhole(viewer, now) || current.Wanted.All(s => s.Department != viewer.Department))
            return under;
        var steps = seen.Plan.Item == current.Plan.Item ? seen.Steps : [];
        return under with { Steps = [.. steps.Where(s => current.Step(s.Code) is not null).Select(s => s with { Department = current.Step(s.Code)!.Department })] };
    }
}
