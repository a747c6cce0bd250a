using System.Net;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.Token;

public sealed class IntrospectionTests(TestServer server) : IAsyncLifetime
{
    private static readonly (string, string) Tax = ("sandbox-tax", "sandbox-secret");
    private static readonly (string, string) Fire = ("sandbox-fire", "sandbox-secret");
    private TestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = TestHost.Development(await server.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_client_sees_its_own_token_as_active()
    {
        var answer = await _host.PostAsync("/connect/introspect", Tax, ("token", await TokenAsync()));

        Assert.True(answer.Json["active"]!.GetValue<bool>());
        Assert.Equal("sandbox-tax", answer.Json["client_id"]!.GetValue<string>());
        Assert.Equal(TestHost.SandboxIssuer, answer.Json["iss"]!.GetValue<string>());
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_token_is_inactive_after_ten_minutes()
    {
        var token = await TokenAsync();
        _host.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.True(await IsActiveAsync(token));
        _host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(await IsActiveAsync(token));
    }

    [Fact]
    public async Task Another_clients_token_is_inactive_to_a_client_it_is_not_for()
    {
        var answer = await _host.PostAsync("/connect/introspect", Fire, ("token", await TokenAsync()));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.False(answer.Json["active"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_token_that_was_never_issued_is_inactive() => Assert.False(await IsActiveAsync("nonsense"));

    [Fact]
    public async Task A_revoked_token_is_inactive()
    {
        var token = await TokenAsync();
        Assert.Equal(HttpStatusCode.OK, (await _host.PostAsync("/connect/revoke", Tax, ("token", token))).Status);
        Assert.False(await IsActiveAsync(token));
    }

    [Fact]
    public async Task A_client_cannot_revoke_another_clients_token()
    {
        var token = await TokenAsync();
        await _host.PostAsync("/connect/revoke", Fire, ("token", token));
        Assert.True(await IsActiveAsync(token));
    }

    [Fact]
    public async Task Revoking_a_token_that_was_never_issued_is_no_error() =>
        Assert.Equal(HttpStatusCode.OK, (await _host.PostAsync("/connect/revoke", Tax, ("token", "nonsense"))).Status);

    [Theory]
    [InlineData("/connect/introspect")]
    [InlineData("/connect/revoke")]
    public async Task A_caller_that_names_no_client_is_refused(string path) =>
        (await _host.PostAsync(path, null, ("token", await TokenAsync()))).Refuses(HttpStatusCode.Unauthorized, "invalid_client");

    [Theory]
    [InlineData("/connect/introspect")]
    [InlineData("/connect/revoke")]
    public async Task A_client_that_does_not_authenticate_is_refused(string path) =>
        (await _host.PostAsync(path, null, ("token", await TokenAsync()), ("client_id", "sandbox-tax"))).Refuses(HttpStatusCode.Unauthorized, "invalid_client");

    [Theory]
    [InlineData("/connect/introspect")]
    [InlineData("/connect/revoke")]
    public async Task A_wrong_secret_is_refused(string path) =>
        (await _host.PostAsync(path, ("sandbox-tax", "guess"), ("token", await TokenAsync()))).Refuses(HttpStatusCode.Unauthorized, "invalid_client");

    [Theory]
    [InlineData("/connect/introspect")]
    [InlineData("/connect/revoke")]
    public async Task A_request_without_a_token_is_refused(string path) =>
        (await _host.PostAsync(path, Tax)).Refuses(HttpStatusCode.BadRequest, "invalid_request");

    [Fact]
    public async Task What_has_long_expired_is_removed()
    {
        var client = new TestClient("tax-bureau");
        await _host.RegisterAsync(client.Entry());
        await _host.AssertionTokenAsync(client.Assertion(_host));
        Assert.Equal((1, 1), (await RowsAsync("used_assertions"), await RowsAsync("\"OpenIddictTokens\"")));
        // Whoever runs a device asks for codes before anybody has signed in.
        Assert.Equal(HttpStatusCode.OK, (await _host.PostAsync("/connect/device", null, ("client_id", "kiosk"))).Status);
        Assert.Equal(1, await RowsAsync("\"OpenIddictAuthorizations\""));

        _host.Time.Advance(TimeSpan.FromHours(25));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        // Used assertions go by how far clocks may be apart (HousekeepingTests), and here no clock is too far.
        while (await RowsAsync("\"OpenIddictTokens\"") + await RowsAsync("\"OpenIddictAuthorizations\"") > 0)
            await Task.Delay(20, deadline.Token);
    }

    [Fact]
    public async Task A_client_with_a_key_introspects_by_assertion()
    {
        var client = new TestClient("tax-bureau");
        await _host.RegisterAsync(client.Entry());
        var token = (await _host.AssertionTokenAsync(client.Assertion(_host))).AccessToken;
        var answer = await _host.PostAsync("/connect/introspect", null, ("token", token),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", client.Assertion(_host)));
        Assert.True(answer.Json["active"]!.GetValue<bool>());
    }

    private Task<long> RowsAsync(string table) => TestServer.CountAsync(_host.Database, $"SELECT count(*) FROM identity.{table}");

    private async Task<string> TokenAsync() => (await _host.SandboxTokenAsync()).AccessToken;

    private async Task<bool> IsActiveAsync(string token) =>
        (await _host.PostAsync("/connect/introspect", Tax, ("token", token))).Json["active"]!.GetValue<bool>();
}
