using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace OneDoor.Tidy;

public partial class StyleTests
{
    private const int DeepestFolder = 3;
    private const int LongestFile = 400;
    private const int LongestMethod = 60;

    private static readonly string[] EmptyFolderNames =
        ["Common", "Helpers", "Utils", "Services", "Managers", "Interfaces", "Dtos"];

    [Fact]
    public void Folders_are_at_most_three_deep() =>
        Repository.Files.Where(file => file.Folders.Length > DeepestFolder)
            .Select(file => $"{file.At(1)} lies {file.Folders.Length} folders deep")
            .MustBeEmpty($"At most {DeepestFolder} folders deep:");

    [Fact]
    public void Folders_are_named_after_what_they_hold() =>
        Repository.Files
            .Where(file => file.Folders.Intersect(EmptyFolderNames, StringComparer.OrdinalIgnoreCase).Any())
            .Select(file => file.At(1))
            .MustBeEmpty($"No folder is called {string.Join(", ", EmptyFolderNames)}; name the capability:");

    [Fact]
    public void Types_are_named_after_what_they_are() =>
        Repository.Sources
            .SelectMany(source => source.Syntax.DescendantNodes()
                .Select(node => (Node: node, Name: (node as BaseTypeDeclarationSyntax)?.Identifier.Text
                    ?? (node as DelegateDeclarationSyntax)?.Identifier.Text ?? ""))
                .Where(type => EmptyWord().IsMatch(type.Name))
                .Select(type => $"{source.At(type.Node)} {type.Name}"))
            .MustBeEmpty("Helper, Util, Manager and Dto say nothing about a type:");

    [Fact]
    public void Files_are_at_most_400_lines_long() =>
        Repository.Sources.Where(source => source.File.Text.TrimEnd().Count(c => c == '\n') >= LongestFile)
            .Select(source => $"{source.File.At(LongestFile + 1)} goes on to line {source.File.Text.TrimEnd().Count(c => c == '\n') + 1}")
            .MustBeEmpty($"At most {LongestFile} lines:");

    [Fact]
    public void Methods_are_at_most_60_lines_long() =>
        Repository.Sources
            .SelectMany(source => Bodies(source)
                .Where(body => body.Last - body.First + 1 > LongestMethod)
                .Select(body => $"{source.File.At(body.First)} {body.Name} is {body.Last - body.First + 1} lines long"))
            .MustBeEmpty($"At most {LongestMethod} lines:");

    [Fact]
    public void Indentation_is_spaces() =>
        Lines(Repository.Sources.Select(source => source.File), line => line.Contains('\t', StringComparison.Ordinal))
            .MustBeEmpty("No tabs in C#:");

    [Fact]
    public void Text_ends_with_a_newline() =>
        Repository.TextFiles.Where(file => !file.IsLock && file.Text.Length > 0 && !file.Text.EndsWith('\n'))
            .Select(file => file.At(file.Lines.Length))
            .MustBeEmpty("The last line ends like the others:");

    [Fact]
    public void Nothing_is_left_for_later() =>
        Lines(Repository.TextFiles.Where(file => !file.IsLock), Unfinished().IsMatch)
            .MustBeEmpty("Finish it or drop it:");

    private static IEnumerable<string> Lines(IEnumerable<RepositoryFile> files, Func<string, bool> isFinding) =>
        files.SelectMany(file => file.Lines
            .Select((line, index) => (line, index))
            .Where(row => isFinding(row.line))
            .Select(row => $"{file.At(row.index + 1)} {row.line.Trim()}"));

    /// <summary>Methods without their documentation and attributes, and the statements of a program without a class.</summary>
    private static IEnumerable<(string Name, int First, int Last)> Bodies(Source source)
    {
        foreach (var node in source.Syntax.DescendantNodes())
        {
            if (node is not (BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or BasePropertyDeclarationSyntax
                or LocalFunctionStatementSyntax))
                continue;
            var name = node switch
            {
                MethodDeclarationSyntax method => method.Identifier.Text,
                PropertyDeclarationSyntax property => property.Identifier.Text,
                LocalFunctionStatementSyntax function => function.Identifier.Text,
                _ => node.Kind().ToString(),
            };
            var start = node.ChildNodesAndTokens().First(child => !child.IsKind(SyntaxKind.AttributeList));
            yield return (name, start.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1, Source.LastLine(node));
        }

        var statements = source.Syntax.Members.OfType<GlobalStatementSyntax>()
            .Where(statement => statement.Statement is not LocalFunctionStatementSyntax)
            .ToList();
        if (statements.Count > 0)
            yield return ("the program", Source.FirstLine(statements[0]), Source.LastLine(statements[^1]));
    }

    [GeneratedRegex("(Helper|Util|Utility|Manager|Dto|DTO)(s|ies)?(?![a-z])")]
    private static partial Regex EmptyWord();

    // Written so that the pattern does not find itself.
    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|HA[C]K)\b")]
    private static partial Regex Unfinished();
}
