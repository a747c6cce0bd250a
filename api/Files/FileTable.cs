using System.Data;
using Npgsql;
using Weasel.Core;
using Weasel.Postgresql.Tables;

namespace OneDoor.Files;

/// <summary>A file, or what of one has come in so far.</summary>
/// <param name="Uploader">The subject that uploads it.</param>
/// <param name="Length">In bytes, as it was said when it was begun.</param>
/// <param name="Received">So many of them are here.</param>
/// <param name="Declared">The media type it was sent with.</param>
/// <param name="MediaType">What its content is; null until it has been examined.</param>
/// <param name="Digest">Of its content; null until it is a file that can be carried.</param>
/// <param name="Place">Where its bytes are, by the name of the <see cref="FileStore"/>; empty once they are dropped.</param>
/// <param name="IsAttached">Whether something carries it, or has.</param>
public sealed record StoredFile(
    Guid Id, string Uploader, int Length, int Received, string? Declared, string? MediaType, string? Digest, string Place, bool IsAttached, DateTimeOffset CreatedAt)
{
    /// <summary>What carries it knows it as; null while it is on its way.</summary>
    public CarriedFile? File => Digest is null ? null : new(Id, Digest, Received, MediaType!);
}

/// <summary>
/// Files from their first byte on: a row each, its bytes in pieces beside it, and by what it is carried. A row is an upload until it has a
/// digest, and a file from then on.
/// </summary>
public sealed class FileTable(NpgsqlDataSource database, StoreSecrets secrets, TimeProvider time)
{
    public const string Name = $"{Store.Schema}.files";

    private const string Pieces = $"{Store.Schema}.file_pieces", Uses = $"{Store.Schema}.file_uses";

    private const string Columns = "id, uploader, length, received, declared, media_type, digest, place, attached_at is not null, created_at";

    /// <summary>
    /// Makes an upload a file, once: with media type, digest and id. Only now, with the bytes where files are, do the pieces go of what is elsewhere.
    /// </summary>
    public const string Finish = $"""
        with finished as (update {Name} set media_type = ?, length = received, digest = ? where id = ? and received = ? and digest is null and dropped_at is null returning id, place)
        delete from {Pieces} where file_id in (select id from finished where place <> '{DatabaseFiles.Place}')
        """;

    /// <summary>
    /// Has something carry a file, in the transaction of the fact that says so: with instant, file, kind and thing. It changes the row, so that who
    /// would drop it at the same moment looks again.
    /// </summary>
    public const string Attach =
        $"with kept as (update {Name} set attached_at = coalesce(attached_at, ?) where id = ? returning id) insert into {Uses} (file_id, kind, thing_id) select id, ?, ? from kept on conflict do nothing";

    /// <summary>Before <see cref="Erased"/>: whoever has something else carry one of the files at the same moment is waited for, and then seen.</summary>
    public static readonly ErasedBesides Held = new($"update {Name} set place = place where id in (select file_id from {Uses} where thing_id = ?)");

    /// <summary>What only the erased thing carried is nobody's any more: its bytes are deleted with the thing's personal data, wherever else they lie within a sweep.</summary>
    public static readonly ErasedBesides Erased = new($"""
        with thing as (select ?::uuid as id), released as (delete from {Uses} using thing where thing_id = thing.id returning file_id),
        gone as (
            update {Name} set uploader = '', counted_as = '', dropped_at = created_at from thing
            where {Name}.id in (select file_id from released) and not exists (select from {Uses} other where other.file_id = {Name}.id and other.thing_id <> thing.id)
            returning {Name}.id)
        delete from {Pieces} where file_id in (select id from gone)
        """);

    /// <summary>Bytes come as they are: there is little to gain from packing pictures and archives once more.</summary>
    public static readonly SchemaStep Tuning = new($"alter table {Pieces} alter column data set storage external");

