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
        // APPT-3: who is served with priority is data, which an app reads here.
        Assert.Equal(("aged", "Aged"), (airport.Json.List("priorities")[0].Text("code"), airport.Json.List("priorities")[0].Text("name")));
        (await platform.Anybody.Get("/v1/halls/airport", ("If-None-Match", airport.ETag))).Must(304);
        (await platform.Anybody.Get("/v1/halls/moon")).Refuses(404, "hall.not-found");
    }

    [Fact]
    public async Task A_hall_says_what_it_handles_in_which_group_and_at_which_windows()
    {
        // Nobody else opens its windows, or says when it takes appointments.
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        var (anybody, office) = (platform.Anybody.At(api.Http), platform.As(Department.ServiceOffice, Scopes.QueueOperate).At(api.Http));
        const string at = "/v1/halls/lingang";
        var before = (await anybody.Get(at)).Must(200);
        Assert.Equal([1, 2, 3, 4], before.Json.List("windows").Select(w => w.GetProperty("number").GetInt32()).Take(4));
        var market = before.Json.List("groups").Single(g => g.Text("code") == "market");
        Assert.Equal(("Market entry", "A", 30), (market.Text("name"), market.Text("letter"), market.GetProperty("slotMinutes").GetInt32()));
        var handled = (await anybody.Get("/v1/catalogue/items?hall=lingang&first=1&count=true")).Must(200).Json.GetProperty("total").GetInt32();
        Assert.Equal(handled, before.Json.List("groups").Sum(g => g.List("items").Length));

        (await office.Post($"{at}/windows/4/opening", new { groups = (string[])["general"] })).Must(200);

        var after = (await anybody.Get(at, ("If-None-Match", before.ETag))).Must(200).Json;
        var opened = Assert.Single(after.List("windows"), w => w.GetProperty("open").GetBoolean());
        Assert.Equal((4, "general"), (opened.GetProperty("number").GetInt32(), opened.List("groups").Single().GetString()));
        var asked = await anybody.Ask("{ hall(code: \"lingang\") { groups { code items { code slots } } windows { number open } } }");
        Assert.Equal(handled, asked.GetProperty("hall").List("groups").Sum(g => g.List("items").Length));
        Assert.Single(asked.GetProperty("hall").List("windows"), w => w.GetProperty("open").GetBoolean());
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
        var asked = await platform.Anybody.Ask("{ halls { code name address hours { from until } } hall(code: \"airport\") { name priorities { code name } } departments { code name hall } none: hall(code: \"moon\") { code } }");

        Assert.Equal(["airport", "logistics", "lingang", "haigang"], asked.Each("halls", "code"));
        Assert.Equal("Airport service hall", asked.GetProperty("hall").Text("name"));
        Assert.Equal("Aged", asked.GetProperty("hall").List("priorities")[0].Text("name"));
        Assert.Contains("MARKET_REGULATION", asked.Each("departments", "code"));
    }
}
