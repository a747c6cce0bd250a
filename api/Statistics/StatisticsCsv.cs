using System.Globalization;

namespace OneDoor.Statistics;

/// <summary>Figures as a table (RFC 4180, UTF-8): a column for each dimension and count, and three for each ratio.</summary>
public static class StatisticsCsv
{
    public const string MediaType = "text/csv";

    private static readonly (string Name, Func<CaseFigures, long?> Of)[] Counts =
    [
        ("handled", row => row.Handled), ("granted", row => row.Granted), ("partlyGranted", row => row.PartlyGranted), ("refused", row => row.Refused),
        ("notAccepted", row => row.NotAccepted), ("marketEntities", row => row.MarketEntities),
    ];

    private static readonly (string Name, Func<CaseFigures, StatisticsRatio?> Of)[] Ratios =
    [
        ("online", row => row.Online), ("immediate", row => row.Immediate), ("onTimeByPromise", row => row.OnTimeByPromise), ("onTimeByStatute", row => row.OnTimeByStatute),
        ("meanStatutory", row => row.MeanStatutory), ("meanPromised", row => row.MeanPromised), ("meanActual", row => row.MeanActual),
        ("fasterOfItems", row => row.FasterOfItems), ("fasterOfMeans", row => row.FasterOfMeans),
    ];

    /// <summary>The table.</summary>
    public static string Of(CaseStatistics statistics)
    {
        var lines = statistics.Rows.Select(row => string.Join(',', Line(statistics.By, row)));
        string[] header = [.. statistics.By.Select(Kebab.Of), "withheld", .. Counts.Select(count => count.Name), .. Ratios.SelectMany(ratio => new[] { ratio.Name, $"{ratio.Name}Numerator", $"{ratio.Name}Denominator" })];
        return string.Concat(lines.Prepend(string.Join(',', header)).Select(line => line + "\r\n"));
    }

    /// <summary>A line for each figure of a hall or a department.</summary>
    public static string Of(ServiceFigures figures) => string.Concat(figures.Figures
        .SelectMany(figure => figure.Rows.Select(row => string.Join(',',
            figure.Id, row.Hall, row.Department is { } department ? Kebab.Of(department) : "", row.Withheld ? "true" : "false", Text(row.Ratio?.Value), Text(row.Ratio?.Numerator), Text(row.Ratio?.Denominator))))
        .Prepend("figure,hall,department,withheld,value,numerator,denominator").Select(line => line + "\r\n"));

    // Codes, dates and numbers: nothing in them needs quoting, and nothing begins a formula.
    private static IEnumerable<string> Line(IReadOnlyList<StatisticsDimension> by, CaseFigures row) =>
    [
        .. by.Select(dimension => dimension switch
        {
            StatisticsDimension.Category => Kebab.Of(row.Category!.Value),
            StatisticsDimension.Item => row.Item!,
            StatisticsDimension.Department => Kebab.Of(row.Department!.Value),
            StatisticsDimension.Hall => row.Hall!,
            StatisticsDimension.Channel => Kebab.Of(row.Channel!.Value),
            StatisticsDimension.Mode => Kebab.Of(row.Mode!.Value),
            _ => row.Month!,
        }),
        row.Withheld ? "true" : "false",
        .. Counts.Select(count => Text(count.Of(row))),
        .. Ratios.SelectMany(ratio => new[] { Text(ratio.Of(row)?.Value), Text(ratio.Of(row)?.Numerator), Text(ratio.Of(row)?.Denominator) }),
    ];

    private static string Text(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
