using System.Net;
using System.Net.Sockets;

namespace OneDoor.Platform;

/// <summary>Ports of this machine.</summary>
public static class Port
{
    // Below those that systems give to outgoing connections: one of these could take the port before its server does.
    private const int First = 20_000, Count = 12_000;

    private static int _drawn = Random.Shared.Next(Count);

    /// <summary>One that nobody listens on, another one each time.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref _drawn) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // The next one, then.
            }
        }
    }
}
