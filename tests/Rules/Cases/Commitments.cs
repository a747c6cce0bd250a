using System.Reflection;
using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>MODE-1 to MODE-3: what leaves nothing to weigh is decided by the submission (告知承诺, 备案).</summary>
public class Commitments
{
    private const Department Lead = Department.MarketRegulation;

    private static readonly Asked Fulfilled = Ask.Of(Samples.Applicant, new FulfilCommitment());

    private static Item Filing => Plain with { Act = Act.Filing };

    [Fact] // MODE-2: 全承诺、无审批、签字即办结
    public void What_is_committed_to_is_granted_by_the_submission_without_what_it_stands_in_for()
    {
        var spec = new CaseSpec().When(Commitment(Committed)).Then(
            typeof(CaseSubmitted), typeof(CommitmentMade), typeof(CaseAccepted), typeof(StepOpened), typeof(StepGranted), typeof(CaseGranted));

        Assert.Equal((CaseStatus.Granted, 0m, Lead), (spec.Case.Status, spec.Case.Actual!.Value, spec.Fact<StepGranted>().By!.Department));
        Assert.Equal((CommitmentKind.Met, "陈建国", SignedTexts.CommitmentTo(Committed).Text, spec.Now), (spec.Case.Commitment!.Kind, spec.Case.Commitment.Signatory, spec.Case.Commitment.Terms, spec.Case.Commitment.SignedAt));
        spec.At("2021-07-01 09:00").Passed().ThenNothing();
    }

    [Fact] // MODE-2: the ordinary way is open to everybody
    public void Whoever_does_not_commit_is_examined_as_ever() => Assert.Equal(CaseStatus.Submitted, CaseSpec.Submitted(Committed, "form", "lease").Case.Status);

    [Fact] // MODE-2
    public void What_is_wrong_with_a_commitment_is_told_at_once_with_what_it_does_not_stand_in_for()
    {
        new CaseSpec().When(Submission(Committed) with { Commitment = new("sha-256:", " ", China.Day("2020-07-20")) })
            .ThenRefused(CommitmentRefusals.TermsChanged, "/commitment/digest", "/commitment/signatory", "/commitment/meetBy", "/materials/form");
        new CaseSpec().When(Submission(Plain) with { Commitment = Signed(Committed) }).ThenRefused(CommitmentRefusals.NotEligible, "/commitment");
    }

    [Fact] // CRED-1: from the privilege, and from nothing else
    public void Whoever_breached_a_commitment_is_examined_until_that_is_repaired()
    {
        new CaseSpec().When(Commitment(Committed) with { Suspended = new(Commitments: true, Deficiency: false) }).ThenRefused(CommitmentRefusals.Barred, "/commitment");
        new CaseSpec().Given(Submission(Committed, "form", "lease") with { Suspended = new(Commitments: true, Deficiency: false) });
        new CaseSpec().Given(Commitment(Committed) with { Suspended = new(Commitments: false, Deficiency: true) });
    }

    [Fact] // LIC-6
    public void Nobody_escapes_a_suspension_by_committing_to_another_licence_of_the_kind()
    {
        new CaseSpec().When(Commitment(Committed) with { IsHeldBack = true }).ThenRefused(CommitmentRefusals.NotEligible, "/commitment");
        new CaseSpec().Given(Submission(Committed, "form", "lease") with { IsHeldBack = false });
    }

    [Fact] // MODE-2: the exact text
    public void Whoever_signed_the_text_of_another_version_has_not_signed_this_one()
    {
        var stricter = Committed with { Conditions = [new("须有消防验收", "Fire acceptance is needed.")] };
        new CaseSpec().When(Commitment(stricter) with { Commitment = Signed(Committed) }).ThenRefused(CommitmentRefusals.TermsChanged, "/commitment/digest");
    }

    [Fact] // MODE-3
    public void What_is_to_be_met_names_a_day_within_the_items_time()
    {
        foreach (var day in new[] { null, "2020-06-30", "2020-07-30" })
            new CaseSpec().When(Commitment(CommittedAhead, day)).ThenRefused(CommitmentRefusals.MeetByInvalid, "/commitment/meetBy");
        new CaseSpec().Given(Commitment(CommittedAhead, "2020-07-29"));
    }

