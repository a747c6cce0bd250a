using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.Token;

/// <summary>The form of requests: parameters sent twice, in the wrong place or too long, and where their errors lead.</summary>
public sealed class RequestFormTests(TestServer server) : SandboxTests(server)
{
    private static readonly (string, string) Tax = ("sandbox-tax", "sandbox-secret");

    [Theory]
    [InlineData("/connect/token", "grant_type=client_credentials&scope=cases:read&scope=cases:read")]
    [InlineData("/connect/token", "grant_type=client_credentials&anything=1&anything=2")]
    [InlineData("/connect/par", "client_id=playground&state=a&state=b")]
    [InlineData("/connect/device", "client_id=kiosk&scope=cases:read&scope=cases:submit")]
    [InlineData("/connect/introspect", "token=a&token=b")]
    [InlineData("/connect/revoke", "token=a&token=b")]
    public async Task A_parameter_sent_twice_is_refused(string path, string form)
    {
        var basic = path is "/connect/par" or "/connect/device" ? null : ((string, string)?)Tax;
        (string, string)[] fields = [.. form.Split('&').Select(f => (f.Split('=')[0], f.Split('=')[1]))];
        (await Host.PostAsync(path, basic, fields)).Refuses(HttpStatusCode.BadRequest, "invalid_request", "more than once");
        (await Host.PostAsync(path + "?scope=x", basic, [.. fields.DistinctBy(f => f.Item1)])).Refuses(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task At_the_authorization_endpoint_the_application_is_told_what_was_sent_twice_where_that_is_clear()
    {
        var away = await Visitor.GoAsync(Visitor.AuthorizeAddress() + "&scope=cases:submit");
        Assert.StartsWith(Visitor.Playground, away?.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            ("invalid_request", "the-state", Host.Issuer, "'scope' was sent more than once."),
            (Visitor.Of(away, "error"), Visitor.Of(away, "state"), Visitor.Of(away, "iss"), Visitor.Of(away, "error_description")));
        away = await Visitor.GoAsync(Visitor.AuthorizeAddress() + "&state=another");
        Assert.Equal("invalid_request", Visitor.Of(away, "error"));
        Assert.DoesNotContain("state=", away!.Query, StringComparison.Ordinal);
        foreach (var twice in new[] { "redirect_uri=" + Uri.EscapeDataString(Visitor.Playground), "client_id=playground" })
        {
            Assert.Null(await Visitor.GoAsync($"{Visitor.AuthorizeAddress()}&{twice}"));
            Assert.Equal(HttpStatusCode.BadRequest, Visitor.Page.Status);
        }

        await Visitor.GoAsync("/connect/verify?user_code=BBBB-BBBB&user_code=CCCC-CCCC");
        Assert.Equal(HttpStatusCode.BadRequest, Visitor.Page.Status);
        await Visitor.GoAsync("/connect/logout?state=a&state=b");
        Assert.Equal(HttpStatusCode.BadRequest, Visitor.Page.Status);
    }

    [Fact]
    public async Task Tokens_are_never_part_of_an_address()
    {
        var tokens = await Visitor.TokensAsync("citizen", "openid cases:read");
        var info = await Host.GetAsync($"/connect/userinfo?access_token={tokens.AccessToken}");
        Assert.Equal(HttpStatusCode.BadRequest, info.Status);
        Assert.Contains("must not be part of an address", info.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await Host.GetAsync($"/connect/introspect?token={tokens.AccessToken}")).Status);
        (await Host.PostAsync($"/connect/introspect?token={tokens.AccessToken}", Tax)).Refuses(HttpStatusCode.BadRequest, "invalid_request", "in its body");
    }

    [Theory]
    [InlineData("state")]
    [InlineData("nonce")]
    [InlineData("anything")]
    public async Task What_is_kept_until_someone_has_signed_in_is_bounded(string parameter)
    {
        var longest = new string('x', parameter == "anything" ? 7000 : 500);
        var more = longest + new string('x', parameter == "anything" ? 1000 : 1);
        Assert.NotNull(await Visitor.SignInAsync("citizen", Visitor.AuthorizeAddress(others: (parameter, longest))));
        Assert.Equal("invalid_request", Visitor.Of(await Visitor.GoAsync(Visitor.AuthorizeAddress(others: (parameter, more))), "error"));
        Assert.Equal(HttpStatusCode.Created, (await Visitor.PushAsync((parameter, longest))).Status);
        (await Visitor.PushAsync((parameter, more))).Refuses(HttpStatusCode.BadRequest, "invalid_request", "at most");
        Assert.Equal(HttpStatusCode.OK, (await Host.PostAsync("/connect/device", null, ("client_id", "kiosk"), (parameter, longest))).Status);
        (await Host.PostAsync("/connect/device", null, ("client_id", "kiosk"), (parameter, more))).Refuses(HttpStatusCode.BadRequest, "invalid_request", "at most");
    }

    [Fact]
    public async Task Pushed_requests_that_have_been_used_or_have_expired_are_removed()
    {
        async Task<string> AddressAsync() =>
            $"/connect/authorize?client_id=playground&request_uri={Uri.EscapeDataString((await Visitor.PushAsync()).Json["request_uri"]!.GetValue<string>())}";
        await Visitor.SignInAsync("citizen", Visitor.AuthorizeAddress());
        await Visitor.PushAsync();
        Host.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.NotNull(await Visitor.GoAsync(await AddressAsync()));
        var waiting = await AddressAsync();
        Assert.Equal(3, await PushedAsync());

        // The first has expired, the second was used, the third is good for another five minutes.
        Host.Time.Advance(TimeSpan.FromMinutes(5));
        for (var since = Stopwatch.GetTimestamp(); await PushedAsync() != 1; await Task.Delay(20, TestContext.Current.CancellationToken))
            Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(20), "They were not removed.");
        Assert.NotEmpty(Visitor.Of(await Visitor.GoAsync(waiting), "code"));
    }

