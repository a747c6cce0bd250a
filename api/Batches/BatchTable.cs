using System.Text.Json;
using Marten;
using Npgsql;
using Weasel.Postgresql.Tables;

namespace OneDoor.Batches;

/// <summary>Where a line stands.</summary>
public enum LineStatus
{
    /// <summary>It is to become a case; where the batch is cancelled, it does not.</summary>
    Waiting,

    /// <summary>It is a case.</summary>
    Done,

    /// <summary>It was refused.</summary>
    Failed,
}

/// <summary>A line, as it is stored.</summary>
/// <param name="Number">Its row in the file.</param>
/// <param name="Cells">What it says; null once the file is dropped.</param>
/// <param name="Problems">Why it was refused.</param>
/// <param name="Case">The case it is.</param>
public sealed record StoredLine(int Number, LineStatus Status, IReadOnlyList<string>? Cells, IReadOnlyList<LineProblem> Problems, Guid? Case);

/// <summary>How many lines of a batch stand how.</summary>
public readonly record struct LineCounts(int Done, int Failed);

/// <summary>The lines of batches, a row each, beside the facts: what they say is deleted with the file, what became of them is not.</summary>
public sealed class BatchTable(NpgsqlDataSource database, TimeProvider time)
{
    public const string Name = $"{Store.Schema}.batch_lines";

    private const string Insert =
        $"insert into {Name} (batch, line, status, cells, problems) select ?, line, status, cells, problems from unnest(?, ?, ?, ?) as read (line, status, cells, problems)";

    private const string Finish = $"update {Name} set status = 'done', case_id = ?, noted_at = ? where batch = ? and line = ?";

    private const string Standing = "(cardinality($2::text[]) = 0 or status = any ($2))";

    private const string Drop = $"update {Name} set cells = null where batch = ?";

    /// <summary>With the rest of a batch's personal data goes what its lines say, and with that of a case what the line says that it was.</summary>
    public static readonly ErasedBesides Erased = new($"with thing as (select ?::uuid as id) update {Name} set cells = null from thing where batch = thing.id or case_id = thing.id");

    public static Table Schema
    {
        get
        {
            var lines = new Table(Name);
            lines.AddColumn("batch", "uuid").AsPrimaryKey();
            lines.AddColumn("line", "integer").AsPrimaryKey();
            lines.AddColumn("status", "text").NotNull();
            lines.AddColumn("cells", "text");
            lines.AddColumn("problems", "text");
            lines.AddColumn("case_id", "uuid");
            // When it became a case or was refused; null for what the file's reading refused, and for lines of before this was noted, whose cases tell.
            lines.AddColumn("noted_at", "timestamptz");
            lines.Indexes.Add(new IndexDefinition("batch_lines_waiting") { Columns = ["batch", "line"], Predicate = "(status = 'waiting'::text)" });
            lines.Indexes.Add(new IndexDefinition("batch_lines_cases") { Columns = ["case_id"], Predicate = "case_id is not null" });
            return lines;
        }
    }

    /// <summary>What facts of batches bring about here, in their transaction.</summary>
    public static WrittenWith<Batch, BatchFact> Written { get; } = new((operations, batch, facts) =>
    {
        if (facts.Any(fact => fact.Fact is BatchFileDropped))
            operations.QueueSqlCommand(Drop, batch.Id);
        return ValueTask.CompletedTask;
    });

    /// <summary>Puts the lines of a file into the transaction that receives it.</summary>
    public static void Put(IDocumentSession session, Guid batch, IReadOnlyList<BatchLine> lines) => session.QueueSqlCommand(
        Insert, batch, lines.Select(line => line.Number).ToArray(), lines.Select(line => Kebab.Of(line.Problems.Count == 0 ? LineStatus.Waiting : LineStatus.Failed)).ToArray(),
        lines.Select(line => Json(line.Cells)).ToArray(), lines.Select(line => Json(line.Problems)).ToArray());

