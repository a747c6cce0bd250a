using System.Reflection;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>In the sandbox a case's clock is moved forward, and the case alone goes by it.</summary>
public class MovedClocks
{
    private static CaseSpec Moved(string to = "2020-07-31 10:00", Actor? by = null) =>
        CaseSpec.Submitted(Plain, "form", "lease").When(new(by ?? Agency, new MoveClock(default, China.At(to))));

    [Fact] // CASE-2, CLK-7, CLK-8: five days to answer, five to decide, one to explain, and twenty that the law leaves
    public void What_becomes_due_on_the_way_happens_when_it_is_due()
    {
        var spec = Moved();

        Assert.Equal(
            [typeof(SandboxClockMoved), typeof(CaseAccepted), typeof(StepOpened), typeof(CaseOverdue), typeof(DelayUnexplained), typeof(StatutoryLimitPassed)],
            spec.Facts.Skip(1).Select(fact => fact.GetType()).Except([typeof(CaseDueSoon)]));
        Assert.Equal(spec.Facts.Select(fact => fact.At).Order(), spec.Facts.Select(fact => fact.At));
        Assert.Equal(China.At("2020-07-08 23:59:59").AddSeconds(1), spec.Fact<CaseAccepted>().At);
        Assert.Equal((true, CaseStatus.Accepted), (spec.Fact<CaseAccepted>().Deemed, spec.Case.Status));
    }

    [Fact]
    public void It_runs_as_everybodys_does_and_is_found_by_everybodys()
    {
        var spec = Moved("2020-07-07 10:00");
        var now = China.At("2020-07-01 10:00");

        Assert.Equal(China.At("2020-07-07 11:00"), spec.Case.NowAt(now.AddHours(1)));
        Assert.Equal(now.AddHours(1), spec.Case.EverybodysAt(China.At("2020-07-07 11:00")));
        // Nobody has answered by the end of the 8th, which is the 2nd of everybody's.
        Assert.Equal(China.At("2020-07-02 23:59:59"), spec.Case.WakeAt);
        Assert.Equal(now, spec.Case.ChangedAt);
        spec.At("2020-07-07 10:00").Given(Acceptance(Department.MarketRegulation));
        Assert.Equal(spec.Case.Promised!.At.AddDays(-6), spec.Case.Find().DueAt);
        Assert.Equal(spec.Case.Step("review")!.Due!.At.AddDays(-6), spec.Case.Find().Places.Single(place => place.Due.Count > 0).Due[0]);
    }

    [Fact] // decision 0075: whoever asks for what has changed since hears of it
    public void What_became_due_on_the_way_happened_by_everybodys_clock_when_it_was_moved()
    {
        var spec = Moved();
        var now = China.At("2020-07-01 10:00");

        Assert.All(spec.Facts.Skip(1), fact => Assert.Equal(now, spec.Case.EverybodysAt(fact)));
        Assert.Equal(now, spec.Case.ChangedAt);
        spec.At("2020-07-31 11:00").Given(Grant(Department.MarketRegulation, "review"));
        Assert.Equal(now.AddHours(1), spec.Case.ByEverybodysClock(spec.Facts)[^1].At);
        Assert.Equal(now.AddHours(1), spec.Case.ChangedAt);
    }

    [Fact]
    public void It_is_moved_again_from_what_it_shows()
    {
        var spec = Moved("2020-07-02 10:00").At("2020-07-02 10:30").When(new(Agency, new MoveClock(default, China.At("2020-07-03 10:30"))));

        // Half an hour later it is half past ten of the 3rd.
        Assert.Equal(China.At("2020-07-01 10:30"), spec.Fact<SandboxClockMoved>().Since);
        Assert.Equal(China.At("2020-07-03 10:30"), spec.Case.NowAt(China.At("2020-07-01 10:30")));
    }

    private static readonly Dictionary<Refusal, Func<CaseSpec>> Refused = new()
    {
        [SandboxClockRefusals.NotYours] = () => Moved(by: Clerk(Department.MarketRegulation)),
        [SandboxClockRefusals.Backward] = () => Moved("2020-07-01 10:00"),
        [SandboxClockRefusals.TooFar] = () => Moved("2025-07-01 10:01"),
    };

    [Fact]
    public void It_is_moved_by_who_submitted_and_forward_and_not_too_far()
    {
        Assert.All(Refused, story => Assert.Equal(story.Key.Code, story.Value().Refused?.Code));
        Assert.Equal(
            typeof(SandboxClockRefusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((Refusal)f.GetValue(null)!).Code).Order(StringComparer.Ordinal),
            Refused.Keys.Select(refusal => refusal.Code).Order(StringComparer.Ordinal));
    }
}
