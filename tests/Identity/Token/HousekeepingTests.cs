using System.Net;
using Microsoft.Extensions.Time.Testing;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.Token;

/// <summary>What is removed once it can no longer matter: not before, and whatever else cannot be.</summary>
public sealed class HousekeepingTests(TestServer server) : IAsyncLifetime
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10), Patience = TimeSpan.FromSeconds(30);

    // Two processes of which each may be half a minute off.
    private static readonly Dictionary<string, string> Tolerance = new() { ["Identity:ClockTolerance"] = "00:00:30" };

    private readonly TestClient _client = new("tax-bureau");
    private TestHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = TestHost.Production(await server.CreateDatabaseAsync(), settings: Tolerance);
        Assert.Equal(0, await _host.RegisterAsync(_client.Entry()));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_assertion_is_used_once_although_it_has_expired_by_another_processs_clock()
    {
        var ahead = new FakeTimeProvider(_host.Time.GetUtcNow());
        await using var other = TestHost.Production(_host.Database, ahead, Tolerance);
        Assert.Equal(HttpStatusCode.OK, (await other.AssertionTokenAsync(_client.Assertion(other))).Status);
        _host.Time.Advance(Every - TimeSpan.FromSeconds(50));
        var assertion = _client.Assertion(_host);
        Assert.Equal(HttpStatusCode.OK, (await _host.AssertionTokenAsync(assertion)).Status);

        await RoundAsync(ahead, Every + TimeSpan.FromSeconds(15));

        // Fifteen seconds before it expires here.
        _host.Time.Advance(TimeSpan.FromSeconds(15));
        (await _host.AssertionTokenAsync(assertion)).Refuses(HttpStatusCode.Unauthorized, "invalid_client", "used before");
        // The one that no process takes any more is gone.
        Assert.Equal(1, await TestServer.CountAsync(_host.Database, "SELECT count(*) FROM identity.used_assertions"));
    }

    [Fact]
    public async Task What_cannot_be_removed_is_said_and_ends_neither_the_server_nor_the_rest()
    {
        Assert.Equal(HttpStatusCode.OK, (await _host.AssertionTokenAsync(_client.Assertion(_host))).Status);
        await TestServer.RunAsync(_host.Database, """
            CREATE FUNCTION identity.refused() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'nobody knows why'; END $$;
            CREATE TRIGGER refused BEFORE DELETE ON identity.used_assertions FOR EACH STATEMENT EXECUTE FUNCTION identity.refused()
            """);

        await RoundAsync(_host.Time, Every);
        await RoundAsync(_host.Time, Every);

        Assert.Contains("Error: What can no longer matter was not removed (used assertions)", _host.Logs.All, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _host.AssertionTokenAsync(_client.Assertion(_host))).Status);
    }

    // Until a failed sign-in of long ago is gone, which comes after the assertions.
    private async Task RoundAsync(FakeTimeProvider time, TimeSpan span)
    {
        await TestServer.RunAsync(_host.Database, "INSERT INTO identity.sign_in_attempts (subject, failures, blocked_until, forgotten_at) VALUES ('\\x01', 1, '2020-01-01', '2020-01-01')");
        time.Advance(span);
        using var patience = new CancellationTokenSource(Patience);
        while (await TestServer.CountAsync(_host.Database, "SELECT count(*) FROM identity.sign_in_attempts") > 0)
            await Task.Delay(20, patience.Token);
    }
}
