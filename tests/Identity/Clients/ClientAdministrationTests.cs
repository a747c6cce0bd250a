using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.Clients;

/// <summary>What an operator with <c>clients:manage</c> does, and what everybody else is refused.</summary>
public sealed class ClientAdministrationTests(TestServer server) : SandboxTests(server)
{
    private const string Manager = Operator.Client;
    private readonly TestClient _client = new("tax-bureau");

    public static TheoryData<string, string, string> BadEntries => new()
    {
        { "clientId", "\"sandbox-tax\"", "client.id-invalid" },
        { "clientId", "\"playground\"", "client.id-invalid" },
        { "clientId", "\"Tax Bureau\"", "client.id-invalid" },
        { "displayName", "\"a\\nb\"", "client.name-invalid" },
        { "scopes", "[\"cases:destroy\"]", "client.scope-unknown" },
        { "department", "\"weather\"", "client.department-unknown" },
        { "hall", "\"moon\"", "client.hall-unknown" },
        { "hall", "\"airport\"", "client.hall-of-kiosks" },
        { "jwks", """{"keys":[]}""", "client.keys-invalid" },
        { "jwks", """{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}""", "client.keys-invalid" },
        { "jwks", """{"keys":[{"kty":"RSA","n":"****","e":"AQAB"}]}""", "client.keys-invalid" },
        { "jwks", """{"keys":[{"kty":"RSA","n":"","e":""}]}""", "client.keys-invalid" },
        { "jwks", """{"keys":[{"kty":"EC","crv":"P-256","x":"","y":""}]}""", "client.keys-invalid" },
        { "jwks", """{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}""", "client.keys-invalid" },
        { "jwks", """{"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","x5c":[null]}]}""", "client.keys-invalid" },
        { "jwks", """{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"AA"}]}""", "client.keys-private" },
        { "certificateBound", "true", "client.certificate-missing" },
    };

    [Fact]
    public async Task A_client_is_registered_read_listed_and_gets_tokens()
    {
        var registered = await Operator.SendAsync(HttpMethod.Post, "/clients", _client.Entry());
        Assert.Equal((HttpStatusCode.Created, "/clients/tax-bureau"), (registered.Status, registered.Header("Location")));
        Assert.Equal("enabled", registered.Json["status"]!.GetValue<string>());

        var read = await Operator.SendAsync(HttpMethod.Get, "/clients/tax-bureau");
        Assert.Equal((registered.Header("ETag"), registered.Body), (read.Header("ETag"), read.Body));
        Assert.Equal("no-store", read.Header("Cache-Control"));
        Assert.Equal(HttpStatusCode.NotModified, (await Operator.SendAsync(HttpMethod.Get, "/clients/tax-bureau", null, ("If-None-Match", read.Header("ETag")!))).Status);
        Assert.Equal("tax", (await Host.AssertionTokenAsync(_client.Assertion(Host))).Token.GetClaim("department").Value);

        var ids = new List<string>();
        for (var page = "/clients?first=5"; page is not null;)
        {
            var list = (await Operator.SendAsync(HttpMethod.Get, page)).Json;
            ids.AddRange(list["items"]!.AsArray().Select(item => item!["clientId"]!.GetValue<string>()));
            page = list["next"]?.GetValue<string>();
        }

        // The departments' thirteen, the hall's kiosk, the app of no department, the three apps for people, and this one.
        Assert.Equal(19, ids.Count);
        Assert.Contains("tax-bureau", ids);
    }

    [Fact]
    public async Task Lists_go_on_where_they_left_off_and_take_no_made_up_cursor()
    {
        var first = await Operator.SendAsync(HttpMethod.Get, "/clients?first=2");
        var next = first.Json["next"]!.GetValue<string>();
        Assert.Equal($"<{next}>; rel=\"next\"", first.Header("Link"));
        Assert.StartsWith("/clients?first=2&after=", next, StringComparison.Ordinal);
        Assert.Null((await Operator.SendAsync(HttpMethod.Get, "/clients?first=100")).Header("Link"));

        var cursor = next.Split("after=")[1];
        foreach (var wrong in new[] { "zz", "sandbox-fire", cursor[..^2], $"{cursor}AA", (cursor[9] == 'A' ? 'B' : 'A') + cursor[1..] })
        {
            var refused = await Operator.SendAsync(HttpMethod.Get, $"/clients?after={wrong}");
            Assert.Equal((HttpStatusCode.BadRequest, "request.cursor-invalid"), (refused.Status, refused.Json["code"]!.GetValue<string>()));
            Assert.Equal("after", refused.Json["errors"]![0]!["pointer"]!.GetValue<string>());
        }
        // One of the last release, which read it alone.
        var earlier = Convert.ToBase64String([0x09, 0xF0, 0xC9, 0xF0, .. new byte[76]]).TrimEnd('=').Replace('/', '_').Replace('+', '-');
        await Operator.RefusesAsync(HttpMethod.Get, $"/clients?after={earlier}", null, HttpStatusCode.BadRequest, "request.cursor-invalid");
        await Operator.RefusesAsync(HttpMethod.Get, $"/people?after={cursor}", null, HttpStatusCode.BadRequest, "request.cursor-invalid");
    }

