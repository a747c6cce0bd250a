using System.Numerics;
using System.Security.Cryptography;

namespace OneDoor.Evidence;

/// <summary>A part of the tree that is full, and so never changes again: the 2^level entries from index · 2^level on.</summary>
/// <param name="Level">0 for an entry.</param>
/// <param name="Index">Which it is of its level, from 0.</param>
public readonly record struct Subtree(int Level, long Index);

/// <summary>
/// The tree of hashes over the log's entries (RFC 9162 section 2.1). Whatever is asked of it is told in full subtrees, so that who keeps their
/// hashes need not know how they add up.
/// </summary>
public static class MerkleTree
{
    /// <summary>The root over no entries.</summary>
    public static byte[] Empty => SHA256.HashData([]);

    /// <summary>The hash of an entry.</summary>
    public static byte[] HashOf(ReadOnlySpan<byte> entry) => SHA256.HashData([0, .. entry]);

    /// <summary>The hash of two parts.</summary>
    public static byte[] HashOf(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);

    /// <summary>The hash of parts that lie side by side, as <see cref="Parts"/> has them.</summary>
    public static byte[] HashOf(IEnumerable<byte[]> parts) => parts.Reverse().Aggregate((right, left) => HashOf(left, right));

    /// <summary>The full subtrees that entries are made of, the largest first.</summary>
    /// <param name="start">The first of them.</param>
    /// <param name="count">How many they are.</param>
    public static IReadOnlyList<Subtree> Parts(long start, long count)
    {
        List<Subtree> parts = [];
        while (count > 0)
        {
            var level = BitOperations.Log2((ulong)count);
            parts.Add(new(level, start >> level));
            start += 1L << level;
            count -= 1L << level;
        }
        return parts;
    }

    /// <summary>What proves that an entry is in the tree (section 2.1.3.1): of each hash the parts it is over.</summary>
    /// <param name="index">The entry, from 0.</param>
    /// <param name="size">How many there are.</param>
    public static IReadOnlyList<IReadOnlyList<Subtree>> InclusionPath(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        List<IReadOnlyList<Subtree>> path = [];
        for (var (start, count) = (0L, size); count > 1;)
        {
            var left = LeftOf(count);
            path.Add(index < start + left ? Parts(start + left, count - left) : Parts(start, left));
            (start, count) = index < start + left ? (start, left) : (start + left, count - left);
        }
        path.Reverse();
        return path;
    }

    /// <summary>What proves that a tree begins with a smaller one (section 2.1.4.1): of each hash the parts it is over.</summary>
    /// <param name="from">How many entries the smaller one has; with none there is nothing to prove.</param>
    /// <param name="to">How many the larger one has.</param>
    public static IReadOnlyList<IReadOnlyList<Subtree>> ConsistencyPath(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        List<IReadOnlyList<Subtree>> path = [];
        if (from == 0)
            return path;
        var (start, count, isKnown) = (0L, to, true);
        while (from < start + count)
        {
            var left = LeftOf(count);
            if (from <= start + left)
            {
                path.Add(Parts(start + left, count - left));
                count = left;
            }
            else
            {
                path.Add(Parts(start, left));
                (start, count, isKnown) = (start + left, count - left, false);
            }
        }
        if (!isKnown)
            path.Add(Parts(start, count));
        path.Reverse();
        return path;
    }

    // The largest power of two that is smaller.
    private static long LeftOf(long count) => 1L << BitOperations.Log2((ulong)count - 1);
}
