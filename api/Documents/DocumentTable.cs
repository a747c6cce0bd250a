using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace OneDoor.Documents;

/// <summary>A document as it is kept.</summary>
/// <param name="Thing">Id of the case or the licence.</param>
/// <param name="N">Counts its documents from 1.</param>
/// <param name="Version">Its version with the fact that the document is about.</param>
/// <param name="Text">Null once it is erased.</param>
public sealed record StoredDocument(
    Guid Thing, int N, int Version, string Number, DocumentAct Act, string Title, Department Department, DateOnly Date, string Digest, string Seal, string? Text)
{
    /// <summary>The name that its department signed with, as the seal has it: departments are renamed, and papers are not.</summary>
    public string Authority => SealedIn(Seal) ?? DepartmentDirectory.Zone.Of(Department).OfficialName.Zh;

    // Whether the seal is good is another question; one that cannot be read tells nothing.
    private static string? SealedIn(string seal)
    {
        try
        {
            return seal.Split('.') is [_, var payload, _] ? (string?)JsonNode.Parse(Base64UrlEncoder.Decode(payload))?["authority"] : null;
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>
/// The documents: each a row, written with its fact and never changed but for <c>erase</c>, which takes its text away. Number, digest and
/// seal tell of nobody, and stay.
/// </summary>
public sealed class DocumentTable(NpgsqlDataSource database)
{
    public const string Name = $"{Store.Schema}.documents", Sequence = $"{Store.Schema}.document_numbers";

    // case_id is the id of what the document is of; once there were documents of cases only.
    private const string Columns = "case_id, version, number, act, title, department, made_on, digest, seal, text";

    /// <summary>Puts a document beside its fact.</summary>
    public const string Insert = $"insert into {Name} ({Columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /// <summary>What is personal of a thing's documents.</summary>
    public static readonly ErasedBesides Erased = new($"update {Name} set text = null where case_id = ?");

    /// <summary>Both objects of the database.</summary>
    public static ISchemaObject[] Schema
    {
        get
        {
            var table = new Table(Name);
            table.AddColumn("case_id", "uuid").AsPrimaryKey();
            table.AddColumn("version", "integer").AsPrimaryKey();
            foreach (var column in new[] { "number", "act", "title", "department", "digest", "seal" })
                table.AddColumn(column, "text").NotNull();
            table.AddColumn("made_on", "date").NotNull();
            table.AddColumn("text", "text");
            table.Indexes.Add(new IndexDefinition("documents_number") { Columns = ["number"], IsUnique = true });
            return [table, new Sequence(Sequence)];
        }
    }

    /// <summary>What is inserted.</summary>
    public static object[] Row(StoredDocument d) =>
        [d.Thing, d.Version, d.Number, Kebab.Of(d.Act), d.Title, Kebab.Of(d.Department), d.Date, d.Digest, d.Seal, d.Text!];

    /// <summary>The documents of cases or licences, in order.</summary>
    public async Task<ILookup<Guid, StoredDocument>> Of(IReadOnlyCollection<Guid> things, CancellationToken ct) =>
        (await Read("case_id = any ($1)", things.ToArray(), ct)).ToLookup(d => d.Thing);

    /// <summary>The document of a number; null where there is none.</summary>
    public async Task<StoredDocument?> Find(string number, CancellationToken ct) =>
        // Postgres takes no zero bytes, and no number has one.
        number.Contains('\0', StringComparison.Ordinal) ? null : (await Read("case_id = (select case_id from " + Name + " where number = $1)", number, ct)).SingleOrDefault(d => d.Number == number);

    private Task<IReadOnlyList<StoredDocument>> Read(string which, object value, CancellationToken ct) => database.Rows(
        $"select {Columns}, row_number() over (partition by case_id order by version) from {Name} where {which} order by case_id, version",
        row => new StoredDocument(
            row.GetGuid(0), (int)row.GetInt64(10), row.GetInt32(1), row.GetString(2), Kebab.Parse<DocumentAct>(row.GetString(3))!.Value, row.GetString(4),
            Kebab.Parse<Department>(row.GetString(5))!.Value, row.GetFieldValue<DateOnly>(6), row.GetString(7), row.GetString(8), row.IsDBNull(9) ? null : row.GetString(9)),
        ct, value);
}
