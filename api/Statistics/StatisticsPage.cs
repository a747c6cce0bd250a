using System.Globalization;
using System.Net;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Statistics;

/// <summary>/statistics: the figures for anybody, drawn on the server, each plot with the same table below it.</summary>
public static class StatisticsPage
{
    // The five years: their month-by-month course and who received what are shown of them.
    private static readonly (DateOnly From, DateOnly To) Years = (PublishedFigures.Borders[0], PublishedFigures.Borders[^1].AddDays(-1));

    private static readonly string[] Kinds = ["cases-licences", "cases-public-services", "cases-internal", "cases-other"];

    public static void MapStatisticsPage(this WebApplication app)
    {
        app.MapGet("/statistics", Handle).AllowAnonymous().ExcludeFromDescription();
        Pages.Serve(app, "/statistics.css", Pages.Folder("Statistics"), "statistics.css", Pages.OwnPolicy);
    }

    private static async Task<IResult> Handle(HttpContext http, CaseFigureReader figures, CancellationToken ct)
    {
        http.Response.Headers.ContentSecurityPolicy = HouseStyle.StillPolicy;
        http.IsForAll();
        var (published, months, halls) = await figures.Shown(Years.From, Years.To, ct);
        return Results.Content(Page(published, months, halls), "text/html; charset=utf-8");
    }

    internal static string Page(PublishedFigures published, IReadOnlyList<CaseFigures> months, IReadOnlyList<CaseFigures> halls)
    {
        var of = published.Figures.ToDictionary(figure => figure.Id);
        (Text Name, decimal? Value)[] kinds = [.. Kinds.Select(id => (of[id].Name, of[id].Value))];
        return HouseStyle.Page(Language.Chinese, "五年数据 · Five years in figures", $"""
            <h1>五年数据 {HouseStyle.Also("Five years in figures")}</h1>
            <p>2015年6月至2020年5月办结的事项，由本平台的办件和事项目录计算得出。{HouseStyle.Also("What was concluded from June 2015 to May 2020, computed from this platform's cases and catalogue.")}</p>
            {HouseStyle.Section("kinds", new("办件类别", "Cases by kind"), StatisticsPlot.Bars("kinds", new("办件类别", "Cases by kind"), kinds))}
            {HouseStyle.Section("months", new("每月办结", "Concluded each month"), StatisticsPlot.Columns("months", new("每月办结", "Concluded each month"), [.. months.Select(row => (row.Month!, (decimal?)row.Handled))]))}
            {HouseStyle.Section("online", new("网办率", "Online share"), StatisticsPlot.Columns("online", new("网办率（%）", "Online share (%)"), [.. months.Select(row => (row.Month!, row.Online?.Value is { } share ? (decimal?)decimal.Round(share * 100, 1) : null))]))}
            {HouseStyle.Section("halls", new("各大厅办结", "Concluded by hall"), StatisticsPlot.Bars("halls", new("各大厅办结", "Concluded by hall"), [.. halls.Select(row => (HallDirectory.Zone.Find(row.Hall!)?.Name ?? new Text(row.Hall!, row.Hall!), (decimal?)row.Handled))]))}
            {HouseStyle.Section("published", new("公布数据", "The published figures"), Table(published))}
            <p class="note">每项数据的定义、分子和分母见 <a href="/v1/statistics/published">/v1/statistics/published</a>。{HouseStyle.Also("Each figure's definition, numerator and denominator are there.")} 营商环境方案见 <a href="/business-environment/2020">/business-environment/2020</a>。{HouseStyle.Also("The plan for the business environment is there.")}</p>
            """, sheet: "/statistics.css");
    }

    private static string Table(PublishedFigures published) => $"""
        <div class="wide" tabindex="0" role="region" aria-labelledby="published-title"><table>
        <thead><tr><th scope="col">数据 {HouseStyle.Also("Figure")}</th><th scope="col" class="number">计算值 {HouseStyle.Also("Computed")}</th><th scope="col" class="number">公布值 {HouseStyle.Also("Published")}</th><th scope="col">一致 {HouseStyle.Also("The same")}</th></tr></thead>
        <tbody>{string.Concat(published.Figures.Select(figure => $"<tr><th scope=\"row\">{WebUtility.HtmlEncode(figure.Name.Zh)} {HouseStyle.Also(figure.Name.En)}</th><td class=\"number\">{Shown(figure)}</td><td class=\"number\">{WebUtility.HtmlEncode(figure.Published)}</td><td>{(figure.Reproduced ? "✓ 是" : "✗ 否")}</td></tr>"))}</tbody>
        </table></div>
        """;

    private static string Shown(PublishedFigure figure) => figure.Value is not { } value ? "—"
        : figure.Published.EndsWith('%') ? (value * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %" : value.ToString("#,0.####", CultureInfo.InvariantCulture);
}
