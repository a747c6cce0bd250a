using System.Text.Json;
using GraphQL;

namespace OneDoor.Graph;

/// <summary>One request, whichever way it came.</summary>
public sealed record GraphRequest(string? Query, string? OperationName, Inputs Variables, string? DocumentId)
{
    /// <summary>What stands twice in one object has no meaning, so it is refused, as over REST.</summary>
    public static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>A request in JSON, as HTTP bodies and WebSocket payloads hold it.</summary>
    public static (GraphRequest? Request, Refusal? Refused) Read(JsonElement body, IGraphQLTextSerializer json)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return (null, GraphRefusals.BadRequest);
        try
        {
            return TryText(body, "query", out var query) && TryText(body, "operationName", out var name) && TryText(body, "documentId", out var id)
                ? Read(query, name, id, Member(body, "variables"), Member(body, "extensions"), json)
                : (null, GraphRefusals.BadRequest);
        }
        catch (InvalidOperationException)
        {
            return (null, RequestRefusals.TextInvalid); // A lone surrogate.
        }
    }

    /// <summary>A request in an address.</summary>
    public static (GraphRequest? Request, Refusal? Refused) Read(IQueryCollection query, IGraphQLTextSerializer json)
    {
        return Read(Text("query"), Text("operationName"), Text("documentId"), Parse(Text("variables")), Parse(Text("extensions")), json);
        string? Text(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;
    }

    private static (GraphRequest?, Refusal?) Read(
        string? query, string? name, string? id, JsonElement? variables, JsonElement? extensions, IGraphQLTextSerializer json)
    {
        if (variables is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) } || extensions is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) })
            return (null, GraphRefusals.BadRequest);
        // Clients made for persisted queries name the document by its digest.
        if (extensions is { ValueKind: JsonValueKind.Object } e && e.TryGetProperty("persistedQuery", out var persisted)
            && persisted.ValueKind == JsonValueKind.Object && persisted.TryGetProperty("sha256Hash", out var hash) && hash.ValueKind == JsonValueKind.String)
            id ??= hash.GetString();
        if (query is null && id is null)
            return (null, GraphRefusals.BadRequest);
        Inputs? inputs;
        try
        {
            inputs = variables is { ValueKind: JsonValueKind.Object } given ? json.ReadNode<Inputs>(given) : null;
        }
        catch (JsonException)
        {
            return (null, RequestRefusals.TextInvalid); // It is JSON already: a lone surrogate.
        }
        return (new GraphRequest(query, string.IsNullOrEmpty(name) ? null : name, inputs ?? Inputs.Empty, id), null);
    }

    private static bool TryText(JsonElement body, string name, out string? text)
    {
        var member = Member(body, name);
        text = member is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        return member is null or { ValueKind: JsonValueKind.String or JsonValueKind.Null };
    }

    private static JsonElement? Member(JsonElement body, string name) => body.TryGetProperty(name, out var value) ? value : null;

    // What is no JSON is left undefined, which no request accepts.
    private static JsonElement? Parse(string? text)
    {
        if (text is null)
            return null;
        try
        {
            return JsonElement.Parse(text, Strict);
        }
        catch (JsonException)
        {
            return default(JsonElement);
        }
    }
}