    public static ISchemaObject[] Schema
    {
        get
        {
            var files = new Table(Name);
            files.AddColumn("id", "uuid").AsPrimaryKey();
            files.AddColumn("uploader", "text").NotNull();
            // Null of what was begun before there was a column, which counts no more after a day.
            files.AddColumn("counted_as", "text");
            files.AddColumn("length", "integer").NotNull();
            files.AddColumn("received", "integer").NotNull();
            files.AddColumn("declared", "text");
            files.AddColumn("media_type", "text");
            files.AddColumn("digest", "text");
            files.AddColumn("place", "text").NotNull();
            files.AddColumn("created_at", "timestamptz").NotNull();
            files.AddColumn("attached_at", "timestamptz");
            files.AddColumn("dropped_at", "timestamptz");
            files.Indexes.Add(new IndexDefinition("files_counted") { Columns = ["counted_as", "created_at"] });
            files.Indexes.Add(new IndexDefinition("files_unattached") { Columns = ["created_at"], Predicate = "attached_at is null" });
            files.Indexes.Add(new IndexDefinition("files_dropped") { Columns = ["dropped_at"], Predicate = "dropped_at is not null" });
            var pieces = new Table(Pieces);
            pieces.AddColumn("file_id", "uuid").AsPrimaryKey();
            pieces.AddColumn("start", "integer").AsPrimaryKey();
            pieces.AddColumn("data", "bytea").NotNull();
            pieces.ForeignKeys.Add(OfFile("file_pieces"));
            var uses = new Table(Uses);
            uses.AddColumn("file_id", "uuid").AsPrimaryKey();
            uses.AddColumn("kind", "text").AsPrimaryKey();
            uses.AddColumn("thing_id", "uuid").AsPrimaryKey().AddIndex();
            uses.ForeignKeys.Add(OfFile("file_uses"));
            return [files, pieces, uses];
        }
    }

