using System.Globalization;
using OneDoor.Callers;

namespace OneDoor.Wire;

/// <summary>What a caller may still ask, as an answer tells it.</summary>
public static class ToldAllowance
{
    /// <summary>Puts <c>RateLimit-Policy</c> and <c>RateLimit</c> (draft-ietf-httpapi-ratelimit-headers) onto the answer, whatever that is.</summary>
    public static void Tell(this HttpContext http, Allowance told, int window) => http.Response.OnStarting(() =>
    {
        http.Response.Headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{told.Bound.Name}\";q={told.Bound.Quota};w={window}");
        http.Response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{told.Bound.Name}\";r={told.Left};t={told.Seconds}");
        return Task.CompletedTask;
    });
}
