using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OneDoor.Identity.Clients;

/// <summary>A client that authenticates with its own keys, as it stands in a client file and in a registration.</summary>
/// <param name="ClientId">Lower-case letters, digits and hyphens; not <c>sandbox-…</c>.</param>
/// <param name="DisplayName">The name shown to people.</param>
/// <param name="Scopes">What it may ask for.</param>
/// <param name="Jwks">Its public keys (RFC 7517); <c>x5c</c> of a key holds the certificate it connects with (RFC 8705 section 2.2).</param>
/// <param name="Department">The department it acts for; none for a client that is no agency.</param>
/// <param name="CertificateBound">Its tokens are bound to its certificate (RFC 8705 section 3), and without one it gets none.</param>
public sealed record ClientEntry(
    string ClientId, string DisplayName, IReadOnlyList<string> Scopes, JsonElement Jwks, string? Department = null, bool CertificateBound = false);

/// <summary>What a client must be like, and how OpenIddict is told of it.</summary>
internal static partial class ClientRules
{
    private const int SmallestRsaKey = 2048;
    private static readonly string[] Curves = ["P-256", "P-384", "P-521"];

    /// <summary>Why the entry cannot be registered; null when it can.</summary>
    public static Refusal? Refused(ClientEntry entry)
    {
        if (!ClientId().IsMatch(entry.ClientId) || entry.ClientId.StartsWith(SandboxClients.Prefix, StringComparison.Ordinal))
            return ClientRefusals.IdInvalid.At("/clientId");
        if (!IsName(entry.DisplayName))
            return ClientRefusals.NameInvalid.At("/displayName");
        if (entry.Scopes.Except(Scopes.All).FirstOrDefault() is { } unknown)
            return ClientRefusals.ScopeUnknown.Because($"“{unknown}”。", $"'{unknown}' is none.").At("/scopes");
        if (entry.Department is not null && Kebab.Parse<Department>(entry.Department) is null)
            return ClientRefusals.DepartmentUnknown.At("/department");
        return KeysRefused(entry.Jwks, entry.CertificateBound);
    }

    /// <summary>Why a key set cannot be a client's; null when it can.</summary>
    public static Refusal? KeysRefused(JsonElement jwks, bool needsCertificate)
    {
        if (KeysOf(jwks) is not { } keys)
            return ClientRefusals.KeysInvalid.Because("不是 JSON Web Key Set。", "It is no JSON Web Key Set.").At("/jwks");
        if (keys.Keys.Count == 0)
            return ClientRefusals.KeysInvalid.Because("没有密钥。", "It holds no key.").At("/jwks");
        foreach (var key in keys.Keys)
        {
            if (key.HasPrivateKey || key.K is not null)
                return ClientRefusals.KeysPrivate.At("/jwks");
            if (!IsStrong(key))
                return ClientRefusals.KeysInvalid.Because(
                    $"须为 EC（P-256、P-384、P-521）或至少 {SmallestRsaKey} 位的 RSA。", $"Keys must be EC (P-256, P-384, P-521) or RSA of at least {SmallestRsaKey} bits.").At("/jwks");
            if (key.X5c.Count > 0 && !ClientCertificates.IsCertificateOf(key))
                return ClientRefusals.KeysInvalid.Because("x5c 不是该密钥的证书。", "x5c is not a certificate of the key beside it.").At("/jwks");
        }

        return needsCertificate && keys.Keys.All(key => key.X5c.Count == 0) ? ClientRefusals.CertificateMissing.At("/jwks") : null;
    }

    /// <summary>The key set, or null when the JSON is none.</summary>
    public static JsonWebKeySet? KeysOf(JsonElement jwks)
    {
        try
        {
            return jwks.ValueKind == JsonValueKind.Object ? JsonWebKeySet.Create(jwks.GetRawText()) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The entry as OpenIddict keeps it. Only for an entry that is not refused.</summary>
    public static OpenIddictApplicationDescriptor Describe(ClientEntry entry)
    {
        var client = new OpenIddictApplicationDescriptor
        {
            ClientId = entry.ClientId,
            ClientType = ClientTypes.Confidential,
            DisplayName = entry.DisplayName,
            JsonWebKeySet = KeysOf(entry.Jwks),
        };
        if (entry.Department is not null)
            client.Properties[ClientProperties.Department] = JsonSerializer.SerializeToElement(entry.Department);
        if (entry.CertificateBound)
            client.Properties[ClientProperties.CertificateBound] = JsonSerializer.SerializeToElement(true);
        client.Permissions.UnionWith(ClientProperties.MachinePermissions);
        client.Permissions.UnionWith(entry.Scopes.Select(scope => Permissions.Prefixes.Scope + scope));
        return client;
    }

    public static bool IsName(string name) => name.Length is > 0 and <= 100 && !string.IsNullOrWhiteSpace(name) && !name.Any(char.IsControl);

    private static bool IsStrong(JsonWebKey key) => key.Kty switch
    {
        JsonWebAlgorithmsKeyTypes.EllipticCurve => Curves.Contains(key.Crv) && key.X is not null && key.Y is not null,
        JsonWebAlgorithmsKeyTypes.RSA => key.N is not null && key.E is not null && key.KeySize >= SmallestRsaKey,
        _ => false,
    };

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,99}$", RegexOptions.CultureInvariant)]
    private static partial Regex ClientId();
}
