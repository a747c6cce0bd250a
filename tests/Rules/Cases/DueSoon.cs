using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>CLK-7: the end of a promise is near for the last quarter of its time, which those are told who have a step open.</summary>
public class DueSoon
{
    private const Department Lead = Department.MarketRegulation;

    [Fact] // accepted on Wednesday the 1st at ten, promised until the end of Wednesday the 8th
    public void A_promise_that_is_near_is_told_once_and_a_missed_one_is_not_near()
    {
        var spec = CaseSpec.Accepted();
        Assert.Equal(China.At("2020-07-07 02:29:59") + TimeSpan.FromMilliseconds(250), spec.Case.WakeAt);

        spec.At("2020-07-07 02:29:59").Passed().ThenNothing();
        var soon = spec.At("2020-07-07 02:30:00").Passed().Then<CaseDueSoon>();

        Assert.Equal((China.At("2020-07-08 23:59:59"), "review"), (soon.DueAt, Assert.Single(soon.Steps)));
        Assert.Equal(spec.Now, spec.Case.DueSoonAt);
        spec.At("2020-07-08 23:59:59").Passed().ThenNothing();
        spec.At("2020-07-09 00:00").Passed().Then<CaseOverdue>();
        CaseSpec.Accepted().At("2020-07-09 00:00").Passed().Then<CaseOverdue>();
    }

    [Fact] // CLK-7, REM-1: accepted on the 1st, the law leaves until the end of the 29th
    public void After_a_missed_promise_the_laws_limit_is_near_once_and_passes_once()
    {
        var spec = CaseSpec.Accepted().At("2020-07-09 09:00").Given(Ask.ExplainDelay(Clerk(Lead), "停电"));
        spec.At("2020-07-22 20:00").Passed().ThenNothing();

        Assert.Equal(China.At("2020-07-29 23:59:59"), spec.At("2020-07-22 21:00").Passed().Then<CaseDueSoon>().DueAt);
        spec.At("2020-07-29 23:59:59").Passed().ThenNothing();
        Assert.Equal((spec.Now, null), (spec.Case.WakeAt!.Value, spec.Case.Raised));

        var passed = spec.At("2020-07-30 00:00").Passed().Then<StatutoryLimitPassed>();

        Assert.Equal((China.At("2020-07-29 23:59:59"), spec.Now), (passed.DueAt, spec.Case.StatutoryPassedAt!.Value));
        Assert.Equal(China.Day("2020-07-30"), Assert.Single(spec.Case.Remedies).From);
        spec.At("2020-12-01 09:00").Passed().ThenNothing();
        Assert.Null(spec.Case.WakeAt);
    }

    [Fact] // CLK-7: what was decided in time by the law has nothing more to pass
    public void What_is_decided_late_by_the_promise_alone_is_not_late_by_the_law() =>
        CaseSpec.Accepted().At("2020-07-09 09:00").Given(Ask.ExplainDelay(Clerk(Lead), "停电"), Grant(Lead, "review")).At("2020-07-30 09:00").Passed().ThenNothing();

    [Fact] // CLK-7: a store of a release that did not look for it
    public void That_a_limit_had_passed_before_anybody_looked_for_it_is_recorded_once()
    {
        var spec = CaseSpec.Accepted().At("2020-08-10 09:00").Recorded(c => new CaseOverdue(China.At("2020-07-09 00:00"), By: null, c.Promised!.At, China.At("2020-07-09 23:59:59")))
            .Recorded(_ => new DelayExplained(China.At("2020-07-09 10:00"), Clerk(Lead), "停电"));

        spec.Passed().Then<StatutoryLimitPassed>();
        spec.At("2020-08-11 09:00").Passed().ThenNothing();
    }

    [Fact] // CLK-7, CLK-8: what lists find it by goes with what it stands for
    public void What_reaches_those_above_stands_until_it_is_settled()
    {
        var spec = CaseSpec.Accepted().At("2020-07-10 00:00").Passed();
        Assert.Equal(nameof(RaisedMatter.DelayUnexplained), spec.Case.Raised);
        spec.At("2020-07-30 00:00").Passed();
        Assert.Equal($"{RaisedMatter.DelayUnexplained} {RaisedMatter.StatutoryLimitPassed}", spec.Case.Raised);
        spec.Given(Grant(Lead, "review"));
        Assert.Equal(nameof(RaisedMatter.DelayUnexplained), spec.Case.Raised);
        Assert.Null(spec.Given(Ask.ExplainDelay(Clerk(Lead), "停电")).Case.Raised);
        Assert.Null(CaseSpec.Accepted().At("2020-07-10 00:00").Passed().Given(Ask.WithdrawCase(Agency, null)).Case.Raised);
    }

    [Fact] // an hour counts as well as a week
    public void Of_three_hall_hours_the_last_three_quarters_of_an_hour_are_near()
    {
        var spec = CaseSpec.Submitted(Plain with { PromisedLimit = new(2, LimitUnit.HallHours) }, "form", "lease").At("2020-07-01 10:00").Given(Acceptance(Lead));

        Assert.Equal(China.At("2020-07-01 12:00"), spec.Case.Promised!.At);
        spec.At("2020-07-01 11:30").Passed().ThenNothing();
        spec.At("2020-07-01 11:30:01").Passed().Then<CaseDueSoon>();
    }

    [Fact] // CLK-3: while the clock stands still nothing is near
    public void What_stands_still_or_has_ended_is_not_near()
    {
        var paused = CaseSpec.Accepted().Given(Ask.PauseClock(Clerk(Lead), null, PauseReason.ExpertReview, null, "2020-07-31"));
        paused.At("2020-07-08 10:00").Passed().ThenNothing();
        CaseSpec.Accepted().Given(Grant(Lead, "review")).At("2020-07-08 10:00").Passed().ThenNothing();
    }

    [Fact] // JOINT-3
    public void Each_department_is_told_of_its_own_open_step_and_who_leads_in_any_case()
    {
        var spec = CaseSpec.Licensed().At("2020-07-08 20:00").Passed();

        Assert.Equal([], Told(Lead)); // its own is granted, and whose are open is not its to see
        Assert.Equal(["invoices"], Told(Department.Tax));
        Assert.Null(Told(Department.SocialSecurity)); // its step waits still

        IReadOnlyList<string>? Told(Department whose) =>
            spec.Case.SeenBy(spec.Facts, Clerk(whose), spec.Now).Select(seen => seen.Fact).OfType<CaseDueSoon>().SingleOrDefault()?.Steps;
    }
}
