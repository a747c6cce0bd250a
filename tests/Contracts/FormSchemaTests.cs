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
            JsonElement[] answers = [Forms.FormExample.Of(form, Today), .. Enumerable.Range(0, AnswersOfEach).Select(_ => Broken(Forms.FormExample.Of(form, Today), random)), .. Misspelt(form)];
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

    // An answer in which one member, at the top or inside, is gone, of another type, or one too many.
    private static JsonElement Broken(JsonElement answer, Random random)
    {
        var whole = JsonNode.Parse(answer.GetRawText())!.AsObject();
        var into = whole;
        while (into.Select(member => member.Value is JsonArray { Count: > 0 } rows ? rows[0] as JsonObject : member.Value as JsonObject).OfType<JsonObject>().ToArray() is { Length: > 0 } inside && random.Next(3) == 0)
            into = inside[random.Next(inside.Length)];
        var name = into.Count == 0 ? "none" : into.ElementAt(random.Next(into.Count)).Key;
        switch (random.Next(4))
        {
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

    // Answers in each of which one text is another one.
    private static IEnumerable<JsonElement> Misspelt(Forms.Form form)
    {
        var whole = JsonNode.Parse(Forms.FormExample.Of(form, Today).GetRawText())!.AsObject();
        foreach (var (into, field, text) in Texts(whole, form.Fields).ToArray())
        {
            into[field.Name] = field.Type switch
            {
                Forms.FieldType.Choice => text.ToUpperInvariant(),
                // A line break at the end of any other text is one of the characters that nobody sees.
                Forms.FieldType.Licence => " ",
                Forms.FieldType.Text when field.Pattern is null => " ",
                _ => text + "\n",
            };
            yield return JsonSerializer.SerializeToElement(whole);
            into[field.Name] = text;
        }
    }

    private static IEnumerable<(JsonObject Into, Forms.Field Field, string Text)> Texts(JsonObject into, IReadOnlyList<Forms.Field> fields)
    {
        foreach (var (name, value) in into)
        {
            var field = fields.Single(known => known.Name == name);
            if ((value is JsonArray { Count: > 0 } rows ? rows[0] : value) is JsonObject part)
            {
                foreach (var inside in Texts(part, Forms.Blocks.PartsOf(field)))
                    yield return inside;
            }
            else if (value is JsonValue one && one.TryGetValue<string>(out var text))
                yield return (into, field, text);
        }
    }
}
