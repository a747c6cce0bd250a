using System.Reflection;
using System.Text.Json;
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
    public static IReadOnlyList<Item> Parse(ReadOnlySpan<byte> json, string source = "catalogue")
    {
        using var file = Document(json, source);
        if (file.RootElement.ValueKind is not JsonValueKind.Array)
            throw new InvalidDataException($"{source}: a catalogue file is a JSON array of items, not {Named(file.RootElement.ValueKind)}.");
        var problems = file.RootElement.EnumerateArray().SelectMany((item, index) => ProblemsOf(item, $"{source}: item {index + 1}")).ToList();
        return problems.Count > 0
            ? throw new InvalidDataException(string.Join('\n', problems))
            : [.. file.RootElement.EnumerateArray().Select(item => item.Deserialize<Item>(PlatformJson.Options)!)];
    }

    /// <summary>The JSON Schema (2020-12) of a catalogue file.</summary>
    public static JsonNode Schema() => JsonShape.SchemaOf(typeof(IReadOnlyList<Item>));

    private static JsonDocument Document(ReadOnlySpan<byte> json, string source)
    {
        try
        {
            return JsonDocument.Parse(WithoutByteOrderMark(json).ToArray(), new JsonDocumentOptions { MaxDepth = PlatformJson.Options.MaxDepth });
        }
        catch (JsonException e)
        {
            var why = e.Message.Split(" LineNumber:")[0];
            throw new InvalidDataException($"{source}: not valid JSON in line {e.LineNumber + 1}. {why}", e);
        }
    }

    private static IEnumerable<string> ProblemsOf(JsonElement item, string place)
    {
        if (item.ValueKind is not JsonValueKind.Object)
            return [$"{place} is {Named(item.ValueKind)}, not an object."];
        try
        {
            return [.. JsonShape.Problems(item, typeof(Item)).Select(problem => $"{place}{CodeOf(item)}{problem.Place}: {problem.What}.")];
        }
        catch (InvalidOperationException)
        {
            return [$"{place}: a name or a text is not valid Unicode."];
        }
    }

    private static string CodeOf(JsonElement element) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty("code", out var code)
            && code.ValueKind is JsonValueKind.String
            ? $" ({code.GetString()})"
            : "";

    private static string Named(JsonValueKind kind) => kind.ToString().ToLowerInvariant();

    private static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        return json.StartsWith(mark) ? json[mark.Length..] : json;
    }

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
