using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OneDoor.Identity.Platform;

namespace OneDoor.Identity.Keys;

/// <summary>Protects private keys at rest with AES-256-GCM under a key derived from <c>Keys:Secret</c>, which is not in the database.</summary>
internal sealed class KeyVault(IOptions<KeysOptions> options)
{
    // Known to everyone: in Development only the shape of production is wanted, not its secrecy.
    private const string DevelopmentSecret = "the-development-secret-protects-nothing";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;

    public byte[] Protect(string kid, byte[] plain)
    {
        var sealedKey = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = sealedKey.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = Cipher(options.Value.Secret ?? DevelopmentSecret);
        aes.Encrypt(nonce, plain, sealedKey.AsSpan(NonceBytes + TagBytes), sealedKey.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(kid));
        return sealedKey;
    }

    public byte[] Unprotect(string kid, byte[] sealedKey)
    {
        string?[] secrets = [options.Value.Secret ?? DevelopmentSecret, options.Value.PreviousSecret];
        foreach (var secret in secrets.OfType<string>())
        {
            if (TryOpen(secret, kid, sealedKey) is { } plain)
                return plain;
        }

        throw new StartupRefusedException("A signing key in the database does not open: Keys:Secret (or Keys:PreviousSecret) is not the one it was stored under.");
    }

    /// <summary>A key for one purpose, the same in every process; another once <c>Keys:Secret</c> is.</summary>
    public byte[] KeyOf(string purpose) => Derived(options.Value.Secret ?? DevelopmentSecret, $"onedoor identity {purpose}");

    private static byte[]? TryOpen(string secret, string kid, byte[] sealedKey)
    {
        var plain = new byte[sealedKey.Length - NonceBytes - TagBytes];
        using var aes = Cipher(secret);
        try
        {
            aes.Decrypt(
                sealedKey.AsSpan(0, NonceBytes), sealedKey.AsSpan(NonceBytes + TagBytes), sealedKey.AsSpan(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(kid));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static AesGcm Cipher(string secret) => new(Derived(secret, "onedoor identity signing keys"), TagBytes);

    private static byte[] Derived(string secret, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), KeyBytes, info: Encoding.UTF8.GetBytes(purpose));
}