    [Fact]
    public async Task Whoever_authenticates_as_one_client_does_not_name_another()
    {
        (await Host.PostAsync("/connect/token", Tax, ("grant_type", "client_credentials"), ("client_id", "sandbox-fire")))
            .Refuses(HttpStatusCode.BadRequest, "invalid_request", "not the client that authenticates");
        Assert.Equal(HttpStatusCode.OK, (await Host.PostAsync("/connect/token", Tax, ("grant_type", "client_credentials"), ("client_id", "sandbox-tax"))).Status);
        (await Host.PostAsync("/connect/token", Tax, ("grant_type", "client_credentials"), ("scope", "  "))).Refuses(HttpStatusCode.BadRequest, "invalid_scope", "blank");
    }

    [Fact]
    public async Task Every_error_leads_to_a_page_of_this_server()
    {
        var away = await Visitor.GoAsync(Visitor.AuthorizeAddress(others: ("prompt", "none")));
        string?[] addresses =
        [
            Uri((await Host.SandboxTokenAsync(secret: "wrong")).Json["error_uri"]),
            Uri((await Host.TokenAsync(("grant_type", "refresh_token"), ("client_id", "playground"), ("refresh_token", "x"))).Json["error_uri"]),
            Uri((await Host.GetAsync("/connect/token")).Json["error_uri"]),
            Uri((await Visitor.PushAsync(("response_type", "token"))).Json["error_uri"]),
            Uri((await Host.PostAsync("/connect/device", null, ("client_id", "playground"))).Json["error_uri"]),
            Uri((await Host.PostAsync("/connect/introspect", Tax)).Json["error_uri"]),
            Uri((await Host.PostAsync("/connect/revoke", Tax)).Json["error_uri"]),
            Regex.Match((await Host.GetAsync("/connect/userinfo?access_token=x")).Header("WWW-Authenticate")!, "error_uri=\"([^\"]*)\"").Groups[1].Value,
            Visitor.Of(away, "error_uri"),
            Host.Issuer + Uri((await Operator.SendAsync(HttpMethod.Get, "/clients/nobody")).Json["type"]),
        ];
        foreach (var address in addresses)
        {
            Assert.StartsWith($"{Host.Issuer}/docs/errors/", address, StringComparison.Ordinal);
            await Visitor.GoAsync(new Uri(address!).AbsolutePath);
            Assert.Equal((HttpStatusCode.OK, "text/html; charset=utf-8"), (Visitor.Page.Status, Visitor.Page.Header("Content-Type")));
            await Visitor.GoAsync("/docs/errors");
            Assert.Contains($"\"{new Uri(address!).AbsolutePath}\"", Visitor.Page.Body, StringComparison.Ordinal);
        }

        static string? Uri(System.Text.Json.Nodes.JsonNode? address) => address?.GetValue<string>();
    }

    private Task<long> PushedAsync() => TestServer.CountAsync(Host.Database, """SELECT count(*) FROM identity."OpenIddictTokens" WHERE "Type" LIKE '%request_token'""");
}
