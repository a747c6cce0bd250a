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
        http.Response.Headers.Vary = "Authorization, Accept-Language";
    }

    /// <summary>Everybody is shown the same: whoever is on the way may keep the answer for a minute.</summary>
    public static void IsForAll(this HttpContext http)
    {
        http.Response.Headers.CacheControl = ForAll;
        http.Response.Headers.Vary = new([HeaderNames.AcceptLanguage, HeaderNames.AcceptEncoding]);
    }

    public static bool IsAnsweredForAll(this HttpContext http) => http.Response.Headers.CacheControl == ForAll;
}
