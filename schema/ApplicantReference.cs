using System.Security.Cryptography;
using System.Text;

namespace OneDoor;

/// <summary>
/// Whom someone signed in applies for, as identity tells the API: JSON, encrypted, in the access token's claim
/// <see cref="Claims.Applicant"/>. Whoever carries the token can neither read it nor tell by it that another token is the same person's.
/// </summary>
/// <param name="Key"><c>legal-entity:{USCC}</c> or <c>person:{citizen ID}</c>.</param>
/// <param name="Name">Under which name they apply: that of the account.</param>
public sealed record ApplicantReference(string Key, string Name);

/// <summary>Section <c>Applicants</c> of both servers: what only they know, and applicant references are encrypted under.</summary>
public sealed record ApplicantOptions
{
    // AES-256 and HMAC-SHA-512 (A256CBC-HS512, RFC 7518 section 5.2.5).
    private const int KeyBytes = 64;

    // Known to everyone: in Development only the shape of production is wanted, not its secrecy.
    private const string DevelopmentSecret = "the-development-secret-hides-nobody";

    /// <summary>Required outside Development, and the same on both servers; from a random source.</summary>
    public string? Secret { get; init; }

    /// <summary>One that the API takes as well while the secret is being changed.</summary>
    public string? PreviousSecret { get; init; }

    /// <summary>The keys, the one that encrypts first.</summary>
    public IEnumerable<byte[]> Keys => new[] { Secret ?? DevelopmentSecret, PreviousSecret }.OfType<string>()
        .Select(secret => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), KeyBytes, info: "onedoor applicant references"u8.ToArray()));

    /// <summary>Why a server cannot start with these; null when it can.</summary>
    public string? Refused(bool isDevelopment)
    {
        if (Secret is null && !isDevelopment)
            return "Applicants:Secret is required outside Development: it keeps secret for whom a token is.";
        return new[] { Secret, PreviousSecret }.OfType<string>().All(ConfiguredSecret.IsStrong)
            ? null
            : $"Applicants:Secret, and Applicants:PreviousSecret as well, {ConfiguredSecret.Wanted}";
    }
}
