using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Statistics;

/// <summary>How people were served in a quarter that is over, for anybody (STAT-4): how long they waited, how they rated it and of what they complained.</summary>
/// <param name="Quarter">The quarter.</param>
/// <param name="From">Its first day, China Standard Time.</param>
/// <param name="To">Its last day.</param>
/// <param name="Figures">Each with its definition.</param>
/// <param name="AsOf">As they were then: what was found later is not in them (STAT-2), and ratings that were excluded later are out of them all the same; absent where they are as of now.</param>
public sealed record ServiceFigures(
    string Quarter, DateOnly From, DateOnly To, IReadOnlyList<ServiceFigure> Figures, [property: JsonIgnore(Condition = WhenWritingNull)] DateTimeOffset? AsOf = null)
{
    private static readonly (string Id, Text Name, Text Definition, bool OfHalls, Func<ServiceCounts, StatisticsRatio?> Of)[] All =
    [
        ("mean-wait", new("平均等候时间（秒）", "Mean wait, in seconds"),
            new("从取号（预约的从预约时间）到首次叫号的秒数之和 ÷ 办结的排队号", "Seconds from taking a ticket, of a booking from its start, to its first call, added up ÷ visits that were served"), true, of => of.MeanWait),
        ("mean-service", new("平均办理时间（秒）", "Mean time of service, in seconds"),
            new("窗口办理的秒数之和（不含中断）÷ 办结的排队号", "Seconds of service at the window, interruptions left out, added up ÷ visits that were served"), true, of => of.MeanService),
        ("positive", new("好评率", "Positive ratings"),
            new("非常满意、满意、基本满意的评价 ÷ 计入的评价（不含已排除的）", "Ratings in the upper three of five grades ÷ ratings that count; what was excluded does not"), false, of => of.Positive),
        ("without-complaint", new("无有效投诉率", "Without a complaint that was upheld"),
            new("没有属实或部分属实投诉的办理量 ÷ 办理量（大厅为办结的排队号，部门为办结的事项）", "What was handled without a complaint found right, also in part ÷ what was handled: a hall's visits, a department's cases"), false, of => of.WithoutComplaint),
    ];

    /// <summary>The figures of what was counted.</summary>
    /// <param name="quarter">The quarter.</param>
    /// <param name="from">Its first day.</param>
    /// <param name="to">Its last day.</param>
    /// <param name="counted">Of each hall and each department.</param>
    public static ServiceFigures Of(string quarter, DateOnly from, DateOnly to, IReadOnlyList<ServiceCounts> counted) => new(quarter, from, to,
    [
        .. All.Select(figure => new ServiceFigure(figure.Id, figure.Name, figure.Definition,
        [
            .. Told([.. counted.Where(of => of.Hall is not null && figure.OfHalls)], figure.Of), .. Told([.. counted.Where(of => of.Hall is null)], figure.Of),
        ])),
    ]);

    // Halls add up to what departments add up to: the only one that is not told could be worked out, and so could a few of several. The next smallest goes with them.
    private static IEnumerable<ServiceShare> Told(IReadOnlyList<ServiceCounts> rows, Func<ServiceCounts, StatisticsRatio?> of)
    {
        var hidden = rows.Where(row => of(row) is not { } ratio || ratio.Denominator is > 0 and < CaseFigures.Least).ToHashSet();
        Queue<ServiceCounts> told = new(rows.Where(row => of(row)?.Denominator >= CaseFigures.Least).OrderBy(row => of(row)!.Denominator));
        while (hidden.Count > 0 && (hidden.Count == 1 || hidden.Sum(row => of(row)?.Denominator ?? 0) < CaseFigures.Least) && told.TryDequeue(out var next))
            hidden.Add(next);
        return rows.Select(row => new ServiceShare(row.Hall, row.Department, hidden.Contains(row), hidden.Contains(row) ? null : of(row)));
    }
}

/// <summary>A figure of halls and departments.</summary>
/// <param name="Id">What it is known by.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Definition">What is divided by what.</param>
/// <param name="Rows">The halls, and then the departments: each visit is one of both.</param>
public sealed record ServiceFigure(string Id, Text Name, Text Definition, IReadOnlyList<ServiceShare> Rows);

/// <summary>A figure of one hall or department.</summary>
/// <param name="Hall">The hall's code; null of a department.</param>
/// <param name="Department">The department; null of a hall.</param>
/// <param name="Withheld">There are so few that whose they are could be guessed, or worked out from the others.</param>
/// <param name="Ratio">What was divided by what; null where withheld.</param>
public sealed record ServiceShare(string? Hall, Department? Department, bool Withheld, StatisticsRatio? Ratio);

/// <summary>What is known of a hall or a department in a quarter.</summary>
/// <param name="Hall">The hall's code; null of a department.</param>
/// <param name="Department">The department; null of a hall.</param>
/// <param name="MeanWait">Seconds ÷ visits.</param>
/// <param name="MeanService">Seconds ÷ visits.</param>
/// <param name="Positive">Ratings ÷ ratings; null where that is not told.</param>
/// <param name="WithoutComplaint">What was handled ÷ what was handled.</param>
public sealed record ServiceCounts(string? Hall, Department? Department, StatisticsRatio MeanWait, StatisticsRatio MeanService, StatisticsRatio? Positive, StatisticsRatio WithoutComplaint);

/// <summary>Reads those of the last quarter that is over; null of one before all that is known. Whoever counts them offers it.</summary>
public delegate Task<ServiceFigures?> ServiceOfLastQuarter(CancellationToken ct);
