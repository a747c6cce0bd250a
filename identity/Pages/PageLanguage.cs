namespace OneDoor.Identity.Pages;

/// <summary>The language of a page: the one chosen on it, else the browser's, else Chinese.</summary>
internal sealed record PageLanguage(string Tag)
{
    private const string Cookie = "onedoor-language";

    public bool IsChinese => Tag == Language.Chinese;

    public PageLanguage Other => new(IsChinese ? Language.English : Language.Chinese);

    public string OtherName => IsChinese ? "English" : "中文";

    public static PageLanguage Of(HttpRequest request) => new(Language.Known(request.Cookies[Cookie]) ?? Language.Accepted(request) ?? Language.Chinese);

    public static void Keep(HttpResponse response, string? tag)
    {
        if (Language.Known(tag) is { } language)
            response.Cookies.Append(Cookie, language, new() { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365) });
    }

    public string Pick(string chinese, string english) => IsChinese ? chinese : english;
}
