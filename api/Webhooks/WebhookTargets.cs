using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;

namespace OneDoor.Webhooks;

/// <summary>How webhooks are sent to.</summary>
public sealed record WebhookOptions : IValidatableObject
{
    /// <summary>Networks in CIDR notation to which something is sent besides the public internet. In development this machine, unless an operator says otherwise.</summary>
    public IReadOnlyList<string>? AllowedNetworks { get; init; }

    /// <summary>Whether http will do where there is no https. In development it does.</summary>
    public bool? AllowHttp { get; init; }

    /// <summary>Seconds that one attempt takes at most.</summary>
    [Range(1, 300)]
    public int TimeoutSeconds { get; init; } = 15;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => (AllowedNetworks ?? []).Where(network => !IPNetwork.TryParse(network, out _))
        .Select(network => new ValidationResult($"{nameof(AllowedNetworks)} has {network}, which is no network in CIDR notation as 10.0.0.0/8."));
}

/// <summary>Connects to receivers, and to nobody else: whatever a name leads to is looked at when the connection is made, at every attempt.</summary>
public sealed class WebhookTargets : IDisposable
{
    private static readonly string[] ThisMachine = ["127.0.0.0/8", "::1/128"];

    private readonly IReadOnlyList<IPNetwork> _allowed;
    private readonly HttpClient _client;

    public WebhookTargets(WebhookOptions options, IHostEnvironment environment)
    {
        _allowed = [.. (options.AllowedNetworks ?? (environment.IsDevelopment() ? ThisMachine : [])).Select(network => IPNetwork.Parse(network))];
        TakesHttp = options.AllowHttp ?? environment.IsDevelopment();
        _client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = Connect,
            // Through a proxy it would be the proxy that connects, and to a place of its own choice.
            UseProxy = false, AllowAutoRedirect = false, UseCookies = false,
            // Who was at an address a moment ago need not be there now.
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            MaxResponseHeadersLength = 16,
        })
        { Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds), DefaultRequestVersion = HttpVersion.Version11 };
    }

    /// <summary>Whether http will do.</summary>
    public bool TakesHttp { get; }

    /// <summary>Whether anything is sent to an address.</summary>
    public bool Reaches(IPAddress address) => TargetAddress.IsPublic(address) || _allowed.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    /// <summary>Sends a request; of its answer nothing has been read but the head.</summary>
    public Task<HttpResponseMessage> Send(HttpRequestMessage request, CancellationToken ct) => _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);

    public void Dispose() => _client.Dispose();

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var reached = (await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct)).Where(Reaches).ToArray();
        if (reached.Length == 0)
            throw new RefusedAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(reached, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name leads to no address to which anything is sent.</summary>
public sealed class RefusedAddressException() : IOException("Nothing is sent to this address.");
