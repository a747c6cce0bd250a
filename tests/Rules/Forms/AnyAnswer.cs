using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using OneDoor.Catalogue;
using Xunit;

namespace OneDoor.Forms;

/// <summary>CASE-11, of every form of the zone on any day: what is made of it is an answer to it, and what is broken in one is found at its place.</summary>
public sealed class AnyAnswer
{
    private static readonly Gen<DateOnly> Days = Gen.Int[0, 365 * 20].Select(days => new DateOnly(2020, 6, 1).AddDays(days));

    private static readonly Form[] All = [.. CatalogueData.Forms(), SampleForms.Everything];

    private static readonly Gen<Form> Forms = Gen.Int[0, All.Length - 1].Select(i => All[i]);

    // What no field takes.
    private static readonly string[] Never = ["null", "\"\"", "[{}]", "{\"?\":1}", "1e40", "\"\\u0000\"", "\" \"", "\"\\n\""];

    private static readonly Gen<string> Wrong = Gen.Int[0, Never.Length - 1].Select(i => Never[i]);

    [Fact] // CAT-7
    public void Its_example_is_an_answer_to_a_form_on_any_day() =>
        Gen.Select(Forms, Days).Sample((form, day) => FormAnswer.Refusals(form, FormExample.Of(form, day), day).Count == 0, iter: 300);

    [Fact] // CASE-11
    public void A_broken_member_is_found_at_its_place() => Gen.Select(Forms, Days, Gen.Int[0, 1000], Wrong).Sample((form, day, which, wrong) =>
    {
        var answer = JsonNode.Parse(FormExample.Of(form, day).GetRawText())!.AsObject();
        var name = answer.ElementAt(which % answer.Count).Key;
        answer[name] = "(here)";
        var broken = JsonSerializer.Deserialize<JsonElement>(answer.ToJsonString().Replace("\"(here)\"", wrong, StringComparison.Ordinal));

        return FormAnswer.Refusals(form, broken, day).SelectMany(refused => refused.Fields)
            .Any(field => field.Pointer.StartsWith($"/form/{name}", StringComparison.Ordinal) && field.Code is "form.field-invalid" or "form.field-missing" or "form.field-unknown");
    }, iter: 1000);

    [Fact] // CASE-11
    public void A_required_member_that_is_gone_is_missed() => Gen.Select(Forms, Days, Gen.Int[0, 1000]).Sample((form, day, which) =>
    {
        var answer = JsonNode.Parse(FormExample.Of(form, day).GetRawText())!.AsObject();
        var required = form.Fields.Where(field => field is { Required: true, When: [] }).Select(field => field.Name).ToArray();
        if (required.Length == 0)
            return true;
        answer.Remove(required[which % required.Length]);

        return FormAnswer.Refusals(form, JsonSerializer.SerializeToElement(answer), day).SelectMany(refused => refused.Fields)
            .Any(field => (field.Pointer, field.Code) == ($"/form/{required[which % required.Length]}", "form.field-missing"));
    }, iter: 300);
}
