using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OneDoor.Platform;

/// <summary>What every request passes through, in order.</summary>
public static class PlatformModule
{
    /// <param name="formerAddresses">The settings in which the public address may still stand.</param>
    public static void AddPlatform(this WebApplicationBuilder builder, IReadOnlyList<string> formerAddresses)
    {
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
            builder.WebHost.UseUrls("http://localhost:5080");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(PublicAddress.Of(builder.Configuration, builder.Environment, formerAddresses));
        builder.Services.AddSingleton<ReadLog>();
        builder.Services.AddScoped<Parameters>();
        builder.Services.AddSingleton<Drawers>();
        builder.AddProxies();
        builder.AddRateLimits();
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Bodies.Largest;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json => RestJson.Configure(json.SerializerOptions));
        builder.Services.AddPublicCompression();
    }

    public static void UsePlatform(this WebApplication app)
    {
        app.Services.GetRequiredService<PublicAddress>().WarnIfMissing(app);
        app.UseProxies(AuthenticationOptions.Of(app.Configuration).ClientCertificateHeader);
        app.UseAnswers(KeepApart);
        if (!app.Environment.IsDevelopment())
            app.UseHsts();
        app.UseProblems(StoreFaults.Of);
        app.UseNotFoundPage();
        app.UseHealthPort();
        // GraphQL is GET and POST.
        app.UseHead(request => !request.Path.StartsWithSegments("/graphql"));
        app.UseResponseCompression();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimits();
        app.Use(Bodies.RefuseLong);
        app.Use(Bodies.RefuseEncoded);
        app.UseAuthorization();
        app.UseRequestForm();
        app.UseOutputCache();
    }

    // But for the documentation, which signs people in in a window of its own, no page shares a window with another's.
    private static void KeepApart(HttpContext http)
    {
        http.Response.Headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
