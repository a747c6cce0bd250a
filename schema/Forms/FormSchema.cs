using System.Text.Json;
using System.Text.Json.Nodes;

namespace OneDoor.Forms;

/// <summary>
/// A form as JSON Schema (2020-12): what any validator can hold an answer to. Checks of several fields, the days between which one has to be, decimals and
/// ages it does not know; they stand in <c>x-onedoor</c>, for whoever draws the form. What is wrong with a number of a document, or is a character
/// that nobody sees, the platform alone says.
/// </summary>
public sealed class FormSchema
{
    private const string Extension = "x-onedoor";

    private readonly string _language;
    private readonly DateOnly _today;
    private readonly IReadOnlyDictionary<string, Offered> _offered, _besides;

    private FormSchema(string language, DateOnly today, IReadOnlyDictionary<string, Offered>? offered, IReadOnlyDictionary<string, Offered>? besides) =>
        (_language, _today, _offered, _besides) = (language, today, offered ?? new Dictionary<string, Offered>(), besides ?? new Dictionary<string, Offered>());

    /// <summary>The schema.</summary>
    /// <param name="form">The form.</param>
    /// <param name="item">Code of the item whose form it is.</param>
    /// <param name="version">The item's version.</param>
    /// <param name="language">The language of titles and descriptions.</param>
    /// <param name="today">The day, China Standard Time, on which its example is valid.</param>
    /// <param name="offered">What stands as <c>default</c> at fields of the top; nothing where it is left out.</param>
    /// <param name="besides">What is offered for members that a submission has beside its form; nothing where it is left out.</param>
    public static JsonObject Of(
        Form form, string item, int version, string language, DateOnly today, IReadOnlyDictionary<string, Offered>? offered = null, IReadOnlyDictionary<string, Offered>? besides = null) =>
        new FormSchema(language, today, offered, besides).Whole(form, item, version);

