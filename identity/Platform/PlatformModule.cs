using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace OneDoor.Identity.Platform;

/// <summary>What every endpoint stands on: configuration, database, health, headers, limits and errors.</summary>
internal static class PlatformModule
{
    public static void AddPlatform(this WebApplicationBuilder builder)
    {
        AddDefaults(builder);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestLimits.BodyBytes;
        });

        builder.AddProxies(usual: 1, areThere: builder.Configuration.GetValue<bool>("Identity:TlsEndsAtProxy"));
        builder.AddClientCertificates();
        builder.AddSecurityText();
        builder.AddTelemetry("onedoor-identity", ["OpenIddict"], DatabaseFaults.IsOutage, _ => { }, _ => { });
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<IdentityOptions>().BindConfiguration("Identity").ValidateOnStart();
        services.AddSingleton<IValidateOptions<IdentityOptions>, IdentityOptionsRules>();
        services.AddSingleton<Sandbox>();
        services.AddSingleton<IdentityMetrics>();
        services.AddSingleton<SecurityEvents>();
        services.AddScoped<AuditTrail>();
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json => RestJson.Configure(json.SerializerOptions).DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull);
        AllowPages(services);
        services.AddDbContext<IdentityDb>((provider, options) => options.UseNpgsql(
            provider.GetRequiredService<IConfiguration>().GetConnectionString("OneDoor"),
            npgsql => npgsql.MigrationsHistoryTable("migrations", IdentityDb.Schema).ConfigureDataSource(Connect)));
        services.AddSingleton<Readiness>();
        services.AddHostedService(provider => provider.GetRequiredService<Readiness>());
        RequestLimits.Add(services);
    }

    public static void UsePlatform(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<IdentityOptions>>().Value;
        app.UseProxies(options.TlsEndsAtProxy ? options.ClientCertificateHeader : null);
        app.UseHead(_ => true);
        app.UseRouting();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = OAuthErrors.WriteFaultAsync,
            AllowStatusCode404Response = true,
            SuppressDiagnosticsCallback = fault => fault.Exception is BadHttpRequestException or InvalidDataException,
        });
        app.UseStatusCodePages(OAuthErrors.WriteBareAsync);
        app.UseAnswers(KeepSecret);
        app.UseHealthPort();
        app.UseWhen(http => http.Request.Path.Equals(Endpoints.Token, StringComparison.OrdinalIgnoreCase), token => token.UseCors());
        app.UseClientCertificates();
        app.Use((http, next) => http.Request.Path.StartsWithSegments("/health") || http.Request.Path == "/version" ? next(http) : EnterAsync(http, options, next));
        app.UseEndpointNames();
        app.Use(app.Services.GetRequiredService<RequestLimits>().EnterAsync);
    }

    public static void MapPlatform(this WebApplication app)
    {
        app.MapSecurityText();
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        app.MapMethods("/health/live", methods, () => Results.Text("live")).DisableHttpMetrics();
        app.MapMethods("/version", methods, () => Results.Json(IdentityDb.Version, PlatformJson.Options));
        app.MapMethods("/health/ready", methods, async (Readiness readiness) =>
            await readiness.WhatIsWrongAsync() is { } wrong ? Results.Text($"not ready\n{wrong}", statusCode: 503) : Results.Text("ready")).DisableHttpMetrics();
    }

    // A page that signs people in exchanges the code itself. No other page may read what the token endpoint answers, no page may
    // at other endpoints, and none may use what the browser keeps for this server.
    private static void AllowPages(IServiceCollection services)
    {
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<Sandbox>((cors, sandbox) => cors.AddDefaultPolicy(pages => pages
            .SetIsOriginAllowed(sandbox.HasPagesAt)
            .WithMethods("POST").WithHeaders("Authorization", "Content-Type", "X-Requested-With").WithExposedHeaders("Retry-After").DisallowCredentials()));
    }

    private static void Connect(NpgsqlDataSourceBuilder source)
    {
        source.Name = source.ConnectionStringBuilder.ApplicationName = "onedoor-identity";
        // As in the API: longest wait for an answer, in seconds, and for a connection no longer. Then the client hears 503.
        source.ConnectionStringBuilder.CommandTimeout = source.ConnectionStringBuilder.Timeout = 10;
        // Nothing here changes a connection's state beyond its transaction, so there is nothing to put back between two uses.
        source.ConnectionStringBuilder.NoResetOnClose = true;
    }

    private static void AddDefaults(WebApplicationBuilder builder)
    {
        var defaults = new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Information",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
            // A connection that fails is reported by whoever needed it, once for all of them (OutageLog).
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Connection"] = "None",
            // So is a command that fails; the first migration even means its first one to.
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command"] = "None",
            ["Logging:LogLevel:OpenIddict"] = "Warning",
        };
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = defaults });

        string[] addresses = ["urls", "http_ports", "https_ports"];
        if (addresses.All(key => string.IsNullOrEmpty(builder.Configuration[key])) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls("http://localhost:5081");
    }

    // What clients and operators are answered is theirs alone.
    private static void KeepSecret(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments("/connect") || http.IsForOperators())
            http.Response.Headers.CacheControl = "no-store";
    }

    /// <summary>Refuses plain HTTP and an unready server, and puts the issuer's address in place of whatever the request claims.</summary>
    private static async Task EnterAsync(HttpContext http, IdentityOptions options, RequestDelegate next)
    {
        var issuer = options.IssuerUri;
        if (issuer.Scheme == "https" && !http.Request.IsHttps && !options.TlsEndsAtProxy)
        {
            await OAuthErrors.WriteAsync(http, StatusCodes.Status400BadRequest, "invalid_request", "This server is reached by https only.");
            return;
        }

        // What explains an answer is there as long as the answer is.
        if (!http.Request.Path.StartsWithSegments(Problems.Pages.TrimEnd('/')) && !await http.RequestServices.GetRequiredService<Readiness>().IsReadyAsync(http.RequestAborted))
        {
            await OAuthErrors.WriteUnavailableAsync(http);
            return;
        }

        if (issuer.Scheme == "https")
            http.Response.Headers.StrictTransportSecurity = "max-age=31536000";
        http.Request.Scheme = issuer.Scheme;
        http.Request.Host = HostString.FromUriComponent(issuer);
        await next(http);
    }
}
