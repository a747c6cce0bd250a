using Npgsql;

namespace OneDoor.Evidence;

/// <summary>What came of adding to the log.</summary>
public enum Added
{
    /// <summary>It has all there is.</summary>
    All,

    /// <summary>There is more.</summary>
    Some,

    /// <summary>The next fact has its personal data within it still, and would be another one once that is moved.</summary>
    Waits,
}

/// <summary>
/// Adds facts to the log, in the order in which they are told. Its head is held from before it is read until the entries, and what is signed of
/// them, are stored: so whoever adds goes on from what was signed last, however many processes do (decision 0062).
/// </summary>
public sealed class FactLog(NpgsqlDataSource database, LogTable table, LogKeys keys, FactChains chains)
{
    private const int Portion = 1_000;

    /// <summary>What the store has for a number that nothing was stored under in the end.</summary>
    internal const string Tombstone = "tombstone";

    private const string Facts = $"""
        select seq_id, stream_id, version, type, data from {Store.Schema}.mt_events where seq_id > $1 and seq_id <= $2 and type <> '{Tombstone}' order by seq_id limit $3
        """;

    // A thing's newest link, unless it is among what is about to be added.
    private const string Links = $"""
        select t.id, e.digest from unnest($1::uuid[]) t(id)
            cross join lateral (select digest from {LogTable.Entries} where stream_id = t.id order by version desc, position desc limit 1) e
        """;

    private sealed record Row(long Number, Guid Thing, long Version, string Type, string Fact);

    /// <summary>The head; the first one is over no facts.</summary>
    public async Task<LogHead> Head(CancellationToken ct)
    {
        LogHead? head;
        while ((head = await table.Head(ct)) is null)
            await Add(0, ct);
        return head;
    }

    /// <summary>Adds the facts up to a number, a portion of them at a time.</summary>
    /// <param name="settled">Up to where facts are settled.</param>
    public async Task<Added> Add(long settled, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var before = await LogTable.HoldHead(connection, ct);
        var head = before ?? new(0, 0, "");
        List<Row> rows = [.. await connection.Rows(
            Facts, row => new Row(row.GetInt64(0), row.GetGuid(1), row.GetInt64(2), row.GetString(3), row.GetString(4)), ct, head.Number, settled, Portion)];
        var whole = rows.FindIndex(row => chains.IsWhole(row.Type, row.Fact));
        if (whole >= 0)
            rows = rows[..whole];
        var outcome = whole >= 0 ? Added.Waits : rows.Count == Portion ? Added.Some : Added.All;
        if (rows.Count == 0 && before is not null)
            return outcome;
        await LogTable.Add(connection, head.Size, await Chained(connection, rows, ct), ct);
        var size = head.Size + rows.Count;
        var root = size == 0 ? MerkleTree.Empty : (await LogTable.Hashes(connection, [MerkleTree.Parts(0, size)], ct))[0];
        await LogTable.Move(connection, new(size, rows.Count == 0 ? head.Number : rows[^1].Number, await keys.Sign(size, root, ct)), ct);
        await transaction.CommitAsync(ct);
        return outcome;
    }

    private async Task<IReadOnlyList<(long Number, LogEntry Entry)>> Chained(NpgsqlConnection connection, IReadOnlyList<Row> rows, CancellationToken ct)
    {
        var newest = await connection.Rows(Links, row => (Thing: row.GetGuid(0), Digest: row.GetFieldValue<byte[]>(1)), ct, rows.Select(row => row.Thing).Distinct().ToArray());
        var links = newest.ToDictionary(link => link.Thing, link => link.Digest);
        List<(long, LogEntry)> entries = [];
        foreach (var row in rows)
        {
            var link = chains.Follow(links.GetValueOrDefault(row.Thing) ?? FactChain.Beginning, row.Thing, row.Version, row.Type, row.Fact).Digest;
            entries.Add((row.Number, new(row.Thing, row.Version, links[row.Thing] = link)));
        }
        return entries;
    }
}

/// <summary>Keeps the log up with the facts.</summary>
public sealed partial class KeepLog(FactLog facts, Settled settled, LogOptions options, IHostEnvironment environment, IConfiguration configuration, ILogger<KeepLog> log)
    : WorkInTurns("log", configuration, log)
{
    // What is committed meanwhile is signed for at once.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(500), Rest = TimeSpan.FromSeconds(10);

    private long _mark;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment() && options.Origin == LogOptions.Nobodys)
            Unnamed(log, options.Origin);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task<bool> Round(CancellationToken ct)
    {
        // Should it fail, what was settled by then is added without waiting for more.
        (var before, _mark) = (_mark, 0);
        var mark = await settled.Beyond(before, ct);
        Added added;
        while ((added = await facts.Add(mark, ct)) == Added.Some)
        {
        }
        if (added == Added.Waits)
        {
            // Not moved here: a release before, which may still run, cannot read what is.
            Waits(log);
            await Task.Delay(Rest, ct);
            return true;
        }
        _mark = mark;
        await Task.Delay(Breath, ct);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Log__Origin is not set: the log of facts is called {Origin}, which is nobody's address, and keeps the name that it begins with")]
    private static partial void Unnamed(ILogger log, string origin);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log of facts waits: there are facts with personal data in them; run `OneDoor.Api separate`")]
    private static partial void Waits(ILogger log);
}
