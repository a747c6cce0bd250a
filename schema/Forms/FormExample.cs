using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OneDoor.Applicants;

namespace OneDoor.Forms;

/// <summary>A whole answer to a form, to try things with: what is required, and what the form has an example of.</summary>
public static class FormExample
{
    private const string Nowhere = "11111111-1111-4111-8111-111111111111";
    private const int Codes = 1_000_000;

    // One for each row of a list, so that nobody is in it twice.
    private static readonly (string Name, string Number)[] People =
        [("张三", "990000199001010017"), ("李四", "990000198505050026"), ("王五", "990000197808080033"), ("赵六", "990000199512120058")];

    /// <summary>The answer, which is valid on the day.</summary>
    /// <param name="form">The form.</param>
    /// <param name="today">The day, China Standard Time.</param>
    /// <param name="said">Members that it has otherwise than the form's own example; all others follow from them.</param>
    public static JsonElement Of(Form form, DateOnly today, JsonElement? said = null)
    {
        var answer = Made(form.Fields, said is { } otherwise ? JsonObject.Create(otherwise)! : new(), whole: null, today);
        // What a sum has to equal follows from its rows.
        foreach (var check in form.Checks.Where(check => check.Rule == CheckRule.Sum))
            if (form.Fields.FirstOrDefault(field => field.Name == check.EqualTo) is { Example: null, IsNumber: true } total && answer[check.Of!.Split('.')[0]] is JsonArray rows)
                answer[total.Name] = rows.Sum(row => (decimal?)row![check.Of.Split('.')[1]] ?? 0);
        return JsonSerializer.SerializeToElement(answer);
    }

    // Whether a field is asked may depend on one that comes after it: what is given never makes another unasked.
    private static JsonObject Made(IReadOnlyList<Field> fields, JsonObject made, JsonObject? whole, DateOnly today, int row = 0)
    {
        for (var known = -1; known != made.Count;)
        {
            known = made.Count;
            foreach (var field in fields.Where(field => (field.Required || field.Example is not null) && !made.ContainsKey(field.Name)))
                if (FormAnswer.IsAsked(field, Element(made), Element(whole ?? made)))
                    made[field.Name] = ValueOf(field, whole ?? made, today, row);
        }
        return new JsonObject(fields.Where(field => made.ContainsKey(field.Name)).Select(field => KeyValuePair.Create(field.Name, made[field.Name]?.DeepClone())));
    }

    private static JsonElement Element(JsonObject made) => JsonSerializer.SerializeToElement(made);

    private static JsonNode? ValueOf(Field field, JsonObject whole, DateOnly today, int row)
    {
        if (field.Example is { } example)
            return OnTheDay(field, JsonSerializer.SerializeToNode(example), today);
        var parts = Blocks.PartsOf(field);
        return field.Type switch
        {
            FieldType.Text => string.Concat(Enumerable.Repeat("示例", (int)FieldWords.Fewest(field)))[..Math.Max(2, (int)FieldWords.Fewest(field))],
            FieldType.Integer or FieldType.Decimal or FieldType.Money => Math.Clamp(1m, FieldWords.Fewest(field), FieldWords.Most(field)),
            FieldType.Fraction => "1/1",
            FieldType.Date => DayOf(field, today).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            FieldType.Month => DayOf(field, today).ToString("yyyy-MM", CultureInfo.InvariantCulture),
            FieldType.Boolean => false,
            FieldType.Choice => field.Choices[0].Code,
            FieldType.Choices => new JsonArray([.. field.Choices.Take((int)FieldWords.Fewest(field)).Select(choice => (JsonNode)choice.Code)]),
            FieldType.Person => Person(People[row % People.Length]),
            FieldType.Entity => Entity($"沙箱{field.Label.Zh}"),
            FieldType.Address => new JsonObject { ["district"] = "airport", ["street"] = "西三道1号" },
            FieldType.Licence => "SANDBOX-0001",
            FieldType.File => Nowhere,
            FieldType.List => new JsonArray([.. Enumerable.Range(0, Math.Max(1, (int)FieldWords.Fewest(field))).Select(nth => Made(parts, [], whole, today, nth))]),
            _ => Made(parts, [], whole, today, row),
        };
    }

    private static JsonObject Person((string Name, string Number) who) =>
        new() { ["name"] = who.Name, ["idType"] = Kebab.Of(IdentifierKind.CitizenId), ["idNumber"] = who.Number, ["phone"] = "13900000000" };

    // Who designs, builds and supervises are several: each has a name and a code of its own.
    private static JsonObject Entity(string name) =>
        new() { ["name"] = name, ["uscc"] = Uscc.Nowhere(string.Create(CultureInfo.InvariantCulture, $"MA{name.Aggregate(0, (code, sign) => ((code * 31) + sign) % Codes):D6}")) };

    private static DateOnly DayOf(Field field, DateOnly today) =>
        FieldWords.Bound(field, field.NotBefore, today) ?? FieldWords.Bound(field, field.NotAfter, today) ?? today;

    // The days of an example may count from today, in rows as well.
    private static JsonNode? OnTheDay(Field field, JsonNode? value, DateOnly today) => (field, value) switch
    {
        ({ Type: FieldType.Date }, JsonValue named) when named.TryGetValue<string>(out var text) && NamedDay.Of(text, today) is { } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ({ Type: FieldType.Month }, JsonValue named) when named.TryGetValue<string>(out var text) && NamedDay.Of(text, today) is { } day => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        ({ Type: FieldType.List }, JsonArray rows) => new JsonArray([.. rows.Select(row => PartsOnTheDay(field, row, today))]),
        ({ Type: FieldType.Group }, _) => PartsOnTheDay(field, value, today),
        _ => value,
    };

    private static JsonNode? PartsOnTheDay(Field field, JsonNode? value, DateOnly today) => value is not JsonObject given ? value?.DeepClone() : new JsonObject(
        given.Select(member => KeyValuePair.Create(
            member.Key, field.Fields.FirstOrDefault(part => part.Name == member.Key) is { } part ? OnTheDay(part, member.Value?.DeepClone(), today) : member.Value?.DeepClone())));
}
