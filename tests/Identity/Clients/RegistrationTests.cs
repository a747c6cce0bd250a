using System.Net;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.Clients;

/// <summary>Apps that developers register in the sandbox by themselves (RFC 7591, RFC 7592).</summary>
public sealed class RegistrationTests(TestServer server) : IAsyncLifetime
{
    private TestHost _host = null!;

    public static TheoryData<string, string> BadMetadata => new()
    {
        { """{"scope":"cases:read"}""", "client_name" },
        { """{"client_name":"a\nb"}""", "client_name" },
        { """{"client_name":"App","scope":"cases:handle"}""", "cases:handle" },
        { """{"client_name":"App","scope":"cases:read cases:supervise"}""", "cases:supervise" },
        { """{"client_name":"App","scope":"clients:manage"}""", "clients:manage" },
        { """{"client_name":"App","department":"tax","scope":"clients:manage"}""", "clients:manage" },
        { """{"client_name":"App","department":"moon"}""", "department" },
        { """{"client_name":"App","department":"state-security"}""", "department" },
        { """{"client_name":"App","grant_types":["password"]}""", "password" },
        { """{"client_name":"App","token_endpoint_auth_method":"none"}""", "token_endpoint_auth_method" },
        { """{"client_name":"App\u202Eppa"}""", "client_name" },
        { """{"client_name":"App","client_name":"Another"}""", "JSON object" },
        { "[]", "JSON object" },
        { "{", "JSON object" },
    };

