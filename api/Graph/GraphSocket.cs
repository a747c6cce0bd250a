using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using GraphQL;
using GraphQLParser.AST;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace OneDoor.Graph;

/// <summary>
/// One connection of the protocol <c>graphql-transport-ws</c>. It reads a message when what the one before asked for is under
/// way or refused, and an operation gets under way when there is a turn for its answer: whoever does not read is not read.
/// </summary>
public sealed class GraphSocket(
    HttpContext http, GraphRunner runner, GraphOptions options, RequestAllowance allowance, IGraphQLTextSerializer json, TimeProvider time,
    CancellationToken stopping) : IDisposable
{
    public const string Protocol = "graphql-transport-ws";

    // Answers of queries, mutations and events that are made or sent at the same time.
    private const int AnswersAtOnce = 4;

    // The longest reason that fits into a close frame, in bytes (RFC 6455, 5.5).
    private const int LongestReason = 123;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);
    private readonly List<Task> _operations = [];
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly SemaphoreSlim _turns = new(AnswersAtOnce, AnswersAtOnce);
    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
    private IDisposable? _place;
    private WebSocket _socket = null!;
    private bool _isInitialised;

    public void Dispose()
    {
        _place?.Dispose();
        _ending.Dispose();
        _sending.Dispose();
        _turns.Dispose();
    }

    public async Task Serve()
    {
        if (!IsOriginAllowed())
        {
            await Problems.Write(http, PlatformRefusals.OriginRefused);
            return;
        }
        // Its operations have one request, and it may be about anything.
        http.Share();
        _place = runner.Connections.Take(CountedCaller.Of(http).Subject);
        if (_place is null)
        {
            await Problems.Write(http, GraphRefusals.TooManyConnections);
            return;
        }
        var speaks = http.WebSockets.WebSocketRequestedProtocols.Contains(Protocol);
        // Without a protocol in common the connection opens for as long as it takes to say so.
        _socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = speaks ? Protocol : null, KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(20),
        });
        try
        {
            if (!speaks)
                await Close(4406, "Subprotocol not acceptable", isReading: true);
            else
                await Receive();
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException)
        {
            // The other side is gone, or we are going.
        }
        finally
        {
            await _ending.CancelAsync();
            await Task.WhenAll(_operations).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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

    private async Task Receive()
    {
        _ = CloseUnlessInitialised();
        while (_socket.State == WebSocketState.Open)
        {
            var (text, wrong) = await ReceiveText();
            wrong ??= await Handle(text!);
            if (wrong is { } close)
            {
                await Close(close.Code, close.Reason, isReading: true);
                return;
            }
        }
    }

    private async Task CloseUnlessInitialised()
    {
        var ct = _ending.Token;
        await Task.Delay(TimeSpan.FromSeconds(options.InitSeconds), ct).ContinueWith(_ => { }, TaskScheduler.Default);
        if (!_isInitialised && !ct.IsCancellationRequested)
            await Close(4408, "Connection initialisation timeout");
    }

    private async Task<(string? Text, Closing? Wrong)> ReceiveText()
    {
        using var message = new MemoryStream();
        var buffer = new byte[4 * 1024];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), _ending.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return (null, new Closing(1000, ""));
            if (part.MessageType == WebSocketMessageType.Binary)
                return (null, new Closing(4400, "Only text messages are taken"));
            if (message.Length + part.Count > options.MessageBytes)
                return (null, new Closing(1009, $"A message has at most {options.MessageBytes} bytes"));
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return (Encoding.UTF8.GetString(message.GetBuffer().AsSpan(0, (int)message.Length)), null);
        }
    }

    private async Task<Closing?> Handle(string text)
    {
        JsonElement message;
        string? type, id;
        try
        {
            message = JsonElement.Parse(text, GraphRequest.Strict);
            (type, id) = (TextOf(message, "type"), TextOf(message, "id"));
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException)
        {
            return new Closing(4400, "The message is not JSON");
        }
        var payload = message.ValueKind == JsonValueKind.Object && message.TryGetProperty("payload", out var p) ? p : default;
        // A message counts as a request, whatever comes of it.
        var isTooMany = !allowance.Take(http).IsGranted;
        switch (type)
        {
            case "subscribe" when isTooMany && _isInitialised && id is { Length: > 0 }:
                await SendErrors(id, runner.Refuse(http, RequestRefusals.TooMany), _ending.Token);
                return null;
            case var _ when isTooMany:
                return new Closing(4429, "Too many messages");
            case "connection_init":
                return await Init(payload);
            case "ping":
                await Send(new { type = "pong" }, _ending.Token);
                return null;
            case "pong":
                return null;
            case "complete" when id is not null:
                if (_running.TryRemove(id, out var running))
                    await End(running);
                return null;
            case "subscribe" when !_isInitialised:
                return new Closing(4401, "Unauthorized");
            case "subscribe" when id is { Length: > 0 }:
                return await Subscribe(id, payload);
            default:
                return new Closing(4400, "The message is not of the protocol");
        }
    }

    // Throws an InvalidOperationException for a lone surrogate, which is no text.
    private static string? TextOf(JsonElement message, string name) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private async Task<Closing?> Init(JsonElement parameters)
    {
        if (_isInitialised)
            return new Closing(4429, "Too many initialisation requests");
        if (parameters.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Object))
            return new Closing(4400, "The payload is not an object");
        try
        {
            if ((TextOf(parameters, "authorization") ?? TextOf(parameters, "Authorization")) is { Length: > 0 } token)
                http.Request.Headers.Authorization = token.Contains(' ', StringComparison.Ordinal) ? token : "Bearer " + token;
        }
        catch (InvalidOperationException)
        {
            return new Closing(4400, "The token is no text");
        }
        if (http.Request.Headers.Authorization.Count > 0)
        {
            // A handler of its own, for the request's has already looked for a token in its headers.
            await using var scope = http.RequestServices.CreateAsyncScope();
            var handlers = scope.ServiceProvider.GetRequiredService<IAuthenticationHandlerProvider>();
            var handler = await handlers.GetHandlerAsync(http, JwtBearerDefaults.AuthenticationScheme);
            var authenticated = await handler!.AuthenticateAsync();
            if (!authenticated.Succeeded)
                return new Closing(4403, "Forbidden");
            http.User = authenticated.Principal;
            // From now on it counts as the caller's, no longer as the address's.
            _place!.Dispose();
            _place = runner.Connections.Take(CountedCaller.Of(http).Subject);
            if (_place is null)
                return new Closing(4429, "Too many connections of this client");
        }
        _isInitialised = true;
        _ = CloseOnExpiry();
        await Send(new { type = "connection_ack" }, _ending.Token);
        return null;
    }

    private async Task CloseOnExpiry()
    {
        var ct = _ending.Token;
        await TokenExpiry.Of(http.User, time, ct).ContinueWith(_ => { }, TaskScheduler.Default);
        if (ct.IsCancellationRequested)
            return;
        await Close(4403, "The token has expired");
        foreach (var operation in _running.Values)
            await End(operation);
    }

    private static async Task End(CancellationTokenSource operation)
    {
        try
        {
            await operation.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    private async Task<Closing?> Subscribe(string id, JsonElement payload)
    {
        if (_running.ContainsKey(id))
            return new Closing(4409, $"Subscriber for {id} already exists");
        var (request, refused) = GraphRequest.Read(payload, json);
        var operation = default(GraphOperation);
        if (_running.Count >= options.OperationsPerSocket)
            refused = GraphRefusals.TooManyOperations;
        if (refused is null)
            (operation, refused) = runner.Prepare(http, request!);
        var place = default(IDisposable);
        if (operation?.Kind == OperationType.Subscription && (place = runner.Subscriptions.Take(CountedCaller.Of(http).Subject)) is null)
            refused = GraphRefusals.TooManyOperations;
        if (refused is not null)
        {
            await SendErrors(id, runner.Refuse(http, refused), _ending.Token);
            return null;
        }
        var ending = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        var turns = new GraphTurns(_turns);
        if (operation!.Kind != OperationType.Subscription)
            await turns.Take(ending.Token);
        _running[id] = ending;
        _operations.RemoveAll(o => o.IsCompleted);
        _operations.Add(Run(id, operation, turns, place, ending));
        return null;
    }

    private async Task Run(string id, GraphOperation operation, GraphTurns turns, IDisposable? place, CancellationTokenSource ending)
    {
        var ct = ending.Token;
        try
        {
            await using var scope = http.RequestServices.CreateAsyncScope();
            var result = await runner.Run(http, operation, scope.ServiceProvider, turns, ct);
            if (result.Streams?.Values.SingleOrDefault() is { } stream)
            {
                await foreach (var next in GraphStream.Of(stream, ct))
                {
                    await SendResult(id, next, ct);
                    turns.Done();
                }
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
        catch (ExecutionError fault)
        {
            // A stream that failed, for instance because the database is away.
            await SendErrors(id, new ExecutionResult { Errors = new ExecutionErrors { fault } }, ct);
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException or ObjectDisposedException or IOException)
        {
            // The client has completed the operation, or the connection is over.
        }
        finally
        {
            _running.TryRemove(KeyValuePair.Create(id, ending));
            turns.Dispose();
            place?.Dispose();
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

    // What has begun to go out goes out whole, even when its operation ends meanwhile; unless it is not taken in time.
    private async Task SendText(string text, CancellationToken ct)
    {
        await _sending.WaitAsync(ct);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
            patience.CancelAfter(TimeSpan.FromSeconds(options.SendSeconds));
            await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Whoever does not read is left; who is merely being told that we are going is not.
            if (!_ending.IsCancellationRequested)
                http.Abort();
            await _ending.CancelAsync();
            throw;
        }
        finally
        {
            _sending.Release();
        }
    }

    // Whoever does not close in turn is left after a while. Until then what still comes in is passed over by the one who reads,
    // for a connection that ends with something unread would take the code along.
    private async Task Close(int code, string reason, bool isReading = false)
    {
        using var patience = new CancellationTokenSource(Patience);
        var mine = false;
        try
        {
            await _sending.WaitAsync(patience.Token);
            mine = true;
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                var (status, why) = ((WebSocketCloseStatus)code, Encoding.UTF8.GetByteCount(reason) <= LongestReason ? reason : "");
                await (isReading ? _socket.CloseAsync(status, why, patience.Token) : _socket.CloseOutputAsync(status, why, patience.Token));
            }
            _ending.CancelAfter(Patience);
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

    /// <summary>With what a connection is closed.</summary>
    private readonly record struct Closing(int Code, string Reason);
}
