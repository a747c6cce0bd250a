using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace OneDoor.Platform;

/// <summary>Section <c>App</c>: the app for citizens at <c>/app</c>.</summary>
public sealed record AppOptions
{
    /// <summary>The public client as which it signs people in: by default <c>mobile</c> in the sandbox, and none elsewhere, where an operator registers one.</summary>
    public string? Client { get; init; }

    public static AppOptions Of(WebApplication app) => app.Configuration.Read<AppOptions>("App") switch
    {
        { Client: null } when app.Environment.IsDevelopment() => new() { Client = "mobile" },
        var options => options,
    };
}

/// <summary>
/// What people open in a browser: the landing page at <c>/</c>, the app for citizens and the playground, from our own files only; and what
/// the documentation needs besides Swagger UI's.
/// </summary>
public static partial class Pages
{
    /// <summary>The sandbox's public client, as which people sign in on these pages.</summary>
    public const string Client = "playground";

    /// <summary>Of pages on which nothing inline runs and nothing is fetched from elsewhere.</summary>
    public const string OwnPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // GraphiQL and its editor style elements as they go.
    private const string PlaygroundPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; ";

    private const string AppPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; manifest-src 'self'; worker-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; ";

    // The smaller first.
    private static readonly (string Encoding, string Extension)[] Compressed = [("br", ".br"), ("gzip", ".gz")];

    public static void MapPages(this WebApplication app)
    {
        MapLanding(app, Folder("Landing"));
        MapPlayground(app, Folder(Path.Combine("Playground", "dist")));
        MapApp(app, Folder(Path.Combine("App", "dist")));
        app.MapHouseStyle();
    }

    private static void MapLanding(WebApplication app, IFileProvider files)
    {
        var page = File.ReadAllText(files.GetFileInfo("index.html").PhysicalPath!);
        app.MapGet("/", (HttpContext http) => Landing(http, page)).AllowAnonymous().ExcludeFromDescription();
        foreach (var file in new[] { "landing.css", "landing.js", "docs.css", "docs.js" })
            Serve(app, "/" + file, files, file, OwnPolicy);
        // What only the sandbox has.
        app.MapGet("/landing.json", (IWebHostEnvironment environment, IConfiguration configuration) => Results.Json(new
        {
            sandbox = environment.IsDevelopment(),
            identity = AuthenticationOptions.Of(configuration).Authority,
        })).AllowAnonymous().ExcludeFromDescription();
    }

    // Where it says the same in both languages, [[Chinese||English]], it says it in the reader's.
    private static IResult Landing(HttpContext http, string page)
    {
        http.Response.Headers.ContentSecurityPolicy = OwnPolicy;
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.Append("Vary", "Accept-Language");
        return Results.Content(BothLanguages().Replace(page, PageReader.Of(http.Request).Tag == Language.English ? "$2" : "$1"), "text/html; charset=utf-8");
    }

    [GeneratedRegex(@"\[\[(.*?)\|\|(.*?)\]\]")]
    private static partial Regex BothLanguages();

    private static void MapPlayground(WebApplication app, IFileProvider files)
    {
        var policy = PlaygroundPolicy + ConnectPolicy(app);
        Serve(app, "/playground", files, "index.html", policy);
        ServeHashed(app, "/playground/", files);
        // Empty where nobody can sign in: outside the sandbox, which alone has the client, and while the identity server does not answer.
        app.MapGet("/playground/settings.json", async (IOptionsMonitor<JwtBearerOptions> bearer, IWebHostEnvironment environment, CancellationToken ct) =>
            Results.Json(environment.IsDevelopment() && await Discovered(bearer, ct) is { } identity
                ? new { identity.AuthorizationEndpoint, identity.TokenEndpoint, identity.EndSessionEndpoint }
                : new object())).AllowAnonymous().ExcludeFromDescription();
    }

