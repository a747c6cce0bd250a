using System.Globalization;
using System.Net;
using Marten;

namespace OneDoor.BusinessEnvironment;

/// <summary>/business-environment/{year}: the plan with what has been done of it, and what others found, for anybody.</summary>
public sealed class BusinessEnvironmentPage(PageReader reader)
{
    public static void Map(WebApplication app) => app.MapGet("/business-environment/{year:int}", Handle).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> Handle(int year, HttpContext http, MeasureReader measures, IQuerySession session, TimeProvider time, CancellationToken ct)
    {
        var (plan, indicators) = (await measures.Plan(year, asOf: null, ct), await session.IndicatorsOf(year, time.GetUtcNow(), ct));
        if (plan is null && indicators is not { Scores.Count: > 0 })
            return BusinessEnvironmentRefusals.NotFound.ToProblem();
        http.Response.Headers.ContentSecurityPolicy = HouseStyle.StillPolicy;
        http.IsForAll();
        var (reader, title) = (PageReader.Of(http.Request), new Text($"{year}年营商环境", $"Business environment {year}"));
        return reader.Page(http, title, new BusinessEnvironmentPage(reader).Of(title, year, plan, indicators), sheet: "/statistics.css");
    }

    private string Of(Text title, int year, BusinessEnvironmentView? plan, BusinessIndicators? indicators) => $"""
        <h1>{reader.Said(title)}</h1>
        {(plan is null ? "" : OfPlan(plan))}
        {reader.Section("scores", new("评价得分", "What others found"), Scores(indicators))}
        <p class="note">{(plan is null ? "" : $"{reader.Said($"{plan.Source}。所列做法见该文，是否为方案所列，以及责任部门、审核部门和期限，为示例。", $"{plan.Source}. What is done was published; that it is a measure of the plan, its owner, reviewer and day are samples.")} ")}{reader.Said("数据见", "The data are at")} <a href="/v1/business-environment/{(plan is null ? $"{year}/indicators" : year)}">/v1/business-environment</a>{reader.Said("。", ".")}</p>
        """;

    private string OfPlan(BusinessEnvironmentView plan) => $"""
        <p>{reader.Said(
            $"{plan.Name.Zh}：{plan.Aspects.Count}方面、{plan.Counts.Measures}项举措，已完成{plan.Counts.Done}项，待审核{plan.Counts.Submitted}项，推进中{plan.Counts.UnderWay}项，未上报{plan.Counts.Planned}项；逾期{plan.Counts.Overdue}项。",
            $"{plan.Name.En}: {plan.Counts.Measures} measures in {plan.Aspects.Count} aspects; {plan.Counts.Done} done, {plan.Counts.Submitted} under review, {plan.Counts.UnderWay} under way, {plan.Counts.Planned} not reported on; {plan.Counts.Overdue} overdue.")}</p>
        {string.Concat(plan.Aspects.Select(aspect => reader.Section(aspect.Code, aspect.Name, Measures(aspect))))}
        """;

    private string Measures(AspectView aspect) => $"""
        <table class="stack">
        <thead><tr><th scope="col">{reader.Said("举措", "Measure")}</th><th scope="col">{reader.Said("责任部门", "Owner")}</th><th scope="col" class="day">{reader.Said("期限", "Due")}</th><th scope="col">{reader.Said("进展", "Progress")}</th></tr></thead>
        <tbody>{string.Concat(aspect.Measures.Select(Row))}</tbody>
        </table>
        """;

    private string Row(MeasureView m) => $"""
        <tr><th scope="row">{reader.Said(m.Wording)}{(m.Sample ? reader.Said("（示例）", " (sample)") : "")}</th>
        <td data-name="{reader.Said("责任部门", "Owner")}">{reader.Said(m.Owner.Name())}<div class="quiet">{reader.Said($"审核：{m.Reviewer.Name().Zh}", $"Reviewed by {m.Reviewer.Name().En}")}</div></td><td data-name="{reader.Said("期限", "Due")}">{m.DueOn:yyyy-MM-dd}</td><td data-name="{reader.Said("进展", "Progress")}">{Progress(m)}</td></tr>
        """;

