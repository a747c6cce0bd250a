using System.Net;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using OneDoor.Applicants;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.Authorize;

/// <summary>From the sign-in of a person to the tokens an application gets, and on with refresh tokens.</summary>
public sealed class PersonTokenTests(TestServer server) : SandboxTests(server)
{
    [Fact]
    public async Task A_citizen_signs_in_and_the_application_acts_for_the_applicant()
    {
        var away = await Visitor.SignInAsync("citizen", Visitor.AuthorizeAddress("openid cases:submit cases:read"));
        Assert.StartsWith(Visitor.Playground, away!.ToString(), StringComparison.Ordinal);
        Assert.Equal(("the-state", Host.Issuer), (Visitor.Of(away, "state"), Visitor.Of(away, "iss")));

        var answer = await Visitor.ExchangeAsync(Visitor.Of(away, "code"));
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        var token = answer.Token;
        Assert.Equal(("at+jwt", "ES256", Host.Issuer), (token.Typ, token.Alg, token.Issuer));
        Assert.Equal(["onedoor"], token.Audiences);
        Assert.Equal("playground", token.GetClaim("client_id").Value);
        Assert.StartsWith("p_", token.Subject, StringComparison.Ordinal);
        Assert.Equal(["cases:read", "cases:submit", "openid"], answer.Scopes.Order());
        Assert.Equal(TimeSpan.FromMinutes(10), token.ValidTo - token.IssuedAt);
        Assert.True(answer.Applicant.Key.StartsWith("person:", StringComparison.Ordinal) && CitizenId.IsValid(answer.Applicant.Key["person:".Length..], new DateOnly(2026, 1, 1)));
        Assert.Equal("张三", answer.Applicant.Name);
        Assert.DoesNotContain(token.Claims, c => c.Type is "department" or "hall" or "stamp" or "name");
        Assert.False(answer.Json.ContainsKey("refresh_token"));

        var id = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(answer.Json["id_token"]!.GetValue<string>());
        Assert.Equal((Host.Issuer, token.Subject, "the-nonce"), (id.Issuer, id.Subject, id.GetClaim("nonce").Value));
        Assert.Equal(["playground"], id.Audiences);
        Assert.DoesNotContain(id.Claims, c => c.Type is "applicant" or "stamp");
        Assert.Equal("pwd", Assert.Single(id.Claims, c => c.Type == "amr").Value);
    }

