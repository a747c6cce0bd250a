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
        routes.MapGet("/docs/errors", () => Page("Refusal codes · 错误代码", string.Concat(All.Values
            .OrderBy(r => r.Code, StringComparer.Ordinal)
            .Select(r => $"<dt><a href=\"/docs/errors/{r.Code}\">{r.Code}</a> ({r.Status})</dt><dd>{Encode(r.Title.En)} · {Encode(r.Title.Zh)}</dd>"))))
            .AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/docs/errors/{code}", (string code) => All.TryGetValue(code, out var r)
            ? Page(r.Code, $"<dt>HTTP {r.Status}</dt>{Words(r.Title)}{(r.Detail is null ? "" : Words(r.Detail))}<dt><a href=\"/docs/errors\">All codes · 全部代码</a></dt>")
            : RequestRefusals.RouteNotFound.ToProblem()).AllowAnonymous().ExcludeFromDescription();
    }

    private static string Words(Text text) => $"<dd lang=\"en\">{Encode(text.En)}</dd><dd lang=\"zh-CN\">{Encode(text.Zh)}</dd>";

    private static IResult Page(string title, string definitions) => Results.Content(
        $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title} · OneDoor</title>"
        + $"<main><h1>{title}</h1><dl>{definitions}</dl></main></html>", "text/html; charset=utf-8");

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
