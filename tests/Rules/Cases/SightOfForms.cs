using OneDoor.Catalogue;
using OneDoor.Forms;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>JOINT-3, SIGHT-1, field by field: who sees what an application says, now, in the history and after it was mended.</summary>
public sealed class SightOfForms
{
    private const string Everybody = "open", Taxes = "income", Secret = "diagnosis";

    // A field of everybody, one of tax, a sensitive one of social security.
    private static readonly Form Form = new()
    {
        Code = "sight", Name = new("表", "Form"), Sample = true,
        Fields =
        [
            SampleForms.Of(Everybody, FieldType.Text), SampleForms.Of(Taxes, FieldType.Text) with { Steps = ["invoices"] },
            SampleForms.Of(Secret, FieldType.Text) with { Steps = ["insurance"], Sensitive = true },
        ],
    };

    private static CaseSpec Case(Item? item = null) => new CaseSpec().Given(
        Submission(item ?? Joint, "form", "seal-order", "tax-form") with { Form = Form, Answer = SampleForms.Json($$"""{"{{Everybody}}":"甲","{{Taxes}}":"乙","{{Secret}}":"丙"}"""), Agent = new("李四", "11010519491231002X") },
        Ask.MendForm(Agency, $$"""{"{{Taxes}}":"丁"}"""), Ask.Of(Supervisor(Department.ServiceOffice), new DiscloseCase("投诉")));

    public static TheoryData<string, string, string, bool> Readers => new()
    {
        { "applicant", "open income diagnosis", "income", true },
        { "submitter", "open income diagnosis", "income", true },
        { "market-regulation", "open", "", true },
        { "public-security", "open", "", true },
        { "tax", "open income", "income", true },
        { "social-security", "open diagnosis", "", true },
        { "service-office", "", "", false },
        { "discloser", "open income", "income", true },
        { "auditor", "open income", "income", true },
        { "planning", "", "", false },
    };

    [Theory] // JOINT-3, SIGHT-1
    [MemberData(nameof(Readers))]
    public void Each_reader_sees_their_fields_and_no_other(string reader, string fields, string mended, bool contact)
    {
        var spec = Case();
        var viewer = ReaderOf(reader);

        var seen = spec.Case.SeenBy(viewer, spec.Now);
        var facts = spec.Case.SeenBy(spec.Facts, viewer, spec.Now).Select(f => f.Fact).ToArray();

        Assert.Equal(fields, Names(seen?.Form));
        Assert.Equal(fields, Names(facts.OfType<CaseSubmitted>().FirstOrDefault()?.Form));
        Assert.Equal(mended, string.Join(' ', facts.OfType<MaterialsSupplied>().SingleOrDefault()?.Fields ?? []));
        Assert.Equal(mended.Length == 0 ? "" : fields, Names(facts.OfType<MaterialsSupplied>().SingleOrDefault()?.Form));
        Assert.Equal((contact, contact), (seen?.Contact is not null, seen?.Agent is not null));
        Assert.Equal(contact, facts.OfType<CaseSubmitted>().FirstOrDefault()?.Contact is not null);
    }

    [Fact] // JOINT-3: of a form that asked under another item nothing more is anybody's than what the new one asks
    public void After_a_move_departments_see_what_the_new_form_asks()
    {
        var other = Form with { Code = "other", Fields = [Form.Fields[0]] };
        var spec = Case().Given(Ask.MoveCaseToItem(Clerk(Department.MarketRegulation), Joint with { Code = "OTHER" }, 1, "转办") with { Form = other });

        Assert.Equal(Everybody, Names(spec.Case.SeenBy(Clerk(Department.Tax), spec.Now)!.Form));
        Assert.Equal(Everybody, Names(spec.Case.SeenBy(ReaderOf("auditor"), spec.Now)!.Form));
        Assert.Equal("open income diagnosis", Names(spec.Case.SeenBy(Samples.Applicant, spec.Now)!.Form));
    }

    [Fact] // JOINT-3: a department asks about what it sees
    public void A_department_names_no_field_of_another()
    {
        Case().When(Ask.AddCorrectionLines(Clerk(Department.Tax), [new("不符", Field: Secret)])).ThenRefused(CaseRefusals.FieldUnknown, "/lines/0/field");
        Case().When(Ask.AddCorrectionLines(Clerk(Department.Tax), [new("不符", Field: Taxes)])).Then<CorrectionLinesAdded>();
    }

    internal static Actor ReaderOf(string reader) => reader switch
    {
        "applicant" => Samples.Applicant,
        "submitter" => Agency,
        "discloser" => Supervisor(Department.ServiceOffice),
        "auditor" => new Actor("audit", "auditor") { IsAuditor = true },
        _ => Clerk(Kebab.Parse<Department>(reader)!.Value),
    };

    private static string Names(string? form) => AnswerText.Read(form) is { } answer ? string.Join(' ', answer.EnumerateObject().Select(member => member.Name)) : "";
}
