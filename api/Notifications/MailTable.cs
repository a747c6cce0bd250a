using Marten;
using Npgsql;
using OneDoor.Platform;
using Weasel.Core;
using Weasel.Postgresql.Tables;

namespace OneDoor.Notifications;

/// <summary>What a letter is.</summary>
public enum MailKind
{
    /// <summary>It tells of a notification.</summary>
    Notification,

    /// <summary>It asks whether the address is theirs to whom it is sent.</summary>
    Confirmation,
}

/// <summary>Where a letter stands.</summary>
public enum MailStatus
{
    /// <summary>It is sent, or once more, when it is due.</summary>
    Waiting,
    Sent,

    /// <summary>The server will not have it, or every attempt has failed.</summary>
    Parked,

    /// <summary>When it was to be sent, nobody wanted it any more, or what it tells of was erased.</summary>
    Withdrawn,
}

/// <summary>A letter, as it is stored.</summary>
/// <param name="Id">The same at every attempt: what its Message-ID is made of.</param>
/// <param name="Person">Whose preferences say where it goes, and in which language.</param>
/// <param name="Notification">What it tells of; null where that is none.</param>
/// <param name="IsAct">It tells of what is decided against somebody, which they do not unsubscribe from.</param>
/// <param name="Attempts">How many were begun.</param>
public sealed record StoredMail(Guid Id, Guid Person, MailKind Kind, Guid? Notification, bool IsAct, int Attempts);

/// <summary>
/// What is to be sent by e-mail, or was: rows written with the fact, as notifications are, and neither addresses nor words, which are read when it is sent. And who has mail
/// sent, by the ways they come to things.
/// </summary>
public sealed class MailTable(NpgsqlDataSource database)
{
    private const string Mails = $"{Store.Schema}.mails", Readers = $"{Store.Schema}.mail_readers";

    /// <summary>Who had mail sent, and of what, is nobody's to know once their preferences are erased.</summary>
    public static readonly ErasedBesides Erased = new($"""
        with erased as (select ?::uuid as id), readers as (delete from {Readers} using erased where person = erased.id)
        delete from {Mails} m using erased where m.person = erased.id
        """);

    /// <summary>For how long letters have been due.</summary>
    public static readonly Lag Lag = new(LagKind.Delivery, "mail", $"select min(due) from {Mails} where status = 'waiting' and due <= $2");

    public static ISchemaObject[] Schema
    {
        get
        {
            var mails = new Table(Mails);
            mails.AddColumn("id", "uuid").AsPrimaryKey();
            mails.AddColumn("person", "uuid").NotNull();
            mails.AddColumn("kind", "text").NotNull();
            mails.AddColumn("notification", "uuid");
            mails.AddColumn("is_act", "boolean").NotNull();
            mails.AddColumn("status", "text").NotNull();
            mails.AddColumn("attempts", "integer").NotNull();
            mails.AddColumn("due", "timestamptz").NotNull();
            mails.AddColumn("done_at", "timestamptz");
            mails.Indexes.Add(new IndexDefinition("mails_waiting") { Columns = ["due"], Predicate = "(status = 'waiting'::text)" });
            var readers = new Table(Readers);
            readers.AddColumn("way", "text").AsPrimaryKey();
            readers.AddColumn("person", "uuid").AsPrimaryKey();
            readers.AddColumn("everything", "boolean").NotNull();
            readers.Indexes.Add(new IndexDefinition("mail_readers_of_a_person") { Columns = ["person"] });
            return [mails, readers];
        }
    }

