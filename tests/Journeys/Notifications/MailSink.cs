using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace OneDoor.Notifications;

/// <summary>A mail server on this machine, which keeps what it takes and may be away.</summary>
public sealed class MailSink : IAsyncDisposable
{
    private readonly ConcurrentQueue<MimeMessage> _taken = new();
    private CancellationTokenSource? _serving;
    private Task _server = Task.CompletedTask;

    public int Port { get; } = Platform.Port.Free();

    /// <summary>What it has taken, in order.</summary>
    public IReadOnlyList<MimeMessage> All => [.. _taken];

    /// <summary>How it answers a letter besides taking it; null where it takes it.</summary>
    public Func<MimeMessage, SmtpResponse?> Answer { get; set; } = _ => null;

    public void Open()
    {
        var services = new ServiceProvider();
        services.Add(new Store(this));
        _serving = new();
        _server = new SmtpServer.SmtpServer(
            new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port))).Build(), services).StartAsync(_serving.Token);
    }

    public async Task Close()
    {
        if (_serving is not null)
            await _serving.CancelAsync();
        await _server.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _serving?.Dispose();
        _serving = null;
    }

    public async ValueTask DisposeAsync() => await Close();

    private sealed class Store(MailSink sink) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            using var bytes = new MemoryStream(buffer.ToArray());
            var letter = await MimeMessage.LoadAsync(bytes, cancellationToken);
            if (sink.Answer(letter) is { } refused)
                return refused;
            sink._taken.Enqueue(letter);
            return SmtpResponse.Ok;
        }
    }
}
