using System.Text.Json;
using Marten;
using NpgsqlTypes;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using Weasel.Postgresql.Tables;

namespace OneDoor.Statistics;

/// <summary>
/// The table that figures are added up from: a row for each case (<see cref="CaseRow"/>), written in the transaction of its facts and made anew
/// by <c>rebuild</c>. What is confidential has none (SIGHT-1).
/// </summary>
public sealed class CaseRowTable(CurrentCatalogue catalogue, LegalClock clock)
{
    public const string Name = "case_rows", QualifiedName = $"{Store.Schema}.{Name}";

    /// <summary>Its columns.</summary>
    public static readonly IReadOnlyList<(string Name, NpgsqlDbType Type, Func<CaseRow, object?> Value)> Columns =
    [
        ("id", NpgsqlDbType.Uuid, row => row.Id), ("item", NpgsqlDbType.Text, row => row.Item), ("category", NpgsqlDbType.Text, row => Kebab.Of(row.Category)),
        ("origin", NpgsqlDbType.Text, row => Kebab.Of(row.Origin)), ("mode", NpgsqlDbType.Text, row => Kebab.Of(row.Mode)),
        ("department", NpgsqlDbType.Text, row => Kebab.Of(row.Department)), ("hall", NpgsqlDbType.Text, row => row.Hall),
        ("channel", NpgsqlDbType.Text, row => Kebab.Of(row.Channel)), ("status", NpgsqlDbType.Text, row => Kebab.Of(row.Status)),
        ("submitted_at", NpgsqlDbType.TimestampTz, row => row.SubmittedAt), ("concluded_at", NpgsqlDbType.TimestampTz, row => row.ConcludedAt),
        ("ended_at", NpgsqlDbType.TimestampTz, row => row.EndedAt), ("late_at", NpgsqlDbType.TimestampTz, row => row.LateAt),
        ("promised_at", NpgsqlDbType.TimestampTz, row => row.PromisedAt), ("statutory_at", NpgsqlDbType.TimestampTz, row => row.StatutoryAt),
        ("statutory_days", NpgsqlDbType.Numeric, row => row.StatutoryDays), ("promised_days", NpgsqlDbType.Numeric, row => row.PromisedDays),
        ("actual_seconds", NpgsqlDbType.Bigint, row => row.ActualSeconds), ("online", NpgsqlDbType.Boolean, row => row.IsOnline),
        ("immediate", NpgsqlDbType.Boolean, row => row.IsImmediate), ("emergency", NpgsqlDbType.Boolean, row => row.IsEmergency), ("founds", NpgsqlDbType.Boolean, row => row.Founds),
        ("handled_by", NpgsqlDbType.Text, row => row.Handling.By), ("redirected", NpgsqlDbType.Boolean, row => row.Handling.IsRedirected),
        ("referred", NpgsqlDbType.Boolean, row => row.Handling.IsReferred), ("noes", NpgsqlDbType.Boolean, row => row.Handling.IsRefused),
        ("clerks_noes", NpgsqlDbType.Boolean, row => row.Handling.IsRefusedByClerk), ("notices", NpgsqlDbType.Integer, row => row.Notices),
        ("late_for", NpgsqlDbType.Text, row => row.LateFor), ("by_applicant", NpgsqlDbType.Boolean, row => row.ByApplicant),
        ("led", NpgsqlDbType.Jsonb, row => row.Led.Count == 0 ? "[]" : JsonSerializer.Serialize(row.Led.Select(former => new { department = Kebab.Of(former.Department), until = former.Until.UtcDateTime }))),
    ];

    private static readonly string[] MayBeNull = ["concluded_at", "ended_at", "late_at", "promised_at", "statutory_at", "actual_seconds", "handled_by", "redirected", "referred", "noes", "clerks_noes", "notices", "late_for", "by_applicant", "led"];

    // What a fact has once said of how it was handled stays said.
    private static readonly string[] Kept = ["redirected", "referred", "noes", "clerks_noes"];

    private static readonly string Insert = $"""
        insert into {QualifiedName} as known ({string.Join(", ", Columns.Select(column => column.Name))})
        values ({string.Join(", ", Columns.Select(column => $"?::{FoundTable.TypeOf(column.Type)}"))})
        """;

    // What has ended ended when it did, and who decided it did, whatever happens to it later.
    private static readonly string Upsert = $"""
        {Insert}
        on conflict (id) do update set {string.Join(", ", Columns.Skip(1).Select(column => $"{column.Name} = {Updated(column.Name)}"))}
        """;

