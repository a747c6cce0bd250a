using System.Net;
using System.Text.Json.Nodes;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.Clients;

public sealed class ClientRegistryTests(TestServer server) : IAsyncLifetime
{
    private readonly TestClient _client = new("tax-bureau");
    private TestHost _host = null!;

    public static TheoryData<string, string> BadEntries => new()
    {
        { "clientId", "\"sandbox-tax\"" },
        { "clientId", "\"playground\"" },
        { "clientId", "\"mobile\"" },
        { "clientId", "\"kiosk\"" },
        { "clientId", "\"Tax Bureau\"" },
        { "clientId", "\"\"" },
        { "clientId", "null" },
        { "department", "\"weather\"" },
        { "scopes", "[\"cases:destroy\"]" },
        { "scopes", "null" },
        { "jwks", "{}" },
        { "jwks", "\"keys\"" },
        { "jwks", """{"keys":[]}""" },
        { "jwks", """{"keys":[{"kty":"oct","k":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]}""" },
        { "jwks", """{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}""" },
        { "jwks", """{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"AA"}]}""" },
        { "jwks", """{"keys":[{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}]}""" },
        { "secret", "\"no such field\"" },
    };

    public async ValueTask InitializeAsync() => _host = TestHost.Production(await server.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_client_may_be_no_agency()
    {
        var entry = _client.Entry();
        entry.Remove("department");
        Assert.Equal(0, await _host.RegisterAsync(entry));
        Assert.False((await _host.AssertionTokenAsync(_client.Assertion(_host))).Token.TryGetClaim("department", out _));
    }

    [Fact]
    public async Task Registering_again_replaces_scopes_department_and_keys()
    {
        Assert.Equal(0, await _host.RegisterAsync(_client.Entry()));
        var renewed = new TestClient(_client.Id);
        Assert.Equal(0, await _host.RegisterAsync(renewed.Entry("customs", "events:read")));

        (await _host.AssertionTokenAsync(_client.Assertion(_host))).Refuses(HttpStatusCode.Unauthorized, "invalid_client");
        var token = (await _host.AssertionTokenAsync(renewed.Assertion(_host))).Token;
        Assert.Equal(("customs", "events:read"), (token.GetClaim("department").Value, token.GetClaim("scope").Value));
    }

    [Theory]
    [MemberData(nameof(BadEntries))]
    public async Task One_bad_entry_and_nothing_is_registered(string field, string value)
    {
        var bad = new TestClient("customs-house").Entry();
        bad[field] = JsonNode.Parse(value);
        Assert.Equal(1, await _host.RegisterAsync(_client.Entry(), bad));
        Assert.Equal(0, await TestServer.CountAsync(_host.Database, """SELECT count(*) FROM identity."OpenIddictApplications" """));
    }

    [Fact]
    public async Task The_sandbox_has_one_client_for_each_department_it_plays()
    {
        await using var sandbox = TestHost.Development(await server.CreateDatabaseAsync());
        string[] departments =
        [
            "tax", "social-security", "medical-insurance", "customs", "fire", "public-security", "market-regulation", "planning",
            "construction", "ecology", "state-security", "housing-fund", "service-office",
        ];
        foreach (var department in departments)
            Assert.Equal(department, (await sandbox.SandboxTokenAsync($"sandbox-{department}")).Token.GetClaim("department").Value);
        const string agencies = """SELECT count(*) FROM identity."OpenIddictApplications" WHERE "ClientId" LIKE 'sandbox-%'""";
        // Besides them a kiosk and an app, which act for nobody.
        Assert.Equal(departments.Length + 2, await TestServer.CountAsync(sandbox.Database, agencies));
    }

    [Fact]
    public async Task Development_without_the_sandbox_has_no_sandbox_clients()
    {
        await using var host = TestHost.Development(await server.CreateDatabaseAsync(), settings: new() { ["Identity:Sandbox"] = "false" });
        (await host.SandboxTokenAsync()).Refuses(HttpStatusCode.Unauthorized, "invalid_client", "client_secret_basic");
        Assert.Equal(0, await TestServer.CountAsync(host.Database, """SELECT count(*) FROM identity."OpenIddictApplications" """));
    }
}
