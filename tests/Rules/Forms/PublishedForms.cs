using OneDoor.Catalogue;
using Xunit;
using static OneDoor.Forms.SampleForms;

namespace OneDoor.Forms;

/// <summary>CAT-7: what a form has to be before an item is published with it, each rule broken once in a sound one.</summary>
public sealed class PublishedForms
{
    [Fact]
    public void A_sound_form_has_no_problem() => Assert.Empty(FormRules.Check(Everything));

    public static TheoryData<string, string, Func<Form, Form>> Broken => new()
    {
        { "code", "not in kebab case", form => form with { Code = "Every Thing" } },
        { "name", "missing in Chinese or English", form => form with { Name = new("样表", " ") } },
        { "source", "names its source", form => form with { Source = null } },
        { "source", "names its source", form => form with { Sample = true } },
        { "fields", "1 to 100 fields", form => form with { Fields = [], Checks = [] } },
        { "fields", "1 to 100 fields", form => form with { Fields = [.. Enumerable.Range(0, 101).Select(i => Of($"f{i}", FieldType.Text))], Checks = [] } },
        { "fields", "64 KB", form => With(form, "story", f => f with { Help = new(new('长', 30_000), "long") }) },
        { "sections/place", "share the code", form => form with { Sections = [.. form.Sections, .. form.Sections] } },
        { "sections/The place", "a code in kebab case", form => form with { Sections = [.. form.Sections, new("The place", new("场所", "Place"))] } },
        { "fields/name", "share the name", form => form with { Fields = [.. form.Fields, form.Fields[0]] } },
        { "fields/Name", "camel case", form => With(form, "name", f => f with { Name = "Name" }) },
        { "fields/contact", "a member of its own", form => With(form, "name", f => f with { Name = "contact" }) },
        { "fields/name", "missing in Chinese or English", form => With(form, "name", f => f with { Label = new("", "Name") }) },
        { "fields/name/section", "no such section", form => With(form, "name", f => f with { Section = "elsewhere" }) },
        { "fields/water/kind/section", "not at the top", form => With(form, "water", f => f with { Fields = [f.Fields[0] with { Steps = ["licence"] }, f.Fields[1]] }) },
        { "fields/name/steps", "names the steps", form => With(form, "name", f => f with { Sensitive = true }) },
        { "fields/name/steps", "names the steps", form => With(form, "name", f => f with { Steps = [] }) },
        { "fields/water", "stand at the top alone", form => With(form, "water", f => f with { Fields = [] }) },
        { "fields/shareholders/rows", "stand at the top alone", form => With(form, "shareholders", f => f with { Fields = [.. f.Fields, Of("rows", FieldType.List) with { Fields = [Of("x", FieldType.Text)] }] }) },
        { "fields/premises", "2 to 60", form => With(form, "premises", f => f with { Choices = [f.Choices[0]], Example = null, When = [] }, "leaseUntil") },
        { "fields/name", "2 to 60", form => With(form, "name", f => f with { Choices = [new("a", new("甲", "A")), new("b", new("乙", "B"))] }) },
        { "fields/premises/own", "share the code", form => With(form, "premises", f => f with { Choices = [.. f.Choices, f.Choices[0]] }) },
        { "fields/seats", "bounds do not belong", form => With(form, "seats", f => f with { Min = 6000 }) },
        { "fields/online", "bounds do not belong", form => With(form, "online", f => f with { Max = 1 }) },
        { "fields/shareholders", "bounds do not belong", form => With(form, "shareholders", f => f with { Max = 10_001 }) },
        { "fields/area", "Decimals, 0 to 6", form => With(form, "area", f => f with { Decimals = 7 }) },
        { "fields/name", "Decimals, 0 to 6", form => With(form, "name", f => f with { Unit = new("米", "m") }) },
        { "fields/code/pattern", "anchored", form => With(form, "code", f => f with { Pattern = "[0-9]{6}" }) },
        { "fields/code/pattern", "anchored", form => With(form, "code", f => f with { Pattern = "^[0-9{6$" }) },
        { "fields/code/pattern", "anchored", form => With(form, "code", f => f with { Pattern = @"^\p{L}+$" }) },
        { "fields/code/pattern", "anchored", form => With(form, "code", f => f with { Pattern = "^(?<=a)b$" }) },
        { "fields/story/pattern", "in one line", form => With(form, "story", f => f with { Pattern = "^.*$" }) },
        { "fields/leaseUntil", "is no day", form => With(form, "leaseUntil", f => f with { NotAfter = "tomorrow" }) },
        { "fields/leaseUntil/when", "makes no sense", form => With(form, "leaseUntil", f => f with { When = [new("premises", [Json("\"rent\"")])] }) },
        { "fields/leaseUntil/when", "makes no sense", form => With(form, "leaseUntil", f => f with { When = [new("tenancy", [Json("true")])] }) },
        { "fields/leaseUntil/when", "makes no sense", form => With(form, "leaseUntil", f => f with { When = [new("premises")] }) },
        { "fields/leaseUntil/when", "makes no sense", form => With(form, "leaseUntil", f => f with { When = [new("premises") { Above = 1 }] }) },
        { "checks/0", "The check makes no sense", form => form with { Checks = [form.Checks[0] with { Of = "shareholders.share.of" }] } },
        { "checks/0", "The check makes no sense", form => form with { Checks = [form.Checks[0] with { EqualTo = "fortune" }] } },
        { "checks/0", "The check makes no sense", form => form with { Checks = [form.Checks[2] with { Than = "name" }] } },
        { "checks/0", "The check makes no sense", form => form with { Checks = [form.Checks[3] with { In = "water" }] } },
        { "checks/0", "The check makes no sense", form => form with { Checks = [form.Checks[4] with { Allowed = null, OrFrom = null }] } },
        { "checks/0", "The check makes no sense", form => form with { Checks = [form.Checks[4] with { Message = new("", "") }] } },
        { "checks/2", "The check makes no sense", form => form with { Checks = [.. form.Checks.Take(2), form.Checks[2] with { When = [new("premises", [Json("\"rent\"")])] }] } },
        { "checks/0", "The check makes no sense", form => form with { Checks = [new(CheckRule.Is, Words, Field: "online", Is: [Json("\"yes\"")])] } },
        { "checks/0", "The check makes no sense", form => form with { Checks = [new(CheckRule.Is, Words, Field: "online")] } },
        { "checks/0", "The check makes no sense", form => form with { Checks = [new(CheckRule.Is, Words, In: "shareholders", Field: "online", Is: [Json("true")])] } },
        { "checks/0", "The check makes no sense", form => form with { Checks = [form.Checks[3] with { Field = "end area" }] } },
        { "fields/manager", "bounds do not belong", form => With(form, "manager", f => f with { Max = 60 }) },
        { "fields/code", "refuses its own example", form => With(form, "code", f => f with { Example = Json("\"x\"") }) },
        { "fields/leaseUntil", "refuses its own example", form => With(form, "leaseUntil", f => f with { Example = Json("\"2027-01-01\"") }) },
        { "fields/name", "portrait", form => With(form, "name", f => f with { Label = new("免冠照片", "Picture") }) },
        { "fields/name", "politics", form => With(form, "name", f => f with { Label = new("政治面貌", "Party") }) },
        { "fields/name", "business licence proves", form => With(form, "name", f => f with { Label = new("统一社会信用代码", "Code") }) },
        { "fields/plan", "copy or a scan", form => With(form, "plan", f => f with { Label = new("营业执照复印件（盖章）", "Copy") }) },
    };

