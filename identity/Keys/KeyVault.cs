using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OneDoor.Identity.Platform;

namespace OneDoor.Identity.Keys;

/// <summary>Protects private keys at rest under <c>Keys:Secret</c>, which is not in the database.</summary>
internal sealed class KeyVault(IOptions<KeysOptions> options)
{
    // Known to everyone: in Development only the shape of production is wanted, not its secrecy.
    private const string DevelopmentSecret = "the-development-secret-protects-nothing";
    private const int KeyBytes = 32;

    private static readonly SecretAtRest AtRest = new("onedoor identity signing keys");

    public byte[] Protect(string kid, byte[] plain) => AtRest.Protect(Secret, kid, plain);

    public byte[] Unprotect(string kid, byte[] sealedKey) =>
        AtRest.Open([Secret, options.Value.PreviousSecret], kid, sealedKey)
        ?? throw new StartupRefusedException("A signing key in the database does not open: Keys:Secret (or Keys:PreviousSecret) is not the one it was stored under.");

    /// <summary>The same under <c>Keys:Secret</c>, where only the secret before opens it; null where it stays as it is.</summary>
    public byte[]? Anew(string kid, byte[] sealedKey) => AtRest.Anew(Secret, options.Value.PreviousSecret, kid, sealedKey);

    /// <summary>A key for one purpose, the same in every process; another once <c>Keys:Secret</c> is.</summary>
    public byte[] KeyOf(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(Secret), KeyBytes, info: Encoding.UTF8.GetBytes($"onedoor identity {purpose}"));

    private string Secret => options.Value.Secret ?? DevelopmentSecret;
}
