using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OneDoor.Tests.Identity.Platform;

/// <summary>An agency with a key of its own, and the assertions it signs: well-formed unless a test says otherwise.</summary>
public sealed class TestClient(string id, string kid = "one")
{
    private static int _jtis;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Id => id;

    public JsonObject Entry(string? department = "tax", params string[] scopes) => new()
    {
        ["clientId"] = id,
        ["displayName"] = "A test agency",
        ["department"] = department,
        ["scopes"] = new JsonArray([.. (scopes.Length > 0 ? scopes : ["cases:submit", "cases:read"]).Select(s => JsonValue.Create(s))]),
        ["jwks"] = new JsonObject { ["keys"] = new JsonArray(PublicKey()) },
    };

    /// <summary>A certificate this client signs for its own key, and the entry with it in <c>x5c</c>.</summary>
    public X509Certificate2 Certificate(DateTimeOffset? until = null) =>
        new CertificateRequest($"CN={id}", _key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(TestHost.Morning.AddDays(-30), until ?? TestHost.Morning.AddYears(5));

    public JsonObject EntryWith(X509Certificate2 certificate, params string[] scopes)
    {
        var entry = Entry("tax", scopes);
        entry["jwks"]!["keys"]![0]!["x5c"] = new JsonArray(Convert.ToBase64String(certificate.RawData));
        entry["certificateBound"] = true;
        return entry;
    }

    /// <summary>An assertion of this client.</summary>
    /// <param name="host">Gives the time and the audience.</param>
    /// <param name="change">Changes the claims before they are signed.</param>
    /// <param name="credentials">Signs in place of the client's key; <c>alg: none</c> has <paramref name="unsigned"/>.</param>
    /// <param name="header">Members of its header besides.</param>
    public string Assertion(
        TestHost host, Action<Dictionary<string, object>>? change = null, SigningCredentials? credentials = null, bool unsigned = false, string? type = null,
        Dictionary<string, object>? header = null)
    {
        var now = host.Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = id,
            ["sub"] = id,
            ["aud"] = host.Issuer,
            ["iat"] = now,
            ["exp"] = now + 60,
            ["jti"] = Interlocked.Increment(ref _jtis).ToString(CultureInfo.InvariantCulture),
        };
        change?.Invoke(claims);
        var descriptor = new SecurityTokenDescriptor
        {
            Claims = claims,
            TokenType = type,
            AdditionalHeaderClaims = header,
            SigningCredentials = unsigned ? null : credentials ?? Credentials(),
        };
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    public SigningCredentials Credentials() => new(new ECDsaSecurityKey(_key) { KeyId = kid }, SecurityAlgorithms.EcdsaSha256);

    private JsonObject PublicKey()
    {
        var point = _key.ExportParameters(false).Q;
        return new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["kid"] = kid,
            ["x"] = Base64UrlEncoder.Encode(point.X),
            ["y"] = Base64UrlEncoder.Encode(point.Y),
        };
    }
}