    private JsonObject Whole(Form form, string item, int version)
    {
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = form.Name.In(_language) };
        foreach (var (keyword, value) in Object(form.Fields, isWhole: true))
            schema[keyword] = value?.DeepClone();
        schema["$defs"] = new JsonObject(Used(form.Fields).Distinct().Order().Select(type => KeyValuePair.Create(Kebab.Of(type), (JsonNode?)Object(Blocks.PartsOf(new() { Name = "", Label = form.Name, Type = type })))));
        schema["examples"] = new JsonArray(JsonSerializer.SerializeToNode(FormExample.Of(form, _today)));
        schema[Extension] = new JsonObject
        {
            ["item"] = item,
            ["version"] = version,
            ["form"] = form.Code,
            ["sample"] = form.Sample,
            ["source"] = form.Source,
            ["order"] = Names(form.Fields),
            ["sections"] = Written(form.Sections),
            ["checks"] = Written(form.Checks),
        };
        if (_besides.Count > 0)
            schema[Extension]!["offered"] = new JsonObject(_besides.Select(one => KeyValuePair.Create(
                one.Key, (JsonNode?)new JsonObject { ["value"] = JsonSerializer.SerializeToNode(one.Value.Value), ["source"] = SourceOf(one.Value) })));
        return schema;
    }

    private static IEnumerable<FieldType> Used(IEnumerable<Field> fields) => fields.SelectMany(field =>
        field.Type is FieldType.Person or FieldType.Entity or FieldType.Address ? [field.Type] : Used(field.Fields));

    // An object with these members: which are always there, and which under conditions.
    private JsonObject Object(IReadOnlyList<Field> fields, bool isWhole = false)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)Of(field, isWhole ? _offered.GetValueOrDefault(field.Name) : null)))),
        };
        if (fields.Where(field => field is { Required: true, When: [] }).ToArray() is { Length: > 0 } always)
            schema["required"] = Names(always);
        JsonNode[] conditions = [.. fields.SelectMany(field => Asked(field, fields, isWhole)), .. isWhole ? fields.SelectMany(field => AskedInside(field, fields)) : []];
        if (conditions.Length > 0)
            schema["allOf"] = new JsonArray(conditions);
        return schema;
    }

    // Where what is beside it says so, it is asked; else it is not given. What the top says is said there.
    private static IEnumerable<JsonNode> Asked(Field field, IReadOnlyList<Field> beside, bool isWhole)
    {
        if (field.When.Count == 0 || (!isWhole && field.When.Any(IsOfTop)))
            yield break;
        yield return Either(If(field.When, beside), field);
    }

    // A condition of a row's field on what is at the top holds for all rows alike.
    private static IEnumerable<JsonNode> AskedInside(Field parent, IReadOnlyList<Field> top) => parent.Fields.Where(field => field.When.Any(IsOfTop)).Select(field =>
    {
        var beside = field.When.Where(condition => !IsOfTop(condition)).ToArray();
        var then = beside.Length > 0 ? Either(If(beside, parent.Fields), field) : Given(field);
        return (JsonNode)new JsonObject
        {
            ["if"] = If([.. field.When.Where(IsOfTop)], top), ["then"] = Within(parent, then), ["else"] = Within(parent, NotGiven(field)),
        };
    });

    private static JsonObject Within(Field parent, JsonObject inside) => new()
    {
        ["properties"] = new JsonObject { [parent.Name] = parent.Type == FieldType.List ? new JsonObject { ["items"] = inside } : inside },
    };

    private static JsonObject Either(JsonObject asked, Field field) => new() { ["if"] = asked, ["then"] = Given(field), ["else"] = NotGiven(field) };

    private static JsonObject Given(Field field) => field.Required ? new() { ["required"] = new JsonArray(field.Name) } : [];

    private static JsonObject NotGiven(Field field) => new() { ["properties"] = new JsonObject { [field.Name] = false } };

    private static bool IsOfTop(Condition condition) => condition.Field.StartsWith(Condition.Top);

    private static JsonObject If(IReadOnlyList<Condition> conditions, IReadOnlyList<Field> among) => new()
    {
        ["properties"] = new JsonObject(conditions.GroupBy(condition => condition.Name).Select(of => KeyValuePair.Create(of.Key, (JsonNode?)All([.. of.Select(condition => Met(condition, among.First(field => field.Name == of.Key)))])))),
        ["required"] = new JsonArray([.. conditions.Select(condition => condition.Name).Distinct().Select(name => (JsonNode)name)]),
    };

    private static JsonObject All(JsonObject[] schemas) => schemas is [var only] ? only : new() { ["allOf"] = new JsonArray([.. schemas]) };

    private static JsonObject Met(Condition condition, Field named)
    {
        if (condition.Above is { } above)
            return new() { ["type"] = "number", ["exclusiveMinimum"] = above };
        var values = new JsonObject { ["enum"] = new JsonArray([.. condition.Is!.Select(value => JsonSerializer.SerializeToNode(value))]) };
        return named.Type == FieldType.Choices ? new() { ["type"] = "array", ["contains"] = values } : values;
    }

    private JsonObject Of(Field field, Offered? offered)
    {
        var schema = Value(field);
        schema["title"] = field.Label.In(_language);
        if (field.Help is { } help)
            schema["description"] = help.In(_language);
        schema[Extension] = About(field);
        if (offered is null)
            return schema;
        schema["default"] = JsonSerializer.SerializeToNode(offered.Value);
        schema[Extension]!["source"] = SourceOf(offered);
        return schema;
    }

    private static JsonObject SourceOf(Offered offered) => new() { ["case"] = offered.Case };

    private JsonObject Value(Field field) => field.Type switch
    {
        FieldType.Text => Text(field),
        FieldType.Licence => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 100, ["pattern"] = @"\S" },
        FieldType.Integer or FieldType.Decimal or FieldType.Money => new()
        {
            ["type"] = field.Type == FieldType.Integer ? "integer" : "number", ["minimum"] = FieldWords.Fewest(field), ["maximum"] = FieldWords.Most(field),
        },
        FieldType.Fraction => new() { ["type"] = "string", ["pattern"] = FieldWords.Fraction },
        FieldType.Date => new() { ["type"] = "string", ["format"] = "date", ["pattern"] = "^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$" },
        FieldType.Month => new() { ["type"] = "string", ["pattern"] = "^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])$" },
        FieldType.Boolean => new() { ["type"] = "boolean" },
        FieldType.Choice => OneOf(field),
        FieldType.Choices => new() { ["type"] = "array", ["items"] = OneOf(field), ["uniqueItems"] = true, ["minItems"] = FieldWords.Fewest(field), ["maxItems"] = FieldWords.Most(field) },
        FieldType.File => new() { ["type"] = "string", ["format"] = "uuid", ["pattern"] = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$" },
        FieldType.Group => Object(field.Fields),
        FieldType.List => new() { ["type"] = "array", ["items"] = Object(field.Fields), ["minItems"] = FieldWords.Fewest(field), ["maxItems"] = FieldWords.Most(field) },
        _ => new() { ["$ref"] = $"#/$defs/{Kebab.Of(field.Type)}" },
    };

    private static JsonObject Text(Field field) => new()
    {
        ["type"] = "string", ["minLength"] = FieldWords.Fewest(field), ["maxLength"] = FieldWords.Most(field), ["pattern"] = field.Pattern ?? @"\S",
    };

    private JsonObject OneOf(Field field) => new()
    {
        ["type"] = "string", ["oneOf"] = new JsonArray([.. field.Choices.Select(choice => new JsonObject { ["const"] = choice.Code, ["title"] = choice.Name.In(_language) })]),
    };

    // What a schema has no word for.
    private static JsonObject About(Field field)
    {
        var about = new JsonObject { ["type"] = Kebab.Of(field.Type), ["label"] = Written(field.Label) };
        Add("help", field.Help);
        Add("section", field.Section);
        Add("steps", field.Steps);
        Add("sensitive", field.Sensitive ? true : null);
        Add("unit", field.Unit);
        Add("decimals", field.IsNumber ? FieldWords.DecimalsOf(field) : null);
        Add("choices", field.Choices.Count > 0 ? field.Choices : null);
        Add("when", field.When.Count > 0 ? field.When : null);
        Add("age", field.Type == FieldType.Person ? field.Min : null);
        Add("notBefore", field.NotBefore);
        Add("notAfter", field.NotAfter);
        Add("prefill", field.Prefill ? true : null);
        Add("order", field.Type is FieldType.Group or FieldType.List ? field.Fields.Select(part => part.Name).ToArray() : null);
        return about;

        void Add(string member, object? value)
        {
            if (value is not null)
                about[member] = Written(value);
        }
    }

    private static JsonArray Names(IEnumerable<Field> fields) => [.. fields.Select(field => (JsonNode)field.Name)];

    private static JsonNode? Written(object value) => JsonSerializer.SerializeToNode(value, value.GetType(), PlatformJson.Options);
}
