using System.Text.Json;
using OneDoor.Clock;
using OneDoor.Feed;
using OneDoor.Files;
using OneDoor.Notifications;
using OneDoor.Platform;
using OneDoor.Trials;
using Xunit;

namespace OneDoor.Cases;

/// <summary>CASE-9: a clerk takes in, at a window of their hall, what somebody who stands there applies for (decision 0090).</summary>
public sealed class WindowJourney(RunningPlatform platform)
{
    private const string Hall = "haigang", Window = $"/v1/halls/{Hall}/windows/6", OfTaxes = "tax-and-insurance", AtOnce = "CUST-001-01";

    [Fact] // CASE-9, SIGHT-1, PERF-1
    public async Task What_a_clerk_takes_in_is_theirs_until_the_day_ends_and_no_colleagues()
    {
        await platform.PassUntilOpen(Hall);
        // The matter is another department's.
        var (clerk, colleague, lead) = (Clerk("p_window_6"), Clerk("p_window_5"), platform.As(Department.MarketRegulation));
        var (ticket, start) = (await Serving(clerk), await FollowedEvents.End(clerk));
        var file = (await clerk.Upload(SampleFiles.Png, FileTypes.Png)).Must(201).Json.Text("id");
        var application = AtTheWindow();
        application["materials"] = ((MaterialGiven[])application["materials"]!).Select((material, i) => i > 0 ? material : new MaterialGiven(material.Code, material.Name, File: Guid.Parse(file))).ToArray();

        var received = (await clerk.Post("/v1/cases", application, ("Idempotency-Key", ticket))).Must(201);

        var (id, path) = (received.Json.Text("id"), received.Header("Location")!);
        Assert.Equal(("submitted", "window", Hall), (received.Json.Text("status"), received.Json.Text("channel"), received.Json.Text("hall")));
        Assert.Equal(id, (await clerk.Post("/v1/cases", application, ("Idempotency-Key", ticket))).Must(201).Json.Text("id"));
        (await clerk.Post($"{ticket}/completion", new { @case = id }, ("If-Match", (await clerk.Get(ticket)).ETag))).Must(200);
        await Sees(clerk, true);
        await Sees(colleague, false);
        // What is granted at once is printed, whoever issued it.
        var licence = (await clerk.Post("/v1/cases", AtTheWindow(AtOnce))).Must(201).Json.List("licences").Single().Text("href");
        await Prints(clerk, true);
        await Prints(colleague, false);
        var bySystem = (await platform.As(Department.Tax).Post("/v1/cases", Applications.For(AtOnce))).Must(201).Json.List("licences").Single();
        Assert.True(bySystem.IsNull("href"));
        (await platform.As(Department.Tax).Get($"/v1/licences/{bySystem.Text("number")}")).Refuses(404, "licence.not-found");

        platform.PassUntil(LegalClock.MidnightOf(LegalClock.DayOf(platform.Now).AddDays(1)));
        await Sees(clerk, false);
        await Sees(colleague, false);
        await Prints(clerk, false);
        Assert.Equal(("window", Hall), ((await lead.Get(path)).Must(200).Json.Text("channel"), (await lead.Get(path)).Json.Text("hall")));

        async Task Prints(Client reader, bool prints)
        {
            foreach (var read in new[] { licence, $"{licence}/document", $"{licence}/history" })
                Assert.Equal((read, prints ? 200 : 404), (read, (await reader.Get(read)).Status));
            var number = Uri.UnescapeDataString(licence.Split('/')[^1]);
            Assert.Equal(prints, !(await reader.Ask($"{{ licence(number: \"{number}\") {{ status }} }}")).IsNull("licence"));
        }

        // By whichever door, it is there for somebody or for nobody.
        async Task Sees(Client reader, bool sees)
        {
            foreach (var read in new[] { path, $"{path}/history", $"{path}/clock", $"{path}/plan", $"{path}/documents", $"{path}?asOf={Uri.EscapeDataString(received.Json.Text("submittedAt"))}", $"/v1/files/{file}" })
                Assert.Equal((read, sees ? 200 : 404), (read, (await reader.Get(read)).Status));
            foreach (var list in new[] { "", $"&hall={Hall}", $"&ids={id}", "&sort=-changed" })
                Assert.Equal((list, sees), (list, (await reader.Get($"/v1/cases?first=100{list}")).Must(200).Json.Each("items", "id").Contains(id)));
            Assert.Equal(sees ? 1 : 0, (await reader.Get($"/v1/cases?ids={id}&count=true")).Must(200).Json.GetProperty("total").GetInt32());
            var asked = await reader.Ask($"{{ case(id: \"{id}\") {{ id contact {{ phone }} }} node(id: \"{id}\") {{ id }} cases(first: 100) {{ nodes {{ id }} }} }}");
            Assert.Equal((sees, sees, sees), (!asked.IsNull("case"), !asked.IsNull("node"), asked.GetProperty("cases").Each("nodes", "id").Contains(id)));
            Assert.Equal(sees, (await TriedEvents.ReadAll(reader, start)).Any(told => told.Text("subject") == path));
        }
    }

