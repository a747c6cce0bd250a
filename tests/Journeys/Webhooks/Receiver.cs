using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OneDoor.Platform;

namespace OneDoor.Webhooks;

/// <summary>A delivery that came in.</summary>
public sealed record Received(string Id, long At, string Signature, string Body)
{
    /// <summary>The span it was sent in, in the form of W3C; null where none was named.</summary>
    public string? Traceparent { get; init; }

    public JsonElement Json { get; } = JsonElement.Parse(Body);

    public string Type => Json.GetProperty("type").GetString()!;

    /// <summary>Whether it is signed under a secret, as Standard Webhooks says.</summary>
    public bool IsSignedUnder(string secret) => Signature.Split(' ').Contains("v1," + Convert.ToBase64String(HMACSHA256.HashData(
        Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Id}.{At}.{Body}")))));
}

/// <summary>Webhooks of a client.</summary>
public static class ActiveWebhooks
{
    /// <summary>Has a receiver told of some types, once it has answered its challenge: the answer to what created the webhook.</summary>
    public static async Task<Answered> Tells(this Client owner, Receiver receiver, params string[] types)
    {
        var created = (await owner.Post("/v1/webhooks", new { url = receiver.Url, types })).Must(201);
        await RunningPlatform.Until(async () => (await owner.Get(created.Header("Location")!)).Must(200).Json.Text("status") == "active", "the webhook has answered its challenge");
        return created;
    }
}

/// <summary>An agency's receiver on this machine. It answers challenges, and everything else as it is told to.</summary>
public sealed class Receiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<Received> _received = new();

    public Receiver()
    {
        Url = $"http://127.0.0.1:{Port.Free()}/onedoor";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _ = Serve();
    }

    public string Url { get; }

    /// <summary>What has come in, in order.</summary>
    public IReadOnlyList<Received> All => [.. _received];

    public IReadOnlyList<Received> Events => [.. All.Where(r => !r.Type.StartsWith("onedoor.webhook.", StringComparison.Ordinal))];

    /// <summary>How what is no challenge is answered.</summary>
    public Func<Received, HttpListenerResponse, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>How a challenge is answered.</summary>
    public Func<string, string> Challenged { get; set; } = challenge => JsonSerializer.Serialize(new { challenge });

    /// <summary>With which status.</summary>
    public HttpStatusCode OfChallenges { get; set; } = HttpStatusCode.OK;

    public void Dispose() => _listener.Close();

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            try
            {
                _ = Take(await _listener.GetContextAsync());
            }
            catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Take(HttpListenerContext http)
    {
        using var reader = new StreamReader(http.Request.InputStream, Encoding.UTF8);
        var received = new Received(
            http.Request.Headers["webhook-id"]!, long.Parse(http.Request.Headers["webhook-timestamp"]!, CultureInfo.InvariantCulture), http.Request.Headers["webhook-signature"]!, await reader.ReadToEndAsync())
        {
            Traceparent = http.Request.Headers["traceparent"],
        };
        _received.Enqueue(received);
        if (received.Type == "onedoor.webhook.challenge")
        {
            http.Response.StatusCode = (int)OfChallenges;
            await http.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Challenged(received.Json.GetProperty("data").Text("challenge"))));
        }
        else
        {
            await Answer(received, http.Response);
        }
        http.Response.Close();
    }
}
