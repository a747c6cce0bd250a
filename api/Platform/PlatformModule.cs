using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Net.Http.Headers;

namespace OneDoor.Platform;

/// <summary>What every request passes through, in order.</summary>
public static class PlatformModule
{
    /// <summary>The largest body of a request: 1 MB.</summary>
    public const int LargestBody = 1_000_000;

    public static void AddPlatform(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
            builder.WebHost.UseUrls("http://localhost:5080");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ReadLog>();
        builder.AddProxies();
        builder.AddRateLimits();
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json => RestJson.Configure(json.SerializerOptions));
        builder.Services.AddPublicCompression();
    }

    public static void UsePlatform(this WebApplication app)
    {
        app.UseProxies(AuthenticationOptions.Of(app.Configuration).ClientCertificateHeader);
        app.Use((http, next) =>
        {
            http.TraceIdentifier = (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToString();
            // On starting, so that an answer about a fault has them, too.
            http.Response.OnStarting(Headers, http);
            return next(http);
        });
        if (!app.Environment.IsDevelopment())
            app.UseHsts();
        app.UseProblems(StoreFaults.Of);
        app.UseHealthPort();
        app.Use(AnswerHead);
        app.UseResponseCompression();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimits();
        app.Use(RefuseLongBodies);
        app.Use(RefuseEncodedBodies);
        app.UseAuthorization();
        app.Use((http, next) => http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is null || IsJson(http.Request)
            ? next(http)
            : Problems.Write(http, RequestRefusals.MediaType));
        app.UseUnknownParameters();
        app.UseBodyForm();
        app.UseOutputCache();
    }

    // What answers GET answers HEAD, without the body (RFC 9110, 9.3.2). GraphQL is GET and POST.
    private static Task AnswerHead(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsHead(http.Request.Method) && TakesHead(http.Request))
        {
            http.Request.Method = HttpMethods.Get;
            http.Response.Body = Stream.Null;
        }
        return next(http);
    }

    private static bool TakesHead(HttpRequest request) => !request.Path.StartsWithSegments("/graphql");

    // A body is application/json, not what some profile makes of it, and in UTF-8 (RFC 8259, 8.1), which need not be named.
    private static bool IsJson(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            return true;
        if (!type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            return false;
        if (!type.Charset.HasValue)
            return true;
        request.ContentType = type.MediaType.Value;
        return HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
    }

    // Refused unread: Kestrel, no longer held to the limit, then takes the rest in for a few seconds, so that a client still
    // sending hears the answer and not a broken connection.
    private static Task RefuseLongBodies(HttpContext http, RequestDelegate next)
    {
        if (http.Request.ContentLength is null or <= LargestBody)
            return next(http);
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = null;
        return Problems.Write(http, RequestRefusals.TooLarge);
    }

    // A few bytes may unfold to any length: a body comes as it is, and the answer says so (RFC 9110, 15.5.16).
    private static Task RefuseEncodedBodies(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsGet(http.Request.Method) || http.Request.Headers.ContentEncoding.All(coding => coding is "identity" or "" or null))
            return next(http);
        http.Response.Headers.AcceptEncoding = "identity";
        return Problems.Write(http, RequestRefusals.ContentEncoding);
    }

    // Answers are data, but for the documentation's pages, which run their own scripts only.
    private static Task Headers(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        headers["Request-Id"] = http.TraceIdentifier;
        if (http.Response.StatusCode == StatusCodes.Status405MethodNotAllowed && TakesHead(http.Request)
            && headers.Allow.ToString() is var allowed && allowed.Contains(HttpMethods.Get, StringComparison.Ordinal))
            headers.Allow = $"{allowed}, HEAD";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return Task.CompletedTask;
    }
}
