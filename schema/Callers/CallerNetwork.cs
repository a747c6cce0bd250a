using System.Net;
using System.Net.Sockets;

namespace OneDoor.Callers;

/// <summary>Whom callers without a proven name are counted as: the network they call from.</summary>
public static class CallerNetwork
{
    private const int OfANetwork = 8, OfASite = 6;

    /// <summary>An IPv4 address as it is, and so this machine's own; of another IPv6 address the /64, for whoever has one address of it has all. Empty without an address.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        return SiteOf(address) is null ? address?.ToString() ?? "" : Prefix(address!, OfANetwork);
    }

    /// <summary>Of an IPv6 address the /48, as much as one site is given (RFC 6177): it holds 65,536 networks. Null of any other.</summary>
    public static string? SiteOf(IPAddress? address) =>
        address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } && !IPAddress.IsLoopback(address) ? Prefix(address, OfASite) : null;

    private static string Prefix(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(length).Clear();
        return $"{new IPAddress(bytes)}/{length * 8}";
    }
}
