using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;

namespace OneDoor.Tests.Identity.Platform;

/// <summary>Someone at a browser: keeps cookies, follows redirects within the server, fills in forms.</summary>
public sealed partial class Visitor : IDisposable
{
    public const string Playground = "http://localhost:5080/playground";
    public const string Verifier = "a-verifier-of-at-least-forty-three-characters-0123456789";

    /// <summary>What people choose.</summary>
    public const string Password = "correct horse battery";

    private readonly HttpClient _http;

    /// <param name="address">From which they call, as a proxy says.</param>
    public Visitor(TestHost host, string? address = null)
    {
        Host = host;
        _http = host.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true, BaseAddress = new Uri(host.Issuer) });
        _http.DefaultRequestHeaders.Add("Accept-Language", "en");
        if (address is not null)
            _http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
    }

    public TestHost Host { get; }

    /// <summary>The path and query of the page looked at.</summary>
    public string At { get; private set; } = "/";

    public Answer Page { get; private set; } = null!;

    public static string Challenge => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public static string AuthorizeAddress(string scope = "openid offline_access cases:read", string client = "playground", params (string Name, string? Value)[] others)
    {
        var query = new Dictionary<string, string?>
        {
            ["client_id"] = client,
            ["response_type"] = "code",
            ["redirect_uri"] = client is "mobile" or "sandbox-app" ? "http://127.0.0.1:7777/callback" : Playground,
            ["scope"] = scope,
            ["state"] = "the-state",
            ["nonce"] = "the-nonce",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in others)
            query[name] = value;
        return QueryHelpers.AddQueryString("/connect/authorize", query.Where(p => p.Value is not null));
    }

    /// <summary>Goes to an address; redirects are followed until one leads away from the server. Returns where to, or null.</summary>
    public Task<Uri?> GoAsync(string address) => FollowAsync(new HttpRequestMessage(HttpMethod.Get, address));

    /// <summary>Sends the form of the page with its hidden fields.</summary>
    public Task<Uri?> SubmitAsync(params (string Name, string Value)[] fields)
    {
        var action = WebUtility.HtmlDecode(Action().Match(Page.Body).Groups[1].Value);
        var hidden = Hidden().Matches(Page.Body).Select(m => (WebUtility.HtmlDecode(m.Groups[1].Value), WebUtility.HtmlDecode(m.Groups[2].Value)));
        return PostAsync(action, [.. hidden, .. fields]);
    }

    public Task<Uri?> PostAsync(string path, params (string Name, string Value)[] fields) => FollowAsync(new HttpRequestMessage(HttpMethod.Post, path)
    {
        Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
    });

    /// <summary>Pushes the request of <see cref="AuthorizeAddress"/> with other values; what is empty is left out.</summary>
    public Task<Answer> PushAsync(params (string Name, string Value)[] others)
    {
        var query = QueryHelpers.ParseQuery(new Uri(new Uri(Host.Issuer), AuthorizeAddress(others: [.. others.Select(o => (o.Name, o.Value.Length > 0 ? o.Value : null))])).Query);
        return Host.PostAsync("/connect/par", null, [.. query.Select(p => (p.Key, p.Value.ToString()))]);
    }

    /// <summary>Signs in as one of the sandbox, through the second factor where there is one, to where an address leads.</summary>
    public async Task<Uri?> SignInAsync(string name, string address, string password = "sandbox")
    {
        if (await GoAsync(address) is { } away)
            return away;
        away = await SubmitAsync(("name", name), ("password", password));
        return away is null && At.StartsWith("/signin/second-factor", StringComparison.Ordinal)
            ? await SubmitAsync(("code", SandboxCode().Match(Page.Body).Groups[1].Value))
            : away;
    }

    /// <summary>Signs in by an operator's password and chooses one's own.</summary>
    public async Task ChoosePasswordAsync(string name, string oneTimePassword)
    {
        await GoAsync("/signin");
        await SubmitAsync(("name", name), ("password", oneTimePassword));
        await SubmitAsync(("new", Password), ("again", Password));
        Assert.Equal("/signin/done", At);
    }

    /// <summary>Signs in and exchanges the code.</summary>
    public async Task<Answer> TokensAsync(string name, string scope = "openid offline_access cases:read", string client = "playground")
    {
        var away = await SignInAsync(name, AuthorizeAddress(scope, client));
        Assert.True(away is not null, Page.Body);
        return await ExchangeAsync(Of(away, "code"), client);
    }

    public Task<Answer> ExchangeAsync(string code, string client = "playground", params (string Name, string Value)[] others)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = client,
            ["code"] = code,
            ["redirect_uri"] = client is "mobile" or "sandbox-app" ? "http://127.0.0.1:7777/callback" : Playground,
            ["code_verifier"] = Verifier,
        };
        foreach (var (other, value) in others)
            form[other] = value;
        return Host.TokenAsync([.. form.Where(f => f.Value.Length > 0).Select(f => (f.Key, f.Value))]);
    }

    public Task<Answer> RefreshAsync(string token, string client = "playground", params (string Name, string Value)[] others) =>
        Host.TokenAsync([("grant_type", "refresh_token"), ("client_id", client), ("refresh_token", token), .. others]);

    /// <summary>A parameter of the address an application was answered at; empty without it, and where no application was answered.</summary>
    public static string Of(Uri? away, string parameter) => QueryHelpers.ParseQuery(away?.Query).GetValueOrDefault(parameter).ToString();

    public void Dispose() => _http.Dispose();

    private async Task<Uri?> FollowAsync(HttpRequestMessage request)
    {
        for (var i = 0; i < 10; i++)
        {
            using var response = await _http.SendAsync(request);
            (At, Page) = (request.RequestUri!.IsAbsoluteUri ? request.RequestUri.PathAndQuery : request.RequestUri.OriginalString, new(response, await response.Content.ReadAsStringAsync()));
            if (response.Headers.Location is not { } location)
                return null;
            if (location.IsAbsoluteUri && location.GetLeftPart(UriPartial.Authority) != Host.Issuer)
                return location;
            request.Dispose();
            request = new HttpRequestMessage(HttpMethod.Get, location);
        }

        throw new InvalidOperationException("Redirected in a circle.");
    }

    [GeneratedRegex("""<form method="post" action="([^"]*)">""")]
    private static partial Regex Action();

    [GeneratedRegex("""<input type="hidden" name="([^"]*)" value="([^"]*)">""")]
    private static partial Regex Hidden();

    [GeneratedRegex("""id="sandbox-code">([0-9]{6})<""")]
    private static partial Regex SandboxCode();
}
