using System.Text.Json.Serialization;
using OneDoor.Catalogue;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Statistics;

/// <summary>What cases are told apart by.</summary>
public enum StatisticsDimension { Category, Item, Department, Hall, Channel, Mode, Month }

/// <summary>What was divided by what.</summary>
/// <param name="Value">To six decimals; null where there is nothing to divide by.</param>
/// <param name="Numerator">What was divided.</param>
/// <param name="Denominator">By what.</param>
public sealed record StatisticsRatio(decimal? Value, decimal Numerator, decimal Denominator)
{
    internal static StatisticsRatio Of(decimal numerator, decimal denominator) => new(denominator == 0 ? null : decimal.Round(numerator / denominator, 6), numerator, denominator);
}

/// <summary>The cases of a group, as the database adds them up: one item's of it each.</summary>
/// <param name="Group">What the group is of, a text for each of the dimensions asked for, in their order.</param>
/// <param name="Item">The item's code.</param>
/// <param name="Counts">The sums of <see cref="Columns"/>, in their order.</param>
public sealed record CaseSums(IReadOnlyList<string> Group, string Item, IReadOnlyList<decimal> Counts)
{
    /// <summary>What is added up.</summary>
    public static readonly IReadOnlyList<string> Columns =
        ["handled", "granted", "partly", "refused", "declined", "online", "immediate", "promised", "kept", "late", "limited", "lawful", "overdue", "statutory", "promise", "actual", "timed", "founded",
            "redirected", "referred", "noes", "clerks-noes", "notified", "told-once"];

    /// <summary>Both together.</summary>
    public CaseSums Plus(CaseSums other) => this with { Counts = [.. Counts.Zip(other.Counts, (mine, theirs) => mine + theirs)] };

    internal decimal Of(string column) => Counts[Columns.ToList().IndexOf(column)];
}

