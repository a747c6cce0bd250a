using System.Security.Claims;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.IdentityModel.Tokens;

namespace OneDoor.Platform;

/// <summary>A token is refused for more than its form.</summary>
public sealed class TokenRefusedException(Refusal refusal) : SecurityTokenException(refusal.Code)
{
    public Refusal Refusal => refusal;
}

/// <summary>
/// Tokens bound to a certificate (RFC 8705 section 3): with <c>cnf</c>, a token is good only on a connection whose client
/// holds that certificate's key. Systems' tokens that act for a department must be bound, unless the configuration says otherwise.
/// </summary>
public static class SenderConstraint
{
    /// <summary>Lets clients connect with any certificate: TLS proves that they hold its key, <c>cnf</c> says which one counts.</summary>
    public static void AllowClientCertificates(KestrelServerOptions kestrel) => kestrel.ConfigureHttpsDefaults(https =>
    {
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        https.AllowAnyClientCertificate();
    });

    /// <summary>Why a token is not good on this connection; null when it is.</summary>
    /// <param name="http">The request.</param>
    /// <param name="token">Its token, valid but for this.</param>
    /// <param name="header">Where the proxy that ends TLS passes the client's certificate on; without one, the connection's counts.</param>
    /// <param name="required">Whether tokens that act for a department must be bound.</param>
    public static async Task<Refusal?> Refused(HttpContext http, ClaimsPrincipal token, string? header, bool required)
    {
        if (token.FindFirstValue("cnf") is not { } confirmation)
            return required && IsSystem(token) && Caller.ScopesOf(token).Overlaps(Scopes.OfDepartments) ? PlatformRefusals.TokenUnbound : null;
        var certificate = string.IsNullOrEmpty(header)
            ? await http.Connection.GetClientCertificateAsync(http.RequestAborted)
            : Read(http.Request.Headers[header]);
        return certificate is not null && Thumbprint(confirmation) is { } bound && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(bound), Encoding.UTF8.GetBytes(Base64UrlEncoder.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256))))
            ? null
            : RequestRefusals.TokenNotBound;
    }

    // Staff sign in with a second factor and from any desk; an agency's system has a key of its own to show.
    private static bool IsSystem(ClaimsPrincipal token) => token.FindFirstValue("sub") == token.FindFirstValue("client_id");

    // A confirmation of another kind cannot be checked, so it never holds.
    private static string? Thumbprint(string confirmation)
    {
        using var parsed = JsonDocument.Parse(confirmation);
        return parsed.RootElement.ValueKind == JsonValueKind.Object
            && parsed.RootElement.TryGetProperty("x5t#S256", out var thumbprint) && thumbprint.ValueKind == JsonValueKind.String
                ? thumbprint.GetString()
                : null;
    }

    /// <summary>One header with <c>:base64:</c> of RFC 9440, or percent-encoded PEM as nginx writes it.</summary>
    private static X509Certificate2? Read(Microsoft.Extensions.Primitives.StringValues values)
    {
        if (values.Count != 1 || values[0] is not { Length: > 2 } value)
            return null;
        try
        {
            return value[0] == ':' && value[^1] == ':'
                ? X509CertificateLoader.LoadCertificate(Convert.FromBase64String(value[1..^1]))
                : X509Certificate2.CreateFromPem(Uri.UnescapeDataString(value));
        }
        catch (Exception malformed) when (malformed is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
