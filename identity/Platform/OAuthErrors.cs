using Microsoft.AspNetCore.Diagnostics;
using OneDoor.Identity.Clients;
using OneDoor.Identity.Pages;

namespace OneDoor.Identity.Platform;

/// <summary>Answers outside OpenIddict's own: the JSON of RFC 6749 section 5.2, a page for a browser, and never a stack trace.</summary>
internal static class OAuthErrors
{
    private const int RetryAfterSeconds = 5;

    public static Task WriteAsync(HttpContext http, int status, string error, string description)
    {
        if (IsBrowser(http.Request))
            return WritePageAsync(http, status);
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(new { error, error_description = description }, http.RequestAborted);
    }

    public static Task WriteUnavailableAsync(HttpContext http)
    {
        http.Response.Headers.RetryAfter = $"{RetryAfterSeconds}";
        return WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "temporarily_unavailable", "The database cannot be reached; try again.");
    }

    /// <summary>The answer where nothing but a status was given: there is no such address, or it does not take the method.</summary>
    public static Task WriteBareAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        return http.Response.StatusCode switch
        {
            _ when IsBrowser(http.Request) => WritePageAsync(http, http.Response.StatusCode),
            StatusCodes.Status404NotFound => ClientJson.WriteAsync(http, ClientRefusals.RouteNotFound),
            StatusCodes.Status405MethodNotAllowed => ClientJson.WriteAsync(http, ClientRefusals.MethodNotAllowed),
            _ => Task.CompletedTask,
        };
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

    private static bool IsBrowser(HttpRequest request) => request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType == "text/html");

    private static async Task WritePageAsync(HttpContext http, int status)
    {
        var page = http.RequestServices.GetRequiredService<Page>();
        var shown = await page.ShowErrorAsync(status switch
        {
            StatusCodes.Status429TooManyRequests => page.Text("请求过于频繁，请稍后重试。", "Too many requests. Wait a moment and try again."),
            StatusCodes.Status503ServiceUnavailable => page.Text("服务暂时不可用，请稍后重试。", "The service is not available now. Try again in a moment."),
            >= StatusCodes.Status500InternalServerError => page.Text("出现故障，已记录在案。请稍后重试。", "Something failed, and has been logged. Try again later."),
            _ => page.Text("请求无法处理。", "The request cannot be handled."),
        }, status);
        await shown.ExecuteAsync(http);
    }

    private static string Reason(int status) =>
        status == StatusCodes.Status413PayloadTooLarge ? "The request body is too large." : "The request cannot be read.";
}
