using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.People;

/// <summary>What an operator does to people, and what is refused.</summary>
public sealed class PeopleAdministrationTests(TestServer server) : SandboxTests(server)
{
    private const string CitizenId = "990000199001010025";

    public static TheoryData<string, string?, string> BadEntries => new()
    {
        { "userName", "\"Zhang\"", "person.name-invalid" },
        { "userName", $"\"{CitizenId}\"", "person.name-invalid" },
        { "displayName", "\"\"", "person.name-invalid" },
        { "displayName", "\"\u202E\u4E09\u5F20\"", "person.name-invalid" },
        { "role", "\"operator\"", "person.role-unknown" },
        { "role", "\"clerk\"", "person.not-for-role" },
        { "citizenId", null, "person.not-for-role" },
        { "citizenId", "\"990000199001010026\"", "applicant.citizen-id-invalid" },
        { "uscc", "\"91990000MA00000007\"", "person.not-for-role" },
        { "identifier", """{ "kind": "uscc", "number": "91990000MA0000007X" }""", "person.not-for-role" },
        { "department", "\"tax\"", "person.not-for-role" },
        { "hall", "\"airport\"", "person.not-for-role" },
    };

    public static TheoryData<string, string, string> BadStaff => new()
    {
        { "department", "\"weather\"", "client.department-unknown" },
        { "hall", "\"moon\"", "person.hall-unknown" },
        { "role", "\"auditor\"", "person.not-for-role" },
    };

