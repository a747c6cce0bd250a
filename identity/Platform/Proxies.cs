using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace OneDoor.Identity.Platform;

/// <summary>Section <c>Proxy</c>: what stands between callers and this server, where <c>Identity:TlsEndsAtProxy</c> says that something does.</summary>
public sealed class ProxyOptions
{
    /// <summary>How many proxies in a row append the address they were called from to <c>X-Forwarded-For</c>.</summary>
    public int Count { get; set; } = 1;

    /// <summary>The proxies' networks in CIDR notation; empty where nothing but them reaches the port.</summary>
    public IReadOnlyList<string> Networks { get; set; } = [];
}

/// <summary>Whose word on a caller's address counts: of every proxy the one entry it wrote itself, and nothing the caller sent along.</summary>
internal static partial class Proxies
{
    private const string FrameworkSwitch = "FORWARDEDHEADERS_ENABLED";

    public static void AddProxies(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ProxyOptions>().BindConfiguration("Proxy")
            .Validate(o => o.Count >= 0 && o.Networks.All(network => IPNetwork.TryParse(network, out _)), "Proxy:Count must not be negative, and Proxy:Networks must be networks in CIDR notation.")
            .ValidateOnStart();
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>((forwarded, proxy) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            forwarded.ForwardLimit = proxy.Value.Count;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
        });
        // ASP.NET Core's own switch would read the header a second time, and then take what the caller wrote.
        builder.Services.AddSingleton(new IgnoredSwitch(bool.TryParse(builder.Configuration[FrameworkSwitch], out var isOn) && isOn));
        builder.Configuration[FrameworkSwitch] = "false";
    }

    public static void UseProxies(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IgnoredSwitch>().IsOn)
            LogIgnored(app.Logger);
        var (identity, proxy) = (app.Services.GetRequiredService<IOptions<IdentityOptions>>().Value, app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value);
        if (!identity.TlsEndsAtProxy)
            return;
        IPNetwork[] proxies = [.. proxy.Networks.Select(IPNetwork.Parse)];
        app.Use((http, next) =>
        {
            var from = http.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : http.Connection.RemoteIpAddress;
            if (proxies.Length > 0 && !proxies.Any(network => from is not null && network.Contains(from)))
            {
                http.Request.Headers.Remove(ForwardedHeadersDefaults.XForwardedForHeaderName);
                if (identity.ClientCertificateHeader is { Length: > 0 } certificate)
                    http.Request.Headers.Remove(certificate);
            }

            return next(http);
        });
        if (proxy.Count > 0)
            app.UseForwardedHeaders();
    }

    [LoggerMessage(LogLevel.Warning, "ASPNETCORE_FORWARDEDHEADERS_ENABLED is ignored: Identity:TlsEndsAtProxy and Proxy:Count say how this server is reached.")]
    private static partial void LogIgnored(ILogger logger);

    private sealed record IgnoredSwitch(bool IsOn);
}
