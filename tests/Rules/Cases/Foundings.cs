using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>APP-1: an item says who applies; founders found what does not exist yet, and its licence gives it its code.</summary>
public class Foundings
{
    private const Department Lead = Department.MarketRegulation;
    private const string Code = "9144030071526726XG";

    private static readonly PersonOrEntity Zhang = new(ApplicantKind.Person, "张三", CitizenId: "11010519491231002X");
    private static readonly PersonOrEntity Investor = new(ApplicantKind.LegalEntity, Company.Name, Company.Uscc);
    private static readonly Item Item = Joint with { Applicants = [ApplicantKind.Founders] };
    private static readonly Applicant Founders = new(ApplicantKind.Founders, Founders: [Zhang, Investor], Representative: 1, Subject: new("天津新设有限公司", SubjectKind.Company));
    private static readonly Asked Founding = Submission(Item, "form", "seal-order", "tax-form") with { Applicant = Founders };

    private static CaseSpec Accepted() => new CaseSpec().Given(Founding, Acceptance(Lead));

    /// <summary>(B3)</summary>
    [Fact] // APP-1 (登记条例 8, 16)
    public void What_is_founded_has_no_code_until_its_licence_is_granted_and_holds_it_then()
    {
        var spec = Accepted();
        Assert.Equal(("天津新设有限公司", null), (spec.Case.Applicant.Name, spec.Case.Applicant.Subject!.Uscc));

        spec.When(Ask.GrantFounding(Second(Lead), "licence", Code));

        Assert.Equal(Code, spec.Fact<StepGranted>().Uscc);
        Assert.Equal(Code, spec.Case.Applicant.Subject!.Uscc);
        Assert.Equal([$"legal-entity:{Code}"], spec.Case.HolderKeys);
    }

    [Fact] // APP-1
    public void The_code_is_given_by_the_decision_that_founds_and_by_no_other()
    {
        Accepted().When(Ask.GrantFounding(Second(Lead), "licence", null)).ThenRefused(CaseRefusals.FoundingUscc, "/uscc");
        Accepted().When(Ask.GrantFounding(Second(Lead), "licence", "9144030071526726XH")).ThenRefused(ApplicantRefusals.UsccInvalid, "/uscc");
        var licensed = Accepted().Given(Ask.GrantFounding(Second(Lead), "licence", Code));
        licensed.When(Ask.GrantFounding(Second(Department.Tax), "invoices", Code)).ThenRefused(CaseRefusals.FoundingUscc, "/uscc");
        licensed.Given(Grant(Department.Tax, "invoices"));
        licensed.When(Ask.GrantFounding(Second(Lead), "licence", "91120118MA06WRRX2W")).ThenRefused(CaseRefusals.StepNotOpen);
        licensed.When(Ask.GrantFounding(Second(Lead), "licence", Code)).Then();
        // A case of somebody who exists gives no code.
        CaseSpec.Submitted(Joint, "form", "seal-order", "tax-form").Given(Acceptance(Lead)).When(Ask.GrantFounding(Second(Lead), "licence", Code))
            .ThenRefused(CaseRefusals.FoundingUscc, "/uscc");
    }

    [Fact] // JOINT-1
    public void What_the_founders_do_not_choose_is_waived_and_takes_nobodys_time()
    {
        var spec = new CaseSpec().When(Submission(Item, "form", "seal-order") with { Applicant = Founders, Chosen = ["insurance"] })
            .Then(typeof(CaseSubmitted), typeof(StepWaived), typeof(StepWaived));
        Assert.Equal(["seals", "invoices"], spec.StepsThat(StepStatus.Waived));

        // Nor is what only tax needs asked for, and tax has no part in the case.
        spec.Given(Acceptance(Lead));
        Assert.False(spec.Case.IsVisibleTo(Clerk(Department.Tax)));
        Assert.DoesNotContain(spec.Case.Find().Places, p => p.Way == new Way.OfDepartment(Department.Tax));
        Assert.DoesNotContain(spec.Case.SeenBy(spec.Facts, Clerk(Department.Tax)), seen => seen.Fact is StepWaived);
        spec.When(Ask.GrantFounding(Second(Lead), "licence", Code)).Then(typeof(StepGranted), typeof(LicenceDelivered), typeof(StepOpened));
        Assert.Equal(["insurance"], spec.StepsThat(StepStatus.Open));
        spec.When(Grant(Department.SocialSecurity, "insurance")).Then(typeof(StepGranted), typeof(CaseGranted));
    }

