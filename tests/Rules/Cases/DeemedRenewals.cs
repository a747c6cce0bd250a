using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>LIC-5, 行政许可法 art. 50: a renewal that was asked for in time and is not answered before the licence ends counts as granted.</summary>
public class DeemedRenewals
{
    private const Department Lead = Department.MarketRegulation;

    // The licence ends with the 30th of September 2020; the last day to ask is the 10th.
    private static CaseSpec Asked(string at = "2020-09-10 10:00") => new CaseSpec().At(at).Given(ExaminedRenewal());

    [Fact]
    public void Whoever_asks_in_time_to_be_examined_waits_for_the_authority()
    {
        var spec = new CaseSpec().At("2020-09-10 10:00").When(ExaminedRenewal()).Then(typeof(CaseSubmitted), typeof(RenewalPermitted), typeof(RenewalAwaited));

        Assert.Equal((true, CaseStatus.Submitted, "OLD-1"), (spec.Case.AwaitsRenewal, spec.Case.Status, spec.Case.Renewal!.Licence));
        Assert.Null(spec.Case.Renewal.AuditedAt);
    }

    [Fact]
    public void Silence_until_the_licence_ends_grants_it_and_not_a_second_before()
    {
        var spec = Asked().Given(Acceptance(Lead)).At("2020-09-30 23:59:59").Passed();
        Assert.Equal(CaseStatus.Accepted, spec.Case.Status);
        Assert.Equal(China.At("2020-10-01 00:00"), spec.Case.WakeAt!.Value.ToOffset(TimeSpan.FromHours(8)));

        var deemed = spec.At("2020-10-01 00:00").Passed().Then<RenewalDeemed>();

        Assert.Equal(("OLD-1", null, true), (deemed.Licence, deemed.By, deemed.Actual is { Unit: LimitUnit.WorkingDays, Value: > 0 }));
        Assert.Equal((CaseStatus.Granted, spec.Now, spec.Now), (spec.Case.Status, spec.Case.DecidedAt, spec.Case.Renewal!.DeemedAt));
        Assert.Equal(StepStatus.Granted, spec.Step("review").Status);
        Assert.Empty(spec.Case.Licences); // the old one goes on
        spec.At("2020-12-01 10:00").When(Ask.RefuseStep(Supervisor(Lead), "review", Grounds)).ThenRefused(CaseRefusals.StepNotOpen);
    }

    [Fact] // the law does not ask whether it was accepted
    public void What_nobody_has_even_accepted_is_deemed_as_well()
    {
        var spec = Asked("2020-09-10 10:00").At("2020-10-01 00:00").Passed();

        Assert.Equal(CaseStatus.Granted, spec.Case.Status);
        Assert.Null(spec.Case.WakeAt is { } wake && wake <= spec.Now ? "it is woken for nothing" : null);
    }

    [Fact] // the grant comes with whoever asks first, recorded or not
    public void A_decision_that_comes_too_late_finds_it_granted()
    {
        var spec = Asked().Given(Acceptance(Lead)).At("2020-10-01 00:00:01");

        spec.When(Grant(Lead, "review"));

        Assert.Contains(spec.Facts, fact => fact is RenewalDeemed);
        Assert.DoesNotContain(spec.Facts, fact => fact is StepGranted or LicenceDelivered);
    }

    [Fact]
    public void While_the_applicant_owes_an_answer_the_silence_is_not_the_authoritys()
    {
        var spec = Asked().Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺签字", "lease")]));
        Assert.False(spec.Case.AwaitsRenewal);

        spec.At("2020-10-01 00:00").Passed();
        Assert.Equal(CaseStatus.CorrectionRequested, spec.Case.Status);
        // What comes in after the licence's end does not bring it back.
        spec.At("2020-10-02 10:00").Given(Ask.SupplyMaterials(Agency, [Paper("lease")]));
        Assert.False(spec.Case.AwaitsRenewal);

        var inTime = Asked().Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺签字", "lease")])).At("2020-09-11 10:00").Given(Ask.SupplyMaterials(Agency, [Paper("lease")]));
        Assert.True(inTime.Case.AwaitsRenewal);
    }

    [Fact]
    public void What_is_answered_withdrawn_or_lost_waits_no_more()
    {
        Assert.False(Asked().Given(Ask.WithdrawCase(Agency, null)).Case.AwaitsRenewal);
        Assert.False(Asked().Given(Acceptance(Lead), Ask.RefuseCase(Supervisor(Lead), Grounds)).Case.AwaitsRenewal);
        var granted = Asked().Given(Acceptance(Lead), Grant(Lead, "review"));
        Assert.Equal(("OLD-1", false), (granted.Case.Licences.Single().Number, granted.Case.AwaitsRenewal));
        var lost = Asked().Given(Acceptance(Lead)).Recorded(c => c.LostRenewal(c.ChangedAt, Supervisor(Lead), "OLD-1").Single());
        Assert.Null(lost.Case.Renewal);
        Assert.Empty(lost.Case.LostRenewal(lost.Now, null, "OLD-1"));
        lost.At("2020-10-01 00:00").Passed();
        Assert.Equal(CaseStatus.Accepted, lost.Case.Status);
    }

