using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace OneDoor.Tidy;

public class MetricTests
{
    [Fact]
    public void Every_metric_has_its_row_in_the_operators_table_and_every_row_its_metric()
    {
        var made = Repository.Sources.Where(source => source.File.IsUnder("api", "identity"))
            .SelectMany(source => source.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(Described))
            .OfType<string>().ToList();
        Assert.NotEmpty(made);
        var rows = Repository.Pages.Single(page => page.Path == "docs/OPERATING.md").Lines
            .Select(line => Regex.Match(line, @"^\| `(?<name>onedoor\.[\w.]+)` \| `(?<unit>[^`]+)` \| [^|]+ \| (?<meaning>[^|]+) \|$"))
            .Where(row => row.Success).Select(row => $"{row.Groups["name"]} {row.Groups["unit"]} {row.Groups["meaning"]}").ToList();
        made.Except(rows).Concat(rows.Except(made))
            .MustBeEmpty("docs/OPERATING.md has a row | `name` | `unit` | attributes | description | for every metric:");
    }

    /// <summary>Name, unit and description of the instrument a call makes; null of any other call.</summary>
    private static string? Described(InvocationExpressionSyntax call)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.Text: var method } || !method.StartsWith("Create", StringComparison.Ordinal) || method == "Create")
            return null;
        var texts = call.ArgumentList.Arguments.Select(argument => argument.Expression).OfType<LiteralExpressionSyntax>().Select(literal => literal.Token.ValueText).ToList();
        return texts is [var name, ..] && name.StartsWith("onedoor.", StringComparison.Ordinal) ? string.Join(' ', texts) : null;
    }
}
