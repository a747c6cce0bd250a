using System.ComponentModel.DataAnnotations;
using System.Net.Http.Headers;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace OneDoor.Platform;

/// <summary>Whose access tokens the platform takes.</summary>
public sealed record AuthenticationOptions
{
    /// <summary>The identity server's issuer; its discovery document and keys are read from there.</summary>
    public string Authority { get; init; } = "http://localhost:5081";

    /// <summary>How often the identity server's keys are read again, in minutes. Keys are published longer before they sign.</summary>
    [Range(5, 1440)]
    public int KeyRefreshMinutes { get; init; } = 60;

    /// <summary>How far the two servers' clocks may be apart, in seconds.</summary>
    [Range(0, 600)]
    public int ClockSkewSeconds { get; init; } = 10;

    /// <summary>Whether systems' tokens that act for a department (<see cref="Scopes.OfDepartments"/>) must be bound to a certificate; by default outside development.</summary>
    public bool? RequireBoundTokens { get; init; }

    /// <summary>
    /// The header in which the proxy that ends TLS passes the client's certificate on. That proxy must set or remove it on
    /// every request, and nothing else may reach the port.
    /// </summary>
    public string? ClientCertificateHeader { get; init; }

    public static AuthenticationOptions Of(IConfiguration configuration) =>
        configuration.Read<AuthenticationOptions>("Authentication");
}

/// <summary>OAuth 2 bearer tokens (RFC 6750, RFC 9068): signed <c>at+jwt</c> of the identity server for the audience <c>onedoor</c>.</summary>
public static class Authentication
{
    public static void AddTokenAuthentication(this WebApplicationBuilder builder)
    {
        var options = AuthenticationOptions.Of(builder.Configuration);
        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) || authority.Scheme is not ("http" or "https"))
            throw new InvalidOperationException("Authentication__Authority has to be the absolute http(s) address of the identity server.");
        if (!builder.Environment.IsDevelopment() && !options.Authority.StartsWith("https://", StringComparison.Ordinal))
            throw new InvalidOperationException("Authentication__Authority has to be an https address outside development.");
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureHttpsDefaults(ClientCertificates.Allow));
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<TimeProvider, RememberedTokens>((bearer, time, tokens) => Configure(bearer, options, time, tokens, builder.Environment));
        builder.Services.AddSingleton<RememberedTokens>();
        builder.Services.AddSingleton<ApplicantReferences>();
        builder.Services.AddSingleton<IValidateOptions<ApplicantOptions>, ApplicantOptionsRules>();
        builder.Services.AddOptions<ApplicantOptions>().BindConfiguration("Applicants").ValidateOnStart();
        builder.Services.AddSingleton<IdentityKeys>();
        builder.Services.AddHostedService(services => services.GetRequiredService<IdentityKeys>());
        builder.Services.AddAuthorization();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<ShownCode>();
        builder.Services.AddScoped(services =>
            new Caller(services.GetRequiredService<IHttpContextAccessor>().HttpContext?.User ?? new ClaimsPrincipal()));
    }

    /// <summary>The route needs a token with one of these scopes.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder route, params string[] scopes) where TBuilder : IEndpointConventionBuilder =>
        route.RequireAuthorization(policy => policy.RequireAuthenticatedUser()
            .RequireAssertion(context => scopes.Any(Caller.ScopesOf(context.User).Contains)))
            .WithMetadata(new NeededScopes(scopes));

    /// <summary>The route needs a token with one of these scopes, or what will do instead.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder route, InsteadOfToken? instead, params string[] scopes) where TBuilder : IEndpointConventionBuilder => instead is null
        ? route.Needs(scopes)
        : route.RequireAuthorization(policy => policy.RequireAssertion(context =>
                ((HttpContext)context.Resource!).Request.Headers.ContainsKey(instead.Header) || scopes.Any(Caller.ScopesOf(context.User).Contains)))
            .WithMetadata(new NeededScopes(scopes), instead);

    private static void Configure(JwtBearerOptions bearer, AuthenticationOptions options, TimeProvider time, RememberedTokens tokens, IHostEnvironment environment)
    {
        bearer.Authority = options.Authority;
        bearer.RequireHttpsMetadata = !environment.IsDevelopment();
        bearer.SaveToken = false; // Nobody asks for it again.
        bearer.TokenHandlers.Clear();
        bearer.TokenHandlers.Add(tokens);
        // Whoever waits for keys waits no longer than for the database.
        bearer.BackchannelTimeout = TimeSpan.FromSeconds(5);
        bearer.AutomaticRefreshInterval = TimeSpan.FromMinutes(options.KeyRefreshMinutes);
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = Claims.Audience,
            ValidTypes = ["at+jwt"],
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256],
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            NameClaimType = "sub",
            LifetimeValidator = (from, until, _, _) => IsAlive(from, until, time.GetUtcNow(), TimeSpan.FromSeconds(options.ClockSkewSeconds)),
        };
        bearer.Events = new JwtBearerEvents
        {
            OnMessageReceived = async context =>
            {
                var keys = context.HttpContext.RequestServices.GetRequiredService<IdentityKeys>();
                // What is no token needs no key to be told so.
                if (!keys.HaveBeenRead
                    && AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var authorization)
                    && JwtBearerDefaults.AuthenticationScheme.Equals(authorization.Scheme, StringComparison.OrdinalIgnoreCase)
                    && authorization.Parameter is { } token && tokens.CanReadToken(token)
                    && !await keys.AreRead(context.HttpContext.RequestAborted))
                    context.Fail(new TokenRefusedException(PlatformRefusals.Unavailable));
            },
            OnTokenValidated = async context =>
            {
                var required = options.RequireBoundTokens ?? !environment.IsDevelopment();
                if (await SenderConstraint.Refused(context.HttpContext, context.Principal!, options.ClientCertificateHeader, required) is { } refusal)
                    context.Fail(new TokenRefusedException(refusal));
            },
            OnChallenge = async context =>
            {
                context.HandleResponse();
                var refusal = Refused(context.AuthenticateFailure);
                if (refusal.Status == StatusCodes.Status401Unauthorized)
                    context.Response.Headers.WWWAuthenticate = refusal == RequestRefusals.TokenMissing
                        ? "Bearer"
                        : $"Bearer error=\"invalid_token\", error_description=\"{refusal.Title.En}\"";
                await Problems.Write(context.HttpContext, refusal);
            },
            OnForbidden = async context =>
            {
                var needed = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<NeededScopes>()?.Scopes ?? [];
                context.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{string.Join(' ', needed)}\"";
                await Problems.Write(context.HttpContext, RequestRefusals.LacksScope(needed));
            },
        };
    }

    private static bool IsAlive(DateTime? from, DateTime? until, DateTimeOffset now, TimeSpan skew) =>
        until > (now - skew).UtcDateTime
            ? from is null || from <= (now + skew).UtcDateTime
            : throw new SecurityTokenExpiredException();

    private static Refusal Refused(Exception? failure) => failure switch
    {
        null => RequestRefusals.TokenMissing,
        TokenRefusedException { Refusal: var refusal } => refusal,
        SecurityTokenExpiredException => RequestRefusals.TokenExpired,
        SecurityTokenInvalidAudienceException => RequestRefusals.TokenWrongAudience,
        _ => RequestRefusals.TokenInvalid,
    };
}

/// <summary>The scopes of which a route needs one.</summary>
public sealed record NeededScopes(IReadOnlyList<string> Scopes)
{
    /// <summary>When none is needed, in a sentence; null where one always is.</summary>
    public string? Unless { get; init; }
}
