using System.Globalization;
using System.Text.Json.Nodes;

namespace OneDoor.Fuzz;

/// <summary>
/// Answers to a form, drawn from its published schema alone: some that are right because each member is drawn within what the schema says, and what is broken in them at one place.
/// Members that a check of several fields names stay as the schema's example has them.
/// </summary>
public sealed class FormDocuments
{
    private const int LongestText = 80, MostRows = 4;

    // The members of a check that name fields.
    private static readonly string[] Naming = ["of", "equals", "field", "than", "in"];

    private readonly Random _random;
    private readonly JsonObject _schema;
    private readonly HashSet<string> _held = [];

    public FormDocuments(Random random, JsonObject schema)
    {
        (_random, _schema) = (random, schema);
        foreach (var check in schema["x-onedoor"]!["checks"]!.AsArray())
            foreach (var named in Naming.Select(member => (string?)check![member]).Concat(WhenOf(check!).Select(condition => (string?)condition!["field"])))
                _held.UnionWith((named ?? "").Split('.', ' ', '^'));
    }

    /// <summary>An answer that is right.</summary>
    public JsonObject Right()
    {
        var answer = _schema["examples"]![0]!.DeepClone().AsObject();
        foreach (var name in Properties(_schema).Where(property => IsDecided(property.Value!)).Select(property => property.Key).Where(_ => _random.Once(2)))
            answer = Decided(answer, name) ?? answer;
        Vary(answer, _schema);
        return answer;
    }

    /// <summary>The answer with one place broken, and where that is (a JSON Pointer into it).</summary>
    public (JsonObject Answer, string At) Wrong(JsonObject right)
    {
        while (true)
        {
            var answer = right.DeepClone().AsObject();
            var (into, schema, at) = _random.Pick([.. Objects(answer, _schema, "")]);
            if (into.Count == 0 || _random.Once(8))
            {
                into["颜色"] = "红";
                return (answer, $"{at}/颜色");
            }
            var name = into.ElementAt(_random.Next(into.Count)).Key;
            if (_random.Once(4) && Required(schema).Contains(name))
            {
                into.Remove(name);
                return (answer, $"{at}/{name}");
            }
            if (Broken(Resolved(Properties(schema)[name]!), into[name]!) is { } broken)
            {
                into[name] = broken;
                return (answer, $"{at}/{name}");
            }
        }
    }

    // Whether others are asked depends on it, which any of its values may decide.
    private static bool IsDecided(JsonNode property) => Type(property) is "choice" or "boolean";

    // With another choice what it asks is drawn and what it does not ask is left out; null where something of that cannot be drawn.
    private JsonObject? Decided(JsonObject before, string name)
    {
        var properties = Properties(_schema);
        if (_held.Contains(name) || !before.ContainsKey(name) || properties.Any(inside => Parts(inside.Value!) is { } parts && parts.Any(part => NamedBy(part.Value!, $"^{name}"))))
            return null;
        var answer = before.DeepClone().AsObject();
        answer[name] = Drawn(properties[name]!);
        for (var known = ""; known != answer.ToJsonString();)
        {
            known = answer.ToJsonString();
            foreach (var (other, property) in properties.Where(property => WhenOf(property.Value!).Count > 0))
            {
                var isAsked = WhenOf(property!).All(condition => Holds(condition!, answer));
                if (isAsked == answer.ContainsKey(other) || (isAsked && !IsRequired(other)))
                    continue;
                if (_held.Contains(other) || (isAsked && Drawn(property!) is null))
                    return null;
                if (isAsked)
                    answer[other] = Drawn(property!);
                else
                    answer.Remove(other);
            }
        }
        return answer;
    }

    private bool IsRequired(string conditional) => _schema["allOf"]!.AsArray().Any(rule => rule!["then"]?["required"]?.AsArray().Any(name => (string?)name == conditional) == true);

