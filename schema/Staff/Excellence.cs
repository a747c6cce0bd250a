using System.Text.Json.Serialization;
using OneDoor.Statistics;

namespace OneDoor.Staff;

/// <summary>A quarter of a year.</summary>
/// <param name="Year">The year.</param>
/// <param name="Number">1 to 4.</param>
public sealed record Quarter(int Year, int Number)
{
    public DateOnly From => new(Year, (Number * 3) - 2, 1);

    public DateOnly To => From.AddMonths(3).AddDays(-1);

    /// <summary>The last one that is over on a day.</summary>
    public static Quarter Before(DateOnly day)
    {
        var within = day.AddMonths(-3);
        return new(within.Year, ((within.Month - 1) / 3) + 1);
    }

    /// <summary>Whether days are whole quarters.</summary>
    public static bool AreWhole(DateOnly from, DateOnly to) => Begins(from) && Begins(to.AddDays(1)) && from < to;

    /// <summary>Reads <c>2026-Q3</c>; null for what is none.</summary>
    public static Quarter? Read(string text) =>
        text is [>= '1' and <= '8', _, _, _, '-', 'Q', >= '1' and <= '4'] && text[1..4].All(char.IsAsciiDigit) ? new(int.Parse(text.AsSpan(0, 4), null), text[6] - '0') : null;

    public override string ToString() => FormattableString.Invariant($"{Year:D4}-Q{Number}");

    private static bool Begins(DateOnly day) => day is { Day: 1, Month: 1 or 4 or 7 or 10 };
}

/// <summary>The excellent windows and units of a quarter (季度优秀窗口和单位, PERF-1), by the published criteria.</summary>
/// <param name="Period">The quarter.</param>
/// <param name="From">Its first day.</param>
/// <param name="To">Its last day.</param>
/// <param name="IsOver">Whether it is over: until then this is how things stand.</param>
/// <param name="Criteria">What is counted, and how much it counts.</param>
/// <param name="Windows">The windows, the best first, and then, for who reads staff figures, those that are not ranked.</param>
/// <param name="Units">The departments, likewise.</param>
public sealed record StaffExcellence(string Period, DateOnly From, DateOnly To, bool IsOver, ExcellenceRules Criteria, IReadOnlyList<ExcellenceRow> Windows, IReadOnlyList<ExcellenceRow> Units)
{
    /// <summary>Why it is not for somebody yet; null where it is: of a quarter that is over it is everybody's.</summary>
    /// <param name="quarter">The quarter.</param>
    /// <param name="today">The day it is.</param>
    /// <param name="readsFigures">Whether they read staff figures.</param>
    public static Refusal? NotYet(Quarter quarter, DateOnly today, bool readsFigures) => readsFigures || today > quarter.To ? null : StaffRefusals.QuarterRunning;

    /// <param name="quarter">The quarter.</param>
    /// <param name="today">The day it is.</param>
    /// <param name="figures">Of the quarter.</param>
    /// <param name="criteria">What counts.</param>
    /// <param name="language">In which criteria are named.</param>
    public static StaffExcellence Of(Quarter quarter, DateOnly today, StaffPerformance figures, StaffCriteria criteria, string language) => new(
        quarter.ToString(), quarter.From, quarter.To, today > quarter.To, ExcellenceRules.Of(criteria, language), Ranked(figures.Windows, criteria), Ranked(figures.Units, criteria));

    /// <summary>As whoever reads no figures is told: of who handled too little a row would tell how that went.</summary>
    public StaffExcellence OfRanked() => this with { Windows = [.. Windows.Where(row => row.Rank is not null)], Units = [.. Units.Where(row => row.Rank is not null)] };

    private static IReadOnlyList<ExcellenceRow> Ranked(IReadOnlyList<StaffFigures> all, StaffCriteria criteria)
    {
        var scored = all.Select(figures => (Figures: figures, Score: figures.Handled < criteria.LeastHandled ? null : criteria.ScoreOf(code => ExcellenceShare.Of(figures, code).Share))).ToArray();
        var ranked = scored.Where(one => one.Score is not null).Select(one => new Placed(one.Figures, one.Score!.Value, [one.Score.Value, .. criteria.Ties.Select(tie => ExcellenceShare.Of(one.Figures, tie).Share?.Value ?? -1)]))
            .OrderByDescending(one => one, Comparer<Placed>.Create((a, b) => a.CompareTo(b))).ToArray();
        var most = (int)Math.Ceiling(criteria.ExcellentShare * ranked.Length);
        return
        [
            .. ranked.Select(one =>
            {
                // Who cannot be told apart has the same rank, and all of them are excellent or none: nobody draws lots.
                var rank = ranked.Count(other => other.CompareTo(one) > 0) + 1;
                return ExcellenceRow.Of(one.Figures, criteria, one.Score, rank, one.Score >= criteria.ExcellentScore && ranked.Count(other => other.CompareTo(one) >= 0) <= most, TieOf(one, ranked, criteria));
            }),
            .. scored.Where(one => one.Score is null).Select(one => ExcellenceRow.Of(one.Figures, criteria, null, null, isExcellent: false, tie: null)),
        ];
    }

