using System.Text.Json;

namespace OneDoor.Forms;

/// <summary>A form with a field of every type, and answers to it.</summary>
internal static class SampleForms
{
    public static readonly DateOnly Today = new(2026, 11, 26);

    public static readonly Text Words = new("说明", "Words");

    /// <summary>Everything that a form can ask.</summary>
    public static Form Everything { get; } = new()
    {
        Code = "everything",
        Name = new("样表", "Everything"),
        Source = "《样例办法》第一条",
        Sections = [new("place", Words)],
        Fields =
        [
            Of("name", FieldType.Text) with { Required = true, Section = "place", Max = 20 },
            Of("story", FieldType.Text) with { Max = 1000 },
            Of("code", FieldType.Text) with { Pattern = "^[0-9]{6}$", Example = Json("\"300308\"") },
            Of("premises", FieldType.Choice) with { Required = true, Choices = [new("own", Words), new("lease", Words)], Example = Json("\"lease\"") },
            Of("leaseUntil", FieldType.Date) with { Required = true, When = [new("premises", [Json("\"lease\"")])], NotBefore = "today+1d", NotAfter = "today+5y", Example = Json("\"today+2y\"") },
            Of("area", FieldType.Decimal) with { Required = true, Min = 1, Max = 100_000, Unit = new("平方米", "m²"), Example = Json("120.5") },
            Of("kitchenArea", FieldType.Decimal) with { Min = 0, Example = Json("30") },
            Of("seats", FieldType.Integer) with { Min = 0, Max = 5000, Example = Json("40") },
            Of("capital", FieldType.Money) with { Required = true, Min = 0 },
            Of("online", FieldType.Boolean) with { Required = true, Example = Json("true") },
            Of("platforms", FieldType.Choices) with { When = [new("online", [Json("true")])], Choices = [new("one", Words), new("two", Words), new("three", Words)], Max = 2, Example = Json("[\"two\"]") },
            Of("from", FieldType.Month) with { NotBefore = "today-1m", Example = Json("\"today\"") },
            Of("manager", FieldType.Person) with { Required = true },
            Of("designer", FieldType.Entity) with { Example = Json("{\"name\":\"天津设计院\",\"uscc\":\"91990000MA0000007X\"}") },
            Of("place", FieldType.Address) with { Required = true, Prefill = true },
            Of("oldLicence", FieldType.Licence) with { Example = Json("\"津食许2020-1\"") },
            Of("plan", FieldType.File) with { Example = Json("\"0b9c2f6e-6f0f-4b64-9a55-0c9d8f1f0a01\"") },
            Of("water", FieldType.Group) with { Fields = [Of("kind", FieldType.Choice) with { Required = true, Choices = [new("mains", Words), new("own", Words)] }, Of("depth", FieldType.Integer) with { Min = 1, Required = true, When = [new("kind", [Json("\"own\"")])] }], Example = Json("{\"kind\":\"mains\"}") },
            Of("staff", FieldType.Integer) with { Required = true, Min = 0, Max = 999, Example = Json("2") },
            Of("shareholders", FieldType.List) with
            {
                Required = true, Max = 50,
                Fields =
                [
                    Of("who", FieldType.Person) with { Required = true },
                    Of("subscribed", FieldType.Money) with { Required = true, Min = 1 },
                    Of("share", FieldType.Fraction) with { Required = true },
                    Of("start", FieldType.Date) with { Example = Json("\"today\"") },
                    Of("end", FieldType.Date) with { Example = Json("\"today+3d\"") },
                    Of("cleaner", FieldType.Text) with { Required = true, When = [new("^staff") { Above = 1 }] },
                ],
            },
        ],
        Checks =
        [
            new(CheckRule.Sum, new("出资额之和须等于注册资本。", "What is subscribed adds up to the capital."), Of: "shareholders.subscribed", EqualTo: "capital"),
            new(CheckRule.Sum, new("份额之和须为1。", "Shares add up to one."), Of: "shareholders.share", EqualTo: "1"),
            new(CheckRule.Less, new("厨房面积须小于总面积。", "The kitchen is smaller than the whole."), Field: "kitchenArea", Than: "area"),
            new(CheckRule.After, new("结束须晚于开始。", "The end comes after the start."), Field: "end", Than: "start", In: "shareholders"),
            new(CheckRule.Count, new("股东须为1名或至少3名。", "There is one shareholder, or three at least."), Of: "shareholders", Allowed: [1], OrFrom: 3),
        ],
    };

    public static Field Of(string name, FieldType type) => new() { Name = name, Label = new("某项" + name, name), Type = type };

    public static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    /// <summary>What is wrong with an answer, each as a code and a pointer.</summary>
    public static IReadOnlyList<(string Code, string Pointer)> Wrong(Form form, JsonElement answer) =>
        [.. FormAnswer.Refusals(form, answer, Today).SelectMany(refused => refused.Fields).Select(field => (field.Code, field.Pointer))];
}
