using Npgsql;
using Weasel.Core;
using Weasel.Postgresql.Tables;

namespace OneDoor.Evidence;

/// <summary>How far the log has come.</summary>
/// <param name="Size">How many entries it has.</param>
/// <param name="Number">The number of the last fact in it.</param>
/// <param name="Checkpoint">What was signed of it.</param>
public sealed record LogHead(long Size, long Number, string Checkpoint);

/// <summary>The log as it is stored: its entries in order, the hashes of its full tiles, which are of 256, and its one head.</summary>
public sealed class LogTable(NpgsqlDataSource database)
{
    /// <summary>The entries' table, for whoever compares it with the facts.</summary>
    public const string Entries = $"{Store.Schema}.log_entries";

    private const string Tiles = $"{Store.Schema}.log_tiles", Heads = $"{Store.Schema}.log_head";

    // How many levels of the tree a tile has: what lies between is computed, which costs less than to store it.
    private const int Height = 8;

    /// <summary>How far behind the facts it is.</summary>
    public static readonly Lag Lag = Lag.Of("log", $"select coalesce(max(number), 0) from {Heads}");

    public static ISchemaObject[] Schema
    {
        get
        {
            var entries = new Table(Entries);
            entries.AddColumn("position", "bigint").AsPrimaryKey();
            entries.AddColumn("number", "bigint").NotNull();
            entries.AddColumn("stream_id", "uuid").NotNull();
            entries.AddColumn("version", "bigint").NotNull();
            entries.AddColumn("digest", "bytea").NotNull();
            entries.Indexes.Add(new IndexDefinition("log_entries_thing") { Columns = ["stream_id", "version"] });
            entries.Indexes.Add(new IndexDefinition("log_entries_number") { Columns = ["number"] });
            var tiles = new Table(Tiles);
            tiles.AddColumn("level", "integer").AsPrimaryKey();
            tiles.AddColumn("position", "bigint").AsPrimaryKey();
            tiles.AddColumn("hash", "bytea").NotNull();
            var head = new Table(Heads);
            head.AddColumn("id", "integer").AsPrimaryKey();
            head.AddColumn("size", "bigint").NotNull();
            head.AddColumn("number", "bigint").NotNull();
            head.AddColumn("checkpoint", "text").NotNull();
            return [entries, tiles, head];
        }
    }

    /// <summary>Its head; null before its first one.</summary>
    public async Task<LogHead?> Head(CancellationToken ct) => (await database.Rows(HeadRow, HeadOf, ct)).SingleOrDefault();

    /// <summary>Its head, which nobody else moves until the transaction is over.</summary>
    public static async Task<LogHead?> HoldHead(NpgsqlConnection connection, CancellationToken ct)
    {
        // Who comes first has no row to hold.
        await connection.Execute($"select pg_advisory_xact_lock(hashtextextended('{Heads}', 0))", ct);
        return (await connection.Rows($"{HeadRow} for update", HeadOf, ct)).SingleOrDefault();
    }

    /// <summary>Puts another head in the place of the one that is held.</summary>
    public static Task Move(NpgsqlConnection connection, LogHead head, CancellationToken ct) => connection.Execute(
        $"""
        insert into {Heads} (id, size, number, checkpoint) values (1, $1, $2, $3)
        on conflict (id) do update set size = excluded.size, number = excluded.number, checkpoint = excluded.checkpoint
        """, ct, head.Size, head.Number, head.Checkpoint);

    /// <summary>Adds entries, each with its fact's number, and the tiles that they fill.</summary>
    public static async Task Add(NpgsqlConnection connection, long size, IReadOnlyList<(long Number, LogEntry Entry)> added, CancellationToken ct)
    {
        await connection.Execute(
            $"""
            insert into {Entries} (position, number, stream_id, version, digest) select $1 + i - 1, number, stream_id, version, digest
            from unnest($2::bigint[], $3::uuid[], $4::bigint[], $5::bytea[]) with ordinality e(number, stream_id, version, digest, i)
            """, ct, size, added.Select(a => a.Number).ToArray(), added.Select(a => a.Entry.Thing).ToArray(), added.Select(a => a.Entry.Version).ToArray(), added.Select(a => a.Entry.Digest).ToArray());
        for (var level = Height; (size + added.Count) >> level > 0; level += Height)
        {
            var full = Enumerable.Range(0, (int)(((size + added.Count) >> level) - (size >> level))).Select(i => new Subtree(level, (size >> level) + i)).ToArray();
            var hashes = await Hashes(connection, [.. full.Select(HalvesOf)], ct);
            for (var i = 0; i < full.Length; i++)
                await connection.Execute($"insert into {Tiles} (level, position, hash) values ($1, $2, $3)", ct, level, full[i].Index, hashes[i]);
        }
    }

