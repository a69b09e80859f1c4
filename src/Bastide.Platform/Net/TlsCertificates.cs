using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bastide.Platform.Settings;
using Microsoft.Extensions.Logging;

namespace Bastide.Platform.Net;

/// <summary>
/// The certificate of every listener: the operator's PEM files, read again within seconds when they change, or a
/// self-signed pair made at first start in <c>tls/</c> of the data directory. A file that cannot be read leaves the
/// last good one in use.
/// </summary>
public sealed class TlsCertificates
{
    static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Validity = TimeSpan.FromDays(3650);
    readonly Lock _lock = new();
    readonly BastideSettings _settings;
    readonly TimeProvider _time;
    readonly ILogger<TlsCertificates> _logger;
    readonly string _certificateFile;
    readonly string _keyFile;
    SslStreamCertificateContext? _context;
    (DateTime, DateTime) _stamp;
    long _lookedAt;

    /// <summary>Knows where the files are; reads or makes them when first asked.</summary>
    public TlsCertificates(BastideSettings settings, TimeProvider time, ILogger<TlsCertificates> logger)
    {
        _settings = settings;
        _time = time;
        _logger = logger;
        _certificateFile = settings.TlsCertificate ?? Path.Combine(settings.Data, "tls", "certificate.pem");
        _keyFile = settings.TlsKey ?? Path.Combine(settings.Data, "tls", "key.pem");
    }

    /// <summary>Whether the pair is the self-signed one.</summary>
    public bool IsSelfSigned => _settings.TlsCertificate is null;

    /// <summary>The certificate with its chain, as <see cref="SslStream"/> takes it. Throws <see cref="SettingsException"/> when there never was a good one.</summary>
    public SslStreamCertificateContext Context
    {
        get
        {
            lock (_lock)
            {
                if (_context is not null && _time.GetElapsedTime(_lookedAt) < LookAgainAfter) return _context;
                _lookedAt = _time.GetTimestamp();
                Refresh();
                return _context!;
            }
        }
    }

    /// <summary>For Kestrel's <c>ServerCertificateSelector</c>; every name gets the same certificate.</summary>
    public X509Certificate2 Select(string? name) => Context.TargetCertificate;

    void Refresh()
    {
        try
        {
            if (IsSelfSigned && !IsUsable()) Make();
            var stamp = (File.GetLastWriteTimeUtc(_certificateFile), File.GetLastWriteTimeUtc(_keyFile));
            if (_context is not null && stamp == _stamp) return;
            var renewed = _context is not null;
            _context = Load();
            _stamp = stamp;
            if (renewed) _logger.LogInformation("The TLS certificate was read again; it is valid until {NotAfter:u}", _context.TargetCertificate.NotAfter.ToUniversalTime());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            if (_context is null)
                throw new SettingsException($"The TLS certificate {_certificateFile} with its key {_keyFile} cannot be read: {exception.Message}");
            _logger.LogWarning("The TLS certificate changed but cannot be read, so the last one stays in use: {Reason}", exception.Message);
        }
    }

    SslStreamCertificateContext Load()
    {
        var leaf = X509Certificate2.CreateFromPemFile(_certificateFile, _keyFile);
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(_certificateFile);
        var others = new X509Certificate2Collection(all.Where(c => c.Thumbprint != leaf.Thumbprint).ToArray());
        return SslStreamCertificateContext.Create(leaf, others, offline: true);
    }

    bool IsUsable()
    {
        if (_context is not null) return File.Exists(_certificateFile) && _context.TargetCertificate.NotAfter.ToUniversalTime() > _time.GetUtcNow().UtcDateTime;
        if (!File.Exists(_certificateFile) || !File.Exists(_keyFile)) return false;
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(_certificateFile);
        return certificate.NotAfter.ToUniversalTime() > _time.GetUtcNow().UtcDateTime && certificate.MatchesHostname(_settings.Domain);
    }

    void Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName($"CN={_settings.Domain}"), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in new[] { _settings.Domain, _settings.Url.Host, "mail." + _settings.Domain, "localhost" }.Distinct(StringComparer.OrdinalIgnoreCase))
            if (IPAddress.TryParse(name, out var address)) names.AddIpAddress(address);
            else names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        var now = _time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now + Validity);

        Directory.CreateDirectory(Path.GetDirectoryName(_keyFile)!);
        WriteSecret(_keyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(_certificateFile, certificate.ExportCertificatePem());
        _logger.LogInformation("A self-signed TLS certificate was made for {Domain}", _settings.Domain);
    }

    static void WriteSecret(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }
}
