using Marten;
using Npgsql;
using OneDoor.Feed;
using Weasel.Core;
using Weasel.Postgresql.Tables;

namespace OneDoor.Webhooks;

/// <summary>What is sent to a webhook.</summary>
public enum DeliveryKind { Event, Ping, Challenge }

/// <summary>Where a delivery stands.</summary>
public enum DeliveryStatus
{
    /// <summary>It is sent, or once more, when it is due.</summary>
    Waiting,
    Delivered,

    /// <summary>Every attempt has failed: it is sent again by a replay.</summary>
    Parked,

    /// <summary>When it was to be sent, whoever asked for it might not see it any more.</summary>
    Withdrawn,
}

/// <summary>Why an attempt failed.</summary>
public enum DeliveryFailure
{
    /// <summary>There was no answer in time.</summary>
    Timeout,

    /// <summary>There was no connection.</summary>
    Unreachable,

    /// <summary>The address leads to a machine to which nothing is sent.</summary>
    RefusedAddress,

    /// <summary>It was answered with a redirection, which nobody follows.</summary>
    Redirected,

    /// <summary>It was answered with another status than success.</summary>
    Refused,

    /// <summary>What was answered is not the challenge.</summary>
    NotTheChallenge,

    /// <summary>The platform cannot open the secret it signs with any more: its owner rolls it, and replays.</summary>
    SecretLost,
}

/// <summary>A delivery, as it is stored.</summary>
/// <param name="Id">The event's own, or that of the ping or the challenge: the same for every attempt.</param>
/// <param name="Number">The event's place in the order of all facts; null where it is none.</param>
/// <param name="Sequence">Which it is of the webhook's events; null where it is none.</param>
/// <param name="Previous">The one before.</param>
/// <param name="Attempts">How many there were.</param>
/// <param name="Due">When it is sent, or once more.</param>
/// <param name="LastStatus">What the last attempt was answered with; null where it was not.</param>
public sealed record StoredDelivery(
    Guid Webhook, Guid Id, DeliveryKind Kind, string Type, long? Number, long? Sequence, Guid? Previous, DeliveryStatus Status, int Attempts,
    DateTimeOffset CreatedAt, DateTimeOffset Due, DateTimeOffset? DoneAt, int? LastStatus, DeliveryFailure? Failure);

/// <summary>How far each webhook has been told, and what is, or was, to be sent to it; of the last no bodies.</summary>
public sealed class WebhookTable(NpgsqlDataSource database)
{
    /// <summary>How many deliveries wait for their first attempt at most: what comes after stays in the feed until then.</summary>
    public const int MostWaiting = 1_000;

    // How many wait at most in all: a receiver that refuses some is told of the others, and one that is away is not told of everything in vain.
    private const int MostInAll = 10_000;

    /// <summary>Up to where each webhook has been told.</summary>
    public const string Places = $"{Store.Schema}.webhook_places";

    private const string Deliveries = $"{Store.Schema}.webhook_deliveries";
    private const string Columns = "webhook, id, kind, type, number, sequence, previous, status, attempts, created_at, due, done_at, last_status, failure";

    // Which of them are told anything.
    private const string Active = $"join {Store.Schema}.mt_doc_webhook w on w.id = webhook and w.data ->> 'status' = '{nameof(WebhookStatus.Active)}'";

    /// <summary>How far behind the facts is what is put among the deliveries of active ones, and for how long deliveries have been due.</summary>
    public static readonly Lag[] Lags =
    [
        Lag.Of("webhooks", $"select min(place) from {Places} {Active}"),
        new(LagKind.Delivery, "webhooks", $"select min(due) from {Deliveries} {Active} where status = 'waiting' and due <= $2"),
    ];

    /// <summary>Those that are parked, whosever they are.</summary>
    public static readonly ParkedRows Parked = new(
        "webhooks", Deliveries, $"'webhook ' || webhook || ' of ' || coalesce((select data ->> 'ownedBy' from {Store.Schema}.mt_doc_webhook w where w.id = webhook), 'nobody') || ': ' || type || ', ' || coalesce(failure, 'unknown')");

