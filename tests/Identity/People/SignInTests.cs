using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.People;

/// <summary>Passwords, second factors, and what keeps guessers from getting anywhere.</summary>
public sealed class SignInTests(TestServer server) : SandboxTests(server)
{
    [Fact]
    public async Task Passwords_are_kept_by_pbkdf2_at_todays_cost()
    {
        await Host.SandboxTokenAsync();

        // Format 1, PRF 2 (HMAC-SHA-512), then the iterations: 220,000.
        Assert.Equal(5, await TestServer.CountAsync(
            Host.Database,
            "SELECT count(*) FROM identity.people WHERE substring(decode(\"PasswordHash\", 'base64') FROM 1 FOR 9) = '\\x010000000200035b60'::bytea"));
    }

    [Fact]
    public async Task An_unknown_name_and_a_wrong_password_get_the_same_answer_in_like_time()
    {
        async Task<(string Page, TimeSpan Took)> TryAsync(string name)
        {
            using var visitor = new Visitor(Host);
            await visitor.GoAsync("/signin");
            var from = Stopwatch.GetTimestamp();
            await visitor.SubmitAsync(("name", name), ("password", "wrong"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, visitor.Page.Status);
            return (System.Text.RegularExpressions.Regex.Replace(visitor.Page.Body, "name=\"form-token\" value=\"[^\"]*\"", "").Replace(name, "", StringComparison.Ordinal), Stopwatch.GetElapsedTime(from));
        }

        await TryAsync("nobody-0");
        var (known, unknown) = (await TryAsync("citizen"), await TryAsync("nobody"));
        Assert.Equal(known.Page.Replace("<code></code>", "<code>citizen</code>", StringComparison.Ordinal), unknown.Page.Replace("<code></code>", "<code>citizen</code>", StringComparison.Ordinal));
        Assert.InRange(unknown.Took / known.Took, 0.2, 5);
    }

    [Fact]
    public async Task Guessing_a_password_becomes_slow_and_the_wait_ends()
    {
        await Visitor.GoAsync("/signin");
        for (var i = 0; i < 5; i++)
        {
            await Visitor.SubmitAsync(("name", "citizen"), ("password", "wrong"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, Visitor.Page.Status);
        }

        await Visitor.SubmitAsync(("name", "Citizen"), ("password", "sandbox"));
        Assert.Equal(HttpStatusCode.TooManyRequests, Visitor.Page.Status);
        Assert.Equal("1", Visitor.Page.Header("Retry-After"));
        Host.Time.Advance(TimeSpan.FromSeconds(2));
        await Visitor.SubmitAsync(("name", "citizen"), ("password", "sandbox"));
        Assert.Equal("/signin/done", Visitor.At);
    }

    [Fact]
    public async Task An_unknown_name_is_held_up_like_a_known_one()
    {
        await Visitor.GoAsync("/signin");
        for (var i = 0; i < 5; i++)
            await Visitor.SubmitAsync(("name", "nobody"), ("password", "wrong"));
        await Visitor.SubmitAsync(("name", "nobody"), ("password", "wrong"));
        Assert.Equal(HttpStatusCode.TooManyRequests, Visitor.Page.Status);
        await Visitor.SubmitAsync(("name", "citizen"), ("password", "sandbox"));
        Assert.Equal("/signin/done", Visitor.At);
    }

    [Fact]
    public async Task Guessing_from_one_address_does_not_lock_the_owner_out_at_another()
    {
        await using var host = TestHost.Production(await Server.CreateDatabaseAsync());
        using var http = host.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new Uri(host.Issuer) });
        async Task<HttpStatusCode> TryAsync(string address)
        {
            using var open = new HttpRequestMessage(HttpMethod.Get, "/signin");
            open.Headers.Add("X-Forwarded-For", address);
            using var page = await http.SendAsync(open);
            var token = System.Text.RegularExpressions.Regex.Match(await page.Content.ReadAsStringAsync(), "name=\"form-token\" value=\"([^\"]*)\"").Groups[1].Value;
            using var request = new HttpRequestMessage(HttpMethod.Post, "/signin");
            request.Headers.Add("X-Forwarded-For", address);
            request.Content = new FormUrlEncodedContent([new("form-token", token), new("name", "someone"), new("password", "wrong")]);
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }

        for (var i = 0; i < 5; i++)
            await TryAsync("203.0.113.1");
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync("203.0.113.1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync("203.0.113.2"));
    }

    [Fact]
    public async Task Signing_in_at_several_browsers_at_once_holds_none_of_them_up()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var visitor = new Visitor(Host);
            Assert.NotNull(await visitor.SignInAsync("citizen", Visitor.AuthorizeAddress()));
        }));
    }

    [Theory]
    [InlineData("clerk")]
    [InlineData("supervisor")]
    [InlineData("auditor")]
    public async Task Staff_are_not_signed_in_by_a_password_alone(string name)
    {
        await Visitor.GoAsync(Visitor.AuthorizeAddress());
        Assert.Null(await Visitor.SubmitAsync(("name", name), ("password", "sandbox")));
        Assert.StartsWith("/signin/second-factor", Visitor.At, StringComparison.Ordinal);
        Assert.Null(await Visitor.GoAsync(Visitor.AuthorizeAddress()));
        Assert.StartsWith("/signin?", Visitor.At, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessing_the_second_factor_becomes_slow()
    {
        await Visitor.GoAsync("/signin");
        await Visitor.SubmitAsync(("name", "clerk"), ("password", "sandbox"));
        for (var i = 0; i < 5; i++)
        {
            await Visitor.SubmitAsync(("code", "abcdef"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, Visitor.Page.Status);
        }

        await Visitor.SubmitAsync(("code", "abcdef"));
        Assert.Equal(HttpStatusCode.TooManyRequests, Visitor.Page.Status);
    }

    [Fact]
    public async Task A_code_of_the_second_factor_is_good_once()
    {
        await Host.SandboxTokenAsync();
        using var other = new Visitor(Host);
        await Visitor.GoAsync("/signin");
        await Visitor.SubmitAsync(("name", "clerk"), ("password", "sandbox"));
        var code = System.Text.RegularExpressions.Regex.Match(Visitor.Page.Body, "sandbox-code\">([0-9]{6})<").Groups[1].Value;
        await TestServer.CountAsync(Host.Database, "WITH changed AS (UPDATE identity.people SET \"IsSandbox\" = false RETURNING 1) SELECT count(*) FROM changed");
        await other.GoAsync("/signin");
        await other.SubmitAsync(("name", "clerk"), ("password", "sandbox"));

        await Visitor.SubmitAsync(("code", code));
        Assert.Equal("/signin/done", Visitor.At);
        await other.SubmitAsync(("code", code));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Page.Status);
        Assert.DoesNotContain("sandbox-code", other.Page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_our_token_is_refused()
    {
        await Visitor.GoAsync("/signin");
        await Visitor.PostAsync("/signin", ("name", "citizen"), ("password", "sandbox"));
        Assert.Equal(HttpStatusCode.BadRequest, Visitor.Page.Status);
    }

    [Theory]
    [InlineData("//evil.test/")]
    [InlineData("/\\evil.test/")]
    [InlineData("https://evil.test/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/世")]
    public async Task Signing_in_leads_to_no_other_site(string to)
    {
        Assert.Null(await Visitor.GoAsync("/signin?to=" + Uri.EscapeDataString(to)));
        Assert.Null(await Visitor.SubmitAsync(("name", "citizen"), ("password", "sandbox")));
        Assert.Equal("/signin/done", Visitor.At);
        Assert.Null(await Visitor.GoAsync("/language?lang=zh&to=" + Uri.EscapeDataString(to)));
        Assert.Equal("/signin/done", Visitor.At);
    }

    [Theory]
    [InlineData("/password/done")]
    [InlineData("/signed-out")]
    [InlineData("/connect/verify/done")]
    [InlineData("/connect/logout")]
    [InlineData("/signin")]
    public async Task Signing_in_leads_to_no_page_that_tells_of_something_else(string to)
    {
        Assert.Null(await Visitor.SignInAsync("clerk", "/signin?to=" + Uri.EscapeDataString(to)));
        Assert.Equal("/signin/done", Visitor.At);
    }

    [Fact]
    public async Task Pages_speak_the_browsers_language_and_the_one_chosen()
    {
        await Visitor.GoAsync("/signin");
        Assert.Contains("<html lang=\"en\">", Visitor.Page.Body, StringComparison.Ordinal);
        await Visitor.GoAsync("/language?lang=zh-CN&to=/signin");
        Assert.Contains("<html lang=\"zh-CN\">", Visitor.Page.Body, StringComparison.Ordinal);
        Assert.Contains("用户名", Visitor.Page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_run_no_script_but_the_one_that_shows_passwords_and_stand_in_no_frame()
    {
        await Visitor.GoAsync("/signin?to=" + Uri.EscapeDataString(Visitor.AuthorizeAddress()));
        var script = Assert.Single(Regex.Matches(Visitor.Page.Body, "<script>(.*?)</script>", RegexOptions.Singleline)).Groups[1].Value;
        Assert.Equal(
            $"default-src 'none'; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'; style-src 'self'; img-src 'self'; form-action 'self' http://localhost:5080; base-uri 'none'; frame-ancestors 'none'",
            Visitor.Page.Header("Content-Security-Policy"));
        Assert.Equal(("DENY", "no-store"), (Visitor.Page.Header("X-Frame-Options"), Visitor.Page.Header("Cache-Control")));
        Assert.DoesNotContain("style=", Visitor.Page.Body, StringComparison.Ordinal);
        await Visitor.GoAsync("/signed-out");
        Assert.DoesNotContain("<script", Visitor.Page.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("citizen", false)]
    [InlineData("citizen", true)]
    [InlineData("clerk", false)]
    public async Task Who_will_not_sign_in_goes_back_to_the_application_that_asked(string name, bool isPushed)
    {
        var address = Visitor.AuthorizeAddress();
        if (isPushed)
        {
            var asked = QueryHelpers.ParseQuery(address[address.IndexOf('?')..]).Select(p => (p.Key, p.Value.ToString()));
            var pushed = await Host.PostAsync("/connect/par", null, [.. asked]);
            address = QueryHelpers.AddQueryString("/connect/authorize", new Dictionary<string, string?> { ["client_id"] = "playground", ["request_uri"] = pushed.Json["request_uri"]!.GetValue<string>() });
        }

        Assert.Null(await Visitor.GoAsync(address));
        Assert.Contains("<strong>OneDoor Playground</strong> asks you to sign in.", Visitor.Page.Body, StringComparison.Ordinal);
        // Staff may think better of it before their second factor, too.
        if (name == "clerk")
            await Visitor.SubmitAsync(("name", name), ("password", "sandbox"));
        var cancel = WebUtility.HtmlDecode(Regex.Match(Visitor.Page.Body, "<a href=\"([^\"]*)\">Cancel and go back").Groups[1].Value);

        var away = await Visitor.GoAsync(cancel);

        Assert.Equal(Visitor.Playground, away!.GetLeftPart(UriPartial.Path));
        Assert.Equal(("access_denied", "the-state", Host.Issuer), (Visitor.Of(away, "error"), Visitor.Of(away, "state"), Visitor.Of(away, "iss")));
    }

    [Theory]
    [InlineData("/signin")]
    [InlineData("/signin?to=/connect/authorize?client_id=nobody")]
    [InlineData("/signin?to=/connect/verify")]
    public async Task Without_an_application_that_asks_nothing_can_be_cancelled(string address)
    {
        await Visitor.GoAsync(address);
        Assert.Equal(HttpStatusCode.OK, Visitor.Page.Status);
        Assert.DoesNotContain("Cancel", Visitor.Page.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/signed-out")]
    [InlineData("/password/done")]
    [InlineData("/connect/authorize?client_id=nobody")]
    public async Task Every_page_leads_on(string address)
    {
        await Visitor.GoAsync(address);
        Assert.Matches("<main>[^§]*<a href=\"/signin(/done)?\">[^§]*</main>", Visitor.Page.Body);
    }
}
