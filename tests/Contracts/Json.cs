using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace OneDoor.Contracts;

/// <summary>JSON as outside programs read it: members in any order, numbers as the double they are read into.</summary>
public static class Json
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Published = WithTypes();

    /// <summary>For people to read.</summary>
    public static string Text(JsonNode? node) => (node?.ToJsonString(Indented) ?? "null") + "\n";

    /// <summary>What the published language writes of a type, member by member.</summary>
    public static JsonTypeInfo TypeInfo(Type type) => Published.GetTypeInfo(type);

    /// <summary>Whether an object may lack the member: stored JSON does once a release has added it.</summary>
    public static bool IsOptional(JsonPropertyInfo member) =>
        member.AssociatedParameter is { } parameter
            ? parameter.IsNullable || parameter.HasDefaultValue || Nullable.GetUnderlyingType(parameter.ParameterType) is not null
            : !member.IsRequired;

    /// <summary>Where two documents differ.</summary>
    public static IEnumerable<Difference> Differences(JsonNode? one, JsonNode? other, string at = "")
    {
        switch (one, other)
        {
            case (JsonObject a, JsonObject b):
                return a.Select(m => m.Key).Union(b.Select(m => m.Key)).SelectMany(name => a.ContainsKey(name) && b.ContainsKey(name)
                    ? Differences(a[name], b[name], $"{at}/{name}")
                    : [new Difference($"{at}/{name}", a[name], b[name], IsAddition: !a.ContainsKey(name))]);
            case (JsonArray a, JsonArray b) when a.Count == b.Count:
                return a.SelectMany((element, i) => Differences(element, b[i], $"{at}/{i}"));
            default:
                return IsSame(one, other) ? [] : [new Difference(at, one, other, IsAddition: false)];
        }
    }

    /// <summary>Members that the type cannot do without and the JSON does not have.</summary>
    public static IEnumerable<string> Missing(JsonNode? node, Type type, string at = "")
    {
        var info = TypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        return (node, info.Kind) switch
        {
            (JsonObject o, JsonTypeInfoKind.Object) => info.Properties.Where(p => p.Set is not null || p.AssociatedParameter is not null)
                .SelectMany(p => o.TryGetPropertyValue(p.Name, out var value)
                    ? Missing(value, p.PropertyType, $"{at}/{p.Name}")
                    : IsOptional(p) ? [] : [$"{at}/{p.Name}"]),
            (JsonArray a, JsonTypeInfoKind.Enumerable) => a.SelectMany((element, i) => Missing(element, info.ElementType!, $"{at}/{i}")),
            _ => [],
        };
    }

    private static bool IsSame(JsonNode? one, JsonNode? other) =>
        (one?.GetValueKind(), other?.GetValueKind()) is (JsonValueKind.Number, JsonValueKind.Number)
            ? Number(one!).Equals(Number(other!))
            : JsonNode.DeepEquals(one, other);

    private static double Number(JsonNode node) => JsonSerializer.Deserialize<double>(node);

    private static JsonSerializerOptions WithTypes()
    {
        var options = PlatformJson.Configure(new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() });
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>A place at which two documents differ.</summary>
/// <param name="At">JSON Pointer.</param>
/// <param name="IsAddition">Only the second document has the member.</param>
public sealed record Difference(string At, JsonNode? One, JsonNode? Other, bool IsAddition)
{
    public override string ToString() => $"{At} was {One?.ToJsonString() ?? "nothing"}, is {Other?.ToJsonString() ?? "nothing"}";
}
