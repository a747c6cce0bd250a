using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.Authorize;

/// <summary>Kiosks, userinfo and logout.</summary>
public sealed class DeviceTests(TestServer server) : SandboxTests(server)
{
    [Fact]
    public async Task A_kiosk_gets_the_tokens_of_whoever_enters_its_code()
    {
        var device = await BeginAsync();
        Assert.Equal($"{Host.Issuer}/connect/verify", Text(device, "verification_uri"));
        Assert.Matches("^[B-Z]{4}-[B-Z]{4}$", Text(device, "user_code"));
        (await PollAsync(device)).Refuses(HttpStatusCode.BadRequest, "authorization_pending");
        (await PollAsync(device)).Refuses(HttpStatusCode.BadRequest, "slow_down");
        await FiveSecondsPassAsync();

        Assert.Null(await Visitor.SignInAsync("citizen", "/connect/verify"));
        Assert.Null(await Visitor.SubmitAsync(("user_code", Text(device, "user_code"))));
        Assert.Contains("OneDoor Kiosk", Visitor.Page.Body, StringComparison.Ordinal);
        Assert.Contains("does not tell the application your identity number", Visitor.Page.Body, StringComparison.Ordinal);
        (await PollAsync(device)).Refuses(HttpStatusCode.BadRequest, "authorization_pending");
        Assert.Null(await Visitor.SubmitAsync(("decision", "allow")));
        Assert.Equal("/connect/verify/done", Visitor.At);
        Assert.Equal("/signin", await WhereTheAccountIsAsync());

        var tokens = await PollAsync(device);
        Assert.True(tokens.Status == HttpStatusCode.OK, tokens.Body);
        Assert.StartsWith("person:", tokens.Applicant.Key, StringComparison.Ordinal);
        Assert.Equal("kiosk", tokens.Token.GetClaim("client_id").Value);
        Assert.False(tokens.Json.ContainsKey("refresh_token"));
        (await PollAsync(device)).Refuses(HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact] // RFC 8628 section 3.5
    public async Task A_device_that_asks_every_five_seconds_asks_at_the_right_time_whichever_process_and_its_clock()
    {
        await using var ahead = TestHost.Development(Host.Database, new(Host.Time.GetUtcNow().AddSeconds(20)));
        var device = await BeginAsync();
        (await PollAsync(device, at: ahead)).Refuses(HttpStatusCode.BadRequest, "authorization_pending");
        (await PollAsync(device)).Refuses(HttpStatusCode.BadRequest, "slow_down");

        await FiveSecondsPassAsync();

        (await PollAsync(device)).Refuses(HttpStatusCode.BadRequest, "authorization_pending");
    }

    [Fact] // KIOSK-1
    public async Task A_kiosk_is_registered_with_its_hall_and_its_tokens_name_it_until_it_is_disabled()
    {
        var machine = new TestClient("kiosk-7");
        var entry = machine.Entry();
        entry.Remove("department");
        (entry["hall"], entry["scopes"]) = ("haigang", new JsonArray("tickets:take"));
        var registered = await Operator.SendAsync(HttpMethod.Post, "/clients", entry);
        Assert.Equal("haigang", Text(registered, "hall"));
        Assert.Equal("haigang", (await Host.AssertionTokenAsync(machine.Assertion(Host))).Token.GetClaim("hall").Value);
        var people = new TestClient("kiosk-7-people");
        var application = new JsonObject
        {
            ["clientId"] = people.Id, ["displayName"] = "Kiosk 7", ["hall"] = "haigang", ["scopes"] = new JsonArray("cases:read"),
            ["application"] = new JsonObject { ["kind"] = "device", ["asksConsent"] = false },
        };
        // Without keys anybody could say they are the kiosk.
        await Operator.RefusesAsync(HttpMethod.Post, "/clients", application, HttpStatusCode.UnprocessableEntity, "client.hall-of-kiosks");
        application["jwks"] = people.Entry()["jwks"]!.DeepClone();
        await Operator.SendAsync(HttpMethod.Post, "/clients", application);
        (await Host.PostAsync("/connect/device", null, ("client_id", people.Id))).Refuses(HttpStatusCode.Unauthorized, "invalid_client");

        Assert.Equal("haigang", (await SignInAtAsync("kiosk-7-people", "citizen", people)).Token.GetClaim("hall").Value);
        Assert.False((await SignInAtAsync("kiosk", "citizen")).Token.TryGetPayloadValue<string>("hall", out _));
        // Staff stay in the hall they work in.
        Assert.Equal("airport", (await SignInAtAsync("kiosk-7-people", "clerk", people)).Token.GetClaim("hall").Value);

        await Operator.SendAsync(HttpMethod.Post, "/clients/kiosk-7-people/disablement", new JsonObject { ["reason"] = "stolen" }, ("If-Match", (await Operator.SendAsync(HttpMethod.Get, "/clients/kiosk-7-people")).Header("ETag")!));
        (await BeginAsync(people.Id, "cases:read", people)).Refuses(HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Theory] // KIOSK-1
    [InlineData("allow")]
    [InlineData("deny")]
    public async Task A_kiosks_browser_forgets_whoever_signed_in_at_it(string decision)
    {
        var people = await RegisterAsync($"kiosk-{decision}");

        var device = await BeginAsync(people.Id, "cases:read", people);
        await Visitor.SignInAsync("citizen", $"/connect/verify?user_code={Text(device, "user_code")}");
        await Visitor.SubmitAsync(("decision", decision));
        Assert.Equal("/connect/verify/done", Visitor.At);
        Assert.DoesNotContain("href=\"/signin", Visitor.Page.Body, StringComparison.Ordinal);
        Assert.Equal("/signin", await WhereTheAccountIsAsync());

        // Who was signed in before, at a phone of their own, stays so.
        await Visitor.SignInAsync("citizen", "/signin");
        await Visitor.GoAsync($"/connect/verify?user_code={Text(await BeginAsync(people.Id, "cases:read", people), "user_code")}");
        await Visitor.SubmitAsync(("decision", decision));
        Assert.Equal("/signin/done", await WhereTheAccountIsAsync());
    }

    [Theory] // KIOSK-1
    [InlineData(true)]
    [InlineData(false)]
    public async Task At_a_kiosk_nobody_acts_as_whoever_was_there_before(bool hadCode)
    {
        var people = await RegisterAsync($"kiosk-left-{hadCode}".ToLowerInvariant());
        await Visitor.SignInAsync("citizen", hadCode ? $"/connect/verify?user_code={Text(await BeginAsync(people.Id, "cases:read", people), "user_code")}" : "/connect/verify");
        Assert.StartsWith("/connect/verify", Visitor.At, StringComparison.Ordinal);

        var device = await BeginAsync(people.Id, "cases:read", people);
        var address = $"/connect/verify?user_code={Text(device, "user_code")}";
        await Visitor.GoAsync(address);
        Assert.Equal("/signin", Visitor.At.Split('?')[0]);
        Assert.Equal("/signin", await WhereTheAccountIsAsync());

        // Signed in for this code, the next person is asked about it at once, and it is them that the kiosk hears of.
        await Visitor.SignInAsync("enterprise", address);
        Assert.Equal(address, Visitor.At);
        await Visitor.SubmitAsync(("decision", "allow"));
        var tokens = await PollAsync(device, people.Id, people);
        Assert.StartsWith("legal-entity:", tokens.Applicant.Key, StringComparison.Ordinal);
    }

    [Fact] // KIOSK-1
    public async Task Whoever_signed_in_to_let_a_device_in_is_nobody_to_any_application_at_that_browser()
    {
        await Visitor.SignInAsync("citizen", $"/connect/verify?user_code={Text(await BeginAsync(), "user_code")}");

        Assert.Equal("login_required", Visitor.Of(await Visitor.GoAsync(Visitor.AuthorizeAddress(others: ("prompt", "none"))), "error"));
        Assert.Null(await Visitor.GoAsync(Visitor.AuthorizeAddress()));
        Assert.Equal("/signin", Visitor.At.Split('?')[0]);

        // Whoever signs in there for the application is known to it.
        Assert.NotEmpty(Visitor.Of(await Visitor.SignInAsync("enterprise", Visitor.AuthorizeAddress()), "code"));
    }

    [Fact] // KIOSK-1
    public async Task Whoever_may_do_nothing_at_a_kiosk_is_led_to_sign_in_as_somebody_else_for_its_code()
    {
        var people = await RegisterAsync("kiosk-of-staff", "cases:handle");
        var address = $"/connect/verify?user_code={Text(await BeginAsync(people.Id, "cases:handle", people), "user_code")}";
        await Visitor.SignInAsync("citizen", address);
        Assert.Equal(HttpStatusCode.Forbidden, Visitor.Page.Status);
        var onward = WebUtility.HtmlDecode(Regex.Match(Visitor.Page.Body, "<a href=\"(/signin[^\"]*)\">").Groups[1].Value);

        await Visitor.SignInAsync("clerk", onward);

        Assert.Equal(address, Visitor.At);
        Assert.Equal(HttpStatusCode.OK, Visitor.Page.Status);
    }

    [Fact] // KIOSK-1
    public async Task Whoever_goes_away_from_a_device_before_the_end_is_forgotten_when_its_code_is()
    {
        await Visitor.SignInAsync("citizen", $"/connect/verify?user_code={Text(await BeginAsync(), "user_code")}");
        Host.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal("/signin/done", await WhereTheAccountIsAsync());

        Host.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal("/signin", await WhereTheAccountIsAsync());
    }

    [Fact]
    public async Task A_kiosk_that_is_refused_is_told_so()
    {
        var device = await BeginAsync();
        Assert.Null(await Visitor.SignInAsync("citizen", $"/connect/verify?user_code={Text(device, "user_code")}"));
        await Visitor.SubmitAsync(("decision", "deny"));
        (await PollAsync(device)).Refuses(HttpStatusCode.BadRequest, "access_denied");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    public async Task What_is_no_form_says_nothing_and_whoever_sends_it_signs_in(string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/verify") { Content = new StringContent("{}", Encoding.UTF8, type) };
        Assert.Equal(HttpStatusCode.OK, (await Host.SendAsync(request)).Status);
    }

    [Fact]
    public async Task A_device_code_expires()
    {
        var device = await BeginAsync();
        Host.Time.Advance(TimeSpan.FromMinutes(11));
        (await PollAsync(device)).Refuses(HttpStatusCode.BadRequest, "expired_token");
    }

    [Fact]
    public async Task A_link_with_the_code_lets_nothing_in_by_itself()
    {
        var device = await BeginAsync();
        Assert.Null(await Visitor.SignInAsync("citizen", $"/connect/verify?user_code={Text(device, "user_code")}"));
        (await PollAsync(device)).Refuses(HttpStatusCode.BadRequest, "authorization_pending");
        await FiveSecondsPassAsync();
        await Visitor.PostAsync("/connect/verify", ("user_code", Text(device, "user_code")), ("decision", "allow"));
        Assert.Equal(HttpStatusCode.BadRequest, Visitor.Page.Status);
        Assert.Contains($"<a href=\"/signin?to={Uri.EscapeDataString($"/connect/verify?user_code={Text(device, "user_code")}")}\">", Visitor.Page.Body, StringComparison.Ordinal);
        (await PollAsync(device)).Refuses(HttpStatusCode.BadRequest, "authorization_pending");
    }

    [Fact]
    public async Task Guessing_user_codes_becomes_slow()
    {
        Assert.Null(await Visitor.SignInAsync("citizen", "/connect/verify"));
        for (var i = 0; i < 5; i++)
        {
            await Visitor.SubmitAsync(("user_code", "BBBB-BBBB"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, Visitor.Page.Status);
        }

        await Visitor.SubmitAsync(("user_code", "BBBB-BBBB"));
        Assert.Equal(HttpStatusCode.TooManyRequests, Visitor.Page.Status);
    }

    [Fact]
    public async Task A_code_of_ones_own_makes_no_wrong_guess_forgotten()
    {
        var own = Text(await BeginAsync(), "user_code");
        Assert.Null(await Visitor.SignInAsync("citizen", "/connect/verify"));
        for (var i = 0; i < 4; i++)
            await Visitor.SubmitAsync(("user_code", "BBBB-BBBB"));
        await Visitor.GoAsync($"/connect/verify?user_code={own}");
        Assert.Equal(HttpStatusCode.OK, Visitor.Page.Status);
        // Nor does a right one bring about a wait.
        await Visitor.SubmitAsync(("decision", "deny"));
        Assert.Equal("/connect/verify/done", Visitor.At);

        await Visitor.SignInAsync("citizen", "/connect/verify?user_code=BBBB-BBBB");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, Visitor.Page.Status);
        await Visitor.GoAsync("/connect/verify?user_code=BBBB-BBBB");

        Assert.Equal(HttpStatusCode.TooManyRequests, Visitor.Page.Status);
    }

    [Fact]
    public async Task Whoever_connects_one_device_after_another_does_not_wait()
    {
        for (var i = 0; i < 4; i++)
        {
            await Visitor.SignInAsync("citizen", $"/connect/verify?user_code={Text(await BeginAsync(), "user_code")}");
            await Visitor.SubmitAsync(("decision", "allow"));
            Assert.Equal("/connect/verify/done", Visitor.At);
        }
    }

    [Fact]
    public async Task A_code_application_may_not_use_the_device_flow_nor_a_kiosk_the_other()
    {
        (await Host.PostAsync("/connect/device", null, ("client_id", "playground"))).Refuses(HttpStatusCode.BadRequest, "unauthorized_client");
        await Visitor.GoAsync(Visitor.AuthorizeAddress(client: "kiosk"));
        Assert.Equal(HttpStatusCode.BadRequest, Visitor.Page.Status);
    }

    [Fact]
    public async Task Userinfo_tells_who_it_is_and_no_citizen_id()
    {
        var tokens = await Visitor.TokensAsync("clerk", "openid profile cases:read");
        var info = await UserInfoAsync(tokens.AccessToken);
        Assert.Equal((tokens.Token.Subject, "market-regulation", "airport"), (Text(info, "sub"), Text(info, "department"), Text(info, "hall")));
        Assert.NotEmpty(Text(info, "name"));
        Assert.Equal(tokens.Token.Issuer, Text(info, "iss"));
        Assert.False(info.Json.ContainsKey("applicant"));

        var machine = await Host.SandboxTokenAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await UserInfoAsync(machine.AccessToken)).Status);
    }

    [Fact]
    public async Task Logout_asks_first_and_ends_the_session()
    {
        await Visitor.SignInAsync("citizen", Visitor.AuthorizeAddress());
        Assert.Null(await Visitor.GoAsync("/connect/logout"));
        Assert.Contains("Sign out?", Visitor.Page.Body, StringComparison.Ordinal);
        Assert.NotEmpty(Visitor.Of(await Visitor.GoAsync(Visitor.AuthorizeAddress()), "code"));

        await Visitor.GoAsync("/connect/logout");
        Assert.Null(await Visitor.SubmitAsync(("decision", "sign-out")));
        Assert.Equal("/signed-out", Visitor.At);
        Assert.Null(await Visitor.GoAsync(Visitor.AuthorizeAddress()));
        Assert.StartsWith("/signin", Visitor.At, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logout_with_the_id_token_leads_back_to_the_application_and_nowhere_else()
    {
        var tokens = await Visitor.TokensAsync("citizen");
        var hint = $"/connect/logout?id_token_hint={Text(tokens, "id_token")}&state=s&post_logout_redirect_uri=";
        Assert.Null(await Visitor.GoAsync(hint + Uri.EscapeDataString("http://evil.test/")));
        Assert.Equal(HttpStatusCode.BadRequest, Visitor.Page.Status);
        Assert.StartsWith(Visitor.Playground, (await Visitor.GoAsync(hint + Uri.EscapeDataString(Visitor.Playground)))!.ToString(), StringComparison.Ordinal);
        await Visitor.GoAsync(Visitor.AuthorizeAddress());
        Assert.StartsWith("/signin", Visitor.At, StringComparison.Ordinal);
    }

    // A kiosk by which people sign in.
    private async Task<TestClient> RegisterAsync(string id, string scope = "cases:read")
    {
        var people = new TestClient(id);
        await Operator.SendAsync(HttpMethod.Post, "/clients", new JsonObject
        {
            ["clientId"] = id, ["displayName"] = "Kiosk", ["hall"] = "haigang", ["scopes"] = new JsonArray(scope),
            ["application"] = new JsonObject { ["kind"] = "device", ["asksConsent"] = false }, ["jwks"] = people.Entry()["jwks"]!.DeepClone(),
        });
        return people;
    }

    private async Task<string> WhereTheAccountIsAsync()
    {
        await Visitor.GoAsync("/signin/done");
        return Visitor.At.Split('?')[0];
    }

    private static string Text(Answer answer, string name) => answer.Json[name]!.GetValue<string>();

    private Task<Answer> BeginAsync(string client = "kiosk", string scope = "openid cases:submit", TestClient? keys = null) =>
        Host.PostAsync("/connect/device", null, [("client_id", client), ("scope", scope), .. ProofOf(keys)]);

    // By the clock that all processes share, which is the database's.
    private Task FiveSecondsPassAsync() => TestServer.RunAsync(
        Host.Database, """UPDATE identity."OpenIddictTokens" SET "Properties" = jsonb_build_object('polled', ("Properties"::jsonb ->> 'polled')::bigint - 5000)::text WHERE "Properties"::jsonb ? 'polled'""");

    private Task<Answer> PollAsync(Answer device, string client = "kiosk", TestClient? keys = null, TestHost? at = null) => (at ?? Host).TokenAsync(
        [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("client_id", client), ("device_code", Text(device, "device_code")), .. ProofOf(keys)]);

    private (string, string)[] ProofOf(TestClient? keys) => keys is null ? []
        : [("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", keys.Assertion(Host))];

    private async Task<Answer> SignInAtAsync(string client, string name, TestClient? keys = null)
    {
        var (device, visitor) = (await BeginAsync(client, "cases:read", keys), new Visitor(Host));
        await visitor.SignInAsync(name, $"/connect/verify?user_code={Text(device, "user_code")}");
        await visitor.SubmitAsync(("decision", "allow"));
        return await PollAsync(device, client, keys);
    }

    private async Task<Answer> UserInfoAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/connect/userinfo");
        request.Headers.Authorization = new("Bearer", token);
        return await Host.SendAsync(request);
    }
}
