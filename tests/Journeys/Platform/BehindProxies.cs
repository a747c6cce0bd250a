using Xunit;

namespace OneDoor.Platform;

/// <summary>Whoever writes into X-Forwarded-For is still counted where they call from.</summary>
public sealed class BehindProxies(RunningPlatform platform)
{
    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task Only_the_entry_the_proxy_wrote_itself_is_believed(string frameworksOwnSwitch)
    {
        await using var api = Start(("Proxy:Count", "1"), ("FORWARDEDHEADERS_ENABLED", frameworksOwnSwitch));
        Assert.Equal("200 200 429", await Statuses(api, "6.6.7.1, 203.0.113.21", "6.6.7.2, 203.0.113.21", "6.6.7.3, 203.0.113.21"));
        Assert.Equal("200", await Statuses(api, "6.6.7.1, 203.0.113.22"));
    }

    [Fact]
    public async Task Without_a_proxy_no_entry_is_believed()
    {
        await using var api = Start(("FORWARDEDHEADERS_ENABLED", "true"));
        Assert.Equal("200 200 429", await Statuses(api, "203.0.113.21", "203.0.113.22", "203.0.113.23"));
    }

    [Fact]
    public async Task Whoever_calls_from_elsewhere_than_the_proxies_networks_is_not_believed()
    {
        await using var api = Start(("Proxy:Count", "1"), ("Proxy:Networks:0", "203.0.113.0/24"));
        Assert.Equal("200 200 429", await Statuses(api, "203.0.113.21", "203.0.113.22", "203.0.113.23"));
    }

    [Fact]
    public async Task All_of_an_IPv6_network_is_one_caller()
    {
        await using var api = Start(("Proxy:Count", "1"), ("Proxy:Networks:0", "127.0.0.0/8"));
        Assert.Equal("200 200 429 200", await Statuses(api, "2001:db8::1", "2001:db8::2", "2001:db8:0:0:ffff::3", "2001:db8:0:1::1"));
    }

    [Fact]
    public async Task With_a_port_of_its_own_health_is_nowhere_else()
    {
        await using var api = Start(("Health:Port", "1"));
        var anybody = new Client(api.Http, null);
        (await anybody.Get("/health/ready")).Refuses(404, "request.not-found");
        (await anybody.Get("/v1/catalogue/items?first=1")).Must(200);
    }

    private InProcess<Caller> Start(params (string, string)[] settings) => platform.StartApi(platform.Database, [("RateLimit:AnonymousRequests", "2"), .. settings]);

    private static async Task<string> Statuses(InProcess<Caller> api, params string[] forwardedFor)
    {
        var statuses = new List<int>();
        foreach (var entries in forwardedFor)
            statuses.Add((await new Client(api.Http, null).Get("/openapi.json", ("X-Forwarded-For", entries))).Status);
        return string.Join(' ', statuses);
    }
}
