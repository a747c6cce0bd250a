using Marten;
using Npgsql;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Postgresql.Tables;

namespace OneDoor.Notifications;

/// <summary>What a letter or a text message is.</summary>
public enum MailKind
{
    /// <summary>It tells of a notification.</summary>
    Notification,

    /// <summary>It asks whether the address is theirs to whom it is sent.</summary>
    Confirmation,
}

/// <summary>Where it stands.</summary>
public enum MailStatus
{
    /// <summary>It is sent, or once more, when it is due.</summary>
    Waiting,
    Sent,

    /// <summary>The server or the gateway will not have it, or every attempt has failed.</summary>
    Parked,

    /// <summary>When it was to be sent, nobody wanted it any more, or what it tells of was erased.</summary>
    Withdrawn,
}

/// <summary>A letter or a text message, as it is stored.</summary>
/// <param name="Id">The same at every attempt: what a letter's Message-ID is made of.</param>
/// <param name="Channel">By what it is sent.</param>
/// <param name="Person">Whose preferences say where it goes, and in which language.</param>
/// <param name="Notification">What it tells of; null where that is none.</param>
/// <param name="IsAct">It tells of what is decided against somebody, which they do not unsubscribe from.</param>
/// <param name="Attempts">How many were begun.</param>
public sealed record StoredMail(Guid Id, NotificationChannel Channel, Guid Person, MailKind Kind, Guid? Notification, bool IsAct, int Attempts);

/// <summary>
/// What is to be sent by e-mail or as a text message, or was: rows written with the fact, as notifications are, and neither addresses nor words, which are read when it is sent.
/// And who has it sent by what, by the ways they come to things.
/// </summary>
public sealed class MailTable(NpgsqlDataSource database)
{
    /// <summary>What is to be sent, or was.</summary>
    public const string Mails = $"{Store.Schema}.mails";

    private const string Readers = $"{Store.Schema}.mail_readers";

    /// <summary>Who had mail sent, and of what, is nobody's to know once their preferences are erased.</summary>
    public static readonly ErasedBesides Erased = new($"""
        with erased as (select ?::uuid as id), readers as (delete from {Readers} using erased where person = erased.id)
        delete from {Mails} m using erased where m.person = erased.id
        """);

    /// <summary>The channels on which something is sent.</summary>
    public static readonly NotificationChannel[] Outside = [NotificationChannel.Email, NotificationChannel.Sms];

    /// <summary>What sends on a channel is called so in figures and logs.</summary>
    public static string WorkOf(NotificationChannel channel) => channel == NotificationChannel.Email ? "mail" : Kebab.Of(channel);

    /// <summary>For how long what is sent on a channel has been due.</summary>
    public static Lag LagOf(NotificationChannel channel) =>
        new(LagKind.Delivery, WorkOf(channel), $"select min(due) from {Mails} where channel = '{Kebab.Of(channel)}' and status = 'waiting' and due <= $2");

    /// <summary>What of a channel is parked.</summary>
    public static ParkedRows ParkedOf(NotificationChannel channel) => new(WorkOf(channel), Mails, "kind", $"channel = '{Kebab.Of(channel)}'");

    public static ISchemaObject[] Schema
    {
        get
        {
            var mails = new Table(Mails);
            mails.AddColumn("id", "uuid").AsPrimaryKey();
            mails.AddColumn("channel", "text").NotNull().DefaultValueByExpression("'email'::text");
            mails.AddColumn("person", "uuid").NotNull();
            mails.AddColumn("kind", "text").NotNull();
            mails.AddColumn("notification", "uuid");
            mails.AddColumn("is_act", "boolean").NotNull();
            mails.AddColumn("status", "text").NotNull();
            mails.AddColumn("attempts", "integer").NotNull();
            mails.AddColumn("due", "timestamptz").NotNull();
            mails.AddColumn("done_at", "timestamptz");
            mails.AddColumn("asked", "text");
            mails.AddColumn("asked_at", "timestamptz");
            mails.Indexes.Add(new IndexDefinition("mails_asked") { Columns = ["asked", "asked_at"], Predicate = "(asked is not null)" });
            mails.Indexes.Add(new IndexDefinition("mails_done") { Columns = ["channel", "done_at"], Predicate = "((done_at IS NOT NULL) AND (status <> 'parked'::text))" });
            mails.Indexes.Add(new IndexDefinition("mails_waiting") { Columns = ["channel", "due"], Predicate = "(status = 'waiting'::text)" });
            return [mails, ReadersTable];
        }
    }

