namespace OneDoor.Identity.Pages;

/// <summary>The language of a page: the one chosen on it, else the browser's, else Chinese.</summary>
internal sealed record Language(string Tag)
{
    public static readonly Language Chinese = new("zh-CN");
    public static readonly Language English = new("en");
    private const string Cookie = "onedoor-language";

    public Language Other => this == Chinese ? English : Chinese;

    public string OtherName => this == Chinese ? "English" : "中文";

    public static Language Of(HttpRequest request) => Parse(request.Cookies[Cookie]) ?? Accepted(request) ?? Chinese;

    /// <summary>The one that <c>Accept-Language</c> prefers; null where it asks for neither.</summary>
    public static Language? Accepted(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Where(l => l.Quality is null or > 0).OrderByDescending(l => l.Quality ?? 1).Select(l => Parse(l.Value.Value)).FirstOrDefault(l => l is not null);

    public static void Keep(HttpResponse response, string? tag)
    {
        if (Parse(tag) is { } language)
            response.Cookies.Append(Cookie, language.Tag, new() { HttpOnly = true, SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365) });
    }

    public string Pick(string chinese, string english) => this == Chinese ? chinese : english;

    private static Language? Parse(string? tag) => tag?.Split('-')[0].ToLowerInvariant() switch
    {
        "zh" => Chinese,
        "en" => English,
        _ => null,
    };
}
