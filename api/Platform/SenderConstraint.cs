using System.Security.Claims;
using System.Text.Json;
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
    /// <summary>Why a token is not good on this connection; null when it is.</summary>
    /// <param name="token">Its token, valid but for this.</param>
    /// <param name="header">Where the proxy that ends TLS passes the client's certificate on; without one, the connection's counts.</param>
    /// <param name="required">Whether tokens that act for a department must be bound.</param>
    public static async Task<Refusal?> Refused(HttpContext http, ClaimsPrincipal token, string? header, bool required)
    {
        if (token.FindFirstValue("cnf") is not { } confirmation)
            return required && IsSystem(token) && Caller.ScopesOf(token).Overlaps(Scopes.OfDepartments) ? RequestRefusals.TokenUnbound : null;
        // One that the connection has is the connection's to dispose of.
        using var passedOn = string.IsNullOrEmpty(header) || http.Request.Headers[header] is not [{ } only] ? null : ClientCertificates.Read(only);
        var certificate = string.IsNullOrEmpty(header) ? await http.Connection.GetClientCertificateAsync(http.RequestAborted) : passedOn;
        using var parsed = JsonDocument.Parse(confirmation);
        return certificate.IsConfirmed(parsed.RootElement) ? null : RequestRefusals.TokenNotBound;
    }

    // People sign in with a second factor and from any desk; an agency's system has a key of its own to show.
    private static bool IsSystem(ClaimsPrincipal token) => token.FindFirstValue("sub") == token.FindFirstValue("client_id");
}
