using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace OneDoor.Tidy;

public partial class MetricTests
{
    private static readonly List<Metric> Made = [.. Repository.Sources.Where(source => source.File.IsUnder("wire", "api", "identity"))
        .SelectMany(source => source.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(Described)).OfType<Metric>()];

    [Fact]
    public void Every_metric_has_its_row_in_the_operators_table_and_every_row_its_metric()
    {
        Assert.NotEmpty(Made);
        var made = Made.Select(metric => $"{metric.Name} {metric.Unit} {metric.Meaning}").ToList();
        var rows = OperatorsPage
            .Select(line => Regex.Match(line, @"^\| `(?<name>onedoor\.[\w.]+)` \| `(?<unit>[^`]+)` \| [^|]+ \| (?<meaning>[^|]+) \|$"))
            .Where(row => row.Success).Select(row => $"{row.Groups["name"]} {row.Groups["unit"]} {row.Groups["meaning"]}").ToList();
        made.Except(rows).Concat(rows.Except(made))
            .MustBeEmpty("docs/OPERATING.md has a row | `name` | `unit` | attributes | description | for every metric:");
    }

    [Fact]
    public void Alerts_and_the_dashboard_name_metrics_that_exist_and_leave_out_none_of_ours()
    {
        var named = Repository.Files.Where(file => file.IsUnder("k8s/monitoring")).SelectMany(file => file.Lines)
            .Select(line => Expression().Match(line)).Where(line => line.Success)
            .SelectMany(line => MetricName().Matches(Labels().Replace(line.Groups[1].Value, ""))).Select(name => name.Value).ToHashSet();
        Assert.NotEmpty(named);
        var ours = Made.Select(metric => metric.InPrometheus).ToHashSet();
        var theirs = OperatorsPage.Select(line => Regex.Match(line, @"^\| `[a-z._]+` \| `(?<name>[a-z_]+)` \|")).Where(row => row.Success).Select(row => row.Groups["name"].Value);
        named.Except(ours.Concat(theirs).SelectMany(name => new[] { name, name + "_bucket", name + "_count", name + "_sum" }))
            .MustBeEmpty("Neither made by us nor in docs/OPERATING.md's table of the libraries' metrics:");
        ours.Where(metric => !named.Contains(metric) && !named.Contains(metric + "_bucket"))
            .MustBeEmpty("Operators look at k8s/monitoring/dashboard.json: a metric of ours has its panel there, or its alert in alerts.yaml:");
    }

    [Fact]
    public void Every_alert_has_its_row_in_the_operators_table_and_every_row_its_alert()
    {
        var alerts = Repository.Files.Single(file => file.Path == "k8s/monitoring/alerts.yaml").Lines
            .Select(line => Regex.Match(line, @"^\s*- alert: (\w+)$")).Where(line => line.Success).Select(line => line.Groups[1].Value).ToList();
        Assert.NotEmpty(alerts);
        var rows = OperatorsPage.Select(line => Regex.Match(line, @"^\| `(OneDoor\w+)` \|( [^|]+ \|){3}$")).Where(row => row.Success).Select(row => row.Groups[1].Value).ToList();
        alerts.Except(rows).Concat(rows.Except(alerts))
            .MustBeEmpty("docs/OPERATING.md has a row | `alert` | what it means | look first | what to do | for every alert of k8s/monitoring/alerts.yaml:");
    }

    private static string[] OperatorsPage => Repository.Pages.Single(page => page.Path == "docs/OPERATING.md").Lines;

    /// <summary>The instrument a call makes; null of any other call.</summary>
    private static Metric? Described(InvocationExpressionSyntax call)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.Text: var method } || !method.StartsWith("Create", StringComparison.Ordinal) || method == "Create")
            return null;
        var texts = call.ArgumentList.Arguments.Select(argument => argument.Expression).OfType<LiteralExpressionSyntax>().Select(literal => literal.Token.ValueText).ToList();
        return texts is [var name, var unit, var meaning] && name.StartsWith("onedoor.", StringComparison.Ordinal) ? new(name, unit, meaning, method == "CreateCounter") : null;
    }

    private sealed record Metric(string Name, string Unit, string Meaning, bool IsCounter)
    {
        /// <summary>As Prometheus names what it receives over OTLP: a unit in braces is only a word.</summary>
        public string InPrometheus => Name.Replace('.', '_') + (Unit == "s" ? "_seconds" : "") + (IsCounter ? "_total" : "");
    }

    [GeneratedRegex("""^\s*"?expr"?: "?(.+)$""")]
    private static partial Regex Expression();

    // What stands in braces or behind `by` names labels.
    [GeneratedRegex(@"\{[^}]*\}|by \([^)]*\)")]
    private static partial Regex Labels();

    [GeneratedRegex(@"\b[a-z]+(_[a-z]+){2,}\b")]
    private static partial Regex MetricName();
}