/// <summary>Figures of the cases of a group that were concluded in a period (STAT-1).</summary>
/// <param name="Category">Of which category; absent where cases are not told apart by it, as the other dimensions are.</param>
/// <param name="Item">The item's code.</param>
/// <param name="Department">The department that answers for them.</param>
/// <param name="Hall">The receiving hall's code.</param>
/// <param name="Channel">How they came in.</param>
/// <param name="Mode">How the reform treats the item.</param>
/// <param name="Month">The month, YYYY-MM, China Standard Time.</param>
/// <param name="Withheld">There are so few that whose they are could be guessed: no figure is told.</param>
/// <param name="Handled">Concluded (办结): granted, also partly, refused or not accepted; a joint case is one; null where withheld.</param>
/// <param name="Granted">Of these granted.</param>
/// <param name="PartlyGranted">Partly granted.</param>
/// <param name="Refused">Refused.</param>
/// <param name="NotAccepted">Not accepted, which is no refusal.</param>
/// <param name="MarketEntities">Foundings that were granted (新增市场主体).</param>
/// <param name="Online">网办率: sent in by the applicant online ÷ handled.</param>
/// <param name="Immediate">即办件: concluded on the day of submission ÷ handled.</param>
/// <param name="OnTimeByPromise">Concluded within the promise ÷ concluded, and open ones whose promise ended in the period; filings and what was not accepted are out.</param>
/// <param name="OnTimeByStatute">The same against the statutory limit.</param>
/// <param name="MeanStatutory">What the law allows, in working days, added up over accepted cases ÷ these; what the law makes immediate, as filings, is out.</param>
/// <param name="MeanPromised">What is promised, likewise.</param>
/// <param name="MeanActual">Open hours from acceptance to decision without pauses, eight to a working day, added up over all accepted cases ÷ these.</param>
/// <param name="FasterOfItems">提速 (a): each item's 1 − promised ÷ statutory, added up ÷ items with such cases.</param>
/// <param name="FasterOfMeans">提速 (b): statutory less promised, added up over the same items ÷ statutory.</param>
public sealed record CaseFigures(
    [property: JsonIgnore(Condition = WhenWritingNull)] Category? Category, [property: JsonIgnore(Condition = WhenWritingNull)] string? Item,
    [property: JsonIgnore(Condition = WhenWritingNull)] Department? Department, [property: JsonIgnore(Condition = WhenWritingNull)] string? Hall,
    [property: JsonIgnore(Condition = WhenWritingNull)] Channel? Channel, [property: JsonIgnore(Condition = WhenWritingNull)] ReformMode? Mode,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Month, bool Withheld,
    long? Handled, long? Granted, long? PartlyGranted, long? Refused, long? NotAccepted, long? MarketEntities, StatisticsRatio? Online, StatisticsRatio? Immediate,
    StatisticsRatio? OnTimeByPromise, StatisticsRatio? OnTimeByStatute, StatisticsRatio? MeanStatutory, StatisticsRatio? MeanPromised, StatisticsRatio? MeanActual,
    StatisticsRatio? FasterOfItems, StatisticsRatio? FasterOfMeans)
{
    /// <summary>Of fewer cases nothing is told.</summary>
    public const int Least = 5;

    private const decimal SecondsOfADay = Clock.Limit.HallHoursPerWorkingDay * 3600;

    /// <summary>The figures of a group.</summary>
    internal static CaseFigures Of(IReadOnlyList<StatisticsDimension> by, IReadOnlyList<CaseSums> items)
    {
        string? Named(StatisticsDimension dimension) => by.ToList().IndexOf(dimension) is >= 0 and var at ? items[0].Group[at] : null;
        decimal Sum(string column) => items.Sum(item => item.Of(column));
        var named = new CaseFigures(
            Kebab.Parse<Category>(Named(StatisticsDimension.Category)), Named(StatisticsDimension.Item), Kebab.Parse<Department>(Named(StatisticsDimension.Department)),
            Named(StatisticsDimension.Hall), Kebab.Parse<Channel>(Named(StatisticsDimension.Channel)), Kebab.Parse<ReformMode>(Named(StatisticsDimension.Mode)), Named(StatisticsDimension.Month),
            Withheld: true, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
        if (Sum("handled") < Least)
            return named;
        var (timed, promised) = (Sum("timed"), Sum("promised"));
        // Each item once, by what was allowed and promised to its cases on average.
        var limits = items.Where(item => item.Of("promised") > 0 && item.Of("statutory") > 0).Select(item => (Statutory: item.Of("statutory") / item.Of("promised"), Promised: item.Of("promise") / item.Of("promised"))).ToArray();
        // Nor how long the few took that any time is known of, or had.
        StatisticsRatio? Mean(decimal sum, decimal of, decimal cases) => cases < Least ? null : StatisticsRatio.Of(Rounded(sum), Rounded(of));
        return named with
        {
            Withheld = false,
            Handled = (long)Sum("handled"),
            Granted = (long)Sum("granted"),
            PartlyGranted = (long)Sum("partly"),
            Refused = (long)Sum("refused"),
            NotAccepted = (long)Sum("declined"),
            MarketEntities = (long)Sum("founded"),
            Online = StatisticsRatio.Of(Sum("online"), Sum("handled")),
            Immediate = StatisticsRatio.Of(Sum("immediate"), Sum("handled")),
            OnTimeByPromise = StatisticsRatio.Of(Sum("kept"), Sum("promised") + Sum("late")),
            OnTimeByStatute = StatisticsRatio.Of(Sum("lawful"), Sum("limited") + Sum("overdue")),
            MeanStatutory = Mean(Sum("statutory"), promised, promised),
            MeanPromised = Mean(Sum("promise"), promised, promised),
            MeanActual = Mean(Sum("actual") / SecondsOfADay, timed, timed),
            FasterOfItems = Mean(limits.Sum(item => 1 - item.Promised / item.Statutory), limits.Length, promised),
            FasterOfMeans = Mean(limits.Sum(item => item.Statutory - item.Promised), limits.Sum(item => item.Statutory), promised),
        };
    }

    private static decimal Rounded(decimal value) => decimal.Round(value, 6);
}

/// <summary>Figures of the cases concluded in a period, by the dimensions asked for.</summary>
/// <param name="From">The first day, China Standard Time.</param>
/// <param name="To">The last day.</param>
/// <param name="By">What cases are told apart by.</param>
/// <param name="AsOf">As they were then: what happened later is not in them (STAT-2); absent where they are as of now.</param>
/// <param name="Rows">A row for each group that has cases.</param>
public sealed record CaseStatistics(DateOnly From, DateOnly To, IReadOnlyList<StatisticsDimension> By, [property: JsonIgnore(Condition = WhenWritingNull)] DateTimeOffset? AsOf, IReadOnlyList<CaseFigures> Rows)
{
    /// <summary>The figures of what the database has added up.</summary>
    public static IReadOnlyList<CaseFigures> RowsOf(IReadOnlyList<StatisticsDimension> by, IEnumerable<CaseSums> sums) =>
    [
        .. sums.GroupBy(sum => string.Join('\n', sum.Group)).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => CaseFigures.Of(by, [.. group])),
    ];
}
