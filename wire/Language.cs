using Microsoft.Net.Http.Headers;

namespace OneDoor.Wire;

/// <summary>The language of an answer's words.</summary>
public static class Language
{
    public const string Chinese = "zh-CN", English = "en";

    /// <summary>The one that <c>Accept-Language</c> prefers, English where it says nothing.</summary>
    public static string Of(HttpRequest request) => Accepted(request) ?? English;

    /// <summary>The one of Chinese and English that <c>Accept-Language</c> prefers, English where it asks for others alone; null where it says nothing.</summary>
    public static string? Accepted(HttpRequest request)
    {
        var best = (Language: (string?)null, Quality: 0.0);
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var accepted))
            return best.Language;
        foreach (var language in accepted)
        {
            var known = Known(language.Value.Value);
            var quality = language.Quality ?? 1;
            if (known is not null && quality > best.Quality)
                best = (known, quality);
        }
        return best.Language ?? (accepted.Any(language => language.Value != "*") ? English : null);
    }

    /// <summary>The language that a tag names, whatever its region; null for any other.</summary>
    public static string? Known(string? tag) => tag?.Split('-')[0].ToUpperInvariant() switch { "ZH" => Chinese, "EN" => English, _ => null };
}
