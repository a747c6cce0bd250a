using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Xunit;

namespace OneDoor.Platform;

/// <summary>What a server answered, read whole.</summary>
public sealed class Answered(HttpStatusCode status, HttpResponseHeaders headers, HttpContentHeaders contentHeaders, string text, byte[]? bytes = null)
{
    public int Status { get; } = (int)status;

    public string Text { get; } = text;

    /// <summary>The body as it came.</summary>
    public byte[] Bytes => bytes!;

    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Text);

    /// <summary>The entity tag as it stands in the header.</summary>
    public string ETag => Header("ETag") ?? throw new InvalidOperationException($"The answer has no ETag: {Status} {Text}");

    /// <summary>Code of the problem.</summary>
    public string Code => Json.Text("code");

    public string? Header(string name) =>
        headers.TryGetValues(name, out var values) || contentHeaders.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    /// <summary>The answer, which has to have this status.</summary>
    public Answered Must(int status)
    {
        Assert.True(Status == status, $"{Status} instead of {status}: {Text}");
        return this;
    }

    /// <summary>The answer, which has to be this refusal in the form of every problem.</summary>
    public Answered Refuses(int status, string code)
    {
        Assert.True(Status == status && Text.Length > 0 && Code == code, $"{Status} instead of {status} {code}: {Text}");
        Assert.Equal("application/problem+json", contentHeaders.ContentType?.MediaType);
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.Equal($"/docs/errors/{code}", Json.Text("type"));
        Assert.NotEmpty(Json.Text("title"));
        Assert.NotEmpty(Json.Text("traceId"));
        Assert.Equal(JsonValueKind.Array, Json.GetProperty("errors").ValueKind);
        return this;
    }

    public static async Task<Answered> Of(HttpResponseMessage response)
    {
        using (response)
            return new Answered(response.StatusCode, response.Headers, response.Content.Headers, await response.Content.ReadAsStringAsync(), await response.Content.ReadAsByteArrayAsync());
    }
}

/// <summary>Short ways into JSON.</summary>
public static class JsonWays
{
    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    public static DateTimeOffset Instant(this JsonElement json, string name) => json.GetProperty(name).GetDateTimeOffset();

    public static bool IsNull(this JsonElement json, string name) => json.GetProperty(name).ValueKind == JsonValueKind.Null;

    public static JsonElement[] List(this JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray()];

    /// <summary>One text of every element of a list.</summary>
    public static string[] Each(this JsonElement json, string list, string name) => [.. json.List(list).Select(e => e.Text(name))];
}
