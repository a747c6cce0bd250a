using System.Globalization;
using System.Net;
using Marten;

namespace OneDoor.BusinessEnvironment;

/// <summary>/business-environment/{year}: the plan with what has been done of it, and what others found, for anybody.</summary>
public static class BusinessEnvironmentPage
{
    private static readonly Text Title = new("营商环境", "Business environment");

    public static void MapBusinessEnvironmentPage(this WebApplication app) => app.MapGet("/business-environment/{year:int}", Handle).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> Handle(int year, HttpContext http, MeasureReader reader, IQuerySession session, TimeProvider time, CancellationToken ct)
    {
        var (plan, indicators) = (await reader.Plan(year, asOf: null, ct), await session.IndicatorsOf(year, time.GetUtcNow(), ct));
        if (plan is null && indicators is not { Scores.Count: > 0 })
            return BusinessEnvironmentRefusals.NotFound.ToProblem();
        http.Response.Headers.ContentSecurityPolicy = HouseStyle.StillPolicy;
        http.IsForAll();
        return Results.Content(Page(year, plan, indicators), "text/html; charset=utf-8");
    }

    private static string Page(int year, BusinessEnvironmentView? plan, BusinessIndicators? indicators) => HouseStyle.Page(Language.Chinese, $"{year}年{Title.Zh} · {Title.En} {year}", $"""
        <h1>{year}年{Title.Zh} {HouseStyle.Also($"{Title.En} {year}")}</h1>
        {(plan is null ? "" : OfPlan(plan))}
        {HouseStyle.Section("scores", new("评价得分", "What others found"), Scores(indicators))}
        <p class="note">{(plan is null ? "" : $"{Encoded(plan.Source)}。所列做法见该文，是否为方案所列，以及责任部门、审核部门和期限，为示例。{HouseStyle.Also("What is done was published; that it is a measure of the plan, its owner, reviewer and day are samples.")} ")}数据见 <a href="/v1/business-environment/{(plan is null ? $"{year}/indicators" : year)}">/v1/business-environment</a>。{HouseStyle.Also("The data are there.")}</p>
        """, sheet: "/statistics.css");

    private static string OfPlan(BusinessEnvironmentView plan) => $"""
        <p>{Encoded(plan.Name.Zh)}：{plan.Aspects.Count}方面、{plan.Counts.Measures}项举措，已完成{plan.Counts.Done}项，待审核{plan.Counts.Submitted}项，推进中{plan.Counts.UnderWay}项，未上报{plan.Counts.Planned}项；逾期{plan.Counts.Overdue}项。{HouseStyle.Also(
            $"{plan.Name.En}: {plan.Counts.Measures} measures in {plan.Aspects.Count} aspects; {plan.Counts.Done} done, {plan.Counts.Submitted} under review, {plan.Counts.UnderWay} under way, {plan.Counts.Planned} not reported on; {plan.Counts.Overdue} overdue.")}</p>
        {string.Concat(plan.Aspects.Select(aspect => HouseStyle.Section(aspect.Code, aspect.Name, Measures(aspect))))}
        """;

    private static string Measures(AspectView aspect) => $"""
        <table class="stack">
        <thead><tr><th scope="col">举措 {HouseStyle.Also("Measure")}</th><th scope="col">责任部门 {HouseStyle.Also("Owner")}</th><th scope="col" class="day">期限 {HouseStyle.Also("Due")}</th><th scope="col">进展 {HouseStyle.Also("Progress")}</th></tr></thead>
        <tbody>{string.Concat(aspect.Measures.Select(Row))}</tbody>
        </table>
        """;

    private static string Row(MeasureView m) => $"""
        <tr><th scope="row">{Encoded(m.Wording.Zh)}{(m.Sample ? "（示例）" : "")} {HouseStyle.Also(m.Wording.En + (m.Sample ? " (sample)" : ""))}</th>
        <td data-name="责任部门 Owner">{Named(m.Owner.Name())}<div class="quiet">审核：{Named(new(m.Reviewer.Name().Zh, $"Reviewed by {m.Reviewer.Name().En}"))}</div></td><td data-name="期限 Due">{m.DueOn:yyyy-MM-dd}</td><td data-name="进展 Progress">{Progress(m)}</td></tr>
        """;

    private static string Progress(MeasureView m)
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
        return $"{(m.Overdue ? $"<strong class=\"late\">逾期</strong> {Named(new(zh, $"Overdue, {en.ToLowerInvariant()}"))}" : Named(new(zh, en)))}{Line(m.Note)}{Line(m.Finding is null ? null : $"审核：{m.Finding}")}{evidence}";
    }

    private static string Scores(BusinessIndicators? indicators)
    {
        if (indicators is not { Scores.Count: > 0 })
            return $"<p>尚无。{HouseStyle.Also("None yet.")}</p>";
        var means = indicators.Means.ToLookup(mean => (mean.Framework, mean.Edition, mean.Assessor, mean.Method));
        // Each evaluation by itself: nobody is to compare what was found by other rules.
        return string.Concat(indicators.Scores.GroupBy(s => (s.Framework, s.Edition, s.Assessor, s.Method)).Select(evaluation =>
        {
            var framework = EvaluationFrameworks.Known.Find(evaluation.Key.Framework)!;
            return $"""
                <h3>{Encoded(framework.Name.Zh)} {evaluation.Key.Edition} {HouseStyle.Also($"{framework.Name.En} {evaluation.Key.Edition}")}</h3>
                <p>{Encoded(evaluation.Key.Assessor)}；{Encoded(evaluation.Key.Method)}</p>
                <table class="stack"><thead><tr><th scope="col">指标 {HouseStyle.Also("Topic")}</th><th scope="col" class="number">得分 {HouseStyle.Also("Score")}</th><th scope="col">来源 {HouseStyle.Also("Source")}</th></tr></thead>
                <tbody>{string.Concat(evaluation.Select(score => Row(NameOf(framework, score), score.Score, score.Source)))}{string.Concat(
                    means[evaluation.Key].Select(mean => Row(NameOf(framework, mean.Topic), mean.Value, $"{mean.Denominator}项均值 (mean of {mean.Denominator})")))}</tbody></table>
                """;
        }));
    }

    private static string Row(Text name, decimal score, string source) =>
        $"<tr><th scope=\"row\">{Named(name)}</th><td class=\"number\" data-name=\"得分 Score\">{score.ToString("0.##", CultureInfo.InvariantCulture)}</td><td data-name=\"来源 Source\">{Encoded(source)}</td></tr>";

    private static Text NameOf(EvaluationFramework framework, string topic) => framework.Topics.First(t => t.Code == topic).Name;

    private static Text NameOf(EvaluationFramework framework, IndicatorScore score)
    {
        var topic = framework.Topics.First(t => t.Code == score.Topic);
        return topic.Pillars.FirstOrDefault(p => p.Code == score.Pillar) is { } pillar ? new($"{topic.Name.Zh}：{pillar.Name.Zh}{(pillar.Sample ? "（示例）" : "")}", $"{topic.Name.En}: {pillar.Name.En}{(pillar.Sample ? " (sample)" : "")}") : topic.Name;
    }

    private static string Line(string? text) => text is null ? "" : $"<p>{Encoded(text)}</p>";

    private static string Named(Text name) => $"{Encoded(name.Zh)} {HouseStyle.Also(name.En)}";

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