    /// <summary>Notes the case that a line has become, in the transaction that begins it: no line is done twice, whoever stops in between.</summary>
    public void Done(IDocumentSession session, Guid batch, int line, Guid @case) => session.QueueSqlCommand(Finish, @case, time.GetUtcNow(), batch, line);

    /// <summary>Whether nobody has cancelled the batch meanwhile.</summary>
    public Task<bool> GoesOn(Guid batch, CancellationToken ct) =>
        database.Value<bool>($"select exists (select from {Store.Schema}.mt_doc_batch where id = $1 and ended_at is null)", ct, batch);

    /// <summary>Notes the case that a line has become before.</summary>
    public Task Done(Guid batch, int line, Guid @case, CancellationToken ct) =>
        database.Execute($"update {Name} set status = 'done', case_id = $3, noted_at = $4 where batch = $1 and line = $2 and status = 'waiting'", ct, batch, line, @case, time.GetUtcNow());

    /// <summary>Notes why a line has become no case.</summary>
    public Task Failed(Guid batch, int line, IReadOnlyList<LineProblem> problems, CancellationToken ct) =>
        database.Execute($"update {Name} set status = 'failed', problems = $3, noted_at = $4 where batch = $1 and line = $2 and status = 'waiting'", ct, batch, line, Json(problems), time.GetUtcNow());

    /// <summary>How many lines have become cases, and how many were refused.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="asOf">By then; null for now.</param>
    public async Task<LineCounts> Counts(Guid batch, CancellationToken ct, DateTimeOffset? asOf = null) => (await Counts([batch], ct, asOf)).GetValueOrDefault(batch);

    /// <summary>The same of several batches.</summary>
    public async Task<IReadOnlyDictionary<Guid, LineCounts>> Counts(Guid[] batches, CancellationToken ct, DateTimeOffset? asOf = null) => (await database.Rows(
        $"""
        select batch, count(*) filter (where status = 'done'), count(*) filter (where status = 'failed') from {Name}
        where batch = any($1) and (coalesce(noted_at, (select s.created from {Store.Schema}.mt_streams s where s.id = case_id)) > $2::timestamptz) is not true group by batch
        """, row => (Batch: row.GetGuid(0), Counts: new LineCounts((int)row.GetInt64(1), (int)row.GetInt64(2))), ct, batches, (object?)asOf?.ToUniversalTime() ?? DBNull.Value))
        .ToDictionary(counted => counted.Batch, counted => counted.Counts);

    /// <summary>How many lines there are.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="statuses">How they stand; null for all.</param>
    public Task<long> Count(Guid batch, IReadOnlyList<LineStatus>? statuses, CancellationToken ct) =>
        database.Value<long>($"select count(*) from {Name} where batch = $1 and {Standing}", ct, batch, Named(statuses));

    /// <summary>Lines of a batch after one of them, in the file's order.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="statuses">How they stand; null for all.</param>
    /// <param name="after">The number of the line before.</param>
    /// <param name="most">So many at most.</param>
    public Task<IReadOnlyList<StoredLine>> Lines(Guid batch, IReadOnlyList<LineStatus>? statuses, int after, int most, CancellationToken ct) => database.Rows(
        $"select line, status, cells, problems, case_id from {Name} where batch = $1 and {Standing} and line > $3 order by line limit $4",
        row => new StoredLine(
            row.GetInt32(0), Kebab.Parse<LineStatus>(row.GetString(1))!.Value, row.IsDBNull(2) ? null : Read<IReadOnlyList<string>>(row.GetString(2)),
            row.IsDBNull(3) ? [] : Read<IReadOnlyList<LineProblem>>(row.GetString(3)), row.IsDBNull(4) ? null : row.GetGuid(4)),
        ct, batch, Named(statuses), after, most);

    // None for all of them.
    private static string[] Named(IReadOnlyList<LineStatus>? statuses) => [.. statuses?.Select(status => Kebab.Of(status)) ?? []];

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, PlatformJson.Options);

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, PlatformJson.Options)!;
}
