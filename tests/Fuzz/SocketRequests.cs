using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using OneDoor.Platform;

namespace OneDoor.Fuzz;

/// <summary>What came of a conversation over a WebSocket of GraphQL.</summary>
/// <param name="Frames">What was sent, in order.</param>
/// <param name="Closed">The code the server closed with; null when it goes on.</param>
/// <param name="Wrong">What no client should be told; null when nothing.</param>
public sealed record SocketConversation(IReadOnlyList<byte[]> Frames, int? Closed, string? Wrong)
{
    public override string ToString() => string.Join("\n    ", Frames.Select(f => Encoding.UTF8.GetString(f.AsSpan(0, Math.Min(f.Length, 300))).Replace('\0', '.')));
}

/// <summary>
/// Conversations over WebSockets: messages of the protocol, some as they should be, most with something changed, and frames
/// that are none. After each the server still answers, or has closed with a code of the protocol.
/// </summary>
public sealed class SocketRequests(Random random, GraphQlRequests documents, Uri api)
{
    /// <summary>With what the server may close (RFC 6455, 7.4; graphql-transport-ws).</summary>
    public static readonly IReadOnlySet<int> Codes = new HashSet<int> { 1000, 1002, 1007, 1009, 4400, 4401, 4403, 4408, 4409, 4429 };

    private const int Patience = 20;
    private static readonly string[] Types = ["connection_init", "subscribe", "complete", "ping", "pong", "next", "error", "connection_ack", "start", "", "SUBSCRIBE"];

    // Not masked, reserved bits, a reserved opcode, a text that goes on without having begun, control frames that are too long or
    // in pieces, broken UTF-8, a close without and with codes nobody may send, and one of a length that there is not. The rest of
    // one that is merely shorter than it says is waited for, as it has to be.
    private static readonly byte[][] NoFrames =
    [
        [0x81, 2, (byte)'{', (byte)'}'], RawSocket.Frame(0xF1, "{}"u8), RawSocket.Frame(0x83, "{}"u8), RawSocket.Frame(0x80, "{}"u8), RawSocket.Frame(0x89, new byte[126]),
        RawSocket.Frame(0x09, "x"u8), RawSocket.Frame(RawSocket.Text, [0xC3, 0x28]), RawSocket.Frame(RawSocket.Text, [0xED, 0xA0, 0x80]), RawSocket.Frame(0x88, [3]),
        RawSocket.Frame(0x88, [0x03, 0xED]), RawSocket.Frame(0x88, [0xFF, 0xFF]), RawSocket.Frame(0x82, "{}"u8), RawSocket.Frame(0x81, new byte[200_001]),
        [0x81, 0xFF, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0],
    ];

    public async Task<SocketConversation> Next()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(Patience));
        using var socket = await RawSocket.Open(api, late.Token);
        List<byte[]> frames = random.Once(8) ? [] : [await Message("connection_init")];
        for (var i = random.Next(1, 6); i > 0; i--)
            frames.Add(random.Once(10) ? random.Pick(NoFrames) : await Message(random.Once(2) ? "subscribe" : random.Pick(Types)));
        frames.Add(RawSocket.Frame(RawSocket.Text, "{\"type\":\"ping\"}"u8));
        try
        {
            foreach (var frame in frames)
                await socket.Write(frame);
        }
        catch (IOException)
        {
            // It has closed already, and said with what.
        }
        return await Read(socket.Reader, frames, late.Token);
    }

    private static async Task<SocketConversation> Read(WebSocket reader, IReadOnlyList<byte[]> frames, CancellationToken ct)
    {
        // Each ping is answered, the last one last.
        var pings = frames.Count(f => f.AsSpan().IndexOf("\"type\":\"ping\""u8) >= 0);
        try
        {
            while (pings > 0)
            {
                var text = await Text(reader, ct);
                if (text is null)
                    return new SocketConversation(frames, (int)reader.CloseStatus!, Codes.Contains((int)reader.CloseStatus!) ? null : $"it closed with {(int)reader.CloseStatus} {reader.CloseStatusDescription}");
                var message = JsonElement.Parse(text);
                if (message.Text("type") == "pong")
                    pings--;
                else if (message.Text("type") is not ("connection_ack" or "next" or "error" or "complete"))
                    return new SocketConversation(frames, null, $"it sent {text}");
                else if (text.Contains("\"code\":\"platform.", StringComparison.Ordinal))
                    return new SocketConversation(frames, null, $"a fault is in {text}");
            }
            return new SocketConversation(frames, null, null);
        }
        catch (Exception fault) when (fault is (WebSocketException or IOException) && frames.Any(f => NoFrames.Contains(f) || !Utf8.IsValid(f.AsSpan(14))))
        {
            // What is no frame, or no text, ends a connection at once, and what was still to be read takes the code along.
            return new SocketConversation(frames, 1006, null);
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or OperationCanceledException)
        {
            return new SocketConversation(frames, null, $"it neither answered nor closed: {fault.Message}");
        }
    }

    private static async Task<string?> Text(WebSocket reader, CancellationToken ct)
    {
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await reader.ReceiveAsync(buffer.AsMemory(), ct);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            text.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return Encoding.UTF8.GetString(text.ToArray());
        }
    }

    private async Task<byte[]> Message(string type)
    {
        var id = random.Once(8) ? Hostile.Text(random) : $"{random.Next(3)}";
        var text = type switch
        {
            "subscribe" => $"{{\"type\":\"subscribe\",\"id\":{JsonSerializer.Serialize(id)},\"payload\":{Encoding.UTF8.GetString((await documents.Next()).Body ?? "null"u8.ToArray())}}}",
            "connection_init" when random.Once(2) => $"{{\"type\":\"connection_init\",\"payload\":{{\"authorization\":\"Bearer {await documents.Token()}\"}}}}",
            _ => $"{{\"type\":{JsonSerializer.Serialize(type)},\"id\":{JsonSerializer.Serialize(id)}}}",
        };
        if (random.Once(6))
            text = Hostile.Changed(random, new JsonObject { ["type"] = type, ["id"] = id, ["payload"] = new JsonObject { ["query"] = "{ __typename }", ["variables"] = new JsonObject() } }, random.Next(1, 3));
        return RawSocket.Frame(RawSocket.Text, random.Once(20) ? Hostile.Damaged(random, text) : Encoding.UTF8.GetBytes(text));
    }
}
