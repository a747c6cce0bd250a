using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Xunit;

namespace OneDoor.Platform;

/// <summary>A program that speaks GraphQL, with its own token.</summary>
public static class GraphQlClient
{
    /// <summary>The data, of an answer without errors.</summary>
    public static async Task<JsonElement> Ask(this Client client, string query, object? variables = null)
    {
        var answer = await client.Query(query, variables);
        Assert.False(answer.TryGetProperty("errors", out _), answer.GetRawText());
        return answer.GetProperty("data");
    }

    /// <summary>Code of the first error.</summary>
    public static async Task<string> Refused(this Client client, string query, object? variables = null) =>
        (await client.Query(query, variables)).List("errors")[0].GetProperty("extensions").Text("code");

    /// <summary>How many statements the database is asked while the query is answered.</summary>
    public static async Task<int> Statements(this Client client, string query) => (await StatementsOf(async () =>
        Assert.DoesNotContain("errors", (await client.Post("/graphql", new { query })).Must(200).Text, StringComparison.Ordinal))).Count;

    /// <summary>What the database is asked while something is, in order.</summary>
    public static async Task<IReadOnlyList<string>> StatementsOf(Func<Task> asked)
    {
        using var asking = new Activity("asking").SetIdFormat(ActivityIdFormat.W3C).Start();
        var statements = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            // A connection that has to be opened just then is not a statement.
            ActivityStopped = activity =>
            {
                if (activity.TraceId == asking.TraceId && activity.GetTagItem("db.query.text") is string text)
                    statements.Enqueue(text);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await asked();
        return [.. statements];
    }

    /// <summary>What a subscription sends, as server-sent events; ends when the server ends it.</summary>
    public static async IAsyncEnumerable<JsonElement> Events(
        this HttpClient api, string? token, string query, object? variables = null, [EnumeratorCancellation] CancellationToken ct = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(ct));
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal))
                yield return JsonElement.Parse(line[6..]);
        }
    }

    /// <summary>A WebSocket that has introduced itself.</summary>
    public static async Task<ClientWebSocket> Socket(Uri api, string token, CancellationToken ct)
    {
        var socket = await Connected(api, ct);
        await socket.Send(new { type = "connection_init", payload = new { authorization = "Bearer " + token } }, ct);
        Assert.Contains("connection_ack", await socket.Receive(ct), StringComparison.Ordinal);
        return socket;
    }

    /// <summary>A WebSocket that has yet to introduce itself.</summary>
    public static async Task<ClientWebSocket> Connected(Uri api, CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(new UriBuilder(api) { Scheme = "ws", Path = "/graphql" }.Uri, ct);
        return socket;
    }

    public static Task Send(this ClientWebSocket socket, object message, CancellationToken ct) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message)), WebSocketMessageType.Text, true, ct);

    /// <summary>The next message; the close code once it is over. Fails when none comes.</summary>
    public static async Task<string> Receive(this ClientWebSocket socket, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        var received = await socket.ReceiveAsync(buffer, ct).WaitAsync(RunningPlatform.Patience, ct);
        return received.MessageType == WebSocketMessageType.Close ? $"closed {(int)socket.CloseStatus!}" : Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    private static async Task<JsonElement> Query(this Client client, string query, object? variables) =>
        (await client.Post("/graphql", variables is null ? new { query } : new { query, variables }, ("Accept", "application/json"))).Json;
}
