using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.JsonWebTokens;
using OneDoor.Identity.Clients;
using OneDoor.Identity.Pages;
using OneDoor.Identity.People;

namespace OneDoor.Identity.Platform;

/// <summary>Section <c>RateLimit</c>: how often one client may call from one address.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Requests per window; by default 60, in Development 6,000.</summary>
    public int? Requests { get; set; }

    /// <summary>Apps registered in the sandbox from one address per hour.</summary>
    public int Registrations { get; set; } = 20;

    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>
/// Bounds on what is asked under /connect/ and of administration, and on how often passwords and codes are tried. The rate is
/// counted per address and client id together: guessing a client's secret is slow, and nobody can use up the allowance of a
/// client they do not share an address with. Attempts of people are counted per address alone, whomever they try to be.
/// </summary>
internal static class RequestLimits
{
    public const long BodyBytes = 64 * 1024;
    private const int LongestClientId = 100;
    private static readonly object ClientIdKey = new();

    // No client's id: those have no spaces.
    private const string Tries = "people who sign in";

    public static void AddRequestLimits(this IServiceCollection services)
    {
        services.AddOptions<RateLimitOptions>().BindConfiguration("RateLimit")
            .Validate(o => o is { Requests: null or > 0, Registrations: > 0, Window.Ticks: > 0 }, "RateLimit:Requests, RateLimit:Registrations and RateLimit:Window must be positive.")
            .ValidateOnStart();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimitOptions>, IHostEnvironment>((limiter, options, environment) =>
        {
            var window = options.Value.Window;
            var requests = options.Value.Requests ?? (environment.IsDevelopment() ? 6000 : 60);
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
                IsRegistration(http.Request)
                    ? RateLimitPartition.GetFixedWindowLimiter(
                        $"register {AddressOf(http)}",
                        _ => new FixedWindowRateLimiterOptions { PermitLimit = options.Value.Registrations, Window = TimeSpan.FromHours(1) })
                : http.Items[ClientIdKey] is not string client
                    ? RateLimitPartition.GetNoLimiter("")
                    : RateLimitPartition.GetFixedWindowLimiter(
                        $"{AddressOf(http)} {client}",
                        _ => new FixedWindowRateLimiterOptions { PermitLimit = requests, Window = window }));
            limiter.OnRejected = (rejected, _) => new ValueTask(RejectAsync(rejected, window));
        });
    }

    /// <summary>Reads the form (bounded by the server) and notes whom the caller says to be, before anything is verified.</summary>
    public static async Task NoteClientAsync(HttpContext http, RequestDelegate next)
    {
        var form = HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType
            ? await http.Request.ReadFormAsync(http.RequestAborted)
            : FormCollection.Empty;
        var isConnect = http.Request.Path.StartsWithSegments("/connect") && HttpMethods.IsPost(http.Request.Method);
        var isOperators = OperatorRoutes.Serve(http.Request.Path);
        var client = isConnect ? ClaimedClient(http.Request, form) : "";
        if (!isOperators && (HasNul(client) || http.Request.Query.Any(HasNul) || form.Any(HasNul)))
        {
            await OAuthErrors.WriteAsync(http, StatusCodes.Status400BadRequest, "invalid_request", "A parameter holds a NUL character.");
            return;
        }

        if (SignInPages.Try(http.Request))
            http.Items[ClientIdKey] = Tries;
        else if (isConnect)
            http.Items[ClientIdKey] = Shortened(client);
        else if (isOperators)
            http.Items[ClientIdKey] = OperatorTokens.BearerOf(http.Request) is { Length: > 0 } token ? Shortened(SubjectOf(token)) : "";
        await next(http);
    }

    private static string AddressOf(HttpContext http) => SignInAttempts.Network(http.Connection.RemoteIpAddress);

    private static bool IsRegistration(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path.Equals(RegistrationRoutes.Path, StringComparison.OrdinalIgnoreCase);

    private static string Shortened(string client) => client.Length <= LongestClientId ? client : client[..LongestClientId];

    private static string ClaimedClient(HttpRequest request, IFormCollection form)
    {
        if (form["client_id"].ToString() is { Length: > 0 } id)
            return id;
        if (form["client_assertion"].ToString() is { Length: > 0 } assertion)
            return SubjectOf(assertion);
        return AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) &&
            header is { Scheme: "Basic", Parameter: { } credentials } ? UserOf(credentials) : "";
    }

    private static string SubjectOf(string assertion)
    {
        try
        {
            return new JsonWebToken(assertion).Subject ?? "";
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            return "";
        }
    }

    private static string UserOf(string credentials)
    {
        var bytes = new byte[credentials.Length];
        return Convert.TryFromBase64String(credentials, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length).Split(':')[0]
            : "";
    }

    // PostgreSQL text cannot hold it.
    private static bool HasNul(string? text) => text?.Contains('\0') == true;

    private static bool HasNul(KeyValuePair<string, StringValues> parameter) => HasNul(parameter.Key) || parameter.Value.Any(HasNul);

    private static Task RejectAsync(OnRejectedContext rejected, TimeSpan window)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : window;
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return OAuthErrors.WriteAsync(rejected.HttpContext, StatusCodes.Status429TooManyRequests, "temporarily_unavailable", "Too many requests from this client; wait.");
    }
}
