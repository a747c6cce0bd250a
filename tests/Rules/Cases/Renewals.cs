using System.Reflection;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;
using OneDoor.Licences;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>MODE-6: the old licence and a commitment give a new one at once (延期换证承诺即办结).</summary>
public class Renewals
{
    private static readonly string[] Pointed = ["/renews"];

    private static CaseSpec Asked(Asked asked) => new CaseSpec().When(asked);

    [Fact]
    public void A_renewal_is_permitted_audited_and_granted_by_its_submission()
    {
        var spec = Asked(Renewal()).Then(
            typeof(CaseSubmitted), typeof(CommitmentMade), typeof(RenewalPermitted), typeof(RenewalAudited), typeof(CaseAccepted), typeof(StepOpened), typeof(StepGranted), typeof(LicenceDelivered), typeof(CaseGranted));

        Assert.Equal(("OLD-1", "OLD-1"), (spec.Case.Renewal!.Licence, spec.Fact<LicenceDelivered>().Number));
        Assert.Equal((spec.Now, spec.Now, null), (spec.Case.Renewal.PermittedAt, spec.Case.Renewal.AuditedAt, spec.Case.Renewal.InspectedAt));
        // 监察: the third is recorded by those who supervise, and once.
        spec.Recorded(c => c.Inspected(c.ChangedAt, Clerk(Department.Customs)).Single());
        Assert.Empty(spec.Case.Inspected(spec.Now, Clerk(Department.Customs)));
    }

    [Theory] // ninety and fifteen working days before the 30th of September 2020; the 27th, a Sunday, is worked
    [InlineData("2020-05-26 23:59", "renewal.too-early")]
    [InlineData("2020-05-27 00:00", null)]
    [InlineData("2020-09-10 23:59", null)]
    [InlineData("2020-09-11 00:00", "renewal.too-late")]
    public void It_is_asked_for_while_its_window_is_open(string at, string? refused)
    {
        var spec = new CaseSpec().At(at).When(Renewal());

        Assert.Equal(refused, spec.Refused?.Code);
        Assert.Equal(refused is null ? [] : Pointed, spec.Refused?.Fields.Select(f => f.Pointer) ?? []);
    }

    [Fact] // dispatch: sixty days before, whatever day that is
    public void Calendar_days_are_counted_as_they_are()
    {
        var dispatch = Renewing with { Renewal = Renewing.Renewal! with { Opens = null, Closes = 60, Unit = LimitUnit.CalendarDays } };

        new CaseSpec().At("2020-08-01 23:59").Given(Renewal(dispatch));
        new CaseSpec().At("2020-08-02 00:00").When(Renewal(dispatch)).ThenRefused(RenewalRefusals.TooLate, "/renews");
        new CaseSpec().At("2020-09-30 23:59").Given(Renewal(dispatch with { Renewal = dispatch.Renewal with { LateIs = LateRenewal.Taken } }));
    }

    [Fact] // food has five years; where the law names no first day nobody prolongs a licence term after term
    public void Nothing_is_renewed_before_its_present_term_has_begun()
    {
        var unnamed = Renewing with { Renewal = Renewing.Renewal! with { Opens = null, RunsFrom = RunsFrom.Expiry } };
        Asked UntilTheEndOf(string term) => Renewal(unnamed) with { Renewed = Old with { ValidUntil = China.Day(term) } };

        new CaseSpec().At("2020-07-01 00:00").Given(UntilTheEndOf("2025-06-30"));
        new CaseSpec().At("2020-06-30 23:59").When(UntilTheEndOf("2025-06-30")).ThenRefused(RenewalRefusals.TooEarly, "/renews");
        var renewed = Asked(UntilTheEndOf("2030-06-30")).ThenRefused(RenewalRefusals.TooEarly, "/renews");
        Assert.Equal(new("最早 2025-07-01。", "The first day is 2025-07-01."), renewed.Refused!.Detail);
        Asked(ExaminedRenewal(unnamed) with { Renewed = Old with { ValidUntil = China.Day("2030-06-30") } }).ThenRefused(RenewalRefusals.TooEarly, "/renews");
        // Half a year of an automatic import licence, and what has no term of its own.
        Assert.Equal((China.Day("2020-07-01"), null), (LicenceKind.Of("auto-import-licence").From(China.Day("2020-12-31")), LicenceKind.Of("business-licence").From(China.Day("2020-12-31"))));
    }

