using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>MODE-7: acceptance with a deficiency (容缺受理) rests on the applicant's signed pledge.</summary>
public class Pledges
{
    private const Department Lead = Department.MarketRegulation;

    private static readonly MaterialDeferred Lease = new("lease", China.Day("2020-08-03"));

    private static Asked Pledge(string day = "2020-08-03", string code = "lease") => Ask.PledgeMaterial(Samples.Applicant, code, day);

    private static CaseSpec Pledged() => CaseSpec.Submitted(Plain, "form").Given(Pledge());

    [Fact] // MODE-7
    public void What_the_applicant_has_pledged_may_follow()
    {
        var spec = Pledged().When(Acceptance(Lead)).Then(typeof(CaseAccepted), typeof(StepOpened));
        Assert.Equal([Lease], spec.Case.Deferred);
        Assert.Equal([("lease", "陈建国", PledgeState.Open)], spec.Case.Pledges.Select(p => (p.Made.Code, p.Made.Signatory, p.State)));

        spec.Given(Grant(Lead, "review")); // a pledge outlives the decision
        spec.At("2020-07-30 09:00").When(Ask.SupplyMaterials(Samples.Applicant, [Paper("lease")])).Then<MaterialsSupplied>();
        Assert.Empty(spec.Case.Deferred);
        Assert.Equal([PledgeState.Kept], spec.Case.Pledges.Select(p => p.State));
        Assert.Equal(["form", "lease"], spec.Case.Materials.Select(m => m.Code));
    }

    /// <summary>(B4)</summary>
    [Fact] // MODE-7: nobody accepts on a clerk's word
    public void A_clerk_defers_nothing_that_the_applicant_has_not_signed()
    {
        var spec = CaseSpec.Submitted(Plain, "form");

        spec.When(Ask.AcceptCase(Clerk(Lead), [Lease])).ThenRefused(CaseRefusals.PledgeMissing, "/deferred/0", "/materials/lease");
        spec.When(Ask.AcceptCase(Clerk(Lead), [], ["lease"])).ThenRefused(CaseRefusals.PledgeMissing, "/pledges/0", "/materials/lease");
        spec.When(Pledge() with { By = Clerk(Lead) }).ThenRefused(CaseRefusals.NotYourCase);
        spec.Given(Pledge());
        spec.When(Ask.AcceptCase(Clerk(Lead), [Lease with { SupplyBy = China.Day("2020-08-04") }])).ThenRefused(CaseRefusals.PledgeMissing, "/deferred/0");
        spec.When(Ask.AcceptCase(Clerk(Lead), [Lease])).Then(typeof(CaseAccepted), typeof(StepOpened));
    }

    [Fact] // MODE-7
    public void Acceptance_refers_to_the_pledges_it_names_or_to_all_that_are_open()
    {
        Assert.Equal([Lease], Pledged().Given(Ask.AcceptCase(Clerk(Lead), [], ["lease"])).Case.Deferred);
        Pledged().When(Ask.AcceptCase(Clerk(Lead), [], [])).ThenRefused(CaseRefusals.MaterialsMissing, "/materials/lease");
        Pledged().At("2020-07-06 09:00").Given(Ask.SupplyMaterials(Agency, [Paper("lease")])).When(Ask.AcceptCase(Clerk(Lead), [], ["lease"]))
            .ThenRefused(CaseRefusals.PledgeMissing, "/pledges/0");
        // The day pledged is over before the case is accepted.
        CaseSpec.Submitted(Plain, "form").Given(Pledge("2020-07-02")).At("2020-07-03 09:00").When(Acceptance(Lead))
            .ThenRefused(CaseRefusals.MaterialsMissing, "/materials/lease");
    }

