using Marten;
using Npgsql;
using Weasel.Postgresql.Tables;

namespace OneDoor.Notifications;

/// <summary>A notification, as it is stored.</summary>
/// <param name="Type">Of the fact's event, for instance <c>onedoor.case.accepted</c>.</param>
/// <param name="Address">Where what it is about is read.</param>
/// <param name="Version">The thing's with the fact: of two at one instant the later.</param>
/// <param name="ReadAt">When one of those it is for has read it; null until then.</param>
public sealed record StoredNotification(Guid Id, string Type, string Address, DateTimeOffset At, int Version, Text Title, Text Text, DateTimeOffset? ReadAt);

/// <summary>
/// The notifications: each a row for one way to a thing, written with its fact and never changed but by its being read. Whoever comes that way has it, so that what
/// was told before somebody first signed in waits for them.
/// </summary>
public sealed class NotificationTable(NpgsqlDataSource database)
{
    public const string Name = $"{Store.Schema}.notifications";

    private const string Columns = "id, type, address, at, version, title_zh, title_en, text_zh, text_en, read_at";

    // However often a fact is written, its notification is there once.
    private const string Insert = $"insert into {Name} (id, way, thing, version, type, address, at, title_zh, title_en, text_zh, text_en) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";

    /// <summary>Whom something was told, and of what, is nobody's to know once the thing is erased.</summary>
    public static readonly ErasedBesides Erased = new($"delete from {Name} where thing = ?");

    public static Table Schema
    {
        get
        {
            var table = new Table(Name);
            table.AddColumn("id", "uuid").AsPrimaryKey();
            table.AddColumn("way", "text").NotNull();
            table.AddColumn("thing", "uuid").NotNull();
            table.AddColumn("version", "integer").NotNull();
            foreach (var column in new[] { "type", "address", "title_zh", "title_en", "text_zh", "text_en" })
                table.AddColumn(column, "text").NotNull();
            table.AddColumn("at", "timestamptz").NotNull();
            table.AddColumn("read_at", "timestamptz");
            table.Indexes.Add(new IndexDefinition("notifications_of_a_fact") { Columns = ["thing", "version", "way"], IsUnique = true });
            table.Indexes.Add(new IndexDefinition("notifications_in_order") { Columns = ["way", "at", "version", "id"] });
            table.Indexes.Add(new IndexDefinition("notifications_unread") { Columns = ["way"], Predicate = "(read_at is null)" });
            return table;
        }
    }

    /// <summary>Tells of the facts of a kind of thing by the name that the log of reads has for them, and where they are.</summary>
    /// <inheritdoc cref="Written{TState, TFact}"/>
    public static WrittenWith<TState, TFact> Written<TState, TFact, TView, TEvent>(
        Reading<TState, TFact, TView, TEvent> reading, Func<TState, TFact, Notification?> told, IReadOnlyList<NotificationChannel> sent)
        where TState : class, IFolded<TState, TFact> where TFact : class, IFact where TView : class => Written(reading.Noted!, reading.AddressOf, told, sent);

    /// <summary>Tells of the facts of a kind of thing, in their transaction: there is none without its fact, and none twice.</summary>
    /// <param name="capability">What the things are called in the types of events.</param>
    /// <param name="address">Where one is read.</param>
    /// <param name="told">Who is told of a fact, and what.</param>
    /// <param name="sent">By what they are told besides, where they want that.</param>
    public static WrittenWith<TState, TFact> Written<TState, TFact>(
        string capability, Func<TState, string> address, Func<TState, TFact, Notification?> told, IReadOnlyList<NotificationChannel> sent)
        where TState : class, IFolded<TState, TFact> where TFact : class, IFact => new((operations, state, facts) =>
        {
            foreach (var (version, fact) in facts)
            {
                if (told(state, fact) is not { } notification)
                    continue;
                foreach (var way in notification.To.Distinct())
                    operations.QueueSqlCommand(
                        Insert, Guid.CreateVersion7(fact.At), way.Name, state.Id, version, Told.TypeOf(capability, Streams.AliasOf(fact.GetType())), address(state), fact.At.ToUniversalTime(),
                        notification.Title.Zh, notification.Title.En, notification.Text.Zh, notification.Text.En);
                if (sent.Count > 0)
                    MailTable.Tell(operations, (state.Id, version), notification.IsAct, fact.At, sent);
            }
            return ValueTask.CompletedTask;
        });

    /// <summary>A page of what those are told who come these ways, the latest first.</summary>
    public Task<IReadOnlyList<StoredNotification>> Of(string[] ways, bool unread, (DateTimeOffset At, int Version, Guid Id)? after, int first, CancellationToken ct) => database.Rows(
        $"select {Columns} from {Name} where way = any ($1) and (not $2 or read_at is null) and ($3::timestamptz is null or (at, version, id) < ($3, $4, $5)) order by at desc, version desc, id desc limit $6",
        Of, ct, ways, unread, new NpgsqlParameter { Value = (object?)after?.At.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz },
        after?.Version ?? 0, after?.Id ?? Guid.Empty, first);

    /// <summary>How many there are on all pages.</summary>
    public Task<long> Count(string[] ways, bool unread, CancellationToken ct) =>
        database.Value<long>($"select count(*) from {Name} where way = any ($1) and (not $2 or read_at is null)", ct, ways, unread);

    /// <summary>One of what those are told who come these ways; null where there is no such one.</summary>
    public async Task<StoredNotification?> Find(Guid id, string[] ways, CancellationToken ct) =>
        (await database.Rows($"select {Columns} from {Name} where id = $1 and way = any ($2)", Of, ct, id, ways)).SingleOrDefault();

    /// <summary>What anybody is told of the facts numbered after a place and up to another, in the order of the facts.</summary>
    public async Task<IReadOnlyList<NotifiedFact>> Between(long after, long until, CancellationToken ct)
    {
        var rows = await database.Rows(
            $"""
            select {Columns}, way, number from (
                select n.*, e.seq_id number from {Store.Schema}.mt_events e join {Name} n on n.thing = e.stream_id and n.version = e.version where e.seq_id > $1 and e.seq_id <= $2) told
            order by number, id
            """, row => (Number: row.GetInt64(11), Way: row.GetString(10), Notification: Of(row)), ct, after, until);
        return [.. rows.GroupBy(row => row.Number, row => (row.Way, row.Notification)).Select(fact => new NotifiedFact([.. fact]))];
    }

    /// <summary>Notes that it was read, with all else that the session commits; the first reading counts.</summary>
    public static void Read(IDocumentSession session, Guid id, DateTimeOffset at) =>
        session.QueueSqlCommand($"update {Name} set read_at = coalesce(read_at, ?) where id = ?", at.ToUniversalTime(), id);

    private static StoredNotification Of(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.GetInt32(4), new(row.GetString(5), row.GetString(6)),
        new(row.GetString(7), row.GetString(8)), row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9));
}
