using System.Net;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.Token;

/// <summary>Which methods are taken where, and that HEAD is one of them.</summary>
public sealed class RequestMethodTests(SharedSandbox sandbox) : IClassFixture<SharedSandbox>
{
    [Theory]
    [InlineData("GET", "/connect/token", "POST")]
    [InlineData("PUT", "/connect/token/", "POST")]
    [InlineData("HEAD", "/connect/par", "POST")]
    [InlineData("DELETE", "/connect/authorize", "GET, HEAD, POST")]
    [InlineData("POST", "/.well-known/jwks", "GET, HEAD")]
    [InlineData("PUT", "/signin", "GET, POST, HEAD")]
    [InlineData("DELETE", "/clients", "GET, POST, HEAD")]
    public async Task A_method_that_is_not_taken_is_405_and_says_which_are(string method, string path, string allowed)
    {
        var answer = await sandbox.Host.SendAsync(new HttpRequestMessage(new(method), path));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.Equal(allowed.Split(", ").Order(), answer.Header("Allow")!.Split(", ").Order());
    }

    [Theory]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/jwks")]
    [InlineData("/signin")]
    [InlineData("/pages/style.css")]
    [InlineData("/docs/errors")]
    [InlineData("/clients/sandbox-tax")]
    public async Task HEAD_is_answered_as_GET_without_the_body(string path)
    {
        var @operator = new Operator(sandbox.Host);
        var (get, head) = (await @operator.SendAsync(HttpMethod.Get, path), await @operator.SendAsync(HttpMethod.Head, path));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, ""), (get.Status, head.Status, head.Body));
        Assert.Equal((get.Header("Content-Type"), get.Header("ETag")), (head.Header("Content-Type"), head.Header("ETag")));
    }
}