    private static Table ReadersTable
    {
        get
        {
            var readers = new Table(Readers);
            readers.AddColumn("way", "text").AsPrimaryKey();
            readers.AddColumn("person", "uuid").AsPrimaryKey();
            readers.AddColumn("channel", "text").AsPrimaryKey().DefaultValueByExpression("'email'::text");
            readers.AddColumn("everything", "boolean").NotNull();
            readers.Indexes.Add(new IndexDefinition("mail_readers_of_a_person") { Columns = ["person"] });
            return readers;
        }
    }

    /// <summary>How <c>rebuild</c> makes anew who has what sent by what: as the last fact has left it.</summary>
    public static RowsBeside Rebuilt => new(
        typeof(NotificationPreferences), ReadersTable, ReaderColumns, facts => ReadersOf(facts.Cast<NotificationPreferencesFact>().Aggregate(default(NotificationPreferences), NotificationPreferences.Evolve)!))
    { Key = "person", MayBeNone = true };

    /// <summary>What facts of preferences bring about here, in their transaction.</summary>
    /// <param name="offered">By what this platform sends anything.</param>
    /// <param name="asked">What an address on a channel is counted by.</param>
    public static WrittenWith<NotificationPreferences, NotificationPreferencesFact> Written(OfferedChannels offered, AskedAddresses asked) => new((operations, person, facts) =>
    {
        operations.QueueSqlCommand($"delete from {Readers} where person = ?", person.Id);
        foreach (var row in ReadersOf(person))
            operations.QueueSqlCommand($"insert into {Readers} ({string.Join(", ", ReaderColumns.Select(column => column.Name))}) values (?, ?, ?, ?)", [.. row]);
        foreach (var (version, fact) in facts)
        {
            foreach (var (channel, address) in fact is NotificationPreferencesSet set ? AskedAddresses.By(set) : [])
            {
                // What was asked before is asked by this, and of whichever address is the person's now.
                operations.QueueSqlCommand(
                    $"update {Mails} set status = 'withdrawn', done_at = ? where person = ? and channel = ? and kind = 'confirmation' and status = 'waiting'", fact.At.ToUniversalTime(), person.Id, Kebab.Of(channel));
                if (offered.Outside.Contains(channel))
                    operations.QueueSqlCommand(
                        $"insert into {Mails} (id, channel, person, kind, is_act, status, attempts, due, asked, asked_at) values (?, ?, ?, 'confirmation', false, 'waiting', 0, ?, ?, ?) on conflict do nothing",
                        Sha256Digest.IdOf($"{Kebab.Of(channel)}:{person.Id}:{version}"), Kebab.Of(channel), person.Id, fact.At.ToUniversalTime(), asked.DigestOf(channel, address), fact.At.ToUniversalTime());
            }
        }
        return ValueTask.CompletedTask;
    });

    private static readonly (string Name, NpgsqlDbType Type)[] ReaderColumns =
        [("way", NpgsqlDbType.Text), ("person", NpgsqlDbType.Uuid), ("channel", NpgsqlDbType.Text), ("everything", NpgsqlDbType.Boolean)];

    // By which ways a person comes to things, for each channel on which they are reached.
    private static IEnumerable<object[]> ReadersOf(NotificationPreferences person) =>
        from channel in Outside
        where person.AddressOn(channel) is not null
        from way in Inboxes.WaysTo(person.Owner)
        select new object[] { way, person.Id, Kebab.Of(channel), person.Channels.Contains(channel) };

