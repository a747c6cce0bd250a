using System.Text.Json.Nodes;
using Duende.IdentityModel.Client;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.Token;

public sealed class DiscoveryTests(TestServer server) : IAsyncLifetime
{
    private string _database = "";

    public async ValueTask InitializeAsync() => _database = await server.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_metadata_names_what_works_and_nothing_else()
    {
        await using var host = TestHost.Development(_database);
        var metadata = (await host.GetAsync("/.well-known/openid-configuration")).Json;

        Assert.Equal("http://localhost:5081", Text(metadata, "issuer"));
        Assert.Equal("http://localhost:5081/connect/token", Text(metadata, "token_endpoint"));
        Assert.Equal("http://localhost:5081/connect/introspect", Text(metadata, "introspection_endpoint"));
        Assert.Equal("http://localhost:5081/connect/revoke", Text(metadata, "revocation_endpoint"));
        Assert.Equal("http://localhost:5081/.well-known/jwks", Text(metadata, "jwks_uri"));
        foreach (var (name, path) in new[]
        {
            ("authorization", "authorize"), ("pushed_authorization_request", "par"), ("device_authorization", "device"),
            ("userinfo", "userinfo"), ("end_session", "logout"),
        })
            Assert.Equal($"http://localhost:5081/connect/{path}", Text(metadata, $"{name}_endpoint"));
        Assert.Equal(
            ["authorization_code", "client_credentials", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
            List(metadata, "grant_types_supported").Order());
        Assert.Equal(Scopes.All.Concat(["openid", "profile", "offline_access"]).Order(), List(metadata, "scopes_supported").Order());
        Assert.Equal(["code"], List(metadata, "response_types_supported"));
        Assert.Equal(["query"], List(metadata, "response_modes_supported"));
        Assert.Equal(["S256"], List(metadata, "code_challenge_methods_supported"));
        Assert.Equal(["consent", "login", "none"], List(metadata, "prompt_values_supported").Order());
        Assert.True(metadata["authorization_response_iss_parameter_supported"]!.GetValue<bool>());
        Assert.Equal(["client_secret_basic", "client_secret_post", "none", "private_key_jwt"], List(metadata, "token_endpoint_auth_methods_supported").Order());
        Assert.Contains("department", List(metadata, "claims_supported"));
    }

    [Fact]
    public async Task Outside_the_sandbox_no_secret_is_offered()
    {
        await using var host = TestHost.Production(_database);
        var metadata = (await host.GetAsync("/.well-known/openid-configuration")).Json;

        Assert.Equal(TestHost.ProductionIssuer, Text(metadata, "issuer"));
        Assert.Equal(["private_key_jwt"], List(metadata, "introspection_endpoint_auth_methods_supported"));
        foreach (var endpoint in new[] { "token", "revocation", "pushed_authorization_request", "device_authorization" })
            Assert.Equal(["private_key_jwt", "none"], List(metadata, $"{endpoint}_endpoint_auth_methods_supported"));
        Assert.DoesNotContain(List(metadata, "token_endpoint_auth_signing_alg_values_supported"), a => a.StartsWith("HS", StringComparison.Ordinal) || a == "none");
    }

    [Fact]
    public async Task The_metadata_does_not_follow_the_host_header()
    {
        await using var host = TestHost.Production(_database);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://evil.test/.well-known/openid-configuration");
        var answer = await host.SendAsync(request);
        Assert.Equal(TestHost.ProductionIssuer, Text(answer.Json, "issuer"));
        Assert.DoesNotContain("evil", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_jwks_holds_public_halves_only()
    {
        await using var host = TestHost.Development(_database);
        var key = (await host.GetAsync("/.well-known/jwks")).Json["keys"]!.AsArray().Single()!.AsObject();

        Assert.Equal(("EC", "P-256", "ES256", "sig"), (Text(key, "kty"), Text(key, "crv"), Text(key, "alg"), Text(key, "use")));
        Assert.False(key.ContainsKey("d"));
    }

    [Fact]
    public async Task A_client_library_finds_its_way_from_the_issuer_to_a_token()
    {
        await using var host = TestHost.Production(_database);
        var client = new TestClient("tax-bureau");
        Assert.Equal(0, await host.RegisterAsync(client.Entry()));
        using var http = host.CreateClient();

        using var request = new DiscoveryDocumentRequest { Address = TestHost.ProductionIssuer };
        var metadata = await http.GetDiscoveryDocumentAsync(request, TestContext.Current.CancellationToken);
        Assert.False(metadata.IsError, metadata.Error);
        using var tokenRequest = new ClientCredentialsTokenRequest
        {
            Address = metadata.TokenEndpoint,
            ClientCredentialStyle = ClientCredentialStyle.PostBody,
            ClientAssertion = new() { Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", Value = client.Assertion(host) },
            Scope = "cases:read",
        };
        var token = await http.RequestClientCredentialsTokenAsync(tokenRequest, TestContext.Current.CancellationToken);
        Assert.False(token.IsError, token.Error);
        Assert.NotEmpty(token.AccessToken!);
    }

    private static string Text(JsonObject json, string name) => json[name]!.GetValue<string>();

    private static List<string> List(JsonObject json, string name) => [.. json[name]!.AsArray().Select(n => n!.GetValue<string>())];
}
