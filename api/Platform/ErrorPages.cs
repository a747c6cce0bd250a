using System.Collections.Frozen;

namespace OneDoor.Platform;

/// <summary>/docs/errors/…: a page per refusal code, which the <c>type</c> of every problem leads to.</summary>
public static class ErrorPages
{
    /// <summary>Every refusal of the platform by its code, read from the classes that declare them.</summary>
    public static readonly FrozenDictionary<string, Refusal> All =
        Refusals.In(typeof(Refusal).Assembly, typeof(Problem).Assembly, typeof(ErrorPages).Assembly).ToFrozenDictionary(refusal => refusal.Code);

    private static readonly Text Codes = new("错误代码", "Refusal codes");

    public static void MapErrorPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/docs/errors", (HttpContext http) => Page(http, Codes, reader => $"<h1>{reader.Said(Codes)}</h1>{Index(reader)}")).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/docs/errors/{code}", (string code, HttpContext http) => All.TryGetValue(code, out var r)
            ? Page(http, Text.Same(r.Code), reader => $"<h1>{r.Code} <span class=\"quiet\">HTTP {r.Status}</span></h1><p>{reader.Said(r.Title)}</p><p>{reader.Said(r.Detail ?? Advice(r))}</p><p><a href=\"/docs/errors#{Family(r)}\">{reader.Said("全部代码", "All codes")}</a></p>")
            : Results.NotFound()).AllowAnonymous().ExcludeFromDescription();
    }

    // By what each is about, the word before the dot.
    private static string Index(PageReader reader)
    {
        var families = All.Values.OrderBy(r => r.Code, StringComparer.Ordinal).GroupBy(Family).ToArray();
        return $"<nav aria-label=\"{reader.Said("类别", "Families")}\"><ul class=\"guides\">{string.Concat(families.Select(family => $"<li><a href=\"#{family.Key}\">{family.Key}</a></li>"))}</ul></nav>"
            + string.Concat(families.Select(family => $"<h2 id=\"{family.Key}\">{family.Key}</h2><dl class=\"codes\">{string.Concat(family.Select(Entry))}</dl>"));

        string Entry(Refusal r) => $"<dt><a href=\"/docs/errors/{r.Code}\">{r.Code}</a> <span class=\"quiet\">{r.Status}</span></dt><dd>{reader.Said(r.Title)}</dd>";
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
        && http.Response.StatusCode == StatusCodes.Status404NotFound && !http.Request.Path.StartsWithSegments("/v1") && !http.Request.Path.StartsWithSegments("/graphql") && http.Request.IsForPage()
            ? NotFound(http) : Task.CompletedTask);

    private static Task NotFound(HttpContext http)
    {
        http.RequestServices.GetRequiredService<SecurityLog>().Refused(http, RequestRefusals.RouteNotFound);
        http.Response.Headers.CacheControl = "no-store";
        return Refused(http, RequestRefusals.RouteNotFound, reader => $"<p><a href=\"/\">{reader.Said("首页", "The start page")}</a></p>").ExecuteAsync(http);
    }

    /// <summary>Tells whoever opened a page why there is none, and what there is.</summary>
    /// <param name="refused">Why.</param>
    /// <param name="offered">What there is, in HTML.</param>
    public static IResult Refused(HttpContext http, Refusal refused, Func<PageReader, string> offered)
    {
        http.Response.Headers.ContentSecurityPolicy = HouseStyle.StillPolicy;
        var reader = PageReader.Of(http.Request);
        return reader.Page(http, refused.Title, $"<h1>{reader.Said(refused.Title)}</h1>\n{offered(reader)}", status: refused.Status);
    }

    private static IResult Page(HttpContext http, Text title, Func<PageReader, string> holds)
    {
        var reader = PageReader.Of(http.Request);
        return reader.Page(http, title, holds(reader), beside: $"<a href=\"/\">{reader.Said("首页", "Start page")}</a> ");
    }
}
