using System.Globalization;
using System.Text.Json;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>How cases and tasks are found and sorted, in both doors alike, and only among what the caller sees.</summary>
public sealed class FoundCases(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;
    private const string Header = CaseFilter.ApplicantHeader;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cases_are_found_by_number_ids_hall_and_several_statuses()
    {
        platform.Pass(TimeSpan.FromMinutes(1));
        var since = platform.Now;
        var application = Applications.For(Applications.Plain);
        application["hall"] = "haigang";
        var one = await CaseJourney.Submitted(platform, application);
        var other = await CaseJourney.Accepted(platform, Applications.Plain, Lead);
        var number = one.Receipt.Json.Text("number");

        await Finds([one], $"number={number}", $"number: \"{number}\"");
        await Finds([], "number=SAMR-028-01-20200101-999999", "number: \"SAMR-028-01-20200101-999999\"");
        await Finds([one, other], $"ids={one.Id},{other.Id}", $"ids: [\"{one.Id}\", \"{other.Id}\"]");
        var ours = $"changedSince={Uri.EscapeDataString(since.ToString("O", CultureInfo.InvariantCulture))}";
        var here = $"changedSince: \"{since.ToString("O", CultureInfo.InvariantCulture)}\"";
        await Finds([one], $"{ours}&hall=haigang", $"{here}, hall: \"haigang\"");
        await Finds([one, other], $"{ours}&status=accepted,submitted", $"{here}, statuses: [ACCEPTED, SUBMITTED]");
        await Finds([other], $"{ours}&status=accepted", $"{here}, status: ACCEPTED");
    }

    [Fact] // as when a sandbox is reset between the two readings of a list
    public async Task A_list_goes_on_without_a_case_that_is_gone_since_it_was_found()
    {
        var (gone, other) = (await CaseJourney.Submitted(platform, Applications.Plain), await CaseJourney.Submitted(platform, Applications.Plain));
        await platform.Database.Run($"create table onedoor.gone as select * from onedoor.mt_doc_case where id = '{gone.Id}'; delete from onedoor.mt_doc_case where id = '{gone.Id}'");

        await Finds([other], $"ids={gone.Id},{other.Id}", $"ids: [\"{gone.Id}\", \"{other.Id}\"]");
        Assert.DoesNotContain(await Every($"/v1/tasks?item={Applications.Plain}&first=100"), task => task.GetProperty("case").Text("id") == gone.Id);

        await platform.Database.Run("insert into onedoor.mt_doc_case select * from onedoor.gone; drop table onedoor.gone");
        await Finds([gone, other], $"ids={gone.Id},{other.Id}", $"ids: [\"{gone.Id}\", \"{other.Id}\"]");
    }

    [Fact]
    public async Task Cases_are_found_by_what_has_happened_since()
    {
        var one = await CaseJourney.Submitted(platform, Applications.Plain);
        var other = await CaseJourney.Submitted(platform, Applications.Plain);
        platform.Pass(TimeSpan.FromHours(1));
        var since = platform.Now;
        // Not in the order in which they came in.
        (await other.Accept(Lead)).Must(200);
        platform.Pass(TimeSpan.FromHours(1));
        (await one.Accept(Lead)).Must(200);

        var query = $"changedSince={Uri.EscapeDataString(since.ToString("O", CultureInfo.InvariantCulture))}&ids={one.Id},{other.Id}";
        var argument = $"changedSince: \"{since.ToString("O", CultureInfo.InvariantCulture)}\", ids: [\"{one.Id}\", \"{other.Id}\"]";
        await Finds([other, one], $"{query}&sort=changed", $"{argument}, sort: \"changed\"", inOrder: true);
        await Finds([one, other], $"{query}&sort=-changed", $"{argument}, sort: \"-changed\"", inOrder: true);
        await Finds([], $"changedSince={Uri.EscapeDataString(platform.Now.AddSeconds(1).ToString("O", CultureInfo.InvariantCulture))}", $"changedSince: \"{platform.Now.AddSeconds(1):O}\"");
    }

    [Fact]
    public async Task An_applicants_cases_are_found_by_a_number_in_a_header_and_only_those_the_caller_sees()
    {
        var application = Applications.For(Applications.Plain);
        var uscc = (string)((Dictionary<string, object?>)application["applicant"]!)["uscc"]!;
        var seen = await CaseJourney.Submitted(platform, application);
        var others = await CaseJourney.Submitted(platform, application, by: Department.Planning);

        async Task<string[]> Found(Department reader) =>
            (await platform.As(reader).Get("/v1/cases?first=100", (Header, uscc))).Must(200).Json.Each("items", "id");
        Assert.Equal(new[] { seen.Id, others.Id }.Order(), (await Found(Department.ServiceOffice)).Order());
        Assert.Equal([seen.Id], await Found(CaseJourney.Submitter));
        Assert.Empty(await Found(Department.Fire));
        var asked = await platform.As(CaseJourney.Submitter).Ask($"{{ cases(applicant: \"{uscc}\") {{ totalCount nodes {{ id }} }} }}");
        Assert.Equal([seen.Id], asked.GetProperty("cases").Each("nodes", "id"));
        Assert.Equal(1, asked.GetProperty("cases").GetProperty("totalCount").GetInt32());

        var page = (await platform.As(Department.ServiceOffice).Get("/v1/cases?first=1", (Header, uscc))).Must(200).Json.Text("next");
        Assert.DoesNotContain(uscc, page, StringComparison.Ordinal);
        (await platform.As(Department.ServiceOffice).Get(page)).Refuses(400, "request.cursor-invalid");
        Assert.Single((await platform.As(Department.ServiceOffice).Get(page, (Header, uscc))).Must(200).Json.List("items"));
    }

    [Theory]
    [InlineData("-submitted", "id")]
    [InlineData("submitted", "id")]
    [InlineData("-changed", null)]
    [InlineData("changed", null)]
    [InlineData("due", "dueAt")]
    public async Task Every_order_holds_over_its_pages(string sort, string? member)
    {
        for (var i = 0; i < 5; i++)
        {
            platform.Pass(TimeSpan.FromHours(5));
            var @case = await CaseJourney.Submitted(platform, i % 2 == 0 ? Applications.Plain : Applications.Establishment);
            if (i != 3)
                (await @case.Accept(Lead)).Must(200);
        }
        // What time has brought about is recorded meanwhile, and changes places.
        await platform.CaughtUp("mt_doc_case", "true");
        await RunningPlatform.Until(
            async () => await platform.Database.Count($"select count(*) from onedoor.mt_doc_case where accept_by <= '{platform.Now.AddSeconds(-1):O}'") == 0, "what nobody has answered is accepted");
        var reader = platform.As(Department.ServiceOffice);
        var whole = (await reader.Get($"/v1/cases?first=100&sort={sort}")).Must(200).Json.List("items");
        List<JsonElement> paged = [];
        for (var page = $"/v1/cases?first=2&sort={sort}"; page is not null && paged.Count < 12;)
        {
            var answer = (await reader.Get(page)).Must(200).Json;
            paged.AddRange(answer.List("items"));
            page = answer.GetProperty("next").GetString();
        }

        Assert.True(paged.Count >= 5);
        Assert.Equal(whole.Take(paged.Count).Select(c => c.Text("id")), paged.Take(100).Select(c => c.Text("id")));
        if (member is not null)
        {
            var keys = whole.Select(c => member == "id" ? CameIn(c)
                // What has ended is due no more.
                : c.IsNull(member) || c.Text("status") is not ("accepted" or "paused") ? DateTimeOffset.MaxValue
                : c.Instant(member)).ToArray();
            Assert.Equal(sort.StartsWith('-') ? keys.OrderDescending() : keys.Order(), keys);
        }
    }

    // What parties sign is submitted when the last of them has signed, and stands in the list where it came in.
    private static DateTimeOffset CameIn(JsonElement @case)
    {
        var cameIn = DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(@case.Text("id").Replace("-", "", StringComparison.Ordinal)[..12], 16));
        var submitted = @case.Instant("submittedAt");
        Assert.True(cameIn.ToUnixTimeMilliseconds() == submitted.ToUnixTimeMilliseconds() || (cameIn < submitted && @case.GetProperty("applicant").Text("kind") == "joint-parties"));
        return cameIn;
    }

    [Fact]
    public async Task A_cursor_goes_on_in_its_own_list_only()
    {
        for (var i = 0; i < 3; i++)
            await CaseJourney.Submitted(platform, Applications.Plain);
        var office = platform.As(Department.ServiceOffice);
        var next = (await office.Get("/v1/cases?first=1&status=submitted&sort=changed")).Must(200).Json.Text("next");
        var cursor = next[(next.IndexOf("after=", StringComparison.Ordinal) + 6)..];

        foreach (var other in new[] { "", "&status=submitted", "&sort=changed", "&status=submitted&sort=-changed" })
            (await office.Get($"/v1/cases?first=1{other}&after={cursor}")).Refuses(400, "request.cursor-invalid");
        (await office.Get(next)).Must(200);
        var tasks = (await platform.As(Lead).Get("/v1/tasks?first=1")).Must(200).Json.Text("next");
        (await platform.As(Lead).Get(tasks.Replace("first=1", "first=1&sort=due", StringComparison.Ordinal))).Refuses(400, "request.cursor-invalid");
    }

    [Theory]
    [InlineData("/v1/cases?sort=number", "sort")]
    [InlineData("/v1/cases?ids=1,2", "ids")]
    [InlineData("/v1/cases?hall=nowhere", "hall")]
    [InlineData("/v1/cases?status=granted,nothing", "status")]
    [InlineData("/v1/cases?changedSince=yesterday", "changedSince")]
    [InlineData("/v1/cases?count=maybe", "count")]
    [InlineData("/v1/cases?item=TAX-001,TAX-002", "item")]
    [InlineData("/v1/tasks?item=TAX-001,TAX-002", "item")]
    [InlineData("/v1/tasks?sort=-due", "sort")]
    [InlineData("/v1/tasks?dueBefore=tomorrow", "dueBefore")]
    [InlineData("/v1/tasks?overdue=perhaps", "overdue")]
    [InlineData("/v1/tasks?count=maybe", "count")]
    public async Task What_a_parameter_cannot_be_is_refused(string path, string parameter)
    {
        var refused = (await platform.As(Lead).Get(path)).Refuses(400, "request.parameter-invalid");

        Assert.Equal([parameter], refused.Json.Each("errors", "pointer"));
    }

    [Fact]
    public async Task A_number_that_is_nobodys_is_refused_and_not_repeated()
    {
        var refused = (await platform.As(Lead).Get("/v1/cases", (Header, "110105194912310021"))).Refuses(400, "request.parameter-invalid");

        Assert.DoesNotContain("110105194912310021", refused.Text, StringComparison.Ordinal);
        Assert.Equal([Header], refused.Json.Each("errors", "pointer"));
    }

    [Fact]
    public async Task Late_tasks_are_found_and_counted()
    {
        platform.PassUntilMonday();
        var soon = await CaseJourney.Accepted(platform, Applications.Plain, Lead);
        var due = (await soon.Now()).Step("decision").Instant("dueAt");
        platform.PassUntil(due.AddDays(-1));
        var later = await CaseJourney.Accepted(platform, Applications.Plain, Lead);
        var waiting = await CaseJourney.Submitted(platform, Applications.Plain);
        var before = $"&dueBefore={Uri.EscapeDataString(due.AddSeconds(1).ToString("O", CultureInfo.InvariantCulture))}";

        Assert.Equal(["decision open"], await soon.Tasks(Lead, before));
        Assert.Empty(await later.Tasks(Lead, before));
        Assert.Empty(await waiting.Tasks(Lead, before));
        Assert.Empty(await soon.Tasks(Lead, "&overdue=true"));
        platform.PassUntil(due.AddSeconds(1));
        Assert.Equal(["decision open"], await soon.Tasks(Lead, "&overdue=true"));
        Assert.Empty(await soon.Tasks(Lead, $"&item={Applications.Establishment}"));
        Assert.Equal(["decision open"], await soon.Tasks(Lead, $"&item={Applications.Plain}&sort=due"));

        foreach (var filter in new[] { "", "&overdue=true", "&status=waiting", before, $"&item={Applications.Plain}" })
        {
            var (counted, listed) = (await Counted(filter), await Every($"/v1/tasks?first=100{filter}"));
            // Of cases that are there already some are accepted by law by now, whenever the sweep comes to them.
            for (var again = await Counted(filter); again != counted; again = await Counted(filter))
                (counted, listed) = (again, await Every($"/v1/tasks?first=100{filter}"));
            Assert.Equal(listed.Length, counted);
        }
        var asked = (await platform.As(Lead).Ask("{ tasks(overdue: true) { totalCount nodes { case { id } } } }")).GetProperty("tasks");
        Assert.Equal((await Every("/v1/tasks?first=100&overdue=true")).Length, asked.GetProperty("totalCount").GetInt64());
        Assert.Equal(
            (await Every("/v1/tasks?first=100&overdue=true")).Take(20).Select(t => t.GetProperty("case").Text("id")),
            asked.List("nodes").Select(n => n.GetProperty("case").Text("id")));

        async Task<long> Counted(string filter) => (await platform.As(Lead).Get($"/v1/tasks?count=true&first=1{filter}")).Must(200).Json.GetProperty("total").GetInt64();
    }

    [Fact]
    public async Task Tasks_are_sorted_by_when_their_case_is_due()
    {
        // Of its own: a case whose clock was moved is due by that, and stands where everybody's would have it.
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        var (customs, lead) = (platform.As(CaseJourney.Submitter).At(api.Http), platform.As(Lead).At(api.Http));
        foreach (var item in new[] { Applications.Plain, Applications.Establishment, Applications.Plain })
        {
            var path = (await customs.Post("/v1/cases", Applications.For(item))).Must(201).Header("Location")!;
            (await lead.Post($"{path}/acceptance", null, ("If-Match", (await lead.Get(path)).ETag))).Must(200);
            (await customs.Post("/v1/cases", Applications.For(Applications.Plain))).Must(201);
        }

        var tasks = await lead.Every("/v1/tasks?first=2&sort=due");

        var due = tasks.Select(t => t.GetProperty("case").IsNull("dueAt") ? DateTimeOffset.MaxValue : t.GetProperty("case").Instant("dueAt")).ToArray();
        Assert.Equal(due.Order(), due);
        Assert.Equal(tasks.Length, tasks.Select(t => $"{t.GetProperty("case").Text("id")} {t.Text("step")}").Distinct().Count());
        Assert.Equal(((await lead.Every("/v1/tasks?first=100")).Length, true), (tasks.Length, tasks.Length > 5));
    }

    [Fact]
    public async Task Another_departments_worklist_is_refused_but_for_the_office()
    {
        (await platform.As(Lead).Get("/v1/tasks?department=tax")).Refuses(403, "case.not-your-worklist");
        Assert.Equal("case.not-your-worklist", await platform.As(Lead).Refused("{ tasks(department: TAX) { nodes { step { code } } } }"));
        (await platform.As(Lead).Get("/v1/tasks?department=market-regulation")).Must(200);
        (await platform.As(Department.ServiceOffice).Get("/v1/tasks?department=tax")).Must(200);

        // Whoever may not read it does not follow it either.
        using var socket = await GraphQlClient.Socket(platform.Api.Address, await platform.As(Lead).Token(), Ct);
        await socket.Send(new { id = "1", type = "subscribe", payload = new { query = "subscription { tasksChanged(department: TAX) { case { id } } }" } }, Ct);
        Assert.Contains("case.not-your-worklist", await socket.Receive(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_no_status_there_are_no_cases() =>
        Assert.Equal(0, (await platform.As(Department.ServiceOffice).Ask("{ cases(statuses: [], first: 1) { totalCount nodes { id } } }"))
            .GetProperty("cases").GetProperty("totalCount").GetInt32());

    [Fact]
    public async Task A_total_says_when_there_are_more_than_are_counted()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        var (customs, lead) = (platform.As(CaseJourney.Submitter).At(api.Http), platform.As(Lead).At(api.Http));
        var path = (await customs.Post("/v1/cases", Applications.For(Applications.Plain))).Must(201).Header("Location")!;
        (await lead.Post($"{path}/acceptance", null, ("If-Match", (await lead.Get(path)).ETag))).Must(200);
        await database.Run("""
            create temp table more as select gen_random_uuid() id from generate_series(1, 10100);
            insert into onedoor.mt_doc_case
            select (jsonb_populate_record(d, jsonb_build_object('id', more.id, 'data', d.data || jsonb_build_object('id', more.id)))).* from onedoor.mt_doc_case d, more;
            insert into onedoor.found select (jsonb_populate_record(f, jsonb_build_object('id', more.id))).* from onedoor.found f, more;
            """);

        foreach (var list in new[] { "/v1/cases?", "/v1/cases?status=accepted,granted&", "/v1/tasks?", "/v1/tasks?status=open&sort=due&" })
            Assert.Equal(10_001, (await lead.Get($"{list}count=true&first=1")).Must(200).Json.GetProperty("total").GetInt64());
        Assert.Equal(0, (await lead.Get("/v1/cases?count=true&status=granted")).Must(200).Json.GetProperty("total").GetInt64());
    }

    // What the service office finds, in REST and in GraphQL.
    private async Task Finds(CaseJourney[] expected, string query, string arguments, bool inOrder = false)
    {
        var office = platform.As(Department.ServiceOffice);
        var rest = (await office.Get($"/v1/cases?first=100&{query}")).Must(200).Json.Each("items", "id");
        var graph = (await office.Ask($"{{ cases(first: 100, {arguments}) {{ nodes {{ id }} }} }}")).GetProperty("cases").Each("nodes", "id");
        Assert.Equal(rest, graph);
        var ids = expected.Select(c => c.Id);
        if (inOrder)
            Assert.Equal(ids, rest);
        else
            Assert.Equal(ids.Order(), rest.Order());
    }

    private Task<JsonElement[]> Every(string list) => platform.As(Lead).Every(list);
}
