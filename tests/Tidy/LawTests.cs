using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace OneDoor.Tidy;

/// <summary>docs/LAW.md and the tests that it names.</summary>
public partial class LawTests
{
    private const string Page = "docs/LAW.md";

    private static readonly (int Line, string Point, string[] Tests)[] Rows = [.. Repository.Pages.Single(page => page.Path == Page).Lines
        .Select((line, i) => (i + 1, Row().Match(line))).Where(row => row.Item2.Success)
        .Select(row => (row.Item1, row.Item2.Groups["point"].Value, Test().Matches(row.Item2.Groups["tests"].Value).Select(test => test.Groups[1].Value).ToArray()))];

    // Every test that has a point in its documentation, once for each.
    private static readonly (string At, string Test, string Point)[] Cited = [.. Repository.Sources.Where(source => source.File.IsUnder("tests"))
        .SelectMany(source => source.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>()
            .SelectMany(method => Point().Matches(method.GetLeadingTrivia().ToFullString())
                .Select(point => (source.At(method), $"{((TypeDeclarationSyntax)method.Parent!).Identifier.Text}.{method.Identifier.Text}", point.Value))))];

    [Fact]
    public void Every_point_of_law_has_a_row_with_tests() =>
        Assert.Equal(Enumerable.Range(1, 20).Select(n => string.Create(CultureInfo.InvariantCulture, $"B{n}")), Rows.Where(row => row.Tests.Length > 0).Select(row => row.Point));

    [Fact]
    public void Every_test_of_a_row_is_there_and_names_its_point() => Rows
        .SelectMany(row => row.Tests.Where(test => !Cited.Any(cited => cited.Test == test && cited.Point == row.Point)).Select(test => $"{Page}:{row.Line} {test} ({row.Point})"))
        .MustBeEmpty("A test that the page names has the point in its documentation, as (B7):");

    [Fact]
    public void Every_point_that_a_test_names_has_a_row() => Cited
        .Where(cited => Rows.All(row => row.Point != cited.Point)).Select(cited => $"{cited.At} {cited.Point}")
        .MustBeEmpty($"What tests call a point of law stands in {Page}:");

    [GeneratedRegex(@"^\| (?<point>B[0-9]+) \| .* \| (?<tests>.*) \|$")]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z]+\\.[A-Za-z_0-9]+)`")]
    private static partial Regex Test();

    [GeneratedRegex(@"(?<=///.*)\bB[0-9]{1,2}\b")]
    private static partial Regex Point();
}
