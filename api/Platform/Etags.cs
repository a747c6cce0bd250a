using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace OneDoor.Platform;

/// <summary>Entity tags: the version of what was read, in quotes.</summary>
public static class Etags
{
    public static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The refusal of a change whose <c>If-Match</c> is absent (428) or does not name the current version (412).</summary>
    public static Refusal? Refused(string? ifMatch, int current)
    {
        if (string.IsNullOrWhiteSpace(ifMatch))
            return RequestRefusals.IfMatchMissing;
        // Strong comparison (RFC 9110, 13.1.1); "*" names no version, so it cannot be the one that was seen (CASE-7).
        return EntityTagHeaderValue.TryParseList([ifMatch], out var tags) && tags.Any(t => !t.IsWeak && t.Tag == Of(current))
            ? null
            : RequestRefusals.Stale;
    }

    /// <summary>A read's answer: 304 when the client has this version already, the value with its tag otherwise.</summary>
    public static IResult Ok<T>(HttpContext http, T value, string etag)
    {
        http.Response.Headers.ETag = etag;
        http.IsForItsReader();
        var seen = EntityTagHeaderValue.TryParseList(http.Request.Headers.IfNoneMatch, out var tags)
            && tags.Any(t => t.Tag == etag || t.Equals(EntityTagHeaderValue.Any));
        return seen ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(value);
    }

    /// <summary>What a reader sees depends on who reads, and in which language: nobody else is shown the answer, nor the reader without asking.</summary>
    public static void IsForItsReader(this HttpContext http)
    {
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.Vary = "Authorization, Accept-Language";
    }
}