    /// <summary>The newest entry of a thing, up to a version, that the log has had since it was of a size.</summary>
    public async Task<(long Position, LogEntry Entry)?> NewestOf(Guid thing, long version, long size, CancellationToken ct)
    {
        var newest = await database.Rows(
            $"select position, version, digest from {Entries} where stream_id = $1 and version <= $2 and position < $3 order by version desc, position limit 1",
            row => (row.GetInt64(0), new LogEntry(thing, row.GetInt64(1), row.GetFieldValue<byte[]>(2))), ct, thing, version, size);
        return newest is [var entry] ? entry : null;
    }

    /// <summary>Where an entry stands that the log has had since it was of a size; null where it has none such.</summary>
    public Task<long?> PositionOf(LogEntry entry, long size, CancellationToken ct) => database.Value<long?>(
        $"select min(position) from {Entries} where stream_id = $1 and version = $2 and digest = $3 and position < $4", ct, entry.Thing, entry.Version, entry.Digest, size);

    /// <summary>The hashes of a path, of which each is over parts that lie side by side.</summary>
    public async Task<IReadOnlyList<byte[]>> Hashes(IReadOnlyList<IReadOnlyList<Subtree>> path, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await Hashes(connection, path, ct);
    }

    /// <inheritdoc cref="Hashes(IReadOnlyList{IReadOnlyList{Subtree}}, CancellationToken)"/>
    public static async Task<IReadOnlyList<byte[]>> Hashes(NpgsqlConnection connection, IReadOnlyList<IReadOnlyList<Subtree>> path, CancellationToken ct)
    {
        var found = new Dictionary<Subtree, byte[]>();
        var kept = path.SelectMany(parts => parts).Select(KeptOf).ToLookup(k => k.Level);
        foreach (var level in kept)
        {
            List<object> bounds = [level.Select(k => k.First).ToArray(), level.Select(k => k.First + k.Count).ToArray()];
            if (level.Key > 0)
                bounds.Add(level.Key);
            var hashes = await connection.Rows(
                $"select distinct on (t.position) t.* from unnest($1::bigint[], $2::bigint[]) r(first, beyond) join {(level.Key == 0 ? EntriesOf : TilesOf)} t on t.position >= first and t.position < beyond",
                row => (At: row.GetInt64(0), Hash: level.Key == 0 ? EntryOf(row).Hash : row.GetFieldValue<byte[]>(1)), ct, bounds);
            foreach (var (at, hash) in hashes)
                found[new(level.Key, at)] = hash;
        }
        return [.. path.Select(parts => MerkleTree.HashOf(parts.Select(Hash)))];

        byte[] Hash(Subtree part) => found.TryGetValue(part, out var hash) ? hash
            : part.Level % Height == 0 ? throw new InvalidOperationException($"The log has lost its part {part.Level}/{part.Index}.")
            : MerkleTree.HashOf(HalvesOf(part).Select(Hash));
    }

    private const string EntriesOf = $"(select position, stream_id, version, digest from {Entries})", TilesOf = $"(select position, hash from {Tiles} where level = $3)";

    private static LogEntry EntryOf(NpgsqlDataReader reader) => new(reader.GetGuid(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3));

    // A tile's own hash is not read from the tile that is about to be stored, but from the level below it.
    private static Subtree[] HalvesOf(Subtree part) => [new(part.Level - 1, part.Index * 2), new(part.Level - 1, (part.Index * 2) + 1)];

    // What is stored of a part: itself, or the parts of a level that is.
    private static (int Level, long First, long Count) KeptOf(Subtree part) => part.Level % Height is var above && above == 0
        ? (part.Level, part.Index, 1) : (part.Level - above, part.Index << above, 1L << above);

    private const string HeadRow = $"select size, number, checkpoint from {Heads} where id = 1";

    private static LogHead HeadOf(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetString(2));
}
