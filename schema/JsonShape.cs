using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace OneDoor;

/// <summary>
/// The form of the published language's JSON, for people who write it by hand: all that is wrong with a document at once
/// and in words, where reading it would stop at the first thing, and the same as a JSON Schema.
/// </summary>
public static class JsonShape
{
    private static readonly JsonSerializerOptions Options = new(PlatformJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>What keeps a document from being read as a type; empty when it can be read.</summary>
    /// <param name="json">The document or a part of it.</param>
    /// <param name="type">A record of the published language, or a type of its members.</param>
    /// <returns>In the order of the document, each with its place: members' names and elements' numbers from 1, each after a slash.</returns>
    public static IEnumerable<(string Place, string What)> Problems(JsonElement json, Type type) => Problems(json, Options.GetTypeInfo(type), "");

    /// <summary>The JSON Schema (2020-12) of a type.</summary>
    public static JsonNode SchemaOf(Type type)
    {
        var schema = Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = WithNames })
            .AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return schema;
    }

    private static IEnumerable<(string, string)> Problems(JsonElement json, JsonTypeInfo type, string place) => (json.ValueKind, type.Kind) switch
    {
        (JsonValueKind.Object, JsonTypeInfoKind.Object) => OfMembers(json, type, place),
        (JsonValueKind.Array, JsonTypeInfoKind.Enumerable) =>
            json.EnumerateArray().SelectMany((element, index) => Problems(element, Options.GetTypeInfo(type.ElementType!), $"{place}/{index + 1}")),
        (_, JsonTypeInfoKind.None) when CanBeRead(json, type) => [],
        _ => [(place, $"{Named(json)} stands where {Wanted(type)} belongs")],
    };

    private static IEnumerable<(string, string)> OfMembers(JsonElement json, JsonTypeInfo type, string place)
    {
        var known = type.Properties.ToDictionary(p => p.Name);
        var seen = new HashSet<string>();
        foreach (var member in json.EnumerateObject())
        {
            var at = $"{place}/{member.Name}";
            if (!seen.Add(member.Name))
                yield return (at, "named twice");
            else if (!known.TryGetValue(member.Name, out var property))
                yield return (at, $"no such member; there are {string.Join(", ", known.Keys)}");
            else if (member.Value.ValueKind != JsonValueKind.Null || !MayBeNull(property))
                foreach (var problem in Problems(member.Value, Options.GetTypeInfo(property.PropertyType), at))
                    yield return problem;
        }
        foreach (var lacking in type.Properties.Where(p => IsRequired(p) && !seen.Contains(p.Name)))
            yield return ($"{place}/{lacking.Name}", "missing");
    }

    private static bool IsRequired(JsonPropertyInfo property) => property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false };

    private static bool MayBeNull(JsonPropertyInfo property) => property.AssociatedParameter?.IsNullable ?? property.IsSetNullable;

    private static bool CanBeRead(JsonElement json, JsonTypeInfo type)
    {
        try
        {
            return json.Deserialize(type) is not null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Wanted(JsonTypeInfo type) => (Nullable.GetUnderlyingType(type.Type) ?? type.Type) switch
    {
        { IsEnum: true } names => $"one of {string.Join(", ", Names(names))}",
        var t when t == typeof(string) => "a text",
        var t when t == typeof(bool) => "true or false",
        var t when t == typeof(int) => "a whole number",
        var t when t == typeof(decimal) => "a number",
        var t when t.IsAssignableTo(typeof(IEnumerable)) => "a list",
        _ => "an object",
    };

    private static string Named(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ when json.GetRawText() is { Length: <= 60 } text => text,
        JsonValueKind.String => "a text",
        _ => "a number",
    };

    private static IEnumerable<string> Names(Type names) =>
        Enum.GetValues(names).Cast<object>().Select(name => JsonSerializer.SerializeToElement(name, names, Options).GetString()!);

    // The library does not see into the converter of enums.
    private static JsonNode WithNames(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (!type.IsEnum)
            return schema;
        return new JsonObject { ["enum"] = new JsonArray([.. Names(type).Select(name => (JsonNode)name)]) };
    }
}
