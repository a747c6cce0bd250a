using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace OneDoor.Tidy;

public class ReferenceTests
{
    /// <summary>The projects each project may reference; the others, tests of the whole, may reference any.</summary>
    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["schema/Schema.csproj"] = [],
        ["wire/Wire.csproj"] = ["schema/Schema.csproj"],
        ["api/Api.csproj"] = ["schema/Schema.csproj", "wire/Wire.csproj"],
        ["identity/Identity.csproj"] = ["schema/Schema.csproj", "wire/Wire.csproj"],
        ["tests/Rules/Tests.Rules.csproj"] = ["schema/Schema.csproj"],
        ["tests/Tidy/Tests.Tidy.csproj"] = ["schema/Schema.csproj"],
    };

    /// <summary>
    /// The capabilities whose facts and read models each capability may use, in schema and in api; there all may use Platform, and all but
    /// Platform the GraphQL door.
    /// </summary>
    private static readonly Dictionary<string, string[]> MayBeUsed = new()
    {
        ["Applicants"] = [],
        ["Clock"] = [],
        ["Forms"] = ["Applicants", "Clock"],
        ["Catalogue"] = ["Applicants", "Clock", "Forms"],
        ["Halls"] = ["Clock"],
        ["Files"] = [],
        ["Cases"] = ["Applicants", "Catalogue", "Clock", "Emergencies", "Exemptions", "Files", "Forms"],
        ["Guidance"] = ["Applicants", "Cases", "Catalogue", "Clock", "Emergencies", "Forms"],
        ["Batches"] = ["Applicants", "Cases", "Catalogue", "Clock", "Forms"],
        ["Licences"] = ["Applicants", "Cases", "Catalogue", "Clock", "Documents"],
        ["Standing"] = ["Applicants", "Cases", "Catalogue", "Clock"],
        ["Supervision"] = ["Applicants", "Cases", "Catalogue", "Clock", "Licences"],
        ["Documents"] = ["Applicants", "Cases", "Catalogue", "Clock"],
        ["Appointments"] = ["Applicants", "Catalogue", "Clock", "Halls"],
        ["Tickets"] = ["Appointments", "Cases", "Catalogue", "Clock", "Documents", "Halls"],
        ["Complaints"] = ["Callers", "Cases", "Catalogue", "Clock", "Files", "Tickets", "WorkOrders"],
        ["Exemptions"] = [],
        ["Emergencies"] = ["Clock"],
        ["Feed"] = [],
        ["Webhooks"] = ["Feed"],
        ["Reviews"] = ["Callers", "Cases", "Catalogue", "Clock", "Tickets", "WorkOrders"],
        ["WorkOrders"] = ["Catalogue", "Clock"],
        ["Staff"] = ["Cases", "Catalogue", "Clock", "Statistics", "Tickets"],
        ["BusinessEnvironment"] = ["Clock"],
        ["Evidence"] = ["Cases", "Clock"],
        ["Statistics"] = ["Applicants", "BusinessEnvironment", "Cases", "Catalogue", "Clock", "Exemptions", "Tickets"],
        ["Sample"] = ["Applicants", "Appointments", "Cases", "Catalogue", "Clock", "Complaints", "Emergencies", "Forms", "Licences", "Reviews", "Statistics", "Tickets", "Webhooks", "WorkOrders"],
        ["Trials"] =
        [
            "Applicants", "Appointments", "Batches", "BusinessEnvironment", "Cases", "Catalogue", "Clock", "Complaints", "Documents", "Emergencies", "Feed", "Files", "Licences", "Reviews", "Staff", "Standing", "Statistics", "Supervision", "Tickets",
            "WorkOrders",
        ],
        ["Notifications"] = ["Appointments", "Callers", "Cases", "Clock", "Complaints", "Licences", "Supervision", "Tickets", "WorkOrders"],
        ["Callers"] = [],
        ["Platform"] = ["Callers"],
        ["wire"] = ["Callers"],
    };

    /// <summary>The parts of identity, each of which uses only parts that stand before it, so that there is no circle.</summary>
    private static readonly string[] PartsOfIdentity = ["Platform", "Keys", "Pages", "Clients", "People", "SignIn", "Token", "Authorize"];

    /// <summary>Where Platform still says a capability's word.</summary>
    private static readonly Dictionary<string, string> SaysAWord = new()
    {
        ["api/Platform/Caller.cs"] = "the actor of every fact holds a power over cases",
        ["api/Platform/Commands.cs"] = "the program's commands stand in one list",
        ["api/Platform/FoundTable.cs"] = "the one table of what lists find things by has a column for the hall",
        ["api/Platform/RestContract.cs"] = "the contract is introduced there",
    };

    [Fact]
    public void Api_and_identity_share_only_wire_and_schema_and_the_rules_need_nothing_else() =>
        Projects.SelectMany(rule => References(rule.Key, "ProjectReference")
            .Select(reference => Path.GetRelativePath(Repository.Root,
                Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(rule.Key)!, reference))))
            .Except(rule.Value)
            .Select(reference => $"{rule.Key}:1 references {reference}"))
        .MustBeEmpty("api and identity → wire → schema, and tests/Rules → schema alone:");

    [Fact]
    public void The_schema_needs_no_package() =>
        References("schema/Schema.csproj", "PackageReference")
            .Select(package => $"schema/Schema.csproj:1 references the package {package}")
            .MustBeEmpty("The published language has no packages:");

    [Fact]
    public void A_namespace_is_the_capability_its_file_lies_in() =>
        Capabilities()
            .Where(source => source.Namespace != $"OneDoor.{source.File.Folders[1]}")
            .Select(source => $"{source.File.At(1)} is in namespace '{source.Namespace}', not OneDoor.{source.File.Folders[1]}")
            .MustBeEmpty("A capability has one name, in folders and namespaces alike:");

    [Fact]
    public void A_capability_uses_only_those_it_may()
    {
        var types = Types(Capabilities());
        Capabilities().Concat(Repository.Sources.Where(source => source.File.IsUnder("wire")))
            .SelectMany(source => Uses(source, types)
                .Where(use => !MayUse(source, use.Capability))
                .DistinctBy(use => use.Capability)
                .Select(use => $"{source.At(use.Node)} {source.File.Folders[^1]} uses {use.Capability}"))
            .MustBeEmpty("Who may use whom is listed in tests/Tidy/ReferenceTests.cs; Platform knows no capability:");
    }

    [Fact]
    public void The_picture_in_the_docs_shows_who_may_use_whom()
    {
        var capabilities = MayBeUsed.Keys.Except(["Platform", "wire", "Callers"]).ToArray();
        string[] picture =
        [
            "flowchart LR",
            .. MayBeUsed.Where(rule => capabilities.Contains(rule.Key)).SelectMany(rule => rule.Value.Select(used => $"  {rule.Key} --> {used}")),
            "  api[each of them in api] --> Graph --> Platform --> wire --> Callers",
            $"  subgraph identity\n    direction RL\n    {string.Join(" --> ", PartsOfIdentity.Reverse().Select(part => $"Of{part}[{part}]"))}\n  end",
            "  identity --> wire",
        ];
        Assert.Contains($"```mermaid\n{string.Join('\n', picture)}\n```", File.ReadAllText(Path.Combine(Repository.Root, "docs/ARCHITECTURE.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_identity_uses_only_those_before_it()
    {
        var sources = Repository.Sources.Where(source => source.File.IsUnder("identity") && source.File.Folders.Length > 1).ToList();
        sources.Where(source => source.Namespace != $"OneDoor.Identity.{source.File.Folders[1]}")
            .Select(source => $"{source.File.At(1)} is in namespace '{source.Namespace}', not OneDoor.Identity.{source.File.Folders[1]}")
            .MustBeEmpty("A part has one name, in folders and namespaces alike:");
        sources.Select(source => source.File.Folders[1]).Distinct().Except(PartsOfIdentity).MustBeEmpty("A part of identity that stands nowhere in their order:");
        var types = Types(sources);
        sources.SelectMany(source => Uses(source, types)
                .Where(use => Array.IndexOf(PartsOfIdentity, use.Capability) > Array.IndexOf(PartsOfIdentity, source.File.Folders[1]))
                .DistinctBy(use => use.Capability)
                .Select(use => $"{source.At(use.Node)} {source.File.Folders[1]} uses {use.Capability}"))
            .MustBeEmpty("The order of identity's parts stands in tests/Tidy/ReferenceTests.cs; only Program.cs knows them all:");
    }

    [Fact]
    public void Neither_wire_nor_the_hosts_platform_knows_a_capability_even_by_word()
    {
        // Who applies is part of a token; a clock and files are anybody's; documents are also what the store calls what it keeps; everything has a form.
        var capabilities = Capabilities().Select(source => source.File.Folders[1]).Distinct().Except(["Applicants", "Callers", "Clock", "Documents", "Files", "Forms", "Graph", "Platform"]);
        var word = new Regex($"(?<![a-z])((?i:{string.Join('|', capabilities.SelectMany(name => name is "Cases" ? [name] : new[] { name, name.TrimEnd('s') }))})(?![a-z])|\\bCase(?=[A-Z]))");
        var said = Repository.Sources.Where(source => source.File.IsUnder("wire", "api/Platform"))
            .SelectMany(source => source.File.Lines.Index().Where(line => word.IsMatch(line.Item)).Select(line => (source.File.Path, Line: line.Index + 1, Word: word.Match(line.Item).Value)))
            .ToList();
        said.Where(one => !SaysAWord.ContainsKey(one.Path)).Select(one => $"{one.Path}:{one.Line} {one.Word}")
            .Concat(SaysAWord.Keys.Except(said.Select(one => one.Path)).Select(path => $"{path} no longer says one: take it off the list"))
            .MustBeEmpty("What every request passes is about no capability:");
    }

    private static HashSet<(string Capability, string Type)> Types(IEnumerable<Source> sources) => sources
        .SelectMany(source => source.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            .Select(type => (Capability: source.File.Folders[1], Type: type.Identifier.Text)))
        .ToHashSet();

    private static IEnumerable<Source> Capabilities() =>
        Repository.Sources.Where(source => source.File.IsUnder("schema", "api") && source.File.Folders.Length > 1);

    private static bool MayUse(Source source, string used)
    {
        var user = source.File.Folders[^1];
        return used == user
            || (source.File.IsUnder("api") && (used == "Platform" || (used == "Graph" && user != "Platform")))
            || (MayBeUsed.TryGetValue(user, out var allowed) && allowed.Contains(used));
    }

    /// <summary>
    /// A use is a name that starts with OneDoor.X, or with X. followed by a type of capability X: inside OneDoor.Cases,
    /// <c>Clock.WorkingDays</c> needs no using.
    /// </summary>
    private static IEnumerable<(string Capability, SyntaxNode Node)> Uses(Source source, HashSet<(string Capability, string Type)> types)
    {
        foreach (var node in source.Syntax.DescendantNodes())
        {
            if (node is not (QualifiedNameSyntax or MemberAccessExpressionSyntax) || node.Parent is BaseNamespaceDeclarationSyntax)
                continue;
            var name = node.ToString().Replace("global::", "", StringComparison.Ordinal).Split('.');
            if (name is ["OneDoor", var capability] && capability != "Identity")
                yield return (capability.Trim(), node);
            else if (name is ["OneDoor", "Identity", var part])
                yield return (part.Trim(), node);
            else if (name.Length == 2 && types.Contains((name[0].Trim(), name[1].Split('<')[0].Trim())))
                yield return (name[0].Trim(), node);
        }
    }

    private static IEnumerable<string> References(string project, string kind)
    {
        var path = Path.Combine(Repository.Root, project);
        Assert.True(File.Exists(path), $"{project} is missing: move its rule in tests/Tidy/ReferenceTests.cs along with it.");
        return XDocument.Load(path).Descendants(kind)
            .Select(reference => ((string?)reference.Attribute("Include") ?? "").Replace('\\', '/'));
    }
}
