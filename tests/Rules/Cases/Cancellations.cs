using System.Reflection;
using OneDoor.Catalogue;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>LIC-6, 行政许可法 art. 70: a licence that is given back ends with the grant, and nobody escapes by it what is held against them.</summary>
public class Cancellations
{
    private const Department Lead = Department.MarketRegulation;

    private static readonly CancellableLicence Other = GivenUp with { Number = "OLD-2" };

    private static CaseSpec Asked(Asked asked) => new CaseSpec().When(asked);

    private static CaseSpec Accepted() => new CaseSpec().Given(Cancellation(GivenUp), Acceptance(Lead));

    [Fact]
    public void The_submission_names_it_and_the_grant_ends_it()
    {
        Assert.Equal("OLD-1", Asked(Cancellation(GivenUp) with { Cancels = "OLD-1" }).Then(typeof(CaseSubmitted), typeof(CancellationAsked)).Case.Cancels);

        var spec = Accepted().When(Grant(Lead, "review") with { Cancellable = [GivenUp] }).Then(typeof(StepGranted), typeof(CaseGranted));

        Assert.Equal("OLD-1", spec.Case.CancelledBy(spec.Facts));
        Assert.Null(spec.Case.CancelledBy(spec.Facts.Where(fact => fact is not StepGranted)));
        Assert.Null(CaseSpec.Licensed().Case.CancelledBy(CaseSpec.Licensed().Facts));
    }

    [Fact]
    public void It_need_not_be_named_by_who_holds_only_one()
    {
        Assert.Equal("OLD-1", Asked(Cancellation(GivenUp)).Case.Cancels);
        Asked(Cancellation(GivenUp, Other)).ThenRefused(CancellationRefusals.NotNamed, "/cancels");
        // What was issued before there was this platform is given back all the same.
        Assert.Null(Asked(Cancellation()).Then(typeof(CaseSubmitted)).Case.Cancels);
    }

    [Fact]
    public void It_is_the_applicants_own_and_of_the_kind_that_the_item_cancels()
    {
        Asked(Cancellation() with { Cancels = "NOBODY-1" }).ThenRefused(CancellationRefusals.NotTheHolder, "/cancels");
        Asked(Cancellation(GivenUp with { Holders = [Seller.Key] }) with { Cancels = "OLD-1" }).ThenRefused(CancellationRefusals.NotTheHolder, "/cancels");
        Asked(Cancellation(GivenUp with { Holders = [Company.Key, Seller.Key] })).ThenRefused(CancellationRefusals.NotTheHolder, "/cancels");
        Asked(Cancellation(GivenUp with { Kind = "business-licence" }) with { Cancels = "OLD-1" }).ThenRefused(CancellationRefusals.NotOffered, "/cancels");
        Asked(Submission(Plain, "form", "lease") with { Cancels = "OLD-1" }).ThenRefused(CancellationRefusals.NotOffered, "/cancels");
        // Of somebody else's licences nobody is told by pretending to be them.
        Asked(Cancellation(GivenUp with { IsHeldBack = true }) with { By = SellerSignedIn, Channel = Channel.Online }).ThenRefused(CaseRefusals.NotTheApplicant, "/applicant");
    }

    [Fact]
    public void What_has_ended_or_is_held_against_them_is_not_given_back_whenever_that_comes()
    {
        Asked(Cancellation(GivenUp with { HasEnded = true })).ThenRefused(CancellationRefusals.HasEnded, "/cancels");
        Asked(Cancellation(GivenUp with { IsHeldBack = true })).ThenRefused(CancellationRefusals.HeldBack, "/cancels");

        Accepted().When(Grant(Lead, "review") with { Cancellable = [GivenUp with { HasEnded = true }] }).ThenRefused(CancellationRefusals.HasEnded);
        Accepted().When(Grant(Lead, "review") with { Cancellable = [GivenUp with { IsHeldBack = true }] }).ThenRefused(CancellationRefusals.HeldBack);
        // Refusing asks nothing of it.
        Accepted().When(Ask.RefuseStep(Supervisor(Lead), "review", Grounds)).Then(typeof(StepRefused), typeof(CaseEnded));
    }

    [Fact]
    public void A_case_that_is_moved_gives_back_what_its_new_item_cancels()
    {
        var moved = CaseSpec.Submitted(Plain, "form").When(Ask.MoveCaseToItem(Clerk(Lead), GivingUp, 1, "应为注销") with { Cancellable = [GivenUp] }).Then(typeof(CaseMovedToItem), typeof(CancellationAsked));
        Assert.Equal("OLD-1", moved.Case.Cancels);

        Assert.Null(new CaseSpec().Given(Cancellation(GivenUp)).When(Ask.MoveCaseToItem(Clerk(Lead), Plain, 1, "并非注销")).Then(typeof(CaseMovedToItem)).Case.Cancels);
    }

    [Fact] // KIOSK-1: a machine that finds nothing to cancel leaves it to people
    public void A_kiosk_decides_what_it_finds()
    {
        var unattended = Cancellation(GivenUp) with { By = Applicant, Channel = Channel.Kiosk, Hall = "airport", Item = GivingUp with { Unattended = true } };

        Assert.Equal((CaseStatus.Granted, "OLD-1"), (Asked(unattended).Case.Status, Asked(unattended).Case.Cancels));
        Assert.Equal(CaseStatus.Submitted, Asked(unattended with { Cancellable = [] }).Case.Status);
    }

    [Fact]
    public void Every_code_is_produced_here() => Assert.Equal(
        ["cancellation.has-ended", "cancellation.held-back", "cancellation.not-named", "cancellation.not-offered", "cancellation.not-the-holder"],
        typeof(CancellationRefusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((Refusal)f.GetValue(null)!).Code).Order(StringComparer.Ordinal));

    [Fact] // CAT-1: which items cancel which licences
    public void The_catalogue_says_which_items_cancel_and_both_editions_say_the_same()
    {
        Assert.Equal(
            ["OFFC-013-04 labour-dispatch-licence", "OFFC-033-03 dangerous-transport-licence", "SAMR-001-02 business-licence", "SAMR-002-03 branch-licence", "SAMR-005-03 individual-business-licence",
                "SAMR-009-06 food-business-licence", "SAMR-014 business-licence", "SAMR-034-02 partnership-licence", "SAMR-035-02 sole-proprietorship-licence"],
            CatalogueData.Zone().Where(i => i.Cancels is not null).Select(i => $"{i.Code} {i.Cancels}").Order(StringComparer.Ordinal));
        Assert.Equal(
            CatalogueData.Zone().Select(i => (i.Code, i.Cancels)).Where(i => i.Cancels is not null), CatalogueData.June2020().Select(i => (i.Code, i.Cancels)).Where(i => i.Cancels is not null));
        // What closes a company ends its licence by the step that strikes it from the register, whatever becomes of its seals.
        Assert.Equal("deregistration", CatalogueData.Zone().Single(i => i.Code == "SAMR-014").Procedure.Steps.Single(s => s.Cancels is not null).Code);
    }
}
