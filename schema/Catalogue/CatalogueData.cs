using System.Reflection;
using System.Text.Json;

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
    /// <exception cref="InvalidDataException">The file is no catalogue; the message names the file and the item.</exception>
    public static IReadOnlyList<Item> Parse(Stream json, string source = "catalogue")
    {
        using var buffer = new MemoryStream();
        json.CopyTo(buffer);
        return Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), source);
    }

    /// <inheritdoc cref="Parse(Stream, string)"/>
    public static IReadOnlyList<Item> Parse(ReadOnlySpan<byte> json, string source = "catalogue")
    {
        JsonElement file;
        try
        {
            file = JsonSerializer.Deserialize<JsonElement>(WithoutByteOrderMark(json), PlatformJson.Options);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{source}: not valid JSON. {e.Message}", e);
        }

        if (file.ValueKind is not JsonValueKind.Array)
            throw new InvalidDataException($"{source}: a catalogue file is a JSON array of items, not {Named(file.ValueKind)}.");
        return [.. file.EnumerateArray().Select((element, index) => ParseItem(element, index, source))];
    }

    private static Item ParseItem(JsonElement element, int index, string source)
    {
        var place = $"{source}: item {index + 1}{CodeOf(element)}";
        if (element.ValueKind is not JsonValueKind.Object)
            throw new InvalidDataException($"{place} is {Named(element.ValueKind)}, not an object.");
        // The serializer's null checks stop at the elements of lists.
        if (HoldsNullElement(element))
            throw new InvalidDataException($"{place}: a list holds null.");
        try
        {
            return element.Deserialize<Item>(PlatformJson.Options)!;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{place}: {e.Message}", e);
        }
    }

    private static string CodeOf(JsonElement element) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty("code", out var code)
            && code.ValueKind is JsonValueKind.String
            ? $" ({code.GetString()})"
            : "";

    private static bool HoldsNullElement(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Any(e => e.ValueKind is JsonValueKind.Null || HoldsNullElement(e)),
        JsonValueKind.Object => element.EnumerateObject().Any(p => HoldsNullElement(p.Value)),
        _ => false,
    };

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
