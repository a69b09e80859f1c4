using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bastide.Platform.Net;
using Bastide.Platform.Settings;
using Bastide.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;

namespace Bastide.Platform.Tests.Net;

public sealed class TlsCertificatesTests : IDisposable
{
    readonly TempDirectory _directory = new();
    readonly FakeTime _time = new(DateTimeOffset.UtcNow);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_pair_is_made_once_for_the_domain_and_its_key_is_for_nobody_else()
    {
        var first = Certificates(Settings()).Select(null);
        foreach (var name in new[] { TestSettings.Domain, "mail." + TestSettings.Domain, "localhost", "127.0.0.1" }) first.MatchesHostname(name).ShouldBeTrue(name);
        first.HasPrivateKey.ShouldBeTrue();
        first.GetECDsaPrivateKey().ShouldNotBeNull();
        Certificates(Settings()).Select(null).Thumbprint.ShouldBe(first.Thumbprint);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(_directory.Below("tls", "key.pem")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void An_expired_pair_of_our_own_is_made_anew()
    {
        var first = Certificates(Settings()).Select(null).Thumbprint;
        _time.Advance(TimeSpan.FromDays(3651));
        Certificates(Settings()).Select(null).Thumbprint.ShouldNotBe(first);
    }

    [Fact]
    public void Files_of_the_operator_are_read_again_when_they_change_and_a_broken_one_changes_nothing()
    {
        var settings = Settings() with { TlsCertificate = _directory.Below("c.pem"), TlsKey = _directory.Below("k.pem") };
        Should.Throw<SettingsException>(() => Certificates(settings).Context).Message.ShouldContain("c.pem");

        Write(settings, "one");
        var certificates = Certificates(settings);
        certificates.Select(null).Subject.ShouldBe("CN=one");
        Write(settings, "two");
        _time.Advance(TimeSpan.FromSeconds(3));
        certificates.Select(null).Subject.ShouldBe("CN=two");
        File.WriteAllText(settings.TlsCertificate, "rubbish");
        _time.Advance(TimeSpan.FromSeconds(3));
        certificates.Select(null).Subject.ShouldBe("CN=two");
        File.Delete(settings.TlsCertificate);
        _time.Advance(TimeSpan.FromSeconds(3));
        certificates.Select(null).Subject.ShouldBe("CN=two");
        Write(settings, "three");
        _time.Advance(TimeSpan.FromSeconds(3));
        certificates.Select(null).Subject.ShouldBe("CN=three");
    }

    BastideSettings Settings() => TestSettings.In(_directory.Path);

    TlsCertificates Certificates(BastideSettings settings) => new(settings, _time, NullLogger<TlsCertificates>.Instance);

    static void Write(BastideSettings settings, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        File.WriteAllText(settings.TlsKey!, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(settings.TlsCertificate!, certificate.ExportCertificatePem());
    }
}
