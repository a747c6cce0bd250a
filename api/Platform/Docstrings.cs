using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.XPath;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OneDoor.Platform;

/// <summary>What the source says of the types that clients meet: the one text of openapi.yaml and of the GraphQL schema.</summary>
public static partial class Docstrings
{
    /// <summary>Those with types that clients meet.</summary>
    public static readonly IReadOnlyList<Assembly> Assemblies = [typeof(Docstrings).Assembly, typeof(Problem).Assembly, typeof(Refusal).Assembly];

    private static readonly Dictionary<string, XPathNavigator> Members = Assemblies
        .SelectMany(assembly => Of(assembly).CreateNavigator().Select("/doc/members/member[contains(@name, ':OneDoor.')]").Cast<XPathNavigator>())
        .ToDictionary(member => member.GetAttribute("name", ""));

    /// <summary>
    /// All of an assembly, without what means nothing outside: the numbers of the rules that docstrings follow, and where in the source
    /// the fields lie that they name.
    /// </summary>
    public static XPathDocument Of(Assembly assembly)
    {
        var source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml"));
        var published = Fields().Replace(RuleNumbers().Replace(source, ""), field => $"<c>{JsonNamingPolicy.CamelCase.ConvertName(field.Groups["name"].Value)}</c>");
        using var text = new StringReader(published);
        using var xml = XmlReader.Create(text);
        return new XPathDocument(xml);
    }

    /// <summary>What a type is; null where its source does not say.</summary>
    public static string? Of(Type type) => Text(type, "summary");

    /// <summary>What a constant means; null where its source does not say.</summary>
    public static string? Of(FieldInfo constant) => Text(constant, "summary");

    /// <summary>What a record's property means, as the record, or one it derives from, says where it declares it; null where none does.</summary>
    public static string? Of(PropertyInfo property)
    {
        for (var type = property.ReflectedType; type is not null; type = type.BaseType)
        {
            if ((Text(type, $"param[@name='{property.Name}']") ?? Text(type.GetProperty(property.Name), "summary")) is { } text)
                return text;
        }
        return null;
    }

    private static string? Text(MemberInfo? member, string tag)
    {
        var name = member switch
        {
            Type type => XmlCommentsNodeNameHelper.GetMemberNameForType(type),
            not null => XmlCommentsNodeNameHelper.GetMemberNameForFieldOrProperty(member),
            null => "",
        };
        var text = Members.GetValueOrDefault(name)?.SelectSingleNode(tag)?.InnerXml;
        return text is null ? null : Blanks().Replace(XmlCommentsTextHelper.Humanize(text), " ");
    }

    [GeneratedRegex(@" \([A-Z]+-\d+(, [A-Z]+-\d+)*\)|, [A-Z]+-\d+(?=\))|(?<=\()[A-Z]+-\d+: ", RegexOptions.ExplicitCapture)]
    private static partial Regex RuleNumbers();

    [GeneratedRegex("""<see cref="P:[\w.]+\.(?<name>\w+)" ?/>|<paramref name="(?<name>\w+)" ?/>""")]
    private static partial Regex Fields();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
