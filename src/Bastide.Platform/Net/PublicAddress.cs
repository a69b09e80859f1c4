using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Bastide.Platform.Net;

/// <summary>Tells addresses of the public internet from those that a stranger must not make the server reach.</summary>
public static class PublicAddress
{
    // IANA's special-purpose registry (RFC 6890) as of 2026: network and prefix length.
    static readonly (uint Network, int Length)[] NotPublic =
    [
        (0x00000000, 8), (0x0A000000, 8), (0x64400000, 10), (0x7F000000, 8), (0xA9FE0000, 16), (0xAC100000, 12), (0xC0000000, 24), (0xC0000200, 24),
        (0xC0586300, 24), (0xC0A80000, 16), (0xC6120000, 15), (0xC6336400, 24), (0xCB007100, 24), (0xE0000000, 4), (0xF0000000, 4),
    ];

    /// <summary>Whether the address is one of the public internet: not loopback, private, link-local, multicast or reserved.</summary>
    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out var length);
        return length == 4 ? IsPublic(BinaryPrimitives.ReadUInt32BigEndian(octets)) : IsPublic(octets);
    }

    static bool IsPublic(uint address)
    {
        foreach (var (network, length) in NotPublic)
            if (address >> (32 - length) == network >> (32 - length))
                return false;
        return true;
    }

    static bool IsPublic(ReadOnlySpan<byte> address)
    {
        // 64:ff9b::/96 (NAT64, RFC 6052) and 2002::/16 (6to4, RFC 3056) carry an IPv4 address.
        if (address[..12].SequenceEqual((ReadOnlySpan<byte>)[0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0])) return IsPublic(BinaryPrimitives.ReadUInt32BigEndian(address[12..]));
        if (address[0] == 0x20 && address[1] == 0x02) return IsPublic(BinaryPrimitives.ReadUInt32BigEndian(address[2..]));

        // Only 2000::/3 is given out; in it 2001::/23 (Teredo, ORCHID and the like) and 2001:db8::/32 and 3fff::/20 (documentation) are not hosts.
        if ((address[0] & 0xE0) != 0x20) return false;
        if (address[0] == 0x20 && address[1] == 0x01 && address[2] < 0x02) return false;
        if (address[0] == 0x20 && address[1] == 0x01 && address[2] == 0x0D && address[3] == 0xB8) return false;
        return !(address[0] == 0x3F && address[1] == 0xFF && address[2] < 0x10);
    }
}
