using System.Globalization;

namespace OneDoor.Statistics;

/// <summary>Plots as SVG, which print and need no script; what they show stands in a table below as well. A section's title, by its id, is theirs, and names are encoded already.</summary>
/// <param name="language">In which they are labelled.</param>
internal sealed class StatisticsPlot(string language)
{
    private const int Width = 640, Bar = 20, BarLabel = 28, BarGap = 12, ColumnsHeight = 200, Axis = 28;

    /// <summary>A bar for each name, which stands above it: so it may be as long as it is.</summary>
    public string Bars(string id, IReadOnlyList<(string Name, decimal? Value)> values)
    {
        var (most, row) = (Most(values.Select(value => value.Value)), BarLabel + Bar + BarGap);
        var bars = values.Select((value, i) => Invariant(
            $"""<text x="0" y="{i * row + BarLabel - 8}">{value.Name} · {Number(value.Value)}</text><rect x="0" y="{i * row + BarLabel}" width="{Math.Max(1, Width * (value.Value ?? 0) / most):0.#}" height="{Bar}" rx="3"/>"""));
        return Figure(id, Math.Max(1, values.Count) * row, string.Concat(bars)) + Table(id, values);
    }

    /// <summary>A column for each month, and a line for each year.</summary>
    public string Columns(string id, IReadOnlyList<(string Month, decimal? Value)> values)
    {
        var (most, step) = (Most(values.Select(value => value.Value)), (decimal)Width / Math.Max(1, values.Count));
        var columns = values.Select((value, i) =>
        {
            var height = (ColumnsHeight - Axis) * (value.Value ?? 0) / most;
            var year = value.Month.EndsWith("-01", StringComparison.Ordinal) ? Invariant($"""<text x="{i * step:0.#}" y="{ColumnsHeight + Axis - 6}">{value.Month[..4]}</text>""") : "";
            return Invariant($"""<rect x="{i * step:0.#}" y="{ColumnsHeight - height:0.#}" width="{Math.Max(1, step - 2):0.#}" height="{height:0.#}"/>{year}""");
        });
        var scale = Invariant($"""<text x="0" y="20">{Number(most)}</text><line x1="0" y1="{ColumnsHeight}" x2="{Width}" y2="{ColumnsHeight}"/>""");
        return Figure(id, ColumnsHeight + Axis, scale + string.Concat(columns)) + Table(id, values);
    }

    private static string Figure(string id, int height, string drawn) => Invariant(
        $"""<svg class="plot" viewBox="0 0 {Width} {height}" role="img" aria-labelledby="{id}-title">{drawn}</svg>""");

    private string Table(string id, IEnumerable<(string Name, decimal? Value)> values) => $"""
        <details><summary>{new Text("表格", "Table").In(language)}</summary>
        <table aria-labelledby="{id}-title"><tbody>{string.Concat(values.Select(value => $"<tr><th scope=\"row\">{value.Name}</th><td class=\"number\">{Number(value.Value)}</td></tr>"))}</tbody></table></details>
        """;

    private static decimal Most(IEnumerable<decimal?> values) => Math.Max(1, values.Max() ?? 0);

    private static string Number(decimal? value) => value?.ToString("#,0.###", CultureInfo.InvariantCulture) ?? "—";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
