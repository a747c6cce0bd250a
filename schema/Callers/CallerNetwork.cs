using System.Net;
using System.Net.Sockets;

namespace OneDoor.Callers;

/// <summary>Whom callers without a proven name are counted as: the network they call from.</summary>
public static class CallerNetwork
{
    private const int HalfAnAddress = 8;

    /// <summary>An IPv4 address as it is; of an IPv6 address the /64, for whoever has one address of it has all. Empty without an address.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
            return address?.ToString() ?? "";
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(HalfAnAddress).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