    /// <summary>Tells besides whoever has that sent and comes by one of the ways: of a fact each once on each channel, in its transaction.</summary>
    /// <param name="operations">The transaction's.</param>
    /// <param name="fact">The thing's id, and its version with the fact.</param>
    /// <param name="isAct">Whether nobody unsubscribes from it.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="sent">By what this platform sends anything.</param>
    public static void Tell(IDocumentOperations operations, (Guid Thing, int Version) fact, bool isAct, DateTimeOffset at, IReadOnlyList<NotificationChannel> sent) => operations.QueueSqlCommand(
        $"""
        insert into {Mails} (id, channel, person, kind, notification, is_act, status, attempts, due)
        select md5(n.thing::text || n.version || r.person || r.channel)::uuid, r.channel, r.person, 'notification', n.id, ?, 'waiting', 0, ?
        from {NotificationTable.Name} n join {Readers} r on r.way = n.way
        where n.thing = ? and n.version = ? and r.channel in ({string.Join(", ", sent.Select(channel => $"'{Kebab.Of(channel)}'"))}) and (r.everything or ?) on conflict do nothing
        """, isAct, at.ToUniversalTime(), fact.Thing, fact.Version, isAct);

    /// <summary>What is due to be sent, the oldest first, and codes and links before all else: they are soon too old.</summary>
    public Task<IReadOnlyList<StoredMail>> Due(NotificationChannel channel, DateTimeOffset now, int most, CancellationToken ct) => database.Rows(
        $"select id, person, kind, notification, is_act, attempts from {Mails} where channel = $3 and status = 'waiting' and due <= $1 order by kind <> 'confirmation', due, id limit $2",
        row => new StoredMail(row.GetGuid(0), channel, row.GetGuid(1), Kebab.Parse<MailKind>(row.GetString(2))!.Value, row.IsDBNull(3) ? null : row.GetGuid(3), row.GetBoolean(4), row.GetInt32(5)),
        ct, now.ToUniversalTime(), most, Kebab.Of(channel));

    /// <summary>Puts it off, and counts no attempt.</summary>
    public Task Shift(StoredMail mail, DateTimeOffset until, CancellationToken ct) => Change(mail, "due = $3", ct, until.ToUniversalTime());

    /// <summary>Claims it before it is sent: whoever has not finds it changed, and one whose sender was killed meanwhile is due again then.</summary>
    /// <returns>False where somebody else has.</returns>
    public Task<bool> Claim(StoredMail mail, DateTimeOffset again, CancellationToken ct) => Change(mail, "attempts = attempts + 1, due = $3", ct, again.ToUniversalTime());

    /// <summary>Gives back what was claimed: no attempt was made.</summary>
    public Task Return(StoredMail mail, DateTimeOffset until, CancellationToken ct) => Change(mail, "attempts = attempts - 1, due = $3", ct, until.ToUniversalTime());

    /// <summary>Forgets of a channel what was over before an instant, some thousands at most; what is parked stays until it is sent, or its person erased.</summary>
    /// <returns>Whether there may be more.</returns>
    public Task<bool> Forget(NotificationChannel channel, DateTimeOffset before, CancellationToken ct) => ParkedOf(channel).Forget(database, before, ct);

    /// <summary>Records how it ended.</summary>
    public Task End(StoredMail mail, MailStatus status, DateTimeOffset now, CancellationToken ct) => Change(mail, "status = $3, done_at = $4", ct, Kebab.Of(status), now.ToUniversalTime());

    private async Task<bool> Change(StoredMail mail, string what, CancellationToken ct, params object[] values) =>
        await database.Execute($"update {Mails} set {what} where id = $1 and attempts = $2 and status = 'waiting'", ct, [mail.Id, mail.Attempts, .. values]) == 1;
}
