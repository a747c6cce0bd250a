using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace OneDoor.Evidence;

/// <summary>
/// <c>verify</c>: compares every fact, and what lies beside it of personal data, with what the log has signed for, and names the first that is not as it was stored.
/// The platform may run meanwhile.
/// </summary>
public sealed class VerifyFacts(NpgsqlDataSource database, FactLog log, LogKeys keys, FactChains chains)
{
    private const int Portion = 2_000;

    private const string Logged = $"""
        select l.position, l.number, l.stream_id, l.version, l.digest, b.digest, e.seq_id, e.type, e.data, p.salt, p.data::text
        from {LogTable.Entries} l
            left join lateral (select digest from {LogTable.Entries} where stream_id = l.stream_id and position < l.position order by version desc, position desc limit 1) b on true
            left join {Store.Schema}.mt_events e on e.stream_id = l.stream_id and e.version = l.version
            left join {PersonalParts.QualifiedName} p on p.stream_id = l.stream_id and p.version = l.version
        where l.position >= $1 and l.position < $2 order by l.position
        """;

    // Among those that the log has, or beyond what its stream knows of: whoever stores a fact by the platform moves that with it.
    private const string Inserted = $"""
        select e.seq_id, e.stream_id, e.version, e.type from {Store.Schema}.mt_events e
        where e.type <> '{FactLog.Tombstone}' and e.seq_id <= $1 and not exists (select from {LogTable.Entries} l where l.number = e.seq_id)
        union all
        select e.seq_id, e.stream_id, e.version, e.type from {Store.Schema}.mt_events e left join {Store.Schema}.mt_streams s on s.id = e.stream_id
        where e.type <> '{FactLog.Tombstone}' and e.version > coalesce(s.version, 0)
        order by 1 limit 1
        """;

    private const string Cut = $"""
        select s.id, s.version from {Store.Schema}.mt_streams s
        where s.version > 0 and exists (select from {Store.Schema}.mt_events e where e.stream_id = s.id and e.type <> '{FactLog.Tombstone}')
            and not exists (select from {Store.Schema}.mt_events e where e.stream_id = s.id and e.version = s.version) limit 1
        """;

    // What is wrong, and with the fact of which number.
    private sealed record Finding(long Number, string Says);

    /// <summary>Runs it and says what it found.</summary>
    /// <param name="kept">The file of a checkpoint that somebody has kept; null for none.</param>
    public async Task<int> Run(string? kept, CancellationToken ct)
    {
        Checkpoint? before = null;
        if (kept is not null && (before = await keys.Read(await File.ReadAllTextAsync(kept, ct), ct)) is null)
            return await Commands.Refuse($"{kept} is no checkpoint that this log has signed.");
        var head = await log.Head(ct);
        if (await FirstWrong(head, before, ct) is { } wrong)
            return await Commands.Refuse(wrong);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The facts are as they were stored, up to number {head.Number}."));
        return 0;
    }

    /// <summary>What is wrong with the first fact that is not as it was stored; null where all are.</summary>
    /// <param name="head">Up to where they are compared.</param>
    /// <param name="before">A checkpoint that the log has signed; null for none.</param>
    public async Task<string?> FirstWrong(LogHead head, Checkpoint? before, CancellationToken ct)
    {
        if (await keys.Read(head.Checkpoint, ct) is not { } signed || signed.Size != head.Size || before?.Size > head.Size)
            return "The log's head is not what was signed.";
        var erased = await Erased(ct);
        var (tree, found, progress) = (new GrowingTree(), (Finding?)null, new Progress(head.Size, "facts compared"));
        for (var position = 0L; position < head.Size && found is null; position += Portion)
        {
            var beyond = Math.Min(position + Portion, head.Size);
            found = await Compare(position, beyond, tree, before, erased, ct);
            progress.Add(beyond - position);
        }
        if (await FirstInserted(head.Number, ct) is { } inserted && inserted.Number < (found?.Number ?? long.MaxValue))
            found = inserted;
        found ??= await FirstCut(ct);
        return found?.Says ?? (tree.Size == signed.Size && tree.Root.SequenceEqual(signed.Root) ? null : "The log's entries are not those that were signed, and the facts were made to fit them.");
    }

