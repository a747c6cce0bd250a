namespace OneDoor.Documents;

/// <summary>How what is drawn when it is asked for is asked for and answered.</summary>
public static class Drawing
{
    /// <summary>Whether Accept prefers one media type to another, which is answered otherwise.</summary>
    public static bool Prefers(this HttpRequest request, string one, string otherwise)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return Quality(one) > Quality(otherwise);

        double Quality(string type) => accepted.Where(a => a.MatchesMediaType(type)).Select(a => a.Quality ?? 1).DefaultIfEmpty().Max();
    }

    /// <summary>An answer for its reader alone, which nobody keeps.</summary>
    /// <param name="http">The request.</param>
    /// <param name="tag">Weak: no two drawings have the same bytes.</param>
    /// <param name="answer">What was drawn, or that the reader has it.</param>
    public static IResult Drawn(this HttpContext http, string tag, IResult answer)
    {
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.Vary = "Authorization, Accept, Accept-Language";
        return answer;
    }
}
