using System.Net;
using Microsoft.Extensions.Configuration;

namespace Bastide.Platform.Settings;

/// <summary>
/// What the operator decides: <c>bastide.json</c> in the data directory, then <c>BASTIDE_…</c> variables, then the
/// command line. Read once at start; the certificate files alone are read again when they change.
/// </summary>
public sealed record BastideSettings
{
    /// <summary>The directory of everything that must be backed up. Absolute.</summary>
    public required string Data { get; init; }

    /// <summary>The primary mail and Matrix domain.</summary>
    public required string Domain { get; init; }

    /// <summary>The public origin, as browsers see it; no trailing slash.</summary>
    public required Uri Url { get; init; }

    /// <summary><c>sqlite</c>, or a PostgreSQL connection string.</summary>
    public required string Database { get; init; }

    /// <summary>Whether <see cref="Database"/> is the embedded one.</summary>
    public bool IsSqlite => Database == "sqlite";

    /// <summary>Where each protocol listens.</summary>
    public required ListenSettings Listen { get; init; }

    /// <summary>PEM certificate for TLS, or null for the self-signed pair made at first start.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>PEM key of <see cref="TlsCertificate"/>.</summary>
    public string? TlsKey { get; init; }

    /// <summary><c>host:port</c> that every outgoing message goes through, or null for MX look-up.</summary>
    public string? SmtpRelay { get; init; }

    /// <summary>Where a password may cross without TLS.</summary>
    public PlaintextAuth AuthPlaintext { get; init; }

    /// <summary>Whether the demo workplace is asked for.</summary>
    public bool Demo { get; init; }

    /// <summary>Anyone may register. For conformance suites; refused beyond loopback.</summary>
    public bool TestOpenRegistration { get; init; }

    /// <summary>Rate limits, sign-in delays and connection limits off. For load drivers; refused beyond loopback.</summary>
    public bool TestNoLimits { get; init; }

    /// <summary>Outgoing requests may reach loopback and private addresses. For tests; refused beyond loopback.</summary>
    public bool TestPrivateAddresses { get; init; }

    /// <summary>A PEM file of authorities trusted for outgoing TLS beside the system's. For tests; refused beyond loopback.</summary>
    public string? TestTrustedCa { get; init; }

    /// <summary>
    /// Reads the settings, checks them, and makes the data directory's path absolute.
    /// Throws <see cref="SettingsException"/> with one sentence that says what to change.
    /// </summary>
    public static BastideSettings From(IConfiguration configuration)
    {
        var demo = Flag(configuration, "Demo");
        var url = configuration["Url"];
        var http = Endpoint(configuration, "Listen:Http", 8080);
        var settings = new BastideSettings
        {
            Data = Path.GetFullPath(configuration["Data"] is { Length: > 0 } data ? data : "./data"),
            Domain = (configuration["Domain"] is { Length: > 0 } domain ? domain : demo ? "demo.localhost" : "localhost").ToLowerInvariant(),
            Url = ParseUrl(url is { Length: > 0 } ? url : http is null ? "http://localhost:8080" : $"http://localhost:{http.Port}"),
            Database = configuration["Database"] is { Length: > 0 } database ? database : "sqlite",
            Listen = new ListenSettings
            {
                Http = http,
                Smtp = Endpoint(configuration, "Listen:Smtp", 2525),
                Submission = Endpoint(configuration, "Listen:Submission", 2587),
                Submissions = Endpoint(configuration, "Listen:Submissions", 2465),
                Imap = Endpoint(configuration, "Listen:Imap", 2143),
                Imaps = Endpoint(configuration, "Listen:Imaps", 2993),
                ManageSieve = Endpoint(configuration, "Listen:ManageSieve", 24190),
            },
            TlsCertificate = configuration["Tls:Certificate"],
            TlsKey = configuration["Tls:Key"],
            SmtpRelay = configuration["Smtp:Relay"],
            AuthPlaintext = Plaintext(configuration["Auth:Plaintext"]),
            Demo = demo,
            TestOpenRegistration = Flag(configuration, "Test:OpenRegistration"),
            TestNoLimits = Flag(configuration, "Test:NoLimits"),
            TestPrivateAddresses = Flag(configuration, "Test:PrivateAddresses"),
            TestTrustedCa = configuration["Test:TrustedCa"],
        };
        settings.Check(configuration);
        return settings;
    }

    void Check(IConfiguration configuration)
    {
        if ((TlsCertificate is null) != (TlsKey is null))
            throw new SettingsException("Set BASTIDE_TLS__CERTIFICATE and BASTIDE_TLS__KEY together: one without the other cannot be used.");
        if (!IsSqlite && !Database.Contains('=', StringComparison.Ordinal))
            throw new SettingsException("BASTIDE_DATABASE is 'sqlite' or a PostgreSQL connection string such as 'Host=db;Database=bastide;Username=bastide'.");
        foreach (var (name, allowed) in new[] { ("Blobs", "files"), ("Bus", "local") })
            if (configuration[name] is { Length: > 0 } value && value != allowed)
                throw new SettingsException($"BASTIDE_{name.ToUpperInvariant()}={value} is not available in this release: only '{allowed}' is.");
        if (Listen.IsLoopbackOnly) return;
        if (Demo)
            throw new SettingsException("The demo workplace has known passwords and listens on loopback only: remove --demo or the public address.");
        if (TestOpenRegistration || TestNoLimits || TestPrivateAddresses || TestTrustedCa is { Length: > 0 })
            throw new SettingsException("BASTIDE_TEST__… settings open the server to anyone and are refused while a listener is beyond loopback.");
    }

    static Uri ParseUrl(string text) =>
        Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new SettingsException($"BASTIDE_URL is the public origin, such as https://work.example.org; '{text}' is not one.");

    static bool Flag(IConfiguration configuration, string name) => configuration[name] switch
    {
        null or "" => false,
        "1" => true,
        "0" => false,
        var text when bool.TryParse(text, out var value) => value,
        var text => throw new SettingsException($"{name} is true or false, not '{text}'."),
    };

    static PlaintextAuth Plaintext(string? text) => text switch
    {
        null or "" or "loopback" => PlaintextAuth.Loopback,
        "never" => PlaintextAuth.Never,
        "always" => PlaintextAuth.Always,
        _ => throw new SettingsException($"BASTIDE_AUTH__PLAINTEXT is loopback, never or always, not '{text}'."),
    };

    static IPEndPoint? Endpoint(IConfiguration configuration, string name, int port)
    {
        var text = configuration[name];
        if (text is null or "") return new IPEndPoint(IPAddress.Loopback, port);
        if (text == "off") return null;
        if (int.TryParse(text, out var number) && number is >= 0 and <= 65535) return new IPEndPoint(IPAddress.Loopback, number);
        if (text.StartsWith("*:", StringComparison.Ordinal)) text = "0.0.0.0:" + text[2..];
        if (text.StartsWith("localhost:", StringComparison.Ordinal)) text = "127.0.0.1:" + text[10..];
        return IPEndPoint.TryParse(text, out var endpoint) && endpoint.Port != 0
            ? endpoint
            : throw new SettingsException($"BASTIDE_{name.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant()} is a port, address:port or off, not '{text}'.");
    }
}
