using System.Security.Claims;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OneDoor.Identity.Token;

/// <summary>
/// The whole check of a <c>private_key_jwt</c> assertion (RFC 7523 section 3), in place of OpenIddict's own, which lets an
/// assertion be used again, live for any time and lack an <c>iat</c>, and insists on a <c>typ</c> most clients do not send.
/// </summary>
internal sealed class ClientAssertions(
    IOpenIddictApplicationManager applications, UsedAssertions used, IOptions<IdentityOptions> identity, TimeProvider time)
    : IOpenIddictServerHandler<ValidateTokenContext>
{
    /// <summary>Asymmetric only: neither <c>none</c> nor a shared secret authenticates a client here.</summary>
    public static readonly string[] Algorithms =
    [
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.RsaSha256,
    ];

    private static readonly string[] Types = ["", "JWT", "client-authentication+jwt", "application/client-authentication+jwt"];

    /// <summary>How far a client's clock may be ahead of ours.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
        .UseScopedHandler<ClientAssertions>()
        .SetOrder(OpenIddictServerHandlers.Protection.ValidateIdentityModelToken.Descriptor.Order - 1)
        .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (!context.ValidTokenTypes.SetEquals([TokenTypeIdentifiers.Private.ClientAssertion]))
            return;
        if (await RefusalAsync(context.Token, context.Request?.ClientId, context.CancellationToken) is { } refusal)
        {
            context.Reject(Errors.InvalidClient, refusal);
            return;
        }

        var assertion = new JsonWebToken(context.Token);
        context.Principal = new ClaimsPrincipal(new ClaimsIdentity("private_key_jwt"))
            .SetTokenType(TokenTypeIdentifiers.Private.ClientAssertion)
            .SetClaim(OpenIddictConstants.Claims.Issuer, assertion.Issuer)
            .SetClaim(OpenIddictConstants.Claims.Subject, assertion.Subject)
            .SetAudiences(context.ValidAudiences.First())
            .SetExpirationDate(assertion.ValidTo);
    }

    private async Task<string?> RefusalAsync(string token, string? clientId, CancellationToken ct)
    {
        if (Read(token) is not { } assertion)
            return "The client assertion is not a signed JWT.";
        if (!Algorithms.Contains(assertion.Alg, StringComparer.Ordinal))
            return $"The client assertion must be signed with one of {string.Join(", ", Algorithms)}.";
        if (!Types.Contains(assertion.Typ ?? "", StringComparer.OrdinalIgnoreCase))
            return "The client assertion is a JWT of another type.";
        if (assertion.Issuer is not { Length: > 0 } client || assertion.Subject != client || client.Contains('\0'))
            return "The client assertion's iss and sub must both be the client id.";
        if (!string.IsNullOrEmpty(clientId) && clientId != client)
            return "The client assertion is not the named client's.";
        if (!await IsSignedByAsync(client, token))
            return "The client assertion is not signed with a key registered for the client.";
        if (RefusalOfClaims(assertion) is { } refusal)
            return refusal;
        return await used.TryUseAsync(client, assertion.Id, assertion.ValidTo, ct)
            ? null
            : "The client assertion has been used before.";
    }

    private string? RefusalOfClaims(JsonWebToken assertion)
    {
        var now = time.GetUtcNow();
        if (InstantOf(assertion, JwtRegisteredClaimNames.Exp) is not { } expires)
            return "The client assertion has no exp.";
        if (InstantOf(assertion, JwtRegisteredClaimNames.Iat) is not { } issued)
            return "The client assertion has no iat.";
        if (expires <= now)
            return "The client assertion has expired.";
        if (issued > now + ClockSkew || InstantOf(assertion, JwtRegisteredClaimNames.Nbf) > now + ClockSkew)
            return "The client assertion is not valid yet.";
        if (expires - issued > TokenLifetimes.Assertion)
            return $"The client assertion may live at most {TokenLifetimes.Assertion.TotalSeconds} seconds from iat to exp.";
        if (string.IsNullOrEmpty(assertion.Id))
            return "The client assertion has no jti.";
        return assertion.Audiences.Any() && assertion.Audiences.All(IsThisServer) ? null : "The client assertion's aud must be the issuer.";
    }

    /// <summary>An assertion meant for several servers could be carried from one to the other, so every audience must be this one.</summary>
    private bool IsThisServer(string audience)
    {
        var issuer = identity.Value.IssuerName;
        return audience == issuer || audience == issuer + "/" || audience == issuer + TokenModule.TokenPath;
    }

    private async Task<bool> IsSignedByAsync(string clientId, string token)
    {
        if (await applications.FindByClientIdAsync(clientId) is not { } client ||
            await applications.GetJsonWebKeySetAsync(client) is not { } keys)
            return false;
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidAlgorithms = Algorithms,
            TryAllIssuerSigningKeys = true,
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        return result.IsValid;
    }

    private static JsonWebToken? Read(string token)
    {
        try
        {
            var read = new JsonWebToken(token);
            return read.IsEncrypted ? null : read;
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            return null;
        }
    }

    private static DateTimeOffset? InstantOf(JsonWebToken assertion, string claim) =>
        assertion.TryGetPayloadValue<long>(claim, out var seconds) && seconds is > 0 and < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