    /// <summary>(LIC-7) No copy of a licence issued here is ever asked for.</summary>
    [Fact] // MODE-7
    public void A_licence_issued_meanwhile_keeps_what_was_pledged_and_it_proves()
    {
        IssuedLicence kind = new("fire-acceptance-opinion", new("消防验收意见书", "Fire acceptance opinion")), other = new("fire-check-opinion", kind.Name);
        var item = Plain with { Materials = [MaterialOf("form"), MaterialOf("lease") with { Deferrable = true, ProvedBy = kind.Code }] };
        CaseSpec Owing() => CaseSpec.Submitted(item, "form").Given(Pledge()).Given(Acceptance(Lead));

        Assert.Empty(Owing().Case.KeptWith(China.At("2020-07-20 09:00"), Clerk(Department.Fire), other, "FIRE-7"));
        var spec = Owing().Recorded(c => c.KeptWith(China.At("2020-07-20 09:00"), Clerk(Department.Fire), kind, "FIRE-7").Single());
        Assert.Equal((PledgeState.Kept, "FIRE-7"), (spec.Case.Pledges.Single().State, spec.Case.Proved.Single().Number));
        Assert.Empty(spec.Case.Deferred);
        Assert.DoesNotContain(spec.At("2020-08-01 09:00").Passed().At("2020-08-04 09:00").Passed().Facts, f => f is PledgeDueSoon or PledgeMissed);
        Assert.Empty(spec.Case.KeptWith(China.At("2020-08-05 09:00"), Clerk(Department.Fire), kind, "FIRE-8"));

        // What was missed stays missed, and of what is withdrawn nothing is owed.
        Assert.Empty(Owing().At("2020-08-04 09:00").Passed().Case.KeptWith(China.At("2020-08-05 09:00"), Clerk(Department.Fire), kind, "FIRE-7"));
        Assert.Empty(Owing().Given(Ask.WithdrawCase(Agency, null)).Case.KeptWith(China.At("2020-07-20 09:00"), Clerk(Department.Fire), kind, "FIRE-7"));

        // Before acceptance it is found by the acceptance, and owed again should it end first.
        DeliveredLicence held = new("review", kind, "FIRE-7", China.At("2020-07-02 09:00"), China.Day("2020-07-02"));
        var early = CaseSpec.Submitted(item, "form").Given(Pledge());
        Assert.Equal((PledgeState.Kept, 0), (early.Given(Acceptance(Lead) with { Held = [held] }).Case.Pledges.Single().State, early.Case.Deferred.Count));
        var ended = CaseSpec.Submitted(item, "form").Given(Pledge()).Recorded(c => c.KeptWith(China.At("2020-07-02 09:00"), Clerk(Department.Fire), kind, "FIRE-7").Single());
        Assert.Equal((PledgeState.Open, 1), (ended.Given(Acceptance(Lead)).Case.Pledges.Single().State, ended.Case.Deferred.Count));
    }

    [Fact] // CRED-1
    public void Whoever_missed_a_pledge_pledges_nothing_until_that_is_repaired()
    {
        MaterialPledge signed = new("lease", China.Day("2020-08-03"), SignedTexts.Pledge.Digest, "陈建国");
        new CaseSpec().When(Submission(Plain, "form") with { Pledges = [signed], Suspended = new(Commitments: false, Deficiency: true) }).ThenRefused(CaseRefusals.DeficiencySuspended, "/pledges");
        new CaseSpec().Given(Submission(Plain, "form", "lease") with { Suspended = new(Commitments: false, Deficiency: true) });
        // From the miss on, also of what was pledged before (MODE-7).
        var spec = Pledged();
        Assert.Equal(spec.Case.Applicant.Keys, Case.MayBeSuspended(spec.Case, new AcceptCase(), new(Clerk(Lead), LegalClock.Zone, spec.Now)));
        spec.When(Acceptance(Lead) with { Suspended = new(Commitments: false, Deficiency: true) }).ThenRefused(CaseRefusals.DeficiencySuspended);
    }

    [Fact] // MODE-7
    public void A_pledge_may_come_with_the_application()
    {
        MaterialPledge signed = new("lease", China.Day("2020-08-03"), SignedTexts.Pledge.Digest, "陈建国");
        var spec = new CaseSpec().When(Submission(Plain, "form") with { Pledges = [signed] }).Then(typeof(CaseSubmitted), typeof(MaterialPledged));
        Assert.Equal([signed], spec.Case.Pledges.Select(p => p.Made));

        new CaseSpec().When(Submission(Plain, "form") with { Pledges = [signed, signed, signed with { Code = "form", SupplyBy = China.Day("2020-10-31"), Digest = "", Signatory = "" }] })
            .ThenRefused(CaseRefusals.NotDeferrable, "/pledges/1/code", "/pledges/2/code", "/pledges/2/supplyBy", "/pledges/2/digest", "/pledges/2/signatory");
        new CaseSpec().When(Submission(Plain, "form", "lease") with { Pledges = [signed] }).ThenRefused(CaseRefusals.NotDeferrable, "/pledges/0/code");
        var proved = Plain with { Materials = [.. Plain.Materials.Select(m => m with { ProvedBy = m.Code == "lease" ? "business-licence" : null })] };
        new CaseSpec().When(Submission(proved, "form") with { Pledges = [signed], Held = CaseSpec.Licensed().Case.Licences }).ThenRefused(CaseRefusals.NotDeferrable, "/pledges/0/code");
    }

