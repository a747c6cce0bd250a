using System.Globalization;
using OneDoor.Clock;
using OneDoor.Tickets;

namespace OneDoor.Statistics;

/// <summary>/statistics: the five years and the halls today for anybody, drawn on the server, each plot with the same table below it, in the language asked for.</summary>
/// <param name="reader">Who asks.</param>
internal sealed class StatisticsPage(PageReader reader)
{
    // The five years: their month-by-month course and who received what are shown of them.
    internal static readonly (DateOnly From, DateOnly To) Years = (PublishedFigures.Borders[0], PublishedFigures.Borders[^1].AddDays(-1));

    private static readonly (string Id, Text Name)[] Kinds =
    [
        ("cases-licences", new("行政许可", "Administrative licences")), ("cases-public-services", new("公共服务", "Public services")),
        ("cases-internal", new("政府内部审批", "Internal approvals")), ("cases-other", new("其他", "Other")),
    ];
    private static readonly string[] Days = ["municipal-statutory-days", "municipal-promised-days", "municipal-actual-days"];

    private static readonly Text Title = new("政务服务数据", "Services in figures");

    public static void Map(WebApplication app)
    {
        app.MapGet("/statistics", Handle).AllowAnonymous().ExcludeFromDescription();
        Pages.Serve(app, "/statistics.css", Pages.Folder("Statistics"), "statistics.css", Pages.OwnPolicy);
    }

    private static async Task<IResult> Handle(HttpContext http, CaseFigureReader figures, ServiceOfLastQuarter service, HallsToday halls, Etags etags, CancellationToken ct)
    {
        http.Response.Headers.ContentSecurityPolicy = HouseStyle.StillPolicy;
        var page = new StatisticsPage(PageReader.Of(http.Request));
        var (at, today) = await halls.Read(ct);
        // What differs in its minute alone is the same to who has it.
        var text = page.Of(await figures.Shown(ct), await figures.Delays(ct), await service(ct), today);
        return etags.OkForAll(http, text.Replace(AnyMinute, Minute(at), StringComparison.Ordinal), "text/html", text);
    }

    private string Of(StatisticsShown shown, DelayFigures delays, ServiceFigures? service, IReadOnlyList<HallToday> today)
    {
        var of = shown.Published.Figures.ToDictionary(figure => figure.Id);
        var plot = new StatisticsPlot(reader.Tag);
        var description = new Text("综合保税区政务服务五年数据和各大厅今日情况。", "Five years of the zone's government services in figures, and its halls today.");
        return HouseStyle.Page(reader.Tag, Said(Title), $"""
            <h1>{Said(Title)}</h1>
            <p>{Said(new("各大厅今日情况、近期服务，以及2015年6月至2020年5月五年办结的事项，由本平台的办件和事项目录计算得出。", "The halls today, how people were served of late, and what was concluded in the five years from June 2015 to May 2020, computed from this platform's cases and catalogue."))}</p>
            {reader.Section("today", new("今日大厅", "The halls today"), Today(today))}
            {(service is { Figures: [{ Rows.Count: > 0 }, ..] } ? reader.Section("service", new("上季度各大厅服务", "Service in the halls last quarter"), Service(service)) : "")}
            {reader.Section("delays", new("近十二个月逾期原因", "Why cases of the last twelve months were late"), Delays(delays, plot))}
            {reader.Section("kinds", new("办件类别", "Cases by kind"), plot.Bars("kinds", [.. Kinds.Select(kind => (Said(kind.Name), of[kind.Id].Value))]))}
            {reader.Section("months", new("每月办结", "Concluded each month"), plot.Columns("months", [.. shown.Months.Select(row => (row.Month!, (decimal?)row.Handled))]))}
            {reader.Section("halls", new("各大厅办结", "Concluded by hall"), plot.Bars("halls", [.. shown.Halls.Select(row => (Said(HallDirectory.Zone.Find(row.Hall!)?.Name ?? new Text(row.Hall!, row.Hall!)), (decimal?)row.Handled))]))}
            {reader.Section("faster", new("市级权力事项提速", "How much faster municipal powers became"), Faster(of) + plot.Bars("faster", [.. Days.Where(of.ContainsKey).Select(id => (Said(of[id].Name), of[id].Value))]))}
            {reader.Section("online", new("每月网办率（%）", "Online share of each month (%)"), Online(of) + plot.Columns("online", [.. shown.Months.Select(row => (row.Month!, row.Online?.Value is { } share ? (decimal?)decimal.Round(share * 100, 1) : null))]))}
            {reader.Section("foundings", new("企业设立用时", "How long foundings took"), Foundings(of) + plot.Bars("foundings", [.. shown.Foundings.Select(row => (Took(row.Hours), row.Cases is > 0 and < CaseFigures.Least ? null : (decimal?)row.Cases))]))}
            {reader.Section("commitments", new("证照分离与告知承诺", "Reform of licences, and commitments"), Commitments(of) + plot.Bars("commitments", [.. shown.Modes.Where(row => of.ContainsKey(IdOf(row))).Select(row => (Said(of[IdOf(row)].Name), (decimal?)row.Handled))]))}
            {reader.Section("published", new("公布数据", "The published figures"), Table(shown.Published, of["cases"]))}
            <p class="note">{Link(new("每项数据的定义、分子和分母：", "Each figure's definition, numerator and denominator: "), "/v1/statistics/published")} {Link(new("营商环境方案：", "The plan for the business environment: "), "/business-environment/2020")}</p>
            """,
            beside: reader.Switch(),
            sheet: "/statistics.css", description: Said(description));
    }

