using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using GraphQL;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace OneDoor.Platform;

/// <summary>One connection of the protocol <c>graphql-transport-ws</c>.</summary>
public sealed class GraphQlSocket(
    HttpContext http, GraphQlDoor door, GraphQlOptions options, IGraphQLTextSerializer json, TimeProvider time, CancellationToken stopping) : IDisposable
{
    public const string Protocol = "graphql-transport-ws";

    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _sending = new(1, 1);
    private WebSocket _socket = null!;
    private bool _isInitialised;

    public void Dispose() => _sending.Dispose();

    public async Task Serve()
    {
        if (!IsOriginAllowed())
        {
            await Problems.Write(http, RequestRefusals.OriginRefused);
            return;
        }
        var speaks = http.WebSockets.WebSocketRequestedProtocols.Contains(Protocol);
        // Without a protocol in common the connection opens for as long as it takes to say so.
        _socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = speaks ? Protocol : null, KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(20),
        });
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            if (!speaks)
                await Close(4406, "Subprotocol not acceptable");
            else
                await Receive(ending);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException)
        {
            // The other side is gone, or we are going.
        }
        finally
        {
            await ending.CancelAsync();
            if (stopping.IsCancellationRequested && _socket.State == WebSocketState.Open)
                await Close(1001, "Going away");
            _socket.Dispose();
        }
    }

    private bool IsOriginAllowed()
    {
        var origin = http.Request.Headers.Origin.ToString();
        return origin.Length == 0 || origin == $"{http.Request.Scheme}://{http.Request.Host}" || options.Origins.Contains(origin);
    }

    private async Task Receive(CancellationTokenSource ending)
    {
        _ = CloseUnlessInitialised(ending.Token);
        while (_socket.State == WebSocketState.Open)
        {
            var text = await ReceiveText(ending.Token);
            if (text is null || _socket.State != WebSocketState.Open)
                return;
            if (await Handle(text, ending) is { } wrong)
            {
                await Close(wrong.Code, wrong.Reason);
                return;
            }
        }
    }

    private async Task CloseUnlessInitialised(CancellationToken ct)
    {
        await Task.Delay(TimeSpan.FromSeconds(options.InitSeconds), ct).ContinueWith(_ => { }, TaskScheduler.Default);
        if (!_isInitialised && !ct.IsCancellationRequested)
            await Close(4408, "Connection initialisation timeout");
    }

    // Null: the other side closed, or what it sent is no message.
    private async Task<string?> ReceiveText(CancellationToken ct)
    {
        using var message = new MemoryStream();
        var buffer = new byte[8 * 1024];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), ct);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await Close(1000, "");
                return null;
            }
            message.Write(buffer, 0, part.Count);
            if (part.MessageType == WebSocketMessageType.Binary || message.Length > PlatformModule.LargestBody)
            {
                await Close(4400, "Only text messages of at most 1 MB are taken");
                return null;
            }
            if (part.EndOfMessage)
                return Encoding.UTF8.GetString(message.GetBuffer().AsSpan(0, (int)message.Length));
        }
    }

    private async Task<(int Code, string Reason)?> Handle(string text, CancellationTokenSource ending)
    {
        JsonElement message;
        try
        {
            message = JsonElement.Parse(text, GraphQlHttp.Strict);
        }
        catch (JsonException)
        {
            return (4400, "The message is not JSON");
        }
        var type = TextOf(message, "type");
        var id = TextOf(message, "id");
        var payload = message.ValueKind == JsonValueKind.Object && message.TryGetProperty("payload", out var p) ? p : default;
        switch (type)
        {
            case "connection_init":
                return await Init(payload, ending);
            case "ping":
                await Send(new { type = "pong" }, ending.Token);
                return null;
            case "pong":
                return null;
            case "complete" when id is not null:
                if (_running.TryRemove(id, out var running))
                    await running.CancelAsync();
                return null;
            case "subscribe" when !_isInitialised:
                return (4401, "Unauthorized");
            case "subscribe" when id is { Length: > 0 }:
                return Subscribe(id, payload, ending.Token);
            default:
                return (4400, "The message is not of the protocol");
        }
    }

    private static string? TextOf(JsonElement message, string name) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private async Task<(int, string)?> Init(JsonElement parameters, CancellationTokenSource ending)
    {
        if (_isInitialised)
            return (4429, "Too many initialisation requests");
        if (parameters.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Object))
            return (4400, "The payload is not an object");
        if ((TextOf(parameters, "authorization") ?? TextOf(parameters, "Authorization")) is { Length: > 0 } token)
            http.Request.Headers.Authorization = token.Contains(' ', StringComparison.Ordinal) ? token : "Bearer " + token;
        if (http.Request.Headers.Authorization.Count > 0)
        {
            // A handler of its own, for the request's has already looked for a token in its headers.
            await using var scope = http.RequestServices.CreateAsyncScope();
            var handlers = scope.ServiceProvider.GetRequiredService<IAuthenticationHandlerProvider>();
            var handler = await handlers.GetHandlerAsync(http, JwtBearerDefaults.AuthenticationScheme);
            var authenticated = await handler!.AuthenticateAsync();
            if (!authenticated.Succeeded)
                return (4403, "Forbidden");
            http.User = authenticated.Principal;
        }
        _isInitialised = true;
        _ = CloseOnExpiry(ending.Token);
        await Send(new { type = "connection_ack" }, ending.Token);
        return null;
    }

    private async Task CloseOnExpiry(CancellationToken ct)
    {
        await GraphQlTokens.Expiry(http.User, time, ct).ContinueWith(_ => { }, TaskScheduler.Default);
        if (ct.IsCancellationRequested)
            return;
        await Close(4403, "The token has expired");
        foreach (var operation in _running.Values)
            await operation.CancelAsync();
    }

    private (int, string)? Subscribe(string id, JsonElement payload, CancellationToken ct)
    {
        var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (!_running.TryAdd(id, ending))
        {
            ending.Dispose();
            return (4409, $"Subscriber for {id} already exists");
        }
        _ = Run(id, payload, ending);
        return null;
    }

    private async Task Run(string id, JsonElement payload, CancellationTokenSource ending)
    {
        var ct = ending.Token;
        try
        {
            var (request, unread) = GraphQlHttp.ReadRequest(payload, json);
            var refused = _running.Count > options.OperationsPerSocket ? RequestRefusals.TooMany : unread;
            var operation = default(GraphQlOperation);
            if (refused is null)
                (operation, refused) = door.Prepare(http, request!);
            if (refused is not null)
            {
                await SendErrors(id, door.Refuse(http, refused), ct);
                return;
            }
            await using var scope = http.RequestServices.CreateAsyncScope();
            var result = await door.Run(http, operation!, scope.ServiceProvider, ct);
            if (result.Streams?.Values.SingleOrDefault() is { } stream)
            {
                await foreach (var next in GraphQlStream.Of(stream, ct))
                    await SendResult(id, next, ct);
            }
            else if (result.Executed)
                await SendResult(id, result, ct);
            else
            {
                await SendErrors(id, result, ct);
                return;
            }
            if (_running.ContainsKey(id))
                await Send(new { type = "complete", id }, ct);
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The client has completed the operation, or the connection is over.
        }
        finally
        {
            _running.TryRemove(id, out _);
            ending.Dispose();
        }
    }

    private Task SendResult(string id, ExecutionResult result, CancellationToken ct) =>
        SendText($$"""{"type":"next","id":{{JsonSerializer.Serialize(id)}},"payload":{{json.Serialize(result)}}}""", ct);

    private Task SendErrors(string id, ExecutionResult result, CancellationToken ct)
    {
        _running.TryRemove(id, out _);
        var errors = JsonElement.Parse(json.Serialize(result)).GetProperty("errors").GetRawText();
        return SendText($$"""{"type":"error","id":{{JsonSerializer.Serialize(id)}},"payload":{{errors}}}""", ct);
    }

    private Task Send<T>(T message, CancellationToken ct) => SendText(JsonSerializer.Serialize(message), ct);

    private async Task SendText(string text, CancellationToken ct)
    {
        await _sending.WaitAsync(ct);
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, ct);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task Close(int code, string reason)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        var mine = false;
        try
        {
            await _sending.WaitAsync(patience.Token);
            mine = true;
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, patience.Token);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // It is closed already.
        }
        finally
        {
            if (mine)
                _sending.Release();
        }
    }
}
