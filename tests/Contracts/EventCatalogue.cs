using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Marten;

namespace OneDoor.Contracts;

/// <summary>schema/events.md: every event the store holds, as the outside knows it, with nothing of .NET in it.</summary>
public static partial class EventCatalogue
{
    private static readonly Dictionary<Type, string> Words = new()
    {
        [typeof(string)] = "text",
        [typeof(Guid)] = "UUID",
        [typeof(DateTimeOffset)] = "instant",
        [typeof(DateOnly)] = "date",
        [typeof(int)] = "whole number",
        [typeof(long)] = "whole number",
        [typeof(decimal)] = "number",
        [typeof(bool)] = "true or false",
        [typeof(System.Text.Json.JsonElement)] = "any JSON",
    };

    /// <summary>The event types of the store by alias; the store's own are none of ours.</summary>
    public static IReadOnlyList<(string Alias, Type Type)> Mapped(IDocumentStore store) =>
    [
        .. store.Options.Events.AllKnownEventTypes()
            .Where(e => IsFact(e.EventType))
            .Select(e => (e.Alias, e.EventType)),
    ];

    /// <summary>A fact of one of the capabilities.</summary>
    public static bool IsFact(Type type) => type.GetCustomAttribute<AliasAttribute>() is not null;

    /// <summary>An alias without a suffix is version 1, as in <c>case_submitted</c>; <c>case_submitted_v2</c> is 2.</summary>
    public static int VersionOf(string alias) =>
        VersionSuffix().Match(alias) is { Success: true } suffix ? int.Parse(suffix.Groups[1].Value, CultureInfo.InvariantCulture) : 1;

    public static string Write(IDocumentStore store)
    {
        var page = new StringBuilder("""
            # Events

            Everything that is stored of cases, batches, licences, appointments, tickets, complaints, reviews, work orders, staff, halls, webhooks and the catalogue, and what `make contracts` writes here from the code. An
            alias is the storage format and never changes; what an event of a new version looks like is another alias. A field
            is only ever added, and then it is optional. An optional field is left out where there is nothing to say. Words are
            given as they are published; the store holds them by their members' names, `MarketRegulation` for `market-regulation`.

            A personal field holds a name, an identifier or what somebody wrote in their own words. It lies in `personal_parts`, by the
            event's stream and version, where it can be erased: the event holds `***` in its place, and the digest of the part in `personal`.


            """);
        var events = Mapped(store);
        foreach (var capability in events.GroupBy(e => CapabilityOf(e.Type)).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"## {capability.Key}\n\n");
            foreach (var (alias, type) in capability.OrderBy(e => e.Alias, StringComparer.Ordinal))
                Describe(page, $"{alias}", $"Version {VersionOf(alias)}. {Docstrings.Of(type)}", type);
        }
        page.Append("## What fields are made of\n\n");
        var parts = PartsOf(events.Select(e => e.Type)).OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        foreach (var type in parts.Where(t => !t.IsEnum))
            Describe(page, type.Name, Docstrings.Of(type), type);
        page.Append("## What words a field may hold\n\n");
        foreach (var type in parts.Where(t => t.IsEnum))
            Describe(page, type);
        return page.ToString();
    }

    private static void Describe(StringBuilder page, string heading, string text, Type type)
    {
        page.Append(CultureInfo.InvariantCulture, $"### {heading}\n\n{text}\n\n| field | holds | meaning |\n| --- | --- | --- |\n");
        foreach (var field in FieldsOf(type))
            page.Append(CultureInfo.InvariantCulture,
                $"| `{field.Name}` | {InWords(field.PropertyType)}{(Json.IsOptional(field) ? ", optional" : "")}{(PersonalAttribute.Marks(field) ? ", personal" : "")} | {Docstrings.Of(type, field)} |\n");
        page.Append('\n');
    }

    private static void Describe(StringBuilder page, Type words)
    {
        page.Append(CultureInfo.InvariantCulture, $"### {words.Name}\n\n{Docstrings.Of(words)}\n\n");
        foreach (var member in words.GetEnumNames())
        {
            var meaning = Docstrings.Of(words, member);
            page.Append(CultureInfo.InvariantCulture,
                $"- `{System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(member)}`{(meaning.Length > 0 ? ": " + meaning : "")}\n");
        }
        page.Append('\n');
    }

    /// <summary>What is stored and read back, in the order of the declaration.</summary>
    private static IEnumerable<JsonPropertyInfo> FieldsOf(Type type) =>
        Json.TypeInfo(type).Properties.Where(p => p.Get is not null && (p.Set is not null || p.AssociatedParameter is not null))
            .OrderBy(p => p.AssociatedParameter?.Position ?? int.MaxValue);

    /// <summary>The records and enums that fields are made of, at any depth.</summary>
    private static HashSet<Type> PartsOf(IEnumerable<Type> types)
    {
        HashSet<Type> parts = [];
        void Visit(Type type)
        {
            foreach (var part in FieldsOf(type).Select(f => Bare(f.PropertyType)).Where(t => !Words.ContainsKey(t)))
                if (parts.Add(part) && !part.IsEnum)
                    Visit(part);
        }
        foreach (var type in types)
            Visit(type);
        return parts;
    }

    private static string InWords(Type type)
    {
        var bare = Bare(type);
        var word = Words.GetValueOrDefault(bare) ?? $"[{bare.Name}](#{bare.Name.ToLowerInvariant()})";
        return IsList(type) ? $"list of {word}" : word;
    }

    private static bool IsList(Type type) => Json.TypeInfo(type).Kind == JsonTypeInfoKind.Enumerable;

    private static Type Bare(Type type) => IsList(type) ? Json.TypeInfo(type).ElementType! : Nullable.GetUnderlyingType(type) ?? type;

    private static string CapabilityOf(Type type) => type.Namespace!.Split('.')[^1];

    [GeneratedRegex(@"_v(\d+)\z")]
    private static partial Regex VersionSuffix();
}