    [Fact] // where the law takes it late, the old licence does not outlive its term
    public void A_late_request_that_is_taken_waits_for_nothing()
    {
        var taken = Renewing with { Renewal = Renewing.Renewal! with { LateIs = LateRenewal.Taken } };

        Assert.True(new CaseSpec().At("2020-09-10 10:00").Given(ExaminedRenewal(taken)).Case.AwaitsRenewal);
        var late = new CaseSpec().At("2020-09-11 10:00").When(ExaminedRenewal(taken)).Then(typeof(CaseSubmitted), typeof(RenewalPermitted));
        Assert.False(late.Case.AwaitsRenewal);
        new CaseSpec().At("2020-09-11 10:00").When(ExaminedRenewal()).ThenRefused(RenewalRefusals.TooLate, "/renews");
    }

    [Fact] // LIC-5, CLK-8: whenever it is found, and nobody has to say any more why it took so long
    public void It_counts_as_renewed_as_of_the_licences_own_day()
    {
        var late = Asked().Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺签字", "lease")])).At("2020-09-24 10:00").Given(Ask.SupplyMaterials(Agency, [Paper("lease")]), Acceptance(Lead))
            .At("2020-10-10 09:00").Passed().Then(typeof(CaseOverdue), typeof(RenewalDeemed));

        var end = China.At("2020-10-01 00:00");
        Assert.Equal((end, end, end), (late.Fact<RenewalDeemed>().At, late.Case.DecidedAt, late.Case.Renewal!.DeemedAt));
        Assert.True(late.Case.Actual is { Unit: LimitUnit.WorkingDays, Value: 5.8125m }, $"{late.Case.Actual}");
        late.At("2020-10-20 09:00").Passed().ThenNothing();
        // Of what was late before nothing is lost.
        var unexplained = Asked().Given(Acceptance(Lead)).At("2020-10-10 09:00").Passed();
        Assert.Equal([typeof(CaseOverdue), typeof(DelayUnexplained), typeof(RenewalDeemed)], unexplained.Facts.TakeLast(3).Select(fact => fact.GetType()));
    }

    [Fact]
    public void What_is_accepted_after_the_licences_end_had_waited_for_the_applicant()
    {
        var spec = Asked().Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺签字", "lease")])).At("2020-10-02 10:00").Given(Acceptance(Lead));

        Assert.False(spec.Case.AwaitsRenewal);
        spec.At("2020-10-02 11:00").Passed();
        Assert.Equal(CaseStatus.Accepted, spec.Case.Status);
    }

    private static Asked To(Item item) => Ask.MoveCaseToItem(Clerk(Lead), item, 1, "应为该事项");

    private static readonly Item Elsewhere = Plain with { Code = "PLAIN" };

    private static CaseSpec Moved() => Asked().Given(To(Elsewhere));

    [Fact] // CASE-3 has it so of notices
    public void What_is_moved_to_another_item_renews_nothing_until_it_comes_back()
    {
        var moved = Moved();
        Assert.Null(moved.Case.Renewal);
        // Nobody else asks for it meanwhile.
        Assert.Equal((false, true, "OLD-1"), (moved.Case.AwaitsRenewal, moved.Case.AsksForRenewal, moved.Case.AskedRenewal!.Licence));

        moved.Given(To(Plain with { Code = "OTHER" })).At("2020-09-14 10:00").When(To(Renewing)).Then(typeof(CaseMovedToItem), typeof(RenewalPermitted), typeof(RenewalAwaited));

        Assert.Equal((true, null), (moved.Case.AwaitsRenewal, moved.Case.LeftRenewal));
        moved.Given(Acceptance(Lead)).At("2020-10-01 00:00").Passed();
        Assert.Equal((CaseStatus.Granted, "OLD-1"), (moved.Case.Status, moved.Case.Renewal!.Licence));
    }

    private static CaseSpec AskedElsewhere(string at = "2020-09-10 10:00") => new CaseSpec().At(at).Given(Submission(Elsewhere, "form", "lease"));

