using System.Reflection;
using OneDoor.Cases;
using Xunit;
using static OneDoor.Complaints.ComplaintSpec;

namespace OneDoor.Complaints;

/// <summary>Every refusal of a complaint is produced by the rule, by one story at least.</summary>
public class EveryComplaintRefusal
{
    private static readonly Dictionary<Refusal, Func<ComplaintSpec>> Stories = new()
    {
        [ComplaintRefusals.NotFound] = () => new ComplaintSpec().Do(new AcceptComplaint(), Clerk),
        [ComplaintRefusals.AboutInvalid] = () => new ComplaintSpec().Filed(new(Department: Department.Tax, Hall: "airport")),
        [ComplaintRefusals.AboutUnknown] = () => new ComplaintSpec().Filed(new(Hall: "moon")),
        [ComplaintRefusals.CaseConfidential] = () => new ComplaintSpec().Do(new FileComplaint(new(Case: "1"), "慢。"), Citizen, [Department.StateSecurity], confidential: true),
        [ComplaintRefusals.TextInvalid] = () => new ComplaintSpec().Do(new FileComplaint(OfTax, " "), Citizen),
        [ComplaintRefusals.ContactInvalid] = () => new ComplaintSpec().Do(new FileComplaint(OfTax, "慢。", Contact: new()), Citizen),
        [ComplaintRefusals.AnonymousContact] = () => new ComplaintSpec().Do(new FileComplaint(OfTax, "慢。", true, new("13900000000")), Holder),
        [ComplaintRefusals.AnonymousAttachments] = () => new ComplaintSpec().Do(new FileComplaint(OfTax, "慢。", true, Attachments: [Photograph.Id]), Holder),
        [ComplaintRefusals.AttachmentsInvalid] = () => new ComplaintSpec().Do(new FileComplaint(OfTax, "慢。", Attachments: [Photograph.Id, Photograph.Id]), Citizen),
        [ComplaintRefusals.NamedInvalid] = () => new ComplaintSpec().Filed().Do(new AcceptComplaint(["张三"]), Clerk),
        [ComplaintRefusals.NotYoursToFile] = () => new ComplaintSpec().Do(new FileComplaint(OfTax, "慢。"), Tax),
        [ComplaintRefusals.NotYoursToHandle] = () => new ComplaintSpec().Filed().Do(new AcceptComplaint(), Tax),
        [ComplaintRefusals.NeedsSupervisor] = () => new ComplaintSpec().Filed(new(Hall: "airport")).Do(new AcceptComplaint(), Clerk),
        [ComplaintRefusals.HandledBefore] = () => new ComplaintSpec().Reopened().Do(new AnswerComplaint(ComplaintFinding.Unfounded, "维持。"), Supervisor),
        [ComplaintRefusals.NotYours] = () => new ComplaintSpec().Answered().Do(new RateComplaint(true), Clerk),
        [ComplaintRefusals.DepartmentInvalid] = () => new ComplaintSpec().Filed().Do(new ReturnComplaint(Department.ServiceOffice, "不归我们。"), Clerk),
        [ComplaintRefusals.NotInThisState] = () => new ComplaintSpec().Filed().Do(new AnswerComplaint(ComplaintFinding.Upheld, "属实。"), Clerk),
        [ComplaintRefusals.TooLate] = () => new ComplaintSpec().Filed().At("2020-07-03 00:00").Do(new ReturnComplaint(Department.Customs, "归海关。"), Clerk),
        [ComplaintRefusals.ExtendedAlready] = () => new ComplaintSpec().Accepted().Do(new ExtendComplaint("复杂。"), Clerk).Do(new ExtendComplaint("更复杂。"), Clerk),
        [ComplaintRefusals.ReopenedAlready] = () => new ComplaintSpec().Reopened().Do(new AnswerComplaint(ComplaintFinding.Upheld, "属实。"), Superior).Do(new ReopenComplaint(), Citizen),
    };

