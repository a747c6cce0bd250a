using System.Security.Cryptography;
using CsCheck;
using Xunit;

namespace OneDoor.Evidence;

/// <summary>RFC 9162 section 2.1, against its own words: trees of every small size, made by the definition, and verified as section 2.1.3.2 and 2.1.4.2 say.</summary>
public sealed class MerkleTreeTests
{
    private const int Largest = 70;

    [Theory] // the vectors of the first implementation of certificate transparency
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Roots_are_those_that_others_compute(int size, string root)
    {
        string[] entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        var hashes = entries.Select(e => MerkleTree.HashOf(Convert.FromHexString(e))).ToArray();

        Assert.Equal(root, Convert.ToHexStringLower(MerkleTree.HashOf(MerkleTree.Parts(0, size).Select(part => Of(part, hashes)))));
    }

    [Fact]
    public void Every_entry_of_every_size_is_proved_and_none_by_the_proof_of_another()
    {
        var hashes = Entries(Largest);
        for (var size = 1; size <= Largest; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var path = Hashes(MerkleTree.InclusionPath(index, size), hashes);
                Assert.True(IsIncluded(hashes[index], index, size, path, Root(hashes, size)), $"{index} of {size}");
                Assert.False(IsIncluded(hashes[(index + 1) % Largest], index, size, path, Root(hashes, size)));
            }
        }
    }

    [Fact]
    public void Every_size_goes_on_from_every_smaller_one()
    {
        var hashes = Entries(Largest);
        for (var to = 1; to <= Largest; to++)
        {
            for (var from = 1; from <= to; from++)
            {
                var path = Hashes(MerkleTree.ConsistencyPath(from, to), hashes);
                Assert.True(IsConsistent(from, to, Root(hashes, from), Root(hashes, to), path), $"{from} to {to}");
                Assert.False(from < to && IsConsistent(from, to, MerkleTree.Empty, Root(hashes, to), path));
            }
            Assert.Empty(MerkleTree.ConsistencyPath(0, to));
        }
    }

    [Fact]
    public void Whatever_is_asked_for_is_told_in_full_subtrees_that_never_change() =>
        Gen.Select(Gen.Long[1, 1L << 40], Gen.Long[0, 1L << 40]).Sample((size, any) =>
        {
            var index = any % size;
            var parts = MerkleTree.InclusionPath(index, size).SelectMany(p => p).ToArray();
            return parts.All(p => (p.Index + 1) << p.Level <= size) && parts.Length <= 2 * 41 && parts.Sum(p => 1L << p.Level) == size - 1;
        });

    private static byte[][] Entries(int count) => [.. Enumerable.Range(0, count).Select(i => MerkleTree.HashOf([(byte)i]))];

    private static byte[] Root(byte[][] hashes, int size) => MerkleTree.HashOf(MerkleTree.Parts(0, size).Select(part => Of(part, hashes)));

    private static byte[][] Hashes(IReadOnlyList<IReadOnlyList<Subtree>> path, byte[][] hashes) => [.. path.Select(parts => MerkleTree.HashOf(parts.Select(part => Of(part, hashes))))];

    private static byte[] Of(Subtree part, byte[][] hashes) =>
        part.Level == 0 ? hashes[part.Index] : MerkleTree.HashOf(Of(new(part.Level - 1, part.Index * 2), hashes), Of(new(part.Level - 1, (part.Index * 2) + 1), hashes));

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);

    private static bool IsIncluded(byte[] hash, long index, long size, byte[][] path, byte[] root)
    {
        var (fn, sn, r) = (index, size - 1, hash);
        foreach (var p in path)
        {
            if (sn == 0)
                return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                r = Node(p, r);
                while ((fn & 1) == 0 && fn != 0)
                    (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
            {
                r = Node(r, p);
            }
            (fn, sn) = (fn >> 1, sn >> 1);
        }
        return sn == 0 && r.SequenceEqual(root);
    }

    private static bool IsConsistent(long from, long to, byte[] before, byte[] after, byte[][] path)
    {
        if (from == to)
            return path.Length == 0 && before.SequenceEqual(after);
        if (long.IsPow2(from))
            path = [before, .. path];
        var (fn, sn) = (from - 1, to - 1);
        while ((fn & 1) == 1)
            (fn, sn) = (fn >> 1, sn >> 1);
        var (fr, sr) = (path[0], path[0]);
        foreach (var c in path[1..])
        {
            if (sn == 0)
                return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                (fr, sr) = (Node(c, fr), Node(c, sr));
                while ((fn & 1) == 0 && fn != 0)
                    (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
            {
                sr = Node(sr, c);
            }
            (fn, sn) = (fn >> 1, sn >> 1);
        }
        return sn == 0 && fr.SequenceEqual(before) && sr.SequenceEqual(after);
    }
}
