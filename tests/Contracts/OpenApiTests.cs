using System.Text.Json.Nodes;
using Xunit;

namespace OneDoor.Contracts;

public sealed class OpenApiTests(Api api) : IAsyncLifetime
{
    internal const string Redocly = "node_modules/@redocly/cli/bin/cli.js";

    private const string Spectral = "node_modules/@stoplight/spectral-cli/dist/index.js";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onedoor-openapi-");

    /// <summary>What the API serves, where outside tools can read it.</summary>
    private string Served => Path.Combine(_folder.FullName, "openapi.yaml");

    public async ValueTask InitializeAsync() => await File.WriteAllTextAsync(Served, await api.Get("/openapi.yaml"));

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_served_description_is_the_approved_one() => Approved.Is("openapi.yaml", await api.Get("/openapi.yaml"));

    [Fact]
    public async Task Json_describes_the_same_as_yaml()
    {
        var bundled = Path.Combine(_folder.FullName, "bundled.json");
        var (exitCode, _, errors) = await OutsideTool.Run(Redocly, "bundle", Served, "--config", "redocly.yaml", "--ext", "json", "-o", bundled);
        Assert.True(exitCode == 0, errors);
        var yaml = JsonNode.Parse(await File.ReadAllTextAsync(bundled, TestContext.Current.CancellationToken));
        Json.Differences(yaml, await api.Document()).Select(d => d.ToString()).MustBeEmpty("/openapi.yaml and /openapi.json differ:");
    }

    [Fact]
    public async Task Who_reads_yaml_1_1_reads_the_same()
    {
        var (exitCode, read, errors) = await OutsideTool.Run("yaml.mjs", Served);
        Assert.True(exitCode == 0, errors);
        Json.Differences(JsonNode.Parse(read), await api.Document()).Select(d => d.ToString()).MustBeEmpty("/openapi.yaml, read as YAML 1.1, and /openapi.json differ:");
    }

    [Fact]
    public async Task Spectral_finds_nothing_wrong()
    {
        var (exitCode, output, errors) = await OutsideTool.Run(
            Spectral, "lint", Served, "--ruleset", ".spectral.yaml", "--fail-severity", "hint", "--format", "stylish");
        Assert.True(exitCode == 0, output + errors);
        Assert.Contains("No results", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redocly_finds_nothing_wrong()
    {
        var (exitCode, output, errors) = await OutsideTool.Run(Redocly, "lint", Served, "--config", "redocly.yaml", "--format", "json");
        Assert.True(exitCode is 0 or 1 && output.StartsWith('{'), output + errors);
        JsonNode.Parse(output)!["problems"]!.AsArray()
            .Select(p => $"{p!["severity"]} {p["ruleId"]}: {p["message"]} {p["location"]?[0]?["pointer"]}")
            .MustBeEmpty("Redocly's recommended rules:");
        Assert.Equal(0, exitCode);
    }
}
