using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OneDoor.Evidence;

/// <summary>What the log says of itself, once it is signed: how many entries it has, and the root over them (C2SP tlog-checkpoint).</summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Size">How many entries it has.</param>
/// <param name="Root">The root over them.</param>
public sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    private const byte Ed25519 = 1;

    /// <summary>What is signed.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n");

    /// <summary>What names a key that signs as somebody (C2SP signed-note): the first four bytes of SHA-256 over name, line feed, 1 for Ed25519, and the public key.</summary>
    public static byte[] KeyId(string name, byte[] key) => SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', Ed25519, .. key])[..4];

    /// <summary>The checkpoint with its signature.</summary>
    /// <param name="key">The public key.</param>
    /// <param name="signature">That of <see cref="Text"/> by it.</param>
    public string Signed(byte[] key, byte[] signature) => $"{Text}\n— {Origin} {Convert.ToBase64String([.. KeyId(Origin, key), .. signature])}\n";

    /// <summary>Reads a signed checkpoint; null for what is none.</summary>
    public static (Checkpoint Says, byte[] KeyId, byte[] Signature)? Read(string signed) =>
        signed.Split('\n') is [var origin, var size, var root, "", var line, ""] && line.Split(' ') is ["—", var name, var by] && name == origin
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && Bytes(root) is { Length: SHA256.HashSizeInBytes } hash && Bytes(by) is { Length: 4 + 64 } signature
            ? (new(origin, count, hash), signature[..4], signature[4..])
            : null;

    private static byte[]? Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count) ? bytes[..count] : null;
    }
}
