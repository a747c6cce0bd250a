using System.Text.Json;
using OneDoor.Catalogue;
using OneDoor.Files;
using OneDoor.Forms;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>CASE-11: what an application says, and how it is mended.</summary>
public sealed class Stated
{
    private const Department Lead = Department.MarketRegulation;

    private static readonly DateOnly Today = new(2020, 7, 1);

    private static Form Form => SampleForms.Everything;

    private static readonly CarriedFile Plan = new(Guid.Parse("0b9c2f6e-6f0f-4b64-9a55-0c9d8f1f0a01"), "sha-256:" + new string('a', 64), 1, FileTypes.Pdf);

    /// <summary>What the answer of every type names.</summary>
    internal static IReadOnlyDictionary<Guid, CarriedFile> Files => new Dictionary<Guid, CarriedFile> { [Plan.Id] = Plan };

    private static Asked Application => Submission(Plain, "form", "lease") with { Form = Form, Answer = FormExample.Of(Form, Today), Files = Files };

    /// <summary>A case with the form of every type.</summary>
    internal static CaseSpec Asked() => new CaseSpec().Given(Application);

    private static JsonElement StatedIn(CaseSpec spec) => AnswerText.Read(spec.Case.Form)!.Value;

    [Fact] // CASE-11
    public void An_application_carries_its_answer_its_contact_and_its_agent()
    {
        var agent = new Agent("李四", "11010519491231002X", Plan.Id);

        var submitted = new CaseSpec().When(Application with { Agent = agent }).Then<CaseSubmitted>();

        Assert.Equal((AnswerText.Of(FormExample.Of(Form, Today)), Reached, agent), (submitted.Form, submitted.Contact, submitted.Agent));
    }

    [Theory] // CASE-11
    [InlineData("138 0013 8000", "13800138000")]
    [InlineData("+86-138-0013-8000", "+8613800138000")]
    [InlineData("+86 138 0013 8000", "+8613800138000")]
    [InlineData("+44 20 7946 0958", "+442079460958")]
    public void A_number_is_stored_without_the_blanks_and_dashes_it_is_written_with(string written, string stored) =>
        Assert.Equal(new Contact(stored, "a@b.cn"), new CaseSpec().When(Application with { Contact = new(written, "a@b.cn") }).Then<CaseSubmitted>().Contact);

    [Theory] // CASE-11
    [InlineData("138  0013 8000")]
    [InlineData(" 13800138000")]
    [InlineData("13800138000-")]
    [InlineData("138 0013 800")]
    [InlineData("1-3-8-0-0-1-3-8-0-0-0-0")]
    [InlineData("86 138 0013 8000")]
    [InlineData("+86 138\n0013 8000")]
    [InlineData("138\t00138000")]
    public void What_is_no_number_is_refused(string written) =>
        new CaseSpec().When(Application with { Contact = new(written) }).ThenRefused(CaseRefusals.ContactInvalid, "/contact/phone");

    [Fact] // CASE-11
    public void Without_form_and_contact_nothing_is_taken()
    {
        var refused = new CaseSpec().When(Application with { Answer = null, Contact = null }).Refused!;

        Assert.Equal([("/form", "case.form-missing"), ("/contact", "case.contact-missing")], refused.Fields.Select(f => (f.Pointer, f.Code)));
        Assert.Equal(422, refused.Status);
    }

    [Fact] // CASE-11
    public void What_is_wrong_with_it_is_told_with_all_else_that_is()
    {
        var refused = new CaseSpec().When(Application with
        {
            Channel = Channel.Mobile,
            Answer = SampleForms.Json("{}"),
            Contact = new("1390000000", "no address"),
            Agent = new(" ", "11010519491231002"),
        }).Refused!;

        Assert.Equal("/channel", refused.Fields[0].Pointer);
        Assert.Contains(("/form/name", "form.field-missing"), refused.Fields.Select(f => (f.Pointer, f.Code)));
        Assert.Equal(
            [("/contact/phone", "case.contact-invalid"), ("/contact/email", "case.contact-invalid"), ("/agent/name", "applicant.name-invalid"), ("/agent/citizenId", "applicant.citizen-id-invalid")],
            refused.Fields.TakeLast(4).Select(f => (f.Pointer, f.Code)));
    }

    [Fact] // CASE-11: an item published before there were forms asks for none
    public void An_item_without_a_form_takes_none() =>
        new CaseSpec().When(Submission(Plain) with { Answer = SampleForms.Json("{}") }).ThenRefused(FormRefusals.FieldNotAsked, "/form");

