using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.Token;

/// <summary>private_key_jwt, as it is outside the sandbox: the only way in.</summary>
public sealed class ClientAssertionTests(TestServer server) : IAsyncLifetime
{
    private readonly TestClient _client = new("tax-bureau");
    private TestHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = TestHost.Production(await server.CreateDatabaseAsync());
        Assert.Equal(0, await _host.RegisterAsync(_client.Entry()));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_client_that_signs_with_its_own_key_gets_a_token()
    {
        var token = (await _host.AssertionTokenAsync(_client.Assertion(_host))).Token;

        Assert.Equal((TestHost.ProductionIssuer, "tax-bureau"), (token.Issuer, token.Subject));
        Assert.Equal("tax", token.GetClaim("department").Value);
        Assert.Equal("cases:submit cases:read", token.GetClaim("scope").Value);
    }

    [Theory]
    [InlineData("https://id.onedoor.test")]
    [InlineData("https://id.onedoor.test/")]
    [InlineData("https://id.onedoor.test/connect/token")]
    public async Task The_audience_may_be_the_issuer_or_the_token_endpoint(string audience) =>
        Assert.Equal(HttpStatusCode.OK, (await _host.AssertionTokenAsync(_client.Assertion(_host, c => c["aud"] = audience))).Status);

    [Theory]
    [InlineData("https://id.onedoor.test", true)]
    [InlineData("https://id.onedoor.test/connect/token", true)]
    [InlineData("https://id.onedoor.test/connect/par", true)]
    [InlineData("https://id.onedoor.test/connect/authorize", false)]
    public async Task Where_requests_are_pushed_that_endpoint_may_be_the_audience_as_well(string audience, bool isTaken)
    {
        var app = new TestClient("tax-helper");
        var entry = app.Entry(department: null);
        entry["application"] = new JsonObject { ["kind"] = "web", ["redirectUris"] = new JsonArray("https://helper.example.cn/callback") };
        Assert.Equal(0, await _host.RegisterAsync(entry));
        var answer = await _host.PostAsync(
            "/connect/par", null, ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", app.Assertion(_host, c => c["aud"] = audience)), ("client_id", app.Id), ("response_type", "code"),
            ("redirect_uri", "https://helper.example.cn/callback"), ("code_challenge", Visitor.Challenge), ("code_challenge_method", "S256"));
        Assert.True(answer.Status == (isTaken ? HttpStatusCode.Created : HttpStatusCode.Unauthorized), answer.Body);
        await RefusesAsync(_client.Assertion(_host, c => c["aud"] = "https://id.onedoor.test/connect/par"), "aud must be the issuer or the token endpoint");
    }

    [Theory]
    [InlineData("""{"crit":["urn:x"],"urn:x":1}""")]
    [InlineData("""{"crit":["b64"],"b64":false}""")]
    public async Task An_assertion_that_needs_an_extension_is_refused(string header) => await RefusesAsync(
        _client.Assertion(_host, header: JsonSerializer.Deserialize<Dictionary<string, object>>(header)), "crit");

    [Theory]
    [InlineData("exp")]
    [InlineData("iat")]
    public async Task An_instant_in_quotation_marks_is_none(string claim) => await RefusesAsync(
        _client.Assertion(_host, c => c[claim] = Convert.ToString(c[claim], CultureInfo.InvariantCulture)!), $"no {claim}");

    [Theory]
    [InlineData("JWT")]
    [InlineData("client-authentication+jwt")]
    public async Task The_type_may_be_the_general_one_or_the_one_for_this_purpose(string type) =>
        Assert.Equal(HttpStatusCode.OK, (await _host.AssertionTokenAsync(_client.Assertion(_host, type: type))).Status);

    [Fact]
    public async Task An_assertion_may_live_two_minutes() =>
        Assert.Equal(HttpStatusCode.OK, (await _host.AssertionTokenAsync(_client.Assertion(_host, c => c["exp"] = (long)c["iat"] + 120))).Status);

    [Fact]
    public async Task An_assertion_that_lives_longer_than_two_minutes_is_refused() =>
        await RefusesAsync(_client.Assertion(_host, c => c["exp"] = (long)c["iat"] + 121), "at most 120 seconds");