    private string Progress(MeasureView m)
    {
        var (zh, en) = m.Status switch
        {
            MeasureStatus.Planned => ("未上报", "Not reported on"),
            MeasureStatus.UnderWay when m.Finding is not null => ("已退回", "Returned"),
            MeasureStatus.UnderWay => ($"推进中 {m.Percent}%", $"Under way, {m.Percent} %"),
            MeasureStatus.Submitted => ("待审核", "Under review"),
            _ => ("已完成", "Done"),
        };
        var evidence = m.Evidence.Count == 0 ? "" : $"<ul>{string.Concat(m.Evidence.Select(e => $"<li>{(e.Url?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) != true ? Encoded(e.Text) : $"<a href=\"{Encoded(e.Url)}\" rel=\"nofollow noopener noreferrer\">{Encoded(e.Text)}</a>")}</li>"))}</ul>";
        return $"{(m.Overdue ? $"<strong class=\"late\">{reader.Said("逾期", "Overdue")}</strong> " : "")}{reader.Said(zh, en)}{Line(m.Note)}{Line(m.Finding is { } found ? new Text($"审核：{found}", $"Review: {found}").In(reader.Tag) : null)}{evidence}";
    }

    private string Scores(BusinessIndicators? indicators)
    {
        if (indicators is not { Scores.Count: > 0 })
            return $"<p>{reader.Said("尚无。", "None yet.")}</p>";
        var means = indicators.Means.ToLookup(mean => (mean.Framework, mean.Edition, mean.Assessor, mean.Method));
        // Each evaluation by itself: nobody is to compare what was found by other rules.
        return string.Concat(indicators.Scores.GroupBy(s => (s.Framework, s.Edition, s.Assessor, s.Method)).Select(evaluation =>
        {
            var framework = EvaluationFrameworks.Known.Find(evaluation.Key.Framework)!;
            return $"""
                <h3>{reader.Said(framework.Name)} {evaluation.Key.Edition}</h3>
                <p>{Encoded(evaluation.Key.Assessor)}{reader.Said("；", "; ")}{Encoded(evaluation.Key.Method)}</p>
                <table class="stack"><thead><tr><th scope="col">{reader.Said("指标", "Topic")}</th><th scope="col" class="number">{reader.Said("得分", "Score")}</th><th scope="col">{reader.Said("来源", "Source")}</th></tr></thead>
                <tbody>{string.Concat(evaluation.Select(score => Row(NameOf(framework, score), score.Score, score.Source)))}{string.Concat(
                    means[evaluation.Key].Select(mean => Row(NameOf(framework, mean.Topic), mean.Value, new Text($"{mean.Denominator}项均值", $"mean of {mean.Denominator}").In(reader.Tag))))}</tbody></table>
                """;
        }));
    }

    private string Row(Text name, decimal score, string source) =>
        $"<tr><th scope=\"row\">{reader.Said(name)}</th><td class=\"number\" data-name=\"{reader.Said("得分", "Score")}\">{score.ToString("0.##", CultureInfo.InvariantCulture)}</td><td data-name=\"{reader.Said("来源", "Source")}\">{Encoded(source)}</td></tr>";

    private static Text NameOf(EvaluationFramework framework, string topic) => framework.Topics.First(t => t.Code == topic).Name;

    private static Text NameOf(EvaluationFramework framework, IndicatorScore score)
    {
        var topic = framework.Topics.First(t => t.Code == score.Topic);
        return topic.Pillars.FirstOrDefault(p => p.Code == score.Pillar) is { } pillar ? new($"{topic.Name.Zh}：{pillar.Name.Zh}{(pillar.Sample ? "（示例）" : "")}", $"{topic.Name.En}: {pillar.Name.En}{(pillar.Sample ? " (sample)" : "")}") : topic.Name;
    }

    private static string Line(string? text) => text is null ? "" : $"<p>{Encoded(text)}</p>";

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
