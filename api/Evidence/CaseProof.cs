using System.Text.Json;
using Npgsql;
using OneDoor.Cases;

namespace OneDoor.Evidence;

/// <summary>What proves that a case's facts are those that were stored, in their order, and that the log has them (存证).</summary>
/// <param name="Version">The case's.</param>
/// <param name="Facts">All its facts, of which a reader is shown their share.</param>
/// <param name="Head">The digest of the last one, which stands for all of them.</param>
/// <param name="Log">The proof that the log has the newest of them that is in it; null while none is.</param>
public sealed record CaseProof(int Version, IReadOnlyList<FactProof> Facts, string Head, LogProof? Log);

/// <summary>A fact in the chain of its case.</summary>
/// <param name="Version">The version it led to.</param>
/// <param name="Digest"><c>sha-256:</c> and, in hexadecimal, SHA-256 over the digest before, of 32 bytes, all zero before the first, and factDigest. A receipt and the log have this one.</param>
/// <param name="FactDigest"><c>sha-256:</c> and SHA-256 over the digests of its members, in order, each of 32 bytes.</param>
/// <param name="Members">What the fact says, as far as the reader may see it; empty where the fact is none that they may see.</param>
/// <param name="Personal">Its personal data, which member personal has the digest of: to whom sees all of the fact, until it is erased; null otherwise.</param>
public sealed record FactProof(int Version, string Digest, string FactDigest, IReadOnlyList<MemberProof> Members, PersonalProof? Personal);

/// <summary>A member of a fact, by which its reader can tell that it is in the fact's digest.</summary>
/// <param name="Digest"><c>sha-256:</c> and SHA-256 over salt and text.</param>
/// <param name="Salt">In base64; null where the reader may not see the member.</param>
/// <param name="Text">The member as JSON, its name included, in UTF-8: <c>"step":"review"</c>; null where the reader may not see it.</param>
public sealed record MemberProof(string Digest, string? Salt, string? Text);

/// <summary>The personal data of a fact: the digest of salt and text stands in its member personal.</summary>
/// <param name="Salt">In base64.</param>
/// <param name="Text">JSON: each text by its JSON Pointer within the fact.</param>
public sealed record PersonalProof(string Salt, string Text);

/// <summary>The proof that the log has an entry (RFC 9162).</summary>
/// <param name="LeafIndex">Which entry it is, from 0.</param>
/// <param name="TreeSize">How many entries the log has in the checkpoint.</param>
/// <param name="Leaf">The entry: the id of a case or another thing, version and digest with a space between; its hash is SHA-256 over a zero byte and it, in UTF-8.</param>
/// <param name="InclusionPath">The hashes that lead to the checkpoint's root (section 2.1.3.2), in base64.</param>
/// <param name="Checkpoint">What the log signs of itself, as at <c>/v1/log/checkpoint</c>.</param>
public sealed record LogProof(long LeafIndex, long TreeSize, string Leaf, IReadOnlyList<string> InclusionPath, string Checkpoint)
{
    /// <summary>The proof that an entry stands at a position of the log.</summary>
    internal static async Task<LogProof> Of(long position, LogEntry entry, LogHead head, LogTable table, CancellationToken ct)
    {
        var path = await table.Hashes(MerkleTree.InclusionPath(position, head.Size), ct);
        return new(position, head.Size, entry.ToString(), [.. path.Select(Convert.ToBase64String)], head.Checkpoint);
    }
}

/// <summary>Why a case is not proved.</summary>
public static class ProofRefusals
{
    public static readonly Refusal NotSeparated = new("proof.not-separated", 409,
        new("该办件尚未存证", "The case is not in the log yet"),
        new("旧版本存储的办件须先由运维人员运行 separate。", "An older release has stored it: its operator runs separate first."));
}

/// <summary>Proves cases to their readers.</summary>
public sealed class CaseProofs(NpgsqlDataSource database, StoredFacts stored, FactChains chains, FactLog log, LogTable table)
{
    /// <summary>The proof of a case that is visible to the viewer, or why there is none yet.</summary>
    public async Task<(CaseProof? Proof, Refusal? Refused)> Of(Case @case, Actor viewer, DateTimeOffset now, CancellationToken ct)
    {
        if (await chains.Of(@case.Id, ct) is not { } all)
            return (null, ProofRefusals.NotSeparated);
        var chain = all.Take(@case.Version).ToArray();
        var facts = (await stored.Of<CaseFact>(@case.Id, ct)).Take(@case.Version).ToArray();
        var personal = await PersonalOf(@case.Id, ct);
        var seen = @case.SeenBy(facts, viewer, now).ToDictionary(f => f.Version, f => f.Fact);
        return (new(
            @case.Version, [.. chain.Select((fact, i) => Shown(fact, facts[i], seen.GetValueOrDefault(i + 1), personal.GetValueOrDefault(fact.Version), viewer))],
            LogEntry.Written(chain[^1].Digest), await LogOf(@case.Id, @case.Version, ct)), null);
    }

    private async Task<LogProof?> LogOf(Guid thing, long version, CancellationToken ct)
    {
        var head = await log.Head(ct);
        return await table.NewestOf(thing, version, head.Size, ct) is var (position, entry) ? await LogProof.Of(position, entry, head, table, ct) : null;
    }

    private static FactProof Shown(ChainedFact chained, CaseFact fact, CaseFact? seen, PersonalProof? personal, Actor viewer)
    {
        var shown = seen is null ? [] : SeenMembers(fact, seen, viewer);
        var isWhole = chained.Members.All(member => member.Name == PersonalParts.Digest || shown.Contains(member.Name));
        if (isWhole)
            shown.Add(PersonalParts.Digest);
        return new(
            (int)chained.Version, LogEntry.Written(chained.Digest), LogEntry.Written(chained.Fact),
            seen is null ? [] : [.. chained.Members.Select(m => shown.Contains(m.Name)
                ? new MemberProof(LogEntry.Written(m.Digest), Convert.ToBase64String(m.Salt), m.Text) : new MemberProof(LogEntry.Written(m.Digest), null, null))],
            isWhole ? personal : null);
    }

    // A member of which the viewer sees only a share is not to be opened: its digest is over the whole of it.
    private static HashSet<string> SeenMembers(CaseFact fact, CaseFact seen, Actor viewer)
    {
        var (whole, share) = (Json(fact), Json(seen));
        HashSet<string> same = [FactChain.Type, .. whole.EnumerateObject().Where(m => share.TryGetProperty(m.Name, out var other) && JsonElement.DeepEquals(m.Value, other)).Select(m => m.Name)];
        // Whose account somebody acts by is shown to nobody else, however much they see.
        if (fact.By is { } by && by.Subject != viewer.Subject && !viewer.IsAuditor)
            same.Remove("by");
        return same;
    }

    private static JsonElement Json(CaseFact fact) => JsonSerializer.SerializeToElement(fact, fact.GetType(), RestJson.Options);

    private async Task<Dictionary<long, PersonalProof>> PersonalOf(Guid thing, CancellationToken ct) => new(await database.Rows(
        $"select version, salt, data::text from {PersonalParts.QualifiedName} where stream_id = $1",
        row => KeyValuePair.Create(row.GetInt64(0), new PersonalProof(Convert.ToBase64String(row.GetFieldValue<byte[]>(1)), row.GetString(2))), ct, thing));
}
