using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Tests.Identity.Platform;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OneDoor.Tests.Identity.Authorize;

/// <summary>What the exchange of codes refuses, pushed requests, consent, and sign-in on demand.</summary>
public sealed class AuthorizeRefusalTests(TestServer server) : SandboxTests(server)
{
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
        var pushed = await Visitor.PushAsync();
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
            address = $"/connect/authorize?client_id=third-party&request_uri={Uri.EscapeDataString((await Visitor.PushAsync(("client_id", "third-party"))).Json["request_uri"]!.GetValue<string>())}";
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