    private async Task<Finding?> Compare(long first, long beyond, GrowingTree tree, Checkpoint? before, Dictionary<Guid, long> erased, CancellationToken ct)
    {
        await using var command = database.Ask(Logged, first, beyond);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var (position, number) = (reader.GetInt64(0), reader.GetInt64(1));
            var entry = new LogEntry(reader.GetGuid(2), reader.GetInt64(3), reader.GetFieldValue<byte[]>(4));
            if (position != tree.Size)
                return new(number, Invariant($"The log lacks its entry {tree.Size}."));
            var wrong = WhatIsWrong(reader, number, entry, erased);
            // Somebody may have erased it since.
            if (wrong is not null && reader.IsDBNull(9))
                wrong = WhatIsWrong(reader, number, entry, await Erased(ct));
            if (wrong is not null)
                return new(number, Invariant($"Fact {number}, which led {entry.Thing} to version {entry.Version}, {wrong}."));
            tree.Add(entry.Hash);
            if (tree.Size == before?.Size && !tree.Root.SequenceEqual(before.Root))
                return new(number, "The log does not go on from the checkpoint that was kept: facts up to there were changed, and the log with them.");
        }
        return null;
    }

    private string? WhatIsWrong(NpgsqlDataReader reader, long number, LogEntry entry, Dictionary<Guid, long> erased)
    {
        if (reader.IsDBNull(6))
            return "is missing";
        var (link, type, fact) = (reader.IsDBNull(5) ? FactChain.Beginning : reader.GetFieldValue<byte[]>(5), reader.GetString(7), reader.GetString(8));
        if (reader.GetInt64(6) != number)
            return "is not in its place any more";
        if (!chains.Follow(link, entry.Thing, entry.Version, type, fact).Digest.SequenceEqual(entry.Digest))
            return $"{type}, was altered";
        using var json = JsonDocument.Parse(fact);
        if (!json.RootElement.TryGetProperty(PersonalParts.Digest, out var digest))
            return null;
        if (reader.IsDBNull(9))
            return erased.GetValueOrDefault(entry.Thing) > number ? null : $"{type}, lacks its personal data, and nobody has erased it";
        return new PersonalPart(reader.GetFieldValue<byte[]>(9), Encoding.UTF8.GetBytes(reader.GetString(10))).Digest == digest.GetString() ? null : $"{type}, has had its personal data altered";
    }

    // By number the last erasure of each thing.
    private async Task<Dictionary<Guid, long>> Erased(CancellationToken ct) => new(await database.Rows(
        $"select (data ->> 'thing')::uuid, max(seq_id) from {Store.Schema}.mt_events where type = '{Streams.AliasOf(typeof(PersonalDataErased))}' group by 1",
        row => KeyValuePair.Create(row.GetGuid(0), row.GetInt64(1)), ct));

    private async Task<Finding?> FirstInserted(long number, CancellationToken ct) => (await database.Rows(
        Inserted, row => new Finding(row.GetInt64(0), Invariant($"Fact {row.GetInt64(0)}, {row.GetString(3)}, of {row.GetGuid(1)} at version {row.GetInt64(2)}, was inserted.")), ct, number)).SingleOrDefault();

    private async Task<Finding?> FirstCut(CancellationToken ct) => (await database.Rows(
        Cut, row => new Finding(0, Invariant($"The fact that led {row.GetGuid(0)} to version {row.GetInt64(1)} is missing.")), ct)).SingleOrDefault();

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    // Entries in order; of what is full only the hash is kept.
    private sealed class GrowingTree
    {
        private readonly Stack<(int Level, byte[] Hash)> _parts = new();

        public long Size { get; private set; }

        public byte[] Root => Size == 0 ? MerkleTree.Empty : MerkleTree.HashOf(_parts.Reverse().Select(part => part.Hash));

        public void Add(byte[] hash)
        {
            var level = 0;
            for (; _parts.TryPeek(out var left) && left.Level == level; level++)
                hash = MerkleTree.HashOf(_parts.Pop().Hash, hash);
            _parts.Push((level, hash));
            Size++;
        }
    }
}
