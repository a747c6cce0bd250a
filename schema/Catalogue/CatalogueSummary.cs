using OneDoor.Clock;

namespace OneDoor.Catalogue;

/// <summary>
/// The figures by which the zone describes its catalogue: of what the service office took over (承接事项), in leaf entries,
/// unless they say otherwise.
/// </summary>
public sealed record CatalogueSummary
{
    /// <summary>事项: items, each counted once however many sub-items it has.</summary>
    public required int Items { get; init; }

    /// <summary>含子项: what someone can apply for, every sub-item and every item without sub-items.</summary>
    public required int LeafEntries { get; init; }

    /// <summary>进驻事项: entries of agencies that sit in the airport hall, besides.</summary>
    public required int AgencyEntries { get; init; }

    /// <summary>Codes of the halls that handle any entry, in alphabetical order.</summary>
    public required IReadOnlyList<string> Halls { get; init; }

    /// <summary>全区通办: entries that every one of <see cref="Halls"/> handles.</summary>
    public required int HandledInAllHalls { get; init; }

    /// <summary>
    /// 证照分离: entries by reform mode: 直接取消审批 abolished, 审批改为备案 filing, 全面实行告知承诺制 commitment,
    /// 优化准入服务 optimised; standard ones are outside the reform.
    /// </summary>
    public required IReadOnlyDictionary<ReformMode, int> ByMode { get; init; }

    /// <summary>证照分离改革事项: entries in any of the four reform modes.</summary>
    public required int Reformed { get; init; }

    /// <summary>事项类型: 行政许可, 公共服务, 政府内部审批 and 其他.</summary>
    public required IReadOnlyDictionary<Category, int> ByCategory { get; init; }

    /// <summary>责任部门: entries of both registers by the department answerable for them.</summary>
    public required IReadOnlyDictionary<Department, int> ByDepartment { get; init; }

    /// <summary>权力来源: entries by where the power to decide comes from.</summary>
    public required IReadOnlyDictionary<PowerOrigin, int> ByOrigin { get; init; }

    /// <summary>联办: entries of both registers whose steps belong to more than one department.</summary>
    public required int Joint { get; init; }

    /// <summary>延期换证承诺即办结: entries under which an expiring licence is renewed by commitment.</summary>
    public required int RenewalsByCommitment { get; init; }

    /// <summary>承接自贸区许可事项: free-trade-zone powers by the year in which they were taken over.</summary>
    public required IReadOnlyDictionary<int, int> FtzTakenOverByYear { get; init; }

    /// <summary>承接市级下放权力事项; null when the catalogue holds none that has limits.</summary>
    public required MunicipalPowers? Municipal { get; init; }

    /// <summary>The summary of a catalogue.</summary>
    public static CatalogueSummary Of(IReadOnlyList<Item> all)
    {
        Item[] items = [.. all.Where(item => item.Register is Register.Office)];
        List<string> halls = [.. items.SelectMany(item => item.Halls).Distinct().Order(StringComparer.Ordinal)];
        return new CatalogueSummary
        {
            Items = items.Select(item => item.Parent.Code).Distinct().Count(),
            LeafEntries = items.Length,
            AgencyEntries = all.Count - items.Length,
            Halls = halls,
            HandledInAllHalls = items.Count(item => halls.TrueForAll(item.Halls.Contains)),
            ByMode = CountBy(items, item => item.Mode),
            Reformed = items.Count(item => item.Mode is not ReformMode.Standard),
            ByCategory = CountBy(items, item => item.Category),
            ByDepartment = CountBy(all, item => item.Department),
            ByOrigin = CountBy(items, item => item.Origin),
            Joint = all.Count(JointLimit.IsJoint),
            RenewalsByCommitment = items.Count(item => item.RenewalByCommitment),
            FtzTakenOverByYear = new SortedDictionary<int, int>(items
                .Where(item => item is { Origin: PowerOrigin.Ftz, TakenOverIn: not null })
                .CountBy(item => item.TakenOverIn!.Value)
                .ToDictionary()),
            Municipal = MunicipalPowers.Of([.. items.Where(item => item.Origin is PowerOrigin.Municipal)]),
        };
    }

    /// <summary>Every member of the enum appears, also those that no entry has.</summary>
    private static SortedDictionary<TKey, int> CountBy<TKey>(IReadOnlyList<Item> items, Func<Item, TKey> key)
        where TKey : struct, Enum
    {
        var counts = items.CountBy(key).ToDictionary();
        return new SortedDictionary<TKey, int>(Enum.GetValues<TKey>().ToDictionary(k => k, k => counts.GetValueOrDefault(k)));
    }
}

/// <summary>
/// 市级下放权力事项: how much faster the zone promises to be than the law demands. "提速" can be computed in two ways
/// that give different figures, so both are given, each with its numerator and denominator.
/// </summary>
/// <param name="LeafEntries">The municipal powers the service office has taken over.</param>
/// <param name="TakenOver">承接比例: those that the whole zone has taken over of those that the municipality offered.</param>
/// <param name="MeanStatutoryDays">平均法定办理时限 of the entries that have limits, as those need not that have ended, in days as published: a limit in calendar days as it is, 5 working days as 7 days.</param>
/// <param name="MeanPromisedDays">平均承诺办理时限, in the same days; 8 hall hours are a working day.</param>
/// <param name="MeanOfItemReductions">
/// The mean of each entry's own reduction, 1 − promised ÷ statutory: the sum of the reductions over the number of entries with limits.
/// </param>
/// <param name="ReductionOfMeans">
/// The reduction of the means: mean statutory less mean promised days over mean statutory days.
/// </param>
public sealed record MunicipalPowers(
    int LeafEntries, Quotient TakenOver, decimal MeanStatutoryDays, decimal MeanPromisedDays, Quotient MeanOfItemReductions, Quotient ReductionOfMeans)
{
    internal static MunicipalPowers? Of(IReadOnlyList<Item> items)
    {
        var limits = items.Where(item => item is { StatutoryLimit: not null, PromisedLimit: not null })
            .Select(item => (Statutory: AsPublished(item.StatutoryLimit!), Promised: AsPublished(item.PromisedLimit!))).ToArray();
        if (limits.Length == 0)
            return null;
        var (statutory, promised) = (limits.Average(limit => limit.Statutory), limits.Average(limit => limit.Promised));
        var reductions = decimal.Round(limits.Sum(limit => 1 - limit.Promised / limit.Statutory), 6);
        return new MunicipalPowers(
            items.Count,
            new Quotient(MunicipalPower.All.Count(power => power.TakenOver), MunicipalPower.All.Count),
            statutory,
            promised,
            new Quotient(reductions, limits.Length),
            new Quotient(statutory - promised, statutory));
    }

    // The zone published days and did not say which: twenty working days are exactly its twenty-eight.
    private static decimal AsPublished(Limit limit) => limit.Unit is LimitUnit.CalendarDays ? limit.Value : limit.InWorkingDays * 7 / 5;
}

/// <summary>A ratio that shows what was divided by what.</summary>
/// <param name="Numerator">What was divided.</param>
/// <param name="Denominator">By what.</param>
public sealed record Quotient(decimal Numerator, decimal Denominator)
{
    /// <summary>The quotient, to six decimals.</summary>
    public decimal Value => decimal.Round(Numerator / Denominator, 6);
}
