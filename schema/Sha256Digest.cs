using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OneDoor;

/// <summary>What a text or a file is known by.</summary>
public static class Sha256Digest
{
    /// <summary>What every digest begins with: by which algorithm it is.</summary>
    public const string Prefix = "sha-256:";

    /// <summary><c>sha-256:</c> and the digest of a text in UTF-8, in hexadecimal.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>The id of a thing that a text names, so that it is found without asking, and begun once.</summary>
    public static Guid IdOf(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16), bigEndian: true);

    /// <summary>Whether two digests, each in hexadecimal or base64, are of the same bytes.</summary>
    public static bool AreSame(string one, string other) => BytesOf(one).AsSpan().SequenceEqual(BytesOf(other));

    private static byte[] BytesOf(string digest) => digest[Prefix.Length..] is { Length: 64 } hexadecimal
        ? Convert.FromHexString(hexadecimal)
        : Base64Url.DecodeFromChars(digest[Prefix.Length..].Replace('+', '-').Replace('/', '_'));

    /// <summary><c>sha-256:</c> and the digest, in hexadecimal.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Prefix + Convert.ToHexStringLower(SHA256.HashData(bytes));
}
