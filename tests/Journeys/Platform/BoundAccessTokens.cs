using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace OneDoor.Platform;

/// <summary>Tokens bound to a certificate (RFC 8705), over real TLS and behind a proxy.</summary>
public sealed class BoundAccessTokens(BoundAccessTokens.OverTls tls, RunningPlatform platform) : IClassFixture<BoundAccessTokens.OverTls>
{
    private static readonly X509Certificate2 Server = CertificateOf("localhost");
    private static readonly X509Certificate2 Right = CertificateOf("customs");
    private static readonly X509Certificate2 Wrong = CertificateOf("customs");

    [Fact]
    public async Task A_bound_token_is_taken_with_its_certificate() => Assert.Equal("", await Ask(Right, Token(Right)));

    [Fact]
    public async Task A_bound_token_is_refused_with_another_certificate() => Assert.Equal("401 auth.token-not-bound", await Ask(Wrong, Token(Right)));

    [Fact]
    public async Task A_bound_token_is_refused_without_a_certificate() => Assert.Equal("401 auth.token-not-bound", await Ask(null, Token(Right)));

    [Fact]
    public async Task A_binding_of_another_kind_never_holds() =>
        Assert.Equal("401 auth.token-not-bound", await Ask(Right, Token(new Dictionary<string, object> { ["jkt"] = "AAAA" }, RunningPlatform.Clerk)));

    [Theory]
    [InlineData("cases:read cases:handle")]
    [InlineData("cases:read cases:supervise")]
    [InlineData("cases:audit")]
    [InlineData("catalogue:manage")]
    public async Task A_token_that_decides_cases_or_the_catalogue_has_to_be_bound(string scope) => Assert.Equal("401 auth.token-unbound", await Ask(Right, Token(null, scope)));

    [Theory]
    [InlineData("clerk")]
    [InlineData("supervisor")]
    public async Task A_person_at_a_desk_has_no_certificate(string role) => Assert.Equal("", await Ask(null, Token(null, AccessTable.ScopesOf(role), $"p_{role}")));

    [Fact]
    public async Task A_token_that_only_reads_need_not_be_bound() => Assert.Equal("", await Ask(null, Token(null, "cases:read")));

    [Fact]
    public async Task A_header_is_no_certificate_where_none_is_configured() =>
        Assert.Equal("401 auth.token-not-bound", await Ask(null, Token(Right), Rfc9440(Right)));

    [Fact]
    public async Task Behind_a_proxy_the_certificate_is_the_configured_headers()
    {
        await using var api = Api(platform, ("Authentication:ClientCertificateHeader", "Client-Cert"));
        api.StartServer();
        foreach (var header in new[] { Rfc9440(Right), Uri.EscapeDataString(Right.ExportCertificatePem()) })
            Assert.Equal("", await AskBy(api.Http, Token(Right), header));
        foreach (var header in new[] { Rfc9440(Wrong), "nonsense", null })
            Assert.Equal("401 auth.token-not-bound", await AskBy(api.Http, Token(Right), header));
    }

    private static InProcess<Caller> Api(RunningPlatform platform, params (string Name, string Value)[] settings) => new(platform.Time, Port.Free(),
    [
        ("ConnectionStrings:OneDoor", platform.Database.Connection),
        ("Authentication:Authority", platform.Identity.Address.OriginalString),
        .. settings,
    ]);

    private async Task<string> Ask(X509Certificate2? certificate, string token, string? header = null)
    {
        using var handler = new HttpClientHandler();
        handler.ServerCertificateCustomValidationCallback = (_, presented, _, _) => presented?.Thumbprint == Server.Thumbprint;
        if (certificate is not null)
            handler.ClientCertificates.Add(certificate);
        using var http = new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{tls.Port}") };
        return await AskBy(http, token, header);
    }

    /// <summary>The refusal of a request for cases; empty when it was answered.</summary>
    private static async Task<string> AskBy(HttpClient http, string token, string? header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/cases");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (header is not null)
            request.Headers.TryAddWithoutValidation("Client-Cert", header);
        using var response = await http.SendAsync(request);
        if (response.IsSuccessStatusCode)
            return "";
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return $"{(int)response.StatusCode} {problem.RootElement.GetProperty("code").GetString()}";
    }

    private string Token(X509Certificate2 boundTo) => Token(
        new Dictionary<string, object> { ["x5t#S256"] = Base64UrlEncoder.Encode(SHA256.HashData(boundTo.RawData)) }, RunningPlatform.Clerk);

    private string Token(Dictionary<string, object>? confirmation, string scope, string subject = "sandbox-customs")
    {
        var claims = new Dictionary<string, object>
        {
            ["sub"] = subject,
            ["client_id"] = "sandbox-customs",
            ["scope"] = scope,
            [Claims.Department] = "customs",
        };
        if (confirmation is not null)
            claims["cnf"] = confirmation;
        return platform.Token(claims);
    }

    private static string Rfc9440(X509Certificate2 certificate) => $":{Convert.ToBase64String(certificate.RawData)}:";

    private static X509Certificate2 CertificateOf(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(90));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>A server that speaks TLS itself and asks for bound tokens.</summary>
    public sealed class OverTls : IAsyncDisposable
    {
        private readonly InProcess<Caller> _api;

        public OverTls(RunningPlatform platform)
        {
            _api = Api(platform, ("Authentication:RequireBoundTokens", "true"));
            _api.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Port, listen => listen.UseHttps(Server)));
            _api.StartServer();
        }

        public int Port { get; } = Platform.Port.Free();

        public ValueTask DisposeAsync() => _api.DisposeAsync();
    }
}
