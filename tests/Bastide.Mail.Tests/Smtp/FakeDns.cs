using System.Net;
using Bastide.Platform.Net;

namespace Bastide.Mail.Tests.Smtp;

/// <summary>A domain name system of a few names.</summary>
sealed class FakeDns : IDnsResolver
{
    public Dictionary<string, IReadOnlyList<MxRecord>> Exchangers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, IReadOnlyList<IPAddress>> Hosts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names about which the servers say nothing.</summary>
    public HashSet<string> Broken { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ValueTask<IReadOnlyList<MxRecord>> Mx(string domain, CancellationToken cancellation) =>
        Broken.Contains(domain) ? throw new DnsFailedException(domain) : ValueTask.FromResult(Exchangers.GetValueOrDefault(domain, []));

    public ValueTask<IReadOnlyList<IPAddress>> Addresses(string host, CancellationToken cancellation) =>
        Broken.Contains(host) ? throw new DnsFailedException(host) : ValueTask.FromResult(Hosts.GetValueOrDefault(host, []));

    public ValueTask<IReadOnlyList<string>> Txt(string name, CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<string>>([]);

    public ValueTask<string?> Reverse(IPAddress address, CancellationToken cancellation) => ValueTask.FromResult<string?>(null);
}