    [Fact] // CASE-9
    public async Task Staff_take_in_for_their_own_hall_at_its_window_and_with_the_scope_for_it()
    {
        var (clerk, application) = (Clerk("p_window_6"), AtTheWindow());
        Dictionary<string, object?> Elsewhere(string member, string value) => new(application) { [member] = value };

        (await clerk.Post("/v1/cases", Elsewhere("hall", "airport"))).Refuses(422, "case.not-your-hall");
        (await clerk.Post("/v1/cases", Elsewhere("channel", "online"))).Refuses(422, "case.channel-not-window");
        var graph = (await clerk.Ask("mutation($input: SubmitCaseInput!) { submitCase(input: $input) { case { id } problem { code } } }", new { input = new Dictionary<string, object?>(Elsewhere("channel", "AGENCY")) { ["applicant"] = new Dictionary<string, object?>(Applications.Company()) { ["kind"] = "LEGAL_ENTITY" } } })).GetProperty("submitCase");
        Assert.Equal((true, "case.channel-not-window"), (graph.IsNull("case"), graph.GetProperty("problem").Text("code")));
        (await Clerk("p_nowhere", hall: null).Post("/v1/cases", application)).Refuses(422, "case.not-your-hall");
        (await Clerk("p_window_6", scope: Scopes.CasesHandle).Post("/v1/cases", application)).Refuses(403, "auth.scope-missing");
        // To a system the scope gives nothing.
        var system = platform.With(new() { ["sub"] = "some-system", ["client_id"] = "some-system", ["scope"] = Scopes.CasesReceive, [Claims.Department] = Kebab.Of(Department.Tax) });
        (await system.Post("/v1/cases", application)).Refuses(403, "auth.scope-missing");

        // As identity lets a clerk sign in, whose hall need not be named.
        application.Remove("hall");
        var received = (await SignedIn.Client(platform, "clerk", Scopes.CasesReceive).Post("/v1/cases", application)).Must(201).Json;
        Assert.Equal(("window", "airport"), (received.Text("channel"), received.Text("hall")));
    }

    [Fact] // CASE-9
    public async Task Whose_number_it_is_is_told_of_it_and_another_name_is_remarked_and_the_history_says_where_it_came_in()
    {
        var (clerk, lead, application) = (Clerk("p_window_6"), platform.As(Department.MarketRegulation), AtTheWindow());
        var company = new Dictionary<string, object?>((Dictionary<string, object?>)application["applicant"]!);
        Assert.Empty((await clerk.Post("/v1/cases", application)).Must(201).Json.List("remarks"));
        (await platform.As(Department.Tax).Post("/v1/cases", new Dictionary<string, object?>(Applications.For(Applications.Plain)) { ["applicant"] = company })).Must(201);
        application["applicant"] = new Dictionary<string, object?>(company) { ["name"] = "李四商店" };
        // At an instant of its own, so that the inbox has it last.
        platform.Pass(TimeSpan.FromSeconds(1));

        var received = (await clerk.Post("/v1/cases", application)).Must(201).Json;

        Assert.Equal("/applicant", Assert.Single(received.List("remarks")).Text("field"));
        Assert.DoesNotContain((string)company["name"]!, received.GetRawText(), StringComparison.Ordinal);
        var path = $"/v1/cases/{received.Text("id")}";
        Assert.Single((await lead.Get(path)).Must(200).Json.List("remarks"));
        var told = (await new ToldApplicant(platform, company).Person.Get("/v1/notifications", ("Accept-Language", "en"))).Must(200).Json.List("items");
        Assert.Equal(2, told.Length);
        Assert.Equal(("onedoor.case.submitted", "An application was taken in for you", path), (told[0].Text("type"), told[0].Text("title"), told[0].Text("thing")));

        async Task<JsonElement> Began(Client reader) => (await reader.Get($"{path}/history")).Must(200).Json.List("items")[0];
        var (own, others) = (await Began(clerk), await Began(lead));
        Assert.Equal(("window", Hall), (others.GetProperty("details").Text("channel"), others.GetProperty("details").Text("hall")));
        Assert.Equal(("p_window_6", false), (own.GetProperty("by").Text("person"), others.GetProperty("by").TryGetProperty("person", out _)));
        var graph = await clerk.Ask($"{{ case(id: \"{received.Text("id")}\") {{ history {{ by {{ person }} details {{ channel hall }} }} }} }}");
        Assert.Equal("p_window_6", graph.GetProperty("case").List("history")[0].GetProperty("by").Text("person"));
    }

    private static Dictionary<string, object?> AtTheWindow(string item = Applications.Plain) => new(Applications.For(item)) { ["channel"] = "window", ["hall"] = Hall };

    // Of the tax department, with what a clerk may; the feed shows what its reader sees.
    private Client Clerk(string subject, string? hall = Hall, string? scope = null)
    {
        Dictionary<string, object> claims = new()
        {
            ["sub"] = subject, ["client_id"] = "hall-windows", ["scope"] = scope ?? $"{AccessTable.ScopesOf("clerk")} {Scopes.EventsRead}", [Claims.Department] = Kebab.Of(Department.Tax),
        };
        if (hall is not null)
            claims[Claims.Hall] = hall;
        return platform.With(claims);
    }

    // Somebody has come for their taxes and is being served; whoever waits before them is called in vain.
    private static async Task<string> Serving(Client clerk)
    {
        (await clerk.Post($"{Window}/opening", new { groups = new[] { OfTaxes } })).Must(200);
        var ticket = (await clerk.Post($"/v1/halls/{Hall}/tickets", new { group = OfTaxes })).Must(201).Header("Location")!;
        for (var called = await Next(); called.Json.Text("id") != ticket.Split('/')[^1]; called = await Next())
            (await clerk.Post($"/v1/tickets/{called.Json.Text("id")}/miss", null, ("If-Match", called.ETag))).Must(200);
        (await clerk.Post($"{ticket}/service", null, ("If-Match", (await clerk.Get(ticket)).ETag))).Must(200);
        return ticket;

        async Task<Answered> Next() => (await clerk.Post($"{Window}/next")).Must(200);
    }
}
