using System.Text;
using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Catalogue;

/// <summary>The JSON Schema that <c>catalogue --schema</c> prints says of a file what the program itself says.</summary>
public sealed class CatalogueFileTests : IDisposable
{
    private static readonly string Shipped = Path.Combine(Approved.Root, "schema", "Catalogue", "data");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onedoor-schema");

    [Fact]
    public async Task The_schema_takes_what_the_program_takes_and_nothing_else()
    {
        var fire = await File.ReadAllTextAsync(Path.Combine(Shipped, "items-fire.json"), TestContext.Current.CancellationToken);
        string[] files =
        [
            .. Directory.EnumerateFiles(Shipped, "items-*.json").Select(File.ReadAllText),
            fire.Replace("\"mode\"", "\"mod\"", StringComparison.Ordinal),
            fire.Replace("\"mode\": \"standard\"", "\"mode\": \"promise\"", StringComparison.Ordinal),
            fire.Replace("\"halls\": [\"airport\"", "\"halls\": [null", StringComparison.Ordinal),
            fire.Replace("\"value\": 10,", "\"value\": \"10\",", StringComparison.Ordinal),
            fire.Replace("\"origin\": \"agency\",", "\"origin\": \"agency\", \"takenOverIn\": null,", StringComparison.Ordinal),
            fire.Replace("\"origin\": \"agency\",", "\"origin\": \"agency\", \"takenOverIn\": 2015.5,", StringComparison.Ordinal),
            fire.Replace("\"commitmentEligible\": true,", "\"insteadOf\": null,", StringComparison.Ordinal),
            fire.Replace("\"commitmentEligible\": true,", "\"insteadOf\": { \"zh\": \"x\" },", StringComparison.Ordinal),
            fire.Replace("\"conditions\": [", "\"conditions\": null, \"sample\": [", StringComparison.Ordinal),
            "{}", "[{}]", "[7]", "[]",
        ];
        string[] expected = [.. files.Select(file => IsTaken(file) ? "valid" : "invalid")];
        Assert.Equal(["invalid", "invalid", "invalid", "invalid", "valid", "invalid", "valid", "invalid", "invalid", "invalid", "invalid", "invalid", "valid"], expected[^13..]);

        var schema = Write("schema", CatalogueData.Schema().ToJsonString());
        var (exitCode, output, errors) = await OutsideTool.Run("catalogue.mjs", [schema, .. files.Select((file, index) => Write($"{index}", file))]);

        Assert.True(exitCode == 0, output + errors);
        var said = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected, said.Select(line => line.Split(':')[0]));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static bool IsTaken(string file)
    {
        try
        {
            CatalogueData.Parse(Encoding.UTF8.GetBytes(file));
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name + ".json");
        File.WriteAllText(path, text);
        return path;
    }
}