    // Stands where the minute will, and nowhere else.
    private const string AnyMinute = "--:--";

    private static string Minute(DateTimeOffset at) => at.ToOffset(LegalClock.ChinaStandardTime).ToString("HH:mm", CultureInfo.InvariantCulture);

    private string Today(IReadOnlyList<HallToday> halls) => $"""
        <p>{Said(new($"{AnyMinute}时的情况。各业务组等候时间与大屏相同。", $"As of {AnyMinute}, China Standard Time. Waits are those of the halls' boards."))}</p>
        <table class="stack">
        <thead><tr><th scope="col">{Said(Hall)}</th><th scope="col" class="number">{Said(Waiting)}</th><th scope="col" class="number">{Said(Served)}</th><th scope="col">{Said(Wait)}</th></tr></thead>
        <tbody>{string.Concat(halls.Select(Row))}</tbody>
        </table>
        """;

    private static readonly Text Hall = new("大厅", "Hall"), Waiting = new("等候", "Waiting"), Served = new("今日办理", "Served"), Wait = new("预计等候", "Estimated wait");

    private string Row(HallToday hall) => $"""
        <tr><th scope="row"><a href="/board/{hall.Board.Hall}">{Said(hall.Board.Name)}</a> <span class="quiet">{Said(hall.Board.Open ? new("开放", "open") : new("未开放", "closed"))}</span></th>
        <td class="number" data-name="{Said(Waiting)}">{hall.Board.Groups.Sum(group => group.Waiting)}</td><td class="number" data-name="{Said(Served)}">{hall.Served}</td><td data-name="{Said(Wait)}">{Waits(hall.Board)}</td></tr>
        """;

    private string Waits(BoardView board) => board.Groups.Where(group => group.EstimatedWait is not null).ToArray() is not { Length: > 0 } known ? "—" : $"""
        <ul>{string.Concat(known.Select(group => $"<li>{Said(group.Name)} {Said(new($"{group.EstimatedWait!.From}–{group.EstimatedWait.Until}分钟", $"{group.EstimatedWait.From}–{group.EstimatedWait.Until} min"))}</li>"))}</ul>
        """;

