using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphQL;
using GraphQL.Types;
using OneDoor.Cases;

namespace OneDoor.Platform;

/// <summary>A document of GraphQL that asks for one field, written from the schema and what REST's request holds.</summary>
/// <param name="Query">With a variable for every argument.</param>
public sealed record FieldQuery(string Query, JsonObject Variables)
{
    /// <summary>Asks for a field with those of the values given that it takes as arguments.</summary>
    /// <param name="schema">The served schema.</param>
    /// <param name="field">For instance <c>Query.cases</c>, or <c>Case.history</c>, which is reached through <c>Query.case</c>.</param>
    /// <param name="given">Values as REST writes them, by the argument's name.</param>
    public static FieldQuery Of(ISchema schema, string field, IReadOnlyDictionary<string, JsonNode?> given)
    {
        var (type, name) = (field.Split('.')[0], field.Split('.')[1]);
        var root = type switch { "Mutation" => schema.Mutation!, "Subscription" => schema.Subscription!, _ => schema.Query };
        // A thing is asked for by its name, and a hall's schedule by its type.
        var asked = root.Fields.Find(IsThing(type) ? JsonNamingPolicy.CamelCase.ConvertName(type) : name) ?? root.Fields.First(f => f.ResolvedType!.GetNamedType().Name == type);
        var arguments = (asked.Arguments ?? []).Where(a => given.ContainsKey(a.Name)).ToArray();
        var declared = string.Join(", ", arguments.Select(a => $"${a.Name}: {a.ResolvedType}"));
        var passed = string.Join(", ", arguments.Select(a => $"{a.Name}: ${a.Name}"));
        var selected = IsThing(type) ? $"{{ asked: {name} {{ __typename }} }}" : Selection(asked.ResolvedType!);
        return new FieldQuery(
            $"{root.Name!.ToLowerInvariant()}{Bracketed(declared)} {{ asked: {asked.Name}{Bracketed(passed)} {selected} }}",
            new JsonObject(arguments.Select(a => KeyValuePair.Create(a.Name, Written(a.ResolvedType!, given[a.Name])))));
    }

    /// <summary>What a request holds, by the names of arguments: the body's members, or its whole as the one named input.</summary>
    public static async Task<Dictionary<string, JsonNode?>> Given(EntitledRequest request)
    {
        var given = (request.Body ?? []).ToDictionary(m => m.Key, m => m.Value);
        given["input"] = request.Body ?? [];
        foreach (var (name, value) in request.Path)
            given[name] = name is "n" or "year" ? int.Parse(value, CultureInfo.InvariantCulture) : value;
        // A number is of a pause, a notice, a hearing or a window.
        if (request.Path.TryGetValue("n", out var number))
            given["pause"] = given["notice"] = given["hearing"] = given["window"] = int.Parse(number, CultureInfo.InvariantCulture);
        // A hall is asked for by its code, and all else by its hall.
        if (request.Path.TryGetValue("hall", out var hall))
            given["code"] = hall;
        if (request.Headers.FirstOrDefault(header => header.Name == CaseFilter.ApplicantHeader) is { Value: { } applicant })
            given["applicant"] = applicant;
        foreach (var (name, value) in request.Query)
            given[name] = name is "version" && int.TryParse(value, CultureInfo.InvariantCulture, out var which) ? which : value;
        if (request.Code is { } shown)
            given[InsteadOfToken.Argument] = shown;
        // Of a set of indicators it is the set's.
        given.TryAdd("version", Etags.VersionOf(await request.ETag()));
        given["first"] = 100;
        return given;
    }

    private static string Bracketed(string list) => list.Length == 0 ? "" : $"({list})";

    private static bool IsThing(string type) => type is not ("Query" or "Mutation" or "Subscription");

    private static string Selection(IGraphType type) => type.GetNamedType().Name switch
    {
        var payload when payload.EndsWith("Payload", StringComparison.Ordinal) =>
            $"{{ {((IObjectGraphType)type.GetNamedType()).Fields.First(f => f.Name is not ("problem" or "refusal")).Name} {{ __typename }} problem {{ status code }} }}",
        "BatchConnection" or "CaseConnection" or "AppointmentConnection" or "ComplaintConnection" or "EmergencyProjectConnection" or "ReviewConnection" or "WorkOrderConnection" or "TicketConnection" or "SupervisionTaskConnection" or "NotificationConnection" => "{ nodes { id } edges { node { id } } pageInfo { endCursor hasNextPage } }",
        "LicenceConnection" => "{ nodes { number } edges { node { number } } pageInfo { endCursor hasNextPage } }",
        "TaskConnection" => "{ nodes { case { id } } edges { node { case { id } } } pageInfo { endCursor hasNextPage } }",
        _ when type.GetNamedType() is ScalarGraphType => "",
        "TasksChange" => "{ case { id } tasks { case { id } } }",
        _ => "{ __typename }",
    };

    // GraphQL writes legal-entity as LEGAL_ENTITY.
    private static JsonNode? Written(IGraphType type, JsonNode? value) => (type, value) switch
    {
        (_, null) => null,
        (NonNullGraphType t, _) => Written(t.ResolvedType!, value),
        (ListGraphType t, JsonArray list) => new JsonArray([.. list.Select(e => Written(t.ResolvedType!, e))]),
        (IInputObjectGraphType t, JsonObject o) => new JsonObject(o.Select(m => KeyValuePair.Create(m.Key, Written(t.Fields.Find(m.Key)!.ResolvedType!, m.Value)))),
        (EnumerationGraphType, JsonValue v) => v.GetValue<string>().ToUpperInvariant().Replace('-', '_'),
        _ => value.DeepClone(),
    };
}
