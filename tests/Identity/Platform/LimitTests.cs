using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using OneDoor.Identity.Platform;

namespace OneDoor.Tests.Identity.Platform;

/// <summary>Too much, too often, too insecure, and a database that is away.</summary>
public sealed class LimitTests(TestServer server)
{
    [Fact]
    public async Task A_client_that_asks_too_often_is_told_when_to_come_back_and_others_are_not_held_up()
    {
        await using var host = TestHost.Development(await server.CreateDatabaseAsync(), settings: new() { ["Identity:RateLimit:Requests"] = "2" });
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.OK, (await host.SandboxTokenAsync()).Status);

        var refused = await host.SandboxTokenAsync();
        refused.Refuses(HttpStatusCode.TooManyRequests, "temporarily_unavailable");
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await host.SandboxTokenAsync("sandbox-fire")).Status);
    }

    [Fact]
    public async Task The_name_shared_with_the_API_holds_only_where_it_has_none_of_its_own()
    {
        foreach (var settings in new Dictionary<string, string>[] { new() { ["RateLimit:Requests"] = "2" }, new() { ["RateLimit:Requests"] = "1000", ["Identity:RateLimit:Requests"] = "2" } })
        {
            await using var host = TestHost.Development(await server.CreateDatabaseAsync(), settings: settings);
            Assert.Equal("\"client\";q=2;w=60", (await host.GetAsync("/clients")).Header("RateLimit-Policy"));
        }
    }

    [Fact]
    public async Task Guessing_a_secret_by_assertion_form_or_header_counts_against_the_same_client()
    {
        await using var host = TestHost.Development(await server.CreateDatabaseAsync(), settings: new() { ["Identity:RateLimit:Requests"] = "2" });
        await host.SandboxTokenAsync(secret: "guess");
        await host.TokenAsync(("grant_type", "client_credentials"), ("client_id", "sandbox-tax"), ("client_secret", "guess"));
        var refused = await host.AssertionTokenAsync(new TestClient("sandbox-tax").Assertion(host));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
    }

    [Fact]
    public async Task An_operator_who_asks_too_much_is_refused_as_by_the_API()
    {
        await using var host = TestHost.Development(await server.CreateDatabaseAsync(), settings: new() { ["Identity:RateLimit:Requests"] = "2" });
        foreach (var path in new[] { "/clients", "/people?first=1" })
            Assert.Equal("\"client\";q=2;w=60", (await host.GetAsync(path)).Header("RateLimit-Policy"));
        var refused = await host.GetAsync("/clients/sandbox-tax");
        Assert.Equal((HttpStatusCode.TooManyRequests, "request.too-many", "60"), (refused.Status, refused.Json["code"]!.GetValue<string>(), refused.Header("Retry-After")));
        Assert.Equal("application/problem+json", refused.Header("Content-Type"));
    }

    [Fact]
    public async Task Passwords_tried_from_one_network_are_bounded_whoever_they_are_for_and_others_are_not_held_up()
    {
        await using var host = TestHost.Production(await server.CreateDatabaseAsync(), settings: new() { ["Identity:RateLimit:Requests"] = "2" });
        async Task<Answer> TryAsync(string address, string name, string path = "/signin")
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([new("name", name)]) };
            request.Headers.Add("X-Forwarded-For", address);
            request.Headers.Add("Accept", "text/html");
            request.Headers.Add("Accept-Language", "en");
            return await host.SendAsync(request);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await TryAsync("2001:db8::1", "anna")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await TryAsync("2001:db8::2", "berta")).Status);
        var refused = await TryAsync("2001:db8::3", "clara", "/password");
        Assert.Equal((HttpStatusCode.TooManyRequests, "text/html; charset=utf-8"), (refused.Status, refused.Header("Content-Type")));
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Contains("Too many requests", refused.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await TryAsync("2001:db8:0:1::1", "dora")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await TryAsync("203.0.113.1", "emma")).Status);
    }

    [Fact]
    public async Task A_body_over_64_kilobytes_is_refused_and_an_operators_over_a_megabyte()
    {
        await using var host = TestHost.Development(await server.CreateDatabaseAsync());
        host.UseKestrel(0);
        host.StartServer();
        (await host.TokenAsync(("grant_type", "client_credentials"), ("scope", new string('x', 70_000))))
            .Refuses(HttpStatusCode.RequestEntityTooLarge, "invalid_request");
        var whoever = new Operator(host);
        await whoever.RefusesAsync(HttpMethod.Post, "/people", new() { ["userName"] = new string('x', 70_000) }, HttpStatusCode.BadRequest, "request.field-missing");
        var long_ = new System.Text.Json.Nodes.JsonObject { ["displayName"] = new string('x', 1_000_001) };
        await whoever.RefusesAsync(HttpMethod.Post, "/clients", long_, HttpStatusCode.RequestEntityTooLarge, "request.too-large");
        using var untold = new HttpRequestMessage(HttpMethod.Post, "/clients") { Content = new StringContent(long_.ToJsonString(), null, "application/json") };
        untold.Headers.TransferEncodingChunked = true;
        Assert.Equal("request.too-large", (await whoever.SendAsync(untold)).Json["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_nul_character_is_refused()
    {
        await using var host = TestHost.Development(await server.CreateDatabaseAsync());
        (await host.TokenAsync(("grant_type", "client_credentials"), ("client_id", "a\0b"), ("client_secret", "x"))).Refuses(HttpStatusCode.BadRequest, "invalid_request");
        (await host.SandboxTokenAsync("a\0b")).Refuses(HttpStatusCode.BadRequest, "invalid_request");
        foreach (var path in new[] { "/signin", "/signin/second-factor", "/password" })
            Assert.Equal(HttpStatusCode.BadRequest, (await host.PostAsync(path, null, ("name", "a\0b"))).Status);
        using var visitor = new Visitor(host);
        await visitor.GoAsync("/signin");
        await visitor.SubmitAsync(("name", "a\0b"), ("password", "x"));
        Assert.Equal(HttpStatusCode.BadRequest, visitor.Page.Status);
        foreach (var query in new[] { "authorize?client_id=%00", "authorize?client_id=playground&%00=x", "logout?post_logout_redirect_uri=a%00", "verify?user_code=%00" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/connect/{query}");
            (await host.SendAsync(request)).Refuses(HttpStatusCode.BadRequest, "invalid_request");
        }
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_refused()
    {
        await using var host = TestHost.Development(await server.CreateDatabaseAsync());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token");
        request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        (await host.SendAsync(request)).Refuses(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task Plain_http_is_refused_where_no_proxy_ends_tls()
    {
        await using var host = new TestHost(await server.CreateDatabaseAsync(), "Production", new(TestHost.Morning), new()
        {
            ["Identity:Issuer"] = TestHost.ProductionIssuer,
            ["Keys:Secret"] = "a secret that only this test run knows",
        });
        (await host.GetAsync("/.well-known/openid-configuration")).Refuses(HttpStatusCode.BadRequest, "invalid_request", "https only");
        using var secure = new HttpRequestMessage(HttpMethod.Get, "https://id.onedoor.test/.well-known/openid-configuration");
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(secure)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/health/ready")).Status);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/connect/token")]
    [InlineData("/nowhere")]
    [InlineData("/signin")]
    [InlineData("/password")]
    [InlineData("/signed-out")]
    [InlineData("/connect/authorize")]
    [InlineData("/connect/verify")]
    [InlineData("/connect/logout")]
    [InlineData("/clients")]
    [InlineData("/people")]
    [InlineData("/pages/style.css")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        await using var host = TestHost.Development(await server.CreateDatabaseAsync());
        var answer = await host.GetAsync(path);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("DENY", answer.Header("X-Frame-Options"));
        Assert.Matches("^[0-9a-f]{32}$", answer.Header("Request-Id"));
        Assert.Contains("default-src 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_goes_away_is_503_and_the_server_recovers()
    {
        using var gate = new DatabaseGate(await server.CreateDatabaseAsync());
        await using var host = TestHost.Development(gate.Database);
        await host.SandboxTokenAsync();
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/health/ready")).Status);

        gate.Shut();
        var refused = await host.SandboxTokenAsync();
        refused.Refuses(HttpStatusCode.ServiceUnavailable, "temporarily_unavailable");
        Assert.Equal("5", refused.Header("Retry-After"));
        using var authorize = new HttpRequestMessage(HttpMethod.Get, Visitor.AuthorizeAddress()) { Headers = { { "Accept", "text/html,*/*" }, { "Accept-Language", "en" } } };
        var page = await host.SendAsync(authorize);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (page.Status, page.Header("Retry-After")));
        Assert.Contains("<p role=\"alert\">The service is not available now.", page.Body, StringComparison.Ordinal);
        Assert.Equal("nosniff", refused.Header("X-Content-Type-Options"));
        Assert.NotEqual(page.Header("Request-Id"), refused.Header("Request-Id"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.AssertionTokenAsync(new TestClient("a-client").Assertion(host))).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.GetAsync("/health/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/health/live")).Status);
        host.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Single(await host.PublishedKeysAsync());

        gate.Open();
        Assert.Equal(HttpStatusCode.OK, (await host.SandboxTokenAsync()).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/health/ready")).Status);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(2, HttpStatusCode.ServiceUnavailable)]
    [InlineData(-2, HttpStatusCode.ServiceUnavailable)]
    public async Task A_server_whose_clock_is_off_is_not_ready_and_says_so(int minutes, HttpStatusCode status)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(minutes));
        await using var host = TestHost.Development(await server.CreateDatabaseAsync(), time, new() { ["Identity:ClockTolerance"] = "00:00:30" });
        Assert.Equal(status, (await host.GetAsync("/health/ready")).Status);
        Assert.Equal(status != HttpStatusCode.OK, host.Logs.All.Contains("too far apart", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_started_without_its_database_waits_for_it()
    {
        using var gate = new DatabaseGate(await server.CreateDatabaseAsync());
        gate.Shut();
        await using var host = TestHost.Development(gate.Database);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/health/live")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.GetAsync("/health/ready")).Status);
        (await host.SandboxTokenAsync()).Refuses(HttpStatusCode.ServiceUnavailable, "temporarily_unavailable");
        var told = await host.GetAsync("/clients");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5", "platform.unavailable"), (told.Status, told.Header("Retry-After"), told.Json["code"]!.GetValue<string>()));

        gate.Open();
        Assert.Equal(HttpStatusCode.OK, (await host.SandboxTokenAsync()).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task A_stale_schema_found_only_when_the_database_comes_back_stops_the_server()
    {
        using var gate = new DatabaseGate(await server.CreateEmptyDatabaseAsync());
        gate.Shut();
        await using var host = TestHost.Development(gate.Database);
        await host.GetAsync("/health/live");
        var stopped = new TaskCompletionSource();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopped.SetResult);

        // Whoever finds the database back first finds the refusal; this request may be too late to be answered.
        gate.Open();
        await Record.ExceptionAsync(() => host.GetAsync("/health/ready"));
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Contains("run `make migrate`", host.Logs.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_migrations_say_what_the_model_says()
    {
        await using var host = TestHost.Development(await server.CreateDatabaseAsync());
        await using var scope = host.Services.CreateAsyncScope();
        Assert.False(scope.ServiceProvider.GetRequiredService<IdentityDb>().Database.HasPendingModelChanges());
    }
}
