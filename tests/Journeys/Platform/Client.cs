using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace OneDoor.Platform;

/// <summary>An agency's system: asks the platform with its own token.</summary>
/// <param name="api">The server it asks.</param>
/// <param name="token">Gives the token to send; null to send none.</param>
public sealed class Client(HttpClient api, Func<Task<string>>? token)
{
    /// <summary>Header of a body that may be refused unread: whoever sends on regardless finds the connection closed instead of the refusal.</summary>
    public static (string Name, string Value) AskFirst => ("Expect", "100-continue");

    /// <summary>The same client at another server of the platform.</summary>
    public Client At(HttpClient other) => new(other, token);

    /// <summary>The token it sends.</summary>
    public Task<string> Token() => token!();

    public Task<Answered> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    /// <summary>Every entry of a list, from page to page: what others have made since comes on pages of its own.</summary>
    public async Task<JsonElement[]> Every(string list, params (string Name, string Value)[] headers)
    {
        List<JsonElement> found = [];
        for (var page = list; page is not null;)
        {
            var answer = (await Get(page, headers)).Must(200).Json;
            found.AddRange(answer.List("items"));
            page = answer.GetProperty("next").GetString();
        }
        return [.. found];
    }

    public Task<Answered> Post(string path, object? body = null, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body, body.GetType(), null, PlatformJson.Options), headers);

    /// <summary>Sends a body as it is.</summary>
    public Task<Answered> PostRaw(string path, byte[] body, params (string Name, string Value)[] headers)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return Send(HttpMethod.Post, path, content, headers);
    }

    /// <summary>Sends a body as it is.</summary>
    public Task<Answered> PostRaw(string path, string body, params (string Name, string Value)[] headers) =>
        PostRaw(path, Encoding.UTF8.GetBytes(body), headers);

    public async Task<Answered> Send(HttpMethod method, string path, HttpContent? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await token());
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Answered.Of(await api.SendAsync(request));
    }
}
