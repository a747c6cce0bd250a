using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.Tokens;
using OneDoor.Clock;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OneDoor.Identity.Clients;

/// <summary>A client, as it stands in a client file and in a registration.</summary>
/// <param name="ClientId">Lower-case letters, digits and hyphens; none of the sandbox's: <c>sandbox-…</c>, <c>playground</c>, <c>mobile</c>, <c>kiosk</c>.</param>
/// <param name="DisplayName">The name shown to people.</param>
/// <param name="Scopes">What it may ask for.</param>
/// <param name="Jwks">
/// Its public keys (RFC 7517); <c>x5c</c> of a key holds the certificate it connects with (RFC 8705 section 2.2). Only an
/// application may have none: it is then a public client.
/// </param>
/// <param name="Department">The department it acts for; none for a client that is no agency.</param>
/// <param name="CertificateBound">Its tokens are bound to its certificate (RFC 8705 section 3), and without one it gets none.</param>
/// <param name="Application">Present when it acts for people who sign in, and not for itself.</param>
/// <param name="Hall">The hall it stands in: of a kiosk, be it a machine that acts for itself or the device by which people sign in there.</param>
public sealed record ClientEntry(
    string ClientId, string DisplayName, IReadOnlyList<string> Scopes, JsonElement Jwks = default, string? Department = null,
    bool CertificateBound = false, Application? Application = null, string? Hall = null)
{
    /// <summary>It keeps no key: an application at a browser, on a phone or in a kiosk.</summary>
    [JsonIgnore]
    public bool IsPublic => Application is not null && Jwks.ValueKind is (JsonValueKind.Undefined or JsonValueKind.Null);
}

/// <summary>What a client must be like, and how OpenIddict is told of it.</summary>
internal static partial class ClientRules
{
    private const int SmallestRsaKey = 2048;
    private const int LongestReason = 500;
    private const int LongestName = 100;
    private static readonly Dictionary<string, ECCurve> Curves = new()
    {
        ["P-256"] = ECCurve.NamedCurves.nistP256,
        ["P-384"] = ECCurve.NamedCurves.nistP384,
        ["P-521"] = ECCurve.NamedCurves.nistP521,
    };


    /// <summary>Why the entry cannot be registered; null when it can.</summary>
    public static Refusal? Refused(ClientEntry entry)
    {
        if (!ClientId().IsMatch(entry.ClientId) || SandboxApps.IsReserved(entry.ClientId))
            return ClientRefusals.IdInvalid.At("/clientId");
        if (!IsName(entry.DisplayName))
            return ClientRefusals.NameInvalid.At("/displayName");
        if (ScopesRefused(entry.Scopes) is { } scopes)
            return scopes;
        if (entry.Department is not null && Kebab.Parse<Department>(entry.Department) is null)
            return ClientRefusals.DepartmentUnknown.At("/department");
        if (HallRefused(entry) is { } hall)
            return hall.At("/hall");
        if (entry.Application is null)
            return KeysRefused(entry.Jwks, entry.CertificateBound);
        if (entry.Department is not null)
            return ClientRefusals.ApplicationInvalid.Because("部门由登录的工作人员带来。", "It has no department: the staff who sign in bring theirs.").At("/department");
        if (entry.Application.Refused() is { } refused)
            return refused;
        if (!entry.IsPublic)
            return KeysRefused(entry.Jwks, entry.CertificateBound);
        return entry.CertificateBound ? ClientRefusals.CertificateMissing.At("/jwks") : null;
    }

    // Whoever acts for a department does so in every hall, and who signs in elsewhere is in none; without keys anybody could say they are the kiosk.
    private static Refusal? HallRefused(ClientEntry entry) => entry.Hall is null ? null
        : HallDirectory.Zone.Find(entry.Hall) is null ? ClientRefusals.HallUnknown
        : entry is { Department: null, IsPublic: false, Application: null or { Kind: Application.Device } } ? null : ClientRefusals.HallOfKiosks;

    /// <summary>Why a client cannot have these scopes; null when it can.</summary>
    public static Refusal? ScopesRefused(IReadOnlyList<string> scopes) => scopes.Except(Scopes.All).ToList() is [var unknown, ..]
        ? ClientRefusals.ScopeUnknown.Because($"“{unknown}”。", $"'{unknown}' is none.").At("/scopes")
        : null;

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
            if (key.X5c.Count > 0 && !RegisteredCertificates.IsCertificateOf(key))
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
            ClientType = entry.IsPublic ? ClientTypes.Public : ClientTypes.Confidential,
            DisplayName = entry.DisplayName,
            JsonWebKeySet = entry.IsPublic ? null : KeysOf(entry.Jwks),
        };
        if (entry.Department is not null)
            client.Properties[ClientProperties.Department] = JsonSerializer.SerializeToElement(entry.Department);
        if (entry.Hall is not null)
            client.Properties[ClientProperties.Hall] = JsonSerializer.SerializeToElement(entry.Hall);
        if (entry.CertificateBound)
            client.Properties[ClientProperties.CertificateBound] = JsonSerializer.SerializeToElement(true);
        if (entry.Application is null)
            client.Permissions.UnionWith(ClientProperties.MachinePermissions);
        else
            entry.Application.Describe(client);
        client.GiveScopes(entry.Scopes);
        return client;
    }

    /// <summary>Gives a client these scopes and no others.</summary>
    public static void GiveScopes(this OpenIddictApplicationDescriptor client, IReadOnlyList<string> scopes)
    {
        client.Permissions.RemoveWhere(permission => permission.StartsWith(Permissions.Prefixes.Scope, StringComparison.Ordinal));
        client.Permissions.UnionWith(scopes.Select(scope => Permissions.Prefixes.Scope + scope));
    }

    public static bool IsName(string name) => Wording.IsLine(name, LongestName);

    public static bool IsReason(string reason) => reason.Length <= LongestReason && !string.IsNullOrWhiteSpace(reason) && !reason.Contains('\0');

    // What is stored has to be a key that can be used: a point of the curve, a modulus of its length.
    private static bool IsStrong(JsonWebKey key)
    {
        try
        {
            if (key is { Kty: JsonWebAlgorithmsKeyTypes.EllipticCurve, Crv: { } name, X.Length: > 0, Y.Length: > 0 } && Curves.TryGetValue(name, out var curve))
            {
                using var point = ECDsa.Create(new ECParameters { Curve = curve, Q = { X = Base64UrlEncoder.DecodeBytes(key.X), Y = Base64UrlEncoder.DecodeBytes(key.Y) } });
                return true;
            }

            if (key is not { Kty: JsonWebAlgorithmsKeyTypes.RSA, N.Length: > 0, E.Length: > 0 } || key.KeySize < SmallestRsaKey)
                return false;
            using var rsa = RSA.Create(new RSAParameters { Modulus = Base64UrlEncoder.DecodeBytes(key.N), Exponent = Base64UrlEncoder.DecodeBytes(key.E) });
            return true;
        }
        catch (Exception malformed) when (malformed is FormatException or CryptographicException)
        {
            return false;
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,99}$", RegexOptions.CultureInvariant)]
    private static partial Regex ClientId();
}
