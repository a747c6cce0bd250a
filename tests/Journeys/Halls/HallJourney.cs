using OneDoor.Platform;
using Xunit;

namespace OneDoor.Halls;

/// <summary>Where one goes: halls and departments, for everybody and in both languages.</summary>
public sealed class HallJourney(RunningPlatform platform)
{
    [Fact]
    public async Task Halls_say_where_they_are_and_when_they_are_open()
    {
        var halls = (await platform.Anybody.Get("/v1/halls", ("Accept-Language", "zh"))).Must(200).Json.List("items");

        Assert.Equal(["airport", "logistics", "lingang", "haigang"], halls.Select(h => h.Text("code")));
        Assert.Equal("空港政务服务大厅", halls[0].Text("name"));
        Assert.Equal([("08:30", "12:00"), ("13:00", "17:30")], halls[0].List("hours").Select(h => (h.Text("from"), h.Text("until"))));
        Assert.All(halls, hall => Assert.NotEqual("", hall.Text("address")));
        var airport = (await platform.Anybody.Get("/v1/halls/airport")).Must(200);
        Assert.Equal("Airport service hall", airport.Json.Text("name"));
        (await platform.Anybody.Get("/v1/halls/airport", ("If-None-Match", airport.ETag))).Must(304);
        (await platform.Anybody.Get("/v1/halls/moon")).Refuses(404, "hall.not-found");
    }

    [Fact]
    public async Task Departments_say_what_they_are_called_and_where_they_sit()
    {
        var (zh, en) = (
            (await platform.Anybody.Get("/v1/departments", ("Accept-Language", "zh"))).Must(200).Json.List("items"),
            (await platform.Anybody.Get("/v1/departments")).Must(200).Json.List("items"));

        Assert.Equal(Enum.GetValues<Department>().Select(Kebab.Of), en.Select(d => d.Text("code")));
        Assert.Equal(("税务局", "Tax"), (zh[1].Text("name"), en[1].Text("name")));
        Assert.All(zh.Zip(en), both => Assert.NotEqual(both.First.Text("name"), both.Second.Text("name")));
        Assert.Equal(("国家税务总局天津市税务局", "Tianjin Tax Bureau, State Taxation Administration"), (zh[1].Text("reconsiderationAuthority"), en[1].Text("reconsiderationAuthority")));
        Assert.All([.. zh, .. en], d => Assert.All(["officialName", "reconsiderationAuthority", "reconsiderationAddress", "court"], field => Assert.NotEqual("", d.Text(field))));
        var hall = (await platform.Anybody.Get($"/v1/halls/{en[0].Text("hall")}")).Must(200).Json;
        Assert.All(en, d => Assert.Equal((hall.Text("code"), hall.Text("address")), (d.Text("hall"), d.Text("address"))));
    }

    [Fact]
    public async Task GraphQL_shows_the_same()
    {
        var asked = await platform.Anybody.Ask("{ halls { code name address hours { from until } } hall(code: \"airport\") { name } departments { code name hall } none: hall(code: \"moon\") { code } }");

        Assert.Equal(["airport", "logistics", "lingang", "haigang"], asked.Each("halls", "code"));
        Assert.Equal("Airport service hall", asked.GetProperty("hall").Text("name"));
        Assert.Contains("MARKET_REGULATION", asked.Each("departments", "code"));
    }
}
