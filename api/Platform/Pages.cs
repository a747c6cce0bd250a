using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace OneDoor.Platform;

/// <summary>What people open in a browser: the landing page at <c>/</c> and the playground, from our own files only.</summary>
public static class Pages
{
    private const string PlaygroundClient = "playground";

    // Nothing inline runs, and nothing is fetched from elsewhere. GraphiQL and its editor style elements as they go.
    private const string LandingPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string PlaygroundPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapPages(this WebApplication app)
    {
        MapLanding(app, Folder("Landing"));
        MapPlayground(app, Folder(Path.Combine("Playground", "dist")));
    }

    private static void MapLanding(WebApplication app, IFileProvider files)
    {
        Serve(app, "/", files, "index.html", LandingPolicy);
        foreach (var file in new[] { "landing.css", "landing.js" })
            Serve(app, "/" + file, files, file, LandingPolicy);
        // What only the sandbox has.
        app.MapGet("/landing.json", (IWebHostEnvironment environment, IConfiguration configuration) => Results.Json(new
        {
            sandbox = environment.IsDevelopment(),
            identity = configuration["Authentication:Authority"] ?? new AuthenticationOptions().Authority,
        })).AllowAnonymous().ExcludeFromDescription();
    }

    private static void MapPlayground(WebApplication app, IFileProvider files)
    {
        Serve(app, "/playground", files, "index.html", PlaygroundPolicy);
        foreach (var file in new[] { "playground.css", "playground.js" })
            Serve(app, "/playground/" + file, files, file, PlaygroundPolicy);
        app.MapGet("/playground/settings.json", async (IOptionsMonitor<JwtBearerOptions> bearer, CancellationToken ct) =>
            Results.Json(new { authorizationEndpoint = await Endpoint(bearer, c => c.AuthorizationEndpoint, ct) })).AllowAnonymous().ExcludeFromDescription();
        // The page speaks to its own server only, which passes the code on. The verifier makes it worth nothing to anybody else.
        app.MapPost("/playground/token", async (HttpContext http, IOptionsMonitor<JwtBearerOptions> bearer, CancellationToken ct) =>
        {
            if (!http.Request.HasFormContentType || await Endpoint(bearer, c => c.TokenEndpoint, ct) is not { } endpoint)
                return RequestRefusals.Invalid.ToProblem();
            var form = await http.Request.ReadFormAsync(ct);
            using var exchange = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["client_id"] = PlaygroundClient,
                ["code"] = form["code"].ToString(),
                ["redirect_uri"] = form["redirect_uri"].ToString(),
                ["code_verifier"] = form["code_verifier"].ToString(),
            });
            using var answer = await bearer.Get(JwtBearerDefaults.AuthenticationScheme).Backchannel.PostAsync(endpoint, exchange, ct);
            http.Response.Headers.CacheControl = "no-store";
            return Results.Content(await answer.Content.ReadAsStringAsync(ct), "application/json", statusCode: (int)answer.StatusCode);
        }).AllowAnonymous().ExcludeFromDescription().DisableAntiforgery();
    }

    private static async Task<string?> Endpoint(
        IOptionsMonitor<JwtBearerOptions> bearer, Func<Microsoft.IdentityModel.Protocols.OpenIdConnect.OpenIdConnectConfiguration, string?> named, CancellationToken ct)
    {
        try
        {
            var discovered = await bearer.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager!.GetConfigurationAsync(ct);
            return named(discovered) is { Length: > 0 } endpoint ? endpoint : null;
        }
        catch (InvalidOperationException)
        {
            return null; // The identity server does not answer: nobody can sign in.
        }
    }

    private static void Serve(WebApplication app, string path, IFileProvider files, string name, string policy) => app.MapGet(path, (HttpContext http) =>
    {
        var file = files.GetFileInfo(name);
        if (!file.Exists)
            return RequestRefusals.RouteNotFound.Because("运行 make build 以生成页面。", "make build builds the page.").ToProblem() as IResult;
        http.Response.Headers.ContentSecurityPolicy = policy;
        http.Response.Headers.CacheControl = "no-cache";
        var type = Path.GetExtension(name) switch { ".html" => "text/html", ".css" => "text/css", _ => "text/javascript" };
        return Results.File(file.PhysicalPath!, type + "; charset=utf-8", lastModified: file.LastModified);
    }).AllowAnonymous().ExcludeFromDescription();

    private static IFileProvider Folder(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, name);
        return Directory.Exists(path) ? new PhysicalFileProvider(path) : new NullFileProvider();
    }
}
