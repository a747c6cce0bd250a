using System.Globalization;
using System.Net;

namespace OneDoor.Statistics;

/// <summary>Plots as SVG, which print and need no script; what they show stands in a table below as well.</summary>
internal static class StatisticsPlot
{
    private const int Width = 640, BarHeight = 28, BarGap = 12, Label = 180, ColumnsHeight = 200, Axis = 24;

    /// <summary>A bar for each name.</summary>
    public static string Bars(string id, Text title, IReadOnlyList<(Text Name, decimal? Value)> values)
    {
        var most = Most(values.Select(value => value.Value));
        var bars = values.Select((value, i) =>
        {
            var (y, length) = (i * (BarHeight + BarGap), Math.Max(1, (Width - Label - 100) * (value.Value ?? 0) / most));
            return Invariant($"""<text class="name" x="{Label - 8}" y="{y + 19}">{Encoded(value.Name.Zh)}</text><rect x="{Label}" y="{y}" width="{length:0.#}" height="{BarHeight}" rx="3"/><text x="{Label + length + 8:0.#}" y="{y + 19}">{Number(value.Value)}</text>""");
        });
        return Figure(id, title, values.Count * (BarHeight + BarGap), string.Concat(bars)) + Table(title, values.Select(value => ($"{Encoded(value.Name.Zh)} <span lang=\"en\" class=\"also\">{Encoded(value.Name.En)}</span>", value.Value)), isOpen: true);
    }

    /// <summary>A column for each month, and a line for each year.</summary>
    public static string Columns(string id, Text title, IReadOnlyList<(string Month, decimal? Value)> values)
    {
        var (most, step) = (Most(values.Select(value => value.Value)), (decimal)Width / Math.Max(1, values.Count));
        var columns = values.Select((value, i) =>
        {
            var height = (ColumnsHeight - Axis) * (value.Value ?? 0) / most;
            var year = value.Month.EndsWith("-01", StringComparison.Ordinal) ? Invariant($"""<text x="{i * step:0.#}" y="{ColumnsHeight + 16}">{value.Month[..4]}</text>""") : "";
            return Invariant($"""<rect x="{i * step:0.#}" y="{ColumnsHeight - height:0.#}" width="{Math.Max(1, step - 2):0.#}" height="{height:0.#}"/>{year}""");
        });
        var scale = Invariant($"""<text x="0" y="12">{Number(most)}</text><line x1="0" y1="{ColumnsHeight}" x2="{Width}" y2="{ColumnsHeight}"/>""");
        return Figure(id, title, ColumnsHeight + Axis, scale + string.Concat(columns)) + Table(title, values.Select(value => (value.Month, value.Value)), isOpen: false);
    }

    private static string Figure(string id, Text title, int height, string drawn) => Invariant(
        $"""<svg class="plot" viewBox="0 0 {Width} {Math.Max(height, BarHeight)}" role="img" aria-labelledby="{id}-plot"><title id="{id}-plot">{Encoded(title.Zh)} · {Encoded(title.En)}</title>{drawn}</svg>""");

    private static string Table(Text title, IEnumerable<(string Name, decimal? Value)> values, bool isOpen) => $"""
        <details{(isOpen ? " open" : "")}><summary>表格 <span lang="en" class="also">Table</span></summary>
        <table><caption>{Encoded(title.Zh)} <span lang="en" class="also">{Encoded(title.En)}</span></caption><tbody>{string.Concat(values.Select(value => $"<tr><th scope=\"row\">{value.Name}</th><td class=\"number\">{Number(value.Value)}</td></tr>"))}</tbody></table></details>
        """;

    private static decimal Most(IEnumerable<decimal?> values) => Math.Max(1, values.Max() ?? 0);

    private static string Number(decimal? value) => value?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? "—";

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
