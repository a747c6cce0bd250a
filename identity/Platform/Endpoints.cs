using System.Collections.Frozen;
using OneDoor.Identity.Authorize;
using OneDoor.Identity.Token;

namespace OneDoor.Identity.Platform;

/// <summary>What answers GET answers HEAD, and the protocol's endpoints say which methods they take: to OpenIddict any other is a malformed request.</summary>
internal static class Methods
{
    private const string Post = "POST", Read = "GET, HEAD", Both = "GET, HEAD, POST";

    private static readonly FrozenDictionary<string, (string Path, string Methods)> Endpoints = new (string Path, string Methods)[]
    {
        ("/.well-known/openid-configuration", Read),
        ("/.well-known/oauth-authorization-server", Read),
        ("/.well-known/jwks", Read),
        (TokenModule.TokenPath, Post),
        (TokenModule.PushedPath, Post),
        ("/connect/device", Post),
        ("/connect/introspect", Post),
        ("/connect/revoke", Post),
        (AuthorizePage.Path, Both),
        (DevicePage.Path, Both),
        (LogoutPage.Path, Both),
        ("/connect/userinfo", Both),
    }.ToFrozenDictionary(endpoint => endpoint.Path, StringComparer.OrdinalIgnoreCase);

    public static Task AnswerHeadAsync(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Request.Method = HttpMethods.Get;
            http.Response.Body = Stream.Null;
        }

        return next(http);
    }

    /// <summary>The protocol's endpoint that is asked, as it is published; null where it is none.</summary>
    public static string? EndpointOf(HttpRequest request) => Asked(request)?.Path;

    public static Task CheckAsync(HttpContext http, RequestDelegate next)
    {
        if (Asked(http.Request) is not { } endpoint || endpoint.Methods.Split(", ").Contains(http.Request.Method))
            return next(http);
        http.Response.Headers.Allow = endpoint.Methods;
        return OAuthErrors.WriteAsync(http, StatusCodes.Status405MethodNotAllowed, "invalid_request", $"This endpoint takes {endpoint.Methods}.");
    }

    private static (string Path, string Methods)? Asked(HttpRequest request) =>
        Endpoints.TryGetValue(request.Path.Value!.TrimEnd('/'), out var endpoint) ? endpoint : null;
}
