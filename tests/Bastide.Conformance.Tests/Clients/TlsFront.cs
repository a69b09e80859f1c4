using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Bastide.Conformance.Clients;

/// <summary>What an operator puts before the program: TLS under the name of the domain. What comes is passed on as it is.</summary>
sealed class TlsFront : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _end = new();
    readonly X509Certificate2 _certificate;
    readonly Task _accepting;
    int _target;

    TlsFront(string host)
    {
        _certificate = Make(host);
        _listener.Start();
        Host = host;
        _accepting = Accept();
    }

    /// <summary>The name it is reached by.</summary>
    public string Host { get; }

    /// <summary>The port it listens at.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The origin.</summary>
    public Uri Url => new($"https://{Host}:{Port}/");

    /// <summary>The certificate that it shows, in PEM: nobody vouches for it.</summary>
    public string Certificate => _certificate.ExportCertificatePem();

    /// <summary>Listens from now on.</summary>
    public static TlsFront Listen(string host) => new(host);

    /// <summary>Passes connections on to a port of this machine.</summary>
    public void PassTo(int port) => Volatile.Write(ref _target, port);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _certificate.Dispose();
        _end.Dispose();
    }

    async Task Accept()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                open.RemoveAll(connection => connection.IsCompleted);
                open.Add(Serve(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    async Task Serve(TcpClient client)
    {
        try
        {
            using var _ = client;
            await using var outside = new SslStream(client.GetStream());
            await outside.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _end.Token);
            using var inside = new TcpClient();
            await inside.ConnectAsync(IPAddress.Loopback, Volatile.Read(ref _target), _end.Token);
            var there = outside.CopyToAsync(inside.GetStream(), _end.Token);
            var back = inside.GetStream().CopyToAsync(outside, _end.Token);
            await await Task.WhenAny(there, back);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // Who connects may leave, or not like the certificate.
        }
    }

    static X509Certificate2 Make(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
