using System.Net.Mime;
using Microsoft.Net.Http.Headers;

namespace OneDoor.Wire;

/// <summary>Who may keep an answer.</summary>
public static class Caching
{
    private const string ForAll = "public, max-age=60";

    /// <summary>What a reader sees depends on who reads, and in which language: nobody else is shown the answer, nor the reader without asking.</summary>
    public static void IsForItsReader(this HttpContext http)
    {
        http.Response.Headers.CacheControl = "private, no-cache";
        Varies(http, HeaderNames.Authorization, HeaderNames.AcceptLanguage);
    }

    /// <summary>Everybody is shown the same: whoever is on the way may keep the answer for a minute.</summary>
    public static void IsForAll(this HttpContext http)
    {
        http.Response.Headers.CacheControl = ForAll;
        Varies(http, HeaderNames.AcceptLanguage, HeaderNames.AcceptEncoding);
    }

    /// <summary>Whether a request would rather have one media type than another, which is answered otherwise; whoever keeps the answers keeps them apart.</summary>
    public static bool Prefers(this HttpContext http, string mediaType, string otherwise = MediaTypeNames.Application.Json)
    {
        if (!IsByAccept(http))
            http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        var accepted = http.Request.GetTypedHeaders().Accept;
        return Quality(mediaType) > Quality(otherwise);

        // What is said of the type itself counts, and not what is said of all.
        double Quality(string type) => accepted.Where(range => range.MatchesMediaType(type))
            .OrderBy(range => range.MatchesAllTypes).ThenBy(range => range.MatchesAllSubTypes).FirstOrDefault() is { } closest ? closest.Quality ?? 1 : 0;
    }

    // Whoever may keep it, an answer that has another representation depends on that, too.
    private static void Varies(HttpContext http, params IEnumerable<string> by) => http.Response.Headers.Vary = new([.. by, .. IsByAccept(http) ? [HeaderNames.Accept] : Array.Empty<string>()]);

    private static bool IsByAccept(HttpContext http) => http.Response.Headers.Vary.Contains(HeaderNames.Accept);

    public static bool IsAnsweredForAll(this HttpContext http) => http.Response.Headers.CacheControl == ForAll;
}
