namespace OneDoor.Evidence;

/// <summary>What the documentation shows of evidence.</summary>
public static class EvidenceExamples
{
    private static readonly byte[] Salt = Convert.FromHexString("00112233445566778899aabbccddeeff");

    private static readonly FactMember Type = new(FactChain.Type, Salt, "\"$type\":\"case_submitted\""u8.ToArray());

    private static readonly LogEntry Entry = new(Guid.Parse("019e5f0a-5a00-7000-8000-000000000001"), 1, FactChain.Next(FactChain.Beginning, FactChain.DigestOf([Type])));

    public static readonly LogConsistency Consistency = new(3, 4, [Base64(Entry.Hash), Base64(MerkleTree.Empty)]);

    public static readonly LogProof Inclusion =
        new(0, 2, Entry.ToString(), [Base64(MerkleTree.Empty)], new Checkpoint("onedoor.example/log", 2, Entry.Hash).Signed(new byte[32], new byte[64]));

    public static readonly CaseProof Proof = new(
        1,
        [
            new(
                1, LogEntry.Written(Entry.Digest), LogEntry.Written(FactChain.DigestOf([Type])),
                [new(LogEntry.Written(Type.Digest), Base64(Salt), Type.Text)], new(Base64(Salt), "{\"/contact/phone\":\"13800000000\"}")),
        ],
        LogEntry.Written(Entry.Digest),
        Inclusion);

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);
}
