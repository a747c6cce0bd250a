using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OneDoor;

/// <summary>What a text or a file is known by.</summary>
public static class Sha256Digest
{
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>What every digest begins with: by which algorithm it is.</summary>
    public const string Prefix = "sha-256:";

    /// <summary><c>sha-256:</c> and the digest of a text in UTF-8, in hexadecimal.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>The id of a thing that a text names, so that it is found without asking, and begun once.</summary>
    public static Guid IdOf(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16), bigEndian: true);

    /// <summary>Whether two digests, each in hexadecimal or base64, are of the same bytes.</summary>
    public static bool AreSame(string one, string other) => BytesOf(one).AsSpan().SequenceEqual(BytesOf(other));

    /// <summary>The bytes of a digest in hexadecimal; null where it is none.</summary>
    public static byte[]? Read(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length == Prefix.Length + 64 && text.AsSpan(Prefix.Length).ContainsAnyExcept(Hexadecimal) is false
            ? Convert.FromHexString(text.AsSpan(Prefix.Length)) : null;

    private static byte[] BytesOf(string digest) => digest[Prefix.Length..] is { Length: 64 } hexadecimal
        ? Convert.FromHexString(hexadecimal)
        : Base64Url.DecodeFromChars(digest[Prefix.Length..].Replace('+', '-').Replace('/', '_'));

    /// <summary><c>sha-256:</c> and the digest, in hexadecimal.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Prefix + Convert.ToHexStringLower(SHA256.HashData(bytes));
}
