using System.Text.Json.Nodes;

namespace OneDoor.Contracts;

/// <summary>
/// What a client written for one openapi.yaml trips over in another: the rules of docs/COMPATIBILITY.md. What a request may
/// hold may only grow, and what an answer holds may only grow.
/// </summary>
public sealed class BreakingChanges
{
    private readonly JsonNode _was, _now;
    private readonly List<string> _found = [];
    private readonly HashSet<(string, string?, bool)> _compared = [];

    private BreakingChanges(JsonNode was, JsonNode now) => (_was, _now) = (was, now);

    public static IReadOnlyList<string> Between(JsonNode was, JsonNode now)
    {
        var changes = new BreakingChanges(was, now);
        var after = Operation.All(now).ToDictionary(o => o.Name);
        foreach (var before in Operation.All(was))
            if (after.TryGetValue(before.Name, out var same))
                changes.Compare(before, same);
            else
                changes._found.Add($"{before.Name} is gone");
        return [.. changes._found.Distinct()];
    }

    private void Compare(Operation was, Operation now)
    {
        Unless(was.Id == now.Id, $"{was.Name} is named {now.Id} and was {was.Id}");
        Unless(now.Scopes.Count == 0 || was.Scopes.Count > 0, $"{was.Name} needs a token");
        foreach (var scope in was.Scopes.Where(scope => now.Scopes.Count > 0 && !now.Scopes.Contains(scope)))
            _found.Add($"{was.Name} is not to be had for {scope}");
        foreach (var place in new[] { "query", "header", "path" })
        {
            foreach (var name in was.Parameters(place))
                if (now.Parameter(name) is { } kept)
                    Compare(was.Parameter(name)!["schema"], kept["schema"], $"{was.Name}: parameter {name}", isAnswer: false);
                else
                    _found.Add($"{was.Name} takes no parameter {name}");
            foreach (var name in now.Parameters(place).Where(name => (bool?)now.Parameter(name)!["required"] == true && (bool?)was.Parameter(name)?["required"] != true))
                _found.Add($"{was.Name} needs the parameter {name}");
        }
        Unless(was.Body is null || now.Body is not null, $"{was.Name} takes no body");
        Unless((bool?)now.Body?["required"] != true || (bool?)was.Body?["required"] == true, $"{was.Name} needs a body");
        Compare(Json(was.Body), Json(now.Body), $"{was.Name}: body", isAnswer: false);
        foreach (var (status, answer) in was.Responses.Where(r => r.Key[0] is '2' or '3'))
        {
            if (!now.Responses.TryGetValue(status, out var kept))
            {
                _found.Add($"{was.Name} does not answer {status}");
                continue;
            }
            Compare(Json(answer), Json(kept), $"{was.Name}: answer", isAnswer: true);
            foreach (var header in (answer["headers"]?.AsObject() ?? []).Select(h => h.Key).Where(header => kept["headers"]?[header] is null))
                _found.Add($"{was.Name} answers no {header}");
        }
    }

    private void Compare(JsonNode? before, JsonNode? after, string at, bool isAnswer)
    {
        if (before is null || after is null)
            return;
        var (was, now) = (Shape.Of(before, _was), Shape.Of(after, _now));
        Unless(was.Types.Count == 0 || (isAnswer ? now.Types.IsSubsetOf(was.Types) : now.Types.IsSupersetOf(was.Types)),
            $"{at} is {string.Join(" or ", now.Types.Order())} and was {string.Join(" or ", was.Types.Order())}");
        // What has a name is compared once, however often it is referred to, and though it holds itself.
        if (!_compared.Add((NameOf(before) ?? at, NameOf(after), isAnswer)))
            return;
        // An answer's names may grow: clients take one they do not know for what it is.
        foreach (var name in isAnswer || now.Names.Count == 0 ? [] : was.Names.Except(now.Names))
            _found.Add($"{at} does not take {name}");
        if (!isAnswer && was.Names.Count == 0 && now.Names.Count > 0)
            _found.Add($"{at} takes listed names only");
        Compare(was.Items, now.Items, $"{at}, an entry", isAnswer);
        foreach (var (name, member) in was.Members)
            if (!now.Members.TryGetValue(name, out var kept))
                _found.Add($"{at} has no {name}");
            else
            {
                Unless(!isAnswer || !was.Required.Contains(name) || now.Required.Contains(name), $"{at} may lack {name}");
                Compare(member, kept, $"{at}, {name}", isAnswer);
            }
        foreach (var name in isAnswer ? [] : now.Required.Except(was.Required))
            _found.Add($"{at} needs {name}");
    }

    private void Unless(bool holds, string finding)
    {
        if (!holds)
            _found.Add(finding);
    }

    private static string? NameOf(JsonNode schema) =>
        (string?)schema["$ref"] ?? (schema["oneOf"]?.AsArray().Select(one => (string?)one!["$ref"]).OfType<string>().ToArray() is [var only] ? only : null);

    private static JsonNode? Json(JsonNode? bodyOrAnswer) => bodyOrAnswer?["content"]?["application/json"]?["schema"];

    /// <summary>A schema without its references: the types it allows, null among them, and what each holds.</summary>
    private sealed record Shape(
        HashSet<string> Types, HashSet<string> Names, Dictionary<string, JsonNode> Members, HashSet<string> Required, JsonNode? Items)
    {
        public static Shape Of(JsonNode schema, JsonNode document)
        {
            if ((string?)schema["$ref"] is { } reference)
                return Of(reference.Split('/').Skip(1).Aggregate(document, (at, name) => at[name]!), document);
            if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray alternatives)
                return alternatives.Select(one => Of(one!, document)).Aggregate(Either);
            if (schema["allOf"] is JsonArray parts)
                return parts.Select(one => Of(one!, document)).Append(Own(schema)).Aggregate(Both);
            return Own(schema);
        }

        private static Shape Own(JsonNode schema) => new(
            [.. Texts(schema["type"] is JsonArray several ? several : schema["type"] is { } one ? [one.DeepClone()] : [])],
            [.. Texts(schema["enum"]?.AsArray() ?? (schema["const"] is { } only ? [only.DeepClone()] : []))],
            schema["properties"]?.AsObject().ToDictionary(p => p.Key, p => p.Value!) ?? [],
            [.. Texts(schema["required"]?.AsArray() ?? [])],
            schema["items"]);

        // Null is no object, so it takes nothing from what the others always have.
        private static Shape Either(Shape one, Shape other) => new(
            [.. one.Types, .. other.Types], [.. one.Names, .. other.Names], Joined(one, other),
            IsNull(one) ? other.Required : IsNull(other) ? one.Required : [.. one.Required.Intersect(other.Required)], one.Items ?? other.Items);

        private static Shape Both(Shape one, Shape other) => new(
            [.. one.Types, .. other.Types], [.. one.Names, .. other.Names], Joined(one, other), [.. one.Required, .. other.Required], one.Items ?? other.Items);

        private static Dictionary<string, JsonNode> Joined(Shape one, Shape other) =>
            one.Members.Concat(other.Members).GroupBy(m => m.Key).ToDictionary(same => same.Key, same => same.First().Value);

        private static bool IsNull(Shape shape) => shape.Types.SetEquals(["null"]);

        private static IEnumerable<string> Texts(JsonArray texts) => texts.Select(text => text?.ToString() ?? "null");
    }
}