    private static bool Holds(JsonNode condition, JsonObject answer)
    {
        var given = answer[(string)condition["field"]!];
        if (condition["above"] is { } above)
            return given is JsonValue number && (decimal)number > (decimal)above;
        return (given as JsonArray ?? [given?.DeepClone()]).Any(value => condition["is"]!.AsArray().Any(wanted => JsonNode.DeepEquals(wanted, value)));
    }

    private void Vary(JsonObject answer, JsonObject schema)
    {
        var properties = Properties(schema);
        foreach (var (name, found) in properties)
        {
            var property = found!;
            if (_held.Contains(name) || WhenOf(property).Count > 0 || properties.Any(other => NamedBy(other.Value!, name)) || Properties(_schema).Any(other => Parts(other.Value!) is { } parts && parts.Any(part => NamedBy(part.Value!, $"^{name}"))))
                continue;
            if (!answer.ContainsKey(name))
            {
                if (_random.Once(2) && Drawn(property) is { } added)
                    answer[name] = added;
            }
            else if (!Required(schema).Contains(name) && _random.Once(4))
                answer.Remove(name);
            else if (Type(property) == "group")
                Vary(answer[name]!.AsObject(), property.AsObject());
            else if (Type(property) == "list")
                VaryRows(answer[name]!.AsArray(), property.AsObject());
            else if (_random.Once(2) && Drawn(property) is { } drawn)
                answer[name] = drawn;
        }
    }

    private void VaryRows(JsonArray rows, JsonObject list)
    {
        if (rows.Count > 0 && rows.Count < Math.Min(MostRows, (int)list["maxItems"]!) && _random.Once(2))
            rows.Add(rows[0]!.DeepClone());
        foreach (var row in rows)
            Vary(row!.AsObject(), list["items"]!.AsObject());
    }

