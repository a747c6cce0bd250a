using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace OneDoor.Wire;

/// <summary>Certificates that clients show, and tokens bound to them (RFC 8705 section 3).</summary>
public static class ClientCertificates
{
    /// <summary>Lets clients connect with any certificate: TLS proves that they hold its key, and what it is worth is said elsewhere.</summary>
    public static void Allow(HttpsConnectionAdapterOptions https)
    {
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        https.AllowAnyClientCertificate();
    }

    /// <summary>A certificate as a proxy passes it on: <c>:base64:</c> of RFC 9440, or percent-encoded PEM as nginx writes it; null for what is none.</summary>
    public static X509Certificate2? Read(string header)
    {
        try
        {
            return header.Length > 2 && header[0] == ':' && header[^1] == ':'
                ? X509CertificateLoader.LoadCertificate(Convert.FromBase64String(header[1..^1]))
                : X509Certificate2.CreateFromPem(Uri.UnescapeDataString(header));
        }
        catch (Exception malformed) when (malformed is FormatException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether a token's confirmation (<c>cnf</c>) is of this certificate. One of another kind cannot be checked, so it never holds.</summary>
    public static bool IsConfirmed(this X509Certificate2? certificate, JsonElement confirmation) =>
        certificate is not null
        && confirmation.ValueKind == JsonValueKind.Object
        && confirmation.TryGetProperty("x5t#S256", out var bound) && bound.ValueKind == JsonValueKind.String
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(bound.GetString()!), Encoding.UTF8.GetBytes(Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256))));
}
