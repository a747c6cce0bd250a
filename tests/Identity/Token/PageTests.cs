using System.Net;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.Token;

/// <summary>Which web pages may read what this server answers (CORS): the sandbox's own, at the token endpoint, without cookies.</summary>
public sealed class PageTests(TestServer server)
{
    private const string Playground = "http://localhost:5080";

    [Fact]
    public async Task The_playgrounds_page_may_ask_for_tokens_and_no_other_page_may()
    {
        await using var host = TestHost.Development(await server.CreateDatabaseAsync());

        var asked = await Preflight(host, "/connect/token", Playground);
        Assert.Equal(HttpStatusCode.NoContent, asked.Status);
        Assert.Equal(Playground, asked.Header("Access-Control-Allow-Origin"));
        Assert.Equal("POST", asked.Header("Access-Control-Allow-Methods"));
        var refused = await Ask(host, "/connect/token", Playground);
        refused.Refuses(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal(Playground, refused.Header("Access-Control-Allow-Origin"));
        Assert.Null(asked.Header("Access-Control-Allow-Credentials"));
        Assert.Null(refused.Header("Access-Control-Allow-Credentials"));

        foreach (var origin in new[] { "http://localhost:5081", "http://localhost:50800", "https://localhost:5080", "http://evil.test", "null" })
        {
            Assert.Null((await Preflight(host, "/connect/token", origin)).Header("Access-Control-Allow-Origin"));
            Assert.Null((await Ask(host, "/connect/token", origin)).Header("Access-Control-Allow-Origin"));
        }
    }

    [Theory]
    [InlineData("/connect/authorize")]
    [InlineData("/connect/introspect")]
    [InlineData("/connect/userinfo")]
    [InlineData("/clients")]
    [InlineData("/signin")]
    public async Task Elsewhere_no_page_may_read_anything(string path)
    {
        await using var host = TestHost.Development(await server.CreateDatabaseAsync());
        Assert.Null((await Preflight(host, path, Playground)).Header("Access-Control-Allow-Origin"));
        Assert.Null((await Ask(host, path, Playground)).Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Outside_the_sandbox_no_page_may()
    {
        await using var host = TestHost.Production(await server.CreateDatabaseAsync());
        Assert.Null((await Preflight(host, "/connect/token", Playground)).Header("Access-Control-Allow-Origin"));
        Assert.Null((await Ask(host, "/connect/token", Playground)).Header("Access-Control-Allow-Origin"));
    }

    private static async Task<Answer> Preflight(TestHost host, string path, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,x-requested-with");
        return await host.SendAsync(request);
    }

    private static async Task<Answer> Ask(TestHost host, string path, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add("Origin", origin);
        return await host.SendAsync(request);
    }
}