    public static ISchemaObject[] Schema
    {
        get
        {
            var places = new Table(Places);
            places.AddColumn("webhook", "uuid").AsPrimaryKey();
            places.AddColumn("place", "bigint").NotNull();
            places.AddColumn("sequence", "bigint").NotNull();
            places.AddColumn("previous", "uuid");
            places.AddColumn("failing_since", "timestamptz");
            var deliveries = new Table(Deliveries);
            deliveries.AddColumn("webhook", "uuid").AsPrimaryKey();
            deliveries.AddColumn("id", "uuid").AsPrimaryKey();
            deliveries.AddColumn("kind", "text").NotNull();
            deliveries.AddColumn("type", "text").NotNull();
            deliveries.AddColumn("number", "bigint");
            deliveries.AddColumn("sequence", "bigint");
            deliveries.AddColumn("previous", "uuid");
            deliveries.AddColumn("status", "text").NotNull();
            deliveries.AddColumn("attempts", "integer").NotNull();
            deliveries.AddColumn("created_at", "timestamptz").NotNull();
            deliveries.AddColumn("due", "timestamptz").NotNull();
            deliveries.AddColumn("done_at", "timestamptz");
            deliveries.AddColumn("last_status", "integer");
            deliveries.AddColumn("failure", "text");
            deliveries.Indexes.Add(new IndexDefinition("webhook_deliveries_done") { Columns = ["done_at"], Predicate = "((done_at IS NOT NULL) AND (status <> 'parked'::text))" });
            deliveries.Indexes.Add(new IndexDefinition("webhook_deliveries_listed") { Columns = ["webhook", "created_at", "id"] });
            deliveries.Indexes.Add(new IndexDefinition("webhook_deliveries_waiting") { Columns = ["webhook", "due"], Predicate = "(status = 'waiting'::text)" });
            return [places, deliveries];
        }
    }

    /// <summary>What facts of webhooks bring about here, in their transaction.</summary>
    public static WrittenWith<Webhook, WebhookFact> Written { get; } = new((operations, webhook, facts) =>
    {
        foreach (var (_, fact) in facts)
        {
            switch (fact)
            {
                case WebhookCreated f:
                    operations.QueueSqlCommand($"insert into {Places} (webhook, place, sequence) values (?, ?, 0)", webhook.Id, f.Place);
                    Put(operations, webhook.Id, DeliveryKind.Challenge, f.At);
                    break;
                case WebhookChanged { Url: not null } when !webhook.IsVerified:
                    Put(operations, webhook.Id, DeliveryKind.Challenge, fact.At);
                    break;
                case WebhookResumed:
                    // Its five days begin anew.
                    operations.QueueSqlCommand($"update {Places} set failing_since = null where webhook = ?", webhook.Id);
                    if (!webhook.IsVerified)
                        Put(operations, webhook.Id, DeliveryKind.Challenge, fact.At);
                    break;
                case WebhookPinged:
                    Put(operations, webhook.Id, DeliveryKind.Ping, fact.At);
                    break;
                case WebhookReplayed { Place: { } place }:
                    operations.QueueSqlCommand($"update {Places} set place = least(place, ?) where webhook = ?", place, webhook.Id);
                    break;
                case WebhookReplayed:
                    operations.QueueSqlCommand($"update {Deliveries} set {ParkedRows.Again} where webhook = ? and status = 'parked'", webhook.Id);
                    break;
                case WebhookDeleted:
                    // The place first, as whoever puts deliveries does it.
                    operations.QueueSqlCommand($"delete from {Places} where webhook = ?", webhook.Id);
                    operations.QueueSqlCommand($"delete from {Deliveries} where webhook = ?", webhook.Id);
                    break;
            }
        }
        return ValueTask.CompletedTask;
    });