    private string Service(ServiceFigures service) => $"""
        <p>{Said(new($"{service.Quarter}。1至{CaseFigures.Least - 1}件的不公布。", $"{service.Quarter}. Figures of one to {CaseFigures.Least - 1} cases are not shown."))} {Link(new("各项定义、分子和分母，部门数据：", "Definitions, numerators and denominators, and departments: "), $"/v1/statistics/service?quarter={service.Quarter}")}</p>
        <table class="stack">
        <thead><tr><th scope="col">{Said(Hall)}</th>{string.Concat(OfHalls(service).Select(figure => $"<th scope=\"col\" class=\"number\">{Said(figure.Name)}</th>"))}</tr></thead>
        <tbody>{string.Concat(HallDirectory.Zone.All.Select(hall => $"<tr><th scope=\"row\">{Said(hall.Name)}</th>{string.Concat(OfHalls(service).Select(figure => Cell(figure, hall.Code)))}</tr>"))}</tbody>
        </table>
        """;

    private static IEnumerable<ServiceFigure> OfHalls(ServiceFigures service) => service.Figures.Where(figure => figure.Rows.Any(row => row.Hall is not null));

    private string Cell(ServiceFigure figure, string hall)
    {
        var value = figure.Rows.FirstOrDefault(row => row.Hall == hall)?.Ratio?.Value;
        return $"<td class=\"number\" data-name=\"{Said(figure.Name)}\">{value?.ToString("#,0", CultureInfo.InvariantCulture) ?? "—"}</td>";
    }