    private static void MapApp(WebApplication app, IFileProvider files)
    {
        var client = AppOptions.Of(app).Client;
        var policy = AppPolicy + (client is null ? "connect-src 'self'" : ConnectPolicy(app));
        Serve(app, "/app", files, "index.html", policy);
        ServeHashed(app, "/app/", files);
        foreach (var file in new[] { "manifest.webmanifest", "icon-192.png", "icon-512.png", "icon-maskable.png" })
            Serve(app, "/app/" + file, files, file, AppPolicy);
        // It stands above the page it serves, and asks nobody but this server.
        Serve(app, "/app/worker.js", files, "worker.js", "default-src 'none'; connect-src 'self'", http => http.Response.Headers["Service-Worker-Allowed"] = "/app");
        MapReset(app);
        app.MapGet("/app/settings.json", async (IOptionsMonitor<JwtBearerOptions> bearer, CancellationToken ct) =>
            Results.Json(client is not null && await Discovered(bearer, ct) is { } identity
                ? new { client, identity.AuthorizationEndpoint, identity.TokenEndpoint, identity.EndSessionEndpoint, identity.RevocationEndpoint }
                : new object())).AllowAnonymous().ExcludeFromDescription();
    }

    // The way out of an app that has gone wrong, which no worker of ours stands in: nothing of it stays in this browser. Looking at it does nothing, nor does
    // another site that leads here: who presses the button knows what is lost.
    private static void MapReset(WebApplication app)
    {
        app.MapGet("/app/reset", (HttpContext http) => ResetPage(http, new("重置应用？", "Reset the app?"), reader => $"""
            <p>{reader.Said(
                "本机保存的内容会全部清除，无法恢复：写了一半的申请、投诉和评价，尚未发出的预约和投诉，没有保存的查询码，上次看到的办件、证照和预约，以及语言和外观。",
                "Whatever it keeps on this device is deleted and cannot be had back: what is half written, bookings and whatever else is not sent yet, codes nobody has kept, what was seen last, language and colours.")}</p>
            <p>{reader.Said(
                "已经提交给平台的不受影响。登录状态也不变：共用的设备请先退出登录。",
                "What the platform has been sent stays as it is. So does who is signed in: on a device that others use, sign out first.")}</p>
            <form method="post"><button type="submit">{reader.Said("清除并重置", "Delete it and reset")}</button></form>
            <p><a href="/app">{reader.Said("返回应用，什么也不清除", "Back to the app, with all of it")}</a></p>
            """)).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/app/reset", (HttpContext http) =>
        {
            if (http.Request.Headers["Sec-Fetch-Site"] is { Count: > 0 } from && from != "same-origin")
                return Results.Redirect("/app/reset");
            http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
            return ResetPage(http, new("应用已重置", "The app has been reset"), reader => $"""
                <p>{reader.Said("本机保存的内容已全部清除。", "Whatever it kept on this device is gone.")}</p>
                <p><a class="button" href="/app">{reader.Said("重新打开", "Open it again")}</a></p>
                """);
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult ResetPage(HttpContext http, Text title, Func<PageReader, string> says)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = HouseStyle.AskingPolicy;
        var reader = PageReader.Of(http.Request);
        return reader.Page(http, title, $"<h1>{reader.Said(title)}</h1>{says(reader)}");
    }

    /// <summary>Whom scripts of our pages may speak to: this server and, in the sandbox, the identity server, which lets them exchange their code.</summary>
    public static string ConnectPolicy(WebApplication app) => app.Environment.IsDevelopment() || AppOptions.Of(app).Client is not null
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

    private static void ServeHashed(WebApplication app, string under, IFileProvider files)
    {
        foreach (var file in files.GetDirectoryContents("").Where(file => Path.GetExtension(file.Name) is ".css" or ".js" && file.Name.Contains('-', StringComparison.Ordinal)))
            ServeForEver(app, under + file.Name, file.PhysicalPath!);
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".png" => "image/png",
        ".webmanifest" => "application/manifest+json",
        _ => "text/javascript; charset=utf-8",
    };

    /// <summary>Serves one of our own files.</summary>
    public static void Serve(WebApplication app, string path, IFileProvider files, string name, string policy, Action<HttpContext>? add = null) => app.MapGet(path, (HttpContext http) =>
    {
        var file = files.GetFileInfo(name);
        if (!file.Exists)
            return RequestRefusals.RouteNotFound.Because("运行 make build 以生成页面。", "make build builds the page.").ToProblem() as IResult;
        http.Response.Headers.ContentSecurityPolicy = policy;
        http.Response.Headers.CacheControl = "no-cache";
        add?.Invoke(http);
        return Results.File(file.PhysicalPath!, TypeOf(name), lastModified: file.LastModified);
    }).AllowAnonymous().ExcludeFromDescription();

    /// <summary>A folder of our own files.</summary>
    public static IFileProvider Folder(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, name);
        return Directory.Exists(path) ? new PhysicalFileProvider(path) : new NullFileProvider();
    }
}