    [Fact] // JOINT-1
    public void With_nothing_chosen_the_licence_is_all_and_with_nothing_said_everything_is_chosen()
    {
        var spec = new CaseSpec().Given(Founding with { Chosen = [] }, Acceptance(Lead));
        spec.When(Ask.GrantFounding(Second(Lead), "licence", Code)).Then(typeof(StepGranted), typeof(LicenceDelivered), typeof(CaseGranted));

        Assert.Empty(new CaseSpec().Given(Founding).StepsThat(StepStatus.Waived));
        var refused = new CaseSpec().Given(Founding with { Chosen = ["seals"] }, Acceptance(Lead));
        refused.When(Ask.RefuseStep(Supervisor(Lead), "licence", Grounds)).Then(typeof(StepRefused), typeof(StepCancelled), typeof(CaseEnded));
        Assert.Equal(CaseStatus.Refused, refused.Case.Status);
        var whole = new CaseSpec().Given(Founding with { Chosen = ["seals"] }, Acceptance(Lead));
        whole.When(Ask.RefuseCase(Supervisor(Lead), Grounds)).Then(typeof(StepCancelled), typeof(StepCancelled), typeof(CaseRefused));
        new CaseSpec().Given(Founding with { Chosen = ["seals"] }).When(Ask.WithdrawCase(Agency, null)).Then(typeof(StepCancelled), typeof(StepCancelled), typeof(CaseWithdrawn));
    }

    [Fact] // JOINT-1
    public void What_is_no_choice_is_not_chosen()
    {
        new CaseSpec().When(Founding with { Chosen = ["licence", "seals", "seals", "moon"] }).ThenRefused(CaseRefusals.StepNotOptional, "/chosen/0", "/chosen/2", "/chosen/3");
        new CaseSpec().When(Submission(Plain, "form") with { Chosen = [] }).ThenRefused(CaseRefusals.StepNotOptional, "/chosen");
        new CaseSpec().When(Submission(Joint, "form") with { Chosen = ["seals"] }).ThenRefused(CaseRefusals.StepNotOptional, "/chosen/0");
    }

    [Fact] // APP-1
    public void Every_founder_sees_the_case_and_so_does_what_they_have_founded()
    {
        var spec = Accepted();
        Actor Of(string key) => new("mobile", $"person of {key}", Applicant: key);
        var (zhang, investor, founded) = (Of(Zhang.Key), Of(Investor.Key), Of($"legal-entity:{Code}"));

        Assert.Equal([true, true, false], new[] { zhang, investor, founded }.Select(who => spec.Case.IsVisibleTo(who)));
        spec.Given(Ask.GrantFounding(Second(Lead), "licence", Code));
        Assert.Equal([true, true, true], new[] { zhang, investor, founded }.Select(who => spec.Case.IsVisibleTo(who)));
        Assert.Subset(spec.Case.Find().Places.Select(p => p.Way).ToHashSet(), new[] { zhang, investor, founded }.Select(who => (Way)new Way.AsApplicant(who.Applicant!)).ToHashSet());
        // Whoever sees it does not speak for all: that is their representative's, and what was founded (登记条例 arts. 16-18).
        spec.When(Ask.WithdrawCase(zhang, null)).ThenRefused(CaseRefusals.NotYourCase);
        spec.When(Ask.WithdrawCase(founded, null)).Then(typeof(RestWithdrawn), typeof(StepCancelled), typeof(StepCancelled), typeof(StepCancelled), typeof(CaseEnded));
    }

    [Fact] // APP-1
    public void Of_founders_the_representative_applies_under_the_registered_name()
    {
        var own = Founding with { Channel = Channel.Online, By = Samples.Applicant, RegisteredName = Company.Name };

        new CaseSpec().When(own).Then<CaseSubmitted>();
        new CaseSpec().When(own with { RegisteredName = "别的公司" }).ThenRefused(CaseRefusals.NameNotRegistered, "/applicant/founders/1/name");
        new CaseSpec().When(own with { By = Samples.Applicant with { Applicant = Zhang.Key } }).ThenRefused(CaseRefusals.NotTheApplicant, "/applicant");
    }

    [Fact] // APP-1: B3
    public void Who_may_not_apply_for_an_item_is_told_who_may()
    {
        var refused = new CaseSpec().When(Founding with { Applicant = Company }).ThenRefused(CaseRefusals.ApplicantNotOffered, "/applicant/kind").Refused!;
        Assert.Contains("founders", refused.Fields.Single().Detail!.En, StringComparison.Ordinal);
        new CaseSpec().When(Founding with { Item = Joint }).ThenRefused(CaseRefusals.ApplicantNotOffered, "/applicant/kind");
        // Nor does a company get there by another item.
        CaseSpec.Submitted(Plain).When(Ask.MoveCaseToItem(Clerk(Lead), Item with { Code = "FOUNDING" }, 1, "应为设立")).ThenRefused(CaseRefusals.ApplicantNotOffered, "/item");
    }

