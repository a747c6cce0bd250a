using Microsoft.Extensions.Options;

namespace OneDoor.Identity.Platform;

/// <summary>Section <c>Identity</c>: who this server is, and how it is reached.</summary>
public sealed class IdentityOptions
{
    /// <summary>The issuer: the address clients know this server by. Never taken from a request.</summary>
    public string Issuer { get; set; } = "http://localhost:5081";

    /// <summary>True where a proxy ends TLS and passes plain HTTP on, with X-Forwarded-For. Only the proxy may then reach the port.</summary>
    public bool TlsEndsAtProxy { get; set; }

    /// <summary>
    /// The header in which that proxy passes the client's certificate on, as RFC 9440's <c>Client-Cert</c> or as
    /// percent-encoded PEM. The proxy must set or remove it on every request: what a client sends must never get through.
    /// </summary>
    public string? ClientCertificateHeader { get; set; }

    /// <summary>Whether Kestrel, where it ends TLS itself, asks clients for a certificate. Browsers then ask people for theirs.</summary>
    public bool RequestClientCertificates { get; set; }

    /// <summary>Whether the sandbox's clients and client secrets exist: in Development alone, where it is the default.</summary>
    public bool? Sandbox { get; set; }

    /// <summary>Where the sandbox's <c>playground</c> is sent back to: the API's playground page.</summary>
    public string PlaygroundAddress { get; set; } = "http://localhost:5080/playground";

    /// <summary>
    /// The page of the platform's app for citizens, where it signs people in: in the sandbox <c>/app</c> beside the playground. Outside, the
    /// operator registers its client with this address, and pages of its origin may exchange their codes here.
    /// </summary>
    public string? AppAddress { get; set; }

    /// <summary>How far this machine's clock and the database's may be apart for the process to count as ready.</summary>
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Where the API's documentation is sent back to, beside the playground.</summary>
    public string DocumentationAddress => PlaygroundOrigin + "/docs/oauth2-redirect.html";

    public string PlaygroundOrigin => new Uri(PlaygroundAddress).GetLeftPart(UriPartial.Authority);

    /// <summary>The issuer as it stands in tokens and metadata: without a trailing slash.</summary>
    public string IssuerName => Issuer.TrimEnd('/');

    public Uri IssuerUri => new(Issuer);

    /// <summary>The page that explains a code or an error of OAuth.</summary>
    public string ErrorPage(string code) => IssuerName + Problems.Pages + code;

    /// <summary>Whether a client's certificate can reach this server at all.</summary>
    public bool SeesClientCertificates => TlsEndsAtProxy ? !string.IsNullOrEmpty(ClientCertificateHeader) : RequestClientCertificates;
}

/// <summary>Refuses a configuration that would weaken the server, with the one line that tells the operator why.</summary>
internal sealed class IdentityOptionsRules(IHostEnvironment environment, IConfiguration configuration) : IValidateOptions<IdentityOptions>
{
    public ValidateOptionsResult Validate(string? name, IdentityOptions options)
    {
        if (string.IsNullOrWhiteSpace(configuration.GetConnectionString("OneDoor")))
            return ValidateOptionsResult.Fail("ConnectionStrings:OneDoor is required: the PostgreSQL database of the platform.");
        if (!DatabaseConnections.Names(configuration.GetConnectionString("OneDoor")))
            return ValidateOptionsResult.Fail("ConnectionStrings:OneDoor is no connection string of PostgreSQL, for instance Host=db;Database=onedoor;Username=onedoor;Password=…");
        if (!Uri.TryCreate(options.Issuer, UriKind.Absolute, out var issuer) || issuer.Scheme is not ("http" or "https"))
            return ValidateOptionsResult.Fail("Identity:Issuer must be an absolute http(s) address.");
        if (issuer.PathAndQuery != "/" || issuer.Fragment.Length > 0 || issuer.UserInfo.Length > 0)
            return ValidateOptionsResult.Fail("Identity:Issuer must be scheme, host and port only, for instance https://id.example.gov.cn.");
        if (!Uri.TryCreate(options.PlaygroundAddress, UriKind.Absolute, out var playground) || playground.Scheme is not ("http" or "https"))
            return ValidateOptionsResult.Fail("Identity:PlaygroundAddress must be an absolute http(s) address.");
        if (options.AppAddress is not null && (!Uri.TryCreate(options.AppAddress, UriKind.Absolute, out var app) || app.Scheme is not ("http" or "https")))
            return ValidateOptionsResult.Fail("Identity:AppAddress must be an absolute http(s) address.");
        if (!environment.IsDevelopment() && options.AppAddress?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == false)
            return ValidateOptionsResult.Fail("Identity:AppAddress must be https outside Development.");
        if (options.ClockTolerance <= TimeSpan.Zero)
            return ValidateOptionsResult.Fail("Identity:ClockTolerance must be positive.");
        if (!environment.IsDevelopment() && issuer.Scheme != "https")
            return ValidateOptionsResult.Fail("Identity:Issuer must be https outside Development.");
        if (!environment.IsDevelopment() && options.Sandbox == true)
            return ValidateOptionsResult.Fail("Identity:Sandbox is for Development only: its client secrets are public.");
        if (options is { ClientCertificateHeader.Length: > 0, TlsEndsAtProxy: false })
            return ValidateOptionsResult.Fail("Identity:ClientCertificateHeader needs Identity:TlsEndsAtProxy: without a proxy anybody could send the header.");
        if (options is { RequestClientCertificates: true, TlsEndsAtProxy: true })
            return ValidateOptionsResult.Fail("Identity:RequestClientCertificates is for Kestrel's own TLS: behind a proxy the certificate would be the proxy's.");
        return ValidateOptionsResult.Success;
    }
}

/// <summary>Whether the sandbox exists in this process.</summary>
internal sealed class Sandbox(IHostEnvironment environment, IOptions<IdentityOptions> options)
{
    /// <summary>Both conditions again, so that no other way of setting the option opens the sandbox elsewhere.</summary>
    public bool Exists => environment.IsDevelopment() && (options.Value.Sandbox ?? true);

    /// <summary>Where the app's page is; null where there is none.</summary>
    public string? AppAddress => options.Value.AppAddress ?? (Exists ? options.Value.PlaygroundOrigin + "/app" : null);

    /// <summary>Whether pages of this origin are the platform's own: the app, and in the sandbox the API's playground and documentation.</summary>
    public bool HasPagesAt(string origin) =>
        (Exists && origin == options.Value.PlaygroundOrigin) || (AppAddress is { } app && origin == new Uri(app).GetLeftPart(UriPartial.Authority));
}
