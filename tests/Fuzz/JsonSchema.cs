using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OneDoor.Contracts;

namespace OneDoor.Fuzz;

/// <summary>Holds JSON to the schemas of openapi.yaml: to those keywords of JSON Schema 2020-12 that stand in it, and it stops at any other.</summary>
public static class JsonSchema
{
    /// <summary>Where the JSON is not as described; nothing when it is.</summary>
    /// <param name="operation">Knows the document that references point into.</param>
    /// <param name="described">A schema, or a reference to one.</param>
    /// <param name="json">What was answered.</param>
    /// <param name="at">JSON Pointer to it.</param>
    public static IEnumerable<string> Differences(Operation operation, JsonNode described, JsonElement json, string at = "")
    {
        var schema = operation.Resolve(described).AsObject();
        return schema.SelectMany(keyword => keyword.Key switch
        {
            "type" => IsOneOf(keyword.Value!, json) ? [] : [$"{at} is {json.ValueKind}, not {keyword.Value!.ToJsonString()}"],
            "enum" => keyword.Value!.AsArray().Any(v => json.ValueKind == JsonValueKind.String && json.ValueEquals((string?)v))
                ? []
                : [$"{at} is {json.GetRawText()}, none of the values described"],
            "format" => IsFormatted((string)keyword.Value!, json) ? [] : [$"{at} is {json.GetRawText()}, no {keyword.Value}"],
            "oneOf" => keyword.Value!.AsArray().Count(s => !Differences(operation, s!, json, at).Any()) == 1 ? [] : [$"{at} is not one of those described"],
            "required" => json.ValueKind == JsonValueKind.Object
                ? keyword.Value!.AsArray().Where(name => !json.TryGetProperty((string)name!, out _)).Select(name => $"{at}/{name} is missing")
                : [],
            "properties" or "additionalProperties" when json.ValueKind == JsonValueKind.Object => Members(operation, schema, keyword.Key, json, at),
            "items" when json.ValueKind == JsonValueKind.Array => json.EnumerateArray().SelectMany((e, i) => Differences(operation, keyword.Value!, e, $"{at}/{i}")),
            "properties" or "additionalProperties" or "items" or "description" or "default" or "readOnly" or "discriminator" => [],
            _ => throw new NotSupportedException($"openapi.yaml says {keyword.Key}, and this class does not know what that means."),
        });
    }

    private static IEnumerable<string> Members(Operation operation, JsonObject schema, string keyword, JsonElement json, string at)
    {
        var named = schema["properties"]?.AsObject() ?? [];
        foreach (var member in json.EnumerateObject())
        {
            if (named[member.Name] is { } described)
            {
                if (keyword == "properties")
                    foreach (var difference in Differences(operation, described, member.Value, $"{at}/{member.Name}"))
                        yield return difference;
            }
            else if (keyword == "additionalProperties")
            {
                if (schema[keyword]!.GetValueKind() == JsonValueKind.False)
                    yield return $"{at}/{member.Name} is not described";
                else if (schema[keyword] is JsonObject others)
                    foreach (var difference in Differences(operation, others, member.Value, $"{at}/{member.Name}"))
                        yield return difference;
            }
        }
    }

    private static bool IsOneOf(JsonNode types, JsonElement json) =>
        (types is JsonArray list ? list.Select(t => (string)t!) : [(string)types!]).Any(type => type == json.ValueKind switch
        {
            JsonValueKind.Null => "null",
            JsonValueKind.String => "string",
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.Number => type == "integer" && json.TryGetInt64(out _) ? "integer" : "number",
            _ => "boolean",
        });

    private static bool IsFormatted(string format, JsonElement json) => (json.ValueKind, format) switch
    {
        (JsonValueKind.String, "uuid") => json.TryGetGuid(out _),
        (JsonValueKind.String, "date") => DateOnly.TryParseExact(json.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        (JsonValueKind.String, "date-time") => json.TryGetDateTimeOffset(out _),
        (JsonValueKind.Number, "int32") => json.TryGetInt32(out _),
        (JsonValueKind.Number, "int64") => json.TryGetInt64(out _),
        (JsonValueKind.Null, _) => true,
        _ => throw new NotSupportedException($"openapi.yaml has {json.ValueKind} in the format {format}, and this class does not know it."),
    };
}