    [Theory] // CAT-7
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public void A_form_that_breaks_a_rule_is_not_published(string path, string says, Func<Form, Form> @break)
    {
        var problems = FormRules.Check(@break(Everything));

        Assert.Contains(problems, problem => problem.Path == path && problem.What.En.Contains(says, StringComparison.Ordinal) && problem.What.Zh.Length > 0);
    }

    [Fact] // 就业服务与就业管理规定 art. 62
    public void What_a_law_names_is_asked_all_the_same() =>
        Assert.Empty(FormRules.Check(With(Everything, "name", field => field with { Name = "household", Label = new("户籍", "Household") })));

    [Fact] // CAT-7: whoever keeps the catalogue reads of each problem where it is
    public void The_zones_forms_have_no_problem_in_either_edition() =>
        Assert.DoesNotContain(CatalogueRules.Check(CatalogueData.Zone()).Concat(CatalogueRules.Check(CatalogueData.June2020())), problem => problem.Path.Contains("/form", StringComparison.Ordinal));

    [Fact] // CAT-7, CAT-5
    public void Everything_that_can_be_applied_for_has_a_form_and_nothing_else() => Assert.All(
        CatalogueData.Zone().Concat(CatalogueData.June2020()), item => Assert.Equal(item.IsEnded(DateOnly.MaxValue), CatalogueData.FormOf(item, CatalogueData.Forms()) is null));

    private static Form With(Form form, string name, Func<Field, Field> change, string? without = null) =>
        form with { Fields = [.. form.Fields.Where(field => field.Name != without).Select(field => field.Name == name ? change(field) : field)] };
}
