using System.Globalization;
using System.Threading.RateLimiting;

namespace OneDoor.Platform;

/// <summary>How much one client may ask.</summary>
public sealed record RateLimitOptions
{
    /// <summary>Requests per client and window.</summary>
    public int Requests { get; init; } = 6000;

    /// <summary>Requests per address and window without a token.</summary>
    public int AnonymousRequests { get; init; } = 1200;

    /// <summary>Length of the window in seconds.</summary>
    public int WindowSeconds { get; init; } = 60;
}

/// <summary>
/// Visible limits per client: <c>RateLimit-Policy</c> and <c>RateLimit</c> on every answer (draft-ietf-httpapi-ratelimit-headers),
/// 429 with <c>Retry-After</c> beyond. Each process counts for itself.
/// </summary>
public static class RateLimits
{
    public static void UseRateLimits(this WebApplication app)
    {
        var options = app.Configuration.GetSection("RateLimit").Get<RateLimitOptions>() ?? new RateLimitOptions();
        var window = TimeSpan.FromSeconds(options.WindowSeconds);
        var limiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
        {
            var client = http.User.FindFirst("client_id")?.Value;
            return RateLimitPartition.GetFixedWindowLimiter(client ?? $"address:{http.Connection.RemoteIpAddress}", _ => new()
            {
                PermitLimit = client is null ? options.AnonymousRequests : options.Requests,
                Window = window,
            });
        });
        app.Lifetime.ApplicationStopped.Register(limiter.Dispose);
        app.UseWhen(http => !http.Request.Path.StartsWithSegments("/health"), limited => limited.Use(async (http, next) =>
        {
            var isClient = http.User.Identity is { IsAuthenticated: true };
            var (name, quota) = isClient ? ("client", options.Requests) : ("address", options.AnonymousRequests);
            using var lease = limiter.AttemptAcquire(http);
            var left = limiter.GetStatistics(http)?.CurrentAvailablePermits ?? 0;
            // On starting, so that an answer about a fault has them, too.
            http.Response.OnStarting(() =>
            {
                http.Response.Headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={quota};w={options.WindowSeconds}");
                http.Response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";r={left}");
                return Task.CompletedTask;
            });
            if (lease.IsAcquired)
            {
                await next(http);
                return;
            }
            var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : window;
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await Problems.Write(http, RequestRefusals.TooMany);
        }));
    }
}
