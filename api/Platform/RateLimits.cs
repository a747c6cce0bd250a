using System.ComponentModel.DataAnnotations;
using System.Globalization;
using OneDoor.Callers;

namespace OneDoor.Platform;

/// <summary>How much one caller may ask.</summary>
public sealed record RateLimitOptions
{
    /// <summary>Requests per window of a client for one person, or for itself.</summary>
    [Range(1, int.MaxValue)]
    public int Requests { get; init; } = 6000;

    /// <summary>Requests per window of a client for all people together; by default ten times <see cref="Requests"/>.</summary>
    [Range(1, int.MaxValue)]
    public int? ClientRequests { get; init; }

    /// <summary>Requests per address and window without a token.</summary>
    [Range(1, int.MaxValue)]
    public int AnonymousRequests { get; init; } = 1200;

    /// <summary>Length of the window in seconds.</summary>
    [Range(1, 86_400)]
    public int WindowSeconds { get; init; } = 60;
}

/// <summary>Whom a request is counted for.</summary>
/// <param name="Client">The token's client; null without a token.</param>
/// <param name="Subject">Client and person together, so that nobody uses up what another one's requests through the same app need; without a token the network.</param>
public readonly record struct CountedCaller(string? Client, string Subject)
{
    /// <summary>As the token says that the request, or its WebSocket since, has shown.</summary>
    public static CountedCaller Of(HttpContext http) => http.User.FindFirst("client_id")?.Value is { } client
        ? new(client, $"{client} {http.User.FindFirst("sub")?.Value}")
        : new(null, CallerNetwork.Of(http.Connection.RemoteIpAddress));
}

/// <summary>What callers may still ask of this process.</summary>
public sealed class RequestAllowance(RateLimitOptions options, TimeProvider time)
{
    private readonly Allowances _allowances = new(TimeSpan.FromSeconds(options.WindowSeconds));
    private readonly int _ofClient = options.ClientRequests ?? (int)Math.Min(int.MaxValue, options.Requests * 10L);

    /// <summary>Counts a request, or one message of a WebSocket, and says whether it may go on.</summary>
    public Allowance Take(HttpContext http)
    {
        var now = time.GetUtcNow();
        return CountedCaller.Of(http) switch
        {
            { Client: { } client, Subject: var subject } =>
                _allowances.Take(now, new("client", subject, options.Requests), new("all-of-client", client, _ofClient)),
            var anybody => _allowances.Take(now, new Bound("address", anybody.Subject, options.AnonymousRequests)),
        };
    }
}

/// <summary>
/// Visible limits per caller: <c>RateLimit-Policy</c> and <c>RateLimit</c> on every answer (draft-ietf-httpapi-ratelimit-headers),
/// 429 with <c>Retry-After</c> beyond. Each process counts for itself.
/// </summary>
public static class RateLimits
{
    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(builder.Configuration.Read<RateLimitOptions>("RateLimit"));
        builder.Services.AddSingleton<RequestAllowance>();
    }

    public static void UseRateLimits(this WebApplication app)
    {
        var allowance = app.Services.GetRequiredService<RequestAllowance>();
        var window = app.Services.GetRequiredService<RateLimitOptions>().WindowSeconds;
        app.UseWhen(http => !http.Request.Path.StartsWithSegments("/health"), limited => limited.Use(async (http, next) =>
        {
            var told = allowance.Take(http);
            http.Tell(told, window);
            if (told.IsGranted)
            {
                await next(http);
                return;
            }
            http.Response.Headers.RetryAfter = told.Seconds.ToString(CultureInfo.InvariantCulture);
            await Problems.Write(http, RequestRefusals.TooMany);
        }));
    }
}
