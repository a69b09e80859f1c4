using System.Net;

namespace Bastide.Platform.Net;

/// <summary>
/// The domain name system. An empty answer means that the name or record does not exist; when it cannot be told,
/// <see cref="DnsFailedException"/> is thrown. Tests bring their own.
/// </summary>
public interface IDnsResolver
{
    /// <summary>The mail exchangers of a domain, the most preferred first, those of equal preference in random order.</summary>
    ValueTask<IReadOnlyList<MxRecord>> Mx(string domain, CancellationToken cancellation);

    /// <summary>The addresses of a host, IPv6 first.</summary>
    ValueTask<IReadOnlyList<IPAddress>> Addresses(string host, CancellationToken cancellation);

    /// <summary>The text records of a name, the strings of each joined.</summary>
    ValueTask<IReadOnlyList<string>> Txt(string name, CancellationToken cancellation);

    /// <summary>The name of an address (PTR), or null.</summary>
    ValueTask<string?> Reverse(IPAddress address, CancellationToken cancellation);
}
