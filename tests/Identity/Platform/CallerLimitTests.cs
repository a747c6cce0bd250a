using System.Net;

namespace OneDoor.Tests.Identity.Platform;

/// <summary>Whoever changes what they say of themselves is still the same caller.</summary>
public sealed class CallerLimitTests(TestServer server)
{
    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task Of_the_addresses_before_its_own_a_proxy_is_not_believed(string frameworksOwnSwitch)
    {
        await using var host = TestHost.Production(await server.CreateDatabaseAsync(), settings: new()
        {
            ["Identity:RateLimit:Requests"] = "5", ["FORWARDEDHEADERS_ENABLED"] = frameworksOwnSwitch,
        });
        var statuses = new List<HttpStatusCode>();
        for (var i = 1; i <= 8; i++)
            statuses.Add((await GuessAsync(host, "nobody", $"6.6.7.{i}, 203.0.113.21")).Status);
        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 5), .. Enumerable.Repeat(HttpStatusCode.TooManyRequests, 3)], statuses);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GuessAsync(host, "nobody", "6.6.7.1, 203.0.113.22")).Status);
        Assert.Equal(frameworksOwnSwitch == "true", host.Logs.All.Contains("ASPNETCORE_FORWARDEDHEADERS_ENABLED is ignored", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_proxies_in_a_row_the_outer_ones_entry_counts()
    {
        await using var host = TestHost.Production(await server.CreateDatabaseAsync(), settings: new() { ["Identity:RateLimit:Requests"] = "1", ["Proxy:Count"] = "2" });
        Assert.Equal(HttpStatusCode.Unauthorized, (await GuessAsync(host, "nobody", "6.6.7.1, 203.0.113.21, 10.0.0.7")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await GuessAsync(host, "nobody", "6.6.7.2, 203.0.113.21, 10.0.0.8")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GuessAsync(host, "nobody", "6.6.7.1, 203.0.113.22, 10.0.0.7")).Status);
    }

    [Theory]
    [InlineData("203.0.113.0/24", HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests)]
    [InlineData("127.0.0.0/8", HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized)]
    public async Task From_outside_the_proxies_networks_nobody_brings_a_certificate_or_another_address(string network, HttpStatusCode certificate, HttpStatusCode address)
    {
        await using var host = TestHost.Production(await server.CreateDatabaseAsync(), settings: new()
        {
            ["Identity:RateLimit:Requests"] = "1", ["Proxy:Networks:0"] = network, ["Identity:ClientCertificateHeader"] = "Client-Cert",
        });
        host.UseKestrel(0);
        host.StartServer();
        async Task<HttpStatusCode> AskAsync(string client, string name, string value)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token");
            request.Headers.Add(name, value);
            request.Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", client), new("client_secret", "x")]);
            return (await host.SendAsync(request)).Status;
        }

        Assert.Equal(certificate, await AskAsync("somebody", "Client-Cert", "nonsense"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync("nobody", "X-Forwarded-For", "203.0.113.21"));
        Assert.Equal(address, await AskAsync("nobody", "X-Forwarded-For", "203.0.113.22"));
    }

    [Fact]
    public async Task Another_client_id_each_time_gets_nobody_further_than_the_bound_of_an_address()
    {
        await using var host = TestHost.Production(await server.CreateDatabaseAsync(), settings: new() { ["Identity:RateLimit:Requests"] = "2" });
        for (var i = 0; i < 8; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await GuessAsync(host, $"nobody-{i}", "203.0.113.21")).Status);
        var refused = await GuessAsync(host, "nobody-9", "203.0.113.21");
        refused.Refuses(HttpStatusCode.TooManyRequests, "temporarily_unavailable");
        Assert.Equal(("\"address\";r=0;t=60", "60"), (refused.Header("RateLimit"), refused.Header("Retry-After")));
        foreach (var path in new[] { Visitor.AuthorizeAddress(), "/connect/verify" })
            Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(host, HttpMethod.Get, path, "203.0.113.21")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GuessAsync(host, "nobody-9", "203.0.113.22")).Status);

        host.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.Unauthorized, (await GuessAsync(host, "nobody-9", "203.0.113.21")).Status);
    }

    [Fact]
    public async Task Another_network_each_time_gets_nobody_further_than_ten_times_that_for_a_site_and_keeps_nobody_elsewhere_out()
    {
        await using var host = TestHost.Production(await server.CreateDatabaseAsync(), settings: new() { ["Identity:RateLimit:Requests"] = "1", ["Identity:RateLimit:AddressRequests"] = "1" });
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await GuessAsync(host, $"nobody-{i}", $"2001:db8:1:{i}::1")).Status);
        Assert.Equal("\"site\";r=0;t=60", (await GuessAsync(host, "nobody-10", "2001:db8:1:a::1")).Header("RateLimit"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await GuessAsync(host, "nobody-10", "2001:db8:2::1")).Status);
    }

    [Fact]
    public async Task User_codes_tried_by_looking_count_as_those_that_are_sent()
    {
        await using var host = TestHost.Production(await server.CreateDatabaseAsync(), settings: new() { ["Identity:RateLimit:Requests"] = "2" });
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(host, HttpMethod.Get, "/connect/verify?user_code=BBBB-BBBB", "203.0.113.21")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(host, HttpMethod.Get, "/connect/verify/?user_code=BBBB-BBBB", "203.0.113.21")).Status);
    }

    [Fact]
    public async Task What_is_left_of_the_window_is_told()
    {
        await using var host = TestHost.Development(await server.CreateDatabaseAsync(), settings: new() { ["Identity:RateLimit:Requests"] = "1" });
        await host.SandboxTokenAsync();
        host.Time.Advance(TimeSpan.FromSeconds(25));
        var refused = await host.SandboxTokenAsync();
        Assert.Equal((HttpStatusCode.TooManyRequests, "35"), (refused.Status, refused.Header("Retry-After")));
        Assert.Equal(("\"client\";q=1;w=60", "\"client\";r=0;t=35"), (refused.Header("RateLimit-Policy"), refused.Header("RateLimit")));
    }

    [Fact]
    public async Task With_a_port_of_its_own_health_is_nowhere_else()
    {
        await using var host = TestHost.Development(await server.CreateDatabaseAsync(), settings: new() { ["Health:Port"] = "8081" });
        foreach (var path in new[] { "/health/ready", "/health/live", "/HEALTH/ready/" })
            Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync(path)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/.well-known/openid-configuration")).Status);
    }

    private static Task<Answer> GuessAsync(TestHost host, string client, string forwardedFor) => SendAsync(
        host, HttpMethod.Post, "/connect/token", forwardedFor, ("grant_type", "client_credentials"), ("client_id", client), ("client_secret", "x"));

    private static async Task<Answer> SendAsync(TestHost host, HttpMethod method, string path, string forwardedFor, params (string Name, string Value)[] form)
    {
        using var client = host.CreateClient(new() { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
            request.Content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        using var response = await client.SendAsync(request);
        return new Answer(response, await response.Content.ReadAsStringAsync());
    }
}
