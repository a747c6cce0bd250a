using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.Tokens;

namespace OneDoor.Identity.Clients;

/// <summary>The certificates clients have registered in <c>x5c</c> of their keys (RFC 8705 section 2.2.2).</summary>
internal static class RegisteredCertificates
{
    /// <summary>True when the first certificate of <c>x5c</c> is one, and certifies the very key it stands beside.</summary>
    public static bool IsCertificateOf(JsonWebKey key)
    {
        if (Read(key) is not { } certificate)
            return false;
        using (certificate)
        {
            using var ec = certificate.GetECDsaPublicKey();
            using var rsa = certificate.GetRSAPublicKey();
            return (ec?.ExportParameters(false) is { } point && key.Kty == JsonWebAlgorithmsKeyTypes.EllipticCurve
                    && Is(key.X, point.Q.X) && Is(key.Y, point.Q.Y))
                || (rsa?.ExportParameters(false) is { } numbers && key.Kty == JsonWebAlgorithmsKeyTypes.RSA
                    && Is(key.N, numbers.Modulus) && Is(key.E, numbers.Exponent));
        }
    }

    /// <summary>True when the client has registered exactly this certificate.</summary>
    public static bool IsRegistered(JsonWebKeySet? keys, X509Certificate2 certificate) =>
        keys?.Keys.Any(key => key.X5c.Count > 0 && Is64(key.X5c[0], certificate.RawData)) == true;

    private static X509Certificate2? Read(JsonWebKey key)
    {
        try
        {
            return key.X5c[0] is { } encoded ? X509CertificateLoader.LoadCertificate(Convert.FromBase64String(encoded)) : null;
        }
        catch (Exception malformed) when (malformed is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private static bool Is(string text, byte[]? bytes) => bytes is not null && text.TrimEnd('=') == Base64UrlEncoder.Encode(bytes);

    private static bool Is64(string text, byte[] bytes)
    {
        var decoded = new byte[text.Length];
        return Convert.TryFromBase64String(text, decoded, out var length) && decoded.AsSpan(0, length).SequenceEqual(bytes);
    }
}
