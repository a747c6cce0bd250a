using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.People;

/// <summary>From an operator's one-time password to one's own password and second factor, and on to another.</summary>
public sealed partial class OwnPasswordTests(TestServer server) : SandboxTests(server)
{
    private const string Own = Visitor.Password;

    [Fact]
    public async Task A_one_time_password_lets_nobody_in_before_they_have_chosen_their_own()
    {
        var (_, password) = await CreateAsync("enterprise");
        Assert.Null(await Visitor.GoAsync(Visitor.AuthorizeAddress()));
        Assert.Null(await Visitor.SubmitAsync(("name", "somebody"), ("password", password)));
        Assert.StartsWith("/password?", Visitor.At, StringComparison.Ordinal);
        Assert.Null(await Visitor.GoAsync(Visitor.AuthorizeAddress()));
        Assert.StartsWith("/signin?", Visitor.At, StringComparison.Ordinal);

        await Visitor.SubmitAsync(("name", "somebody"), ("password", password));
        var away = await Visitor.SubmitAsync(("new", Own), ("again", Own));
        var tokens = await Visitor.ExchangeAsync(Visitor.Of(away, "code"));
        Assert.Equal("legal-entity:91990000MA0000007X", tokens.Applicant.Key);

        using var other = new Visitor(Host);
        await other.GoAsync("/signin");
        await other.SubmitAsync(("name", "somebody"), ("password", password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Page.Status);
        await other.SubmitAsync(("name", "somebody"), ("password", Own));
        Assert.Equal("/signin/done", other.At);
    }

    [Theory]
    [InlineData("/signin", "/signin/done")]
    [InlineData("/signin?to=/password/done", "/signin/done")]
    [InlineData("/signin?to=/signed-out", "/signin/done")]
    [InlineData("/password", "/password/done")]
    [InlineData("/password?to=/signed-out", "/password/done")]
    public async Task A_password_is_said_to_be_changed_only_when_it_is(string from, string to)
    {
        var (_, password) = await CreateAsync("citizen");
        await Visitor.GoAsync(from);
        await Visitor.SubmitAsync(("name", "somebody"), ("password", password));
        Assert.StartsWith("/password", Visitor.At, StringComparison.Ordinal);
        Assert.Contains("Choose a new password", Visitor.Page.Body, StringComparison.Ordinal);
        await Visitor.SubmitAsync(("new", Own), ("again", Own));
        Assert.Equal(to, Visitor.At);
    }

    [Fact]
    public async Task A_one_time_password_expires()
    {
        var (_, password) = await CreateAsync("citizen");
        Host.Time.Advance(TimeSpan.FromDays(3));
        await Visitor.GoAsync("/signin");
        await Visitor.SubmitAsync(("name", "somebody"), ("password", password));
        Assert.Equal(HttpStatusCode.Forbidden, Visitor.Page.Status);
        Assert.Contains("expired", Visitor.Page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_one_time_password_that_has_been_used_is_good_for_another_hour_and_for_one_sign_in_at_a_time()
    {
        var (id, password) = await CreateAsync("citizen");
        await EnterAsync(Visitor);
        Assert.StartsWith("/password?", Visitor.At, StringComparison.Ordinal);
        Host.Time.Advance(TimeSpan.FromMinutes(59));
        using var other = new Visitor(Host);
        await EnterAsync(other);
        Assert.StartsWith("/password?", other.At, StringComparison.Ordinal);
        Host.Time.Advance(TimeSpan.FromMinutes(1));
        await EnterAsync(Visitor);
        Assert.Equal(HttpStatusCode.Forbidden, Visitor.Page.Status);
        Assert.Contains("expired", Visitor.Page.Body, StringComparison.Ordinal);

        var again = (await Operator.ChangeAsync($"/people/{id}", "one-time-password")).Json["oneTimePassword"]!.GetValue<string>();
        await EnterAsync(Visitor, again);
        await EnterAsync(other, again);
        await Visitor.SubmitAsync(("new", Own), ("again", Own));
        Assert.StartsWith("/signin?", Visitor.At, StringComparison.Ordinal);
        await other.SubmitAsync(("new", Own), ("again", Own));
        Assert.Equal("/signin/done", other.At);

        var events = (await Operator.SendAsync(HttpMethod.Get, $"/person-events?person={id}")).Json["items"]!.AsArray();
        Assert.Equal(
            ["created", "one-time-password-used", "one-time-password-used", "one-time-password-set", "one-time-password-used", "one-time-password-used", "password-changed"],
            events.Select(e => e!["kind"]!.GetValue<string>()));

        async Task EnterAsync(Visitor visitor, string? other = null)
        {
            await visitor.GoAsync("/signin");
            await visitor.SubmitAsync(("name", "somebody"), ("password", other ?? password));
        }
    }

    [Fact]
    public async Task Staff_enrol_a_second_factor_on_the_way_to_their_own_password()
    {
        var (id, password) = await CreateAsync("supervisor");
        await Visitor.GoAsync(Visitor.AuthorizeAddress("openid cases:supervise"));
        await Visitor.SubmitAsync(("name", "somebody"), ("password", password));
        Assert.StartsWith("/signin/new-second-factor?", Visitor.At, StringComparison.Ordinal);
        var secret = Secret(Visitor);
        Assert.Contains("<svg class=\"qr\"", Visitor.Page.Body, StringComparison.Ordinal);

        await Visitor.GoAsync("/password");
        Assert.StartsWith("/signin", Visitor.At, StringComparison.Ordinal);
        await Visitor.SubmitAsync(("name", "somebody"), ("password", password));
        Assert.NotEqual(secret, Secret(Visitor));
        secret = Secret(Visitor);
        await Visitor.SubmitAsync(("code", "000000"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, secret), (Visitor.Page.Status, Secret(Visitor)));
        await Visitor.SubmitAsync(("code", CodeOf(secret)));
        Assert.StartsWith("/password?", Visitor.At, StringComparison.Ordinal);
        await Visitor.SubmitAsync(("new", Own), ("again", Own));

        var read = (await Operator.SendAsync(HttpMethod.Get, $"/people/{id}")).Json;
        Assert.True(read["hasSecondFactor"]!.GetValue<bool>());
        Assert.False(read.ContainsKey("oneTimePasswordUntil"));
        var events = (await Operator.SendAsync(HttpMethod.Get, $"/person-events?person={id}")).Json["items"]!.AsArray();
        Assert.Equal(
            [(Operator.Client, "created"), (id, "one-time-password-used"), (id, "one-time-password-used"), (id, "second-factor-enrolled"), (id, "password-changed")],
            events.Select(e => (e!["actor"]!.GetValue<string>(), e["kind"]!.GetValue<string>())));
        Assert.DoesNotContain(secret, Host.Logs.All + events.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(password, Host.Logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain(Own, Host.Logs.All, StringComparison.Ordinal);

        // The code that proved the factor is used up; the next one lets in.
        await Visitor.GoAsync("/signin");
        await Visitor.SubmitAsync(("name", "somebody"), ("password", Own));
        Assert.StartsWith("/signin/second-factor?", Visitor.At, StringComparison.Ordinal);
        await Visitor.SubmitAsync(("code", CodeOf(secret)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, Visitor.Page.Status);
        Host.Time.Advance(TimeSpan.FromSeconds(30));
        await Visitor.SubmitAsync(("code", CodeOf(secret)));
        Assert.Equal("/signin/done", Visitor.At);
    }

    [Fact]
    public async Task A_password_alone_enrols_no_second_factor()
    {
        var (id, password) = await CreateAsync("clerk");
        await Visitor.GoAsync("/signin");
        await Visitor.SubmitAsync(("name", "somebody"), ("password", password));
        await Visitor.SubmitAsync(("code", CodeOf(Secret(Visitor))));
        await Visitor.SubmitAsync(("new", Own), ("again", Own));

        // A thief with the password is there when the operator resets the factor.
        using var thief = new Visitor(Host);
        await thief.GoAsync("/signin");
        await thief.SubmitAsync(("name", "somebody"), ("password", Own));
        Assert.StartsWith("/signin/second-factor?", thief.At, StringComparison.Ordinal);
        var reset = (await Operator.ChangeAsync($"/people/{id}", "second-factor-reset")).Json["oneTimePassword"]!.GetValue<string>();
        await thief.GoAsync("/signin/new-second-factor");
        Assert.StartsWith("/signin?", thief.At, StringComparison.Ordinal);
        await thief.SubmitAsync(("name", "somebody"), ("password", Own));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, thief.Page.Status);
        await thief.SubmitAsync(("name", "somebody"), ("password", reset));
        Assert.StartsWith("/signin/new-second-factor?", thief.At, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_of_one_account_cannot_be_enrolled_in_another()
    {
        var (_, password) = await CreateAsync("clerk");
        var (_, mine) = await CreateAsync("clerk", "mallory");
        await Visitor.GoAsync("/signin");
        await Visitor.SubmitAsync(("name", "mallory"), ("password", mine));
        var (known, sealedSecret) = (Secret(Visitor), SealedSecret().Match(Visitor.Page.Body).Groups[1].Value);
        using var victim = new Visitor(Host);
        await victim.GoAsync("/signin");
        await victim.SubmitAsync(("name", "somebody"), ("password", password));
        var token = Regex.Match(victim.Page.Body, "name=\"form-token\" value=\"([^\"]*)\"").Groups[1].Value;
        await victim.PostAsync("/signin/new-second-factor", ("form-token", token), ("to", "/signin/done"), ("secret", sealedSecret), ("code", CodeOf(known)));
        Assert.StartsWith("/signin?", victim.At, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessing_while_enrolling_or_changing_becomes_slow()
    {
        var (_, password) = await CreateAsync("clerk");
        await Visitor.GoAsync("/signin");
        await Visitor.SubmitAsync(("name", "somebody"), ("password", password));
        await BecomesSlowAsync(("code", "abcdef"));

        await CreateAsync("citizen", "another", own: true);
        await Visitor.GoAsync("/password");
        await BecomesSlowAsync(("current", "wrong"), ("new", "another good one"), ("again", "another good one"));

        async Task BecomesSlowAsync(params (string, string)[] fields)
        {
            for (var i = 0; i < 5; i++)
            {
                await Visitor.SubmitAsync(fields);
                Assert.Equal(HttpStatusCode.UnprocessableEntity, Visitor.Page.Status);
            }

            await Visitor.SubmitAsync(fields);
            Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (Visitor.Page.Status, Visitor.Page.Header("Retry-After")));
        }
    }

    [Fact]
    public async Task Changing_the_password_ends_every_other_session_and_all_tokens()
    {
        await CreateAsync("citizen", own: true);
        using var other = new Visitor(Host);
        await other.GoAsync("/signin");
        await other.SubmitAsync(("name", "somebody"), ("password", Own));
        var tokens = await other.ExchangeAsync(Visitor.Of(await other.GoAsync(Visitor.AuthorizeAddress()), "code"));

        await Visitor.GoAsync("/password");
        await Visitor.SubmitAsync(("current", Own), ("new", "an even better one"), ("again", "an even better one"));
        Assert.Equal("/password/done", Visitor.At);
        await Visitor.GoAsync("/signin/done");
        Assert.Equal("/signin/done", Visitor.At);
        await other.GoAsync("/signin/done");
        Assert.StartsWith("/signin?", other.At, StringComparison.Ordinal);
        (await other.RefreshAsync(tokens.Json["refresh_token"]!.GetValue<string>())).Refuses(HttpStatusCode.BadRequest, "invalid_grant");
        Assert.Equal(0, await TestServer.CountAsync(Host.Database, """SELECT count(*) FROM identity."OpenIddictTokens" WHERE "Status" = 'valid' AND "Type" LIKE '%access_token' AND "Subject" LIKE 'p_%'"""));
    }

    [Theory]
    [InlineData("wrong", "a better password", "a better password", "current")]
    [InlineData(Own, "too short", "too short", "new")]
    [InlineData(Own, "hello Somebody!", "hello Somebody!", "new")]
    [InlineData(Own, "aaaaaaaaaaaabbbb", "aaaaaaaaaaaabbbb", "new")]
    [InlineData(Own, Own, Own, "new")]
    [InlineData(Own, "a better password", "a better passwort", "again")]
    public async Task A_change_that_is_wrong_is_refused_at_its_field(string current, string chosen, string again, string field)
    {
        await CreateAsync("citizen", own: true);
        await Visitor.GoAsync("/password");
        await Visitor.SubmitAsync(("current", current), ("new", chosen), ("again", again));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, Visitor.Page.Status);
        Assert.Matches($"<input id=\"{field}\"[^>]* aria-describedby=\"wrong[^>]* aria-invalid=\"true\" autofocus>", Visitor.Page.Body);
        await Visitor.GoAsync("/password");
        Assert.Equal("/password", Visitor.At);
    }

    [Theory]
    [InlineData("/signin")]
    [InlineData("/signin/second-factor")]
    [InlineData("/signin/new-second-factor")]
    [InlineData("/password")]
    [InlineData("/connect/logout")]
    public async Task A_form_of_another_site_is_refused_on_every_page(string path)
    {
        await CreateAsync("citizen", own: true);
        await Visitor.PostAsync(path, ("name", "citizen"), ("current", Own), ("new", "an attackers one"), ("again", "an attackers one"), ("decision", "sign-out"));
        Assert.Equal(HttpStatusCode.BadRequest, Visitor.Page.Status);
        await Visitor.GoAsync("/signin/done");
        Assert.Equal("/signin/done", Visitor.At);
    }

    [Fact]
    public async Task The_published_passwords_of_the_sandbox_stay()
    {
        await Visitor.SignInAsync("citizen", "/signin");
        await Visitor.GoAsync("/password");
        Assert.Equal(HttpStatusCode.Forbidden, Visitor.Page.Status);
    }

    private static string Secret(Visitor visitor) => Key().Match(visitor.Page.Body).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);

    /// <summary>The code of an authenticator app (RFC 6238) at the host's time.</summary>
    private string CodeOf(string base32)
    {
        var bits = string.Concat(base32.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var (key, counter) = (bits.Chunk(8).Select(b => Convert.ToByte(new string(b), 2)).ToArray(), new byte[8]);
        BinaryPrimitives.WriteInt64BigEndian(counter, Host.Time.GetUtcNow().ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // What RFC 6238 and every authenticator app say.
        var digest = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        return ((BinaryPrimitives.ReadInt32BigEndian(digest.AsSpan(digest[^1] & 15)) & int.MaxValue) % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<(string Id, string Password)> CreateAsync(string role, string name = "somebody", bool own = false)
    {
        var entry = new JsonObject { ["userName"] = name, ["displayName"] = "Somebody", ["role"] = role };
        if (role == "citizen")
            entry["citizenId"] = "990000199001010025";
        else if (role == "enterprise")
            entry["uscc"] = "91990000MA0000007X";
        else
            entry["department"] = "tax";
        var created = await Operator.SendAsync(HttpMethod.Post, "/people", entry);
        Assert.True(created.Status == HttpStatusCode.Created, created.Body);
        var password = created.Json["oneTimePassword"]!.GetValue<string>();
        if (own)
            await Visitor.ChoosePasswordAsync(name, password);
        return (created.Json["person"]!["id"]!.GetValue<string>(), password);
    }

    [GeneratedRegex("class=\"show key\">([A-Z2-7 ]+)<")]
    private static partial Regex Key();

    [GeneratedRegex("name=\"secret\" value=\"([^\"]*)\"")]
    private static partial Regex SealedSecret();
}
