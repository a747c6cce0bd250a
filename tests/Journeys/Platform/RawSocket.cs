using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace OneDoor.Platform;

/// <summary>A WebSocket of GraphQL by hand: its frames are whatever is written, and nothing is read unless one asks.</summary>
public sealed class RawSocket : IDisposable
{
    /// <summary>First byte of a frame that is a whole text.</summary>
    public const byte Text = 0x81;

    private readonly TcpClient _tcp;
    private readonly NetworkStream _stream;
    private readonly CancellationToken _ct;

    private RawSocket(TcpClient tcp, CancellationToken ct)
    {
        (_tcp, _stream, _ct) = (tcp, tcp.GetStream(), ct);
        Reader = WebSocket.CreateFromStream(_stream, new WebSocketCreationOptions());
    }

    /// <summary>Reads what the server sends.</summary>
    public WebSocket Reader { get; }

    /// <summary>Connects, with little room for what is not read.</summary>
    public static async Task<RawSocket> Open(Uri api, CancellationToken ct)
    {
        var tcp = new TcpClient { ReceiveBufferSize = 2048 };
        await tcp.ConnectAsync(IPAddress.Loopback, api.Port, ct);
        var socket = new RawSocket(tcp, ct);
        await socket.Write(Encoding.ASCII.GetBytes(
            "GET /graphql HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"));
        var answer = new StringBuilder();
        for (var letter = new byte[1]; !answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal); answer.Append((char)letter[0]))
        {
            if (await socket._stream.ReadAsync(letter, ct) == 0)
                throw new WebSocketException("It does not open.");
        }
        return answer.ToString().Contains(" 101 ", StringComparison.Ordinal) ? socket : throw new WebSocketException(answer.ToString().Split('\r')[0]);
    }

    /// <summary>A message in one frame.</summary>
    public Task Send(object message) => Write(Frame(Text, JsonSerializer.SerializeToUtf8Bytes(message)));

    /// <summary>Bytes as they are.</summary>
    public Task Write(byte[] bytes) => _stream.WriteAsync(bytes, _ct).AsTask();

    /// <summary>A frame, masked with zeros as a client's has to be.</summary>
    /// <param name="first">The final bit, reserved bits and the opcode (RFC 6455, 5.2).</param>
    /// <param name="content">What it carries.</param>
    public static byte[] Frame(byte first, ReadOnlySpan<byte> content)
    {
        var frame = new byte[14 + content.Length];
        (frame[0], frame[1]) = (first, 0x80 | 127);
        BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(2), content.Length);
        content.CopyTo(frame.AsSpan(14));
        return frame;
    }

    public void Dispose()
    {
        Reader.Dispose();
        _tcp.Dispose();
    }
}