    private static ExcellenceTie? TieOf(Placed one, IReadOnlyList<Placed> ranked, StaffCriteria criteria)
    {
        var same = ranked.Where(other => !ReferenceEquals(other, one) && other.Score == one.Score).ToArray();
        if (same.Length == 0)
            return null;
        var deciding = same.Select(other => Enumerable.Range(0, criteria.Ties.Count).Cast<int?>().FirstOrDefault(i => one.By[i!.Value + 1] != other.By[i.Value + 1])).ToArray();
        return new(same.Length + 1, deciding.Contains(null), [.. deciding.OfType<int>().Distinct().Order().Select(i => criteria.Ties[i])]);
    }

    private sealed record Placed(StaffFigures Figures, decimal Score, IReadOnlyList<decimal> By) : IComparable<Placed>
    {
        public int CompareTo(Placed? other) => By.Zip(other!.By, (mine, theirs) => mine.CompareTo(theirs)).FirstOrDefault(difference => difference != 0);
    }
}

/// <summary>What is excellent (评选标准).</summary>
/// <param name="Version">Of the criteria.</param>
/// <param name="Source">Where they come from.</param>
/// <param name="Sample">No public source gives them: they are a plausible sample.</param>
/// <param name="LeastHandled">Who has handled fewer is not ranked.</param>
/// <param name="LeastRatings">A share of fewer ratings is not told, and counts for nothing.</param>
/// <param name="ExcellentShare">So large a share of those ranked is excellent at most, rounded up.</param>
/// <param name="ExcellentScore">And has this score at least.</param>
/// <param name="Items">What is counted.</param>
/// <param name="Ties">What decides between those with the same score, in this order; whom nothing tells apart has the same rank.</param>
public sealed record ExcellenceRules(
    string Version, string Source, bool Sample, int LeastHandled, int LeastRatings, decimal ExcellentShare, decimal ExcellentScore, IReadOnlyList<ExcellenceCriterion> Items, IReadOnlyList<StaffCriterionCode> Ties)
{
    internal static ExcellenceRules Of(StaffCriteria c, string language) => new(
        c.Version, c.Source, c.Sample, c.LeastHandled, c.LeastRatings, c.ExcellentShare, c.ExcellentScore, [.. c.Criteria.Select(item => new ExcellenceCriterion(item.Code, item.Name.In(language), item.Weight))], c.Ties);
}

/// <summary>What is counted.</summary>
/// <param name="Code">As rows name it.</param>
/// <param name="Name">What it is called, in the language that Accept-Language prefers.</param>
/// <param name="Weight">How much it counts. What somebody has no share of is left out, and the others count for it.</param>
public sealed record ExcellenceCriterion(StaffCriterionCode Code, string Name, int Weight);

/// <summary>How a window or a department stands.</summary>
/// <param name="Department">The department; absent of a window.</param>
/// <param name="Hall">The window's hall; absent of a department.</param>
/// <param name="Window">The window's number; absent of a department.</param>
/// <param name="Handled">What was handled: a department's cases, a window's visits.</param>
/// <param name="Score">The mean of the shares with their weights; null where it is not ranked.</param>
/// <param name="Rank">Its place; null where so little was handled that it is not ranked.</param>
/// <param name="IsExcellent">It is one of the excellent.</param>
/// <param name="Shares">Each criterion's share.</param>
/// <param name="Tie">How it was told apart from those with the same score; null where there are none.</param>
public sealed record ExcellenceRow(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Department? Department, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Hall,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Window, long Handled, decimal? Score, int? Rank, bool IsExcellent, IReadOnlyList<ExcellenceShare> Shares, ExcellenceTie? Tie)
{
    internal static ExcellenceRow Of(StaffFigures f, StaffCriteria criteria, decimal? score, int? rank, bool isExcellent, ExcellenceTie? tie) =>
        new(f.Department, f.Hall, f.Window, f.Handled, score, rank, isExcellent, [.. criteria.Criteria.Select(item => ExcellenceShare.Of(f, item.Code))], tie);
}

/// <summary>A criterion's share.</summary>
/// <param name="Code">The criterion.</param>
/// <param name="Share">What was divided by what; null where it would tell of too few people, and counts for nothing.</param>
public sealed record ExcellenceShare(StaffCriterionCode Code, StatisticsRatio? Share)
{
    // What is not told does not count either: the score would tell it.
    internal static ExcellenceShare Of(StaffFigures figures, StaffCriterionCode code) => new(code, figures.Of(code) is { Denominator: >= CaseFigures.Least } share ? share : null);
}

/// <summary>How those with the same score were told apart.</summary>
/// <param name="Among">How many have the score.</param>
/// <param name="SharesRank">With some of them it shares the rank, since nothing tells them apart.</param>
/// <param name="DecidedBy">What told it apart from the others.</param>
public sealed record ExcellenceTie(int Among, bool SharesRank, IReadOnlyList<StaffCriterionCode> DecidedBy);
