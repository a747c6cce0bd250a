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
            : RequestRefusals.RouteNotFound.ToProblem()).AllowAnonymous().ExcludeFromDescription();
    }

    private static string Words(Text text) => $"<dd>{Encode(text.Zh)}</dd><dd lang=\"en\" class=\"also\">{Encode(text.En)}</dd>";

    private static IResult Page(string title, string also, string codes) => Results.Content(
        HouseStyle.Page(Language.Chinese, title, $"<h1>{title} <span lang=\"en\" class=\"also\">{also}</span></h1><dl class=\"codes\">{codes}</dl>", sheet: "/landing.css"),
        "text/html; charset=utf-8");

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