    [Fact] // APP-1
    public void Everything_that_is_wrong_with_founders_is_told_at_its_place()
    {
        Assert.Equal(["/applicant/founders", "/applicant/subject"], Refused(new(ApplicantKind.Founders)));
        Assert.Equal(["/applicant/founders", "/applicant/representative"], Refused(Founders with { Founders = [], Representative = 0 }));
        Assert.Equal(["/applicant/representative"], Refused(Founders with { Representative = null }));
        Assert.Equal(["/applicant/representative"], Refused(Founders with { Representative = 2 }));
        Assert.Empty(Refused(Founders with { Founders = [Zhang], Representative = null }));
        Assert.Equal(["/applicant/founders/1"], Refused(Founders with { Founders = [Zhang, Zhang with { Name = "张叁" }] }));
        Assert.Equal(["/applicant/founders/0/name", "/applicant/founders/0/citizenId", "/applicant/founders/1/kind"], Refused(Founders with
        {
            Founders = [Zhang with { Name = "", CitizenId = "1" }, new(ApplicantKind.Founders, "设立人")],
        }));
        Assert.Equal(["/applicant/subject/name", "/applicant/subject/uscc"], Refused(Founders with { Subject = new(" ", SubjectKind.Branch, Code) }));
        Assert.Equal(["/applicant/uscc", "/applicant/worker"], Refused(Founders with { Uscc = Code, Worker = Zhang }));
        Assert.Equal(["/applicant/founders", "/applicant/representative", "/applicant/subject"], Refused(Founders with { Kind = ApplicantKind.LegalEntity, Name = "某公司", Uscc = Code }));
    }

    [Fact] // APP-1
    public void An_employer_applies_for_a_worker()
    {
        var employer = new Applicant(ApplicantKind.Employer, Company.Name, Company.Uscc, Worker: Zhang);

        Assert.Empty(Refused(employer));
        Assert.Equal(Company.Key, employer.Key);
        Assert.Equal(["/applicant/worker"], Refused(employer with { Worker = null }));
        Assert.Equal(["/applicant/worker"], Refused(employer with { Worker = Investor }));
        Assert.Equal(["/applicant/uscc", "/applicant/worker/citizenId"], Refused(employer with { Uscc = "1", Worker = Zhang with { CitizenId = "1" } }));
        new CaseSpec().When(Submission(Plain with { Applicants = [ApplicantKind.Employer] }) with { Applicant = employer }).Then<CaseSubmitted>();
    }

    [Theory] // APP-1, CASE-11: an employer applies for one worker, and its form tells of no other
    [InlineData("HRSS-002-01")]
    [InlineData("HRSS-002-02")]
    [InlineData("HRSS-007")]
    public void The_worker_of_the_applicant_is_the_one_of_whom_the_form_tells(string code)
    {
        var (item, today) = (CatalogueData.Zone().First(i => i.Code == code), China.Day("2026-07-01"));
        var form = CatalogueData.FormOf(item, CatalogueData.Forms())!;
        var example = ExampleApplication.Of(item, form, ApplicantKind.Employer, new Random(7), today);
        var (worker, employer) = (example.Applicant!.Worker!, example.Applicant);
        CaseSpec Spec() => new CaseSpec().At("2026-07-01 10:00");
        Asked For(PersonOrEntity worker) => new(Agency, example with { Applicant = employer with { Worker = worker } }) { Item = item, Form = form, Version = 1 };

        Spec().Given(For(worker));
        Spec().Given(For(worker with { CitizenId = null, Identifier = new(IdentifierKind.CitizenId, worker.CitizenId!) }));
        Spec().When(For(ExampleApplication.Person(new Random(8), worker.Name))).ThenRefused(FormRefusals.FieldsContradict, "/applicant/worker/citizenId", "/form/worker/idNumber");
        Spec().When(For(worker with { CitizenId = null, Identifier = new(IdentifierKind.Passport, "A12345678", "USA") })).ThenRefused(FormRefusals.FieldsContradict, "/applicant/worker/identifier", "/form/worker/idNumber");
        Spec().When(For(worker with { Name = "赵六" })).ThenRefused(FormRefusals.FieldsContradict, "/applicant/worker/name", "/form/worker/name");
        // Nor is it made another's afterwards, though their name may have been wrong.
        var (submitted, other) = (Spec().Given(For(worker)), ExampleApplication.Person(new Random(8), worker.Name).CitizenId);
        submitted.When(Ask.MendForm(Agency, Mended(worker.Name, other!))).ThenRefused(FormRefusals.FieldsContradict, "/form/worker/idNumber");
        submitted.Given(Ask.MendForm(Agency, Mended("王五", worker.CitizenId!)));

        static string Mended(string name, string number) => $$"""{"worker":{"name":"{{name}}","idType":"citizen-id","idNumber":"{{number}}","phone":"13900000001"} }""";
    }

    private static IEnumerable<string> Refused(Applicant applicant) =>
        applicant.Refusals(LegalClock.DayOf(China.At("2020-07-01 10:00"))).SelectMany(r => r.Fields).Select(f => f.Pointer);
}
