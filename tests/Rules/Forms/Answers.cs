using System.Text.Json.Nodes;
using Xunit;
using static OneDoor.Forms.SampleForms;

namespace OneDoor.Forms;

/// <summary>CASE-11: what is wrong with an answer is told all at once, each at its place and with what would be right.</summary>
public sealed class Answers
{
    private static JsonObject Valid => JsonNode.Parse(FormExample.Of(Everything, Today).GetRawText())!.AsObject();

    [Fact] // CASE-11
    public void The_example_of_a_form_is_an_answer_to_it() => Assert.Empty(Wrong(Everything, FormExample.Of(Everything, Today)));

    public static TheoryData<string, string, string> Broken => new()
    {
        { "name", "null", "form.field-invalid /form/name" },
        { "name", "\" \"", "form.field-invalid /form/name" },
        { "name", "\"一二三四五六七八九十一二三四五六七八九十一\"", "form.field-invalid /form/name" },
        { "name", "\"两\\n行\"", "form.field-invalid /form/name" },
        { "name", "\"\\ud840\"", "form.field-invalid /form/name" },
        { "code", "\"30030\"", "form.field-invalid /form/code" },
        { "premises", "\"rent\"", "form.field-invalid /form/premises, form.field-not-asked /form/leaseUntil" },
        { "premises", "\"own\"", "form.field-not-asked /form/leaseUntil" },
        { "leaseUntil", "\"2026-11-26\"", "form.field-invalid /form/leaseUntil" },
        { "leaseUntil", "\"2031-11-27\"", "form.field-invalid /form/leaseUntil" },
        { "leaseUntil", "\"2027-02-29\"", "form.field-invalid /form/leaseUntil" },
        { "area", "0.5", "form.field-invalid /form/area, form.fields-contradict /form/kitchenArea" },
        { "area", "50.125", "form.field-invalid /form/area" },
        { "area", "\"50\"", "form.field-invalid /form/area" },
        { "area", "30", "form.fields-contradict /form/kitchenArea" },
        { "area", "1e300", "form.field-invalid /form/area" },
        { "seats", "1.5", "form.field-invalid /form/seats" },
        { "capital", "2", "form.fields-contradict /form/shareholders" },
        { "online", "\"yes\"", "form.field-invalid /form/online, form.field-not-asked /form/platforms" },
        { "online", "false", "form.field-not-asked /form/platforms" },
        { "platforms", "[]", "form.field-invalid /form/platforms" },
        { "platforms", "[\"one\",\"one\"]", "form.field-invalid /form/platforms" },
        { "platforms", "[\"one\",\"two\",\"three\"]", "form.field-invalid /form/platforms" },
        { "from", "\"2026-09\"", "form.field-invalid /form/from" },
        { "from", "\"2026-13\"", "form.field-invalid /form/from" },
        { "manager", "{\"name\":\"张三\",\"idType\":\"citizen-id\",\"idNumber\":\"990000199001010018\",\"phone\":\"13900000000\"}", "form.field-invalid /form/manager/idNumber" },
        { "manager", "{\"name\":\"张三\",\"idType\":\"citizen-id\",\"idNumber\":\"990000199001010017\"}", "form.field-missing /form/manager/phone" },
        { "manager", "{\"name\":\"Li\",\"idType\":\"passport\",\"idNumber\":\"A12345678\",\"country\":\"ZZZ\",\"phone\":\"+12025550123\"}", "form.field-invalid /form/manager/country" },
        { "manager", "{\"name\":\"Li\",\"idType\":\"passport\",\"idNumber\":\"A12345678\",\"phone\":\"+12025550123\"}", "form.field-missing /form/manager/country" },
        { "designer", "{\"name\":\"天津设计院\",\"uscc\":\"91990000MA0000008X\"}", "form.field-invalid /form/designer/uscc" },
        { "place", "{\"district\":\"moon\",\"street\":\"西三道1号\"}", "form.field-invalid /form/place/district" },
        { "plan", "\"1\"", "form.field-invalid /form/plan" },
        { "water", "{\"kind\":\"own\"}", "form.field-missing /form/water/depth" },
        { "water", "{\"kind\":\"mains\",\"depth\":3}", "form.field-not-asked /form/water/depth" },
        { "water", "7", "form.field-invalid /form/water" },
        { "staff", "1", "form.field-not-asked /form/shareholders/0/cleaner" },
        { "shareholders", "[]", "form.field-invalid /form/shareholders, form.fields-contradict /form/shareholders" },
        { "shareholders", "[7]", "form.field-invalid /form/shareholders/0" },
        { "colour", "1", "form.field-unknown /form/colour" },
        { "a/b~c", "1", "form.field-unknown /form/a~1b~0c" },
    };

