using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace OneDoor.Tidy;

public partial class DocumentationTests
{
    [Fact]
    public void Links_between_pages_resolve()
    {
        var targets = Repository.Files.Select(file => file.Path)
            .Concat(Repository.Files.SelectMany(file => file.Folders.Select((_, depth) => string.Join('/', file.Folders[..(depth + 1)]))))
            .Append("")
            .ToHashSet();
        Repository.Pages
            .SelectMany(page => Prose(page).SelectMany(row => Link().Matches(row.Text)
                .Select(match => (Page: page, row.Line, Target: match.Groups["target"].Value))))
            .Where(link => !Elsewhere().IsMatch(link.Target) && !Resolves(link.Page, link.Target, targets))
            .Select(link => $"{link.Page.At(link.Line)} {link.Target}")
            .MustBeEmpty("Links to files and headings of this repository must resolve:");
    }

    [Theory]
    [InlineData("docs/API.md", "schema", "wire", "api")]
    [InlineData("docs/IDENTITY.md", "wire", "identity")]
    public void Every_refusal_code_is_in_the_page_of_who_answers_it(string of, params string[] trees)
    {
        var sources = Repository.Sources
            .Where(source => source.File.IsUnder(trees) && source.File.Name.EndsWith("Refusals.cs", StringComparison.Ordinal))
            .ToList();
        var codes = sources.SelectMany(source => Codes(source).Select(code => (Place: source.At(code), Code: code.Token.ValueText))).ToList();
        Assert.True(sources.Count == 0 || codes.Count > 0, "No refusal code was found in any *Refusals.cs: this test no longer reads them.");
        var page = Repository.Pages.FirstOrDefault(file => file.Path == of)?.Text ?? "";
        codes.Where(code => !page.Contains($"`{code.Code}`", StringComparison.Ordinal))
            .Select(code => $"{code.Place} `{code.Code}`")
            .MustBeEmpty($"{of} lists every refusal code, in backticks:");
    }

    [Fact]
    public void Every_option_is_in_a_table()
    {
        var hosts = Repository.Sources.Where(source => source.File.IsUnder("wire", "api", "identity")).ToList();
        var options = hosts.SelectMany(source => source.Syntax.DescendantNodes().OfType<TypeDeclarationSyntax>()
            .Where(type => type.Identifier.Text.EndsWith("Options", StringComparison.Ordinal))
            .SelectMany(type => Settings(type).Select(setting => (Place: source.At(type), Name: setting))))
            .ToList();
        Assert.True(!hosts.Any(source => source.File.Name == "Program.cs") || options.Count > 0,
            "No property of a type called …Options was found in api or identity: this test no longer reads them.");
        var rows = string.Join('\n', Repository.Pages.SelectMany(page => page.Lines).Where(line => line.StartsWith('|')));
        options.Where(option => !Regex.IsMatch(rows, $"(`|__|:){option.Name}(`|__|:)"))
            .Select(option => $"{option.Place} {option.Name}")
            .MustBeEmpty("README.md or a page in docs has a table row for every option, as `Section__Name`:");
    }

    /// <summary>The first argument of an object creation, when it looks like a code.</summary>
    private static IEnumerable<LiteralExpressionSyntax> Codes(Source source) =>
        source.Syntax.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>()
            .Select(creation => creation.ArgumentList?.Arguments.FirstOrDefault()?.Expression)
            .OfType<LiteralExpressionSyntax>()
            .Where(literal => Code().IsMatch(literal.Token.ValueText));

    /// <summary>Public properties that configuration can set, and the parameters of a positional record.</summary>
    private static IEnumerable<string> Settings(TypeDeclarationSyntax type) =>
        type.Members.OfType<PropertyDeclarationSyntax>()
            .Where(property => property.Modifiers.Any(modifier => modifier.Text == "public")
                && property.Modifiers.All(modifier => modifier.Text != "static")
                && property.AccessorList?.Accessors.Any(accessor => accessor.Keyword.Text is "set" or "init") == true)
            .Select(property => property.Identifier.Text)
            .Concat(type is RecordDeclarationSyntax { ParameterList: { } parameters }
                ? parameters.Parameters.Select(parameter => parameter.Identifier.Text)
                : []);

    private static bool Resolves(RepositoryFile page, string link, HashSet<string> targets)
    {
        var parts = Uri.UnescapeDataString(link).Split('#', 2);
        var folder = Path.Combine(Repository.Root, Path.GetDirectoryName(page.Path)!);
        var path = parts[0] switch
        {
            "" => page.Path,
            ['/', ..] => parts[0].Trim('/'),
            _ => Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(folder, parts[0]))).Replace('\\', '/').TrimEnd('/'),
        };
        if (!targets.Contains(path == "." ? "" : path))
            return false;
        return parts.Length == 1
            || Repository.Pages.FirstOrDefault(file => file.Path == path) is not { } target
            || Anchors(target).Contains(parts[1]);
    }

    /// <summary>Headings as GitHub turns them into anchors; a repeated heading gets -1, -2 and so on.</summary>
    private static HashSet<string> Anchors(RepositoryFile page)
    {
        var anchors = new HashSet<string>();
        foreach (var (_, text) in Prose(page).Where(row => row.Text.StartsWith('#')))
        {
            var anchor = NotInAnchor().Replace(text.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');
            for (var n = 0; !anchors.Add(n == 0 ? anchor : $"{anchor}-{n}"); n++) { }
        }

        return anchors;
    }

    /// <summary>The lines outside code blocks, with inline code blanked except in headings.</summary>
    private static IEnumerable<(int Line, string Text)> Prose(RepositoryFile page)
    {
        var inCode = false;
        foreach (var (index, line) in page.Lines.Index())
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
                inCode = !inCode;
            else if (!inCode)
                yield return (index + 1, line.StartsWith('#') ? line : InlineCode().Replace(line, "code"));
        }
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)(\s+""[^""]*"")?\)|^\[[^\]]+\]:\s+(?<target>\S+)")]
    private static partial Regex Link();

    [GeneratedRegex("^([a-z][a-z+.-]*:|//)", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex("^[a-z][a-z0-9-]*\\.[a-z0-9-]+$")]
    private static partial Regex Code();
}