    [Fact] // MODE-3
    public void What_was_to_be_met_is_filed_once_by_the_applicant_and_by_the_day()
    {
        var spec = new CaseSpec().Given(Commitment(CommittedAhead, "2020-07-20"));
        Assert.True(spec.Case.Commitment!.IsToBeMet);
        spec.When(Fulfilled with { By = Clerk(Lead) }).ThenRefused(CaseRefusals.NotYourCase);

        spec.At("2020-07-20 23:59").When(Fulfilled).Then<CommitmentFulfilled>();
        Assert.Equal((false, spec.Now), (spec.Case.Commitment.IsToBeMet, spec.Case.Commitment.MetAt));
        spec.At("2020-07-21 00:00").When(Fulfilled).ThenNothing();
        new CaseSpec().Given(Commitment(Committed)).When(Fulfilled).ThenRefused(CommitmentRefusals.NothingToMeet);
    }

    [Fact] // MODE-3, MODE-4: no timer revokes
    public void Passing_the_day_is_recorded_once_and_takes_nothing_away()
    {
        var spec = new CaseSpec().Given(Commitment(CommittedAhead, "2020-07-20")).At("2020-07-20 23:59:59").Passed().ThenNothing();
        Assert.True(spec.Case.WakeAt <= China.At("2020-07-21 00:00"));

        spec.At("2020-07-21 00:00").Passed().Then<CommitmentOverdue>();
        spec.Passed().ThenNothing();
        Assert.Equal((CaseStatus.Granted, null), (spec.Case.Status, spec.Case.WakeAt));
        spec.When(Fulfilled).ThenRefused(CommitmentRefusals.MetTooLate);
    }

    [Fact] // MODE-4: what was annulled is kept by nobody
    public void A_commitment_that_was_breached_is_neither_fulfilled_nor_overdue()
    {
        var spec = new CaseSpec().Given(Commitment(CommittedAhead, "2020-07-20")).Recorded(c => c.Breached(c.ChangedAt, Clerk(Lead), "OLD-1").Single());

        spec.When(Fulfilled).ThenRefused(CommitmentRefusals.NothingToMeet);
        spec.At("2020-07-21 00:00").Passed().ThenNothing();
    }

    [Fact] // MODE-3, MODE-7: what has ended has no more clocks
    public void What_is_owed_for_a_licence_ends_with_it()
    {
        var spec = new CaseSpec().Given(Commitment(Licensing, "2020-07-20"));
        Assert.NotNull(spec.Case.WakeAt);
        var number = spec.Case.Licences[0].Number;
        spec.Recorded(c => c.Released(spec.Now, by: null, number).Single());

        Assert.Equal((spec.Now, null), (spec.Case.ReleasedAt, spec.Case.WakeAt));
        Assert.Empty(spec.Case.Released(spec.Now, by: null, number));
        spec.When(Fulfilled).ThenRefused(CommitmentRefusals.NothingToMeet);
        spec.At("2020-07-21 00:00").Passed().ThenNothing();

        var pledged = CaseSpec.Submitted(Licensing, "form").Given(Ask.PledgeMaterial(Agency, "lease", "2020-08-03"), Acceptance(Lead), Grant(Lead, "review"));
        pledged.Recorded(c => c.Released(pledged.Now, Supervisor(Lead), number).Single()).At("2020-08-04 09:00").Passed().ThenNothing();
        // Nothing is owed; or for another licence as well.
        Assert.Empty(new CaseSpec().Given(Commitment(Licensing, "2020-07-20"), Fulfilled).Case.Released(spec.Now, by: null, number));
        Assert.Empty(new CaseSpec().Given(Commitment(Licensing, "2020-07-20")).Case.Released(spec.Now, by: null, number, isLast: false));
    }

    [Fact] // MODE-1
    public void A_complete_filing_is_filed_by_its_receipt()
    {
        new CaseSpec().When(Submission(Filing, "form", "lease")).Then(typeof(CaseSubmitted), typeof(CaseAccepted), typeof(StepOpened), typeof(StepGranted), typeof(CaseGranted));
        // What is incomplete is filed when the rest comes in; a pledge does not make it complete.
        var spec = CaseSpec.Submitted(Filing, "form").Given(Ask.PledgeMaterial(Samples.Applicant, "lease", "2020-08-03"));
        spec.When(Ask.SupplyMaterials(Agency, [Paper("lease")])).Then(typeof(MaterialsSupplied), typeof(CaseAccepted), typeof(StepOpened), typeof(StepGranted), typeof(CaseGranted));
    }

