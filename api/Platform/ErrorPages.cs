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
        routes.MapGet("/docs/errors", () => Page("错误代码", "Refusal codes", string.Concat(All.Values
            .OrderBy(r => r.Code, StringComparer.Ordinal)
            .Select(r => $"<dt><a href=\"/docs/errors/{r.Code}\">{r.Code}</a> <span class=\"quiet\">{r.Status}</span></dt>{Words(r.Title)}"))))
            .AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/docs/errors/{code}", (string code) => All.TryGetValue(code, out var r)
            ? Page(r.Code, $"HTTP {r.Status}", $"{Words(r.Title)}{(r.Detail is null ? "" : Words(r.Detail))}<dt><a href=\"/docs/errors\">全部代码 · All codes</a></dt>")
            : Results.NotFound()).AllowAnonymous().ExcludeFromDescription();
    }

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

    private static IResult Page(string title, string also, string codes) => Results.Content(
        HouseStyle.Page(Language.Chinese, title, $"<h1>{title} <span lang=\"en\" class=\"also\">{also}</span></h1><dl class=\"codes\">{codes}</dl>", sheet: "/landing.css"),
        "text/html; charset=utf-8");

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