    [Fact] // CLK-7, MODE-7: the last day is a Monday, and three days before it is a Friday
    public void A_pledge_is_called_to_mind_once_and_is_missed_with_its_last_second()
    {
        var spec = Pledged().Given(Acceptance(Lead), Grant(Lead, "review"));

        Assert.Equal(China.At("2020-07-31 00:00:00"), spec.Case.WakeAt);
        spec.At("2020-07-31 00:00:00").Passed().ThenNothing();
        Assert.Equal(("lease", China.Day("2020-08-03")), spec.At("2020-07-31 00:00:01").Passed().Then<PledgeDueSoon>() is var soon ? (soon.Code, soon.SupplyBy) : default);
        spec.At("2020-08-03 23:59:59").Passed().ThenNothing();
        Assert.Equal("lease", spec.At("2020-08-04 00:00:00").Passed().Then<PledgeMissed>().Code);
        spec.At("2020-12-01 00:00:00").Passed().ThenNothing();
        Assert.Null(spec.Case.WakeAt);
        // Nothing rests on it where the case was refused.
        Pledged().Given(Acceptance(Lead), Ask.RefuseStep(Supervisor(Lead), "review", Grounds)).At("2020-08-04 00:00").Passed().ThenNothing();
    }

    [Fact] // MODE-7: who has signed owes it, whoever accepted
    public void What_was_pledged_is_owed_where_the_law_accepts_the_case()
    {
        var spec = Pledged().At("2020-07-20 09:00").Given(Grant(Lead, "review"));

        Assert.Equal((true, PledgeState.Open), (spec.Case.Deemed, spec.Case.Pledges.Single().State));
        Assert.Equal([Lease], spec.Case.Deferred);
        spec.At("2020-08-04 00:00").Passed().Then<PledgeMissed>();
    }

    [Fact] // MODE-7: what comes too late is taken in, and was missed all the same
    public void What_is_missed_may_come_in_and_stays_missed()
    {
        var spec = Pledged().Given(Acceptance(Lead), Grant(Lead, "review")).At("2020-08-04 09:00");

        spec.When(Ask.SupplyMaterials(Samples.Applicant, [Paper("lease")])).Then(typeof(PledgeMissed), typeof(MaterialsSupplied));

        Assert.Equal([PledgeState.Missed], spec.Case.Pledges.Select(p => p.State));
        Assert.Empty(spec.Case.Deferred);
    }

    [Fact] // MODE-7
    public void What_was_handed_in_in_time_or_is_owed_by_nobody_is_never_missed()
    {
        Assert.Null(Pledged().Given(Acceptance(Lead), Grant(Lead, "review"), Ask.SupplyMaterials(Samples.Applicant, [Paper("lease")])).Case.WakeAt);
        Assert.Null(Pledged().Given(Acceptance(Lead), Ask.WithdrawCase(Agency, null)).Case.WakeAt);
        Assert.Null(Pledged().Given(Acceptance(Lead), Ask.RefuseCase(Supervisor(Lead), Grounds)).Case.WakeAt);
        // Of a pledge that is signed within the three days nobody needs to be told.
        var near = CaseSpec.Submitted(Plain, "form").Given(Pledge("2020-07-02"), Acceptance(Lead), Grant(Lead, "review"));
        Assert.Equal(China.At("2020-07-02 23:59:59"), near.Case.WakeAt);
    }

    [Fact] // MODE-7: what ends and grants nothing leaves nothing to hand in, be it accepted or not
    public void What_was_pledged_for_a_case_that_ended_without_a_grant_is_owed_no_more()
    {
        CaseSpec[] ended =
        [
            Pledged().Given(Acceptance(Lead)).At("2020-07-03 09:00").Given(Ask.WithdrawCase(Agency, null)),
            Pledged().Given(Acceptance(Lead)).At("2020-07-03 09:00").Given(Ask.RefuseCase(Supervisor(Lead), Grounds)),
            Pledged().At("2020-07-03 09:00").Given(Ask.WithdrawCase(Agency, null)),
            Pledged().At("2020-07-03 09:00").Given(Ask.DeclineCase(Supervisor(Lead), NonAcceptanceKind.FalseMaterials, "租赁合同系伪造")),
        ];

        Assert.All(ended, spec => Assert.Equal((China.At("2020-07-03 09:00"), null), (spec.Case.OwedUntil, spec.Case.WakeAt)));
        Assert.Null(Pledged().Given(Acceptance(Lead), Grant(Lead, "review")).Case.OwedUntil);
        Assert.Null(Pledged().Given(Acceptance(Lead)).Case.OwedUntil);
        Assert.Null(CaseSpec.Accepted().Given(Ask.WithdrawCase(Agency, null)).Case.OwedUntil);
    }