    // A value within what the schema says; null where it says too little to draw one: the example's stays, or there is none.
    private JsonNode? Drawn(JsonNode property) => Type(property) switch
    {
        "text" when (string?)property["pattern"] == @"\S" => Text((int)property["minLength"]!, (int)property["maxLength"]!),
        "integer" or "decimal" or "money" => Number((decimal)property["minimum"]!, (decimal)property["maximum"]!, (int)(property["x-onedoor"]!["decimals"] ?? 0)),
        "boolean" => _random.Once(2),
        "choice" => _random.Pick(Codes(property)),
        "choices" => new JsonArray([.. _random.GetItems(Codes(property["items"]!), _random.Next((int)property["minItems"]!, (int)property["maxItems"]! + 1)).Distinct().Select(code => (JsonNode)code)]) is { } any
            && any.Count >= (int)property["minItems"]! ? any : null,
        "date" when !IsBounded(property) => new DateOnly(1900, 1, 1).AddDays(_random.Next(365 * 1000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "month" when !IsBounded(property) => new DateOnly(1900, 1, 1).AddMonths(_random.Next(12 * 1000)).ToString("yyyy-MM", CultureInfo.InvariantCulture),
        "address" => new JsonObject { ["district"] = "airport", ["street"] = Text(2, 40) },
        "entity" => new JsonObject { ["name"] = Text(2, 40), ["uscc"] = "91990000MA0000007X" },
        "group" => Group(property.AsObject()),
        "list" when Group(property["items"]!.AsObject()) is { } row => new JsonArray([.. Enumerable.Range(0, Math.Max(1, (int)property["minItems"]!)).Select(_ => row.DeepClone())]),
        _ => null,
    };

    private JsonObject? Group(JsonObject schema)
    {
        JsonObject made = [];
        foreach (var name in Required(schema))
        {
            if (Properties(schema).Any(other => WhenOf(other.Value!).Count > 0) || _held.Contains(name) || Drawn(Properties(schema)[name]!) is not { } drawn)
                return null;
            made[name] = drawn;
        }
        return made;
    }

    private string Text(int fewest, int most)
    {
        var length = _random.Once(8) ? Math.Min(most, LongestText) : _random.Next(Math.Max(1, fewest), Math.Max(fewest, Math.Min(most, fewest + 20)) + 1);
        return string.Concat(Enumerable.Range(0, length).Select(_ => _random.Pick(["天", "津", "港", "𠮷", "ä", "Z", "9", "·", "買"])));
    }

    private decimal Number(decimal fewest, decimal most, int decimals) => _random.Next(4) switch
    {
        0 => fewest,
        1 => most,
        _ => decimal.Round(fewest + ((Math.Min(most, fewest + 100_000) - fewest) * (decimal)_random.NextDouble()), decimals, MidpointRounding.ToZero),
    };

    // What the member cannot be, by its schema; null where nothing of the kind drawn is wrong there.
    private JsonNode? Broken(JsonNode property, JsonNode value)
    {
        if (_random.Once(3))
            return _random.Pick<JsonNode>([new JsonArray(new JsonArray()), new JsonObject { ["?"] = 1 }, 1e40, "\u0000", "\u202e"]);
        return Type(property) switch
        {
            "integer" or "decimal" or "money" => _random.Next(4) switch
            {
                0 => (decimal)property["maximum"]! + 1,
                1 => (decimal)property["minimum"]! - 1,
                2 => $"{value}",
                _ => (decimal)property["minimum"]! + 0.0000001m,
            },
            "text" or "licence" => _random.Next(3) switch { 0 => new string('長', (int)property["maxLength"]! + 1), 1 => "", _ => 7 },
            "boolean" => "true",
            "choice" => _random.Once(2) ? "no-such-choice" : new JsonArray((string)value!),
            "choices" => value is JsonArray { Count: > 0 } given ? new JsonArray([.. given.Append(given[0]).Select(code => code!.DeepClone())]) : "none",
            "date" => _random.Pick(["2026-02-30", "0000-01-01", "20260101", "tomorrow"]),
            "month" => _random.Pick(["2026-13", "2026-1", "2026"]),
            "fraction" => _random.Pick(["1/0", "1:2", "0.5"]),
            "file" => "a.pdf",
            "list" => new JsonObject(),
            _ => "nobody",
        };
    }

    private IEnumerable<(JsonObject Into, JsonObject Schema, string At)> Objects(JsonObject answer, JsonObject schema, string at)
    {
        yield return (answer, schema, at);
        foreach (var (name, value) in answer)
        {
            var property = Resolved(Properties(schema)[name]!);
            var inside = value is JsonArray rows && property["items"]?["properties"] is not null
                ? rows.SelectMany((row, i) => Objects(row!.AsObject(), property["items"]!.AsObject(), $"{at}/{name}/{i}"))
                : value is JsonObject group ? Objects(group, property, $"{at}/{name}") : [];
            foreach (var found in inside)
                yield return found;
        }
    }

    private JsonObject Resolved(JsonNode property) => (property["$ref"] is { } reference ? _schema["$defs"]![((string)reference!).Split('/')[^1]]! : property).AsObject();

    private static JsonObject Properties(JsonNode schema) => schema["properties"]!.AsObject();

    private static JsonObject? Parts(JsonNode property) => (property["items"] ?? property)["properties"] as JsonObject;

    private static string[] Required(JsonNode schema) => [.. schema["required"]?.AsArray().Select(name => (string)name!) ?? []];

    private static string Type(JsonNode property) => (string?)property["x-onedoor"]?["type"] ?? "";

    private static JsonArray WhenOf(JsonNode of) => (of["x-onedoor"]?["when"] ?? of["when"]) as JsonArray ?? [];

    private static bool NamedBy(JsonNode property, string field) => WhenOf(property).Any(condition => (string?)condition!["field"] == field);

    private static bool IsBounded(JsonNode property) => property["x-onedoor"]!["notBefore"] is not null || property["x-onedoor"]!["notAfter"] is not null;

    private static string[] Codes(JsonNode property) => [.. property["oneOf"]!.AsArray().Select(choice => (string)choice!["const"]!)];
}
