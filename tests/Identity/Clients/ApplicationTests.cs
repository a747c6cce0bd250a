using System.Net;
using System.Text.Json.Nodes;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.Clients;

/// <summary>Applications of third parties, and how an operator changes what a client may.</summary>
public sealed class ApplicationTests(TestServer server) : SandboxTests(server)
{
    private const string Path = "/clients/third-party";

    public static TheoryData<string, string, string> BadApplications => new()
    {
        { "department", "\"tax\"", "client.application-invalid" },
        { "hall", "\"airport\"", "client.hall-of-kiosks" },
        { "certificateBound", "true", "client.certificate-missing" },
        { "jwks", """{"keys":[]}""", "client.keys-invalid" },
        { "application", """{"kind":"browser","redirectUris":["https://app.test/"]}""", "client.application-invalid" },
        { "application", """{"kind":"device","redirectUris":["https://app.test/"]}""", "client.application-invalid" },
        { "application", """{"kind":"device","pushedRequestsOnly":true}""", "client.application-invalid" },
        { "application", """{"kind":"web"}""", "client.redirect-invalid" },
    };

    [Fact]
    public async Task An_application_of_a_third_party_asks_for_consent_and_is_given_what_it_may()
    {
        var registered = await Operator.SendAsync(HttpMethod.Post, "/clients", Entry());
        Assert.True(registered.Status == HttpStatusCode.Created, registered.Body);
        Assert.Equal("""{"kind":"web","redirectUris":["http://localhost:5080/playground"],"asksConsent":true,"pushedRequestsOnly":false}""", registered.Json["application"]!.ToJsonString());
        Assert.Null(await Visitor.SignInAsync("citizen", Visitor.AuthorizeAddress("openid cases:read cases:submit", "third-party")));
        Assert.Contains("A third party", Visitor.Page.Body, StringComparison.Ordinal);
        var away = await Visitor.SubmitAsync(("decision", "allow"));
        var tokens = await Visitor.ExchangeAsync(Visitor.Of(away, "code"), "third-party");
        Assert.Equal(["cases:read", "openid"], tokens.Scopes.Order());
        (await Host.TokenAsync(("grant_type", "client_credentials"), ("client_id", "third-party"))).Refuses(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task An_application_with_a_key_of_its_own_authenticates()
    {
        var client = new TestClient("third-party");
        var entry = Entry();
        entry["jwks"] = client.Entry()["jwks"]!.DeepClone();
        await Operator.SendAsync(HttpMethod.Post, "/clients", entry);
        await Visitor.SignInAsync("citizen", Visitor.AuthorizeAddress(client: "third-party"));
        var code = Visitor.Of(await Visitor.SubmitAsync(("decision", "allow")), "code");
        (await Visitor.ExchangeAsync(code, "third-party")).Refuses(HttpStatusCode.Unauthorized, "invalid_client");
        var tokens = await Visitor.ExchangeAsync(code, "third-party",
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", client.Assertion(Host)));
        Assert.Equal("third-party", tokens.Token.GetClaim("client_id").Value);
    }

    [Fact]
    public async Task A_device_of_a_third_party_is_registered()
    {
        var entry = Entry();
        entry["application"] = new JsonObject { ["kind"] = "device" };
        Assert.Equal("device", (await Operator.SendAsync(HttpMethod.Post, "/clients", entry)).Json["application"]!["kind"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await Host.PostAsync("/connect/device", null, ("client_id", "third-party"))).Status);
    }

    [Theory]
    [MemberData(nameof(BadApplications))]
    public async Task A_bad_application_is_refused(string field, string value, string code)
    {
        var entry = Entry();
        entry[field] = JsonNode.Parse(value);
        await Operator.RefusesAsync(HttpMethod.Post, "/clients", entry, HttpStatusCode.UnprocessableEntity, code);
    }

    [Theory]
    [InlineData("web", "http://app.test/callback")]
    [InlineData("web", "http://loopback/callback")]
    [InlineData("web", "cn.app:/callback")]
    [InlineData("native", "javascript:alert(1)")]
    [InlineData("native", "data:text/html,x")]
    [InlineData("native", "ftp.app:callback#x")]
    [InlineData("web", "/callback")]
    [InlineData("web", "https://app.test/#fragment")]
    [InlineData("web", "https://user@app.test/")]
    [InlineData("web", "https://*.app.test/")]
    [InlineData("web", "https://app.test\\@evil.test/")]
    [InlineData("web", "https://政务.test/")]
    [InlineData("web", "https://app.test/?a b")]
    [InlineData("web", "https://a;script-src/")]
    public async Task A_redirect_address_that_others_could_answer_at_is_refused(string kind, string address)
    {
        var entry = Entry();
        entry["application"] = new JsonObject { ["kind"] = kind, ["redirectUris"] = new JsonArray(address) };
        await Operator.RefusesAsync(HttpMethod.Post, "/clients", entry, HttpStatusCode.UnprocessableEntity, "client.redirect-invalid");
    }

    [Fact]
    public async Task Redirect_addresses_change_and_the_old_ones_are_refused_at_once()
    {
        await Operator.SendAsync(HttpMethod.Post, "/clients", Entry());
        await Visitor.SignInAsync("citizen", Visitor.AuthorizeAddress(client: "third-party"));
        await ChangeAsync(new() { ["redirectUris"] = new JsonArray("https://app.test/back") });
        Assert.Null(await Visitor.GoAsync(Visitor.AuthorizeAddress(client: "third-party")));
        Assert.Equal(HttpStatusCode.BadRequest, Visitor.Page.Status);
        Assert.Null(await Visitor.GoAsync(Visitor.AuthorizeAddress(client: "third-party", others: ("redirect_uri", "https://app.test/back"))));
        Assert.Contains("form-action 'self' https://app.test;", Visitor.Page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.StartsWith("https://app.test/back?code=", (await Visitor.SubmitAsync(("decision", "allow")))!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scopes_change_for_the_next_token_and_nothing_else_does()
    {
        var agency = new TestClient("tax-bureau");
        await Operator.SendAsync(HttpMethod.Post, "/clients", agency.Entry());
        var changed = await ChangeAsync(new() { ["scopes"] = new JsonArray("events:read") }, "/clients/tax-bureau");
        Assert.Equal(("tax", "enabled", 1), (changed.Json["department"]!.GetValue<string>(), changed.Json["status"]!.GetValue<string>(), changed.Json["jwks"]!["keys"]!.AsArray().Count));
        var token = await Host.AssertionTokenAsync(agency.Assertion(Host));
        Assert.Equal(("tax", "events:read"), (token.Token.GetClaim("department").Value, token.Token.GetClaim("scope").Value));
        (await Host.AssertionTokenAsync(agency.Assertion(Host), "cases:read")).Refuses(HttpStatusCode.BadRequest, "invalid_scope");
    }

    [Fact]
    public async Task An_application_is_held_to_pushed_requests()
    {
        await Operator.SendAsync(HttpMethod.Post, "/clients", Entry());
        await ChangeAsync(new() { ["pushedRequestsOnly"] = true });
        var answered = await Visitor.GoAsync(Visitor.AuthorizeAddress(client: "third-party"));
        Assert.Contains("error=invalid_request", answered?.Query, StringComparison.Ordinal);
        await ChangeAsync(new() { ["pushedRequestsOnly"] = false, ["asksConsent"] = false });
        Assert.NotNull(await Visitor.SignInAsync("citizen", Visitor.AuthorizeAddress(client: "third-party")));
    }

    [Fact]
    public async Task Every_change_of_a_client_is_an_event_that_says_what_became_what()
    {
        await Operator.SendAsync(HttpMethod.Post, "/clients", Entry());
        await ChangeAsync(new() { ["scopes"] = new JsonArray("cases:submit"), ["displayName"] = "Another name" });
        var change = (await Operator.SendAsync(HttpMethod.Get, "/client-events?client=third-party")).Json["items"]![1]!;
        Assert.Equal(
            (Operator.Client, "changed", """{"scopes":["cases:submit"],"displayName":"Another name"}"""),
            (change["actor"]!.GetValue<string>(), change["kind"]!.GetValue<string>(), change["details"]!.ToJsonString()));
    }

    [Fact]
    public async Task A_change_that_is_wrong_is_refused()
    {
        await Operator.SendAsync(HttpMethod.Post, "/clients", Entry());
        await Operator.RefusesAsync(HttpMethod.Patch, Path, new() { ["scopes"] = new JsonArray() }, (HttpStatusCode)428, "request.if-match-missing");
        await Operator.RefusesAsync(HttpMethod.Patch, Path, new() { ["scopes"] = new JsonArray() }, HttpStatusCode.PreconditionFailed, "request.stale", "\"x\"");
        await Operator.RefusesAsync(HttpMethod.Patch, "/clients/nobody", new() { ["scopes"] = new JsonArray() }, HttpStatusCode.NotFound, "client.not-found", "\"x\"");
        await RefusesAsync([], HttpStatusCode.BadRequest, "request.field-invalid");
        await RefusesAsync(new() { ["department"] = "tax" }, HttpStatusCode.BadRequest, "request.unknown-field");
        await RefusesAsync(new() { ["displayName"] = "" }, HttpStatusCode.UnprocessableEntity, "client.name-invalid");
        await RefusesAsync(new() { ["scopes"] = new JsonArray("cases:destroy") }, HttpStatusCode.UnprocessableEntity, "client.scope-unknown");
        await RefusesAsync(new() { ["scopes"] = new JsonArray((string?)null) }, HttpStatusCode.BadRequest, "request.field-invalid");
        await RefusesAsync(new() { ["certificateBound"] = true }, HttpStatusCode.UnprocessableEntity, "client.certificate-missing");
        await RefusesAsync(new() { ["redirectUris"] = new JsonArray() }, HttpStatusCode.UnprocessableEntity, "client.redirect-invalid");
        await RefusesAsync(new() { ["pushedRequestsOnly"] = true }, HttpStatusCode.Conflict, "client.no-application", "/clients/sandbox-fire");
        await RefusesAsync(new() { ["pushedRequestsOnly"] = true }, HttpStatusCode.UnprocessableEntity, "client.application-invalid", "/clients/kiosk");
        await RefusesAsync(new() { ["scopes"] = new JsonArray("clients:manage") }, HttpStatusCode.Conflict, "client.not-oneself", $"/clients/{Operator.Client}");
        var keys = new JsonObject { ["jwks"] = new TestClient("third-party").Entry()["jwks"]!.DeepClone() };
        await Operator.RefusesChangeAsync(HttpMethod.Put, Path, "/jwks", keys, HttpStatusCode.Conflict, "client.not-in-this-state");
        Assert.Equal(1, await TestServer.CountAsync(Host.Database, "SELECT count(*) FROM identity.client_events"));
    }

    private static JsonObject Entry() => new()
    {
        ["clientId"] = "third-party",
        ["displayName"] = "A third party",
        ["scopes"] = new JsonArray("cases:read"),
        ["application"] = new JsonObject { ["kind"] = "web", ["redirectUris"] = new JsonArray(Visitor.Playground) },
    };

    private Task RefusesAsync(JsonObject body, HttpStatusCode status, string code, string path = Path) =>
        Operator.RefusesChangeAsync(HttpMethod.Patch, path, "", body, status, code);

    private async Task<Answer> ChangeAsync(JsonObject body, string path = Path)
    {
        var answer = await Operator.SendAsync(HttpMethod.Patch, path, body, ("If-Match", (await Operator.SendAsync(HttpMethod.Get, path)).Header("ETag")!));
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        return answer;
    }
}