    public async ValueTask InitializeAsync() => _host = TestHost.Development(await server.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_app_gets_credentials_for_the_sandbox()
    {
        var app = await RegisterAsync("""{"client_name":"App","client_id":"sandbox-tax","scope":"cases:submit cases:read"}""");
        Assert.Equal(HttpStatusCode.Created, app.Status);
        Assert.Equal("no-store", app.Header("Cache-Control"));
        var (id, secret) = (Text(app, "client_id"), Text(app, "client_secret"));
        Assert.StartsWith("sandbox-app-", id, StringComparison.Ordinal);
        Assert.Equal("Sandbox app: App", Text(app, "client_name"));

        var token = await _host.SandboxTokenAsync(id, secret: secret);
        Assert.Equal(["cases:submit", "cases:read"], token.Scopes);
        Assert.False(token.Token.TryGetClaim("department", out _));
        (await _host.SandboxTokenAsync(id, "cases:handle", secret)).Refuses(HttpStatusCode.BadRequest, "invalid_scope");
        Assert.DoesNotContain(secret, _host.Logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain(Text(app, "registration_access_token"), _host.Logs.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_may_act_for_a_department_as_the_sandboxs_own_client_does()
    {
        var app = await RegisterAsync("""{"client_name":"App","department":"tax"}""");
        Assert.Equal("tax", Text(app, "department"));
        Assert.Equal("tax", Text(await ManageAsync(HttpMethod.Get, app), "department"));

        var (own, seeded) = (await _host.SandboxTokenAsync(Text(app, "client_id"), secret: Text(app, "client_secret")), await _host.SandboxTokenAsync());
        Assert.Equal("tax", own.Token.GetClaim("department").Value);
        Assert.Equal(seeded.Scopes, own.Scopes);
        var named = await RegisterAsync("""{"client_name":"App","department":"service-office","scope":"cases:read catalogue:manage"}""");
        Assert.Equal("cases:read catalogue:manage", Text(named, "scope"));
    }

    [Theory]
    [MemberData(nameof(BadMetadata))]
    public async Task Metadata_an_app_may_not_have_is_refused(string metadata, string about) =>
        (await RegisterAsync(metadata)).Refuses(HttpStatusCode.BadRequest, "invalid_client_metadata", about);

    [Fact]
    public async Task An_app_ceases_after_thirty_days()
    {
        var app = await RegisterAsync("""{"client_name":"App"}""");
        _host.Time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await _host.SandboxTokenAsync(Text(app, "client_id"), secret: Text(app, "client_secret"))).Status);
        _host.Time.Advance(TimeSpan.FromMinutes(2));
        (await _host.SandboxTokenAsync(Text(app, "client_id"), secret: Text(app, "client_secret"))).Refuses(HttpStatusCode.Unauthorized, "invalid_client");
        Assert.Equal(HttpStatusCode.Unauthorized, (await ManageAsync(HttpMethod.Get, app)).Status);

        await RegisterAsync("""{"client_name":"Another"}""");
        Assert.Equal(1, await TestServer.CountAsync(_host.Database, """SELECT count(*) FROM identity."OpenIddictApplications" WHERE "ClientId" LIKE 'sandbox-app-%'"""));
    }

    [Fact]
    public async Task A_developer_reads_and_removes_the_app()
    {
        var app = await RegisterAsync("""{"client_name":"App"}""");
        var read = await ManageAsync(HttpMethod.Get, app);
        Assert.Equal(Text(app, "client_id"), Text(read, "client_id"));
        Assert.False(read.Json.ContainsKey("client_secret"));
        Assert.Equal(HttpStatusCode.NoContent, (await ManageAsync(HttpMethod.Delete, app)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _host.SandboxTokenAsync(Text(app, "client_id"), secret: Text(app, "client_secret"))).Status);
        Assert.Equal(2, await TestServer.CountAsync(_host.Database, "SELECT count(*) FROM identity.client_events"));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task Nobody_elses_registration_token_is_taken(string method)
    {
        var (app, other) = (await RegisterAsync("""{"client_name":"App"}"""), await RegisterAsync("""{"client_name":"Other"}"""));
        (await ManageAsync(new(method), app, Text(other, "registration_access_token"))).Refuses(HttpStatusCode.Unauthorized, "invalid_token");
        (await ManageAsync(new(method), app, "")).Refuses(HttpStatusCode.Unauthorized, "invalid_token");
        using var tax = new HttpRequestMessage(new(method), "/connect/register/sandbox-tax");
        tax.Headers.Authorization = new("Bearer", Text(app, "registration_access_token"));
        (await _host.SendAsync(tax)).Refuses(HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Fact]
    public async Task Registering_too_often_is_refused()
    {
        await using var host = TestHost.Development(await server.CreateDatabaseAsync(), settings: new() { ["Identity:RateLimit:Registrations"] = "1" });
        Assert.Equal(HttpStatusCode.Created, (await RegisterAsync("""{"client_name":"App"}""", host)).Status);
        foreach (var path in new[] { "/connect/register", "/connect/register/", "/Connect/Register" })
            (await RegisterAsync("""{"client_name":"App"}""", host, path)).Refuses(HttpStatusCode.TooManyRequests, "temporarily_unavailable");
        Assert.Equal(HttpStatusCode.OK, (await host.SandboxTokenAsync()).Status);

        host.Time.Advance(TimeSpan.FromMinutes(59));
        var refused = await RegisterAsync("""{"client_name":"App"}""", host);
        Assert.Equal((HttpStatusCode.TooManyRequests, "60"), (refused.Status, refused.Header("Retry-After")));
        host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Created, (await RegisterAsync("""{"client_name":"App"}""", host)).Status);
    }

    [Fact]
    public async Task A_registration_that_is_refused_uses_up_nothing_of_the_hour()
    {
        await using var host = TestHost.Development(await server.CreateDatabaseAsync(), settings: new() { ["Identity:RateLimit:Registrations"] = "1" });
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.BadRequest, (await RegisterAsync("""{"client_name":""}""", host)).Status);
        Assert.Equal(HttpStatusCode.Created, (await RegisterAsync("""{"client_name":"App"}""", host)).Status);
    }

    [Fact]
    public async Task When_the_sandbox_is_full_the_oldest_app_that_is_not_in_use_makes_room()
    {
        var used = await RegisterAsync("""{"client_name":"Used"}""");
        await _host.SandboxTokenAsync(Text(used, "client_id"), secret: Text(used, "client_secret"));
        _host.Time.Advance(TimeSpan.FromMinutes(1));
        var unused = await RegisterAsync("""{"client_name":"Unused"}""");
        _host.Time.Advance(TimeSpan.FromMinutes(1));
        var later = await RegisterAsync("""{"client_name":"Later"}""");
        Assert.Equal(997, await TestServer.CountAsync(
            _host.Database,
            $"""
             WITH more AS (INSERT INTO identity."OpenIddictApplications"
                 SELECT (jsonb_populate_record(app, jsonb_build_object('Id', app."Id" || n, 'ClientId', app."ClientId" || n))).*
                 FROM identity."OpenIddictApplications" app, generate_series(1, 997) n WHERE app."ClientId" = '{Text(later, "client_id")}' RETURNING 1)
             SELECT count(*) FROM more
             """));

        Assert.Equal(HttpStatusCode.Created, (await RegisterAsync("""{"client_name":"One more"}""")).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await ManageAsync(HttpMethod.Get, unused)).Status);
        foreach (var app in new[] { used, later })
            Assert.Equal(HttpStatusCode.OK, (await ManageAsync(HttpMethod.Get, app)).Status);
    }

    [Fact]
    public async Task Without_the_sandbox_nobody_registers()
    {
        await using var host = TestHost.Production(await server.CreateDatabaseAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await RegisterAsync("""{"client_name":"App"}""", host)).Status);
    }

    private Task<Answer> RegisterAsync(string metadata, TestHost? host = null, string path = "/connect/register") => (host ?? _host).SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(metadata, null, "application/json") });

    private Task<Answer> ManageAsync(HttpMethod method, Answer app, string? token = null)
    {
        var request = new HttpRequestMessage(method, new Uri(Text(app, "registration_client_uri")).AbsolutePath);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token ?? Text(app, "registration_access_token")}");
        return _host.SendAsync(request);
    }

    private static string Text(Answer answer, string field) => answer.Json[field]!.GetValue<string>();
}
