using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Bastide.Platform.Settings;

namespace Bastide.Platform.Net;

/// <summary>
/// Connections that somebody outside can ask the server for (push endpoints, other servers' mail exchangers, link
/// previews). The address is checked after the name is resolved and the connection goes to that very address, so a name
/// cannot be bound anew in between. No proxy, no cookies, no redirects.
/// </summary>
public sealed class OutgoingHttp : IDisposable
{
    static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(15);
    static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(30);
    const int MostContentBuffered = 10 * 1024 * 1024;
    readonly BastideSettings _settings;
    readonly X509Certificate2Collection? _trusted;
    readonly SocketsHttpHandler _handler;

    /// <summary>Reads the authorities of <see cref="BastideSettings.TestTrustedCa"/>, where there are any.</summary>
    public OutgoingHttp(BastideSettings settings)
    {
        _settings = settings;
        if (settings.TestTrustedCa is { Length: > 0 } file)
        {
            _trusted = [];
            _trusted.ImportFromPemFile(file);
        }

        _handler = new SocketsHttpHandler
        {
            ConnectCallback = (context, cancellation) => Connect(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 16,
            MaxResponseHeadersLength = 64,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = ValidateServer },
        };
    }

    /// <summary>Checks a server's certificate: the system's authorities, and those that tests add.</summary>
    public RemoteCertificateValidationCallback ValidateServer => (_, certificate, chain, errors) =>
    {
        if (errors == SslPolicyErrors.None) return true;
        if (_trusted is null || errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 server) return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_trusted);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (chain is not null) own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        return own.Build(server);
    };

    /// <summary>A client over the shared connections; it need not be disposed. It buffers at most 10 MiB of an answer and waits at most 30 s.</summary>
    public HttpClient Create()
    {
        var client = new HttpClient(_handler, disposeHandler: false) { Timeout = LongestRequest, MaxResponseContentBufferSize = MostContentBuffered };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Bastide");
        return client;
    }

    /// <summary>
    /// Connects to a host by name. Throws <see cref="AddressRefusedException"/> when it is not on the public internet,
    /// <see cref="SocketException"/> when nobody answers.
    /// </summary>
    public async ValueTask<Stream> Connect(string host, int port, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellation);
        return await Connect(host, addresses, port, cancellation);
    }

    /// <summary>Connects to the first of these addresses of a host that answers; the same rules hold.</summary>
    public async ValueTask<Stream> Connect(string host, IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellation)
    {
        var allowed = _settings.TestPrivateAddresses ? addresses : [.. addresses.Where(PublicAddress.Is)];
        if (allowed.Count == 0 && addresses.Count > 0) throw new AddressRefusedException(host);
        SocketException? last = null;
        foreach (var address in allowed)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(LongestConnect);
            try
            {
                await socket.ConnectAsync(address, port, patience.Token);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                last = exception;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                socket.Dispose();
                last = new SocketException((int)SocketError.TimedOut);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    /// <inheritdoc/>
    public void Dispose() => _handler.Dispose();
}
