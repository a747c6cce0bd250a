using System.Text.Json;
using System.Text.Json.Nodes;
using GraphQL.Types;
using GraphQLParser.AST;

namespace OneDoor.Graph;

/// <summary>JSON whose shape GraphQL does not know, as it is; an object.</summary>
public sealed class JsonGraph : ScalarGraphType
{
    public JsonGraph()
    {
        (Name, Description) = ("JSON", "A JSON object whose members another description names, for instance a JSON Schema. Inside of it are no variables: the whole is one, or none.");
        SpecifiedBy.Apply(this, "https://www.rfc-editor.org/rfc/rfc8259");
    }

    public override object? ParseLiteral(GraphQLValue value) => value is GraphQLNullValue ? null
        : value is GraphQLObjectValue ? JsonSerializer.SerializeToElement(Read(value)) : ThrowLiteralConversionError(value);

    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        JsonElement json => json,
        IDictionary<string, object?> members => JsonSerializer.SerializeToElement(members, PlatformJson.Options),
        _ => ThrowValueConversionError(value),
    };

    public override object? Serialize(object? value) => value;

    private static JsonNode? Read(GraphQLValue value) => value switch
    {
        GraphQLObjectValue members => new JsonObject((members.Fields ?? []).Select(member => KeyValuePair.Create((string)member.Name.Value, Read(member.Value)))),
        GraphQLListValue list => new JsonArray([.. (list.Values ?? []).Select(Read)]),
        GraphQLStringValue text => (string)text.Value,
        GraphQLEnumValue name => (string)name.Name.Value,
        GraphQLBooleanValue truth => truth.Value == "true",
        GraphQLIntValue number => JsonNode.Parse(number.Value.Span.ToString()),
        GraphQLFloatValue number => JsonNode.Parse(number.Value.Span.ToString()),
        // Nobody puts its value in: it would be null, which for some is what is to be gone.
        GraphQLVariable => throw new InvalidOperationException("There are no variables inside of JSON."),
        _ => null,
    };
}