    [Fact]
    public async Task Events_go_on_where_they_left_off()
    {
        await Operator.SendAsync(HttpMethod.Post, "/clients", _client.Entry());
        await Operator.ChangeAsync("/clients/tax-bureau", "disablement", new() { ["reason"] = "x" });
        var first = await Operator.SendAsync(HttpMethod.Get, "/client-events?client=tax-bureau&first=1");

        var rest = await Operator.SendAsync(HttpMethod.Get, first.Json["next"]!.GetValue<string>());

        Assert.Equal(["registered", "disabled"], new[] { first, rest }.Select(page => Assert.Single(page.Json["items"]!.AsArray())!["kind"]!.GetValue<string>()));
        Assert.All([first, rest], page => Assert.EndsWith("+08:00", page.Json["items"]![0]!["at"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.Null(rest.Json["next"]);
    }

    [Fact]
    public async Task Keys_come_back_as_they_were_given()
    {
        var entry = _client.Entry();

        var registered = await Operator.SendAsync(HttpMethod.Post, "/clients", entry);

        var (given, kept) = (entry["jwks"]!["keys"]![0]!.AsObject(), registered.Json["jwks"]!["keys"]![0]!.AsObject());
        Assert.Equal(given.Select(m => m.Key).Order(StringComparer.Ordinal), kept.Select(m => m.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Health_answers_HEAD()
    {
        foreach (var path in new[] { "/health/live", "/health/ready" })
        {
            using var head = new HttpRequestMessage(HttpMethod.Head, path);
            Assert.Equal(HttpStatusCode.OK, (await Host.SendAsync(head)).Status);
        }
    }

    [Theory]
    [MemberData(nameof(BadEntries))]
    public async Task A_bad_entry_is_refused(string field, string value, string code)
    {
        var entry = _client.Entry();
        entry[field] = JsonNode.Parse(value);
        await Operator.RefusesAsync(HttpMethod.Post, "/clients", entry, HttpStatusCode.UnprocessableEntity, code);
        Assert.Equal(0, await CountEventsAsync());
    }

    [Fact]
    public async Task A_taken_id_and_malformed_bodies_are_refused()
    {
        await Operator.SendAsync(HttpMethod.Post, "/clients", _client.Entry());
        await Operator.RefusesAsync(HttpMethod.Post, "/clients", _client.Entry(), HttpStatusCode.Conflict, "client.exists");
        var unknown = _client.Entry();
        unknown["clientSecret"] = "mine";
        await Operator.RefusesAsync(HttpMethod.Post, "/clients", unknown, HttpStatusCode.BadRequest, "request.unknown-field");
        await Operator.RefusesAsync(HttpMethod.Get, "/clients?first=101", null, HttpStatusCode.BadRequest, "request.parameter-invalid");
        await Operator.RefusesAsync(HttpMethod.Get, "/client-events?after=x", null, HttpStatusCode.BadRequest, "request.cursor-invalid");
        await Operator.RefusesAsync(HttpMethod.Get, "/client-events?client=%00", null, HttpStatusCode.BadRequest, "request.parameter-invalid");
        await Operator.RefusesAsync(HttpMethod.Get, "/clients/nobody", null, HttpStatusCode.NotFound, "client.not-found");
        await Operator.RefusesAsync(HttpMethod.Post, "/clients/nobody/enablement", null, HttpStatusCode.NotFound, "client.not-found");

        using var text = new HttpRequestMessage(HttpMethod.Post, "/clients") { Content = new StringContent("{") };
        Assert.Equal((HttpStatusCode)415, (await Operator.SendAsync(text)).Status);
        using var broken = new HttpRequestMessage(HttpMethod.Post, "/clients") { Content = new StringContent("{", null, "application/json") };
        Assert.Equal("request.malformed-json", (await Operator.SendAsync(broken)).Json["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_type_of_a_problem_leads_to_its_explanation()
    {
        var problem = await Operator.SendAsync(HttpMethod.Get, "/clients/nobody", null, ("Accept-Language", "zh-CN"));
        Assert.Equal(("没有该客户端", "zh-CN"), (problem.Json["title"]!.GetValue<string>(), problem.Header("Content-Language")));
        await Visitor.GoAsync(problem.Json["type"]!.GetValue<string>());
        Assert.Contains("There is no such client", Visitor.Page.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Host.GetAsync("/docs/errors/client.nonsense")).Status);
    }

    [Fact]
    public async Task A_change_names_the_version_it_saw()
    {
        var etag = (await Operator.SendAsync(HttpMethod.Post, "/clients", _client.Entry())).Header("ETag")!;
        await Operator.RefusesAsync(HttpMethod.Post, "/clients/tax-bureau/disablement", Reason(), (HttpStatusCode)428, "request.if-match-missing");
        var disabled = await Operator.SendAsync(HttpMethod.Post, "/clients/tax-bureau/disablement", Reason(), ("If-Match", etag));
        Assert.Equal("disabled", disabled.Json["status"]!.GetValue<string>());
        Assert.NotEqual(etag, disabled.Header("ETag"));
        await Operator.RefusesAsync(HttpMethod.Post, "/clients/tax-bureau/enablement", null, HttpStatusCode.PreconditionFailed, "request.stale", etag);
        await Operator.RefusesAsync(HttpMethod.Post, "/clients/tax-bureau/enablement", null, HttpStatusCode.PreconditionFailed, "request.stale", "*");
    }

    [Fact]
    public async Task A_disabled_client_gets_no_token_and_those_it_has_are_inactive_at_once()
    {
        var token = (await Host.SandboxTokenAsync("sandbox-fire")).AccessToken;
        var disabled = await Operator.ChangeAsync("/clients/sandbox-fire", "disablement", Reason());
        Assert.Equal("The key was disclosed.", disabled.Json["disabledBecause"]!.GetValue<string>());

        (await Host.SandboxTokenAsync("sandbox-fire")).Refuses(HttpStatusCode.Unauthorized, "invalid_client", "disabled");
        (await Host.SandboxTokenAsync("sandbox-fire", secret: "guess")).Refuses(HttpStatusCode.Unauthorized, "invalid_client", "credentials");
        Assert.Equal(1, await TestServer.CountAsync(Host.Database, """SELECT count(*) FROM identity."OpenIddictTokens" WHERE "Status" = 'revoked'"""));
        await Operator.RefusesAsync(HttpMethod.Post, "/clients/sandbox-fire/disablement", Reason(), HttpStatusCode.Conflict, "client.not-in-this-state", disabled.Header("ETag"));

        await Operator.ChangeAsync("/clients/sandbox-fire", "enablement", null);
        Assert.Equal(HttpStatusCode.OK, (await Host.SandboxTokenAsync("sandbox-fire")).Status);
        Assert.False((await Host.PostAsync("/connect/introspect", ("sandbox-fire", "sandbox-secret"), ("token", token))).Json["active"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_token_issued_while_its_client_was_being_disabled_is_invalid_too()
    {
        var token = (await Host.SandboxTokenAsync(Manager, "clients:manage")).AccessToken;
        await ExecuteAsync("""UPDATE identity."OpenIddictApplications" SET "Properties" = '{"disabled":{"reason":"x"}}' WHERE "ClientId" = 'sandbox-service-office'""");
        Assert.Equal("auth.token-invalid", (await Operator.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/clients"), token)).Json["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_resource_server_sees_the_tokens_of_a_disabled_client_as_inactive()
    {
        var resource = new TestClient("onedoor");
        await Host.RegisterAsync(resource.Entry());
        var token = (await Host.SandboxTokenAsync("sandbox-fire")).AccessToken;
        Assert.True(await IsActiveAsync());

        // Not revoked: as a token that was being issued at that moment.
        await ExecuteAsync("""UPDATE identity."OpenIddictApplications" SET "Properties" = '{"disabled":{"reason":"x"}}' WHERE "ClientId" = 'sandbox-fire'""");
        Assert.False(await IsActiveAsync());

        async Task<bool> IsActiveAsync() => (await Host.PostAsync("/connect/introspect", null, ("token", token),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", resource.Assertion(Host))))
            .Json["active"]!.GetValue<bool>();
    }

    [Fact]
    public async Task A_client_does_not_disable_itself_nor_anybody_without_a_reason()
    {
        var etag = (await Operator.SendAsync(HttpMethod.Get, $"/clients/{Manager}")).Header("ETag");
        await Operator.RefusesAsync(HttpMethod.Post, $"/clients/{Manager}/disablement", Reason(), HttpStatusCode.Conflict, "client.not-oneself", etag);
        var fire = (await Operator.SendAsync(HttpMethod.Get, "/clients/sandbox-fire")).Header("ETag");
        await Operator.RefusesAsync(HttpMethod.Post, "/clients/sandbox-fire/disablement", new() { ["reason"] = " " }, HttpStatusCode.UnprocessableEntity, "client.reason-missing", fire);
        await Operator.RefusesAsync(HttpMethod.Post, "/clients/sandbox-fire/enablement", null, HttpStatusCode.Conflict, "client.not-in-this-state", fire);
    }

    [Fact]
    public async Task Keys_are_rotated_with_overlap()
    {
        var etag = (await Operator.SendAsync(HttpMethod.Post, "/clients", _client.Entry())).Header("ETag")!;
        var next = new TestClient(_client.Id, "two");
        var alone = new JsonObject { ["jwks"] = next.Entry()["jwks"]!.DeepClone() };
        await Operator.RefusesAsync(HttpMethod.Put, "/clients/tax-bureau/jwks", alone, HttpStatusCode.UnprocessableEntity, "client.keys-do-not-overlap", etag);

        var both = alone.DeepClone().AsObject();
        both["jwks"]!["keys"]!.AsArray().Add(_client.Entry()["jwks"]!["keys"]![0]!.DeepClone());
        var rotated = await Operator.SendAsync(HttpMethod.Put, "/clients/tax-bureau/jwks", both, ("If-Match", etag));
        Assert.Equal(HttpStatusCode.OK, rotated.Status);
        Assert.Equal(HttpStatusCode.OK, (await Host.AssertionTokenAsync(_client.Assertion(Host))).Status);
        Assert.Equal(HttpStatusCode.OK, (await Host.AssertionTokenAsync(next.Assertion(Host))).Status);

        await Operator.SendAsync(HttpMethod.Put, "/clients/tax-bureau/jwks", alone, ("If-Match", rotated.Header("ETag")!));
        (await Host.AssertionTokenAsync(_client.Assertion(Host))).Refuses(HttpStatusCode.Unauthorized, "invalid_client");
        Assert.Equal(HttpStatusCode.OK, (await Host.AssertionTokenAsync(next.Assertion(Host))).Status);
    }

    [Fact]
    public async Task Disclosed_keys_are_replaced_without_overlap()
    {
        var etag = (await Operator.SendAsync(HttpMethod.Post, "/clients", _client.Entry())).Header("ETag")!;
        var body = new JsonObject { ["jwks"] = new TestClient(_client.Id).Entry()["jwks"]!.DeepClone(), ["overlap"] = false };
        Assert.Equal(HttpStatusCode.OK, (await Operator.SendAsync(HttpMethod.Put, "/clients/tax-bureau/jwks", body, ("If-Match", etag))).Status);
        (await Host.AssertionTokenAsync(_client.Assertion(Host))).Refuses(HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task A_sandbox_secret_is_rotated_and_other_clients_have_none()
    {
        var secret = (await Operator.ChangeAsync("/clients/sandbox-fire", "secret", null)).Json["clientSecret"]!.GetValue<string>();
        Assert.Equal(HttpStatusCode.OK, (await Host.SandboxTokenAsync("sandbox-fire", secret: secret)).Status);
        (await Host.SandboxTokenAsync("sandbox-fire")).Refuses(HttpStatusCode.Unauthorized, "invalid_client");
        Assert.DoesNotContain(secret, Host.Logs.All + (await Operator.SendAsync(HttpMethod.Get, "/client-events")).Body, StringComparison.Ordinal);

        // Another change leaves the secret alone.
        await Operator.ChangeAsync("/clients/sandbox-fire", "disablement", Reason());
        await Operator.ChangeAsync("/clients/sandbox-fire", "enablement", null);
        Assert.Equal(HttpStatusCode.OK, (await Host.SandboxTokenAsync("sandbox-fire", secret: secret)).Status);

        var etag = (await Operator.SendAsync(HttpMethod.Post, "/clients", _client.Entry())).Header("ETag");
        await Operator.RefusesAsync(HttpMethod.Post, "/clients/tax-bureau/secret", null, HttpStatusCode.Conflict, "client.secrets-are-for-the-sandbox", etag);
    }

    [Fact]
    public async Task Every_change_is_an_event_that_nobody_can_take_back()
    {
        await Host.RegisterAsync(_client.Entry());
        await Operator.ChangeAsync($"/clients/{_client.Id}", "disablement", Reason());
        await Operator.ChangeAsync($"/clients/{_client.Id}", "enablement", null);
        var events = (await Operator.SendAsync(HttpMethod.Get, "/client-events?client=tax-bureau")).Json["items"]!.AsArray();
        Assert.Equal(
            [("command-line", "registered"), (Manager, "disabled"), (Manager, "enabled")],
            events.Select(e => (e!["actor"]!.GetValue<string>(), e["kind"]!.GetValue<string>())));
        Assert.Equal("The key was disclosed.", events[1]!["details"]!["reason"]!.GetValue<string>());

        foreach (var change in new[] { "UPDATE identity.client_events SET actor = 'nobody'", "DELETE FROM identity.client_events", "TRUNCATE identity.client_events" })
            Assert.Contains("append-only", (await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(change))).MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_client_stays_disabled_when_its_file_is_registered_again()
    {
        await Host.RegisterAsync(_client.Entry());
        await Operator.ChangeAsync($"/clients/{_client.Id}", "disablement", Reason());
        await Host.RegisterAsync(_client.Entry());
        (await Host.AssertionTokenAsync(_client.Assertion(Host))).Refuses(HttpStatusCode.Unauthorized, "invalid_client", "disabled");
    }

    [Theory]
    [InlineData("GET", "/clients")]
    [InlineData("POST", "/clients")]
    [InlineData("GET", "/clients/sandbox-fire")]
    [InlineData("PATCH", "/clients/sandbox-fire")]
    [InlineData("PUT", "/clients/sandbox-fire/jwks")]
    [InlineData("POST", "/clients/sandbox-fire/secret")]
    [InlineData("POST", "/clients/sandbox-fire/disablement")]
    [InlineData("POST", "/clients/sandbox-fire/enablement")]
    [InlineData("GET", "/client-events")]
    public async Task Every_route_needs_a_token_with_the_scope(string method, string path)
    {
        var missing = await Host.SendAsync(new HttpRequestMessage(new(method), path));
        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer", "auth.token-missing"), (missing.Status, missing.Header("WWW-Authenticate"), missing.Json["code"]!.GetValue<string>()));
        Assert.Equal("application/problem+json", missing.Header("Content-Type"));
        var scopeless = await Operator.SendAsync(new HttpRequestMessage(new(method), path), (await Host.SandboxTokenAsync()).AccessToken);
        Assert.Equal((HttpStatusCode.Forbidden, "auth.scope-missing"), (scopeless.Status, scopeless.Json["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_token_that_is_forged_expired_or_revoked_is_refused()
    {
        var token = (await Host.SandboxTokenAsync(Manager, "clients:manage")).AccessToken;
        var parts = token.Split('.');
        Assert.Equal("auth.token-invalid", await CodeAsync($"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}"));
        Assert.Equal("auth.token-invalid", await CodeAsync("nonsense"));
        await using var other = TestHost.Development(await Server.CreateDatabaseAsync());
        Assert.Equal("auth.token-invalid", await CodeAsync((await other.SandboxTokenAsync(Manager, "clients:manage")).AccessToken));

        var revoked = (await Host.SandboxTokenAsync(Manager, "clients:manage")).AccessToken;
        await Host.PostAsync("/connect/revoke", (Manager, "sandbox-secret"), ("token", revoked));
        Assert.Equal("auth.token-invalid", await CodeAsync(revoked));
        Host.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("auth.token-expired", await CodeAsync(token));
        Assert.DoesNotContain(token, Host.Logs.All, StringComparison.Ordinal);
    }

    private static JsonObject Reason() => new() { ["reason"] = "The key was disclosed." };

    private async Task<string> CodeAsync(string token) =>
        (await Operator.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/clients"), token)).Json["code"]!.GetValue<string>();

    private Task<long> CountEventsAsync() => TestServer.CountAsync(Host.Database, "SELECT count(*) FROM identity.client_events");

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Host.Database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
