using System.Text.Json.Nodes;

namespace OneDoor.Feed;

/// <summary>The types of events there are, and which facts they tell of.</summary>
public sealed class KnownTypes(IEnumerable<Told> told)
{
    private readonly Dictionary<string, (Told Told, string Alias, Type Fact)> _types = told
        .SelectMany(of => of.Types.Select(type => (type.Key, Value: (of, type.Value.Alias, type.Value.Fact)))).ToDictionary(t => t.Key, t => t.Value);

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<EventType> All(string source) =>
        [.. _types.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => new EventType(t.Key, Docstrings.Of(t.Value.Fact) ?? "", SchemaOf(source, t.Key)))];

    /// <summary>Where the JSON Schema of a type's data is.</summary>
    public static string SchemaOf(string source, string type) => $"{source}/v1/events/types/{type}";

    /// <summary>Which types somebody wants, as they name them: one by one, or by what they begin with and <c>.*</c>; null where one of them is none.</summary>
    /// <param name="named">Null for all.</param>
    public IReadOnlySet<string>? Matching(IReadOnlyList<string>? named)
    {
        if (named is null)
            return _types.Keys.ToHashSet();
        var matching = named.Select(name => _types.Keys
            .Where(type => name.EndsWith(".*", StringComparison.Ordinal) ? type.StartsWith(name[..^1], StringComparison.Ordinal) : type == name).ToArray()).ToArray();
        return matching.Any(types => types.Length == 0) ? null : matching.SelectMany(types => types).ToHashSet();
    }

    /// <summary>The kind of facts that a type tells of.</summary>
    public (Told Told, string Alias) Of(string type) => (_types[type].Told, _types[type].Alias);

    /// <summary>What is told by a type; null where there is no such type.</summary>
    public Told? Find(string type) => _types.TryGetValue(type, out var of) ? of.Told : null;

    /// <summary>The JSON Schema (2020-12) of the data of a type's events; null where there is no such type.</summary>
    public JsonObject? Schema(string type, string source)
    {
        if (!_types.TryGetValue(type, out var of))
            return null;
        var schema = JsonShape.SchemaOf(of.Told.Thing, isWritten: true).AsObject();
        schema["$id"] = SchemaOf(source, type);
        schema["title"] = type;
        schema["description"] = Docstrings.Of(of.Fact);
        return schema;
    }
}
