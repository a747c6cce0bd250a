using System.Net;
using System.Net.Sockets;

namespace OneDoor.Webhooks;

/// <summary>To which addresses anything is sent: those of the public internet. What is private, this machine's or nobody's would be asked on a stranger's behalf.</summary>
public static class TargetAddress
{
    private const int Longest = 2_000;

    // IANA's special-purpose registries: whatever is not to be reached from anywhere.
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    private static readonly IPNetwork Unicast = IPNetwork.Parse("2000::/3");

    /// <summary>Whether an address is one of the public internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        // An address of IPv4 in the clothes of IPv6 leads to the same machine.
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || Unicast.Contains(plain)) && !NotPublic.Any(network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }

    /// <summary>Whether a text is an address that something can be sent to.</summary>
    public static bool IsAddress(string url, bool takesHttp) =>
        url.Length <= Longest && Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (takesHttp && uri.Scheme == Uri.UriSchemeHttp))
        && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0 && uri.Host.Length > 0;

    /// <summary>The machine that an address names by its number, however that is written; null where it has a name.</summary>
    public static IPAddress? Literal(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri)
        ? IPAddress.TryParse(uri.DnsSafeHost, out var literal) ? literal : uri.IsLoopback ? IPAddress.Loopback : null
        : null;
}