    [Theory] // MODE-7: 60 working days from 2020-07-01 end on 2020-09-23
    [InlineData("lease", "2020-09-23", null)]
    [InlineData("lease", "2020-09-24", "/supplyBy")]
    [InlineData("lease", "2020-07-01", null)]
    [InlineData("lease", "2020-06-30", "/supplyBy")]
    [InlineData("form", "2020-07-31", "/code")]
    [InlineData("passport", "2020-07-31", "/code")]
    public void A_pledge_is_about_a_deferrable_material_within_60_working_days(string material, string day, string? wrong)
    {
        var spec = CaseSpec.Submitted(Plain, "form").When(Pledge(day, material));

        if (wrong is null)
            spec.Then<MaterialPledged>();
        else
            Assert.Equal(wrong == "/supplyBy", spec.ThenRefused(CaseRefusals.NotDeferrable, wrong).Refused!.Fields[0].Detail!.En.EndsWith("from 2020-07-01 to 2020-09-23.", StringComparison.Ordinal));
    }

    [Fact] // MODE-7
    public void A_pledge_is_signed_under_the_text_there_is()
    {
        var spec = CaseSpec.Submitted(Plain, "form");

        spec.When(new Asked(Samples.Applicant, Ask.Pledge("lease", "2020-08-03") with { Digest = SignedTexts.Declaration.Digest }))
            .ThenRefused(CaseRefusals.PledgeChanged, "/digest");
        spec.When(new Asked(Samples.Applicant, Ask.Pledge("lease", "2020-08-03") with { Signatory = " " })).ThenRefused(CaseRefusals.SignatoryInvalid, "/signatory");
    }

    [Fact] // MODE-7
    public void Before_acceptance_another_day_may_be_pledged_and_afterwards_none()
    {
        var spec = Pledged().When(Pledge()).ThenNothing();
        spec.When(Pledge("2020-08-31")).Then<MaterialPledged>();
        Assert.Equal([China.Day("2020-08-31")], spec.Case.Pledges.Select(p => p.Made.SupplyBy));

        spec.Given(Acceptance(Lead));
        spec.When(Pledge("2020-09-01")).ThenRefused(CaseRefusals.NotInThisState);
        spec.When(Acceptance(Lead)).ThenNothing();
        spec.When(Ask.AcceptCase(Clerk(Lead), [Lease])).ThenRefused(CaseRefusals.NotInThisState);
        CaseSpec.Submitted(Plain, "form", "lease").When(Pledge()).ThenRefused(CaseRefusals.NotDeferrable, "/code");
    }

    [Fact] // MODE-7: nobody exchanges what a decision rests on
    public void After_acceptance_only_what_was_pledged_comes_in()
    {
        var spec = Pledged().Given(Acceptance(Lead));

        spec.When(Ask.SupplyMaterials(Agency, [Paper("lease"), Paper("form")])).ThenRefused(CaseRefusals.NotInThisState);
        spec.When(Ask.SupplyMaterials(Agency, [Paper("photo")])).ThenRefused(CaseRefusals.NotInThisState);
        spec.Given(Ask.WithdrawCase(Agency, null)).When(Ask.SupplyMaterials(Agency, [Paper("lease")])).ThenRefused(CaseRefusals.NotInThisState);
    }

    [Fact] // MODE-7: what another item does not let follow was pledged in vain
    public void A_pledge_goes_along_to_an_item_that_has_the_material_to_follow()
    {
        Asked Move(bool deferrable) => Ask.MoveCaseToItem(
            Clerk(Lead), Plain with { Code = "OTHER", Materials = [.. Plain.Materials.Select(m => m with { Deferrable = deferrable && m.Code == "lease" })] }, 1, "事项有误");

        Assert.Single(Pledged().Given(Move(deferrable: true)).Case.Pledges);
        Assert.Empty(Pledged().Given(Move(deferrable: false)).Case.Pledges);
    }
}