    [Fact] // CASE-11: an item that does not exist asks for nothing
    public void Of_no_item_nothing_more_is_asked() =>
        new CaseSpec().When(Application with { Item = null, Answer = null, Contact = null }).ThenRefused(CaseRefusals.ItemUnknown, "/item");

    [Theory] // CASE-11
    [InlineData("area", "area")]
    [InlineData("/form/area", "area")]
    [InlineData("/form/shareholders/0/subscribed", "shareholders")]
    public void A_line_of_the_notice_names_a_field(string field, string name) =>
        Assert.Equal(name, Asked().When(Ask.SendCorrectionNotice(Clerk(Lead), [new("请更正", Field: field)])).Then<CorrectionRequested>().Lines.Single().FieldName);

    [Fact] // CASE-11: only that, and the whole is checked again
    public void What_the_notice_names_is_mended_and_answers_it()
    {
        var spec = Asked().Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("请更正面积", Field: "area"), new("缺租赁合同", "lease")]));

        spec.When(Ask.MendForm(Agency, """{"area":20}""")).ThenRefused(FormRefusals.FieldsContradict, "/form/kitchenArea");
        spec.When(Ask.MendForm(Agency, """{"area":90,"seats":7}""")).ThenRefused(CaseRefusals.FieldNotNamed, "/form/seats");
        var mended = spec.When(Ask.MendForm(Agency, """{"area":90}""")).Then<MaterialsSupplied>();
        var open = spec.Case.Status;
        spec.Given(Ask.SupplyMaterials(Agency, [Paper("lease")]));

        Assert.Equal(["area"], mended.Fields!);
        Assert.Null(mended.AcceptBy);
        Assert.Equal((CaseStatus.CorrectionRequested, CaseStatus.Submitted), (open, spec.Case.Status));
        Assert.Equal((90m, 40), (StatedIn(spec).GetProperty("area").GetDecimal(), StatedIn(spec).GetProperty("seats").GetInt32()));
    }

    private static CaseSpec Noticed(string field, string? stated = null) => new CaseSpec().Given(
        Application with { Answer = AnswerText.With(FormExample.Of(Form, Today), SampleForms.Json(stated ?? "{}")) }, Ask.SendCorrectionNotice(Clerk(Lead), [new("请更正", Field: field)]));

    /// <summary>(行政许可法 art. 32 I) What may be put right may be put right whole.</summary>
    [Fact] // CASE-11
    public void What_hangs_together_with_a_field_that_the_notice_names_is_mended_with_it()
    {
        const string Own = """{"premises":"own","leaseUntil":null}""", Lease = """{"premises":"lease","leaseUntil":"2021-07-01"}""";
        Noticed("premises").When(Ask.MendForm(Agency, """{"premises":"own"}""")).ThenRefused(FormRefusals.FieldNotAsked, "/form/leaseUntil");
        Noticed("premises").When(Ask.MendForm(Agency, """{"premises":"own","leaseUntil":null,"seats":7}""")).ThenRefused(CaseRefusals.FieldNotNamed, "/form/seats");
        Noticed("premises").When(Ask.MendForm(Agency, Own)).Then<MaterialsSupplied>();
        Noticed("premises", Own).When(Ask.MendForm(Agency, """{"premises":"lease"}""")).ThenRefused(FormRefusals.FieldMissing, "/form/leaseUntil");
        Noticed("premises", Own).When(Ask.MendForm(Agency, Lease)).Then<MaterialsSupplied>();
        // By itself the other one is not to be changed.
        Noticed("premises").When(Ask.MendForm(Agency, """{"leaseUntil":"2021-01-01"}""")).ThenRefused(CaseRefusals.FieldNotNamed, "/form/leaseUntil");
        Noticed("area").When(Ask.MendForm(Agency, """{"kitchenArea":10}""")).ThenRefused(CaseRefusals.FieldNotNamed, "/form/kitchenArea");

        Noticed("area").When(Ask.MendForm(Agency, """{"area":20,"kitchenArea":10}""")).Then<MaterialsSupplied>();
        Noticed("kitchenArea").When(Ask.MendForm(Agency, """{"kitchenArea":200}""")).ThenRefused(FormRefusals.FieldsContradict, "/form/kitchenArea");
        Noticed("kitchenArea").When(Ask.MendForm(Agency, """{"kitchenArea":200,"area":300}""")).Then<MaterialsSupplied>();
        // Of a sum both sides.
        Noticed("capital").When(Ask.MendForm(Agency, """{"capital":77,"shareholders":null}""")).ThenRefused(FormRefusals.FieldMissing, "/form/shareholders");
    }

    [Fact] // CASE-11, CASE-14: who mends one thing loses no term that they had kept
    public void What_is_not_mended_was_right_on_the_day_on_which_it_was_stated()
    {
        CaseSpec Later() => Noticed("seats", """{"leaseUntil":"2020-07-02"}""").At("2020-07-08 09:00");

        Later().When(Ask.MendForm(Agency, """{"seats":7}""")).Then<MaterialsSupplied>();
        Later().When(Ask.MendForm(Agency, """{"seats":7,"leaseUntil":"2020-07-08"}""")).ThenRefused(FormRefusals.FieldInvalid, "/form/leaseUntil");
        // What was mended in between was right then, and neither on the day of the submission nor today need it be wrong that it is.
        var between = Asked().At("2020-07-03 09:00").Given(Ask.MendForm(Agency, """{"leaseUntil":"2025-07-03"}"""));
        between.At("2020-07-06 09:00").Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("请更正", Field: "seats")])).When(Ask.MendForm(Agency, """{"seats":7}""")).Then<MaterialsSupplied>();
    }

    [Fact] // APP-4: who answers for what is stated
    public void Who_applies_is_told_what_somebody_else_has_changed_and_not_what_they_have()
    {
        IReadOnlyList<Way>? Told(Actor by)
        {
            var spec = Asked();
            return CaseNotifications.Of(spec.Case, spec.When(Ask.MendForm(by, """{"seats":7}""")).Then<MaterialsSupplied>())?.To;
        }
        Assert.Equal([new Way.AsApplicant(Company.Key)], Told(Clerk(Lead))!);
        Assert.Null(Told(Agency));
        Assert.Null(Told(Samples.Applicant));
        var byAgent = new CaseSpec().Given(Application with { Agent = new("李四", "11010519491231002X") });
        Assert.Contains("agent", CaseNotifications.Of(byAgent.Case, byAgent.When(Ask.MendForm(Agency, """{"seats":7}""")).Then<MaterialsSupplied>())!.Text.En, StringComparison.Ordinal);
    }

    [Theory] // CASE-11
    [InlineData("7")]
    [InlineData("{\"\\ud800\":1}")]
    public void What_is_no_object_with_names_mends_nothing(string changes) => Asked().When(Ask.MendForm(Agency, changes)).ThenRefused(FormRefusals.FieldInvalid, "/form");

    [Fact] // CASE-15
    public void Before_there_is_a_notice_the_applicant_mends_whatever_is_wrong()
    {
        var spec = Asked();

        spec.When(Ask.MendForm(Agency, """{"seats":7,"story":"新增","plan":null}""")).Then<MaterialsSupplied>();

        Assert.Equal(7, StatedIn(spec).GetProperty("seats").GetInt32());
        Assert.False(StatedIn(spec).TryGetProperty("plan", out _));
    }

    [Fact] // CASE-11: what a decision rests on is not exchanged
    public void Once_it_is_accepted_nothing_is_mended() =>
        Asked().Given(Acceptance(Lead)).When(Ask.MendForm(Agency, """{"seats":7}""")).ThenRefused(CaseRefusals.NotInThisState);

    [Fact] // CASE-3
    public void A_field_is_asked_for_again_only_after_it_has_changed()
    {
        var spec = Asked().Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("请更正", Field: "area")]), Ask.MendForm(Agency, """{"area":90}"""));

        spec.When(Ask.SendCorrectionNotice(Clerk(Lead), [new("请更正", Field: "seats")])).ThenRefused(CaseRefusals.CorrectionAlreadySent);
        spec.When(Ask.SendCorrectionNotice(Clerk(Lead), [new("仍不对", Field: "area")])).Then<CorrectionRequested>();
    }

    [Fact] // CAT-4, CASE-11: the form of the item it was moved to asks what the other did not
    public void After_a_move_what_the_new_form_lacks_is_given()
    {
        var other = new Form { Code = "other", Name = new("另表", "Other"), Sample = true, Fields = [SampleForms.Of("name", FieldType.Text) with { Required = true }, SampleForms.Of("reason", FieldType.Text) with { Required = true }] };
        var spec = Asked().Given(Ask.MoveCaseToItem(Clerk(Lead), Plain with { Code = "OTHER" }, 1, "应按另一事项办理") with { Form = other });
        // Nobody takes it on without.
        spec.When(Acceptance(Lead)).ThenRefused(FormRefusals.FieldMissing, "/form/reason");
        spec.Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("请补充", Field: "reason")]));

        spec.When(Ask.MendForm(Agency, """{"name":"新"}""")).ThenRefused(CaseRefusals.FieldNotNamed, "/form/name", "/form/reason");
        spec.Given(Ask.MendForm(Agency, """{"reason":"扩建"}"""));

        Assert.Equal("""{"name":"示例","reason":"扩建"}""", spec.Case.Form);
    }
}
