using System.Security.Claims;
using System.Text.Json;
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
        string[] audiences = [identity.Value.IssuerName, identity.Value.IssuerName + "/", identity.Value.IssuerName + Endpoints.Token];
        if (context.EndpointType == OpenIddictServerEndpointType.PushedAuthorization)
            audiences = [.. audiences, identity.Value.IssuerName + Endpoints.Pushed];
        if (await RefusalAsync(context.Token, context.Request?.ClientId, audiences, context.CancellationToken) is { } refusal)
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

    private async Task<string?> RefusalAsync(string token, string? clientId, string[] audiences, CancellationToken ct)
    {
        if (Read(token) is not { } read)
            return "The client assertion is not a signed JWT.";
        var (assertion, header, claims) = read;
        if (header.TryGetProperty("crit", out _))
            return "The client assertion's crit names extensions, of which none is understood here.";
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
        if (RefusalOfClaims(assertion, claims, audiences) is { } refusal)
            return refusal;
        return await used.TryUseAsync(client, assertion.Id, assertion.ValidTo, ct)
            ? null
            : "The client assertion has been used before.";
    }

    private string? RefusalOfClaims(JsonWebToken assertion, JsonElement claims, string[] audiences)
    {
        var now = time.GetUtcNow();
        if (InstantOf(claims, JwtRegisteredClaimNames.Exp) is not { } expires)
            return "The client assertion has no exp, or none that is a number.";
        if (InstantOf(claims, JwtRegisteredClaimNames.Iat) is not { } issued)
            return "The client assertion has no iat, or none that is a number.";
        if (expires <= now)
            return "The client assertion has expired.";
        if (issued > now + ClockSkew || InstantOf(claims, JwtRegisteredClaimNames.Nbf) > now + ClockSkew)
            return "The client assertion is not valid yet.";
        if (expires - issued > TokenLifetimes.Assertion)
            return $"The client assertion may live at most {TokenLifetimes.Assertion.TotalSeconds} seconds from iat to exp.";
        if (string.IsNullOrEmpty(assertion.Id))
            return "The client assertion has no jti.";

        // One that is meant for several servers could be carried from one to the other.
        return assertion.Audiences.Any() && assertion.Audiences.All(audiences.Contains)
            ? null
            : "The client assertion's aud must be the issuer or the token endpoint (at /connect/par that endpoint does as well), and nothing else beside it.";
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

    private static (JsonWebToken Assertion, JsonElement Header, JsonElement Claims)? Read(string token)
    {
        try
        {
            var read = new JsonWebToken(token);
            return read.IsEncrypted ? null : (read, Parse(read.EncodedHeader), Parse(read.EncodedPayload));
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException or JsonException)
        {
            return null;
        }
    }

    // The library takes a number in quotation marks for a number, and of two members of one name the last.
    private static JsonElement Parse(string encoded) => JsonElement.Parse(Base64UrlEncoder.DecodeBytes(encoded), new JsonDocumentOptions { AllowDuplicateProperties = false });

    private static DateTimeOffset? InstantOf(JsonElement claims, string claim) =>
        claims.TryGetProperty(claim, out var value) && value.ValueKind == JsonValueKind.Number && value.GetDouble() is > 0 and < 253402300800 and var seconds
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;
}
