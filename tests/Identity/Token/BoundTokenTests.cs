using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.Token;

/// <summary>Tokens bound to a certificate (RFC 8705): over real TLS, and behind a proxy that ends it.</summary>
public sealed class BoundTokenTests(TestServer server) : IAsyncLifetime
{
    private static readonly X509Certificate2 ServerCertificate = ServerCertificateOf("localhost");
    private readonly TestClient _client = new("tax-bureau");
    private readonly TestClient _other = new("customs-house");
    private TestHost _host = null!;
    private string _address = "";

    public async ValueTask InitializeAsync()
    {
        _host = new TestHost(await server.CreateDatabaseAsync(), "Production", new(TestHost.Morning), new()
        {
            ["Identity:Issuer"] = TestHost.ProductionIssuer,
            ["Identity:RequestClientCertificates"] = "true",
            ["Keys:Secret"] = "a secret that only this test run knows",
        });
        _host.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(ServerCertificate)));
        _host.StartServer();
        _address = _host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_client_authenticates_by_its_certificate_and_the_token_is_bound_to_it()
    {
        var certificate = await RegisterAsync();
        var answer = await TokenAsync(certificate);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(Thumbprint(certificate), Confirmation(answer));

        var introspection = await PostAsync("/connect/introspect", certificate, ("client_id", _client.Id), ("token", answer.AccessToken));
        Assert.True(introspection.Json["active"]!.GetValue<bool>());
        Assert.Equal(Thumbprint(certificate), introspection.Json["cnf"]!["x5t#S256"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_client_that_signs_an_assertion_gets_a_bound_token_too()
    {
        var certificate = await RegisterAsync();
        Assert.Equal(Thumbprint(certificate), Confirmation(await AssertionTokenAsync(certificate)));
    }

    [Fact]
    public async Task A_client_whose_tokens_are_bound_gets_none_without_a_certificate()
    {
        await RegisterAsync();
        (await AssertionTokenAsync(null)).Refuses(HttpStatusCode.BadRequest, "invalid_request", "connect with it");
        (await TokenAsync(null)).Refuses(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task A_certificate_that_is_not_registered_is_refused()
    {
        await RegisterAsync();
        (await TokenAsync(_client.Certificate())).Refuses(HttpStatusCode.Unauthorized, "invalid_client", "not registered");
        (await AssertionTokenAsync(_other.Certificate())).Refuses(HttpStatusCode.Unauthorized, "invalid_client", "not registered");
    }

    [Fact]
    public async Task Another_clients_certificate_is_refused()
    {
        await RegisterAsync();
        var certificate = _other.Certificate();
        Assert.Equal(0, await _host.RegisterAsync(_other.EntryWith(certificate)));
        (await TokenAsync(certificate)).Refuses(HttpStatusCode.Unauthorized, "invalid_client", "not registered");
    }

    [Fact]
    public async Task An_expired_certificate_is_refused()
    {
        var certificate = _client.Certificate(TestHost.Morning.AddMinutes(5));
        await _host.RegisterAsync(_client.EntryWith(certificate));
        Assert.Equal(HttpStatusCode.OK, (await TokenAsync(certificate)).Status);
        _host.Time.Advance(TimeSpan.FromMinutes(6));
        (await TokenAsync(certificate)).Refuses(HttpStatusCode.Unauthorized, "invalid_client", "expired");
    }

    [Fact]
    public async Task A_client_that_asks_for_no_binding_needs_no_certificate()
    {
        await _host.RegisterAsync(_client.Entry());
        Assert.False((await AssertionTokenAsync(null)).Token.TryGetClaim("cnf", out _));
    }

    [Fact]
    public async Task An_x5c_of_another_key_is_not_registered()
    {
        Assert.Equal(1, await _host.RegisterAsync(_client.EntryWith(_other.Certificate())));
        var nonsense = _client.EntryWith(_client.Certificate());
        nonsense["jwks"]!["keys"]![0]!["x5c"]![0] = "AAAA";
        Assert.Equal(1, await _host.RegisterAsync(nonsense));
    }

    [Fact]
    public async Task A_header_is_no_certificate_where_no_proxy_ends_tls()
    {
        var certificate = await RegisterAsync();
        (await TokenAsync(null, ("Client-Cert", Rfc9440(certificate)))).Refuses(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task Client_administration_takes_a_bound_token_with_its_certificate_only()
    {
        var certificate = _client.Certificate();
        await _host.RegisterAsync(_client.EntryWith(certificate, "clients:manage"));
        var token = (await TokenAsync(certificate)).AccessToken;
        Assert.Equal(HttpStatusCode.OK, (await ManageAsync(certificate)).Status);
        foreach (var wrong in new[] { null, _other.Certificate() })
            Assert.Equal("auth.token-not-bound", (await ManageAsync(wrong)).Json["code"]!.GetValue<string>());

        // What is not bound at all is good for whoever has seen it.
        var careless = new TestClient("careless");
        await _host.RegisterAsync(careless.Entry("tax", "clients:manage"));
        token = (await AssertionTokenAsync(null, careless)).AccessToken;
        Assert.Equal("auth.token-unbound", (await ManageAsync(null)).Json["code"]!.GetValue<string>());

        Task<Answer> ManageAsync(X509Certificate2? held)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/clients");
            request.Headers.Authorization = new("Bearer", token);
            return SendAsync(held, request);
        }
    }

    [Fact]
    public async Task Behind_a_proxy_the_certificate_is_the_configured_headers()
    {
        await using var host = TestHost.Production(await server.CreateDatabaseAsync(), settings: new() { ["Identity:ClientCertificateHeader"] = "Client-Cert" });
        var certificate = _client.Certificate();
        await host.RegisterAsync(_client.EntryWith(certificate));
        foreach (var header in new[] { Rfc9440(certificate), Uri.EscapeDataString(certificate.ExportCertificatePem()) })
            Assert.Equal(Thumbprint(certificate), Confirmation(await host.SendAsync(TokenRequest(("Client-Cert", header)))));
        (await host.SendAsync(TokenRequest(("Client-Cert", "nonsense")))).Refuses(HttpStatusCode.BadRequest, "invalid_request", "cannot be read");
        (await host.SendAsync(TokenRequest(("X-Client-Cert", Rfc9440(certificate))))).Refuses(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task Discovery_offers_certificates_where_they_can_reach_the_server()
    {
        var offered = (await SendAsync(null, new HttpRequestMessage(HttpMethod.Get, "/.well-known/openid-configuration"))).Json;
        Assert.Contains("self_signed_tls_client_auth", offered["token_endpoint_auth_methods_supported"]!.AsArray().Select(m => m!.GetValue<string>()));
        Assert.True(offered["tls_client_certificate_bound_access_tokens"]!.GetValue<bool>());
    }

    private async Task<X509Certificate2> RegisterAsync()
    {
        var certificate = _client.Certificate();
        Assert.Equal(0, await _host.RegisterAsync(_client.EntryWith(certificate)));
        return certificate;
    }

    private Task<Answer> TokenAsync(X509Certificate2? certificate, params (string Name, string Value)[] headers) => SendAsync(certificate, TokenRequest(headers));

    private HttpRequestMessage TokenRequest(params (string Name, string Value)[] headers)
    {
        var request = Form("/connect/token", ("grant_type", "client_credentials"), ("client_id", _client.Id));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private Task<Answer> AssertionTokenAsync(X509Certificate2? certificate, TestClient? client = null) => PostAsync("/connect/token", certificate,
        ("grant_type", "client_credentials"),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", (client ?? _client).Assertion(_host)));

    private Task<Answer> PostAsync(string path, X509Certificate2? certificate, params (string Name, string Value)[] form) => SendAsync(certificate, Form(path, form));

    private static HttpRequestMessage Form(string path, params (string Name, string Value)[] form) =>
        new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))) };

    private async Task<Answer> SendAsync(X509Certificate2? certificate, HttpRequestMessage request)
    {
        using var handler = new HttpClientHandler();
        handler.ServerCertificateCustomValidationCallback = (_, presented, _, _) => presented?.Thumbprint == ServerCertificate.Thumbprint;
        if (certificate is not null)
            handler.ClientCertificates.Add(certificate);
        using var client = new HttpClient(handler) { BaseAddress = new Uri(_address) };
        using var response = await client.SendAsync(request);
        return new Answer(response, await response.Content.ReadAsStringAsync());
    }

    private static string Confirmation(Answer answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Token.GetPayloadValue<JsonElement>("cnf").GetProperty("x5t#S256").GetString()!;
    }

    private static string Thumbprint(X509Certificate2 certificate) => Base64UrlEncoder.Encode(SHA256.HashData(certificate.RawData));

    private static string Rfc9440(X509Certificate2 certificate) => $":{Convert.ToBase64String(certificate.RawData)}:";

    private static X509Certificate2 ServerCertificateOf(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(TestHost.Morning.AddYears(-1), TestHost.Morning.AddYears(20));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
