using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Tests.Identity.Platform;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OneDoor.Tests.Identity.Authorize;

/// <summary>What the authorization endpoint, pushed requests and the exchange of codes refuse; consent; sign-in on demand.</summary>
public sealed class AuthorizeRefusalTests(TestServer server) : SandboxTests(server)
{
    [Theory]
    [InlineData("http://localhost:5080/playground/")]
    [InlineData("http://localhost:5080/playground?x=1")]
    [InlineData("http://localhost:5080/Playground")]
    [InlineData("http://localhost:5099/playground")]
    [InlineData("https://localhost:5080/playground")]
    [InlineData("http://evil.test/playground")]
    [InlineData("http://localhost:5080/%70layground")]
    [InlineData("http://localhost:5080/x/../playground")]
    [InlineData("http://user@localhost:5080/playground")]
    [InlineData("http://localhost:5080.evil.test/playground")]
    [InlineData("HTTP://localhost:5080/playground")]
    [InlineData("http://localhost:5080/playground#")]
    public async Task Another_redirect_address_is_refused_on_a_page(string redirect)
    {
        Assert.Null(await Visitor.GoAsync(Visitor.AuthorizeAddress(others: ("redirect_uri", redirect))));
        Assert.Equal(HttpStatusCode.BadRequest, Visitor.Page.Status);
        Assert.Contains("""<p role="alert">""", Visitor.Page.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:7777/other")]
    [InlineData("http://127.0.0.1:7777/x/../callback")]
    [InlineData("http://127.0.0.1:7777/%63allback")]
    [InlineData("http://127.0.0.1:7777/Callback")]
    [InlineData("http://127.0.0.1:7777/callback?x=1")]
    [InlineData("http://127.0.0.1:07777:1/callback")]
    [InlineData("http://127.1:7777/callback")]
    [InlineData("http://x@127.0.0.1:7777/callback")]
    [InlineData("http://localhost:7777/callback")]
    [InlineData("http://127.0.0.1.evil.test:7777/callback")]
    [InlineData("http://127.0.0.1@evil.test:7777/callback")]
    [InlineData("https://127.0.0.1:7777/callback")]
    [InlineData("cn.onedoor.mobile:/callback/more")]
    [InlineData("cn.onedoor.mobile.evil:/callback")]
    public async Task A_native_applications_other_addresses_are_refused_too(string redirect)
    {
        Assert.Null(await Visitor.GoAsync(Visitor.AuthorizeAddress(client: "mobile", others: ("redirect_uri", redirect))));
        Assert.Equal(HttpStatusCode.BadRequest, Visitor.Page.Status);
        (await PushAsync(("client_id", "mobile"), ("redirect_uri", redirect))).Refuses(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task An_unknown_client_is_refused_on_a_page()
    {
        Assert.Null(await Visitor.GoAsync(Visitor.AuthorizeAddress(client: "nobody")));
        Assert.Equal(HttpStatusCode.BadRequest, Visitor.Page.Status);
    }

    [Theory]
    [InlineData("code_challenge", null)]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("code_challenge_method", null)]
    [InlineData("response_type", "token")]
    [InlineData("response_type", "code id_token")]
    [InlineData("response_mode", "fragment")]
    [InlineData("response_mode", "form_post")]
    [InlineData("scope", "openid everything")]
    [InlineData("request", "eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("prompt", "none login")]
    [InlineData("code_challenge", "short")]
    [InlineData("max_age", "abc")]
    [InlineData("max_age", "-1")]
    public async Task A_request_that_is_wrong_is_refused_and_the_application_told(string parameter, string? value)
    {
        var away = await Visitor.GoAsync(Visitor.AuthorizeAddress(others: (parameter, value)));
        Assert.StartsWith(Visitor.Playground + "?error=", away?.ToString(), StringComparison.Ordinal);
        Assert.Equal(("the-state", Host.Issuer), (Visitor.Of(away, "state"), Visitor.Of(away, "iss")));
        Assert.DoesNotContain("code=", away!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_session_prompt_none_is_answered_login_required()
    {
        var away = await Visitor.GoAsync(Visitor.AuthorizeAddress(others: ("prompt", "none")));
        Assert.Equal(("login_required", Host.Issuer, "the-state"), (Visitor.Of(away, "error"), Visitor.Of(away, "iss"), Visitor.Of(away, "state")));
    }

    [Theory]
    [InlineData("code_verifier", "another-verifier-of-at-least-forty-three-characters-01", "invalid_grant")]
    [InlineData("code_verifier", "", "invalid_request")]
    [InlineData("redirect_uri", "http://localhost:5080/other", "invalid_grant")]
    [InlineData("client_id", "mobile", "invalid_grant")]
    public async Task A_code_is_exchanged_only_by_whoever_asked_for_it(string parameter, string value, string error)
    {
        var away = await Visitor.SignInAsync("citizen", Visitor.AuthorizeAddress());
        (await Visitor.ExchangeAsync(Visitor.Of(away, "code"), others: (parameter, value))).Refuses(HttpStatusCode.BadRequest, error);
    }

    [Fact]
    public async Task A_code_is_good_for_a_minute()
    {
        var away = await Visitor.SignInAsync("citizen", Visitor.AuthorizeAddress());
        Host.Time.Advance(TimeSpan.FromSeconds(61));
        (await Visitor.ExchangeAsync(Visitor.Of(away, "code"))).Refuses(HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact]
    public async Task A_refresh_token_is_its_clients_alone()
    {
        var tokens = await Visitor.TokensAsync("citizen");
        (await Visitor.RefreshAsync(tokens.Json["refresh_token"]!.GetValue<string>(), "mobile")).Refuses(HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact]
    public async Task The_app_that_the_platform_serves_is_answered_while_nobody_is_there()
    {
        await Visitor.SignInAsync("citizen", "/signin");
        var app = Visitor.AuthorizeAddress(client: "mobile", others: [("redirect_uri", "http://localhost:5080/app"), ("prompt", "none")]);
        Assert.NotEmpty(Visitor.Of(await Visitor.GoAsync(app), "code"));
        // At another port of the person's machine anybody may listen: that is no address of the app.
        Assert.Null(await Visitor.GoAsync(app.Replace("5080", "5099", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.BadRequest, Visitor.Page.Status);
    }

    [Fact]
    public async Task A_native_application_is_answered_at_any_port_of_its_own_machine() =>
        Assert.StartsWith("http://127.0.0.1:7777/callback?", (await Visitor.SignInAsync("citizen", Visitor.AuthorizeAddress(client: "mobile")))!.ToString(), StringComparison.Ordinal);

    [Fact]
    public async Task A_native_application_gets_nothing_while_nobody_is_there()
    {
        var address = Visitor.AuthorizeAddress(client: "mobile");
        Assert.NotEmpty(Visitor.Of(await Visitor.SignInAsync("citizen", address), "code"));
        var other = Visitor.AuthorizeAddress(client: "mobile", others: ("state", "another"));
        Assert.Equal("consent_required", Visitor.Of(await Visitor.GoAsync(other + "&prompt=none"), "error"));
        for (var time = 0; time < 2; time++)
        {
            Assert.Null(await Visitor.GoAsync(other));
            Assert.NotEmpty(Visitor.Of(await Visitor.SubmitAsync(("decision", "allow")), "code"));
        }

        // What is allowed again and again is on record once.
        Assert.Equal(1, await TestServer.CountAsync(Host.Database, """SELECT count(*) FROM identity."OpenIddictAuthorizations" WHERE "Type" = 'permanent'"""));
    }

    [Fact]
    public async Task A_pushed_request_is_good_for_one_sign_in_and_by_its_client_alone()
    {
        var pushed = await PushAsync();
        Assert.Equal(HttpStatusCode.Created, pushed.Status);
        var uri = Uri.EscapeDataString(pushed.Json["request_uri"]!.GetValue<string>());
        Assert.Null(await Visitor.GoAsync($"/connect/authorize?client_id=mobile&request_uri={uri}"));
        Assert.Equal(HttpStatusCode.BadRequest, Visitor.Page.Status);

        var away = await Visitor.SignInAsync("citizen", $"/connect/authorize?client_id=playground&request_uri={uri}");
        Assert.Equal("the-state", Visitor.Of(away, "state"));
        Assert.Equal(HttpStatusCode.OK, (await Visitor.ExchangeAsync(Visitor.Of(away, "code"))).Status);
        Assert.Null(await Visitor.GoAsync($"/connect/authorize?client_id=playground&request_uri={uri}"));
        Assert.Equal(HttpStatusCode.BadRequest, Visitor.Page.Status);
    }

    [Theory]
    [InlineData("redirect_uri", "http://evil.test/")]
    [InlineData("code_challenge", "")]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("request_uri", "urn:x")]
    public async Task A_pushed_request_is_checked_when_it_is_pushed(string parameter, string value) =>
        (await PushAsync((parameter, value))).Refuses(HttpStatusCode.BadRequest, "invalid_request");

    [Fact]
    public async Task A_client_that_must_push_its_requests_is_refused_otherwise()
    {
        await CreateThirdPartyAsync(Requirements.Features.PushedAuthorizationRequests);
        Assert.Equal("invalid_request", Visitor.Of(await Visitor.GoAsync(Visitor.AuthorizeAddress(client: "third-party")), "error"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_third_party_must_be_allowed_once_and_may_be_refused(bool isPushed)
    {
        await CreateThirdPartyAsync();
        var address = Visitor.AuthorizeAddress(client: "third-party");
        if (isPushed)
            address = $"/connect/authorize?client_id=third-party&request_uri={Uri.EscapeDataString((await PushAsync(("client_id", "third-party"))).Json["request_uri"]!.GetValue<string>())}";
        Assert.Null(await Visitor.SignInAsync("citizen", address));
        Assert.Contains("A third &lt;party&gt;", Visitor.Page.Body, StringComparison.Ordinal);
        Assert.Contains("see cases, with the names and identity numbers in them", Visitor.Page.Body, StringComparison.Ordinal);
        Assert.Contains("does not tell the application your identity number", Visitor.Page.Body, StringComparison.Ordinal);
        Assert.Equal("access_denied", Visitor.Of(await Visitor.SubmitAsync(("decision", "deny")), "error"));

        Assert.Null(await Visitor.GoAsync(Visitor.AuthorizeAddress(client: "third-party")));
        Assert.NotEmpty(Visitor.Of(await Visitor.SubmitAsync(("decision", "allow")), "code"));
        Assert.NotEmpty(Visitor.Of(await Visitor.GoAsync(Visitor.AuthorizeAddress(client: "third-party", others: ("prompt", "none"))), "code"));
        Assert.Null(await Visitor.GoAsync(Visitor.AuthorizeAddress("cases:submit", "third-party")));
        Assert.Equal(
            "consent_required",
            Visitor.Of(await Visitor.GoAsync(Visitor.AuthorizeAddress("cases:submit", "third-party", ("prompt", "none"))), "error"));
    }

    [Fact]
    public async Task Consent_from_a_form_of_another_site_is_refused()
    {
        await CreateThirdPartyAsync();
        Assert.Null(await Visitor.SignInAsync("citizen", Visitor.AuthorizeAddress(client: "third-party")));
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(new Uri(Host.Issuer), Visitor.AuthorizeAddress(client: "third-party")).Query);
        Assert.Null(await Visitor.PostAsync("/connect/authorize", [.. query.Select(p => (p.Key, p.Value.ToString())), ("decision", "allow")]));
        Assert.Equal(HttpStatusCode.BadRequest, Visitor.Page.Status);
    }

    [Fact]
    public async Task Prompt_login_and_max_age_ask_again_and_are_met_by_the_answer()
    {
        await Visitor.SignInAsync("citizen", Visitor.AuthorizeAddress());
        Host.Time.Advance(TimeSpan.FromMinutes(10));
        foreach (var (name, value) in new[] { ("prompt", "login"), ("max_age", "60") })
        {
            var address = Visitor.AuthorizeAddress(others: (name, value));
            Assert.NotEmpty(Visitor.Of(await Visitor.SignInAsync("citizen", address), "code"));
            Assert.StartsWith("/", Visitor.At, StringComparison.Ordinal);
            Host.Time.Advance(TimeSpan.FromMinutes(10));
            Assert.Null(await Visitor.GoAsync(address));
            Assert.StartsWith("/signin", Visitor.At, StringComparison.Ordinal);
        }
    }

    private Task<Answer> PushAsync(params (string Name, string Value)[] changes)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(new Uri(Host.Issuer), Visitor.AuthorizeAddress()).Query).ToDictionary(p => p.Key, p => p.Value.ToString());
        foreach (var (name, value) in changes)
            query[name] = value;
        return Host.PostAsync("/connect/par", null, [.. query.Where(p => p.Value.Length > 0).Select(p => (p.Key, p.Value))]);
    }

    private async Task CreateThirdPartyAsync(params string[] requirements)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        await Host.SandboxTokenAsync();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        var known = (await applications.FindByClientIdAsync("playground", TestContext.Current.CancellationToken))!;
        var third = new OpenIddictApplicationDescriptor();
        await applications.PopulateAsync(third, known, TestContext.Current.CancellationToken);
        (third.ClientId, third.DisplayName, third.ConsentType) = ("third-party", "A third <party>", ConsentTypes.Explicit);
        third.Requirements.UnionWith(requirements);
        await applications.CreateAsync(third, TestContext.Current.CancellationToken);
    }
}
