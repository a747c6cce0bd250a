using Microsoft.Net.Http.Headers;

namespace OneDoor.Wire;

/// <summary>The language of an answer's words: the one of zh-CN and en that <c>Accept-Language</c> prefers, en where it says nothing.</summary>
public static class Language
{
    public static string Of(HttpRequest request)
    {
        var best = (Language: "en", Quality: 0.0);
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var accepted))
            return best.Language;
        foreach (var language in accepted)
        {
            var known = language.Value.Value?.Split('-')[0].ToUpperInvariant() switch { "ZH" => "zh-CN", "EN" => "en", _ => null };
            var quality = language.Quality ?? 1;
            if (known is not null && quality > best.Quality)
                best = (known, quality);
        }
        return best.Language;
    }
}
