namespace OneDoor.Wire;

/// <summary>The house style of every page: one style sheet, one mark, one name, one frame.</summary>
public static class HouseStyle
{
    public const string Mark = "/house/mark.svg";

    /// <summary>The content policy of a page on which nothing runs. Search engines' tools ask for robots.txt from within it.</summary>
    public const string StillPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Of such a page with a button, which asks this server.</summary>
    public static readonly string AskingPolicy = StillPolicy.Replace("form-action 'none'", "form-action 'self'", StringComparison.Ordinal);

    private const string Sheet = "/house/house.css";

    /// <summary>What the platform is called.</summary>
    public static readonly Text Name = new("一门通", "OneDoor");

    /// <summary>What it is, below its name.</summary>
    public static readonly Text Subtitle = new("综合保税区政务服务", "Government services of the zone");

    public static void MapHouseStyle(this IEndpointRouteBuilder routes)
    {
        routes.MapResource(Sheet, typeof(HouseStyle), "house.css", "text/css; charset=utf-8");
        routes.MapResource(Mark, typeof(HouseStyle), "mark.svg", "image/svg+xml");
    }

    /// <summary>Serves a file that was built into an assembly.</summary>
    /// <param name="routes">The host's routes.</param>
    /// <param name="path">Its address.</param>
    /// <param name="owner">A type of the assembly.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="type">Its media type.</param>
    public static void MapResource(this IEndpointRouteBuilder routes, string path, Type owner, string name, string type)
    {
        var content = Resource(owner, name);
        routes.MapGet(path, (HttpResponse response) =>
        {
            response.Headers.CacheControl = "public, max-age=300";
            return Results.Text(content, type);
        }).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>The text of a file that was built into an assembly.</summary>
    /// <param name="owner">A type of the assembly.</param>
    /// <param name="name">Its name there.</param>
    public static string Resource(Type owner, string name)
    {
        using var text = new StreamReader(owner.Assembly.GetManifestResourceStream(name)!);
        return text.ReadToEnd();
    }

    /// <summary>A whole page. Everything but the language is markup, encoded already.</summary>
    /// <param name="language">The page's language, as a tag.</param>
    /// <param name="title">What the window is called.</param>
    /// <param name="main">What the page holds.</param>
    /// <param name="beside">What stands beside the name.</param>
    /// <param name="footer">What stands below.</param>
    /// <param name="sheet">The address of what the page has beside the house style; null for none.</param>
    /// <param name="description">What it says where pages are searched; what the platform is by default.</param>
    public static string Page(string language, string title, string main, string beside = "", string footer = "", string? sheet = null, string? description = null) =>
        $"""
         <!doctype html>
         <html lang="{language}">
         <head>
         <meta charset="utf-8">
         <meta name="viewport" content="width=device-width, initial-scale=1">
         <title>{title} · {Name.In(language)}</title>
         <meta name="description" content="{description ?? $"{Name.In(language)} · {Subtitle.In(language)}"}">
         <link rel="icon" href="{Mark}" type="image/svg+xml">
         <link rel="stylesheet" href="{Sheet}">{(sheet is null ? "" : $"\n<link rel=\"stylesheet\" href=\"{sheet}\">")}
         </head>
         <body>
         <header><div>
         <img src="{Mark}" alt="" width="40" height="40">
         <p class="brand">{Name.In(language)}<span>{Subtitle.In(language)}</span></p>
         {beside}
         </div></header>
         <main>
         {main}
         </main>{(footer.Length == 0 ? "" : $"\n<footer>{footer}</footer>")}
         </body>
         </html>
         """;
}
