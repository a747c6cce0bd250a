namespace OneDoor.Identity.Platform;

/// <summary>What answers GET answers HEAD, and the protocol's endpoints say which methods they take: to OpenIddict any other is a malformed request.</summary>
internal static class Methods
{
    private const string Post = "POST", Read = "GET, HEAD", Both = "GET, HEAD, POST";

    private static readonly Dictionary<string, string> Taken = new(StringComparer.OrdinalIgnoreCase)
    {
        ["/.well-known/openid-configuration"] = Read,
        ["/.well-known/oauth-authorization-server"] = Read,
        ["/.well-known/jwks"] = Read,
        ["/connect/token"] = Post,
        ["/connect/par"] = Post,
        ["/connect/device"] = Post,
        ["/connect/introspect"] = Post,
        ["/connect/revoke"] = Post,
        ["/connect/authorize"] = Both,
        ["/connect/verify"] = Both,
        ["/connect/logout"] = Both,
        ["/connect/userinfo"] = Both,
    };

    public static Task AnswerHeadAsync(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Request.Method = HttpMethods.Get;
            http.Response.Body = Stream.Null;
        }

        return next(http);
    }

    public static Task CheckAsync(HttpContext http, RequestDelegate next)
    {
        if (!Taken.TryGetValue(http.Request.Path.Value!.TrimEnd('/'), out var taken) || taken.Split(", ").Contains(http.Request.Method))
            return next(http);
        http.Response.Headers.Allow = taken;
        return OAuthErrors.WriteAsync(http, StatusCodes.Status405MethodNotAllowed, "invalid_request", $"This endpoint takes {taken}.");
    }
}
