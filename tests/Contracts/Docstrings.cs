using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OneDoor.Contracts;

/// <summary>What the published language's source says of its types, from the documentation file beside its assembly.</summary>
public static partial class Docstrings
{
    private static readonly Dictionary<string, XElement> Members =
        XDocument.Load(Path.ChangeExtension(typeof(Refusal).Assembly.Location, ".xml")).Descendants("member")
            .ToDictionary(member => (string)member.Attribute("name")!);

    public static string Of(Type type) => Text(Member($"T:{type.FullName}")?.Element("summary"));

    /// <summary>Of an enum's member; empty where its name says it all.</summary>
    public static string Of(Type type, string member) => Text(Member($"F:{type.FullName}.{member}")?.Element("summary"));

    /// <summary>Of a record's field, as the record, one it derives from or an interface declares it; empty where its name says it all.</summary>
    public static string Of(Type type, JsonPropertyInfo field)
    {
        var property = ((MemberInfo)field.AttributeProvider!).Name;
        return Declaring(type).Select(declaring => Text(
                Member($"T:{declaring.FullName}")?.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == property)
                ?? Member($"P:{declaring.FullName}.{property}")?.Element("summary")))
            .FirstOrDefault(text => text.Length > 0) ?? "";
    }

    /// <summary>Where a field's meaning may stand: the record, those it derives from, its interfaces.</summary>
    private static IEnumerable<Type> Declaring(Type type)
    {
        for (var record = type; record is not null; record = record.BaseType)
            yield return record;
        foreach (var contract in type.GetInterfaces())
            yield return contract;
    }

    private static XElement? Member(string name) => Members.GetValueOrDefault(name);

    private static string Text(XElement? element) =>
        element is null ? "" : Whitespace().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value.Replace("|", "\\|", StringComparison.Ordinal),
        XElement { Name.LocalName: "see" } see => $"`{Reference((string)see.Attribute("cref")!)}`",
        XElement { Name.LocalName: "paramref" } parameter => $"`{Camel((string)parameter.Attribute("name")!)}`",
        XElement { Name.LocalName: "c" } code => $"`{Camel(code.Value)}`",
        XElement other => Text(other),
        _ => "",
    };

    // T:OneDoor.Catalogue.Material is Material, P:OneDoor.Catalogue.Material.ProvedBy is provedBy.
    private static string Reference(string cref) => cref[0] == 'T' ? cref.Split('.')[^1] : Camel(cref.Split('.')[^1]);

    private static string Camel(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
