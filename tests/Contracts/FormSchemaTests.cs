using System.Text.Json;
using System.Text.Json.Nodes;
using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Catalogue;

/// <summary>CAT-7: what the published JSON Schema of a form takes, read by ajv, is what the platform takes.</summary>
public sealed class FormSchemaTests : IDisposable
{
    private static readonly DateOnly Today = new(2026, 11, 26);
    private const int Seed = 20261126, AnswersOfEach = 12;

    // What a schema has no word for: whether days and numbers of documents are right, decimals, checks of several fields, characters nobody sees.
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onedoor-forms");

    [Fact] // CAT-7
    public async Task An_outside_validator_takes_what_the_platform_takes_but_for_what_a_schema_cannot_say()
    {
        var random = new Random(Seed);
        var forms = CatalogueData.Forms();
        List<(bool IsValid, Forms.Form Form, JsonElement Answer)> expected = [];
        var asked = new JsonArray();
        foreach (var form in forms)
        {
            JsonElement[] answers = [Forms.FormExample.Of(form, Today), .. Enumerable.Range(0, AnswersOfEach).Select(_ => Broken(form, random))];
            asked.Add(new JsonObject
            {
                ["schema"] = Forms.FormSchema.Of(form, "X", 1, "zh-CN", Today), ["answers"] = new JsonArray([.. answers.Select(answer => JsonSerializer.SerializeToNode(answer))]),
            });
            expected.AddRange(answers.Select(answer => (Forms.FormAnswer.Refusals(form, answer, Today).All(refused => refused.Code == "form.fields-contradict"), form, answer)));
        }

        var file = Path.Combine(_folder.FullName, "forms.json");
        await File.WriteAllTextAsync(file, asked.ToJsonString(), TestContext.Current.CancellationToken);
        var (exitCode, output, errors) = await OutsideTool.Run("forms.mjs", [file]);

        Assert.True(exitCode == 0, output + errors);
        var said = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected.Count, said.Length);
        expected.Zip(said).Where(pair => (pair.Second == "valid") != pair.First.IsValid)
            .Select(pair => $"{pair.First.Form.Code}: ajv says {pair.Second}, the platform {pair.First.IsValid}: {pair.First.Answer.GetRawText()}").MustBeEmpty("Schema and platform differ:");
        Assert.Contains(expected, pair => !pair.IsValid);
        Assert.All(forms, form => Assert.Empty(Forms.FormAnswer.Refusals(form, Forms.FormExample.Of(form, Today), Today)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // An answer in which one member, at the top or inside, is gone, of another type or another text, or one too many.
    private static JsonElement Broken(Forms.Form form, Random random)
    {
        var whole = JsonNode.Parse(Forms.FormExample.Of(form, Today).GetRawText())!.AsObject();
        var (into, fields) = (whole, form.Fields);
        while (into.Select(member => (member.Key, Object: member.Value is JsonArray { Count: > 0 } rows ? rows[0] as JsonObject : member.Value as JsonObject)).Where(member => member.Object is not null).ToArray() is { Length: > 0 } inside
            && random.Next(3) == 0)
        {
            (var key, into) = inside[random.Next(inside.Length)]!;
            fields = Forms.Blocks.PartsOf(fields.Single(field => field.Name == key));
        }
        var name = into!.Count == 0 ? "none" : into.ElementAt(random.Next(into.Count)).Key;
        switch (random.Next(5))
        {
            case 2 when into[name] is JsonValue value && value.TryGetValue<string>(out var text):
                into[name] = Misspelt(fields.Single(field => field.Name == name), text, random);
                break;
            case 0:
                into.Remove(name);
                break;
            case 1:
                into["colour"] = "red";
                break;
            default:
                into[name] = random.Next(6) switch { 0 => null, 1 => new JsonObject(), 2 => new JsonArray(), 3 => true, 4 => -1_000_000_000_000_000_000, _ => "" };
                break;
        }
        return JsonSerializer.SerializeToElement(whole);
    }

    // Where nothing but its characters says what a text is, a line break at its end is one of those that nobody sees.
    private static string Misspelt(Forms.Field field, string text, Random random) => random.Next(3) switch
    {
        0 => " ",
        1 when field.Type == Forms.FieldType.Choice => text.ToUpperInvariant(),
        _ when field.Type == Forms.FieldType.Licence || field is { Type: Forms.FieldType.Text, Pattern: null } => "\t",
        _ => text + "\n",
    };
}
