using System.Reflection;
using System.Text.Json.Nodes;

namespace OneDoor.Catalogue;

/// <summary>
/// Reads catalogues: the zone's own, which ships with the schema as one file per department (<c>data/items-*.json</c>),
/// and an operator's changed files in the same format, a JSON array of <see cref="Item"/>.
/// </summary>
/// <remarks>Reading checks the form only; what the entries mean together is for <see cref="CatalogueRules"/>.</remarks>
public static class CatalogueData
{
    private static readonly Lazy<IReadOnlyList<Item>> ZoneItems = new(ReadZone);

    /// <summary>The zone's catalogue: every leaf entry, department by department, in the order of its file.</summary>
    public static IReadOnlyList<Item> Zone() => ZoneItems.Value;

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

    private static List<Item> ReadZone()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("items-", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        var items = new List<Item>();
        foreach (var file in files)
        {
            using var json = assembly.GetManifestResourceStream(file)!;
            items.AddRange(Parse(json, file));
        }
        return items;
    }
}