    [Fact] // MODE-6, LIC-5: art. 50 looks at when it was asked for, and not by which of its items
    public void What_is_moved_to_the_item_that_renews_was_asked_for_when_it_was_submitted()
    {
        var moved = AskedElsewhere().At("2020-09-14 10:00").When(To(Renewing) with { Renewed = Old }).Then(typeof(CaseMovedToItem), typeof(RenewalPermitted), typeof(RenewalAwaited));
        Assert.Equal(("OLD-1", true), (moved.Case.Renewal!.Licence, moved.Case.AwaitsRenewal));
        Assert.Equal("OLD-1", moved.Given(Acceptance(Lead), Grant(Lead, "review")).Case.Licences.Single().Number);
        Assert.Equal(CaseStatus.Granted, AskedElsewhere().Given(To(Renewing) with { Renewed = Old }).At("2020-10-01 00:00").Passed().Case.Status);

        // Too late is new, as what it is for already; where the law takes it, it waits for nothing.
        AskedElsewhere("2020-09-11 10:00").When(To(Renewing) with { Renewed = Old }).ThenRefused(RenewalRefusals.TooLate, "/item");
        AskedElsewhere("2020-09-11 10:00").When(To(Renewing with { Renewal = Renewing.Renewal! with { LateIs = LateRenewal.Taken } }) with { Renewed = Old }).Then(typeof(CaseMovedToItem), typeof(RenewalPermitted));
        AskedElsewhere().When(To(Renewing) with { Renewed = Old with { IsAwaited = true } }).ThenRefused(RenewalRefusals.AlreadyAsked, "/item");
        AskedElsewhere().When(To(Renewing) with { Renewed = Old with { IsValid = false } }).ThenRefused(RenewalRefusals.NotValid, "/item");
        // Whose licence the platform never knew renews nothing here.
        Assert.Null(AskedElsewhere().When(To(Renewing)).Then(typeof(CaseMovedToItem)).Case.Renewal);
    }

    [Fact] // one case asks for one licence
    public void What_asks_for_the_renewal_of_one_licence_is_not_moved_to_renew_another() =>
        Moved().When(To(Renewing with { Code = "OTHER-RENEWAL" }) with { Renewed = Old with { Number = "OLD-2" } }).ThenRefused(RenewalRefusals.NotOffered, "/item");

    [Fact] // MODE-6, LIC-1
    public void What_is_granted_after_its_licence_was_copied_names_the_copy()
    {
        var granted = Asked().Given(Acceptance(Lead), Grant(Lead, "review") with { RenewedNow = "OLD-1-R1" });

        Assert.Equal(("OLD-1-R1", "OLD-1-R1", "OLD-1-R1"), (granted.Fact<LicenceDelivered>().Number, granted.Case.Licences.Single().Number, granted.Case.Renewal!.Licence));
    }

    [Fact] // as what is asked of the applicant after that
    public void What_comes_back_after_the_licences_end_is_examined_and_not_deemed()
    {
        var back = Moved().Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺签字", "lease")])).At("2020-10-12 10:00").Passed().When(To(Renewing)).Then(typeof(CaseMovedToItem), typeof(RenewalPermitted));

        Assert.False(back.Case.AwaitsRenewal);
        Assert.Equal("OLD-1", back.Given(Acceptance(Lead), Grant(Lead, "review")).Case.Licences.Single().Number);
    }

    [Fact] // what is accepted is not moved any more
    public void What_is_accepted_for_another_item_renews_nothing_for_good_and_its_applicant_is_told()
    {
        var accepted = Moved().When(Acceptance(Lead)).Then(typeof(CaseAccepted), typeof(StepOpened), typeof(RenewalVoided));

        Assert.Equal((false, null), (accepted.Case.AsksForRenewal, accepted.Case.AskedRenewal));
        Assert.Equal((true, "不再办理延续"), (CaseNotifications.Of(accepted.Case, accepted.Fact<RenewalVoided>())!.IsAct, CaseNotifications.Of(accepted.Case, accepted.Fact<RenewalVoided>())!.Title.Zh));
        Assert.Contains(Moved().At("2020-09-18 09:00").Passed().Facts, fact => fact is RenewalVoided { By: null });
    }

    [Fact] // nor what is lost on the way, or was in releases before
    public void What_has_ended_meanwhile_is_not_found_again()
    {
        var lost = Moved().Recorded(c => c.LostRenewal(c.ChangedAt, Supervisor(Lead), "OLD-1").Single());
        Assert.Null(lost.When(To(Renewing)).Then(typeof(CaseMovedToItem)).Case.Renewal);

        var former = Asked().Recorded(c => new CaseMovedToItem(c.ChangedAt, Clerk(Lead), CasePlan.Of(Elsewhere, 1), "首次申请"));
        Assert.Null(former.Case.AskedRenewal);
        Assert.Null(former.When(To(Renewing)).Then(typeof(CaseMovedToItem)).Case.Renewal);
        Assert.False(Moved().Given(Ask.WithdrawCase(Agency, null)).Case.AsksForRenewal);
    }
}