    [Fact]
    public async Task An_assertion_used_again_is_refused()
    {
        var assertion = _client.Assertion(_host);
        Assert.Equal(HttpStatusCode.OK, (await _host.AssertionTokenAsync(assertion)).Status);
        await RefusesAsync(assertion, "used before");
    }

    [Fact]
    public async Task A_jti_used_again_in_another_assertion_is_refused()
    {
        Assert.Equal(HttpStatusCode.OK, (await _host.AssertionTokenAsync(_client.Assertion(_host, c => c["jti"] = "same"))).Status);
        await RefusesAsync(_client.Assertion(_host, c => (c["jti"], c["exp"]) = ("same", (long)c["exp"] + 1)), "used before");
    }

    [Fact]
    public async Task Of_many_uses_of_one_assertion_at_once_exactly_one_succeeds()
    {
        var assertion = _client.Assertion(_host);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _host.AssertionTokenAsync(assertion)));
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_client_may_use_the_same_jti()
    {
        var other = new TestClient("customs-house");
        Assert.Equal(0, await _host.RegisterAsync(other.Entry("customs")));
        foreach (var client in new[] { _client, other })
            Assert.Equal(HttpStatusCode.OK, (await _host.AssertionTokenAsync(client.Assertion(_host, c => c["jti"] = "shared"))).Status);
    }

    [Theory]
    [InlineData("jti", "no jti")]
    [InlineData("iat", "no iat")]
    [InlineData("exp", "no exp")]
    [InlineData("aud", "aud must be")]
    [InlineData("sub", "iss and sub")]
    [InlineData("iss", "iss and sub")]
    public async Task An_assertion_without_a_claim_that_matters_is_refused(string claim, string about) =>
        await RefusesAsync(_client.Assertion(_host, c => c.Remove(claim)), about);

    [Theory]
    [InlineData("https://elsewhere.test")]
    [InlineData("https://elsewhere.test/connect/token")]
    [InlineData("http://localhost/connect/token")]
    [InlineData("onedoor")]
    public async Task An_assertion_for_another_audience_is_refused(string audience) =>
        await RefusesAsync(_client.Assertion(_host, c => c["aud"] = audience), "aud must be");

    [Fact]
    public async Task An_assertion_that_would_also_serve_elsewhere_is_refused() =>
        await RefusesAsync(_client.Assertion(_host, c => c["aud"] = new[] { TestHost.ProductionIssuer, "https://elsewhere.test" }), "aud must be");

    [Fact]
    public async Task An_assertion_for_whatever_host_the_request_names_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://evil.test/connect/token");
        request.Content = new FormUrlEncodedContent(
        [
            KeyValuePair.Create("grant_type", "client_credentials"),
            KeyValuePair.Create("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            KeyValuePair.Create("client_assertion", _client.Assertion(_host, c => c["aud"] = "https://evil.test/connect/token")),
        ]);
        (await _host.SendAsync(request)).Refuses(HttpStatusCode.Unauthorized, "invalid_client", "aud must be");
    }

    [Fact]
    public async Task An_expired_assertion_is_refused()
    {
        var assertion = _client.Assertion(_host);
        _host.Time.Advance(TimeSpan.FromSeconds(60));
        await RefusesAsync(assertion, "expired");
    }

    [Fact]
    public async Task An_assertion_issued_in_the_future_is_refused() =>
        await RefusesAsync(_client.Assertion(_host, c => (c["iat"], c["exp"]) = ((long)c["iat"] + 31, (long)c["iat"] + 60)), "not valid yet");

    [Fact]
    public async Task An_assertion_not_to_be_used_before_later_is_refused() =>
        await RefusesAsync(_client.Assertion(_host, c => c["nbf"] = (long)c["iat"] + 31), "not valid yet");

    [Fact]
    public async Task An_unsigned_assertion_is_refused() =>
        await RefusesAsync(_client.Assertion(_host, unsigned: true), "must be signed with one of");

    [Fact]
    public async Task An_assertion_signed_with_a_shared_secret_is_refused() =>
        await RefusesAsync(_client.Assertion(_host, credentials: SharedSecret("any shared secret, thirty-two bytes or more")), "must be signed with one of");

    [Fact]
    public async Task An_assertion_signed_with_the_public_key_as_a_shared_secret_is_refused() =>
        await RefusesAsync(_client.Assertion(_host, credentials: SharedSecret(_client.Entry()["jwks"]!.ToJsonString())), "must be signed with one of");

    [Fact]
    public async Task An_assertion_signed_with_another_key_is_refused() =>
        await RefusesAsync(_client.Assertion(_host, credentials: new TestClient("tax-bureau").Credentials()), "not signed with a key registered");

    [Fact]
    public async Task An_assertion_whose_claims_were_changed_is_refused()
    {
        var (good, other) = (_client.Assertion(_host).Split('.'), _client.Assertion(_host).Split('.'));
        await RefusesAsync($"{good[0]}.{other[1]}.{good[2]}", "not signed with a key registered");
    }

    [Fact]
    public async Task An_assertion_in_another_clients_name_is_refused()
    {
        var other = new TestClient("customs-house");
        Assert.Equal(0, await _host.RegisterAsync(other.Entry("customs")));
        await RefusesAsync(_client.Assertion(_host, c => (c["iss"], c["sub"]) = (other.Id, other.Id)), "not signed with a key registered");
        await RefusesAsync(_client.Assertion(_host, c => c["sub"] = other.Id), "iss and sub");
    }

    [Fact]
    public async Task An_assertion_of_an_unknown_client_is_refused() =>
        await RefusesAsync(new TestClient("nobody").Assertion(_host), "not signed with a key registered");

    [Fact]
    public async Task A_client_id_other_than_the_assertions_is_refused()
    {
        var answer = await _host.TokenAsync(
            ("grant_type", "client_credentials"), ("client_id", "customs-house"),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", _client.Assertion(_host)));
        answer.Refuses(HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task An_access_token_is_no_assertion() =>
        await RefusesAsync((await _host.AssertionTokenAsync(_client.Assertion(_host))).AccessToken, "another type");

    [Theory]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.bm9uc2Vuc2U.AAAA")]
    public async Task An_assertion_that_is_no_jwt_is_refused(string assertion) => await RefusesAsync(assertion, "");

    [Fact]
    public async Task An_assertion_of_another_kind_is_refused() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await _host.TokenAsync(
            ("grant_type", "client_credentials"), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"),
            ("client_assertion", _client.Assertion(_host)))).Status);

    [Fact]
    public async Task An_rsa_key_authenticates_as_well()
    {
        using var rsa = RSA.Create(2048);
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.ExportParameters(false)) { KeyId = "rsa" });
        var agency = new TestClient("social-security-bureau");
        var entry = agency.Entry("social-security");
        entry["jwks"]!["keys"]![0] = new JsonObject { ["kty"] = "RSA", ["kid"] = "rsa", ["n"] = key.N, ["e"] = key.E };
        Assert.Equal(0, await _host.RegisterAsync(entry));

        foreach (var algorithm in new[] { "PS256", "RS256" })
        {
            var credentials = new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = "rsa" }, algorithm);
            Assert.Equal(HttpStatusCode.OK, (await _host.AssertionTokenAsync(agency.Assertion(_host, credentials: credentials))).Status);
        }
    }

    [Fact]
    public async Task A_secret_is_refused_outside_the_sandbox()
    {
        (await _host.SandboxTokenAsync("tax-bureau")).Refuses(HttpStatusCode.Unauthorized, "invalid_client", "client_secret_basic");
        (await _host.TokenAsync(("grant_type", "client_credentials"), ("client_id", "tax-bureau"), ("client_secret", "x")))
            .Refuses(HttpStatusCode.Unauthorized, "invalid_client", "client_secret_post");
    }

    [Fact]
    public async Task A_refused_assertion_does_not_reach_a_log()
    {
        var assertion = _client.Assertion(_host, c => c.Remove("jti"));
        await RefusesAsync(assertion, "no jti");
        Assert.DoesNotContain(assertion.Split('.')[2], _host.Logs.All, StringComparison.Ordinal);
    }

    private static SigningCredentials SharedSecret(string secret) =>
        new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)) { KeyId = "one" }, SecurityAlgorithms.HmacSha256);

    private async Task RefusesAsync(string assertion, string about) =>
        (await _host.AssertionTokenAsync(assertion)).Refuses(HttpStatusCode.Unauthorized, "invalid_client", about);
}