    /// <summary>
    /// Begins an upload, if there may be so much more of the uploader's, or of all who sign in for one company; one after the other, so that no two take the
    /// same room. What was given up or refused counts for its day as anything else does: it was taken in.
    /// </summary>
    public async Task<Refusal?> Begin(StoredFile upload, Actor by, UploadOptions allowed, CancellationToken ct)
    {
        var counted = CountedAs(by);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.Execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", ct, $"{Store.Schema} uploads of {counted}");
        if ((await Counted(connection, counted, upload.CreatedAt, allowed, ct)).Refused(upload.Length, by, allowed) is { } refused)
            return refused;
        await connection.Execute(
            $"insert into {Name} (id, uploader, counted_as, length, received, declared, place, created_at) values ($1, $2, $3, $4, 0, $5, $6, $7)", ct,
            upload.Id, upload.Uploader, counted, upload.Length, upload.Declared ?? (object)DBNull.Value, upload.Place, upload.CreatedAt);
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>Adds the next piece; false where another one was added since, or nothing is to be added any more.</summary>
    public async Task<bool> Append(Guid id, int start, ReadOnlyMemory<byte> data, CancellationToken ct) => await database.Execute(
        $"""
        with grown as (
            update {Name} set received = received + $3 where id = $1 and received = $2 and received + $3 <= length and digest is null and dropped_at is null returning id)
        insert into {Pieces} (file_id, start, data) select id, $2, $4 from grown
        """, ct, id, start, data.Length, data) == 1;

    /// <summary>
    /// Takes back what one request brought, up to a byte, where nothing has come after it. It was taken in, and counts for its day as what is refused does.
    /// </summary>
    /// <returns>Why no more of the uploader's is taken today; null where it is.</returns>
    public async Task<Refusal?> Cut(StoredFile upload, int to, Actor by, UploadOptions allowed, CancellationToken ct)
    {
        var (counted, now) = (CountedAs(by), time.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(ct);
        await connection.Execute(
            $"""
            with cut as (update {Name} set received = $2 where id = $1 and received = $3 and digest is null returning id, uploader),
            gone as (delete from {Pieces} where file_id in (select id from cut) and start >= $2)
            insert into {Name} (id, uploader, counted_as, length, received, place, created_at, dropped_at) select $4, uploader, $5, $3 - $2, 0, '', $6, $6 from cut
            """, ct, upload.Id, upload.Received, to, Guid.CreateVersion7(now), counted, now);
        return (await Counted(connection, counted, now, allowed, ct)).Refused(0, by, allowed);
    }

    /// <summary>Says where the bytes are going to be, before they are put there: whatever is dropped then is dropped there, too.</summary>
    public Task Move(Guid id, string place, CancellationToken ct) => database.Execute($"update {Name} set place = $2 where id = $1", ct, id, place);

    /// <summary>Has the next sweep drop what nothing carries; of what was to come, no more than has come counts.</summary>
    public Task Forget(Guid id, CancellationToken ct) =>
        database.Execute($"update {Name} set dropped_at = $2, length = received where id = $1 and attached_at is null", ct, id, time.GetUtcNow());

    /// <summary>A file or an upload; null where there is none, or none any more.</summary>
    public async Task<StoredFile?> Find(Guid id, CancellationToken ct) =>
        (await database.Rows($"select {Columns} from {Name} where id = $1 and dropped_at is null", Of, ct, id)).SingleOrDefault();

    /// <summary>What carries a file.</summary>
    public Task<IReadOnlyList<(string Kind, Guid Thing)>> UsesOf(Guid id, CancellationToken ct) =>
        database.Rows($"select kind, thing_id from {Uses} where file_id = $1", row => (Kind: row.GetString(0), Thing: row.GetGuid(1)), ct, id);

    /// <summary>Those of some files that are an uploader's to hand in. Until the session's transaction ends none of them is dropped.</summary>
    public static async Task<IReadOnlyDictionary<Guid, CarriedFile>> Own(Marten.IDocumentSession session, Actor by, IEnumerable<Guid> named, CancellationToken ct)
    {
        var ids = named.Distinct().Order().ToArray();
        if (ids.Length == 0)
            return new Dictionary<Guid, CarriedFile>();
        await session.BeginTransactionAsync(ct);
        var own = await session.Rows(
            $"select {Columns} from {Name} where id = any ($1) and uploader = $2 and digest is not null and dropped_at is null order by id for no key update", Of, ct, ids, by.Subject);
        return own.ToDictionary(file => file.Id, file => file.File!);
    }

    /// <summary>Copies the bytes from a byte on, as many as there is room for, and says how many that were.</summary>
    public async Task<int> Read(Guid id, int from, Memory<byte> into, CancellationToken ct)
    {
        await using var command = database.Ask($"""
            select substring(data from greatest($2 - start, 0) + 1) from {Pieces} where file_id = $1 and start < $3
            and start >= (select max(start) from {Pieces} where file_id = $1 and start <= $2) order by start
            """, id, from, from + into.Length);
        await using var rows = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, ct);
        var copied = 0;
        while (copied < into.Length && await rows.ReadAsync(ct))
        {
            await using var piece = await rows.GetStreamAsync(0, ct);
            copied += await piece.ReadAtLeastAsync(into[copied..], into.Length - copied, throwOnEndOfStream: false, ct);
        }
        return copied;
    }

    /// <summary>Marks what nothing has carried since an instant as dropped.</summary>
    public Task Mark(DateTimeOffset since, CancellationToken ct) =>
        database.Execute($"update {Name} set dropped_at = $2 where attached_at is null and dropped_at is null and created_at < $1", ct, since, time.GetUtcNow());

    /// <summary>What is dropped and still has bytes in a place, so many at most.</summary>
    public Task<IReadOnlyList<Guid>> Marked(string place, int most, CancellationToken ct) =>
        database.Rows($"select id from {Name} where dropped_at is not null and place = $1 order by dropped_at limit $2", row => row.GetGuid(0), ct, place, most);

    /// <summary>Puts what could not be deleted behind what is dropped besides.</summary>
    public Task Postpone(Guid dropped, CancellationToken ct) => database.Execute($"update {Name} set dropped_at = $2 where id = $1 and dropped_at is not null", ct, dropped, time.GetUtcNow());

    /// <summary>Deletes the bytes that are here of what is dropped, and says that they are nowhere any more.</summary>
    public Task Drop(IReadOnlyList<Guid> dropped, CancellationToken ct) => database.Execute(
        $"with gone as (update {Name} set place = '' where id = any ($1) and dropped_at is not null returning id) delete from {Pieces} where file_id in (select id from gone)", ct, dropped.ToArray());

    /// <summary>Deletes the rows of what is dropped whose bytes are nowhere any more, of which each counts until its day is over.</summary>
    public Task Clear(DateTimeOffset now, CancellationToken ct) =>
        database.Execute($"delete from {Name} where dropped_at is not null and place = '' and created_at <= $1", ct, DayOf(now));

    // Whose it is nobody finds out from the table by trying every number there is.
    private string CountedAs(Actor by) => by.Applicant is { } applicant ? secrets.DigestOf($"uploads of {applicant}") : by.Subject;

    private static async Task<Uploaded> Counted(NpgsqlConnection connection, string counted, DateTimeOffset now, UploadOptions allowed, CancellationToken ct)
    {
        var (day, kept) = (DayOf(now), now.AddHours(-allowed.KeepHours));
        var counts = await connection.Rows(
            $"""
            select count(*) filter (where created_at > $2), coalesce(sum(length) filter (where created_at > $2), 0), coalesce(sum(length) filter (where attached_at is null and dropped_at is null), 0)
            from {Name} where counted_as = $1 and created_at > $3
            """, row => new Uploaded(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), ct, counted, day, kept < day ? kept : day);
        return counts[0];
    }

    // Since when what was begun counts as of one day.
    private static DateTimeOffset DayOf(DateTimeOffset now) => now.AddDays(-1);

    // With its row goes what hangs on it.
    private static ForeignKey OfFile(string table) => new($"{table}_file")
    {
        ColumnNames = ["file_id"], LinkedNames = ["id"], LinkedTable = new Table(Name).Identifier, DeleteAction = CascadeAction.Cascade,
    };

    private static StoredFile Of(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.IsDBNull(4) ? null : row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5),
        row.IsDBNull(6) ? null : row.GetString(6), row.GetString(7), row.GetBoolean(8), row.GetFieldValue<DateTimeOffset>(9));
}