    private static void Put(IDocumentOperations operations, Guid webhook, DeliveryKind kind, DateTimeOffset at)
    {
        // Of a challenge that has not been answered the next takes the place.
        if (kind == DeliveryKind.Challenge)
            operations.QueueSqlCommand($"delete from {Deliveries} where webhook = ? and kind = 'challenge' and status <> 'delivered'", webhook);
        operations.QueueSqlCommand(
            $"insert into {Deliveries} (webhook, id, kind, type, status, attempts, created_at, due) values (?, ?, ?, ?, 'waiting', 0, ?, ?)",
            webhook, Guid.CreateVersion7(at), Kebab.Of(kind), $"onedoor.webhook.{Kebab.Of(kind)}", at.ToUniversalTime(), at.ToUniversalTime());
    }

    /// <summary>Of those of some webhooks that have not been told of all up to a mark: how far they have, and how many deliveries wait, counted no further than to where no more are put.</summary>
    public async Task<IReadOnlyDictionary<Guid, (long Place, long Waiting)>> Behind(IReadOnlyCollection<Guid> webhooks, long mark, CancellationToken ct) => webhooks.Count == 0 ? new Dictionary<Guid, (long, long)>() : (await database.Rows(
        $"""
        select webhook, place, (select case when count(*) >= {MostInAll} then {MostWaiting} else count(*) filter (where d.attempts = 0) end
            from (select attempts from {Deliveries} d where d.webhook = p.webhook and d.status = 'waiting' limit {MostInAll}) d)
        from {Places} p where webhook = any ($1) and place < $2
        """, row => (Webhook: row.GetGuid(0), At: (row.GetInt64(1), row.GetInt64(2))), ct, webhooks.ToArray(), mark)).ToDictionary(row => row.Webhook, row => row.At);

    /// <summary>Puts events among what is to be sent, and moves the place; nothing where somebody has moved it meanwhile.</summary>
    public async Task Put(Guid webhook, long place, IReadOnlyList<ReadEvent> events, long next, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var moved = await connection.Rows(
            $"with was as (select sequence, previous from {Places} where webhook = $1 and place = $2 for update) update {Places} p set place = $3, sequence = p.sequence + $4, previous = coalesce($5, p.previous) from was where webhook = $1 returning was.sequence, was.previous",
            row => (Sequence: row.GetInt64(0), Previous: row.IsDBNull(1) ? (Guid?)null : row.GetGuid(1)), ct, webhook, place, next, (long)events.Count, Id(events.Count == 0 ? null : events[^1].Event.Id));
        if (moved is not [var (sequence, previous)])
            return;
        // In one statement, however many they are: the one before is the row before, and of the first the last that was put.
        await connection.Execute(
            $"""
            insert into {Deliveries} (webhook, id, kind, type, number, sequence, previous, status, attempts, created_at, due)
                select $1, id, 'event', type, number, $5 + n, coalesce(lag(id) over (order by n), $6), 'waiting', 0, $7, $7 from unnest($2::uuid[], $3::text[], $4::bigint[]) with ordinality as told (id, type, number, n)
            on conflict (webhook, id) do update set sequence = excluded.sequence, previous = excluded.previous, status = 'waiting', attempts = 0, due = excluded.due, done_at = null, failure = null
            """,
            ct, webhook, events.Select(read => read.Event.Id).ToArray(), events.Select(read => read.Event.Type).ToArray(), events.Select(read => read.Place).ToArray(), sequence, Id(previous), now.ToUniversalTime());
        await transaction.CommitAsync(ct);
    }

    /// <summary>What is due to be sent, of each webhook no more than so many, in order.</summary>
    public Task<IReadOnlyList<StoredDelivery>> Due(IReadOnlyList<Guid> webhooks, IReadOnlyList<Guid> unverified, int each, DateTimeOffset now, CancellationToken ct) => database.Rows(
        $"""
        select {Columns} from (select *, row_number() over (partition by webhook order by due, sequence) as turn from {Deliveries}
            where status = 'waiting' and due <= $3 and (webhook = any ($1) or (webhook = any ($2) and kind = 'challenge'))) due where turn <= $4
        """, Of, ct, webhooks.ToArray(), unverified.ToArray(), now.ToUniversalTime(), each);

