using System.Net;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.Authorize;

/// <summary>What the authorization endpoint and that of pushed requests refuse at once, before anybody signs in.</summary>
public sealed class RefusedRequestTests(SharedSandbox sandbox) : IClassFixture<SharedSandbox>, IDisposable
{
    private readonly Visitor _visitor = new(sandbox.Host);

    public void Dispose() => _visitor.Dispose();

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
        Assert.Null(await _visitor.GoAsync(Visitor.AuthorizeAddress(others: ("redirect_uri", redirect))));
        Assert.Equal(HttpStatusCode.BadRequest, _visitor.Page.Status);
        Assert.Contains("""<p role="alert">""", _visitor.Page.Body, StringComparison.Ordinal);
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
        Assert.Null(await _visitor.GoAsync(Visitor.AuthorizeAddress(client: "mobile", others: ("redirect_uri", redirect))));
        Assert.Equal(HttpStatusCode.BadRequest, _visitor.Page.Status);
        (await _visitor.PushAsync(("client_id", "mobile"), ("redirect_uri", redirect))).Refuses(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task An_unknown_client_is_refused_on_a_page()
    {
        Assert.Null(await _visitor.GoAsync(Visitor.AuthorizeAddress(client: "nobody")));
        Assert.Equal(HttpStatusCode.BadRequest, _visitor.Page.Status);
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
        var away = await _visitor.GoAsync(Visitor.AuthorizeAddress(others: (parameter, value)));
        Assert.StartsWith(Visitor.Playground + "?error=", away?.ToString(), StringComparison.Ordinal);
        Assert.Equal(("the-state", sandbox.Host.Issuer), (Visitor.Of(away, "state"), Visitor.Of(away, "iss")));
        Assert.DoesNotContain("code=", away!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_session_prompt_none_is_answered_login_required()
    {
        var away = await _visitor.GoAsync(Visitor.AuthorizeAddress(others: ("prompt", "none")));
        Assert.Equal(("login_required", sandbox.Host.Issuer, "the-state"), (Visitor.Of(away, "error"), Visitor.Of(away, "iss"), Visitor.Of(away, "state")));
    }

    [Theory]
    [InlineData("redirect_uri", "http://evil.test/")]
    [InlineData("code_challenge", "")]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("request_uri", "urn:x")]
    public async Task A_pushed_request_is_checked_when_it_is_pushed(string parameter, string value) =>
        (await _visitor.PushAsync((parameter, value))).Refuses(HttpStatusCode.BadRequest, "invalid_request");
}
