using System.Text;
using System.Text.Json.Nodes;
using Marten;
using Npgsql;

namespace OneDoor.Platform;

/// <summary>
/// <c>separate</c>: moves the personal data that earlier releases stored within facts into parts of their own, while the platform runs.
/// Each batch is a transaction, so a run that is stopped has done what it has done, and the next one goes on.
/// </summary>
public sealed class SeparatePersonalData(NpgsqlDataSource database, IDocumentStore store, PersonalParts parts)
{
    private const int Batch = 500;

    private static string Stored(Guid? stream) => $"""
        select seq_id, stream_id, version, type, data::text from {Store.Schema}.mt_events
        where seq_id > $1 and type = any ($2) and data -> '{PersonalParts.Digest}' is null {(stream is null ? "" : $"and stream_id = '{stream}'")}
        order by seq_id limit $3 for update
        """;

    private const string Rewrite = $"""
        with moved as (select * from unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::text[], $5::bytea[], $6::text[]) m(seq_id, stream_id, version, fact, salt, part)),
        apart as (insert into {PersonalParts.QualifiedName} (stream_id, version, salt, data) select stream_id, version, salt, part::json from moved)
        update {Store.Schema}.mt_events e set data = moved.fact::jsonb from moved where e.seq_id = moved.seq_id
        """;

    private sealed record Moved(long Sequence, Guid Stream, long Version, string Fact, PersonalPart Part);

    /// <summary>Runs it and says what it did.</summary>
    public async Task<int> Run(CancellationToken ct)
    {
        Console.WriteLine($"{await Move(null, ct)} facts were stored with personal data in them, which is kept apart now.");
        return 0;
    }

    /// <summary>Moves the personal data of one stream, or of all; says of how many facts.</summary>
    public async Task<int> Move(Guid? stream, CancellationToken ct)
    {
        var types = store.Options.Events.AllKnownEventTypes().Where(e => parts.CanHold(e.EventType)).ToDictionary(e => e.Alias, e => e.EventType);
        var (reached, moved) = ((long?)0, 0);
        while (reached is { } after)
        {
            await using var connection = await database.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            (reached, var batch) = await Read(connection, types, stream, after, ct);
            await connection.Execute(
                Rewrite, ct, batch.Select(m => m.Sequence).ToArray(), batch.Select(m => m.Stream).ToArray(), batch.Select(m => m.Version).ToArray(), batch.Select(m => m.Fact).ToArray(),
                batch.Select(m => m.Part.Salt).ToArray(), batch.Select(m => Encoding.UTF8.GetString(m.Part.Json)).ToArray());
            await transaction.CommitAsync(ct);
            moved += batch.Count;
        }
        return moved;
    }

    // How far it has come, or null at the end, and the facts on the way that hold personal data.
    private async Task<(long? Reached, IReadOnlyList<Moved> Batch)> Read(
        NpgsqlConnection connection, Dictionary<string, Type> types, Guid? stream, long after, CancellationToken ct)
    {
        var facts = await connection.Rows(Stored(stream), row =>
        {
            var fact = JsonNode.Parse(row.GetString(4))!.AsObject();
            var part = parts.TakeFrom(fact, types[row.GetString(3)]);
            return (Sequence: row.GetInt64(0), Moved: part is null ? null : new Moved(row.GetInt64(0), row.GetGuid(1), row.GetInt64(2), fact.ToJsonString(), part));
        }, ct, after, types.Keys.ToArray(), Batch);
        return (facts is [.., var last] ? last.Sequence : null, [.. facts.Select(fact => fact.Moved).OfType<Moved>()]);
    }
}
