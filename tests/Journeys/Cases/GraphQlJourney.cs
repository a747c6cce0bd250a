using System.Text.Json;
using OneDoor.Catalogue;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>The other door leads to the same rooms.</summary>
public sealed class GraphQlJourney(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;

    private const string Submit =
        "mutation($input: SubmitCaseInput!, $key: String) { submitCase(input: $input, idempotencyKey: $key) { case { id version status number } problem { code errors { pointer } } } }";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_case_is_submitted_accepted_and_granted_and_REST_sees_the_same()
    {
        var submitted = (await platform.As(Lead).Ask(Submit, new { input = Input(Applications.Plain) })).GetProperty("submitCase").GetProperty("case");
        var id = submitted.Text("id");

        var accepted = await Change(Lead, "acceptCase", id, 1);
        var step = (await platform.As(Lead).Get($"/v1/cases/{id}")).Json.List("steps")[0].Text("code");
        var granted = await Change(Lead, "decideStep", id, accepted.GetProperty("case").GetProperty("version").GetInt32(), $"step: \"{step}\", input: {{ outcome: GRANTED }}");

        Assert.Equal("GRANTED", granted.GetProperty("case").Text("status"));
        var rest = (await platform.As(Lead).Get($"/v1/cases/{id}")).Must(200);
        Assert.Equal("granted", rest.Json.Text("status"));
        Assert.Equal(submitted.Text("number"), rest.Json.Text("number"));
        var history = (await platform.As(Lead).Get($"/v1/cases/{id}/history")).Json.Each("items", "type");
        var read = await platform.As(Lead).Ask($"{{ case(id: \"{id}\") {{ history {{ type }} }} node(id: \"{id}\") {{ id ... on Case {{ status }} }} }}");
        Assert.Equal(history, read.GetProperty("case").Each("history", "type"));
        Assert.Equal("GRANTED", read.GetProperty("node").Text("status"));
    }

    [Fact]
    public async Task A_refusal_is_an_answer_with_its_code()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);

        var stale = await Change(Lead, "acceptCase", @case.Id, 7);
        Assert.Equal("request.stale", stale.GetProperty("problem").Text("code"));
        Assert.StartsWith("version is not the current one", stale.GetProperty("problem").Text("detail"), StringComparison.Ordinal);
        Assert.Equal("case.not-found", (await Change(Department.Fire, "acceptCase", @case.Id, 1)).GetProperty("problem").Text("code"));
        var unkeyed = (await Change(Lead, "acceptCase", @case.Id, 1, "idempotencyKey: \"\"")).GetProperty("problem");
        Assert.Equal(("idempotency.key-invalid", "The idempotencyKey is not valid"), (unkeyed.Text("code"), unkeyed.Text("title")));
        Assert.Equal(["idempotencyKey"], unkeyed.Each("errors", "pointer"));
        // The former name, for as long as it is promised.
        Assert.Equal("request.stale", stale.GetProperty("refusal").Text("code"));
        var unknown = await platform.As(Lead).Ask(Submit, new { input = Input("NO-SUCH-ITEM") });
        Assert.Equal("case.item-unknown", unknown.GetProperty("submitCase").GetProperty("problem").Text("code"));
        Assert.True(unknown.GetProperty("submitCase").IsNull("case"));
    }

    [Fact]
    public async Task What_one_mutation_has_committed_is_told_although_the_next_may_not_run()
    {
        const string Two = "mutation($input: SubmitCaseInput!) { submitCase(input: $input) { case { id } } acceptCase(id: \"x\", version: 1) { case { id } problem { code } } }";

        var answer = (await platform.As(Lead, "cases:submit").Post("/graphql", new { query = Two, variables = new { input = Input(Applications.Plain) } })).Must(200).Json;

        var (submitted, accepted) = (answer.GetProperty("data").GetProperty("submitCase").GetProperty("case"), answer.GetProperty("data").GetProperty("acceptCase"));
        (await platform.As(Lead).Get($"/v1/cases/{submitted.Text("id")}")).Must(200);
        Assert.Equal((true, "auth.scope-missing"), (accepted.IsNull("case"), accepted.GetProperty("problem").Text("code")));
        Assert.Equal("auth.scope-missing", Assert.Single(answer.List("errors")).GetProperty("extensions").Text("code"));
    }

    [Fact]
    public async Task A_key_used_over_REST_is_the_same_key_here()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        var key = "both-doors-" + @case.Id;
        (await platform.As(Lead).Post($"{@case.Path}/withdrawal", null, ("If-Match", @case.Receipt.ETag), ("Idempotency-Key", key))).Refuses(403, "case.not-your-case");
        var rest = (await platform.As(CaseJourney.Submitter).Post($"{@case.Path}/withdrawal", new { reason = "Later." }, ("If-Match", @case.Receipt.ETag), ("Idempotency-Key", key))).Must(200);

        var again = await Change(CaseJourney.Submitter, "withdrawCase", @case.Id, 1, $"input: {{ reason: \"Later.\" }}, idempotencyKey: \"{key}\"");

        Assert.Equal("WITHDRAWN", again.GetProperty("case").Text("status"));
        Assert.Equal(Etags.VersionOf(rest.ETag), again.GetProperty("case").GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task What_one_may_not_see_does_not_exist()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        var query = $"{{ case(id: \"{@case.Id}\") {{ id }} node(id: \"{@case.Id}\") {{ id }} cases(first: 100) {{ nodes {{ id }} }} }}";

        var strange = await platform.As(Department.Fire).Ask(query);

        Assert.True(strange.IsNull("case") && strange.IsNull("node"));
        Assert.DoesNotContain(@case.Id, strange.GetProperty("cases").GetRawText(), StringComparison.Ordinal);
        Assert.Equal("auth.token-missing", await platform.Anybody.Refused(query));
        Assert.True((await platform.Anybody.Ask($"{{ node(id: \"{@case.Id}\") {{ id }} }}")).IsNull("node"));
        Assert.Equal("auth.scope-missing", await platform.As(Lead, "cases:submit").Refused(query));
        Assert.Equal("auth.scope-missing", await platform.As(Lead, "cases:read").Refused("{ tasks { nodes { step { code } } } }"));
        Assert.Equal("case.not-found", (await First(platform.Api.Http, Department.Fire, @case.Id)).List("errors")[0].GetProperty("extensions").Text("code"));
    }

    [Fact]
    public async Task A_task_shows_no_more_of_its_case_than_RESTs_worklist_does_unless_one_may_read_cases()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        var clerk = platform.As(Lead, "cases:handle");
        (await clerk.Get(@case.Path)).Refuses(403, "auth.scope-missing");

        Assert.Contains(@case.Id, await Tasks(clerk, "case { id number status item { code name } } step { code status }"), StringComparison.Ordinal);
        foreach (var field in new[] { "channel", "materials { code }", "steps { code }", "clock { extendedBy }", "history { type }" })
        {
            Assert.Equal("auth.scope-missing", await clerk.Refused($"{{ tasks {{ nodes {{ case {{ id {field} }} }} }} }}"));
            Assert.Equal("auth.scope-missing", await clerk.Refused($"{{ tasks {{ edges {{ node {{ case {{ {field} }} }} }} }} }}"));
        }
        var reader = platform.As(Lead, "cases:handle cases:read");
        Assert.Contains(@case.Id, await Tasks(reader, "case { id applicant { name } materials { code } }"), StringComparison.Ordinal);
        // What a change is answered with over REST, it is answered with here.
        var accepted = await clerk.Ask($"mutation {{ acceptCase(id: \"{@case.Id}\", version: 1) {{ case {{ version applicant {{ name }} }} }} }}");
        Assert.Equal(JsonValueKind.String, accepted.GetProperty("acceptCase").GetProperty("case").GetProperty("applicant").GetProperty("name").ValueKind);
    }

    [Fact]
    public async Task A_task_one_hears_of_shows_no_more_of_its_case_either()
    {
        await using var events = platform.Api.Http.Events(
            await platform.As(Lead, "cases:handle").Token(), "subscription { tasksChanged { case { id materials { code } } } }", ct: Ct).GetAsyncEnumerator(Ct);
        var next = events.MoveNextAsync().AsTask();
        await RunningPlatform.Until(
            async () =>
            {
                if (!next.IsCompleted)
                    await CaseJourney.Submitted(platform, Applications.Plain);
                return await Task.WhenAny(next, Task.Delay(300, Ct)) == next;
            },
            "something is heard");

        Assert.True(await next);
        Assert.Equal("auth.scope-missing", events.Current.List("errors")[0].GetProperty("extensions").Text("code"));
        Assert.DoesNotContain("materials\":", events.Current.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_three_levels_takes_as_many_statements_for_ten_cases_as_for_one()
    {
        // A system of a department that is in none of the other tests: its list holds what it submits here and nothing else.
        var claims = new Dictionary<string, object>
        {
            ["sub"] = "state-security-system",
            ["client_id"] = "state-security-system",
            ["scope"] = RunningPlatform.Clerk,
            [Claims.Department] = "state-security",
        };
        var client = platform.With(claims);
        for (var i = 0; i < 10; i++)
            (await client.Post("/v1/cases", Applications.For(i % 2 == 0 ? Applications.Plain : Applications.Establishment))).Must(201);
        static string Query(int first) => "{ cases(first: " + first
            + ") { nodes { id steps { code } history { type by { client } } explainedClock { promised { dueAt } } item { entry { name { zh } steps { name { zh } } } } } } }";

        (await platform.Anybody.Get("/v1/catalogue/items?first=1")).Must(200); // A server reads once how cursors are signed.
        // Which cases, and those not known yet; then their facts. The catalogue's entries are in memory, where somebody may have to look for news of them.
        Assert.InRange(await client.Statements(Query(10)), 3, 5);
        // Now all are known.
        Assert.Equal(2, await client.Statements(Query(1)));
        Assert.Equal(2, await client.Statements(Query(10)));
    }

    // Of a document that is known, its fields, their arguments and its cost are not looked for again.
    [Fact]
    public async Task A_document_is_answered_the_second_time_as_the_first()
    {
        var (one, other) = (await CaseJourney.Submitted(platform, Applications.Plain), await CaseJourney.Submitted(platform, Applications.Plain));
        (string Document, object[] Variables)[] asked =
        [
            ("query($id: ID!, $first: Int, $status: CaseStatus = SUBMITTED) { cases(ids: [$id], first: $first, status: $status) { nodes { id item { code name } steps { code } form remarks { text } } } }",
                [new { id = one.Id }, new { id = other.Id, first = 1 }, new { id = one.Id, first = (int?)null, status = "GRANTED" }, new { id = one.Id, first = "x" }, new { first = 1 }, new { id = (string?)null }, new { id = one.Id, first = 101 }]),
            // What is asked for twice is put together.
            ("query($id: ID!, $asOf: DateTime) { case(id: $id) { number } case(id: $id) { ...Item } then: case(id: $id, asOf: $asOf) { version } node(id: $id) { __typename id ... on Case { status } } } fragment Item on Case { item { code entry { name { zh } } } }",
                [new { id = one.Id }, new { id = other.Id, asOf = platform.Now }, new { id = one.Id, asOf = "yesterday" }, new { id = $"{Guid.Empty}" }]),
            ("query($id: ID!, $more: Boolean!) { case(id: $id) { number status @include(if: $more) ...Steps @skip(if: $more) } } fragment Steps on Case { steps { code } }",
                [new { id = one.Id, more = true }, new { id = one.Id, more = false }, new { id = one.Id }]),
            ("query($ids: [ID!], $statuses: [CaseStatus!]) { cases(ids: $ids, statuses: $statuses, first: 1) { nodes { number } } }", [new { ids = new[] { one.Id } }, new { ids = other.Id, statuses = "SUBMITTED" }]),
            ($"{{ case(id: \"{one.Id}\") {{ number }} }}", [new { }]),
        ];
        foreach (var (document, variables) in asked)
        {
            await Answer(document, variables[0]);
            foreach (var (i, given) in variables.Index())
                Assert.Equal(await Answer($"{document} # {i}", given), await Answer(document, given));
        }

        async Task<string> Answer(string query, object variables)
        {
            var answer = (await platform.As(Lead).Post("/graphql", new { query, variables })).Must(200).Json;
            var cost = answer.GetProperty("extensions").GetProperty("cost").GetProperty("requested").GetRawText();
            return $"{(answer.TryGetProperty("errors", out var errors) ? errors.GetRawText() : "")} {(answer.TryGetProperty("data", out var data) ? data.GetRawText() : "")} {cost}";
        }
    }

    [Fact]
    public async Task A_cursor_of_one_door_opens_the_other()
    {
        for (var i = 0; i < 3; i++)
            await CaseJourney.Submitted(platform, Applications.Plain);
        var client = platform.As(CaseJourney.Submitter);

        var page = (await client.Ask("{ cases(first: 1) { nodes { id } pageInfo { hasNextPage endCursor } } }")).GetProperty("cases");
        var rest = (await client.Get($"/v1/cases?first=1&after={page.GetProperty("pageInfo").Text("endCursor")}")).Must(200);
        var next = (await client.Ask($"{{ cases(first: 1, after: \"{page.GetProperty("pageInfo").Text("endCursor")}\") {{ nodes {{ id }} }} }}")).GetProperty("cases");

        Assert.True(page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
        Assert.Equal(rest.Json.Each("items", "id"), next.Each("nodes", "id"));
        Assert.Equal("request.cursor-invalid", await client.Refused("{ cases(after: \"AAAA\") { nodes { id } } }"));
    }

    [Fact]
    public async Task A_case_as_of_then_explains_the_clock_of_then()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        (await @case.Accept(Lead)).Must(200);
        var then = platform.Now;
        platform.Pass(TimeSpan.FromMinutes(1));
        var query = "query($id: ID!, $asOf: DateTime) { case(id: $id, asOf: $asOf) { clock { extension { value } statutory { dueAt } } explainedClock { extension { value } statutory { dueAt } } } }";
        var before = (await platform.As(Lead).Ask(query, new { id = @case.Id, asOf = then })).GetProperty("case");

        (await @case.Supervise(Lead, "extension", Applications.Extension(3, "The opinions differ."))).Must(200);

        var asOf = (await platform.As(Lead).Ask(query, new { id = @case.Id, asOf = then })).GetProperty("case");
        var now = (await platform.As(Lead).Ask(query, new { id = @case.Id })).GetProperty("case");
        Assert.Equal(before.GetRawText(), asOf.GetRawText());
        Assert.True(asOf.GetProperty("explainedClock").IsNull("extension"));
        Assert.Equal(3, now.GetProperty("explainedClock").GetProperty("extension").GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task A_subscriber_hears_of_a_step_decided_through_another_process()
    {
        await using var database = await platform.Template.Copy();
        await using var identity = RunningPlatform.StartIdentity(database, TimeProvider.System);
        (string, string)[] settings = [("ASPNETCORE_ENVIRONMENT", "Development"), ("Authentication__Authority", identity.Address.OriginalString)];
        using var one = ChildProcess.Api(database.Connection, Port.Free(), settings);
        using var other = ChildProcess.Api(database.Connection, Port.Free(), settings);
        await Task.WhenAll(one.Ready(), other.Ready());
        var tokens = new IdentityClient(identity.Http, TimeProvider.System);
        var lead = new Client(other.Http, () => tokens.Token("sandbox-market-regulation", RunningPlatform.Clerk));
        var submitted = (await lead.Post("/v1/cases", Applications.ForToday(Applications.Establishment))).Must(201);
        var path = submitted.Header("Location")!;
        await using var events = one.Http.Events(
            await lead.Token(), $"subscription {{ caseChanged(id: \"{submitted.Json.Text("id")}\") {{ status steps {{ code status }} }} }}", ct: Ct).GetAsyncEnumerator(Ct);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("SUBMITTED", Changed(events.Current).Text("status"));

        var accepted = (await lead.Post($"{path}/acceptance", null, ("If-Match", submitted.ETag))).Must(200);
        (await lead.Post($"{path}/steps/licence/decision", new { outcome = "granted", uscc = Applications.FreshUscc() }, ("If-Match", accepted.ETag))).Must(200);

        do
            Assert.True(await events.MoveNextAsync());
        while (Changed(events.Current).Step("licence").Text("status") != "GRANTED");
    }

    [Fact]
    public async Task Subscriptions_end_with_the_token()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        var token = await platform.As(Lead).Token();
        var query = $"subscription {{ caseChanged(id: \"{@case.Id}\") {{ version }} }}";
        using var socket = await GraphQlClient.Socket(platform.Api.Address, token, Ct);
        await socket.Send(new { type = "subscribe", id = "1", payload = new { query } }, Ct);
        Assert.Contains("\"version\":1", await socket.Receive(Ct), StringComparison.Ordinal);
        await using var events = platform.Api.Http.Events(token, query, ct: Ct).GetAsyncEnumerator(Ct);
        Assert.True(await events.MoveNextAsync());

        platform.Pass(TimeSpan.FromMinutes(11));

        Assert.Equal("closed 4403", await socket.Receive(Ct));
        Assert.False(await events.MoveNextAsync());
    }

    [Fact]
    public async Task A_department_hears_of_its_tasks()
    {
        var client = platform.As(Lead);
        using var socket = await GraphQlClient.Socket(platform.Api.Address, await client.Token(), Ct);
        await socket.Send(new { type = "subscribe", id = "1", payload = new { query = "subscription { tasksChanged { case { id } tasks { step { status } } } }" } }, Ct);
        var heard = Waiting();

        // Whoever subscribes hears from then on, so cases come in until one is heard of.
        await RunningPlatform.Until(
            async () =>
            {
                await CaseJourney.Submitted(platform, Applications.Plain);
                return await Task.WhenAny(heard, Task.Delay(300, Ct)) == heard;
            },
            "a task is heard of");
        await heard;

        // Cases of other tests change as time passes: they are heard of, too.
        async Task Waiting()
        {
            while (!(await socket.Receive(Ct)).Contains("WAITING", StringComparison.Ordinal))
            {
            }
        }
    }

    private static JsonElement Changed(JsonElement sent) => sent.GetProperty("data").GetProperty("caseChanged");

    private async Task<JsonElement> First(HttpClient api, Department by, string id)
    {
        await foreach (var sent in api.Events(await platform.As(by).Token(), $"subscription {{ caseChanged(id: \"{id}\") {{ version }} }}", ct: Ct))
            return sent;
        throw new InvalidOperationException("Nothing was sent.");
    }

    // Of every page, one after the other: the oldest come first, and other tests leave theirs.
    private static async Task<string> Tasks(Client client, string fields)
    {
        var (shown, after) = ("", "");
        for (var more = true; more;)
        {
            var page = (await client.Ask($"{{ tasks(first: 100 {after}) {{ nodes {{ {fields} }} pageInfo {{ hasNextPage endCursor }} }} }}")).GetProperty("tasks");
            shown += page.GetProperty("nodes").GetRawText();
            more = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean();
            after = $"after: {page.GetProperty("pageInfo").GetProperty("endCursor").GetRawText()}";
        }
        return shown;
    }

    private async Task<JsonElement> Change(Department by, string mutation, string id, int version, string arguments = "") =>
        (await platform.As(by).Ask($"mutation {{ {mutation}(id: \"{id}\", version: {version} {arguments}) {{ case {{ id version status }} problem {{ code title detail errors {{ pointer }} }} refusal {{ code }} }} }}"))
        .GetProperty(mutation);

    private static object Input(string item) => new
    {
        item,
        channel = "AGENCY",
        hall = "airport",
        applicant = new { kind = "LEGAL_ENTITY", name = Applications.Company()["name"], uscc = Applications.Company()["uscc"] },
        declaration = Applications.Declared,
        form = CatalogueData.Zone().Any(i => i.Code == item) ? Applications.Answer(item) : null,
        contact = Applications.Reached,
        materials = (item == Applications.Plain ? Applications.MaterialsOf(item) : []).Select(Applications.Material).ToArray(),
    };
}
