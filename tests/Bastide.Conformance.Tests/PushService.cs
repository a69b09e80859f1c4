using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bastide.Conformance;

/// <summary>A push service and the device behind it: takes what is posted over HTTPS, and decrypts it as RFC 8291 tells a browser to.</summary>
sealed class PushService : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly X509Certificate2 _certificate;
    readonly ECDiffieHellman _device = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    readonly byte[] _auth = RandomNumberGenerator.GetBytes(16);
    readonly Channel<JsonObject> _received = Channel.CreateUnbounded<JsonObject>();

    PushService(WebApplication app, X509Certificate2 certificate) => (_app, _certificate) = (app, certificate);

    /// <summary>Where a device is pushed to.</summary>
    public Uri Url => new(_app.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/push/device");

    /// <summary>The certificate to be trusted.</summary>
    public string Certificate => _certificate.ExportCertificatePem();

    /// <summary>What it answers: 201 unless told otherwise.</summary>
    public int Status { get; set; } = StatusCodes.Status201Created;

    /// <summary>The headers of the last message.</summary>
    public IHeaderDictionary Headers { get; private set; } = new HeaderDictionary();

    public static async Task<PushService> Start()
    {
        var certificate = Make();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var app = builder.Build();
        var service = new PushService(app, certificate);
        app.MapPost("/push/device", (RequestDelegate)service.Take);
        await app.StartAsync();
        return service;
    }

    /// <summary>The keys that the device gives the workplace.</summary>
    public JsonObject Keys() => new() { ["p256dh"] = Base64Url.EncodeToString(Point(_device)), ["auth"] = Base64Url.EncodeToString(_auth) };

    /// <summary>The next message, decrypted.</summary>
    public Task<JsonObject> Next() => Wait.For(_received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask());

    /// <summary>Whether something has come that was not asked for with <see cref="Next"/>.</summary>
    public bool HasMore => _received.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _device.Dispose();
        _certificate.Dispose();
    }

    async Task Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        // The server uses its own again for the next request.
        Headers = new HeaderDictionary(context.Request.Headers.ToDictionary());
        if (Status == StatusCodes.Status201Created) await _received.Writer.WriteAsync(JsonNode.Parse(Decrypt(body.ToArray()))!.AsObject());
        context.Response.StatusCode = Status;
    }

    /// <summary>RFC 8188 §2 with the keys of RFC 8291 §3.4.</summary>
    byte[] Decrypt(byte[] body)
    {
        var salt = body[..16];
        BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(16)).ShouldBe(4096);
        var point = body[21..(21 + body[20])];
        using var sender = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] } });
        var shared = _device.DeriveRawSecretAgreement(sender.PublicKey);
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, _auth, [.. "WebPush: info\0"u8, .. Point(_device), .. point]);
        using var cipher = new AesGcm(HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 16, salt, [.. "Content-Encoding: aes128gcm\0"u8]), 16);
        var sealedText = body.AsSpan(21 + body[20]);
        var text = new byte[sealedText.Length - 16];
        cipher.Decrypt(HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 12, salt, [.. "Content-Encoding: nonce\0"u8]), sealedText[..^16], sealedText[^16..], text);
        return text[..Array.LastIndexOf(text, (byte)2)];
    }

    static byte[] Point(ECDiffieHellman key)
    {
        var q = key.ExportParameters(includePrivateParameters: false).Q;
        return [4, .. q.X!, .. q.Y!];
    }

    static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