    private string Faster(Dictionary<string, PublishedFigure> of) => !of.TryGetValue("municipal-faster-of-items", out var items) ? "" : $"<p>{Said(new(
        $"政务服务办承接的{of["municipal-powers-office"].Value}项，平均天数（公布口径）。各事项时限平均缩短{Shown(items)}；平均时限由{Shown(of["municipal-statutory-days"])}缩短为{Shown(of["municipal-promised-days"])}，缩短{Shown(of["municipal-faster-of-means"])}。",
        $"Mean days, as published, of the {of["municipal-powers-office"].Value} entries that the service office took over. Entry by entry their limits became {Shown(items)} shorter on average; the average limit fell by {Shown(of["municipal-faster-of-means"])}, from {Shown(of["municipal-statutory-days"])} to {Shown(of["municipal-promised-days"])}."))}</p>";

    private string Online(Dictionary<string, PublishedFigure> of) => $"<p>{Said(new(
        $"2020年2月3日以来办结{Shown(of["epidemic-cases"])}件，网办率{Shown(of["epidemic-online-share"])}。",
        $"Since 3 February 2020 {Shown(of["epidemic-cases"])} cases were concluded, {Shown(of["epidemic-online-share"])} of them online."))}</p>";

    private string Foundings(Dictionary<string, PublishedFigure> of)
    {
        var promised = !of.TryGetValue("establishment-hours", out var hours) ? new("", "")
            : new Text($"企业开办承诺{Shown(hours)}办结。", $" Establishing a business is promised within {Shown(hours)}.");
        return $"<p>{Said(new($"从受理到决定的大厅开放小时数。{promised.Zh}", $"Hours of open halls from acceptance to decision.{promised.En}"))}</p>";
    }

    private string Commitments(Dictionary<string, PublishedFigure> of) => $"<p>{Said(new(
        $"子项：取消{Shown(of["mode-abolished"])}，备案{Shown(of["mode-filing"])}，告知承诺{Shown(of["mode-commitment"])}，优化服务{Shown(of["mode-optimised"])}；凭承诺换证{Shown(of["renewals"])}。各方式下办结的件数：",
        $"Entries: {Shown(of["mode-abolished"])} abolished, {Shown(of["mode-filing"])} turned into filing, {Shown(of["mode-commitment"])} by commitment, {Shown(of["mode-optimised"])} optimised; {Shown(of["renewals"])} renewed by commitment. Cases concluded under each:"))}</p>";

    private string Delays(DelayFigures delays, StatisticsPlot plot) => delays.Causes.All(row => row.Cases == 0)
        ? $"<p>{Said(new("没有超过承诺时限的办件。", "No case was past its promise."))}</p>"
        : $"<p>{Said(new(
            $"超过承诺时限的办件，按办理部门说明的原因分类。1至{CaseFigures.Least - 1}件的不公布。",
            $"Cases past their promise, by the kind of reason that their departments gave. Kinds with one to {CaseFigures.Least - 1} cases are not shown."))}</p>"
            + plot.Bars("delays", [.. delays.Causes.Select(row => (Said(row.Name), (decimal?)row.Cases))]);

    private string Took(int hours) => Said(hours > StatisticsShown.MostHours ? new($"{StatisticsShown.MostHours}小时以上", $"more than {StatisticsShown.MostHours} h") : new($"{hours - 1}–{hours}小时", $"{hours - 1}–{hours} h"));

    private static string IdOf(CaseFigures row) => $"mode-{Kebab.Of(row.Mode!.Value)}";

    // A part of the five years, as a sample is, has other figures of cases than the whole: that says nothing of how they are computed.
    private string Table(PublishedFigures published, PublishedFigure cases)
    {
        var whole = decimal.Parse(cases.Published, CultureInfo.InvariantCulture);
        var isPart = cases.Value < whole;
        return $"""
            {(isPart ? $"<p>{Said(new($"本平台有五年{whole:#,0}件中的{Shown(cases)}件：全部载入后，办件数据才与公布值一致。", $"This platform has {Shown(cases)} of the {whole:#,0} cases: figures of cases agree when all are loaded."))}</p>" : "")}
            <div class="wide" tabindex="0" role="region" aria-labelledby="published-title"><table>
            <thead><tr><th scope="col">{Said(new("数据", "Figure"))}</th><th scope="col" class="number">{Said(new("计算值", "Computed"))}</th><th scope="col" class="number">{Said(new("公布值", "Published"))}</th><th scope="col">{Said(new("一致", "The same"))}</th></tr></thead>
            <tbody>{string.Concat(published.Figures.Select(figure => $"<tr><th scope=\"row\">{Said(figure.Name)}</th><td class=\"number\">{Shown(figure)}</td><td class=\"number\">{Said(AsPublished(figure))}</td><td>{Said(Agrees(figure))}</td></tr>"))}</tbody>
            </table></div>
            """;

        Text Agrees(PublishedFigure figure) => figure.Reproduced ? new("✓ 是", "✓ yes")
            : figure.Value is null || (isPart && PublishedFigures.OfCasesAlone.Contains(figure.Id)) ? new("—", "—") : new("✗ 否", "✗ no");
    }

    // As many decimals as were published.
    private string Shown(PublishedFigure figure)
    {
        if (figure.Value is not { } value)
            return "—";
        var decimals = figure.Published.Split(' ')[0].Split('.') is [_, var digits] && !InTenThousands(figure) ? $".{new string('#', digits.Length)}" : "";
        return figure.Published.EndsWith('%') ? (value * 100).ToString($"0{decimals}", CultureInfo.InvariantCulture) + " %" : value.ToString($"#,0{decimals}", CultureInfo.InvariantCulture) + Said(UnitOf(figure));
    }

    private static Text AsPublished(PublishedFigure figure)
    {
        var number = figure.Published.Split(' ')[0];
        if (figure.Published.EndsWith('%') || !decimal.TryParse(number, CultureInfo.InvariantCulture, out var value))
            return new(figure.Published, figure.Published);
        var (said, unit) = ((InTenThousands(figure) ? value * 10_000 : value).ToString("#,0.####", CultureInfo.InvariantCulture), UnitOf(figure));
        return new(said + unit.Zh, said + unit.En);
    }

    // 万.
    private static bool InTenThousands(PublishedFigure figure) => figure.Published.EndsWith('万');

    private static Text UnitOf(PublishedFigure figure) => figure.Id switch
    {
        "establishment-hours" => new("小时", " h"),
        "project-days" => new("个工作日", " working days"),
        _ when figure.Id.EndsWith("-days", StringComparison.Ordinal) => new("天", " days"),
        _ => new("", ""),
    };

    private string Link(Text about, string address) => $"{Said(about)}<a href=\"{address}\">{address}</a>";

    private string Said(Text text) => reader.Said(text);
}