    [Fact] // MODE-1: nothing is refused, as a whole or in a step
    public void A_filing_is_not_refused_however_it_came_to_be_accepted()
    {
        foreach (var spec in new[] { Deemed(), OnAPledge() })
        {
            spec.When(Ask.RefuseCase(Supervisor(Lead), Grounds)).ThenRefused(CaseRefusals.FilingNotRefused);
            spec.When(Ask.RefuseStep(Supervisor(Lead), "review", Grounds)).ThenRefused(CaseRefusals.FilingNotRefused);
            spec.When(Ask.RefuseCase(Clerk(Lead), Grounds)).ThenRefused(CaseRefusals.OnlyASupervisorRefuses);
        }
        CaseSpec.Submitted(Filing, "form").When(Ask.RefuseCase(Supervisor(Lead), Grounds)).ThenRefused(CaseRefusals.FilingNotRefused);
        // CASE-13: what is not this authority's is another matter.
        CaseSpec.Submitted(Filing, "form").When(Ask.DeclineCase(Supervisor(Lead), NonAcceptanceKind.NotOurCompetence, "属海关", "北京海关")).Fact<CaseNotAccepted>();
    }

    [Fact] // MODE-1, CASE-2
    public void What_completes_a_filing_files_it_after_the_law_accepted_it_as_well() =>
        Deemed().When(Ask.SupplyMaterials(Agency, [Paper("lease")])).Then(typeof(MaterialsSupplied), typeof(StepGranted), typeof(CaseGranted));

    [Fact] // MODE-1, MODE-7
    public void What_was_pledged_of_a_filing_files_it() =>
        OnAPledge().When(Ask.SupplyMaterials(Agency, [Paper("lease")])).Then(typeof(MaterialsSupplied), typeof(StepGranted), typeof(CaseGranted));

    [Fact] // MODE-1
    public void What_is_moved_to_a_filing_and_complete_is_filed_by_that()
    {
        var filing = Filing with { Code = "FILING" };
        CaseSpec.Submitted(Plain, "form", "lease").When(Ask.MoveCaseToItem(Clerk(Lead), filing, 1, "属备案"))
            .Then(typeof(CaseMovedToItem), typeof(CaseAccepted), typeof(StepOpened), typeof(StepGranted), typeof(CaseGranted));

        var lacking = CaseSpec.Submitted(Plain, "form").When(Ask.MoveCaseToItem(Clerk(Lead), filing, 1, "属备案"));
        lacking.Then<CaseMovedToItem>();
        lacking.When(Ask.SupplyMaterials(Agency, [Paper("lease")])).Fact<CaseGranted>();
    }

    private static CaseSpec Deemed()
    {
        var spec = CaseSpec.Submitted(Filing, "form").At("2020-07-09 09:00").Passed();
        Assert.Equal((CaseStatus.Accepted, true), (spec.Case.Status, spec.Case.Deemed));
        return spec;
    }

    private static CaseSpec OnAPledge() =>
        CaseSpec.Submitted(Filing, "form").Given(Ask.PledgeMaterial(Samples.Applicant, "lease", "2020-08-03"), Acceptance(Lead));

    [Fact]
    public void Every_refusal_of_a_commitment_is_produced_here() => Assert.Equal(
        ["commitment.barred", "commitment.meet-by-invalid", "commitment.met-too-late", "commitment.not-eligible", "commitment.nothing-to-meet", "commitment.signatory-missing", "commitment.terms-changed"],
        typeof(CommitmentRefusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((Refusal)f.GetValue(null)!).Code).Order(StringComparer.Ordinal));

    public static TheoryData<string> Items => [.. CatalogueData.Zone().Concat(CatalogueData.June2020()).Where(item => item.CommitmentEligible).Select(item => $"{item.Edition} {item.Code}")];

    [Theory, MemberData(nameof(Items))] // MODE-5: and on its list stands what the figures of the reform count
    public void Every_item_that_allows_a_commitment_is_granted_by_one(string which)
    {
        var item = CatalogueData.Zone().Concat(CatalogueData.June2020()).First(item => $"{item.Edition} {item.Code}" == which);
        var form = CatalogueData.FormOf(item, CatalogueData.Forms());
        var example = ExampleApplication.Of(item, form, item.Applicants[0], new Random(7), China.Day("2020-07-01"), committed: true);

        var spec = new CaseSpec().Given(new Asked(Agency, example) { Item = item, Form = form, Version = 1 });

        Assert.Equal((CaseStatus.Granted, 1), (spec.Case.Status, spec.Case.Licences.Count));
        Assert.All(new[] { spec.Case.Commitment!.Terms.Zh, spec.Case.Commitment.Terms.En }, text => Assert.Contains(item.CommitmentSource!, text, StringComparison.Ordinal));
    }
}
