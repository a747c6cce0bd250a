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
        var page = await form.Content.ReadAsStringAsync(ct);
        var fields = Hidden().Matches(page).ToDictionary(m => WebUtility.HtmlDecode(m.Groups[1].Value), m => WebUtility.HtmlDecode(m.Groups[2].Value));
        (fields["name"], fields["password"]) = (name, "sandbox");
        using var filled = new FormUrlEncodedContent(fields);
        var signedIn = await browser.PostAsync(WebUtility.HtmlDecode(Action().Match(page).Groups[1].Value), filled, ct);
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

    [GeneratedRegex("""<form method="post" action="([^"]*)">""")]
    private static partial Regex Action();

    [GeneratedRegex("""<input type="hidden" name="([^"]*)" value="([^"]*)">""")]
    private static partial Regex Hidden();
}
