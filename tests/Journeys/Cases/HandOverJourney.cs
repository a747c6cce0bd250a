using System.Globalization;
using OneDoor.Clock;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>B18 by the public API: seals are handed over, and the case says by which way, to whom and when.</summary>
public sealed class HandOverJourney(RunningPlatform platform)
{
    /// <summary>(B18)</summary>
    [Fact]
    public async Task Seals_are_handed_over_to_somebody_on_a_day()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Department.MarketRegulation);
        await @case.Grant((Department.MarketRegulation, "licence"), (Department.PublicSecurity, "seals"));
        var on = LegalClock.DayOf(platform.Now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        (await @case.Do(Department.PublicSecurity, "hand-overs", new { step = "seals", what = "公章一枚", way = "electronic", receiver = "陈建国", on })).Refuses(422, "hand-over.way-not-offered");
        (await @case.Do(Department.PublicSecurity, "hand-overs", new { step = "seals", what = "公章一枚", way = "pickup", receiver = "陈建国", on })).Must(200);

        var handedOver = Assert.Single((await @case.Now()).List("handOvers"));
        Assert.Equal(("seals", "公章一枚", "pickup", "陈建国", on), (handedOver.Text("step"), handedOver.Text("what"), handedOver.Text("way"), handedOver.Text("receiver"), handedOver.Text("on")));
        Assert.Empty((await @case.SeenBy(Department.Tax)).List("handOvers"));
        Assert.Contains(await @case.History(), entry => entry.Text("type") == "handed-over");
        var graph = (await platform.As(CaseJourney.Submitter).Ask($"{{ case(id: \"{@case.Id}\") {{ handOvers {{ way receiver }} }} }}")).GetProperty("case");
        Assert.Equal("PICKUP 陈建国", Assert.Single(graph.List("handOvers").Select(h => $"{h.Text("way")} {h.Text("receiver")}")));
    }
}
