using System.Net;
using Microsoft.AspNetCore.WebUtilities;

namespace OneDoor.Wire;

/// <summary>Who reads a page, in one language: the one that <c>?lang=</c> names, else the browser's, else Chinese.</summary>
/// <param name="Tag">The language, as a tag.</param>
/// <param name="Elsewhere">The address of the same page in the other one.</param>
public sealed record PageReader(string Tag, string Elsewhere)
{
    private const string Parameter = "lang";

    private string Other => OtherOf(Tag);

    /// <summary>The reader who asks.</summary>
    public static PageReader Of(HttpRequest request)
    {
        var tag = Language.Known(request.Query[Parameter]) ?? Language.Accepted(request) ?? Language.Chinese;
        var asked = request.Query.Where(given => given.Key != Parameter).SelectMany(given => given.Value, (given, value) => KeyValuePair.Create(given.Key, value));
        return new(tag, QueryHelpers.AddQueryString(request.PathBase + request.Path, asked.Append(KeyValuePair.Create(Parameter, (string?)OtherOf(tag)))));
    }

    /// <summary>Words in the reader's language, encoded.</summary>
    public string Said(string zh, string en) => Said(new Text(zh, en));

    /// <inheritdoc cref="Said(string, string)"/>
    public string Said(Text text) => WebUtility.HtmlEncode(text.In(Tag));

    /// <summary>The link to the same page in the other language, as the house style has it beside the name.</summary>
    public string Switch() =>
        $"<a class=\"language\" href=\"{WebUtility.HtmlEncode(Elsewhere)}\" lang=\"{Other}\" hreflang=\"{Other}\">{(Other == Language.English ? "English" : "中文")}</a>";

    /// <summary>A part of a page, under its title.</summary>
    /// <param name="id">What it is found by.</param>
    /// <param name="name">Its title.</param>
    /// <param name="holds">What it holds, encoded already.</param>
    public string Section(string id, Text name, string holds) => $"<section aria-labelledby=\"{id}-title\"><h2 id=\"{id}-title\">{Said(name)}</h2>{holds}</section>";

    /// <summary>A whole page in the reader's language (<see cref="HouseStyle.Page"/>).</summary>
    /// <param name="http">The request; caches keep the answer for who reads the same.</param>
    /// <param name="title">What the window is called.</param>
    /// <param name="main">What the page holds, encoded already.</param>
    /// <param name="beside">What stands beside the name besides.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="sheet">The address of what the page has beside the house style.</param>
    public IResult Page(HttpContext http, Text title, string main, string beside = "", int status = StatusCodes.Status200OK, string sheet = "/landing.css")
    {
        if (!http.IsAnsweredForAll())
            http.Response.Headers.Append("Vary", "Accept-Language");
        return Results.Content(HouseStyle.Page(Tag, Said(title), main, beside: beside + Switch(), sheet: sheet), "text/html; charset=utf-8", statusCode: status);
    }

    private static string OtherOf(string tag) => tag == Language.English ? Language.Chinese : Language.English;
}
