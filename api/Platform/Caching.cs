namespace OneDoor.Platform;

/// <summary>Who may keep an answer.</summary>
public static class Caching
{
    /// <summary>What a reader sees depends on who reads, and in which language: nobody else is shown the answer, nor the reader without asking.</summary>
    public static void IsForItsReader(this HttpContext http)
    {
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.Vary = "Authorization, Accept-Language";
    }
}
