using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>A department's worklist and the list of cases: contents, filters, pages.</summary>
public sealed class WorklistJourney(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;

    [Fact]
    public async Task A_worklist_holds_what_is_open_and_what_waits()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Lead);

        Assert.Equal(["licence open"], await @case.Tasks(Lead, "&status=open"));
        Assert.Empty(await @case.Tasks(Lead, "&status=waiting"));
        Assert.Equal(["invoices waiting"], await @case.Tasks(Department.Tax, "&status=waiting"));
        Assert.Empty(await @case.Tasks(Department.Tax, "&status=open"));

        await @case.Grant((Lead, "licence"));
        Assert.Empty(await @case.Tasks(Lead));
        Assert.Equal(["invoices open"], await @case.Tasks(Department.Tax, "&status=open"));
    }

    [Theory]
    [InlineData("granted")]
    [InlineData("cancelled")]
    public async Task What_is_decided_is_nobodys_task_to_ask_for(string status)
    {
        var refused = (await platform.As(Lead).Get($"/v1/tasks?status={status}")).Refuses(400, "request.parameter-invalid");

        Assert.Equal("status", Assert.Single(refused.Json.Each("errors", "pointer")));
        Assert.Equal("graphql.validation", await platform.As(Lead).Refused($"{{ tasks(status: {status.ToUpperInvariant()}) {{ nodes {{ step {{ code }} }} }} }}"));
    }

    [Fact]
    public async Task A_list_shows_what_another_process_has_changed()
    {
        await using var other = platform.StartApi(platform.Database);
        platform.Pass(TimeSpan.FromSeconds(1)); // Of the cases of one instant, any may come first.
        var @case = await CaseJourney.Submitted(platform, Applications.Establishment);
        var (reader, lead) = (platform.As(CaseJourney.Submitter), platform.As(Lead).At(other.Http));
        async Task<string?> Status(Client who) => (await who.Get("/v1/cases?first=100")).Must(200).Json.List("items")
            .Where(c => c.Text("id") == @case.Id).Select(c => c.Text("status")).SingleOrDefault();
        Assert.Equal("submitted", await Status(reader));
        Assert.Equal("submitted", await Status(platform.As(Lead)));

        (await lead.Post($"{@case.Path}/acceptance", null, ("If-Match", @case.Receipt.ETag))).Must(200);
        Assert.Equal("accepted", await Status(reader));

        var handedOn = new { kind = "department", department = "tax", reason = "属税务职责。" };
        (await lead.Post($"{@case.Path}/referrals", handedOn, ("If-Match", (await lead.Get(@case.Path)).ETag))).Must(200);
        Assert.Equal("accepted", await Status(reader));
        Assert.Null(await Status(platform.As(Lead)));
    }

    [Fact]
    public async Task A_task_names_its_case_and_when_it_is_due()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Plain, Lead);

        var tasks = await platform.As(Lead).Every("/v1/tasks?first=100&status=open");

        var task = tasks.Single(t => t.GetProperty("case").Text("id") == @case.Id);
        var now = await @case.Now();
        Assert.Equal(now.Text("number"), task.GetProperty("case").Text("number"));
        Assert.Equal(Applications.Plain, task.GetProperty("case").GetProperty("item").Text("code"));
        Assert.Equal("market-regulation", task.Text("department"));
        foreach (var member in new[] { "version", "status", "applicant" })
            Assert.Equal(now.GetProperty(member).ToString(), task.GetProperty("case").GetProperty(member).ToString());
        Assert.Equal(now.Promised().Text("dueAt"), task.GetProperty("case").Text("dueAt"));
        Assert.Equal(now.Step("decision").Text("dueAt"), task.Text("dueAt"));
        Assert.Equal(now.Step("decision").Text("openedAt"), task.Text("openedAt"));
    }

    [Theory]
    [InlineData("/v1/tasks?department=construction", Department.Construction)]
    [InlineData("/v1/tasks?status=waiting", Department.Construction)]
    [InlineData("/v1/cases?item=INVESTMENT-PROJECT", Department.Construction)]
    [InlineData("/v1/cases?status=submitted", Department.ServiceOffice)]
    public async Task Small_pages_hold_the_same_as_large_ones_each_entry_once(string list, Department reader)
    {
        for (var i = 0; i < 4; i++)
            await CaseJourney.Submitted(platform, Applications.Investment);

        var large = await Pages(platform.As(reader), $"{list}&first=100");
        var small = await Pages(platform.As(reader), $"{list}&first=3");

        Assert.True(large.Length >= 4);
        Assert.Equal(large, small);
        Assert.Equal(large.Length, large.Distinct().Count());
    }

    [Fact]
    public async Task Pages_stay_stable_while_new_cases_arrive()
    {
        platform.Pass(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 5; i++)
            await CaseJourney.Submitted(platform, Applications.Plain);
        platform.Pass(TimeSpan.FromSeconds(1));
        var office = platform.As(Department.ServiceOffice);
        var whole = (await office.Get($"/v1/cases?item={Applications.Plain}&first=5")).Must(200).Json.Each("items", "id");

        var first = (await office.Get($"/v1/cases?item={Applications.Plain}&first=2")).Must(200);
        await CaseJourney.Submitted(platform, Applications.Plain);
        var second = (await office.Get(first.Json.Text("next"))).Must(200).Json;

        Assert.Equal(whole.Take(4), first.Json.Each("items", "id").Concat(second.Each("items", "id")));
        Assert.Equal($"<{first.Json.Text("next")}>; rel=\"next\"", first.Header("Link"));
        Assert.StartsWith($"/v1/cases?item={Applications.Plain}&first=2&after=", first.Json.Text("next"), StringComparison.Ordinal);
        Assert.False(first.Json.TryGetProperty("total", out _));
    }

    [Fact]
    public async Task Cases_are_found_by_status_item_and_day()
    {
        platform.Pass(TimeSpan.FromDays(1));
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        var today = platform.Now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var tomorrow = platform.Now.AddDays(1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        Assert.Contains(@case.Id, await Found($"item={Applications.Plain}&status=submitted&submittedFrom={today}&submittedTo={today}"));
        Assert.DoesNotContain(@case.Id, await Found($"submittedFrom={tomorrow}"));
        Assert.DoesNotContain(@case.Id, await Found("status=granted"));
        Assert.DoesNotContain(@case.Id, await Found($"item={Applications.Establishment}"));
        Assert.Contains(@case.Id, await Found("department=market-regulation"));
        Assert.DoesNotContain(@case.Id, await Found("department=tax"));

        (await @case.Do(Lead, "correction-notices", new { lines = new[] { new { material = "staff-list", text = "请补齐。" } } })).Must(200);
        Assert.Contains(@case.Id, await Found("status=correction-requested"));
        Assert.DoesNotContain(@case.Id, await Found("status=submitted"));

        async Task<string[]> Found(string query) =>
            (await platform.As(Department.ServiceOffice).Get($"/v1/cases?first=100&{query}")).Must(200).Json.Each("items", "id");
    }

    private static async Task<string[]> Pages(Client reader, string list) =>
        [.. (await reader.Every(list)).Select(e => e.TryGetProperty("case", out var c) ? $"{c.Text("id")} {e.Text("step")}" : e.Text("id"))];
}
