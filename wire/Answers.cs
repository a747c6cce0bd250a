using System.Diagnostics;
using System.Net.Mime;

namespace OneDoor.Wire;

/// <summary>What every answer says of itself, and where none is given.</summary>
public static class Answers
{
    /// <summary>Whether somebody opened a page: a browser names HTML among what it takes, and a program asks for data.</summary>
    public static bool IsForPage(this HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase));

    /// <summary>Names each request, and puts what protects a reader onto its answer. An answer is data, unless it says otherwise.</summary>
    /// <param name="app">The host.</param>
    /// <param name="add">What this host's answers say besides.</param>
    public static void UseAnswers(this WebApplication app, Action<HttpContext> add) => app.Use((http, next) =>
    {
        http.TraceIdentifier = (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToString();
        // On starting, so that an answer about a fault has them, too.
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers["Request-Id"] = http.TraceIdentifier;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            if (headers.ContentSecurityPolicy.Count == 0)
                headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
            headers["Referrer-Policy"] = "no-referrer";
            add(http);
            // What goes on for as long as somebody listens says nothing of how long answers take.
            if (http.Response.StatusCode == StatusCodes.Status101SwitchingProtocols || http.Response.ContentType?.StartsWith(MediaTypeNames.Text.EventStream, StringComparison.Ordinal) == true)
                http.LeaveUnmeasured();
            return Task.CompletedTask;
        });
        return next(http);
    });

    /// <summary>What answers GET answers HEAD, without the body (RFC 9110, 9.3.2), and <c>Allow</c> says so.</summary>
    /// <param name="app">The host.</param>
    /// <param name="isTaken">Whether that holds of an address.</param>
    public static void UseHead(this WebApplication app, Func<HttpRequest, bool> isTaken) => app.Use((http, next) =>
    {
        if (!isTaken(http.Request))
            return next(http);
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Request.Method = HttpMethods.Get;
            http.Response.Body = Stream.Null;
        }
        http.Response.OnStarting(() =>
        {
            if (http.Response.StatusCode == StatusCodes.Status405MethodNotAllowed
                && http.Response.Headers.Allow.ToString().Split(", ") is var allowed && allowed.Contains(HttpMethods.Get) && !allowed.Contains(HttpMethods.Head))
                http.Response.Headers.Allow = string.Join(", ", [.. allowed, HttpMethods.Head]);
            return Task.CompletedTask;
        });
        return next(http);
    });

    /// <summary>Where health has a port of its own (<c>Health__Port</c>), which no proxy leads to: there is health, and nowhere else.</summary>
    public static void UseHealthPort(this WebApplication app)
    {
        if (app.Configuration.GetValue<int?>("Health:Port") is not { } port)
            return;
        app.Use((http, next) =>
        {
            if (http.Request.Path.StartsWithSegments("/health") == (http.Connection.LocalPort == port))
                return next(http);
            http.SetEndpoint(null);
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }
}
