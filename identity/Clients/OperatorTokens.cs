using System.Security.Claims;
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
/// resource server checks (RFC 9068 section 4), that the token has not been revoked. A bound token needs its certificate, and
/// outside development every token is bound where certificates can reach this server: it makes anybody anything.
/// </summary>
internal sealed class OperatorTokens(
    IOptionsMonitor<OpenIddictServerOptions> server, IOptions<IdentityOptions> identity, IOpenIddictTokenManager tokens, IdentityDb db,
    IHostEnvironment environment, TimeProvider time)
{
    private const string TokenId = "oi_tkn_id";

    /// <summary>Lets a request to a route for operators go on with their token, and no other.</summary>
    public static async Task CheckAsync(HttpContext http, RequestDelegate next)
    {
        if (await http.RequestServices.GetRequiredService<OperatorTokens>().RefusedAsync(http) is not { } refused)
            await next(http);
        else
        {
            http.Response.Headers.WWWAuthenticate = refused == RequestRefusals.TokenMissing ? "Bearer"
                : refused.Status == StatusCodes.Status403Forbidden ? $"Bearer error=\"insufficient_scope\", scope=\"{Scopes.ClientsManage}\""
                : $"Bearer error=\"invalid_token\", error_description=\"{refused.Title.En}\"";
            await Problems.Write(http, refused);
        }
    }

    /// <summary>Why the request's token does not do; null, and the request's user set, when it does.</summary>
    private async Task<Refusal?> RefusedAsync(HttpContext http)
    {
        if (Operators.BearerOf(http.Request) is not { Length: > 0 } text)
            return RequestRefusals.TokenMissing;
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
            return Refused(checkedToken.Exception);
        var token = (JsonWebToken)checkedToken.SecurityToken;
        if (!await IsStandingAsync(token, http.RequestAborted))
            return RequestRefusals.TokenInvalid;
        if (await UnboundAsync(http, token) is { } unbound)
            return unbound;
        http.User = new ClaimsPrincipal(checkedToken.ClaimsIdentity);
        var scopes = token.TryGetPayloadValue<string>("scope", out var scope) ? scope.Split(' ') : [];
        return scopes.Contains(Scopes.ClientsManage)
            ? null
            : RequestRefusals.ScopeMissing.Because($"需要 {Scopes.ClientsManage}。", $"{Scopes.ClientsManage} is needed.");
    }

    private async Task<Refusal?> UnboundAsync(HttpContext http, JsonWebToken token)
    {
        if (token.TryGetPayloadValue<JsonElement>("cnf", out var confirmation))
            return (await http.Connection.GetClientCertificateAsync(http.RequestAborted)).IsConfirmed(confirmation) ? null : RequestRefusals.TokenNotBound;
        return identity.Value.SeesClientCertificates && !environment.IsDevelopment() ? RequestRefusals.TokenUnbound : null;
    }

    private async Task<bool> IsStandingAsync(JsonWebToken token, CancellationToken ct) =>
        token.TryGetPayloadValue<string>(TokenId, out var id)
        && await tokens.FindByIdAsync(id, ct) is { } record
        && await tokens.HasStatusAsync(record, Statuses.Valid, ct)
        && token.TryGetPayloadValue<string>("client_id", out var clientId)
        && await db.Clients().FirstOrDefaultAsync(c => c.ClientId == clientId, ct) is { } client
        && client.MayUseTokens(time.GetUtcNow());

    private static Refusal Refused(Exception? fault) => fault switch
    {
        SecurityTokenExpiredException => RequestRefusals.TokenExpired,
        SecurityTokenInvalidAudienceException => RequestRefusals.TokenWrongAudience,
        _ => RequestRefusals.TokenInvalid,
    };
}