    /// <summary>When the promise of a row ended or ends, in SQL.</summary>
    internal const string Late = "COALESCE(late_at, promised_at)";

    /// <summary>It goes on, or ended later than it was promised: what was open at an instant after its promise is one of these, and an index has them alone.</summary>
    internal const string OutlivedPromise = $"((ended_at IS NULL) OR (ended_at > {Late}))";

    /// <summary>The same of the statutory limit.</summary>
    internal const string OutlivedStatute = "((ended_at IS NULL) OR (ended_at > statutory_at))";

    /// <summary>The table with its indexes.</summary>
    public static Table Table
    {
        get
        {
            var table = new Table(QualifiedName);
            foreach (var (name, type, _) in Columns)
            {
                var column = table.AddColumn(name, FoundTable.TypeOf(type));
                if (name == "id")
                    column.AsPrimaryKey();
                else if (!MayBeNull.Contains(name))
                    column.NotNull();
            }
            table.Indexes.Add(new IndexDefinition($"{Name}_concluded") { Columns = ["concluded_at"] });
            // Of those in a period that count as late the few that were: hardly any case outlives its limit.
            table.Indexes.Add(new IndexDefinition($"{Name}_late") { Columns = [Late], Predicate = OutlivedPromise });
            table.Indexes.Add(new IndexDefinition($"{Name}_overdue") { Columns = ["statutory_at"], Predicate = OutlivedStatute });
            table.Indexes.Add(new IndexDefinition($"{Name}_late_for") { Columns = ["late_at"], Predicate = "(late_for IS NOT NULL)" });
            return table;
        }
    }

    /// <summary>Writes the row of a case beside its facts.</summary>
    public ValueTask Write(IDocumentOperations operations, Case @case, IReadOnlyList<(int Version, CaseFact Fact)> facts)
    {
        if (RowOf(@case) is { } of && of with { Handling = facts.Aggregate(new CaseHandling(), (handling, fact) => handling.Then(CaseHandling.Of(@case, fact.Fact))), Led = [.. facts.Select(fact => fact.Fact).OfType<StepRedirected>().Select(Former)] } is var row)
            operations.QueueSql(facts.Count == @case.Version ? Insert : Upsert, Columns.Select(column => (column.Type, column.Value(row))));
        return ValueTask.CompletedTask;
    }

    /// <summary>How <c>rebuild</c> makes them anew: as each fact has left them.</summary>
    public RowsBeside Rebuilt => new(typeof(Case), Table, [.. Columns.Select(column => (column.Name, column.Type))], facts =>
    {
        DateTimeOffset? ended = null;
        Case? folded = null;
        var handling = new CaseHandling();
        List<FormerLead> led = [];
        foreach (var fact in facts.Cast<CaseFact>())
        {
            var lead = folded?.Lead;
            folded = Case.Evolve(folded, fact);
            if (fact is StepRedirected redirected && folded.Lead != lead)
                led.Add(Former(redirected));
            ended ??= folded.IsEnded ? folded.ChangedAt : null;
            handling = handling.Then(CaseHandling.Of(folded, fact));
        }
        return folded is not null && RowOf(folded) is { } of && of with { Handling = handling, Led = led } is var row ? [[.. Columns.Select(column => column.Name == "ended_at" ? ended : column.Value(row))]] : [];
    })
    { Lacks = "notices is null or (late_for is null and late_at is not null) or led is null or by_applicant is null" };

    private static FormerLead Former(StepRedirected fact) => new(fact.From, fact.At);

    private static string Updated(string column) => column switch
    {
        "ended_at" => "coalesce(known.ended_at, excluded.ended_at)",
        // A step that is sent on does not always take the case with it. What is not known yet stays so until it is rebuilt.
        "led" => "case when known.department <> excluded.department then known.led || excluded.led else known.led end",
        "handled_by" => "coalesce(excluded.handled_by, known.handled_by)",
        _ => Kept.Contains(column) ? $"known.{column} or excluded.{column}" : $"excluded.{column}",
    };

    // A plan that the first releases stored whole names a version that the catalogue may not know.
    private CaseRow? RowOf(Case @case) => !@case.Plan.Confidential
        && (catalogue.ItemOf(@case.Plan.Item, @case.Plan.Version) ?? CatalogueData.Zone().FirstOrDefault(item => item.Code == @case.Plan.Item)) is { } item
        ? CaseRow.Of(@case, item, clock) : null;
}
