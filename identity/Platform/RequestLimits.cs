using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.JsonWebTokens;
using OneDoor.Callers;

namespace OneDoor.Identity.Platform;

/// <summary>Section <c>Identity:RateLimit</c>: how often one client may call from one address.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Requests per window; by default 60, in Development 6,000.</summary>
    public int? Requests { get; set; }

    /// <summary>Requests per window from one address, whoever they say to be; by default four times <see cref="Requests"/>.</summary>
    public int? AddressRequests { get; set; }

    /// <summary>Apps registered in the sandbox from one address per hour.</summary>
    public int Registrations { get; set; } = 20;

    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>On an endpoint: for whom a request to it is counted, beside its address; null for the address alone.</summary>
internal sealed record Counted(Func<HttpRequest, string?> For);

/// <summary>
/// Bounds on what is asked under /connect/ and of administration, and on how often passwords and codes are tried. The rate is
/// counted per address and client id together: guessing a client's secret is slow, and nobody can use up the allowance of a
/// client they do not share an address with. Attempts of people are counted per address alone, whomever they try to be. All
/// that comes from an address has a larger bound besides, so that nobody gets further by another client id each time, and all
/// of an IPv6 site one of ten addresses, whichever of its networks it calls from.
/// </summary>
internal sealed class RequestLimits
{
    public const long BodyBytes = 64 * 1024;
    private const int LongestClientId = 100, AddressesOfASite = 10;

    /// <summary>Whoever tries a password or a code: all people of an address together. No client's id, for those have no spaces.</summary>
    public const string Tries = "people who sign in";

    private readonly TimeProvider _time;
    private readonly int _requests, _ofAddress, _registrationsPerHour;
    private readonly TimeSpan _window;
    private readonly Allowances _allowances;
    private readonly Allowances _registrations = new(TimeSpan.FromHours(1));

    public RequestLimits(IOptions<RateLimitOptions> options, IHostEnvironment environment, TimeProvider time)
    {
        _time = time;
        _requests = options.Value.Requests ?? (environment.IsDevelopment() ? 6000 : 60);
        _ofAddress = options.Value.AddressRequests ?? (int)Math.Min(int.MaxValue, _requests * 4L);
        (_registrationsPerHour, _window) = (options.Value.Registrations, options.Value.Window);
        _allowances = new(_window);
    }

    public static void Add(IServiceCollection services)
    {
        // The section of its own goes before the one that releases before shared with the API, whose bound is not to let passwords be guessed faster.
        services.AddOptions<RateLimitOptions>().BindConfiguration("RateLimit").BindConfiguration("Identity:RateLimit")
            .Validate(
                o => o is { Requests: null or > 0, AddressRequests: null or > 0, Registrations: > 0, Window.Ticks: > 0 },
                "Identity:RateLimit:Requests, AddressRequests, Registrations and Window must be positive.")
            .ValidateOnStart();
        services.AddSingleton<RequestLimits>();
    }

    /// <summary>Reads the form (bounded by the server), and counts the request for whom the caller says to be, before anything is verified.</summary>
    public async Task EnterAsync(HttpContext http, RequestDelegate next)
    {
        var form = HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType && !http.IsForOperators()
            ? await http.Request.ReadFormAsync(http.RequestAborted)
            : FormCollection.Empty;
        var isConnect = http.Request.Path.StartsWithSegments("/connect");
        var claimed = isConnect && HttpMethods.IsPost(http.Request.Method) ? ClaimedClient(http.Request, form) : null;
        if (!http.IsForOperators() && (HasNul(claimed) || http.Request.Query.Any(HasNul) || form.Any(HasNul)))
        {
            await OAuthErrors.WriteAsync(http, StatusCodes.Status400BadRequest, "invalid_request", "A parameter holds a NUL character.");
            return;
        }

        var client = http.GetEndpoint()?.Metadata.GetMetadata<Counted>()?.For(http.Request) ?? claimed;
        if (client is null && !isConnect)
        {
            await next(http);
            return;
        }

        var told = _allowances.Take(_time.GetUtcNow(), [.. BoundsOf(client, http.Connection.RemoteIpAddress)]);
        http.Tell(told, (int)_window.TotalSeconds);
        await (told.IsGranted ? next(http) : RefuseAsync(http, told));
    }

    /// <summary>Counts a registration; what it returns gives it back when nothing was registered. Null, and answered, beyond the hour's.</summary>
    public async Task<Action?> TakeRegistrationAsync(HttpContext http)
    {
        var bound = new Bound("registrations", CallerNetwork.Of(http.Connection.RemoteIpAddress), _registrationsPerHour);
        var told = _registrations.Take(_time.GetUtcNow(), bound);
        if (told.IsGranted)
            return () => _registrations.GiveBack(bound);
        await RefuseAsync(http, told);
        return null;
    }

    /// <summary>Whom a token or an assertion is about, as it says itself.</summary>
    public static string SubjectOf(string assertion)
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

    private IEnumerable<Bound> BoundsOf(string? client, IPAddress? from)
    {
        var address = CallerNetwork.Of(from);
        if (client is not null)
            yield return new("client", $"{address} {Shortened(client)}", _requests);
        yield return new("address", address, _ofAddress);
        if (CallerNetwork.SiteOf(from) is { } site)
            yield return new("site", site, (int)Math.Min(int.MaxValue, (long)_ofAddress * AddressesOfASite));
    }

    private static Task RefuseAsync(HttpContext http, Allowance told)
    {
        http.Response.Headers.RetryAfter = told.Seconds.ToString(CultureInfo.InvariantCulture);
        return OAuthErrors.WriteAsync(http, StatusCodes.Status429TooManyRequests, "temporarily_unavailable", "Too many requests from this client; wait.");
    }

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
}
