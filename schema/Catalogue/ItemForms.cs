using OneDoor.Forms;
using static OneDoor.Catalogue.CatalogueRules;

namespace OneDoor.Catalogue;

/// <summary>What the forms of a catalogue must satisfy beside its items and each other (CAT-7, JOINT-3, JOINT-4).</summary>
internal static class ItemForms
{
    /// <summary>Every problem of the forms that items have; one that several have is told of the first.</summary>
    internal static IEnumerable<CatalogueProblem> Check(IReadOnlyList<Item> items, IReadOnlyList<Form> forms)
    {
        (Item Item, Form Form)[] used = [.. items.Select(item => (item, CatalogueData.FormOf(item, forms)!)).Where(use => use.Item2 is not null)];
        var each = used.DistinctBy(use => use.Form.Code).ToArray();
        return [.. Unknown(items, forms), .. SharedCodes(each, forms), .. each.SelectMany(OfForm), .. SharedFields(each), .. used.SelectMany(Steps), .. items.SelectMany(item => Needs(item, CatalogueData.FormOf(item, forms))), .. items.SelectMany(Portraits), .. Licences(items)];
    }

    private static string PathOf((Item Item, Form Form) use, string inside) => $"{use.Item.Code}/form/{use.Form.Code}{inside}";

    private static IEnumerable<CatalogueProblem> Unknown(IReadOnlyList<Item> items, IReadOnlyList<Form> forms) => items.Where(item => item.Form is not null && forms.All(form => form.Code != item.Form)).Select(item => Problem(
        $"{item.Code}/form", $"没有编码为“{item.Form}”的表单。", $"There is no form of the code \"{item.Form}\"."));

    private static IEnumerable<CatalogueProblem> OfForm((Item Item, Form Form) use) =>
        FormRules.Check(use.Form).Select(problem => new CatalogueProblem(PathOf(use, $"/{problem.Path}"), problem.What));

    private static IEnumerable<CatalogueProblem> SharedCodes((Item Item, Form Form)[] each, IReadOnlyList<Form> forms) =>
        each.Where(use => forms.Count(form => form.Code == use.Form.Code) > 1).Select(use => Problem(PathOf(use, ""), "表单编码重复。", "Two forms share the code."));

    // What is offered again means the same everywhere.
    private static IEnumerable<CatalogueProblem> SharedFields((Item Item, Form Form)[] each) =>
        each.SelectMany(use => use.Form.Fields.Where(field => field.Prefill).Select(field => (use, field))).GroupBy(asked => asked.field.Name)
            .SelectMany(asked => asked.Where(one => one.field.Type != asked.First().field.Type)).Select(one => Problem(
                PathOf(one.use, $"/fields/{one.field.Name}"), "可预填的字段在其他表单中类型不同。", "What is offered again is of another type in another form."));

    private static IEnumerable<CatalogueProblem> Steps((Item Item, Form Form) use) => use.Form.Fields
        .SelectMany(field => (field.Steps ?? []).Where(step => use.Item.Procedure.Steps.All(known => known.Code != step)).Select(step => Problem(
            PathOf(use, $"/fields/{field.Name}/steps/{step}"), "事项没有此环节。", "The item has no such step.")));

    // What nobody has to answer would decide nothing, and what every answer asks for depends on none.
    private static IEnumerable<CatalogueProblem> Needs(Item item, Form? form)
    {
        foreach (var (step, needed) in item.Procedure.Steps.Where(step => step.Needed is not null).Select(step => (step, step.Needed!)))
        {
            var path = $"{item.Code}/procedure/{step.Code}/needed";
            if (form?.Fields.FirstOrDefault(field => field.Name == needed.Field) is not { Type: FieldType.Choice, Required: true, When.Count: 0 } field)
                yield return Problem($"{path}/field", "须为表单顶层必填且无条件的单选字段。", "It is a choice at the top of the item's form that everybody has to make.");
            else if (needed.Is.Count == 0 || HasRepeats(needed.Is) || needed.Is.Any(code => field.Choices.All(choice => choice.Code != code)) || needed.Is.Count == field.Choices.Count)
                yield return Problem($"{path}/is", "须为该字段的部分选项，每个只列一次。", "It is some of the field's choices, each named once, and not all of them.");
            if (IsBlank(needed.Otherwise))
                yield return Problem($"{path}/otherwise", "不需要该环节的理由的中文和英文都不能为空。", "Why it is not needed is missing in Chinese or English.");
        }
    }

    // 行政许可法 art. 31: nothing that has nothing to do with it.
    private static IEnumerable<CatalogueProblem> Portraits(Item item) => item.Materials.Where(material => NotToBeAsked.IsPortrait(material.Name.Zh, item.Parent.Code)).Select(material => Problem(
        $"{item.Code}/materials/{material.Code}", "没有法律依据的，不得要求本人照片。", "Nobody is asked for a portrait that no law names."));

    // 国务院令第716号 art. 7: of whoever holds a licence nobody asks a copy of it, nor itself where it was issued here.
    private static IEnumerable<CatalogueProblem> Licences(IReadOnlyList<Item> items)
    {
        string[] issued = [.. items.SelectMany(item => item.Procedure.Steps).Select(step => step.Issues?.Name.Zh).OfType<string>().Distinct()];
        return from item in items
               from material in item.Materials
               where material.ProvedBy is null && (NotToBeAsked.IsCopy(material.Name.Zh) || issued.Any(licence => NotToBeAsked.Names(material.Name.Zh, licence)))
               select Problem(
                   $"{item.Code}/materials/{material.Code}", "证照及其复印件须写明由何证照证明，持有者不再提交。", "A licence, or a copy of one, says which licence proves it, so that whoever holds that hands nothing in.");
    }
}
