using System.Collections.Frozen;
using System.Net;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace OneDoor.Platform;

/// <summary>/docs/….md: the repository's docs as pages, each at its path there, so that what one says of another leads to it.</summary>
public static class GuidePages
{
    private const string Folder = "docs/";

    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).DisableHtml().Build();

    /// <summary>Every page by its path, made when somebody first reads it.</summary>
    private static readonly FrozenDictionary<string, Lazy<string>> All = typeof(GuidePages).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).ToFrozenDictionary(name => "/" + name, name => new Lazy<string>(() => Page(name)));

    // Those beside which no folder says what they are.
    private static readonly string Ways = string.Concat(All.Keys.Where(path => path.LastIndexOf('/') == Folder.Length).Order(StringComparer.Ordinal)
        .Select(path => $"<li><a href=\"{path}\">{Path.GetFileNameWithoutExtension(path)}</a></li>"));

    public static void MapGuidePages(this IEndpointRouteBuilder routes) => routes.MapGet("/docs/{**path:regex(\\.md$)}", (string path, HttpContext http, Etags etags) =>
    {
        if (!All.TryGetValue("/" + Folder + path, out var page))
            return Results.NotFound();
        http.Response.Headers.ContentSecurityPolicy = HouseStyle.StillPolicy;
        return etags.OkForAll(http, page.Value, "text/html");
    }).AllowAnonymous().ExcludeFromDescription();

    private static string Page(string name)
    {
        var document = Markdig.Markdown.Parse(HouseStyle.Resource(typeof(GuidePages), name), Markdown);
        foreach (var link in document.Descendants<LinkInline>().Where(link => !IsServed(name, link.Url!)).ToList())
            link.ReplaceBy(new ContainerInline());
        var headings = document.Descendants<HeadingBlock>().ToLookup(heading => heading.Level);
        return HouseStyle.Page(Language.English, Words(headings[1].First()), $"""
            <nav aria-label="Guide"><ul class="guides">{Ways}</ul>
            <details><summary>On this page</summary><ul>{string.Concat(headings[2].Select(heading => $"<li><a href=\"#{heading.GetAttributes().Id}\">{Words(heading)}</a></li>"))}</ul></details></nav>
            <article class="guide">
            {document.ToHtml(Markdown)}
            </article>
            """, beside: "<a href=\"/\">Start page</a>", sheet: "/landing.css");
    }

    // What lies elsewhere in the repository is named and leads nowhere.
    private static bool IsServed(string from, string to) =>
        new Uri(new Uri($"doc:///{from}"), to) is var address && (address.Scheme != "doc" || All.ContainsKey(address.AbsolutePath));

    private static string Words(HeadingBlock heading) => WebUtility.HtmlEncode(string.Concat(heading.Inline!.Descendants().Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        _ => "",
    })));
}
