using System.Net;
using System.Text.Json.Nodes;

namespace OneDoor.Tests.Identity.Platform;

/// <summary>Whoever administers clients and people: the sandbox's service office, with <c>clients:manage</c>.</summary>
public sealed class Operator(TestHost host)
{
    public const string Client = "sandbox-service-office";

    public Task<Answer> SendAsync(HttpMethod method, string path, JsonObject? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), null, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return SendAsync(request);
    }

    /// <summary>With another access token than the operator's own, when one is given.</summary>
    public async Task<Answer> SendAsync(HttpRequestMessage request, string? token = null)
    {
        request.Headers.Authorization = new("Bearer", token ?? (await host.SandboxTokenAsync(Client, "clients:manage")).AccessToken);
        return await host.SendAsync(request);
    }

    /// <summary>Changes a client or a person as they stand now.</summary>
    public async Task<Answer> ChangeAsync(string path, string change, JsonObject? body = null)
    {
        var etag = (await SendAsync(HttpMethod.Get, path)).Header("ETag")!;
        var answer = await SendAsync(HttpMethod.Post, $"{path}/{change}", body, ("If-Match", etag));
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        return answer;
    }

    public async Task RefusesAsync(HttpMethod method, string path, JsonObject? body, HttpStatusCode status, string code, string? etag = null)
    {
        var answer = await SendAsync(method, path, body, etag is null ? [] : [("If-Match", etag)]);
        Assert.Equal((status, code), (answer.Status, answer.Json["code"]?.GetValue<string>()));
    }

    /// <summary>Asserts that a change of it, as it stands now, is refused.</summary>
    public async Task RefusesChangeAsync(HttpMethod method, string path, string change, JsonObject? body, HttpStatusCode status, string code) =>
        await RefusesAsync(method, path + change, body, status, code, (await SendAsync(HttpMethod.Get, path)).Header("ETag"));
}
