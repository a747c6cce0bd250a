using System.Collections.Frozen;
using System.Net;

namespace OneDoor.Platform;

/// <summary>/docs/errors/…: a page per refusal code, which the <c>type</c> of every problem leads to.</summary>
public static class ErrorPages
{
    /// <summary>Every refusal of the platform by its code, read from the classes that declare them.</summary>
    public static readonly FrozenDictionary<string, Refusal> All =
        Refusals.In(typeof(Refusal).Assembly, typeof(Problem).Assembly, typeof(ErrorPages).Assembly).ToFrozenDictionary(refusal => refusal.Code);

    public static void MapErrorPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/docs/errors", () => Page("错误代码", "Refusal codes", Index())).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/docs/errors/{code}", (string code) => All.TryGetValue(code, out var r)
            ? Page(r.Code, $"HTTP {r.Status}", $"{Paragraph(r.Title)}{Paragraph(r.Detail ?? Advice(r))}<p><a href=\"/docs/errors#{Family(r)}\">全部代码 {HouseStyle.Also("All codes")}</a></p>")
            : Results.NotFound()).AllowAnonymous().ExcludeFromDescription();
    }

    // By what each is about, the word before the dot.
    private static string Index()
    {
        var families = All.Values.OrderBy(r => r.Code, StringComparer.Ordinal).GroupBy(Family).ToArray();
        return $"<nav aria-label=\"Families\"><ul class=\"guides\">{string.Concat(families.Select(family => $"<li><a href=\"#{family.Key}\">{family.Key}</a></li>"))}</ul></nav>"
            + string.Concat(families.Select(family => $"<h2 id=\"{family.Key}\">{family.Key}</h2><dl class=\"codes\">{string.Concat(family.Select(Entry))}</dl>"));

        static string Entry(Refusal r) => $"<dt><a href=\"/docs/errors/{r.Code}\">{r.Code}</a> <span class=\"quiet\">{r.Status}</span></dt>{Words(r.Title)}";
    }

    private static string Family(Refusal refusal) => refusal.Code.Split('.')[0];

    // What to do about those whose answers say each time anew what was wrong.
    private static Text Advice(Refusal refusal) => refusal.Status switch
    {
        _ when Family(refusal) == "graphql" => new("哪里有误，见该次应答的 errors[].message；文档的各项限度见 /docs/GRAPHQL.md。", "What is wrong stands in the answer's errors[].message, and what a document may be in /docs/GRAPHQL.md."),
        StatusCodes.Status401Unauthorized => new("请向身份服务器取得本平台的新令牌，再以同一 Idempotency-Key 重发。", "Get a new token for this platform from the identity server, and send the same again under the same Idempotency-Key."),
        StatusCodes.Status403Forbidden => new("用同一令牌重发，结果不变。须由有权的人办理；该次应答有 detail 时，其中说明原因。", "The same token gets the same answer again. Somebody who may has to do it; where the answer has a detail, it says why."),
        StatusCodes.Status404NotFound => new("它不存在，或者您无权看到。您能看到的都在相应的列表中。", "It does not exist, or not for you. What you may see is in the lists."),
        StatusCodes.Status405MethodNotAllowed => new("该地址可用的方法见应答的 Allow。", "The answer's Allow names the methods that the address takes."),
        StatusCodes.Status408RequestTimeout => new("请以同一 Idempotency-Key 重发。", "Send the same again under the same Idempotency-Key."),
        StatusCodes.Status409Conflict => new("请求与现状不符。请重新读取：其状态和时限说明现在能做什么。该次应答有 detail 时，其中说明原因。", "What is there does not allow it now. Read it again: its status and its times say what can be done. Where the answer has a detail, it says why."),
        _ => new("哪里有误、怎样才对，见该次应答的 errors[].pointer 和 detail。", "What is wrong, and what would be right, stands in the answer: errors[].pointer and detail."),
    };

    /// <summary>Has a page told to whoever opens an address at which there is none; what is asked of the API is told the problem, whoever asks.</summary>
    public static void UseNotFoundPage(this WebApplication app) => app.UseStatusCodePages(pages => pages.HttpContext is var http
        && http.Response.StatusCode == StatusCodes.Status404NotFound && http.Request.Accepts("text/html") && !http.Request.Path.StartsWithSegments("/v1") && !http.Request.Path.StartsWithSegments("/graphql")
            ? NotFound(http) : Task.CompletedTask);

    private static Task NotFound(HttpContext http)
    {
        http.RequestServices.GetRequiredService<SecurityLog>().Refused(http, RequestRefusals.RouteNotFound);
        http.Response.Headers.CacheControl = "no-store";
        return Refused(http, RequestRefusals.RouteNotFound, $"<p><a href=\"/\">首页 {HouseStyle.Also("The start page")}</a></p>").ExecuteAsync(http);
    }

    /// <summary>Tells whoever opened a page why there is none, and what there is.</summary>
    /// <param name="http">The request.</param>
    /// <param name="refused">Why.</param>
    /// <param name="offered">What there is, in HTML.</param>
    public static IResult Refused(HttpContext http, Refusal refused, string offered)
    {
        http.Response.Headers.ContentSecurityPolicy = HouseStyle.StillPolicy;
        return Results.Content(
            HouseStyle.Page(Language.Chinese, refused.Title.Zh, $"<h1>{refused.Title.Zh} {HouseStyle.Also(refused.Title.En)}</h1>\n{offered}", sheet: "/landing.css"),
            "text/html; charset=utf-8", statusCode: refused.Status);
    }

    private static string Words(Text text) => $"<dd>{Encode(text.Zh)}</dd><dd lang=\"en\" class=\"also\">{Encode(text.En)}</dd>";

    private static string Paragraph(Text text) => $"<p>{Encode(text.Zh)} {HouseStyle.Also(text.En)}</p>";

    private static IResult Page(string title, string also, string holds) => Results.Content(
        HouseStyle.Page(Language.Chinese, title, $"<h1>{title} {HouseStyle.Also(also)}</h1>{holds}", beside: "<a href=\"/\">首页 <span lang=\"en\">Start page</span></a>", sheet: "/landing.css"),
        "text/html; charset=utf-8");

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