    [Fact]
    public async Task An_app_of_no_department_has_tokens_for_itself_and_of_people()
    {
        var away = await Visitor.SignInAsync("citizen", Visitor.AuthorizeAddress("openid cases:submit", "sandbox-app"));
        Assert.StartsWith("http://127.0.0.1:7777/callback?", away!.ToString(), StringComparison.Ordinal);
        var ofCitizen = (await Visitor.ExchangeAsync(Visitor.Of(away, "code"), "sandbox-app", ("client_secret", "sandbox-secret"))).Token;
        var own = (await Host.TokenAsync(("grant_type", "client_credentials"), ("client_id", "sandbox-app"), ("client_secret", "sandbox-secret"), ("scope", "cases:read"))).Token;

        Assert.Equal(("sandbox-app", "sandbox-app"), (ofCitizen.GetClaim("client_id").Value, own.Subject));
        Assert.StartsWith("p_", ofCitizen.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain(own.Claims, c => c.Type is "department" or "hall" or "applicant");
        (await Host.TokenAsync(("grant_type", "client_credentials"), ("client_id", "sandbox-app"), ("client_secret", "sandbox-secret"), ("scope", "cases:handle"))).Refuses(HttpStatusCode.BadRequest, "invalid_scope");
    }

    [Fact]
    public async Task An_enterprise_acts_for_its_legal_entity()
    {
        var applicant = (await Visitor.TokensAsync("enterprise")).Applicant;
        Assert.True(applicant.Key.StartsWith("legal-entity:", StringComparison.Ordinal) && Uscc.IsValid(applicant.Key["legal-entity:".Length..]));
        Assert.Equal("沙箱贸易有限公司", applicant.Name);
    }

    [Fact]
    public async Task Nobody_but_the_api_reads_in_a_token_for_whom_it_is()
    {
        using var elsewhere = new Visitor(Host);
        var (first, second) = (await Visitor.TokensAsync("citizen"), await elsewhere.TokensAsync("citizen", client: "mobile"));
        var number = first.Applicant.Key["person:".Length..];
        foreach (var token in new[] { first.AccessToken, first.Json["id_token"]!.GetValue<string>() })
            Assert.DoesNotMatch($"{number}|张三|person", Base64UrlEncoder.Decode(token.Split('.')[1]));
        Assert.NotEqual(ClaimOf(first, "applicant"), ClaimOf(second, "applicant"));
        Assert.Equal(first.Applicant, second.Applicant);
    }

    [Theory]
    [InlineData("citizen", "cases:submit cases:read licences:read appointments:book complaints:file reviews:write notifications:read tickets:take files:write", null, null)]
    [InlineData("clerk", "cases:receive cases:read cases:handle licences:read queue:operate appointments:manage complaints:handle files:write", "market-regulation", "airport")]
    [InlineData("supervisor", "cases:receive cases:read cases:handle licences:read queue:operate appointments:manage complaints:handle files:write cases:supervise licences:manage supervision:handle statistics:read", "market-regulation", "airport")]
    [InlineData("auditor", "cases:read cases:audit statistics:read events:read", "service-office", null)]
    public async Task Whoever_signs_in_gets_of_all_scopes_those_of_their_role(string name, string scopes, string? department, string? hall)
    {
        var answer = await Visitor.TokensAsync(name, string.Join(' ', Scopes.All));
        Assert.Equal(scopes.Split(' ').Order(), answer.Scopes.Order());
        Assert.Equal((department, hall), (ClaimOf(answer, "department"), ClaimOf(answer, "hall")));
    }

    [Fact]
    public async Task Without_scopes_asked_for_all_of_the_role_are_given_but_a_supervisors_power_and_an_auditors_sight()
    {
        var scopes = (await Visitor.TokensAsync("supervisor", "openid")).Scopes;
        Assert.Contains("supervision:handle", scopes);
        Assert.DoesNotContain("cases:supervise", scopes);
        scopes = (await Visitor.TokensAsync("auditor", "openid")).Scopes;
        Assert.Contains("statistics:read", scopes);
        Assert.DoesNotContain("cases:audit", scopes);
    }

    [Fact]
    public async Task A_scope_nobody_of_the_role_has_is_access_denied()
    {
        var away = await Visitor.SignInAsync("citizen", Visitor.AuthorizeAddress("clients:manage"));
        Assert.Equal(("access_denied", Host.Issuer), (Visitor.Of(away, "error"), Visitor.Of(away, "iss")));
    }

    [Fact]
    public async Task A_refresh_token_is_exchanged_for_new_tokens_of_the_same_person()
    {
        var first = await Visitor.TokensAsync("clerk");
        Host.Time.Advance(TimeSpan.FromMinutes(10));
        var second = await Visitor.RefreshAsync(RefreshToken(first));
        Assert.True(second.Status == HttpStatusCode.OK, second.Body);
        Assert.Equal(first.Token.Subject, second.Token.Subject);
        Assert.Equal(first.Scopes, second.Scopes);
        Assert.Equal("market-regulation", ClaimOf(second, "department"));
        Assert.NotEqual(RefreshToken(first), RefreshToken(second));
    }

    [Fact]
    public async Task A_refresh_may_ask_for_less_and_not_for_more()
    {
        var first = await Visitor.TokensAsync("clerk", "offline_access cases:read cases:handle");
        var less = await Visitor.RefreshAsync(RefreshToken(first), others: ("scope", "cases:read"));
        Assert.Equal(["cases:read"], less.Scopes);
        (await Visitor.RefreshAsync(RefreshToken(less), others: ("scope", "cases:read queue:operate"))).Refuses(HttpStatusCode.BadRequest, "invalid_scope", "queue:operate");
    }

    [Fact]
    public async Task A_stolen_refresh_token_ends_its_whole_family()
    {
        var first = await Visitor.TokensAsync("citizen");
        var second = await Visitor.RefreshAsync(RefreshToken(first));
        Host.Time.Advance(TimeSpan.FromSeconds(16));

        (await Visitor.RefreshAsync(RefreshToken(first))).Refuses(HttpStatusCode.BadRequest, "invalid_grant");
        (await Visitor.RefreshAsync(RefreshToken(second))).Refuses(HttpStatusCode.BadRequest, "invalid_grant");
        Assert.Equal(0, await ValidTokensAsync("access_token"));
    }

    [Fact]
    public async Task An_answer_that_was_lost_may_be_asked_for_again_within_the_leeway()
    {
        var first = await Visitor.TokensAsync("citizen");
        await Visitor.RefreshAsync(RefreshToken(first));
        Host.Time.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal(HttpStatusCode.OK, (await Visitor.RefreshAsync(RefreshToken(first))).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_answers_for_one_refresh_token_the_one_used_later_ends_the_family(bool isThiefFirst)
    {
        await using var other = TestHost.Development(Host.Database, Host.Time);
        using var thief = new Visitor(other);
        var stolen = RefreshToken(await Visitor.TokensAsync("citizen"));
        var answers = await Task.WhenAll(Visitor.RefreshAsync(stolen), thief.RefreshAsync(stolen));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        var (mine, theirs) = (RefreshToken(answers[0]), RefreshToken(answers[1]));

        var (first, later) = isThiefFirst ? (thief, Visitor) : (Visitor, thief);
        var won = await first.RefreshAsync(isThiefFirst ? theirs : mine);
        Assert.Equal(HttpStatusCode.OK, won.Status);
        (await later.RefreshAsync(isThiefFirst ? mine : theirs)).Refuses(HttpStatusCode.BadRequest, "invalid_grant");
        (await first.RefreshAsync(RefreshToken(won))).Refuses(HttpStatusCode.BadRequest, "invalid_grant");
        Assert.Equal(0, await ValidTokensAsync("access_token"));
    }

    [Fact]
    public async Task A_refresh_token_whose_answer_has_been_used_is_not_taken_again_within_the_leeway()
    {
        var first = RefreshToken(await Visitor.TokensAsync("citizen"));
        var second = RefreshToken(await Visitor.RefreshAsync(first));
        var third = RefreshToken(await Visitor.RefreshAsync(second));
        (await Visitor.RefreshAsync(first)).Refuses(HttpStatusCode.BadRequest, "invalid_grant");
        (await Visitor.RefreshAsync(third)).Refuses(HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact]
    public async Task A_code_used_twice_ends_what_came_of_it()
    {
        var away = await Visitor.SignInAsync("citizen", Visitor.AuthorizeAddress());
        var first = await Visitor.ExchangeAsync(Visitor.Of(away, "code"));
        (await Visitor.ExchangeAsync(Visitor.Of(away, "code"))).Refuses(HttpStatusCode.BadRequest, "invalid_grant");
        (await Visitor.RefreshAsync(RefreshToken(first))).Refuses(HttpStatusCode.BadRequest, "invalid_grant");
        Assert.Equal(0, await ValidTokensAsync("access_token"));
    }

    [Theory]
    [InlineData("citizen", 30 * 24)]
    [InlineData("clerk", 12)]
    public async Task Rotation_does_not_prolong_a_family(string name, int hours)
    {
        // OpenIddict prunes by the system's clock.
        await using var host = TestHost.Development(Host.Database, new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        using var visitor = new Visitor(host);
        var token = RefreshToken(await visitor.TokensAsync(name));
        host.Time.Advance(TimeSpan.FromHours(hours) - TimeSpan.FromMinutes(1));
        token = RefreshToken(await visitor.RefreshAsync(token));
        host.Time.Advance(TimeSpan.FromMinutes(2));
        (await visitor.RefreshAsync(token)).Refuses(HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact]
    public async Task Whoever_has_changed_since_must_sign_in_again()
    {
        var first = await Visitor.TokensAsync("clerk");
        await ExecuteAsync("UPDATE identity.people SET \"SecurityStamp\" = 'another' WHERE \"UserName\" = 'clerk'");
        (await Visitor.RefreshAsync(RefreshToken(first))).Refuses(HttpStatusCode.BadRequest, "invalid_grant", "sign in again");
        await Visitor.GoAsync(Visitor.AuthorizeAddress());
        Assert.StartsWith("/signin", Visitor.At, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_process_takes_the_session_the_code_and_the_refresh_token_and_so_does_one_after_a_restart()
    {
        // OpenIddict prunes by the system's clock.
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = TestHost.Development(Host.Database, time);
        using var here = new Visitor(host);
        var away = await here.SignInAsync("citizen", Visitor.AuthorizeAddress());
        await using var other = TestHost.Development(Host.Database, time);
        using var there = new Visitor(other);
        var tokens = await there.ExchangeAsync(Visitor.Of(away, "code"));
        Assert.True(tokens.Status == HttpStatusCode.OK, tokens.Body);
        time.Advance(TimeSpan.FromDays(29));
        await using var later = TestHost.Development(Host.Database, time);
        using var visitor = new Visitor(later);
        var refreshed = await visitor.RefreshAsync(RefreshToken(tokens));
        Assert.True(refreshed.Status == HttpStatusCode.OK, refreshed.Body);
    }

    private static string RefreshToken(Answer answer) => answer.Json["refresh_token"]!.GetValue<string>();

    private static string? ClaimOf(Answer answer, string claim) => answer.Token.TryGetClaim(claim, out var found) ? found.Value : null;

    private Task<long> ValidTokensAsync(string type) => TestServer.CountAsync(
        Host.Database, $"SELECT count(*) FROM identity.\"OpenIddictTokens\" WHERE \"Status\" = 'valid' AND \"Type\" LIKE '%{type}'");

    private Task<long> ExecuteAsync(string sql) => TestServer.CountAsync(Host.Database, $"WITH changed AS ({sql} RETURNING 1) SELECT count(*) FROM changed");
}
