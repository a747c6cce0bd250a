using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Duende.IdentityModel.Client;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace OneDoor.Platform;

/// <summary>Someone of the sandbox at a browser.</summary>
public static partial class SignedIn
{
    private const string Verifier = "a-verifier-of-at-least-forty-three-characters-0123456789";

    /// <summary>Who signs in anew for each thing they ask, with their second factor where they have one.</summary>
    public static Client Client(RunningPlatform platform, string name, string scope) => new(platform.Api.Http, () => Token(platform, name, scope));

    /// <summary>Signs in for the playground, and gives the access token it gets.</summary>
    public static async Task<string> Token(RunningPlatform platform, string name, string scope)
    {
        var ct = TestContext.Current.CancellationToken;
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() }) { BaseAddress = platform.Identity.Address };
        var back = new Uri(platform.Api.Address, "/playground").OriginalString;
        var form = await browser.GetAsync((await browser.GetAsync(QueryHelpers.AddQueryString("/connect/authorize", new Dictionary<string, string?>
        {
            ["client_id"] = "playground",
            ["response_type"] = "code",
            ["redirect_uri"] = back,
            ["scope"] = scope,
            ["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
        }), ct)).Headers.Location, ct);
        var signedIn = await Fill(browser, await form.Content.ReadAsStringAsync(ct), ("name", name), ("password", "sandbox"));
        if (signedIn.Headers.Location!.OriginalString.Contains("/signin/second-factor", StringComparison.Ordinal))
        {
            var asked = await browser.GetStringAsync(signedIn.Headers.Location, ct);
            signedIn = await Fill(browser, asked, ("code", Code().Match(asked).Groups[1].Value));
        }
        var answer = await browser.GetAsync(signedIn.Headers.Location, ct);
        Assert.StartsWith(back, answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
        using var exchange = new AuthorizationCodeTokenRequest
        {
            Address = "/connect/token",
            ClientId = "playground",
            ClientCredentialStyle = ClientCredentialStyle.PostBody,
            Code = QueryHelpers.ParseQuery(answer.Headers.Location!.Query)["code"].ToString(),
            RedirectUri = back,
            CodeVerifier = Verifier,
        };
        return (await browser.RequestAuthorizationCodeTokenAsync(exchange, ct)).AccessToken!;
    }

    private static async Task<HttpResponseMessage> Fill(HttpClient browser, string page, params (string Name, string Value)[] said)
    {
        var hidden = Hidden().Matches(page).Select(m => (Name: WebUtility.HtmlDecode(m.Groups[1].Value), Value: WebUtility.HtmlDecode(m.Groups[2].Value)));
        using var filled = new FormUrlEncodedContent(hidden.Concat(said).Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await browser.PostAsync(WebUtility.HtmlDecode(Action().Match(page).Groups[1].Value), filled, TestContext.Current.CancellationToken);
    }

    // The sandbox shows what staff's authenticators would.
    [GeneratedRegex("""id="sandbox-code">([0-9]{6})<""")]
    private static partial Regex Code();

    [GeneratedRegex("""<form method="post" action="([^"]*)">""")]
    private static partial Regex Action();

    [GeneratedRegex("""<input type="hidden" name="([^"]*)" value="([^"]*)">""")]
    private static partial Regex Hidden();
}
