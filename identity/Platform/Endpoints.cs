using System.Collections.Frozen;

namespace OneDoor.Identity.Platform;

/// <summary>The protocol's endpoints, and which methods they take: to OpenIddict any other is a malformed request.</summary>
internal static class Endpoints
{
    public const string Token = "/connect/token";
    public const string Pushed = "/connect/par";
    public const string Device = "/connect/device";
    public const string Introspect = "/connect/introspect";
    public const string Revoke = "/connect/revoke";
    public const string Authorize = "/connect/authorize";
    public const string Verify = "/connect/verify";
    public const string Logout = "/connect/logout";
    public const string UserInfo = "/connect/userinfo";

    private const string Post = "POST", Read = "GET, HEAD", Both = "GET, HEAD, POST";

    private static readonly FrozenDictionary<string, (string Path, string Methods)> All = new (string Path, string Methods)[]
    {
        ("/.well-known/openid-configuration", Read),
        ("/.well-known/oauth-authorization-server", Read),
        ("/.well-known/jwks", Read),
        (Token, Post),
        (Pushed, Post),
        (Device, Post),
        (Introspect, Post),
        (Revoke, Post),
        (Authorize, Both),
        (Verify, Both),
        (Logout, Both),
        (UserInfo, Both),
    }.ToFrozenDictionary(endpoint => endpoint.Path, StringComparer.OrdinalIgnoreCase);

    /// <summary>Names the endpoint that a request asks for, and refuses a method it does not take.</summary>
    public static void UseEndpointNames(this WebApplication app) => app.Use((http, next) =>
    {
        if (!All.TryGetValue(http.Request.Path.Value!.TrimEnd('/'), out var endpoint))
            return next(http);
        http.Features.Set(new LibraryEndpoint(endpoint.Path));
        if (endpoint.Methods.Split(", ").Contains(http.Request.Method))
            return next(http);
        http.Response.Headers.Allow = endpoint.Methods;
        return OAuthErrors.WriteAsync(http, StatusCodes.Status405MethodNotAllowed, "invalid_request", $"This endpoint takes {endpoint.Methods}.");
    });
}