    /// <summary>What facts of preferences bring about here, in their transaction.</summary>
    /// <param name="sends">Whether this platform sends e-mail at all.</param>
    public static WrittenWith<NotificationPreferences, NotificationPreferencesFact> Written(bool sends) => new((operations, person, facts) =>
    {
        operations.QueueSqlCommand($"delete from {Readers} where person = ?", person.Id);
        if (person.Mailbox is not null)
        {
            foreach (var way in Inboxes.WaysTo(person.Owner))
                operations.QueueSqlCommand($"insert into {Readers} (way, person, everything) values (?, ?, ?)", way, person.Id, person.Channels.Contains(NotificationChannel.Email));
        }
        foreach (var (version, fact) in facts)
        {
            if (fact is not NotificationPreferencesSet { AsksEmail: true, At: var at })
                continue;
            // What was asked before is asked by this, and of whichever address is the person's now.
            operations.QueueSqlCommand($"update {Mails} set status = 'withdrawn', done_at = ? where person = ? and kind = 'confirmation' and status = 'waiting'", at.ToUniversalTime(), person.Id);
            if (sends)
                operations.QueueSqlCommand(
                    $"insert into {Mails} (id, person, kind, is_act, status, attempts, due) values (?, ?, 'confirmation', false, 'waiting', 0, ?) on conflict do nothing",
                    Sha256Digest.IdOf($"mail:{person.Id}:{version}"), person.Id, at.ToUniversalTime());
        }
        return ValueTask.CompletedTask;
    });

    /// <summary>Tells by e-mail, too, whoever has that sent and comes by one of the ways: of a fact each once, in its transaction.</summary>
    public static void Tell(IDocumentOperations operations, Guid thing, int version, bool isAct, DateTimeOffset at) => operations.QueueSqlCommand(
        $"""
        insert into {Mails} (id, person, kind, notification, is_act, status, attempts, due)
        select md5(n.thing::text || n.version || r.person)::uuid, r.person, 'notification', n.id, ?, 'waiting', 0, ?
        from {NotificationTable.Name} n join {Readers} r on r.way = n.way where n.thing = ? and n.version = ? and (r.everything or ?) on conflict do nothing
        """, isAct, at.ToUniversalTime(), thing, version, isAct);

    /// <summary>What is due to be sent, the oldest first.</summary>
    public async Task<IReadOnlyList<StoredMail>> Due(DateTimeOffset now, int most, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select id, person, kind, notification, is_act, attempts from {Mails} where status = 'waiting' and due <= $1 order by due, id limit $2");
        command.Parameters.Add(new() { Value = now.ToUniversalTime() });
        command.Parameters.Add(new() { Value = most });
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<StoredMail> due = [];
        while (await reader.ReadAsync(ct))
            due.Add(new(reader.GetGuid(0), reader.GetGuid(1), Kebab.Parse<MailKind>(reader.GetString(2))!.Value, reader.IsDBNull(3) ? null : reader.GetGuid(3), reader.GetBoolean(4), reader.GetInt32(5)));
        return due;
    }

    /// <summary>Puts it off, and counts no attempt.</summary>
    public Task Shift(StoredMail mail, DateTimeOffset until, CancellationToken ct) => Change(mail, "due = $3", ct, until.ToUniversalTime());

    /// <summary>Claims it before it is sent: whoever has not finds it changed, and one whose sender was killed meanwhile is due again then.</summary>
    /// <returns>False where somebody else has.</returns>
    public Task<bool> Claim(StoredMail mail, DateTimeOffset again, CancellationToken ct) => Change(mail, "attempts = attempts + 1, due = $3", ct, again.ToUniversalTime());

    /// <summary>Gives back what was claimed: no attempt was made.</summary>
    public Task Return(StoredMail mail, DateTimeOffset until, CancellationToken ct) => Change(mail, "attempts = attempts - 1, due = $3", ct, until.ToUniversalTime());

    /// <summary>Forgets what was over before an instant.</summary>
    public async Task Forget(DateTimeOffset before, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"delete from {Mails} where done_at < $1");
        command.Parameters.Add(new() { Value = before.ToUniversalTime() });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Records how it ended.</summary>
    public Task End(StoredMail mail, MailStatus status, DateTimeOffset now, CancellationToken ct) => Change(mail, "status = $3, done_at = $4", ct, Kebab.Of(status), now.ToUniversalTime());

    private async Task<bool> Change(StoredMail mail, string what, CancellationToken ct, params object[] values)
    {
        await using var command = database.CreateCommand($"update {Mails} set {what} where id = $1 and attempts = $2 and status = 'waiting'");
        foreach (var value in (object[])[mail.Id, mail.Attempts, .. values])
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }
}