    [Fact]
    public async Task Someone_is_created_read_and_found_and_no_answer_holds_their_number()
    {
        var created = await CreateAsync(Citizen());
        var id = created.Json["person"]!["id"]!.GetValue<string>();
        Assert.Equal($"/people/{id}", created.Header("Location"));
        Assert.Matches("^([a-z2-9]{5}-){3}[a-z2-9]{5}$", created.Json["oneTimePassword"]!.GetValue<string>());
        var read = await Operator.SendAsync(HttpMethod.Get, $"/people/{id}");
        Assert.Equal((created.Header("ETag"), created.Json["person"]!.ToJsonString(), "no-store"), (read.Header("ETag"), read.Json.ToJsonString(), read.Header("Cache-Control")));
        Assert.Equal(HttpStatusCode.NotModified, (await Operator.SendAsync(HttpMethod.Get, $"/people/{id}", null, ("If-None-Match", read.Header("ETag")!))).Status);
        var found = await Operator.SendAsync(HttpMethod.Get, "/people?userName=zhang.san");
        Assert.Equal(id, Assert.Single(found.Json["items"]!.AsArray())!["id"]!.GetValue<string>());

        var ids = new List<string>();
        for (var page = "/people?first=2"; page is not null;)
        {
            var list = (await Operator.SendAsync(HttpMethod.Get, page)).Json;
            ids.AddRange(list["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()));
            page = list["next"]?.GetValue<string>();
        }

        Assert.Equal(6, ids.Distinct().Count());
        Assert.DoesNotContain(CitizenId, created.Body + read.Body + found.Body + Host.Logs.All + await EventsAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BadEntries))]
    public async Task An_entry_that_is_wrong_is_refused(string field, string? value, string code)
    {
        var entry = Citizen();
        entry[field] = value is null ? null : JsonNode.Parse(value);
        await Operator.RefusesAsync(HttpMethod.Post, "/people", entry, HttpStatusCode.UnprocessableEntity, code);
        Assert.Equal(HttpStatusCode.OK, (await Host.GetAsync($"/docs/errors/{code}")).Status);
    }

    [Theory]
    [MemberData(nameof(BadStaff))]
    public async Task Staff_that_cannot_be_are_refused(string field, string value, string code)
    {
        var entry = Clerk();
        entry[field] = JsonNode.Parse(value);
        await Operator.RefusesAsync(HttpMethod.Post, "/people", entry, HttpStatusCode.UnprocessableEntity, code);
    }

    [Fact]
    public async Task Every_other_refusal()
    {
        var id = await IdAsync(Citizen());
        await Operator.RefusesAsync(HttpMethod.Post, "/people", Citizen(), HttpStatusCode.Conflict, "person.exists");
        await Operator.RefusesAsync(HttpMethod.Post, "/people", new() { ["password"] = "mine" }, HttpStatusCode.BadRequest, "request.unknown-field");
        await Operator.RefusesAsync(HttpMethod.Get, "/people?first=0", null, HttpStatusCode.BadRequest, "request.parameter-invalid");
        await Operator.RefusesAsync(HttpMethod.Get, "/people?foo=1", null, HttpStatusCode.BadRequest, "request.parameter-unknown");
        await Operator.RefusesAsync(HttpMethod.Get, $"/people/{id}?foo=1", null, HttpStatusCode.BadRequest, "request.parameter-unknown");
        await Operator.RefusesAsync(HttpMethod.Get, "/people?userName=a&userName=b", null, HttpStatusCode.BadRequest, "request.parameter-invalid");
        await Operator.RefusesAsync(HttpMethod.Get, "/people?userName=", null, HttpStatusCode.BadRequest, "request.parameter-invalid");
        await Operator.RefusesAsync(HttpMethod.Get, "/people?after=x", null, HttpStatusCode.BadRequest, "request.cursor-invalid");
        await Operator.RefusesAsync(HttpMethod.Get, "/people?userName=%00", null, HttpStatusCode.BadRequest, "request.parameter-invalid");
        await Operator.RefusesAsync(HttpMethod.Get, "/person-events?after=x", null, HttpStatusCode.BadRequest, "request.cursor-invalid");
        await Operator.RefusesAsync(HttpMethod.Get, "/people/p_nobody", null, HttpStatusCode.NotFound, "person.not-found");
        await Operator.RefusesAsync(HttpMethod.Post, "/people/nobody/enablement", null, HttpStatusCode.NotFound, "person.not-found");
        await Operator.RefusesAsync(HttpMethod.Post, $"/people/{id}/enablement", null, (HttpStatusCode)428, "request.if-match-missing");
        await Operator.RefusesAsync(HttpMethod.Post, $"/people/{id}/one-time-password", null, HttpStatusCode.PreconditionFailed, "request.stale", "\"x\"");
        await RefusesAsync(id, "/enablement", null, HttpStatusCode.Conflict, "person.not-in-this-state");
        await RefusesAsync(id, "/disablement", new() { ["reason"] = " " }, HttpStatusCode.UnprocessableEntity, "client.reason-missing");
        await RefusesAsync(id, "/second-factor-reset", null, HttpStatusCode.UnprocessableEntity, "person.not-for-role");
        await Operator.ChangeAsync($"/people/{id}", "disablement", Reason());
        await RefusesAsync(id, "/disablement", Reason(), HttpStatusCode.Conflict, "person.not-in-this-state");

        var clerk = (await Operator.SendAsync(HttpMethod.Get, "/people?userName=clerk")).Json["items"]![0]!["id"]!.GetValue<string>();
        foreach (var change in new[] { "/one-time-password", "/second-factor-reset", "/enablement" })
            await RefusesAsync(clerk, change, null, HttpStatusCode.Conflict, "person.of-the-sandbox");
    }

    [Fact]
    public async Task A_citizen_has_one_account()
    {
        await using var other = TestHost.Development(Host.Database, Host.Time);
        JsonObject Named(string name)
        {
            var entry = Citizen();
            entry["userName"] = name;
            return entry;
        }

        await Task.WhenAll(Host.SandboxTokenAsync(), other.SandboxTokenAsync());
        await using var source = NpgsqlDataSource.Create(Host.Database);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand("LOCK TABLE identity.people IN SHARE MODE", connection))
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var both = Task.WhenAll(
            Operator.SendAsync(HttpMethod.Post, "/people", Named("zhang.san")), new Operator(other).SendAsync(HttpMethod.Post, "/people", Named("san.zhang")));
        // Whoever only looks before writing has looked by now, and found nobody.
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await TestServer.CountAsync(
            Host.Database, "SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())") < 2)
            await Task.Delay(20, deadline.Token);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        var created = await both;
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Conflict], created.Select(answer => answer.Status).Order());
        await Operator.RefusesAsync(HttpMethod.Post, "/people", Named("another"), HttpStatusCode.Conflict, "person.has-account");

        var first = created.Single(answer => answer.Status == HttpStatusCode.Created).Json["person"]!["id"]!.GetValue<string>();
        await Operator.ChangeAsync($"/people/{first}", "disablement", Reason());
        await IdAsync(Named("another"));
        await RefusesAsync(first, "/enablement", null, HttpStatusCode.Conflict, "person.has-account");
    }

    [Theory]
    [InlineData("GET", "/people")]
    [InlineData("POST", "/people")]
    [InlineData("GET", "/people/p_x")]
    [InlineData("POST", "/people/p_x/disablement")]
    [InlineData("POST", "/people/p_x/enablement")]
    [InlineData("POST", "/people/p_x/one-time-password")]
    [InlineData("POST", "/people/p_x/second-factor-reset")]
    [InlineData("GET", "/person-events")]
    public async Task Every_route_needs_a_token_with_the_scope(string method, string path)
    {
        var missing = await Host.SendAsync(new HttpRequestMessage(new(method), path));
        Assert.Equal((HttpStatusCode.Unauthorized, "auth.token-missing"), (missing.Status, missing.Json["code"]!.GetValue<string>()));
        var scopeless = await Operator.SendAsync(new HttpRequestMessage(new(method), path), (await Host.SandboxTokenAsync()).AccessToken);
        Assert.Equal((HttpStatusCode.Forbidden, "auth.scope-missing"), (scopeless.Status, scopeless.Json["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Whoever_is_disabled_is_out_at_once_everywhere_and_told_so_only_with_the_password()
    {
        var created = await CreateAsync(Citizen());
        var id = created.Json["person"]!["id"]!.GetValue<string>();
        await Visitor.ChoosePasswordAsync("zhang.san", created.Json["oneTimePassword"]!.GetValue<string>());
        var tokens = await Visitor.ExchangeAsync(Visitor.Of(await Visitor.GoAsync(Visitor.AuthorizeAddress()), "code"));

        await Operator.ChangeAsync($"/people/{id}", "disablement", Reason());
        (await Visitor.RefreshAsync(tokens.Json["refresh_token"]!.GetValue<string>())).Refuses(HttpStatusCode.BadRequest, "invalid_grant");
        using var info = new HttpRequestMessage(HttpMethod.Get, "/connect/userinfo") { Headers = { Authorization = new("Bearer", tokens.AccessToken) } };
        Assert.Equal(HttpStatusCode.Unauthorized, (await Host.SendAsync(info)).Status);
        await Visitor.GoAsync(Visitor.AuthorizeAddress());
        Assert.StartsWith("/signin", Visitor.At, StringComparison.Ordinal);
        await Visitor.SubmitAsync(("name", "zhang.san"), ("password", "wrong"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, Visitor.Page.Status);
        await Visitor.SubmitAsync(("name", "zhang.san"), ("password", Visitor.Password));
        Assert.Equal(HttpStatusCode.Forbidden, Visitor.Page.Status);
        Assert.Contains("disabled", Visitor.Page.Body, StringComparison.Ordinal);

        await Operator.ChangeAsync($"/people/{id}", "enablement");
        await Visitor.GoAsync("/signin");
        await Visitor.SubmitAsync(("name", "zhang.san"), ("password", Visitor.Password));
        Assert.Equal("/signin/done", Visitor.At);
    }

    [Fact] // ID-5
    public async Task Whoever_has_another_identifier_signs_in_as_who_it_says_and_once()
    {
        var entry = new JsonObject
        {
            ["userName"] = "jane.doe", ["displayName"] = "Jane Doe", ["role"] = "citizen",
            ["identifier"] = new JsonObject { ["kind"] = "passport", ["country"] = "US", ["number"] = "A12345678" },
        };
        var created = await CreateAsync((JsonObject)entry.DeepClone());
        await Visitor.ChoosePasswordAsync("jane.doe", created.Json["oneTimePassword"]!.GetValue<string>());
        var tokens = await Visitor.ExchangeAsync(Visitor.Of(await Visitor.GoAsync(Visitor.AuthorizeAddress()), "code"));
        Assert.Equal(new ApplicantReference("passport:USA:A12345678", "Jane Doe"), tokens.Applicant);

        entry["userName"] = "jane.doe.2";
        var again = await Operator.SendAsync(HttpMethod.Post, "/people", (JsonObject)entry.DeepClone());
        Assert.Equal((HttpStatusCode.Conflict, "person.has-account"), (again.Status, again.Json["code"]!.GetValue<string>()));
        entry["identifier"]!["country"] = "HK";
        var wrong = await Operator.SendAsync(HttpMethod.Post, "/people", (JsonObject)entry.DeepClone());
        Assert.Equal(("applicant.country-invalid", "/identifier/country"), (wrong.Json["code"]!.GetValue<string>(), wrong.Json["errors"]![0]!["pointer"]!.GetValue<string>()));
        Assert.DoesNotContain("A12345678", Host.Logs.All + await EventsAsync() + created.Body + again.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_change_is_an_event_that_names_nobody_and_that_nobody_can_take_back()
    {
        var id = await IdAsync(Clerk());
        await Operator.ChangeAsync($"/people/{id}", "disablement", Reason());
        await Operator.ChangeAsync($"/people/{id}", "enablement");
        await Operator.ChangeAsync($"/people/{id}", "one-time-password");
        await Operator.ChangeAsync($"/people/{id}", "second-factor-reset");
        var events = JsonNode.Parse(await EventsAsync($"?person={id}"))!["items"]!.AsArray();
        Assert.Equal(
            ["created", "disabled", "enabled", "one-time-password-set", "second-factor-reset"],
            events.Select(e => e!["kind"]!.GetValue<string>()));
        Assert.All(events, e => Assert.Equal((Operator.Client, id), (e!["actor"]!.GetValue<string>(), e["person"]!.GetValue<string>())));
        Assert.Equal("""{"hall":"airport","role":"clerk","department":"tax"}""", events[0]!["details"]!.ToJsonString());
        Assert.DoesNotContain("李雷", events.ToJsonString() + Host.Logs.All, StringComparison.Ordinal);

        await using var source = NpgsqlDataSource.Create(Host.Database);
        foreach (var change in new[] { "UPDATE identity.person_events SET actor = 'nobody'", "DELETE FROM identity.person_events", "TRUNCATE identity.person_events" })
        {
            await using var command = source.CreateCommand(change);
            Assert.Equal("identity.person_events is append-only", (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).MessageText);
        }
    }

    private static JsonObject Citizen() => new() { ["userName"] = "zhang.san", ["displayName"] = "张三丰", ["role"] = "citizen", ["citizenId"] = CitizenId };

    private static JsonObject Clerk() => new() { ["userName"] = "li.lei", ["displayName"] = "李雷", ["role"] = "clerk", ["department"] = "tax", ["hall"] = "airport" };

    private static JsonObject Reason() => new() { ["reason"] = "Left the office." };

    private async Task<string> EventsAsync(string query = "") => (await Operator.SendAsync(HttpMethod.Get, "/person-events" + query)).Body;

    private async Task<string> IdAsync(JsonObject entry) => (await CreateAsync(entry)).Json["person"]!["id"]!.GetValue<string>();

    private Task RefusesAsync(string id, string change, JsonObject? body, HttpStatusCode status, string code) =>
        Operator.RefusesChangeAsync(HttpMethod.Post, $"/people/{id}", change, body, status, code);

    private async Task<Answer> CreateAsync(JsonObject entry)
    {
        var created = await Operator.SendAsync(HttpMethod.Post, "/people", entry);
        Assert.True(created.Status == HttpStatusCode.Created, created.Body);
        return created;
    }
}
