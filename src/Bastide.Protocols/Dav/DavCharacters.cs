using System.Buffers;

namespace Bastide.Protocols.Dav;

/// <summary>Sets of characters that are looked for often.</summary>
static class DavCharacters
{
    /// <summary>What stands in an address as it is: unreserved (RFC 3986 §2.3) and <c>@</c>.</summary>
    public static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~@");
}
