using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Marten;
using Npgsql;
using NpgsqlTypes;
using Weasel.Postgresql.Tables;

namespace OneDoor.Platform;

/// <summary>A kind of things that are listed.</summary>
/// <param name="Name">What tells it from others.</param>
/// <param name="IsDue">Whether things in a state are due.</param>
public sealed record Kind(string Name, Func<string, bool> IsDue);

/// <summary>A row of the table, as it is written: a thing on one way to it.</summary>
public sealed record FoundRow(Findable Thing, Place Place, long Way, IReadOnlyList<long>? Ways)
{
    /// <summary>The columns and their types, in the order of <see cref="Values"/>.</summary>
    public static readonly IReadOnlyList<(string Name, NpgsqlDbType Type)> Columns =
    [
        ("id", NpgsqlDbType.Uuid), ("way", NpgsqlDbType.Bigint), ("changed", NpgsqlDbType.TimestampTz), ("due", NpgsqlDbType.TimestampTz),
        ("first_due", NpgsqlDbType.TimestampTz), ("version", NpgsqlDbType.Integer), ("open", NpgsqlDbType.Smallint), ("waiting", NpgsqlDbType.Smallint),
        ("state", NpgsqlDbType.Text), ("item", NpgsqlDbType.Text), ("hall", NpgsqlDbType.Text),
        ("dues", NpgsqlDbType.Array | NpgsqlDbType.TimestampTz), ("ways", NpgsqlDbType.Array | NpgsqlDbType.Bigint),
    ];

    public IReadOnlyList<object?> Values =>
    [
        Thing.Id, Way, Thing.ChangedAt, Thing.DueAt, Place.Due.Count == 0 ? null : Place.Due[0],
        Thing.Version, (short)Place.Open, (short)Place.Waiting, Place.State, Thing.Item, Thing.Hall,
        Place.Due.Count == 0 ? null : Place.Due.ToArray(), Ways?.ToArray(),
    ];
}

/// <summary>
/// The one table by which lists find things: a row for each way that leads to a thing, written in the transaction of the facts,
/// with what lists filter and sort by and nothing else. Its indexes are in the order of lists, so that a page costs the same
/// however many things there are (decision 0022).
/// </summary>
/// <param name="database">Where it is.</param>
/// <param name="secrets">Of its ways the table holds keyed digests: whose they are cannot be read from it.</param>
public sealed class FoundTable(NpgsqlDataSource database, StoreSecrets secrets)
{
    public const string Name = "found";

    // Planned as if few ways led to many things each: the worst that can be asked for is a department's.
    private const int WaysToPlanFor = 30;

    private static readonly string Rows = $"""
        select {string.Join(", ", FoundRow.Columns.Select(c => $"{c.Name}::{TypeOf(c.Type)}"))}
        from unnest({string.Join(", ", FoundRow.Columns.Select(c => $"?::{(IsArray(c.Type) ? "text" : TypeOf(c.Type))}[]"))}) n({Names})
        """;

    private static readonly string Add = $"insert into {Store.Schema}.{Name} ({Names}) {Rows}";

    private static readonly string Replace = $"""
        with now as ({Rows}), gone as (delete from {Store.Schema}.{Name} where id = ? and way <> all (?))
        insert into {Store.Schema}.{Name} ({Names}) select * from now
        on conflict (id, way) do update set {string.Join(", ", FoundRow.Columns.Skip(2).Select(c => $"{c.Name} = excluded.{c.Name}"))}
        """;

    // Of ways that are nobody's: those of departments, and the one to everything.
    private readonly ConcurrentDictionary<(string Kind, string Way), long> _keys = new();

    /// <summary>What <c>migrate</c> does for the table besides.</summary>
    public static SchemaStep Tuning { get; } = new($"""
        alter table {Store.Schema}.{Name} set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
        alter table {Store.Schema}.{Name} alter column way set (n_distinct = {WaysToPlanFor})
        """);

    /// <summary>The table with its indexes.</summary>
    public static Table Table
    {
        get
        {
            var table = new Table($"{Store.Schema}.{Name}");
            foreach (var (name, type) in FoundRow.Columns)
            {
                var column = table.AddColumn(name, TypeOf(type));
                if (name is "id" or "way")
                    column.AsPrimaryKey();
                else if (name is not ("due" or "first_due" or "dues" or "ways"))
                    column.NotNull();
            }
            const string Many = "(ways IS NULL)", Due = "((ways IS NULL) AND (due IS NOT NULL))";
            Index("few", ["way", "id"], ["version", "changed", "due", "state", "item", "hall", "ways"], "(ways IS NOT NULL)");
            Index("submitted", ["way", "state", "id"], ["version", "open", "waiting", "changed"], Many);
            Index("changed", ["way", "state", "changed", "id"], ["version", "hall"], Many);
            Index("due", ["way", "state", "due", "id"], ["version", "hall", "changed"], Due);
            Index("item_submitted", ["way", "item", "state", "id"], ["version", "open", "waiting"], Many);
            Index("item_changed", ["way", "item", "state", "changed", "id"], ["version"], Many);
            Index("item_due", ["way", "item", "state", "due", "id"], ["version"], Due);
            Index("hall_submitted", ["way", "hall", "state", "id"], ["version"], Many);
            Index("late", ["way", "first_due"], ["state", "item", "id", "version", "due", "dues"], "((ways IS NULL) AND (first_due IS NOT NULL))");
            return table;

            void Index(string name, string[] columns, string[] included, string predicate) => table.Indexes.Add(
                new IndexDefinition($"{Name}_{name}") { Columns = columns, IncludeColumns = included, Predicate = predicate });
        }
    }