    [Theory] // CASE-11, ID-1, ID-2, ID-5
    [MemberData(nameof(Broken))]
    public void What_is_wrong_is_told_at_its_place(string field, string value, string expected)
    {
        var answer = Valid;
        answer[field] = "(here)";

        Assert.Equal(
            expected, string.Join(", ", Wrong(Everything, Json(answer.ToJsonString().Replace("\"(here)\"", value, StringComparison.Ordinal))).Select(wrong => $"{wrong.Code} {wrong.Pointer}")));
    }

    [Fact] // CASE-11
    public void Every_required_field_that_is_asked_is_missing_in_an_empty_answer() => Assert.Equal(
        Everything.Fields.Where(field => field.Required && field.When.Count == 0).Select(field => ("form.field-missing", $"/form/{field.Name}")), Wrong(Everything, Json("{}")));

    [Fact] // CASE-11
    public void All_is_told_at_once_with_what_would_be_right()
    {
        var answer = Valid;
        answer["name"] = "";
        answer.Remove("capital");
        answer["shareholders"]![0]!["share"] = "1/2";

        var told = FormAnswer.Refusals(Everything, Json(answer.ToJsonString()), Today);

        Assert.Equal(
            [("form.field-invalid", "/form/name"), ("form.field-missing", "/form/capital"), ("form.fields-contradict", "/form/shareholders")],
            told.SelectMany(refused => refused.Fields).Select(field => (field.Code, field.Pointer)));
        Assert.Equal(["It is 1 to 20 characters.", "State capital: a number of at most 2 decimals, 0 at least.", "Shares add up to one."], told.Select(refused => refused.Detail!.En));
    }

    [Fact] // CASE-11: thirds add up to one
    public void Shares_are_exact()
    {
        var row = Valid["shareholders"]![0]!;
        row["share"] = "1/3";
        var answer = Valid;
        answer["shareholders"] = new JsonArray(row.DeepClone(), row.DeepClone(), row.DeepClone());
        answer["capital"] = 3;

        Assert.Empty(Wrong(Everything, Json(answer.ToJsonString())));
    }

    [Fact] // CASE-11: rows compare among themselves
    public void A_row_that_contradicts_itself_is_named()
    {
        var answer = Valid;
        answer["shareholders"]![0]!["end"] = "2026-11-26";

        Assert.Equal([("form.fields-contradict", "/form/shareholders/0/end")], Wrong(Everything, Json(answer.ToJsonString())));
    }

    [Theory] // CASE-11
    [InlineData("[]")]
    [InlineData("\"form\"")]
    public void What_is_no_object_is_no_answer(string answer) => Assert.Equal([("form.field-invalid", "/form")], Wrong(Everything, Json(answer)));

    [Fact] // CASE-11
    public void A_large_answer_is_refused() =>
        Assert.Equal([("form.field-invalid", "/form")], Wrong(Everything, Json($"{{\"story\":\"{new string('a', Form.LongestAnswer)}\"}}")));

    [Fact] // CASE-11
    public void Of_very_much_that_is_wrong_so_much_is_told() =>
        Assert.Equal(FormAnswer.MostTold, Wrong(Everything, Json($"{{{string.Join(',', Enumerable.Range(0, 300).Select(i => $"\"f{i}\":1"))}}}")).Count);
}
