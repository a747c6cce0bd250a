using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OneDoor.Identity.Clients;

/// <summary>
/// Checks the access token of whoever administers clients, against this server's own keys and records: besides what a
/// resource server checks (RFC 9068 section 4), that the token has not been revoked. A bound token needs its certificate.
/// </summary>
internal sealed class OperatorTokens(
    IOptionsMonitor<OpenIddictServerOptions> server, IOptions<IdentityOptions> identity, IOpenIddictTokenManager tokens, IdentityDb db, TimeProvider time)
{
    private const string TokenId = "oi_tkn_id";

    /// <summary>The subject on whose behalf the request is made, or why it is refused.</summary>
    public async Task<(string Subject, Refusal? Refused)> CheckAsync(HttpContext http)
    {
        if (BearerOf(http.Request) is not { Length: > 0 } text)
            return ("", ClientRefusals.TokenMissing);
        var checkedToken = await new JsonWebTokenHandler().ValidateTokenAsync(text, new TokenValidationParameters
        {
            IssuerSigningKeys = server.CurrentValue.SigningCredentials.Select(c => c.Key),
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidTypes = [JsonWebTokenTypes.AccessToken],
            ValidIssuer = identity.Value.IssuerName,
            ValidAudience = OneDoor.Claims.Audience,
            RequireExpirationTime = true,
            LifetimeValidator = (_, expires, _, _) => expires > time.GetUtcNow().UtcDateTime ? true : throw new SecurityTokenExpiredException(),
        });
        if (!checkedToken.IsValid)
            return ("", Refused(checkedToken.Exception));
        var token = (JsonWebToken)checkedToken.SecurityToken;
        if (!await IsStandingAsync(token, http.RequestAborted))
            return ("", ClientRefusals.TokenInvalid);
        if (!IsHeldBy(token, await http.Connection.GetClientCertificateAsync(http.RequestAborted)))
            return ("", ClientRefusals.TokenNotBound);
        var scopes = token.TryGetPayloadValue<string>("scope", out var scope) ? scope.Split(' ') : [];
        return (token.Subject, scopes.Contains(Scopes.ClientsManage) ? null : ClientRefusals.ScopeMissing);
    }

    public static string? BearerOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;

    private async Task<bool> IsStandingAsync(JsonWebToken token, CancellationToken ct) =>
        token.TryGetPayloadValue<string>(TokenId, out var id)
        && await tokens.FindByIdAsync(id, ct) is { } record
        && await tokens.HasStatusAsync(record, Statuses.Valid, ct)
        && token.TryGetPayloadValue<string>("client_id", out var clientId)
        && await db.Clients().FirstOrDefaultAsync(c => c.ClientId == clientId, ct) is { } client
        && client.MayUseTokens(time.GetUtcNow());

    /// <summary>True for a token bound to no certificate, and for one bound to this certificate (RFC 8705 section 3).</summary>
    private static bool IsHeldBy(JsonWebToken token, X509Certificate2? certificate)
    {
        if (!token.TryGetPayloadValue<JsonElement>("cnf", out var confirmation))
            return true;
        return certificate is not null
            && confirmation.TryGetProperty("x5t#S256", out var bound)
            && CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(bound.GetString() ?? ""), Encoding.ASCII.GetBytes(Base64UrlEncoder.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256))));
    }

    private static Refusal Refused(Exception? fault) => fault switch
    {
        SecurityTokenExpiredException => ClientRefusals.TokenExpired,
        SecurityTokenInvalidAudienceException => ClientRefusals.TokenWrongAudience,
        _ => ClientRefusals.TokenInvalid,
    };
}
