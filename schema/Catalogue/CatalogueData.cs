using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using OneDoor.Forms;

namespace OneDoor.Catalogue;

/// <summary>
/// Reads catalogues: the zone's own, which ships with the schema as one file per department (<c>data/items-*.json</c>),
/// and an operator's changed files in the same format, a JSON array of <see cref="Item"/>. The files hold the law of today;
/// what the law of June 2020 had otherwise is written beside (<c>data/changes-2020-06.json</c>): per entry the members that
/// differ, each whole. By what licences are suspended is written once for each kind (<c>data/suspension-bases.json</c>), and stands in the items of today that issue it. Forms lie beside them (<c>forms-*.json</c>, JSON arrays of <see cref="Form"/>).
/// </summary>
/// <remarks>Reading checks the form only; what the entries mean together is for <see cref="CatalogueRules"/>.</remarks>
public static class CatalogueData
{
    /// <summary>The names of the zone's two editions.</summary>
    public const string June2020Edition = "2020-06", TodaysEdition = "today";

    /// <summary>What the name of a file of forms begins with.</summary>
    public const string FormFiles = "forms-";

    private const string ItemFiles = "items-", CommonForm = "common";

    private static readonly Lazy<IReadOnlyList<Form>> ShippedForms = new(() => [.. Files(FormFiles).SelectMany(file => ParseForms(Shipped.Bytes(file), file))]);
    private static readonly Lazy<IReadOnlyList<ShippedBasis>> Suspensions = new(() => Shipped.List<ShippedBasis>("suspension-bases.json", "basis", "code"));

    private static readonly Lazy<IReadOnlyList<Item>> Today = new(() => ReadEdition(TodaysEdition, []));
    private static readonly Lazy<IReadOnlyList<Item>> InJune2020 = new(() => ReadEdition(June2020Edition, Changes()));

    /// <summary>The zone's catalogue under the law of today: every leaf entry, department by department, in the order of its file.</summary>
    public static IReadOnlyList<Item> Zone() => Today.Value;

    /// <summary>The same entries under the law of June 2020, when the zone published its figures.</summary>
    public static IReadOnlyList<Item> June2020() => InJune2020.Value;

    /// <summary>The zone's forms.</summary>
    public static IReadOnlyList<Form> Forms() => ShippedForms.Value;

    /// <summary>The form that an item is published with: the one it names, or the common one; null where nobody can apply for it.</summary>
    /// <param name="item">The item.</param>
    /// <param name="forms">All there are.</param>
    public static Form? FormOf(Item item, IEnumerable<Form> forms) =>
        item.IsEmpty ? null : forms.FirstOrDefault(form => form.Code == (item.Form ?? CommonForm));

    /// <summary>The forms of one file.</summary>
    /// <inheritdoc cref="Parse(Stream, string)"/>
    public static IReadOnlyList<Form> ParseForms(ReadOnlySpan<byte> json, string source) => JsonShape.ReadList<Form>(json, source, "form", "code");

    /// <summary>The leaf entries of one catalogue file.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="source">What the error message calls the file.</param>
    /// <exception cref="InvalidDataException">The file is no catalogue; the message names the file and has a line for everything that is wrong in it.</exception>
    public static IReadOnlyList<Item> Parse(Stream json, string source = "catalogue")
    {
        using var buffer = new MemoryStream();
        json.CopyTo(buffer);
        return Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), source);
    }

    /// <inheritdoc cref="Parse(Stream, string)"/>
    public static IReadOnlyList<Item> Parse(ReadOnlySpan<byte> json, string source = "catalogue") => JsonShape.ReadList<Item>(json, source, "item", "code");

    /// <summary>The JSON Schema (2020-12) of a catalogue file.</summary>
    public static JsonNode Schema() => JsonShape.SchemaOf(typeof(IReadOnlyList<Item>));

    private static List<Item> ReadEdition(string edition, Dictionary<string, JsonObject> changes)
    {
        var items = new List<Item>();
        var unused = changes.Keys.ToHashSet();
        foreach (var file in Files(ItemFiles))
        {
            var entries = Entries(file);
            foreach (var entry in entries.Select(entry => entry!.AsObject()))
            {
                entry["edition"] = edition;
                if (!changes.TryGetValue((string)entry["code"]!, out var changed))
                    continue;
                unused.Remove((string)entry["code"]!);
                foreach (var (member, value) in changed)
                    entry[member] = value?.DeepClone();
            }
            var read = Parse(Encoding.UTF8.GetBytes(entries.ToJsonString()), file);
            items.AddRange(edition == TodaysEdition ? read.Select(Suspended) : read);
        }
        return unused.Count == 0 ? items : throw new InvalidDataException($"Changes of {string.Join(", ", unused)}, which no file has.");
    }

    // LIC-6: what suspends a licence is said by the law of its kind, whichever item issues it; where that says nothing of its own, of what is licensed in general.
    private static Item Suspended(Item item)
    {
        var own = Suspensions.Value.Where(basis => basis.Licences?.Intersect(item.Issued).Any() == true).ToArray();
        var bases = own.Length > 0 ? own : item.Act == Act.Licence && (item.HasEnd || item.Issued.Any(code => !LicenceKind.Of(code).Result)) ? [.. Suspensions.Value.Where(basis => basis.Licences is null)] : [];
        return bases.Length == 0 ? item : item with
        {
            SuspensionBases = [.. bases.Select(basis => basis.Basis)],
            Sample = bases.Any(basis => basis.Sample) ? [.. item.Sample, "suspensionBases"] : item.Sample,
        };
    }

    private static IEnumerable<string> Files(string beginning) => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(beginning, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static Dictionary<string, JsonObject> Changes() =>
        Entries($"changes-{June2020Edition}.json").Select(change => change!.AsObject()).ToDictionary(change => (string)change["code"]!);

    private static JsonArray Entries(string file) => Shipped.Table<JsonArray>(file);

    /// <param name="Basis">What suspends.</param>
    /// <param name="Licences">Codes of the kinds of licences that it suspends; null for all that have nothing of their own.</param>
    /// <param name="Sample">No public source that was read says so of these.</param>
    private sealed record ShippedBasis(SuspensionBasis Basis, IReadOnlyList<string>? Licences = null, bool Sample = false);
}
