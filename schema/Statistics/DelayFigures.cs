using OneDoor.Cases;

namespace OneDoor.Statistics;

/// <summary>Why cases were past their promise (优化营商环境条例 art. 36), for anybody.</summary>
/// <param name="From">The first day, China Standard Time.</param>
/// <param name="To">The last day.</param>
/// <param name="Causes">The cases whose promise ended unkept in these days, by the kind of reason that their department gave.</param>
public sealed record DelayFigures(DateOnly From, DateOnly To, IReadOnlyList<DelaysFor> Causes)
{
    /// <summary>What rows of cases say where no reason was given.</summary>
    public const string Unexplained = "unexplained";

    private static readonly (DelayCause? Cause, Text Name)[] Names =
    [
        (DelayCause.Workload, new("办件集中", "More came in than expected")), (DelayCause.Complexity, new("情况复杂", "The matter is complex")),
        (DelayCause.Coordination, new("部门协同", "Another department was needed")), (DelayCause.System, new("系统故障", "A system was down")),
        (DelayCause.Other, new("其他原因", "Another reason")), (null, new("未说明原因", "No reason was given")),
    ];

    /// <summary>The figures of what was counted by <see cref="CaseRow.LateFor"/>.</summary>
    public static DelayFigures Of(DateOnly from, DateOnly to, IReadOnlyDictionary<string, long> counted) => new(from, to,
    [
        .. Names.Select(name => counted.GetValueOrDefault(name.Cause is { } cause ? Kebab.Of(cause) : Unexplained) is var cases
            && cases is > 0 and < CaseFigures.Least ? new DelaysFor(name.Cause, name.Name, Withheld: true, null) : new(name.Cause, name.Name, Withheld: false, cases)),
    ]);
}

/// <summary>The cases that were late for one kind of reason.</summary>
/// <param name="Cause">The kind of reason; null where none was given.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Withheld">There are so few that whose they are could be guessed.</param>
/// <param name="Cases">How many; null where withheld.</param>
public sealed record DelaysFor(DelayCause? Cause, Text Name, bool Withheld, long? Cases);
