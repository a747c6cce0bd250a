using System.Security.Cryptography;
using System.Text;

namespace OneDoor.Wire;

/// <summary>Protects what is secret in the database with AES-256-GCM, under a key derived from an operator's secret, which is not in it.</summary>
/// <param name="Purpose">What is protected: the same secret gives another key for each.</param>
public sealed record SecretAtRest(string Purpose)
{
    private const int NonceBytes = 12, TagBytes = 16, KeyBytes = 32;

    /// <param name="secret">The operator's.</param>
    /// <param name="name">Of what is protected; it opens under no other.</param>
    /// <param name="plain">What is secret.</param>
    public byte[] Protect(string secret, string name, byte[] plain)
    {
        var closed = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = closed.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = Cipher(secret);
        aes.Encrypt(nonce, plain, closed.AsSpan(NonceBytes + TagBytes), closed.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(name));
        return closed;
    }

    /// <summary>What was protected under one of these secrets; null where that was another, or another name.</summary>
    public byte[]? Open(IEnumerable<string?> secrets, string name, byte[] closed) =>
        secrets.OfType<string>().Select(secret => Open(secret, name, closed)).FirstOrDefault(plain => plain is not null);

    /// <summary>The same under the secret in use, where the one before alone opens it, so that that one can go; null where it stays as it is.</summary>
    public byte[]? Anew(string secret, string? before, string name, byte[] closed) =>
        before is not null && Open(secret, name, closed) is null && Open(before, name, closed) is { } plain ? Protect(secret, name, plain) : null;

    private byte[]? Open(string secret, string name, byte[] closed)
    {
        var plain = new byte[closed.Length - NonceBytes - TagBytes];
        using var aes = Cipher(secret);
        try
        {
            aes.Decrypt(closed.AsSpan(0, NonceBytes), closed.AsSpan(NonceBytes + TagBytes), closed.AsSpan(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(name));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private AesGcm Cipher(string secret) =>
        new(HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), KeyBytes, info: Encoding.UTF8.GetBytes(Purpose)), TagBytes);
}