    /// <summary>A way as the table holds it.</summary>
    /// <param name="kind">To which things: the same way to others is another.</param>
    /// <param name="way">The way.</param>
    public long KeyOf(Kind kind, Way way) => way is Way.OfDepartment or Way.Everywhere
        ? _keys.GetOrAdd((kind.Name, way.Name), key => KeyOf(key.Kind, key.Way))
        : KeyOf(kind.Name, way.Name);

    private long KeyOf(string kind, string way) =>
        BinaryPrimitives.ReadInt64BigEndian(HMACSHA256.HashData(secrets.Key, Encoding.UTF8.GetBytes($"{kind} by {way}")));

    /// <summary>Hears what is asked of the table, as it is sent; for whoever measures.</summary>
    public Action<NpgsqlBatchCommand>? Asked { get; set; }

    /// <summary>A list of things of a kind.</summary>
    /// <param name="kind">Of things.</param>
    /// <param name="session">Over whose connection it is asked for; null for one of its own.</param>
    public Search Search(Kind kind, IQuerySession? session = null) => new(database, this, kind, session);

    /// <summary>Those of some things to which one of these ways leads.</summary>
    public async Task<IReadOnlySet<Guid>> Among(Kind kind, IEnumerable<Way> ways, Guid[] things, CancellationToken ct) => (await database.Rows(
        $"select distinct id from {Store.Schema}.{Name} where id = any ($1) and way = any ($2)", row => row.GetGuid(0), ct, things, ways.Select(way => KeyOf(kind, way)).ToArray())).ToHashSet();

    /// <summary>The rows of a thing.</summary>
    public IReadOnlyList<FoundRow> RowsOf(Kind kind, Findable thing)
    {
        var ways = thing.Places.Select(place => KeyOf(kind, place.Way)).ToArray();
        return [.. thing.Places.Zip(ways, (place, way) => new FoundRow(thing, place, way, place.Way.LeadsToFew ? ways : null))];
    }

    /// <summary>Has the session replace a thing's rows by what they are now.</summary>
    /// <param name="session">In whose transaction.</param>
    /// <param name="kind">Of things.</param>
    /// <param name="thing">As it is now.</param>
    /// <param name="isNew">There are none yet.</param>
    public void Put(IDocumentOperations session, Kind kind, Findable thing, bool isNew = false)
    {
        var rows = RowsOf(kind, thing);
        var values = rows.Select(row => row.Values).ToArray();
        var columns = FoundRow.Columns.Select((column, i) =>
            (NpgsqlDbType.Array | (IsArray(column.Type) ? NpgsqlDbType.Text : column.Type), (object?)ArrayOf(column.Type, values.Select(row => row[i]))));
        if (isNew)
            session.QueueSql(Add, columns);
        else
            session.QueueSql(Replace, [.. columns, (NpgsqlDbType.Uuid, thing.Id), (NpgsqlDbType.Array | NpgsqlDbType.Bigint, rows.Select(row => row.Way).ToArray())]);
    }

    private static string Names => string.Join(", ", FoundRow.Columns.Select(c => c.Name));

    private static bool IsArray(NpgsqlDbType type) => type.HasFlag(NpgsqlDbType.Array);

    /// <summary>The type as SQL writes it.</summary>
    internal static string TypeOf(NpgsqlDbType type) => IsArray(type)
        ? $"{TypeOf(type & ~NpgsqlDbType.Array)}[]"
        : type == NpgsqlDbType.TimestampTz ? "timestamptz" : type.ToString().ToLowerInvariant();

    private static object ArrayOf(NpgsqlDbType type, IEnumerable<object?> values) => type switch
    {
        NpgsqlDbType.Uuid => values.Cast<Guid>().ToArray(),
        NpgsqlDbType.Bigint => values.Cast<long>().ToArray(),
        NpgsqlDbType.Integer => values.Cast<int>().ToArray(),
        NpgsqlDbType.Smallint => values.Cast<short>().ToArray(),
        NpgsqlDbType.TimestampTz => values.Cast<DateTimeOffset?>().ToArray(),
        // An array of arrays would have to be as wide everywhere.
        _ => values.Select(value => value switch
        {
            DateTimeOffset[] dues => $"{{{string.Join(',', dues.Select(due => due.ToString("O", CultureInfo.InvariantCulture)))}}}",
            long[] ways => $"{{{string.Join(',', ways)}}}",
            _ => (string?)value,
        }).ToArray(),
    };
}
