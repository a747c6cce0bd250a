using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace OneDoor.Platform;

/// <summary>A machine in a hall, by whose browser people sign in: registered with keys of its own, as an operator registers it (KIOSK-1).</summary>
public sealed partial class Kiosk : IDisposable
{
    private const string Scope = "cases:submit cases:read licences:read tickets:take";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RunningPlatform _platform;
    private readonly HttpClient _browser;
    private readonly string _id;

    private Kiosk(RunningPlatform platform, string id)
    {
        (_platform, _id) = (platform, id);
        _browser = new(new SocketsHttpHandler { CookieContainer = Cookies }) { BaseAddress = platform.Identity.Address };
    }

    /// <summary>What its browser keeps.</summary>
    public CookieContainer Cookies { get; } = new();

    /// <summary>Registers one in a hall.</summary>
    public static async Task<Kiosk> In(string hall, RunningPlatform platform)
    {
        var kiosk = new Kiosk(platform, $"kiosk-{Guid.CreateVersion7(platform.Now):N}");
        var point = kiosk._key.ExportParameters(false).Q;
        (await platform.As(Department.ServiceOffice, "clients:manage").At(platform.Identity.Http).Post("/clients", new
        {
            clientId = kiosk._id,
            displayName = "Kiosk",
            hall,
            scopes = Scope.Split(' '),
            application = new { kind = "device", asksConsent = false },
            jwks = new { keys = new[] { new { kty = "EC", crv = "P-256", kid = "1", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) } } },
        })).Must(201);
        return kiosk;
    }

    /// <summary>Whoever stands before it signs in at its browser with name and password, and lets it act for them; gives what it is given.</summary>
    public async Task<JsonElement> SignIn(string name)
    {
        var device = await Ask("/connect/device", ("scope", Scope));
        var form = await Page(await _browser.GetAsync(device.Text("verification_uri_complete"), Ct));
        var question = await Page(await Send(form, ("name", name), ("password", "sandbox")));
        Assert.Contains(device.Text("user_code"), question, StringComparison.Ordinal);
        await Page(await Send(question, ("decision", "allow")));
        return await Ask("/connect/token", ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", device.Text("device_code")));
    }

    /// <summary>Whoever stands before it, by what it was given for them.</summary>
    public Client For(JsonElement tokens) => new(_platform.Api.Http, () => Task.FromResult(tokens.Text("access_token")));

    /// <summary>Where its browser is led when somebody looks for who is signed in at it.</summary>
    public async Task<string> LooksWhoIsSignedIn() => (await _browser.GetAsync("/signin/done", Ct)).RequestMessage!.RequestUri!.AbsolutePath;

    public void Dispose()
    {
        _browser.Dispose();
        _key.Dispose();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<JsonElement> Ask(string path, params (string Name, string Value)[] fields)
    {
        var now = _platform.Time.GetUtcNow().ToUnixTimeSeconds();
        var assertion = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = new Dictionary<string, object>
            {
                ["iss"] = _id, ["sub"] = _id, ["aud"] = _platform.Identity.Address.OriginalString.TrimEnd('/'), ["iat"] = now, ["exp"] = now + 60, ["jti"] = Convert.ToHexString(RandomNumberGenerator.GetBytes(8)),
            },
            SigningCredentials = new(new ECDsaSecurityKey(_key) { KeyId = "1" }, SecurityAlgorithms.EcdsaSha256),
        });
        using var form = new FormUrlEncodedContent(fields.Concat(
            [("client_id", _id), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", assertion)])
            .Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        var answer = await _platform.Identity.Http.PostAsync(path, form, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private async Task<HttpResponseMessage> Send(string page, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(Hidden().Matches(page).Select(m => (WebUtility.HtmlDecode(m.Groups[1].Value), WebUtility.HtmlDecode(m.Groups[2].Value)))
            .Concat(fields).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await _browser.PostAsync(WebUtility.HtmlDecode(Action().Match(page).Groups[1].Value), form, Ct);
    }

    private static async Task<string> Page(HttpResponseMessage answer)
    {
        var page = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.IsSuccessStatusCode, page);
        return page;
    }

    [GeneratedRegex("""<form method="post" action="([^"]*)">""")]
    private static partial Regex Action();

    [GeneratedRegex("""<input type="hidden" name="([^"]*)" value="([^"]*)">""")]
    private static partial Regex Hidden();
}
