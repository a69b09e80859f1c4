using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Bastide.Platform.Settings;

namespace Bastide.Protocols.Jmap.Push;

/// <summary>
/// Says to push services who is pushing (VAPID, RFC 8292). The key is made once and kept in the data directory: devices
/// subscribe for it (RFC 9749), so that another key would need new subscriptions.
/// </summary>
sealed class Vapid : IDisposable
{
    static readonly TimeSpan Validity = TimeSpan.FromHours(12);
    static readonly string Header = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);
    readonly Lock _lock = new();
    readonly ECDsa _key;
    readonly string _contact;
    readonly TimeProvider _time;

    /// <summary>Reads the key, or makes it.</summary>
    public Vapid(BastideSettings settings, TimeProvider time)
    {
        _time = time;
        _contact = "mailto:postmaster@" + settings.Domain;
        _key = ECDsa.Create();
        _key.ImportFromPem(Load(Path.Combine(settings.Data, "web-push.pem")));
        PublicKey = Base64Url.EncodeToString(WebPushEncryption.Point(_key.ExportParameters(includePrivateParameters: false).Q));
    }

    /// <summary>The public key as devices and push services want it: an uncompressed point in base64url.</summary>
    public string PublicKey { get; }

    /// <summary>The value of <c>Authorization</c> for a message to this resource. RFC 8292 §2, §3.</summary>
    public string Authorization(Uri resource)
    {
        var claims = new JsonObject
        {
            ["aud"] = resource.GetLeftPart(UriPartial.Authority),
            ["exp"] = (_time.GetUtcNow() + Validity).ToUnixTimeSeconds(),
            ["sub"] = _contact,
        };
        var signed = Header + "." + Base64Url.EncodeToString(JmapJson.ToOctets(claims).Span);
        byte[] signature;
        lock (_lock) signature = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"vapid t={signed}.{Base64Url.EncodeToString(signature)}, k={PublicKey}";
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    static string Load(string path)
    {
        if (File.Exists(path)) return File.ReadAllText(path);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var draft = path + "." + Path.GetRandomFileName();
        using (var file = new FileStream(draft, options))
        {
            file.Write(Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another node with the same directory was first: its key it is.
            File.Delete(draft);
        }

        return File.ReadAllText(path);
    }
}