    /// <summary>The deliveries of a webhook, the latest first.</summary>
    public Task<IReadOnlyList<StoredDelivery>> Of(Guid webhook, IReadOnlyList<DeliveryStatus>? statuses, (DateTimeOffset At, Guid Id)? after, int first, CancellationToken ct) => database.Rows(
        $"""
        select {Columns} from {Deliveries} where webhook = $1 and (cardinality($2::text[]) = 0 or status = any ($2)) and (created_at, id) < ($3, $4) order by created_at desc, id desc limit $5
        """, Of, ct, webhook, Named(statuses), after?.At.ToUniversalTime() ?? DateTimeOffset.MaxValue.ToUniversalTime().AddYears(-1), after?.Id ?? Guid.AllBitsSet, first);

    /// <summary>How many there are on all pages.</summary>
    public Task<long> Count(Guid webhook, IReadOnlyList<DeliveryStatus>? statuses, CancellationToken ct) =>
        database.Value<long>($"select count(*) from {Deliveries} where webhook = $1 and (cardinality($2::text[]) = 0 or status = any ($2))", ct, webhook, Named(statuses));

    // None for all of them.
    private static string[] Named(IReadOnlyList<DeliveryStatus>? statuses) => [.. statuses?.Select(status => Kebab.Of(status)) ?? []];

    /// <summary>Records an attempt, or that there is nothing to send any more; what somebody has put back meanwhile stays as it is.</summary>
    public Task Record(StoredDelivery tried, DeliveryStatus status, DateTimeOffset now, DateTimeOffset due, int? answered, DeliveryFailure? failure, CancellationToken ct) => database.Execute(
        $"""
        update {Deliveries} set status = $4, attempts = attempts + $9, due = $5, done_at = $6, last_status = $7, failure = $8
            where webhook = $1 and id = $2 and status = 'waiting' and attempts = $3 and sequence is not distinct from $10
        """, ct, tried.Webhook, tried.Id, tried.Attempts, Kebab.Of(status), due.ToUniversalTime(),
        new NpgsqlParameter { Value = status == DeliveryStatus.Waiting ? DBNull.Value : now.ToUniversalTime(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz },
        new NpgsqlParameter { Value = (object?)answered ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer },
        new NpgsqlParameter { Value = failure is { } why ? Kebab.Of(why) : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
        status == DeliveryStatus.Withdrawn ? 0 : 1,
        new NpgsqlParameter { Value = (object?)tried.Sequence ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint });

    /// <summary>Notes that a webhook has been answered with success or not.</summary>
    /// <returns>Since when every attempt has failed; null where the last has not.</returns>
    public async Task<DateTimeOffset?> Failing(Guid webhook, bool failed, DateTimeOffset now, CancellationToken ct)
    {
        var since = await database.Value<DateTime?>(
            $"update {Places} set failing_since = case when $2 then coalesce(failing_since, $3) end where webhook = $1 returning failing_since", ct, webhook, failed, now.ToUniversalTime());
        return since is { } failing ? new DateTimeOffset(failing) : null;
    }

    /// <inheritdoc cref="ParkedRows.Forget"/>
    public Task<bool> Forget(DateTimeOffset before, CancellationToken ct) => Parked.Forget(database, before, ct);

    private static NpgsqlParameter Id(Guid? id) => new() { Value = (object?)id ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid };

    private static StoredDelivery Of(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), Kebab.Parse<DeliveryKind>(row.GetString(2))!.Value, row.GetString(3), row.IsDBNull(4) ? null : row.GetInt64(4),
        row.IsDBNull(5) ? null : row.GetInt64(5), row.IsDBNull(6) ? null : row.GetGuid(6), Kebab.Parse<DeliveryStatus>(row.GetString(7))!.Value, row.GetInt32(8),
        row.GetFieldValue<DateTimeOffset>(9), row.GetFieldValue<DateTimeOffset>(10), row.IsDBNull(11) ? null : row.GetFieldValue<DateTimeOffset>(11),
        row.IsDBNull(12) ? null : row.GetInt32(12), row.IsDBNull(13) ? null : Kebab.Parse<DeliveryFailure>(row.GetString(13)));
}
