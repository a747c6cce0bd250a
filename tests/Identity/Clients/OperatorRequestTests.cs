using System.Net;
using System.Text.Json.Nodes;
using OneDoor.Tests.Identity.Platform;

namespace OneDoor.Tests.Identity.Clients;

/// <summary>Whoever administers is answered as by the API: what is wrong with a request, and in which words.</summary>
public sealed class OperatorRequestTests(TestServer server) : SandboxTests(server)
{
    private readonly TestClient _client = new("tax-bureau");

    [Theory]
    [InlineData("GET", "/nothing", 404, "request.not-found")]
    [InlineData("GET", "/clients/a/b/c", 404, "request.not-found")]
    [InlineData("PUT", "/clients", 405, "request.method-not-allowed")]
    [InlineData("DELETE", "/client-events", 405, "request.method-not-allowed")]
    public async Task What_is_not_there_is_said_in_the_form_of_every_problem(string method, string path, int status, string code)
    {
        var refused = await Operator.SendAsync(new HttpMethod(method), path);

        Assert.Equal((status, code), ((int)refused.Status, refused.Json["code"]!.GetValue<string>()));
        Assert.StartsWith("application/problem+json", refused.Header("Content-Type"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("displayName", "5", "/displayName")]
    [InlineData("certificateBound", "\"yes\"", "/certificateBound")]
    [InlineData("scopes", "[1]", "/scopes/0")]
    [InlineData("application", "{\"kind\":\"web\",\"redirectUris\":[\"https://a.cn\",5]}", "/application/redirectUris/1")]
    public async Task A_value_of_another_type_is_pointed_at(string field, string value, string pointer)
    {
        var entry = _client.Entry();
        entry[field] = JsonNode.Parse(value);
        var refused = await Operator.SendAsync(HttpMethod.Post, "/clients", entry);
        Assert.Equal((HttpStatusCode.BadRequest, "request.field-invalid"), (refused.Status, refused.Json["code"]!.GetValue<string>()));
        Assert.Equal(pointer, refused.Json["errors"]![0]!["pointer"]!.GetValue<string>());
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_body_is_told_at_once()
    {
        var refused = await Operator.SendAsync(
            HttpMethod.Post, "/clients", new() { ["clientID"] = "x", ["displayName"] = "a\0b", ["scopes"] = "cases:read", ["department"] = 5, ["jwks"] = null });

        Assert.Equal(
            ["/clientID request.unknown-field", "/displayName request.text-invalid", "/scopes request.field-invalid", "/department request.field-invalid", "/clientId request.field-missing"],
            refused.Json["errors"]!.AsArray().Select(error => $"{error!["pointer"]} {error["code"]}"));
        Assert.Contains("The fields are: clientId, displayName,", refused.Json["errors"]![0]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_API_does_not_take_is_not_taken_here()
    {
        await Operator.RefusesAsync(HttpMethod.Post, "/clients/sandbox-fire/disablement", null, HttpStatusCode.BadRequest, "request.body-missing");
        await Operator.RefusesAsync(HttpMethod.Post, "/clients/sandbox-fire/disablement", Reason(), HttpStatusCode.BadRequest, "request.if-match-invalid", "unquoted");
        await RefusesAsync(new StringContent("{\"reason\":\"x\",\"reason\":\"y\"}", null, "application/json"), 400, "request.duplicate-field");
        await RefusesAsync(new StringContent("{\"reason\":\"x\",\"zz\":1,", null, "application/json"), 400, "request.malformed-json");
        await RefusesAsync(new StringContent("null", null, "application/json"), 400, "request.body-missing");
        await RefusesAsync(new StringContent("null", null, "application/json"), 400, "request.field-invalid", "enablement");
        await RefusesAsync(new StringContent("{\"reason\":\"x\"}", null, "application/merge-patch+json"), 415, "request.media-type");
        await RefusesAsync(new StringContent("{\"reason\":\"x\"}", null, "application/json") { Headers = { { "Content-Encoding", "gzip" } } }, 415, "request.content-encoding");
        await RefusesAsync(new StringContent($"{{\"reason\":{new string('[', 40)}{new string(']', 40)}}}", null, "application/json"), 400, "request.malformed-json");

        async Task RefusesAsync(HttpContent body, int status, string code, string command = "disablement")
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/clients/sandbox-fire/{command}") { Content = body };
            var answer = await Operator.SendAsync(request);
            Assert.Equal((status, code), ((int)answer.Status, answer.Json["code"]!.GetValue<string>()));
        }
    }

    [Theory]
    [InlineData("fr;q=0.9, zh;q=0.8", "zh-CN")]
    [InlineData("en;q=0.1, zh-CN", "zh-CN")]
    [InlineData("zh-CN;q=0, en", "en")]
    [InlineData("fr", "en")]
    public async Task Problems_are_in_the_language_preferred(string accepted, string language) =>
        Assert.Equal(language, (await Operator.SendAsync(HttpMethod.Get, "/clients/nobody", null, ("Accept-Language", accepted))).Header("Content-Language"));

    private static JsonObject Reason() => new() { ["reason"] = "The key was disclosed." };
}
