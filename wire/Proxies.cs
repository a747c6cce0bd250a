using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace OneDoor.Wire;

/// <summary>What stands between callers and this server.</summary>
public sealed record ProxyOptions
{
    /// <summary>How many proxies in a row append the address they were called from to <c>X-Forwarded-For</c>; 0 where callers reach the port themselves.</summary>
    public int? Count { get; init; }

    /// <summary>The proxies' networks in CIDR notation; empty where nothing but them reaches the port.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    public static ProxyOptions Of(IConfiguration configuration, int usual)
    {
        var options = configuration.GetSection("Proxy").Get<ProxyOptions>() ?? new ProxyOptions();
        options = options with { Count = options.Count ?? usual };
        return options.Count >= 0 && options.Networks.All(network => IPNetwork.TryParse(network, out _))
            ? options
            : throw new InvalidOperationException("Proxy__Count has to be 0 or more, and Proxy__Networks networks in CIDR notation.");
    }
}

/// <summary>Whose word on a caller's address counts: of every proxy the one entry it wrote itself, and nothing the caller sent along.</summary>
public static partial class Proxies
{
    private const string FrameworkSwitch = "FORWARDEDHEADERS_ENABLED";

    /// <param name="usual">How many proxies there are where nothing says so.</param>
    /// <param name="areThere">Whether there can be any; otherwise what is configured of them counts for nothing.</param>
    public static void AddProxies(this WebApplicationBuilder builder, int usual = 0, bool areThere = true)
    {
        var options = ProxyOptions.Of(builder.Configuration, usual);
        builder.Services.AddSingleton(areThere ? options : new ProxyOptions { Count = 0 });
        // ASP.NET Core's own switch would read the header a second time, and then take what the caller wrote.
        builder.Services.AddSingleton(new IgnoredSwitch(bool.TryParse(builder.Configuration[FrameworkSwitch], out var isOn) && isOn));
        builder.Configuration[FrameworkSwitch] = "false";
    }

    /// <param name="app">The host.</param>
    /// <param name="certificateHeader">The header in which the proxy that ends TLS passes the client's certificate on; null where none does.</param>
    public static void UseProxies(this WebApplication app, string? certificateHeader)
    {
        if (app.Services.GetRequiredService<IgnoredSwitch>().IsOn)
            LogIgnored(app.Logger);
        var proxy = app.Services.GetRequiredService<ProxyOptions>();
        IPNetwork[] proxies = [.. proxy.Networks.Select(IPNetwork.Parse)];
        app.Use((http, next) =>
        {
            var from = http.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : http.Connection.RemoteIpAddress;
            if (proxies.Length > 0 && !proxies.Any(network => from is not null && network.Contains(from)))
            {
                http.Request.Headers.Remove(ForwardedHeadersDefaults.XForwardedForHeaderName);
                http.Request.Headers.Remove(ForwardedHeadersDefaults.XForwardedProtoHeaderName);
                if (!string.IsNullOrEmpty(certificateHeader))
                    http.Request.Headers.Remove(certificateHeader);
            }
            return next(http);
        });
        if (proxy.Count == 0)
            return;
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = proxy.Count,
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        app.UseForwardedHeaders(forwarded);
    }

    [LoggerMessage(LogLevel.Warning, "ASPNETCORE_FORWARDEDHEADERS_ENABLED is ignored: Proxy__Count says how many proxies this server stands behind.")]
    private static partial void LogIgnored(ILogger logger);

    private sealed record IgnoredSwitch(bool IsOn);
}
