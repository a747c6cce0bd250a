using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OneDoor.Cases;
using Xunit;

namespace OneDoor.Platform;

/// <summary>Which access tokens the platform takes (RFC 6750, RFC 9068), and that any other one changes nothing.</summary>
public sealed class AccessTokens(RunningPlatform platform) : IAsyncLifetime
{
    private long _before;

    public async ValueTask InitializeAsync() => _before = await platform.Database.Facts();

    public async ValueTask DisposeAsync() => Assert.Equal(_before, await platform.Database.Facts());

    [Fact]
    public async Task Without_a_token_one_is_asked_for()
    {
        var refused = (await platform.Anybody.Post("/v1/cases", Applications.For(Applications.Plain))).Refuses(401, "auth.token-missing");

        Assert.Equal("Bearer", refused.Header("WWW-Authenticate"));
        (await platform.Anybody.Get("/v1/cases")).Refuses(401, "auth.token-missing");
        (await platform.Anybody.Get("/v1/tasks")).Refuses(401, "auth.token-missing");
    }

    [Fact]
    public async Task A_token_lives_for_ten_minutes()
    {
        var token = await platform.As(Department.Customs).Token();
        (await Submit(token, valid: true)).Must(422);

        platform.Pass(TimeSpan.FromMinutes(11));

        (await Submit(token)).Refuses(401, "auth.token-expired");
    }

    [Fact]
    public async Task A_preview_needs_no_token_but_takes_none_that_is_no_good()
    {
        const string path = $"/v1/catalogue/items/{Applications.Plain}/preview";
        var request = new { applicant = Applications.For(Applications.Plain)["applicant"] };

        (await platform.Anybody.Post(path, request)).Must(200);
        (await platform.As(Department.Customs).Post(path, request)).Must(200);
        (await platform.Anybody.Post(path, request, ("Authorization", "Bearer nonsense"))).Refuses(401, "auth.token-invalid");
    }

    [Fact]
    public async Task A_token_signed_by_anybody_else_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var kid = new JsonWebToken(await platform.As(Department.Customs).Token()).Kid;

