using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OneDoor;

/// <summary>
/// The form of the published language's JSON, for people who write it by hand: all that is wrong with a document at once
/// and in words, where reading it would stop at the first thing, and the same as a JSON Schema.
/// </summary>
public static class JsonShape
{
    private static readonly JsonSerializerOptions Options = new(PlatformJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>Reads a file that lists records of one type.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="source">What the error message calls the file.</param>
    /// <param name="each">What it calls a record, for instance <c>item</c>.</param>
    /// <param name="name">The member a record goes by.</param>
    /// <exception cref="InvalidDataException">The file is no such list; the message names the file and has a line for everything that is wrong in it.</exception>
    public static IReadOnlyList<T> ReadList<T>(ReadOnlySpan<byte> json, string source, string each, string name)
    {
        using var file = Document(json, source);
        if (file.RootElement.ValueKind is not JsonValueKind.Array)
            throw new InvalidDataException($"{source}: the file is a JSON array of {each}s, not {Named(file.RootElement)}.");
        var problems = file.RootElement.EnumerateArray()
            .SelectMany((record, index) => ProblemsOf(record, typeof(T), $"{source}: {each} {index + 1}", name)).ToList();
        return problems.Count > 0
            ? throw new InvalidDataException(string.Join('\n', problems))
            : [.. file.RootElement.EnumerateArray().Select(record => record.Deserialize<T>(PlatformJson.Options)!)];
    }

    /// <summary>The JSON Schema (2020-12) of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="isWritten">Of what is written and not read: what is left out where it is null is not required.</param>
    public static JsonNode SchemaOf(Type type, bool isWritten = false)
    {
        var schema = Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true, TransformSchemaNode = isWritten ? (context, node) => WithoutOmitted(context, WithNames(context, node)) : WithNames,
        })
            .AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return schema;
    }

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

    private static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        return json.StartsWith(mark) ? json[mark.Length..] : json;
    }

    private static IEnumerable<string> ProblemsOf(JsonElement record, Type type, string place, string name)
    {
        if (record.ValueKind is not JsonValueKind.Object)
            return [$"{place} is {Named(record)}, not an object."];
        try
        {
            var named = record.TryGetProperty(name, out var own) && own.ValueKind is JsonValueKind.String ? $" ({own.GetString()})" : "";
            return [.. Problems(record, Options.GetTypeInfo(type), "").Select(problem => $"{place}{named}{problem.Place}: {problem.What}.")];
        }
        catch (InvalidOperationException)
        {
            return [$"{place}: a name or a text is not valid Unicode."];
        }
    }

    /// <summary>What keeps a part of a document from being read, in its order, each with its place: members' names and elements' numbers from 1, each after a slash.</summary>
    private static IEnumerable<(string Place, string What)> Problems(JsonElement json, JsonTypeInfo type, string place) => (json.ValueKind, type.Kind) switch
    {
        (JsonValueKind.Object, JsonTypeInfoKind.Object) => OfMembers(json, type, place),
        (JsonValueKind.Array, JsonTypeInfoKind.Enumerable) =>
            json.EnumerateArray().SelectMany((element, index) => Problems(element, Options.GetTypeInfo(type.ElementType!), $"{place}/{index + 1}")),
        (_, JsonTypeInfoKind.None) when CanBeRead(json, type) => [],
        // Anything can be one that says nothing twice.
        _ when type.Type == typeof(JsonElement) => [(place, "a member in it is named twice")],
        _ => [(place, $"{Named(json)} stands where {Wanted(type)} belongs")],
    };

    private static IEnumerable<(string, string)> OfMembers(JsonElement json, JsonTypeInfo type, string place)
    {
        // Of a member that is no part of the JSON the library keeps the name alone.
        var known = type.Properties.Where(p => p.Get is not null || p.Set is not null).ToDictionary(p => p.Name);
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

    private static JsonNode WithoutOmitted(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject shape || shape["required"] is not JsonArray required)
            return schema;
        var omitted = context.TypeInfo.Properties.Where(p => p.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true) is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull }]).Select(p => p.Name);
        foreach (var name in required.Where(name => omitted.Contains((string?)name)).ToArray())
            required.Remove(name);
        return schema;
    }

    // The library does not see into the converter of enums.
    private static JsonNode WithNames(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (!type.IsEnum)
            return schema;
        IEnumerable<JsonNode?> names = Names(type).Select(name => (JsonNode)name);
        return new JsonObject { ["enum"] = new JsonArray([.. type == context.TypeInfo.Type ? names : names.Append(null)]) };
    }
}
