using System.Text.Json.Nodes;

namespace OneDoor.Contracts;

/// <summary>One method at one path of the served description.</summary>
/// <param name="Method">In upper case.</param>
/// <param name="Path">As described, with parameters in braces.</param>
public sealed record Operation(string Method, string Path, JsonObject Described, JsonNode Document)
{
    public string Name => $"{Method} {Path}";

    public string? Id => (string?)Described["operationId"];

    /// <summary>The scopes of which one is enough; empty when it is public.</summary>
    public IReadOnlyList<string> Scopes =>
        [.. Security.SelectMany(requirement => requirement!.AsObject().SelectMany(scheme => scheme.Value!.AsArray().Select(scope => (string)scope!)))];

    public JsonArray Security => Described["security"]?.AsArray() ?? [];

    public IReadOnlyDictionary<string, JsonNode> Responses => Described["responses"]!.AsObject().ToDictionary(r => r.Key, r => Resolve(r.Value!));

    public JsonNode? Body => Described["requestBody"] is { } body ? Resolve(body) : null;

    public JsonNode? Parameter(string name) => Described["parameters"]?.AsArray().Select(p => Resolve(p!)).FirstOrDefault(p => (string?)p["name"] == name);

    /// <summary>The names of the parameters at one place, for instance <c>query</c>.</summary>
    public IEnumerable<string> Parameters(string place) =>
        (Described["parameters"]?.AsArray() ?? []).Select(p => Resolve(p!)).Where(p => (string?)p["in"] == place).Select(p => (string)p["name"]!);

    public static IReadOnlyList<Operation> All(JsonNode document) =>
    [
        .. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Select(method => new Operation(method.Key.ToUpperInvariant(), path.Key, method.Value!.AsObject(), document))),
    ];

    /// <summary>What a reference stands for, for instance <c>#/components/responses/Problem404</c>.</summary>
    public JsonNode Resolve(JsonNode node) => (string?)node["$ref"] is { } reference
        ? reference.Split('/').Skip(1).Aggregate(Document, (at, name) => at[name]!)
        : node;
}
