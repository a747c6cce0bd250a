using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OneDoor.Tests.Identity.Platform;

/// <summary>Whatever an operator asks of the logs, they hold nothing by which anybody could sign in or use an account.</summary>
public sealed class LogTests(TestServer server) : IAsyncLifetime
{
    private readonly TestClient _agency = new("tax-bureau");
    private readonly List<string> _secrets = [];
    private TestHost _host = null!;
    private Visitor _visitor = null!;

    /// <summary>Everything is asked for, for all providers and for this one.</summary>
    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string>();
        foreach (var provider in new[] { "Logging", $"Logging:{typeof(LogLines).FullName}" })
        {
            foreach (var category in new[] { "Default", "Microsoft", "Microsoft.AspNetCore", "Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.EntityFrameworkCore",
                         "Microsoft.EntityFrameworkCore.Database.Command", "OpenIddict", "OpenIddict.Server.OpenIddictServerDispatcher", "*Dispatcher", "*.RedirectResult" })
                settings[$"{provider}:LogLevel:{category}"] = "Trace";
        }

        _host = TestHost.Development(await server.CreateDatabaseAsync(), settings: settings);
        _visitor = new(_host);
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task No_password_code_token_or_assertion_is_ever_logged()
    {
        await SignInAsync();
        await PushAndSignOutAsync();
        await UseSecondFactorAsync();
        await UseDeviceAsync();
        await AuthenticateClientsAsync();
        await ChoosePasswordAsync();

        var logs = _host.Logs.All;
        Assert.Contains("Debug: ", logs, StringComparison.Ordinal);
        Assert.DoesNotContain("Executing endpoint", logs, StringComparison.Ordinal);
        foreach (var secret in _secrets)
            Assert.DoesNotMatch($"(?<![0-9A-Za-z]){Regex.Escape(secret)}(?![0-9A-Za-z])", logs);
    }

    private void Keep(params string[] secrets)
    {
        Assert.DoesNotContain("", secrets);
        _secrets.AddRange(secrets.SelectMany(secret => new[] { secret, Uri.EscapeDataString(secret) }).Distinct());
    }

    private async Task SignInAsync()
    {
        await _visitor.GoAsync(Visitor.AuthorizeAddress());
        await _visitor.SubmitAsync(("name", "citizen"), ("password", "canary-password"));
        var code = Visitor.Of(await _visitor.SubmitAsync(("name", "citizen"), ("password", "sandbox")), "code");
        var tokens = await _visitor.ExchangeAsync(code);
        var refresh = Text(tokens, "refresh_token");
        Keep("canary-password", Visitor.Verifier, code, refresh, tokens.AccessToken, Text(tokens, "id_token"));
        Keep(Text(await _visitor.RefreshAsync(refresh), "refresh_token"));
        await _visitor.ExchangeAsync(code);
        await _visitor.RefreshAsync(refresh);
        await _visitor.RefreshAsync("canary-refresh");
        await _visitor.ExchangeAsync("canary-code");
        Keep("canary-refresh", "canary-code");
        await _visitor.GoAsync($"/connect/logout?id_token_hint={Text(tokens, "id_token")}");
    }

    private async Task PushAndSignOutAsync()
    {
        var pushed = await _host.PostAsync("/connect/par", null, ("client_id", "playground"), ("response_type", "code"), ("redirect_uri", Visitor.Playground),
            ("scope", "openid cases:read"), ("code_challenge", Visitor.Challenge), ("code_challenge_method", "S256"));
        var uri = Text(pushed, "request_uri");
        Keep(uri, uri[(uri.LastIndexOf(':') + 1)..]);
        var address = $"/connect/authorize?client_id=playground&request_uri={Uri.EscapeDataString(uri)}";
        Assert.NotEmpty(Visitor.Of(await _visitor.SignInAsync("citizen", address), "code"));
        await _visitor.GoAsync(address);
        await _visitor.GoAsync("/connect/logout");
        await _visitor.SubmitAsync(("decision", "sign-out"));
    }

    private async Task UseSecondFactorAsync()
    {
        await _visitor.GoAsync("/signin");
        await _visitor.SubmitAsync(("name", "clerk"), ("password", "sandbox"));
        var code = Regex.Match(_visitor.Page.Body, "sandbox-code\">([0-9]{6})<").Groups[1].Value;
        await _visitor.SubmitAsync(("code", "canary-2f"));
        await _visitor.SubmitAsync(("code", code));
        Assert.Equal("/signin/done", _visitor.At);
        Keep("canary-2f", code);
    }

    private async Task UseDeviceAsync()
    {
        var device = await _host.PostAsync("/connect/device", null, ("client_id", "kiosk"), ("scope", "openid cases:read"));
        var (code, userCode) = (Text(device, "device_code"), Text(device, "user_code"));
        Keep(code, userCode, userCode.Replace("-", "", StringComparison.Ordinal));
        await _visitor.GoAsync($"/connect/verify?user_code={userCode}");
        await _visitor.GoAsync($"/language?lang=en&to={Uri.EscapeDataString($"/connect/verify?user_code={userCode}")}");
        await _visitor.SubmitAsync(("decision", "allow"));
        await _host.TokenAsync(("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("client_id", "kiosk"), ("device_code", code));
    }

    private async Task AuthenticateClientsAsync()
    {
        await _host.RegisterAsync(_agency.Entry());
        var (assertion, forged) = (_agency.Assertion(_host), new TestClient(_agency.Id).Assertion(_host));
        var token = (await _host.AssertionTokenAsync(assertion)).AccessToken;
        await _host.AssertionTokenAsync(assertion);
        await _host.AssertionTokenAsync(forged);
        await _host.SandboxTokenAsync(secret: "canary-secret");
        await _host.PostAsync("/connect/introspect", ("sandbox-tax", "sandbox-secret"), ("token", token));
        await _host.PostAsync("/connect/revoke", ("sandbox-tax", "sandbox-secret"), ("token", "canary-token"));
        Keep(assertion, forged, token, "sandbox-secret", "canary-secret", "canary-token");
    }

    private async Task ChoosePasswordAsync()
    {
        var entry = new JsonObject { ["userName"] = "zhang.san", ["displayName"] = "张三丰", ["role"] = "citizen", ["citizenId"] = "990000199001010025" };
        var password = (await new Operator(_host).SendAsync(HttpMethod.Post, "/people", entry)).Json["oneTimePassword"]!.GetValue<string>();
        using var visitor = new Visitor(_host);
        await visitor.ChoosePasswordAsync("zhang.san", password);
        Keep(password, Visitor.Password, "张三丰", "990000199001010025");
    }

    private static string Text(Answer answer, string name) => answer.Json[name]!.GetValue<string>();
}