        var forged = Sign(new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = kid }, SecurityAlgorithms.EcdsaSha256));

        (await Submit(forged)).Refuses(401, "auth.token-invalid");
    }

    [Fact]
    public async Task A_token_without_a_signature_is_refused()
    {
        var real = (await platform.As(Department.Customs).Token()).Split('.');
        foreach (var algorithm in new[] { "none", "None", "NONE", "" })
        {
            var header = Base64UrlEncoder.Encode($$"""{"alg":"{{algorithm}}","typ":"at+jwt"}""");
            (await Submit($"{header}.{real[1]}.")).Refuses(401, "auth.token-invalid");
            (await Submit($"{header}.{real[1]}.{real[2]}")).Refuses(401, "auth.token-invalid");
        }
    }

    [Fact]
    public async Task A_public_key_is_no_shared_secret()
    {
        var jwks = JsonDocument.Parse(await platform.Identity.Http.GetStringAsync(new Uri("/.well-known/jwks", UriKind.Relative), TestContext.Current.CancellationToken));
        var published = jwks.RootElement.List("keys")[0].GetRawText();
        foreach (var secret in new[] { published, Pem() })
        {
            var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)) { KeyId = Real().Key.KeyId };
            (await Submit(Sign(new SigningCredentials(key, SecurityAlgorithms.HmacSha256)))).Refuses(401, "auth.token-invalid");
        }
    }

    [Fact]
    public async Task A_token_for_somebody_else_is_refused() =>
        (await Submit(Sign(Real(), audience: "another"))).Refuses(401, "auth.token-wrong-audience");

    [Fact]
    public async Task A_token_of_another_issuer_is_refused() =>
        (await Submit(Sign(Real(), issuer: "http://127.0.0.1:1"))).Refuses(401, "auth.token-invalid");

    [Theory]
    [InlineData("JWT")]
    [InlineData("id_token")]
    [InlineData("client-authentication+jwt")]
    public async Task Another_kind_of_token_is_no_access_token(string type) =>
        (await Submit(Sign(Real(), type: type))).Refuses(401, "auth.token-invalid");

    [Fact]
    public async Task A_token_made_right_is_taken() => (await Submit(Sign(Real()), valid: true)).Must(422);

    [Fact]
    public async Task A_changed_token_is_refused()
    {
        var real = (await platform.As(Department.Customs).Token()).Split('.');
        var claims = Base64UrlEncoder.Decode(real[1]).Replace("customs", "tax", StringComparison.Ordinal);

        (await Submit($"{real[0]}.{Base64UrlEncoder.Encode(claims)}.{real[2]}")).Refuses(401, "auth.token-invalid");
        (await Submit("rubbish")).Refuses(401, "auth.token-invalid");
        (await Submit(new string('x', 5000))).Refuses(401, "auth.token-invalid");
    }

    [Fact]
    public async Task Whom_a_citizens_token_is_for_the_api_reads_and_the_application_does_not()
    {
        var token = await SignedIn.Token(platform, "citizen", "cases:read cases:submit");
        var citizen = new Client(platform.Api.Http, () => Task.FromResult(token));
        Assert.DoesNotMatch("person|[0-9]{17}", Base64UrlEncoder.Decode(token.Split('.')[1]));

        (await citizen.Get("/v1/cases")).Must(200);
        (await citizen.Post("/v1/cases", Applications.For(Applications.Plain))).Refuses(403, "case.not-the-applicant");
    }

    [Fact]
    public async Task A_token_that_does_not_say_for_whom_it_is_is_refused()
    {
        var company = Applications.Company();
        var applicant = new ApplicantReference($"legal-entity:{company["uscc"]}", "天津临港智造有限公司");
        const string secret = "known to this run of the tests alone";
        const string next = "the secret that comes after that one";
        string TokenOf(object claim) => platform.Token(new() { ["sub"] = "p_1", ["client_id"] = "playground", ["scope"] = "cases:read", [Claims.Applicant] = claim });
        Client With(string token) => new(platform.Api.Http, () => Task.FromResult(token));

        (await With(TokenOf(applicant)).Get("/v1/cases")).Must(200);
        (await With(TokenOf(applicant.Key)).Get("/v1/cases")).Refuses(401, "auth.token-invalid");
        (await With(TokenOf(RunningPlatform.Encrypted(applicant with { Key = "" }))).Get("/v1/cases")).Refuses(401, "auth.token-invalid");
        var theirs = With(TokenOf(RunningPlatform.Encrypted(applicant, secret)));
        (await theirs.Get("/v1/cases")).Refuses(401, "auth.token-invalid");

        // While the secret is being changed, tokens under both are taken.
        await using var between = platform.StartApi(platform.Database, ("Applicants:Secret", next), ("Applicants:PreviousSecret", secret));
        (await theirs.At(between.Http).Get("/v1/cases")).Must(200);
        (await With(TokenOf(RunningPlatform.Encrypted(applicant, next))).At(between.Http).Get("/v1/cases")).Must(200);
        (await With(TokenOf(applicant)).At(between.Http).Get("/v1/cases")).Refuses(401, "auth.token-invalid");
    }

    [Fact]
    public async Task A_route_names_the_scope_it_needs()
    {
        var refused = (await platform.As(Department.Customs, "cases:read").Post("/v1/cases", Applications.For(Applications.Plain)))
            .Refuses(403, "auth.scope-missing");

        Assert.Contains("cases:submit", refused.Header("WWW-Authenticate"), StringComparison.Ordinal);
        (await platform.As(Department.Customs, "cases:submit").Get("/v1/cases")).Refuses(403, "auth.scope-missing");
        (await platform.As(Department.Customs, "cases:read").Get("/v1/tasks")).Refuses(403, "auth.scope-missing");
    }

    // An item that does not exist: with a token that is taken, the refusal is the rule's.
    private Task<Answered> Submit(string token, bool valid = false)
    {
        var application = Applications.For(Applications.Plain);
        if (valid)
            application["item"] = "NO-SUCH-ITEM";
        return new Client(platform.Api.Http, () => Task.FromResult(token)).Post("/v1/cases", application);
    }

    private SigningCredentials Real() => platform.SigningKey;

    private string Pem() => Real().Key switch
    {
        ECDsaSecurityKey { ECDsa: { } key } => key.ExportSubjectPublicKeyInfoPem(),
        RsaSecurityKey { Rsa: { } key } => key.ExportSubjectPublicKeyInfoPem(),
        var other => throw new InvalidOperationException($"{other.GetType().Name} has no public key here."),
    };

    private string Sign(SigningCredentials credentials, string audience = Claims.Audience, string type = "at+jwt", string? issuer = null) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? new JsonWebToken(platform.As(Department.Customs).Token().GetAwaiter().GetResult()).Issuer,
            Audience = audience,
            TokenType = type,
            IssuedAt = platform.Now.UtcDateTime,
            Expires = platform.Now.UtcDateTime.AddMinutes(5),
            SigningCredentials = credentials,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = "sandbox-customs",
                ["client_id"] = "sandbox-customs",
                ["scope"] = RunningPlatform.Clerk,
                [Claims.Department] = "customs",
            },
        });
}
