using System.Net;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.Token;

public sealed class ClientCredentialsTests(SharedSandbox sandbox) : IClassFixture<SharedSandbox>
{
    private readonly TestHost _host = sandbox.Host;

    [Fact]
    public async Task A_token_is_a_signed_at_jwt_with_the_claims_of_the_contract()
    {
        var answer = await _host.SandboxTokenAsync();
        var token = answer.Token;

        Assert.Equal(("at+jwt", "ES256"), (token.Typ, token.Alg));
        Assert.Equal(TestHost.SandboxIssuer, token.Issuer);
        Assert.Equal(["onedoor"], token.Audiences);
        Assert.Equal("sandbox-tax", token.Subject);
        Assert.Equal("sandbox-tax", token.GetClaim("client_id").Value);
        Assert.Equal("tax", token.GetClaim("department").Value);
        Assert.NotEmpty(token.Id);
        Assert.Equal(TestHost.Morning.UtcDateTime, token.IssuedAt);
        Assert.Equal(TestHost.Morning.AddMinutes(10).UtcDateTime, token.ValidTo);
        Assert.Equal((600, "Bearer"), (answer.Json["expires_in"]!.GetValue<int>(), answer.Json["token_type"]!.GetValue<string>()));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task No_two_tokens_share_a_jti() =>
        Assert.NotEqual((await _host.SandboxTokenAsync()).Token.Id, (await _host.SandboxTokenAsync()).Token.Id);

    [Fact]
    public async Task Without_a_scope_everything_permitted_is_given_but_the_supervisors_power()
    {
        string[] everything =
        [
            "cases:submit", "cases:read", "cases:handle", "licences:read", "licences:manage", "events:read", "webhooks:manage",
            "appointments:manage", "queue:operate", "complaints:handle", "supervision:handle", "files:write", "statistics:read",
        ];
        Assert.Equal(everything, (await _host.SandboxTokenAsync()).Scopes);
        var office = await _host.SandboxTokenAsync("sandbox-service-office");
        Assert.Equal([.. everything, "catalogue:manage", "clients:manage"], office.Scopes);
    }

    [Fact]
    public async Task The_supervisors_power_is_given_when_asked_for() =>
        Assert.Equal(["cases:read", "cases:supervise"], (await _host.SandboxTokenAsync(scope: "cases:read cases:supervise")).Scopes);

    [Fact]
    public async Task The_sight_of_every_case_is_given_to_the_service_office_when_asked_for() =>
        Assert.Equal(["cases:audit"], (await _host.SandboxTokenAsync("sandbox-service-office", scope: "cases:audit")).Scopes);

    [Fact]
    public async Task Only_the_scopes_asked_for_are_given() =>
        Assert.Equal(["cases:read"], (await _host.SandboxTokenAsync(scope: "cases:read")).Scopes);

    [Theory]
    [InlineData("clients:manage")]
    [InlineData("cases:read catalogue:manage")]
    [InlineData("cases:audit")]
    [InlineData("reviews:write")]
    [InlineData("notifications:read")]
    public async Task A_scope_the_client_was_not_given_is_refused(string scope) =>
        (await _host.SandboxTokenAsync(scope: scope)).Refuses(HttpStatusCode.BadRequest, "invalid_scope", "may not ask");

    [Theory]
    [InlineData("cases:destroy")]
    [InlineData("openid")]
    [InlineData("offline_access")]
    public async Task A_scope_that_does_not_exist_is_refused(string scope) =>
        (await _host.SandboxTokenAsync(scope: scope)).Refuses(HttpStatusCode.BadRequest, "invalid_scope");

    [Fact]
    public async Task A_secret_in_the_form_is_taken_in_the_sandbox() =>
        Assert.Equal(HttpStatusCode.OK, (await _host.TokenAsync(
            ("grant_type", "client_credentials"), ("client_id", "sandbox-fire"), ("client_secret", "sandbox-secret"))).Status);

    [Fact]
    public async Task A_wrong_secret_is_refused()
    {
        var answer = await _host.SandboxTokenAsync(secret: "guess");
        answer.Refuses(HttpStatusCode.Unauthorized, "invalid_client");
        Assert.StartsWith("Basic", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task An_unknown_client_is_refused() =>
        (await _host.SandboxTokenAsync("sandbox-tea")).Refuses(HttpStatusCode.Unauthorized, "invalid_client");

    [Fact]
    public async Task A_client_that_does_not_authenticate_is_refused() =>
        (await _host.TokenAsync(("grant_type", "client_credentials"), ("client_id", "sandbox-tax"))).Refuses(HttpStatusCode.BadRequest, "invalid_request");

    [Fact]
    public async Task A_request_that_names_no_client_is_refused() =>
        (await _host.TokenAsync(("grant_type", "client_credentials"))).Refuses(HttpStatusCode.BadRequest, "invalid_request");

    [Fact]
    public async Task Two_ways_to_authenticate_at_once_are_refused() =>
        (await _host.PostAsync("/connect/token", ("sandbox-tax", "sandbox-secret"), ("grant_type", "client_credentials"), ("client_secret", "sandbox-secret")))
            .Refuses(HttpStatusCode.BadRequest, "invalid_request");

    [Theory]
    [InlineData("password", "unsupported_grant_type")]
    [InlineData("urn:ietf:params:oauth:grant-type:token-exchange", "unsupported_grant_type")]
    [InlineData("refresh_token", "invalid_grant")]
    public async Task A_grant_that_is_not_offered_is_refused(string grant, string error) =>
        (await _host.PostAsync("/connect/token", ("sandbox-tax", "sandbox-secret"), ("grant_type", grant), ("refresh_token", "x"), ("username", "x"), ("password", "x")))
            .Refuses(HttpStatusCode.BadRequest, error);

    [Fact]
    public async Task A_request_without_a_grant_is_refused() =>
        (await _host.PostAsync("/connect/token", ("sandbox-tax", "sandbox-secret"))).Refuses(HttpStatusCode.BadRequest, "invalid_request");

    [Fact]
    public async Task A_resource_other_than_the_platform_is_refused() =>
        (await _host.PostAsync("/connect/token", ("sandbox-tax", "sandbox-secret"), ("grant_type", "client_credentials"), ("resource", "https://elsewhere.test")))
            .Refuses(HttpStatusCode.BadRequest, "invalid_target");
}
