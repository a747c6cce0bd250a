using System.Globalization;
using System.Text;

namespace OneDoor.Evidence;

/// <summary>An entry of the log: a thing stood at a version, and its chain at that digest.</summary>
/// <param name="Thing">Whose fact it is.</param>
/// <param name="Version">The version it led to.</param>
/// <param name="Digest">The link of the thing's chain.</param>
public sealed record LogEntry(Guid Thing, long Version, byte[] Digest)
{
    /// <summary>A digest as it is written.</summary>
    public static string Written(byte[] digest) => Sha256Digest.Prefix + Convert.ToHexStringLower(digest);

    /// <summary>The entry as the log has it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Thing} {Version} {Written(Digest)}");

    /// <summary>Its hash in the tree.</summary>
    public byte[] Hash => MerkleTree.HashOf(Encoding.UTF8.GetBytes(ToString()));
}
