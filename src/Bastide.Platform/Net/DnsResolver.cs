using System.Net;
using DnsClient;
using DnsClient.Protocol;

namespace Bastide.Platform.Net;

/// <summary>Asks the name servers of the machine. <c>localhost</c> and names below it are the loopback addresses (RFC 6761 §6.3).</summary>
public sealed class DnsResolver : IDnsResolver
{
    readonly Lazy<LookupClient> _client = new(() => new LookupClient(new LookupClientOptions
    {
        Timeout = TimeSpan.FromSeconds(5),
        Retries = 2,
        UseCache = true,
        MaximumCacheTimeout = TimeSpan.FromHours(1),
        ThrowDnsErrors = false,
        ContinueOnDnsError = true,
    }));

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MxRecord>> Mx(string domain, CancellationToken cancellation)
    {
        if (IsLocalhost(domain)) return [];
        var answer = await Ask(domain, QueryType.MX, cancellation);
        return [.. answer.OfType<DnsClient.Protocol.MxRecord>()
            .Select(mx => new MxRecord(mx.Preference, mx.Exchange.Value.TrimEnd('.')))
            .OrderBy(mx => mx.Preference).ThenBy(_ => Random.Shared.Next())];
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<IPAddress>> Addresses(string host, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(host, out var literal)) return [literal];
        if (IsLocalhost(host)) return [IPAddress.IPv6Loopback, IPAddress.Loopback];
        var six = Ask(host, QueryType.AAAA, cancellation);
        var four = Ask(host, QueryType.A, cancellation);
        return [.. (await six).OfType<AaaaRecord>().Select(r => r.Address), .. (await four).OfType<ARecord>().Select(r => r.Address)];
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> Txt(string name, CancellationToken cancellation) =>
        [.. (await Ask(name, QueryType.TXT, cancellation)).OfType<TxtRecord>().Select(r => string.Concat(r.Text))];

    /// <inheritdoc/>
    public async ValueTask<string?> Reverse(IPAddress address, CancellationToken cancellation)
    {
        if (IPAddress.IsLoopback(address)) return "localhost";
        return (await Ask(address.GetArpaName(), QueryType.PTR, cancellation)).OfType<PtrRecord>().FirstOrDefault()?.PtrDomainName.Value.TrimEnd('.');
    }

    async Task<IReadOnlyList<DnsResourceRecord>> Ask(string name, QueryType type, CancellationToken cancellation)
    {
        try
        {
            var answer = await _client.Value.QueryAsync(name, type, cancellationToken: cancellation);
            return (DnsResponseCode)answer.Header.ResponseCode switch
            {
                DnsResponseCode.NoError or DnsResponseCode.NotExistentDomain => answer.Answers,
                _ => throw new DnsFailedException(name),
            };
        }
        catch (DnsResponseException exception)
        {
            throw new DnsFailedException(name, exception);
        }
        catch (ArgumentException)
        {
            // A name that no query can carry does not exist.
            return [];
        }
    }

    static bool IsLocalhost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
