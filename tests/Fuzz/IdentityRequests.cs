using System.Text;
using System.Text.Json.Nodes;
using OneDoor.Platform;

namespace OneDoor.Fuzz;

/// <summary>Requests to the identity server's endpoints, with parameters left out, repeated and exchanged.</summary>
public sealed class IdentityRequests(Random random, RunningPlatform platform)
{
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly (string Method, string Path, string Parameters)[] Endpoints =
    [
        ("POST", "/connect/token", "grant_type=client_credentials&client_id=sandbox-tax&client_secret=sandbox-secret&scope=cases%3Aread"),
        ("POST", "/connect/token", "grant_type=authorization_code&client_id=playground&code=x&code_verifier=y&redirect_uri=http%3A%2F%2Flocalhost%3A5080%2Fplayground"),
        ("POST", "/connect/token", "grant_type=refresh_token&client_id=playground&refresh_token=x"),
        ("POST", "/connect/token", "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_id=kiosk&device_code=x"),
        ("POST", "/connect/token", "grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=e30.e30.e30"),
        ("GET", "/connect/authorize", "client_id=playground&response_type=code&scope=openid%20cases%3Aread&redirect_uri=http%3A%2F%2Flocalhost%3A5080%2Fplayground&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&state=s&nonce=n&prompt=login&max_age=1"),
        ("POST", "/connect/par", "client_id=playground&response_type=code&scope=openid&redirect_uri=http%3A%2F%2Flocalhost%3A5080%2Fplayground&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"),
        ("POST", "/connect/device", "client_id=kiosk&scope=openid%20cases%3Asubmit"),
        ("GET", "/connect/verify", "user_code=BCDFGHJK"),
        ("POST", "/connect/introspect", "client_id=sandbox-tax&client_secret=sandbox-secret&token=x&token_type_hint=access_token"),
        ("POST", "/connect/revoke", "client_id=sandbox-tax&client_secret=sandbox-secret&token=x"),
        ("GET", "/connect/userinfo", ""),
        ("GET", "/connect/logout", "id_token_hint=x&post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A5080%2F&state=s"),
        ("GET", "/signin", "returnUrl=%2Fconnect%2Fauthorize"),
        ("POST", "/signin", "name=citizen&password=sandbox&returnUrl=%2F"),
        ("GET", "/signin/second-factor", ""),
        ("GET", "/clients", "first=5&after=x"),
        ("GET", "/clients/sandbox-tax", ""),
        ("GET", "/client-events", "client=sandbox-tax&first=5"),
        ("POST", "/clients", ""),
        ("POST", "/clients/sandbox-fire/disablement", ""),
        ("POST", "/clients/sandbox-fire/enablement", ""),
        ("PUT", "/clients/sandbox-fire/jwks", ""),
        ("POST", "/connect/register", ""),
    ];

    private static readonly JsonObject Client = new()
    {
        ["clientId"] = "tax-bureau", ["displayName"] = "Tax bureau", ["department"] = "tax", ["scopes"] = new JsonArray("cases:read"), ["certificateBound"] = true,
        ["jwks"] = new JsonObject { ["keys"] = new JsonArray(new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = "k", ["x"] = "AA", ["y"] = "AA", ["x5c"] = new JsonArray("AA") }) },
        ["reason"] = "x", ["overlap"] = false, ["client_name"] = "My app", ["scope"] = "cases:read", ["redirect_uris"] = new JsonArray("http://localhost/"),
    };

    private readonly FuzzCaller _office = new("sandbox-service-office for clients:manage", platform.As(Department.ServiceOffice, "clients:manage"));

    /// <summary>As it should be.</summary>
    public static FuzzRequest Token { get; } = new($"{Endpoints[0].Method} {Endpoints[0].Path}", Endpoints[0].Method, Endpoints[0].Path)
    {
        Headers = [("Content-Type", Form)],
        Body = Encoding.UTF8.GetBytes(Endpoints[0].Parameters),
    };

    public FuzzRequest Next()
    {
        var (method, path, parameters) = random.Pick(Endpoints);
        var changed = random.Once(4) ? parameters : Changed(parameters);
        var managed = path.StartsWith("/client", StringComparison.Ordinal) || path.EndsWith("register", StringComparison.Ordinal);
        var request = new FuzzRequest($"{method} {path}", method, path)
        {
            Caller = managed && !random.Once(6) ? _office : null,
            Headers = managed ? [("Content-Type", "application/json"), ("If-Match", Hostile.Header(random))] : [("Content-Type", random.Once(12) ? "text/plain" : Form)],
        };
        if (random.Once(6))
            request = request with { Headers = [.. request.Headers, (random.Pick(["Authorization", "Accept-Language", "Cookie", "Origin", "Client-Cert", "X-Forwarded-For"]), Hostile.Header(random))] };
        if (method == "GET")
            return request with { Path = changed.Length == 0 ? path : $"{path}?{changed}" };
        var text = managed ? Hostile.Changed(random, Client, random.Next(4)) : changed;
        return request with { Body = random.Once(8) ? Hostile.Damaged(random, text) : Encoding.UTF8.GetBytes(text) };
    }

    private string Changed(string parameters)
    {
        var list = parameters.Split('&', StringSplitOptions.RemoveEmptyEntries).ToList();
        for (var i = random.Next(1, 4); i > 0 && list.Count > 0; i--)
        {
            var at = random.Next(list.Count);
            switch (random.Next(4))
            {
                case 0:
                    list.RemoveAt(at);
                    break;
                case 1:
                    list.Add(list[at]);
                    break;
                default:
                    list[at] = $"{list[at].Split('=')[0]}={Hostile.Segment(random)}";
                    break;
            }
        }
        return string.Join('&', list);
    }
}
