using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace OneDoor.Wire;

/// <summary>A route whose body is bytes and no JSON.</summary>
/// <param name="Largest">So many at most.</param>
/// <param name="TooLarge">What is answered to more.</param>
/// <param name="MediaTypes">What they can be.</param>
public sealed record TakesBytes(int Largest, Refusal TooLarge, IReadOnlyList<string> MediaTypes);

/// <summary>A route to which nothing is sent: no body, or an object without members.</summary>
public sealed record TakesNothing;

/// <summary>Which bodies are taken at all, before anything is read of one.</summary>
public static class Bodies
{
    /// <summary>The largest body of a request: 1 MB.</summary>
    public const int Largest = 1_000_000;

    // Refused unread: Kestrel, no longer held to the limit, then takes the rest in for a few seconds, so that a client still
    // sending hears the answer and not a broken connection.
    public static Task RefuseLong(HttpContext http, RequestDelegate next)
    {
        var own = http.GetEndpoint()?.Metadata.GetMetadata<TakesBytes>();
        if (!(http.Request.ContentLength > (own?.Largest ?? Largest)))
        {
            if (own is not null)
                http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = own.Largest;
            return next(http);
        }
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = null;
        return Problems.Write(http, own?.TooLarge ?? RequestRefusals.TooLarge);
    }

    // A few bytes may unfold to any length: a body comes as it is, and the answer says so (RFC 9110, 15.5.16).
    public static Task RefuseEncoded(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsGet(http.Request.Method) || http.Request.Headers.ContentEncoding.All(coding => coding is "identity" or "" or null))
            return next(http);
        http.Response.Headers.AcceptEncoding = "identity";
        return Problems.Write(http, RequestRefusals.ContentEncoding);
    }

    /// <summary>Nothing is sent to the route.</summary>
    public static RouteHandlerBuilder TakesNothing(this RouteHandlerBuilder route) => route.WithMetadata(new TakesNothing());

    /// <summary>Whether the body is one that a route refuses to which nothing is sent, unless there is nothing in it.</summary>
    internal static bool BringsMore(this HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<TakesNothing>() is not null && http.HasBody();

    /// <summary>Whether there may be a body: there is none where its length is none.</summary>
    internal static bool HasBody(this HttpContext http) => http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false;

    /// <summary>Refuses what is not of the form its route takes, all of it at once: the media type, then the parameters, then the body.</summary>
    public static void UseRequestForm(this IApplicationBuilder app)
    {
        app.Use(RefuseOthers);
        app.UseQueryForm();
        app.UseBodyForm();
    }

    private static Task RefuseOthers(HttpContext http, RequestDelegate next) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is null && !http.BringsMore() || IsJson(http.Request)
            ? next(http)
            : Problems.Write(http, RequestRefusals.MediaType);

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
}
