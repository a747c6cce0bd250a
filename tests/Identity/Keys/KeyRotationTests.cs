using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.Keys;

public sealed class KeyRotationTests(TestServer server) : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _time = new(TestHost.Morning);
    private string _database = "";
    private TestHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync();
        _host = TestHost.Development(_database, _time);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_key_is_published_a_day_before_it_signs_and_stays_until_its_tokens_have_expired()
    {
        var first = Assert.Single(await _host.PublishedKeysAsync());

        _time.Advance(TimeSpan.FromDays(89) - Second);
        Assert.Equal([first], await _host.PublishedKeysAsync());
        _time.Advance(TimeSpan.FromMinutes(1));
        var next = Assert.Single(await _host.PublishedKeysAsync(), k => k != first);

        _time.Advance(TimeSpan.FromDays(1) - Second);
        Assert.Equal(first, (await _host.SandboxTokenAsync()).Token.Kid);
        _time.Advance(Second);
        Assert.Equal(next, (await _host.SandboxTokenAsync()).Token.Kid);
        Assert.Contains(first, await _host.PublishedKeysAsync());

        _time.Advance(TimeSpan.FromMinutes(15) - Second);
        Assert.Contains(first, await _host.PublishedKeysAsync());
        _time.Advance(Second);
        Assert.Equal([next], await _host.PublishedKeysAsync());
        Assert.Equal(1, await TestServer.CountAsync(_database, "SELECT count(*) FROM identity.signing_keys"));
    }

    [Fact]
    public async Task Every_token_is_valid_by_the_jwks_fetched_up_to_a_day_before_it_was_issued()
    {
        var jwks = await JwksAsync();
        for (var hour = 0; hour < 24 * 95; hour += 12)
        {
            var token = (await _host.SandboxTokenAsync()).AccessToken;
            Assert.True(await IsSignedByAsync(token, jwks), $"after {hour} hours, by the JWKS of 12 hours before");
            Assert.True(await IsSignedByAsync(token, jwks = await JwksAsync()), $"after {hour} hours");
            _time.Advance(TimeSpan.FromHours(12));
        }
    }

    [Fact]
    public async Task A_token_issued_before_a_rotation_is_active_after_it()
    {
        await _host.SandboxTokenAsync();
        _time.Advance(TimeSpan.FromDays(89));
        await _host.PublishedKeysAsync();
        _time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(5));
        var before = await _host.SandboxTokenAsync();
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.NotEqual(before.Token.Kid, (await _host.SandboxTokenAsync()).Token.Kid);

        var answer = await _host.PostAsync("/connect/introspect", ("sandbox-tax", "sandbox-secret"), ("token", before.AccessToken));
        Assert.True(answer.Json["active"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Rotate_keys_publishes_the_next_key_now_and_running_processes_follow()
    {
        // The command runs on the system's clock, so this host does too.
        await using var host = TestHost.Development(_database, new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        var first = Assert.Single(await host.PublishedKeysAsync());
        Assert.Equal(0, await OneDoor.Identity.IdentityHost.Main(["rotate-keys", $"--ConnectionStrings:OneDoor={_database}", "--environment=Development"]));

        host.Time.Advance(TimeSpan.FromMinutes(1));
        var next = Assert.Single(await host.PublishedKeysAsync(), k => k != first);
        Assert.Equal(first, (await host.SandboxTokenAsync()).Token.Kid);
        host.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(next, (await host.SandboxTokenAsync()).Token.Kid);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_keeps_nobody_from_looking_for_keys()
    {
        var time = new SetBackTime(TestHost.Morning);
        await using var host = TestHost.Development(_database, time);
        await host.PublishedKeysAsync();
        time.Advance(TimeSpan.FromHours(2));
        var disclosed = (await host.SandboxTokenAsync()).Token.Kid;
        time.By = TimeSpan.FromHours(1);
        await TestServer.CountAsync(_database, $"WITH gone AS (DELETE FROM identity.signing_keys WHERE kid = '{disclosed}' RETURNING 1) SELECT count(*) FROM gone");

        time.Advance(TimeSpan.FromMinutes(1));

        Assert.DoesNotContain(disclosed, await host.PublishedKeysAsync());
    }

    [Fact]
    public async Task Rotate_keys_again_keeps_the_key_that_waits()
    {
        await using var host = TestHost.Development(_database, new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        await host.PublishedKeysAsync();
        for (var i = 0; i < 2; i++)
            Assert.Equal(0, await OneDoor.Identity.IdentityHost.Main(["rotate-keys", $"--ConnectionStrings:OneDoor={_database}", "--environment=Development"]));
        Assert.Equal(2, await TestServer.CountAsync(_database, "SELECT count(*) FROM identity.signing_keys"));
    }

    [Fact]
    public async Task Two_processes_share_keys_tokens_and_used_assertions()
    {
        var client = new TestClient("tax-bureau");
        await using var other = TestHost.Development(_database, _time);
        Assert.Equal(0, await _host.RegisterAsync(client.Entry()));
        Assert.Equal(await _host.PublishedKeysAsync(), await other.PublishedKeysAsync());

        var assertion = client.Assertion(_host);
        var token = (await _host.AssertionTokenAsync(assertion)).AccessToken;
        (await other.AssertionTokenAsync(assertion)).Refuses(System.Net.HttpStatusCode.Unauthorized, "invalid_client", "used before");
        var answer = await other.PostAsync("/connect/introspect", null, ("token", token),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", client.Assertion(_host)));
        Assert.True(answer.Json["active"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Processes_that_start_at_once_on_an_empty_database_agree_on_one_key()
    {
        var hosts = Enumerable.Range(0, 4).Select(_ => TestHost.Development(_database, _time)).ToList();
        var published = await Task.WhenAll(hosts.Select(h => Task.Run(h.PublishedKeysAsync)));
        Assert.Single(published.SelectMany(k => k).Distinct());
        foreach (var host in hosts)
            await host.DisposeAsync();
    }

    [Fact]
    public async Task A_restart_keeps_the_keys()
    {
        var before = await _host.SandboxTokenAsync();
        await _host.DisposeAsync();
        _host = TestHost.Development(_database, _time);
        Assert.Equal(before.Token.Kid, (await _host.SandboxTokenAsync()).Token.Kid);
        Assert.True(await IsSignedByAsync(before.AccessToken, await JwksAsync()));
    }

    [Fact]
    public async Task A_key_withdrawn_by_hand_is_replaced_within_a_minute_even_while_another_waits()
    {
        await _host.PublishedKeysAsync();
        _time.Advance(TimeSpan.FromDays(89));
        await _host.PublishedKeysAsync();
        var disclosed = (await _host.SandboxTokenAsync()).Token.Kid;
        await TestServer.CountAsync(
            _database, $"WITH gone AS (DELETE FROM identity.signing_keys WHERE kid = '{disclosed}' RETURNING 1) SELECT count(*) FROM gone");

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEqual(disclosed, (await _host.SandboxTokenAsync()).Token.Kid);
        Assert.DoesNotContain(disclosed, await _host.PublishedKeysAsync());
    }

    [Fact]
    public async Task No_private_key_stands_in_the_database_in_the_clear()
    {
        await _host.PublishedKeysAsync();

        // PKCS#8 of any P-256 key holds the identifier of its curve.
        Assert.Equal(0, await TestServer.CountAsync(
            _database, "SELECT count(*) FROM identity.signing_keys WHERE position('\\x2a8648ce3d030107'::bytea in protected) > 0"));
    }

    private static async Task<bool> IsSignedByAsync(string token, JsonWebKeySet jwks)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeys = jwks.GetSigningKeys(),
            ValidIssuer = TestHost.SandboxIssuer,
            ValidAudience = "onedoor",
            ValidTypes = ["at+jwt"],
            ValidateLifetime = false,
        });
        return result.IsValid;
    }

    private async Task<JsonWebKeySet> JwksAsync() => new((await _host.GetAsync("/.well-known/jwks")).Body);

    // What passes passes all the same.
    private sealed class SetBackTime(DateTimeOffset now) : FakeTimeProvider(now)
    {
        public TimeSpan By { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - By;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
