using OneDoor.Clock;

namespace OneDoor.Catalogue;

/// <summary>The statutory limit of what several departments decide together (JOINT-7): that of its steps' own laws one after the other, and at most what 行政许可法 art. 42 II leaves.</summary>
public static class JointLimit
{
    /// <summary>Working days that the law leaves departments that decide together, and by how many more it may be extended, unless one of their own laws leaves longer.</summary>
    public const int AtMost = 45, ExtendedBy = 15;

    /// <summary>The item's steps belong to several departments (联办).</summary>
    public static bool IsJoint(Item item) => item.Procedure.Steps.Select(step => step.Department).Distinct().Count() > 1;

    /// <summary>One of the steps' own laws leaves longer than what departments have together.</summary>
    public static bool IsLonger(Procedure procedure) => Longest(procedure)?.InWorkingDays > AtMost;

    /// <summary>The limit that follows from the steps' own; null where none of them has one, or they form no graph that can be walked.</summary>
    public static Limit? Of(Procedure procedure)
    {
        if (Longest(procedure) is not { } longest || CriticalPath.Ordered(procedure) is not { } ordered)
            return null;
        var ends = new Dictionary<string, decimal>();
        foreach (var step in ordered)
            ends[step.Code] = step.After.Select(before => ends[before]).DefaultIfEmpty(0).Max() + (step.StatutoryLimit?.InWorkingDays ?? 0);
        // Where one law is the whole of it, or longer than what they have together, it is that law's limit as it writes it; a day that several do not leave whole is none.
        var all = ends.Values.Max();
        var whole = Math.Min((int)all, AtMost);
        return all == longest.InWorkingDays || IsLonger(procedure) || whole < longest.InWorkingDays ? longest : Limit.WorkingDays(whole);
    }

    private static Limit? Longest(Procedure procedure) => procedure.Steps.Select(step => step.StatutoryLimit).OfType<Limit>().MaxBy(limit => limit.InWorkingDays);
}
