using System.Reflection;
using OneDoor.Clock;
using Xunit;

namespace OneDoor.Trials;

/// <summary>Every refusal of what is tried is produced by the rule.</summary>
public class EveryTrialRefusal
{
    private static readonly TrialAsking Asked = new(new("sandbox-tax", "sandbox-tax", Department.Tax), China.At("2020-07-01 09:00"))
    {
        IsSandbox = true, IsType = true, Facts = [new("round_made", "{}")], IsTold = true,
    };

    private static readonly Dictionary<Refusal, Func<Refusal?>> Stories = new()
    {
        [TrialRefusals.OnlyInDevelopment] = () => Refused(Asked with { IsSandbox = false }),
        [TrialRefusals.TypeUnknown] = () => Refused(Asked with { IsType = false }),
        [TrialRefusals.EventNotOffered] = () => Refused(Asked with { Facts = [] }),
        [TrialRefusals.EventNotTold] = () => Refused(Asked with { IsTold = false }),
    };

    private static Refusal? Refused(TrialAsking asked) => SampleEvent.Decide(new TriggerEvent("onedoor.round.made"), asked).Refused;

    [Fact]
    public void Every_refusal_is_produced() => Assert.All(Stories, story => Assert.Equal(story.Key.Code, story.Value()?.Code));

    [Fact]
    public void No_refusal_is_without_a_story() => Assert.Equal(
        typeof(TrialRefusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((Refusal)f.GetValue(null)!).Code).Order(StringComparer.Ordinal),
        Stories.Keys.Select(r => r.Code).Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_triggered_is_theirs_alone_who_asked()
    {
        var e = SampleEvent.Evolve(null, SampleEvent.Decide(new TriggerEvent("onedoor.round.made"), Asked).Facts.Single());

        Assert.NotNull(e.SeenBy(Asked.By, Asked.Now));
        Assert.Null(e.SeenBy(Asked.By with { Subject = "p_clerk" }, Asked.Now));
        Assert.Null(e.SeenBy(Asked.By with { Client = "sandbox-customs" }, Asked.Now));
    }
}
