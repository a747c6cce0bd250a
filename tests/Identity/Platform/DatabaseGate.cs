using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using OneDoor.Platform;

namespace OneDoor.Tests.Identity.Platform;

/// <summary>A door between the server and PostgreSQL that a test can shut: connections end and new ones are refused.</summary>
public sealed class DatabaseGate : IDisposable
{
    private readonly NpgsqlConnectionStringBuilder _behind;
    private readonly ConcurrentBag<TcpClient> _open = [];
    private readonly int _port = Port.Free();
    private TcpListener _listener;

    public DatabaseGate(string database)
    {
        _behind = new(database);
        _listener = Listen();
    }

    /// <summary>The database, through the door.</summary>
    public string Database => new NpgsqlConnectionStringBuilder(_behind.ConnectionString) { Host = "127.0.0.1", Port = _port, Timeout = 5 }.ConnectionString;

    public void Shut()
    {
        _listener.Stop();
        foreach (var client in _open)
            client.Dispose();
    }

    public void Open() => _listener = Listen();

    public void Dispose() => Shut();

    private TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, _port);
        listener.Start();
        _ = AcceptAsync(listener);
        return listener;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
                _ = PassAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception shut) when (shut is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task PassAsync(TcpClient front)
    {
        var back = new TcpClient();
        _open.Add(front);
        _open.Add(back);
        try
        {
            await back.ConnectAsync(_behind.Host!, _behind.Port);
            await Task.WhenAny(front.GetStream().CopyToAsync(back.GetStream()), back.GetStream().CopyToAsync(front.GetStream()));
        }
        catch (Exception shut) when (shut is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
        }
        finally
        {
            front.Dispose();
            back.Dispose();
        }
    }
}