    [Fact]
    public void Every_refusal_is_produced() => Assert.All(Stories, story => Assert.Equal(story.Key.Code, story.Value().Refused?.Code));

    [Fact]
    public void No_refusal_is_without_a_story() => Assert.Equal(
        typeof(ComplaintRefusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((Refusal)f.GetValue(null)!).Code).Order(StringComparer.Ordinal),
        Stories.Keys.Select(r => r.Code).Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_wrong_with_a_complaint_is_told_at_once() => new ComplaintSpec()
        .Do(new FileComplaint(new(Window: new("moon", 1)), "", Anonymous: true, Contact: new("13900000000")), Holder)
        .ThenRefused(ComplaintRefusals.AboutUnknown, "/about/window/hall", "/text", "/contact");

    [Fact] // COMP-1
    public void A_contact_is_stored_without_the_blanks_and_dashes_it_is_written_with() => Assert.Equal(
        new ComplaintContact("+8613800138000"), new ComplaintSpec().Do(new FileComplaint(OfTax, "慢。", Contact: new("+86 138-0013-8000")), Citizen).State.Contact);

    // As an application's is (CASE-11).
    [Theory, InlineData("12345", null, "/contact/phone"), InlineData("请打我电话", null, "/contact/phone"), InlineData("13900000000", "zhang", "/contact/email"), InlineData("", " ", "/contact/phone /contact/email")]
    public void A_contact_is_one_by_which_somebody_is_reached(string? phone, string? email, string at) =>
        new ComplaintSpec().Do(new FileComplaint(OfTax, "慢。", Contact: new(phone, email)), Citizen).ThenRefused(ComplaintRefusals.ContactInvalid, at.Split(' '));

    [Fact] // ID-4
    public void Texts_are_counted_in_characters_and_show_something()
    {
        Assert.Null(new ComplaintSpec().Do(new FileComplaint(OfTax, string.Concat(Enumerable.Repeat("𠮷", 4_000))), Citizen).Refused);
        Assert.All([new string('慢', 4_001), "\u200B\u200E", "慢\u0007"], text =>
            new ComplaintSpec().Do(new FileComplaint(OfTax, text), Citizen).ThenRefused(ComplaintRefusals.TextInvalid, "/text"));
        new ComplaintSpec().Do(new FileComplaint(new(Case: "\u202E1"), "慢。", Anonymous: true), Holder).ThenRefused(ComplaintRefusals.AboutUnknown, "/about/case");
    }

    [Fact] // COMP-1: a name would stay in a fact that is never erased
    public void Whom_it_names_are_subjects_each_once()
    {
        Accept(["p_other", "sandbox-tax"]).Then(ComplaintStatus.Accepted);
        Accept(["p_other", "", "张三", "p other", "p_other", new string('p', 101)]).ThenRefused(ComplaintRefusals.NamedInvalid, "/named/1", "/named/2", "/named/3", "/named/4", "/named/5");
        Accept([.. Enumerable.Range(0, 21).Select(n => $"p_{n}")]).ThenRefused(ComplaintRefusals.NamedInvalid, "/named");

        static ComplaintSpec Accept(string[] named) => new ComplaintSpec().Filed().Do(new AcceptComplaint(named), Clerk);
    }

    [Fact]
    public void A_window_is_one_that_the_hall_has()
    {
        new ComplaintSpec().Filed(new(Window: new("airport", 99))).ThenRefused(ComplaintRefusals.AboutUnknown, "/about/window/number");
        new ComplaintSpec().Filed(new(Window: new("airport", 0))).ThenRefused(ComplaintRefusals.AboutUnknown, "/about/window/number");
    }

    [Fact]
    public void A_number_names_its_item_and_says_nothing_of_whether_there_is_such_a_case()
    {
        Assert.Equal("SAMR-028-01", CaseNumber.ItemOf("SAMR-028-01-20260316-000001"));
        Assert.Null(CaseNumber.ItemOf("SAMR-028-01"));
        Assert.Null(CaseNumber.ItemOf("20260316-000001"));
    }
}