    [Fact]
    public void Where_it_is_the_commitment_that_renews_nothing_the_refusal_says_so()
    {
        var examined = Renewing with { CommitmentEligible = true, CommitmentSource = "国发〔2021〕7号", RenewalByCommitment = false };

        var refused = Asked(Renewal(examined)).ThenRefused(RenewalRefusals.NotOffered, "/commitment");
        Assert.Contains("leave the commitment out", refused.Refused!.Detail!.En, StringComparison.Ordinal);
        Asked(ExaminedRenewal(examined)).Then(typeof(CaseSubmitted), typeof(RenewalPermitted), typeof(RenewalAwaited));
    }

    [Fact]
    public void What_is_not_the_applicants_own_valid_licence_of_that_kind_is_not_renewed()
    {
        Asked(Renewal() with { Renewed = null }).ThenRefused(RenewalRefusals.NotTheHolder, "/renews");
        Asked(Renewal() with { Renewed = Old with { Holders = [Seller.Key] } }).ThenRefused(RenewalRefusals.NotTheHolder, "/renews");
        Asked(Renewal() with { Renewed = Old with { IsValid = false } }).ThenRefused(RenewalRefusals.NotValid, "/renews");
        Asked(Renewal() with { Renewed = Old with { IsValid = false, HasExpired = true, ValidUntil = China.Day("2020-06-30") } }).ThenRefused(RenewalRefusals.Expired, "/renews");
        Asked(Renewal() with { Renewed = Old with { Kind = "business-licence" } }).ThenRefused(RenewalRefusals.NotOffered, "/renews");
        Asked(Renewal() with { Renewed = Old with { ValidUntil = null } }).ThenRefused(RenewalRefusals.NotOffered, "/renews");
        Asked(Renewal(Committed)).ThenRefused(RenewalRefusals.NotOffered, "/renews");
        Asked(ExaminedRenewal() with { Renews = null, Renewed = Old with { IsValid = false } }).ThenRefused(RenewalRefusals.NotValid, "/renews");
        Asked(Renewal() with { Renewed = Old with { IsAwaited = true } }).ThenRefused(RenewalRefusals.AlreadyAsked, "/renews");
        Asked(ExaminedRenewal(Plain)).ThenRefused(RenewalRefusals.NotOffered, "/renews");
        // Of several nobody but who applies can say which.
        CaseSpec.Submitted(Plain with { Code = "PLAIN" }, "form", "lease")
            .When(Ask.MoveCaseToItem(Clerk(Department.MarketRegulation), Renewing, 1, "应为延续") with { Renewable = [Old, Old with { Number = "OLD-2" }] }).ThenRefused(RenewalRefusals.NotNamed, "/item");
    }

    [Fact] // MODE-6
    public void What_the_form_says_of_is_the_licence_that_is_renewed()
    {
        var form = SampleForms.Everything with { Fields = [new() { Name = "licence", Label = SampleForms.Words, Type = FieldType.Licence }], Checks = [] };
        var eligible = Renewing with { CommitmentEligible = true, CommitmentSource = "国发〔2021〕7号" };
        Asked Saying(string number) => Renewal(eligible) with { Form = form, Answer = SampleForms.Json($$"""{"licence":"{{number}}"}""") };

        Asked(Saying("OLD-2")).ThenRefused(FormRefusals.FieldsContradict, "/form/licence");
        Asked(Saying("OLD-2") with { Renews = null }).ThenRefused(FormRefusals.FieldsContradict, "/form/licence");
        Assert.Equal("OLD-1", Asked(Saying("OLD-1")).Case.Renewal!.Licence);
    }

