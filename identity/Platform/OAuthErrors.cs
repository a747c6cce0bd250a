using Microsoft.AspNetCore.Diagnostics;

namespace OneDoor.Identity.Platform;

/// <summary>Answers outside OpenIddict's own: the JSON of RFC 6749 section 5.2, and never a stack trace.</summary>
internal static class OAuthErrors
{
    private const int RetryAfterSeconds = 5;

    public static Task WriteAsync(HttpContext http, int status, string error, string description)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(new { error, error_description = description }, http.RequestAborted);
    }

    public static Task WriteUnavailableAsync(HttpContext http)
    {
        http.Response.Headers.RetryAfter = $"{RetryAfterSeconds}";
        return WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "temporarily_unavailable", "The database cannot be reached; try again.");
    }

    /// <summary>The answer to an exception nobody caught.</summary>
    public static Task WriteFaultAsync(HttpContext http)
    {
        var fault = http.Features.Get<IExceptionHandlerFeature>()!.Error;
        return fault switch
        {
            BadHttpRequestException bad => WriteAsync(http, bad.StatusCode, "invalid_request", Reason(bad.StatusCode)),
            InvalidDataException => WriteAsync(http, StatusCodes.Status400BadRequest, "invalid_request", "The form cannot be read."),
            _ when DatabaseFaults.IsOutage(fault) => WriteUnavailableAsync(http),
            _ => WriteAsync(http, StatusCodes.Status500InternalServerError, "server_error", "The request failed; the fault has been logged."),
        };
    }

    private static string Reason(int status) =>
        status == StatusCodes.Status413PayloadTooLarge ? "The request body is too large." : "The request cannot be read.";
}
