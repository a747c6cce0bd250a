using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace OneDoor.Platform;

/// <summary>
/// What people open in a browser: the landing page at <c>/</c> and the playground, from our own files only; and what the
/// documentation needs besides Swagger UI's.
/// </summary>
public static class Pages
{
    /// <summary>The sandbox's public client, as which people sign in on these pages.</summary>
    public const string Client = "playground";

    // Nothing inline runs, and nothing is fetched from elsewhere. GraphiQL and its editor style elements as they go.
    private const string LandingPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string PlaygroundPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; ";

    // The smaller first.
    private static readonly (string Encoding, string Extension)[] Compressed = [("br", ".br"), ("gzip", ".gz")];

    public static void MapPages(this WebApplication app)
    {
        MapLanding(app, Folder("Landing"));
        MapPlayground(app, Folder(Path.Combine("Playground", "dist")));
        app.MapHouseStyle();
    }

    private static void MapLanding(WebApplication app, IFileProvider files)
    {
        Serve(app, "/", files, "index.html", LandingPolicy);
        foreach (var file in new[] { "landing.css", "landing.js", "docs.css", "docs.js" })
            Serve(app, "/" + file, files, file, LandingPolicy);
        // What only the sandbox has.
        app.MapGet("/landing.json", (IWebHostEnvironment environment, IConfiguration configuration) => Results.Json(new
        {
            sandbox = environment.IsDevelopment(),
            identity = AuthenticationOptions.Of(configuration).Authority,
        })).AllowAnonymous().ExcludeFromDescription();
    }

    private static void MapPlayground(WebApplication app, IFileProvider files)
    {
        var policy = PlaygroundPolicy + ConnectPolicy(app);
        Serve(app, "/playground", files, "index.html", policy);
        foreach (var file in files.GetDirectoryContents("").Where(file => Path.GetExtension(file.Name) is ".css" or ".js"))
            ServeForEver(app, "/playground/" + file.Name, file.PhysicalPath!);
        // Empty where nobody can sign in: outside the sandbox, which alone has the client, and while the identity server does not answer.
        app.MapGet("/playground/settings.json", async (IOptionsMonitor<JwtBearerOptions> bearer, IWebHostEnvironment environment, CancellationToken ct) =>
            Results.Json(environment.IsDevelopment() && await Discovered(bearer, ct) is { } identity
                ? new { identity.AuthorizationEndpoint, identity.TokenEndpoint, identity.EndSessionEndpoint }
                : new object())).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Whom scripts of our pages may speak to: this server and, in the sandbox, the identity server, which lets them exchange their code.</summary>
    public static string ConnectPolicy(WebApplication app) => app.Environment.IsDevelopment()
        ? $"connect-src 'self' {new Uri(AuthenticationOptions.Of(app.Configuration).Authority).GetLeftPart(UriPartial.Authority)}"
        : "connect-src 'self'";

    private static async Task<OpenIdConnectConfiguration?> Discovered(IOptionsMonitor<JwtBearerOptions> bearer, CancellationToken ct)
    {
        try
        {
            return await bearer.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager!.GetConfigurationAsync(ct);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A file whose name holds a hash of what it holds; beside it lies what the build has compressed.</summary>
    private static void ServeForEver(WebApplication app, string path, string file) => app.MapGet(path, (HttpContext http) =>
    {
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.Vary = "Accept-Encoding";
        var taken = http.Request.GetTypedHeaders().AcceptEncoding.Where(encoding => encoding.Quality is not 0).Select(encoding => encoding.Value.Value).ToList();
        if (Compressed.FirstOrDefault(form => taken.Contains(form.Encoding)) is not { Encoding: { } encoding } compressed)
            return Results.File(file, TypeOf(file));
        http.Response.Headers.ContentEncoding = encoding;
        return Results.File(file + compressed.Extension, TypeOf(file));
    }).AllowAnonymous().ExcludeFromDescription();

    private static string TypeOf(string name) =>
        Path.GetExtension(name) switch { ".html" => "text/html", ".css" => "text/css", _ => "text/javascript" } + "; charset=utf-8";

    private static void Serve(WebApplication app, string path, IFileProvider files, string name, string policy) => app.MapGet(path, (HttpContext http) =>
    {
        var file = files.GetFileInfo(name);
        if (!file.Exists)
            return RequestRefusals.RouteNotFound.Because("运行 make build 以生成页面。", "make build builds the page.").ToProblem() as IResult;
        http.Response.Headers.ContentSecurityPolicy = policy;
        http.Response.Headers.CacheControl = "no-cache";
        return Results.File(file.PhysicalPath!, TypeOf(name), lastModified: file.LastModified);
    }).AllowAnonymous().ExcludeFromDescription();

    private static IFileProvider Folder(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, name);
        return Directory.Exists(path) ? new PhysicalFileProvider(path) : new NullFileProvider();
    }
}