    [Fact] // nobody renews too late by not saying that they renew
    public void Whoever_commits_and_holds_the_licence_renews_it_whether_they_say_so_or_not()
    {
        var eligible = Renewing with { CommitmentEligible = true, CommitmentSource = "国发〔2021〕7号" };

        Assert.Equal("OLD-1", Asked(Renewal(eligible) with { Renews = null }).Case.Renewal!.Licence);
        new CaseSpec().At("2020-09-11 09:00").When(Renewal(eligible) with { Renews = null }).ThenRefused(RenewalRefusals.TooLate, "/commitment");
        Assert.Null(Asked(Renewal(eligible) with { Renews = null, Renewed = null }).Case.Renewal);
        // What is renewed by commitment is not granted by it for the first time.
        Asked(Commitment(Renewing)).ThenRefused(CommitmentRefusals.NotEligible, "/commitment");
    }

    [Fact] // whoever holds one licence may commit to another of an item that is renewed by examination
    public void What_is_not_renewed_by_commitment_is_renewed_only_by_who_says_so()
    {
        var granted = Renewing with { CommitmentEligible = true, CommitmentSource = "国发〔2021〕7号", RenewalByCommitment = false };

        Assert.NotNull(Case.Renewing(null, Renewal(granted).Command, Renewal(granted).At(China.At("2020-07-01 09:00"))));
        var unsaid = Renewal(granted) with { Renews = null };
        Assert.Null(Case.Renewing(null, unsaid.Command, unsaid.At(China.At("2020-07-01 09:00"))));
    }

    [Theory] // a food business licence has five years
    [InlineData(RunsFrom.Decision, "2025-06-30")]
    [InlineData(RunsFrom.Expiry, "2025-09-30")]
    public void The_new_term_begins_where_the_items_law_says(RunsFrom from, string until)
    {
        var item = Renewing with { Renewal = Renewing.Renewal! with { RunsFrom = from, KeepsNumber = false } };
        var spec = new CaseSpec().Given(Renewal(item));

        Assert.Equal($"{spec.Case.Number}-1", spec.Fact<LicenceDelivered>().Number);
        var issued = Issuing.Of(spec.Case, item, spec.Fact<LicenceDelivered>(), replaces: null)!;
        Assert.Equal((China.Day("2020-07-01"), China.Day(until)), (issued.ValidFrom, issued.ValidUntil));
    }

    [Fact]
    public void Every_refusal_of_a_renewal_is_produced_here() => Assert.Equal(
        ["renewal.already-asked", "renewal.expired", "renewal.not-named", "renewal.not-offered", "renewal.not-the-holder", "renewal.not-valid", "renewal.too-early", "renewal.too-late"],
        typeof(RenewalRefusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((Refusal)f.GetValue(null)!).Code).Order(StringComparer.Ordinal));

    public static TheoryData<string> Items => [.. CatalogueData.Zone().Where(item => item.RenewalByCommitment).Select(item => item.Code)];

    [Theory, MemberData(nameof(Items))] // the article's 27
    public void Every_item_that_renews_by_commitment_does(string code)
    {
        var item = CatalogueData.Zone().First(i => i.Code == code);
        var form = CatalogueData.FormOf(item, CatalogueData.Forms());
        var today = China.Day("2026-07-01");
        var example = ExampleApplication.Of(item, form, item.Applicants[0], new Random(7), today, committed: true);
        var rule = item.Renewal!;
        var last = Enumerable.Range(0, 400).Select(today.AddDays).First(day => rule.DayBefore(day, rule.Closes, WorkingDays.StateCouncil) >= today);
        var old = new RenewableLicence("OLD-1", item.Procedure.Steps[0].Issues!.Code, example.Applicant!.Keys, last, IsValid: true, HasExpired: false);

        var spec = new CaseSpec().At("2026-07-01 10:00").Given(new Asked(Agency, ExampleApplication.Renewing(example, old.Number)) { Item = item, Form = form, Version = 1, Renewed = old });

        Assert.Equal((CaseStatus.Granted, rule.KeepsNumber), (spec.Case.Status, spec.Case.Licences.Single().Number == old.Number));
    }
}
