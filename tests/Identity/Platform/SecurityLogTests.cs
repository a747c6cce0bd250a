using System.Text.RegularExpressions;

namespace OneDoor.Tests.Identity.Platform;

/// <summary>Who attacks is seen in the log, and cannot fill it.</summary>
public sealed class SecurityLogTests(TestServer server) : IAsyncLifetime
{
    private TestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = TestHost.Development(await server.CreateDatabaseAsync(), settings: new() { ["Identity:RateLimit:Requests"] = "5" });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Each_attempt_to_sign_in_is_an_event_with_the_person()
    {
        using var visitor = new Visitor(_host);
        await visitor.GoAsync("/signin");
        await visitor.SubmitAsync(("name", "clerk"), ("password", "wrong"));
        await visitor.SubmitAsync(("name", "nobody"), ("password", "wrong"));
        await visitor.SubmitAsync(("name", "clerk"), ("password", "sandbox"));
        await visitor.SubmitAsync(("code", "000000x"));

        Noted("Warning: onedoor.event=sign-in-failed onedoor.reason=password onedoor.person=p_[0-9a-f]{32} onedoor.operation=/signin onedoor.count=1");
        Noted("Warning: onedoor.event=sign-in-failed onedoor.reason=password onedoor.operation=/signin onedoor.count=1");
        Noted("Information: onedoor.event=signed-in onedoor.reason=password onedoor.person=p_[0-9a-f]{32} ");
        Noted("Warning: onedoor.event=sign-in-failed onedoor.reason=second-factor onedoor.person=p_[0-9a-f]{32} ");
    }

    [Fact]
    public async Task Whoever_goes_on_guessing_is_seen_with_the_address()
    {
        await using var host = TestHost.Development(await server.CreateDatabaseAsync(), settings: new() { ["Identity:TlsEndsAtProxy"] = "true" });
        using var visitor = new Visitor(host, "203.0.113.9");
        async Task GuessAsync(params (string, string)[] fields)
        {
            for (var i = 0; i < 6; i++)
                await visitor.SubmitAsync(fields);
        }

        await visitor.GoAsync("/signin");
        await GuessAsync(("name", "citizen"), ("password", "wrong"));
        await visitor.SubmitAsync(("name", "clerk"), ("password", "sandbox"));
        await GuessAsync(("code", "000000x"));
        await visitor.SignInAsync("enterprise", "/connect/verify");
        await GuessAsync(("user_code", "BBBB-BBBB"));
        Assert.Equal(1, await TestServer.CountAsync(
            host.Database, "WITH changed AS (UPDATE identity.people SET \"DisabledBecause\" = 'gone' WHERE \"UserName\" = 'supervisor' RETURNING 1) SELECT count(*) FROM changed"));
        await visitor.GoAsync("/signin");
        await visitor.SubmitAsync(("name", "supervisor"), ("password", "sandbox"));

        const string Here = "client.address=203.0.113.9 onedoor.operation=";
        Noted($"Warning: onedoor.event=sign-in-held-up onedoor.reason=password {Here}/signin onedoor.count=1", host);
        Noted($"Warning: onedoor.event=sign-in-held-up onedoor.reason=second-factor onedoor.person=p_[0-9a-f]{{32}} {Here}/signin/second-factor onedoor.count=1", host);
        Noted($"Warning: onedoor.event=sign-in-failed onedoor.reason=user-code onedoor.person=p_[0-9a-f]{{32}} {Here}/connect/verify onedoor.count=1", host);
        Noted($"Warning: onedoor.event=sign-in-held-up onedoor.reason=user-code onedoor.person=p_[0-9a-f]{{32}} {Here}/connect/verify onedoor.count=1", host);
        Noted($"Warning: onedoor.event=sign-in-failed onedoor.reason=barred onedoor.person=p_[0-9a-f]{{32}} {Here}/signin onedoor.count=1", host);
    }

    [Fact]
    public async Task Tokens_and_refusals_are_events_and_name_a_client_only_if_there_is_one()
    {
        await _host.SandboxTokenAsync();
        await _host.SandboxTokenAsync(secret: "wrong");
        await _host.SandboxTokenAsync("made-up-by-the-caller");
        await _host.SandboxTokenAsync(scope: "clients:manage");
        await _host.GetAsync("/clients");

        Noted("Information: onedoor.event=token-issued onedoor.reason=client_credentials onedoor.client=sandbox-tax onedoor.operation=/connect/token onedoor.count=1");
        Noted("Warning: onedoor.event=token-refused onedoor.reason=invalid_client onedoor.client=sandbox-tax onedoor.operation=/connect/token");
        Noted("Warning: onedoor.event=token-refused onedoor.reason=invalid_client onedoor.operation=/connect/token");
        Noted("Warning: onedoor.event=access-refused onedoor.reason=invalid_scope onedoor.client=sandbox-tax");
        Noted("Warning: onedoor.event=token-refused onedoor.reason=auth.token-missing onedoor.operation=/clients");
        Assert.DoesNotContain("made-up-by-the-caller", string.Join('\n', Events()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_often_the_same_happens_in_a_minute_two_lines_tell_of_it()
    {
        for (var i = 0; i < 12; i++)
            await _host.SandboxTokenAsync(secret: "wrong");
        for (var i = 0; i < 10; i++)
            await _host.GetAsync($"/nowhere/{i}");
        Assert.True(Events().Length == 2, string.Join('\n', Events()));

        _host.Time.Advance(TimeSpan.FromMinutes(1));

        for (var waited = 0; Events().Length < 5 && waited < 1000; waited++)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                "probed request.not-found 10", "token-refused invalid_client 1", "token-refused invalid_client 4",
                "too-many-requests temporarily_unavailable 1", "too-many-requests temporarily_unavailable 6",
            ],
            Events().Select(line => Regex.Replace(line, "^.*event=(\\S+) onedoor.reason=(\\S+) .*count=([0-9]+) .*$", "$1 $2 $3")).Order(StringComparer.Ordinal));
    }

    private void Noted(string line, TestHost? host = null) =>
        Assert.True(Events(host).Any(e => Regex.IsMatch(e, $"^{line}")), $"{line} is not among\n{string.Join('\n', Events(host))}");

    private string[] Events(TestHost? host = null) => [.. (host ?? _host).Logs.All.Split('\n').Where(line => line.Contains("onedoor.event=", StringComparison.Ordinal))];
}
