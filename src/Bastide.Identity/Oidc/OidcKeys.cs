using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Bastide.Platform.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;

namespace Bastide.Identity.Oidc;

/// <summary>
/// The keys of the authorization server, in <c>keys</c> of the data directory, encrypted with the Data Protection keys
/// beside them. A pair lasts a quarter: the next one is made, and published, a week before it is used, and an old one is
/// kept for as long as anything signed or encrypted with it may still be shown.
/// </summary>
sealed class OidcKeys(BastideSettings settings, IDataProtectionProvider protection, TimeProvider time)
{
    static readonly TimeSpan Lasts = TimeSpan.FromDays(90);
    static readonly TimeSpan MadeAhead = TimeSpan.FromDays(7);
    static readonly TimeSpan KeptAfter = TimeSpan.FromDays(60);
    readonly Lock _lock = new();
    readonly string _directory = Path.Combine(settings.Data, "keys");
    readonly IDataProtector _protector = protection.CreateProtector("Bastide.Identity.Oidc.Keys");
    IReadOnlyList<OidcKey>? _keys;

    /// <summary>The keys, that in use first.</summary>
    public IReadOnlyList<OidcKey> All
    {
        get
        {
            lock (_lock) return _keys ??= Load();
        }
    }

    /// <summary>Makes the next pair when its time comes and forgets pairs nobody needs; true when the set changed.</summary>
    public bool Rotate()
    {
        lock (_lock)
        {
            var before = _keys;
            _keys = Load();
            return before is not null && !before.Select(k => k.Id).SequenceEqual(_keys.Select(k => k.Id));
        }
    }

    List<OidcKey> Load()
    {
        Directory.CreateDirectory(_directory);
        var now = time.GetUtcNow();
        var keys = Directory.EnumerateFiles(_directory, "oidc-*.key").Select(Read).OrderBy(k => k.UsedFrom).ToList();
        if (keys.Count == 0) keys.Add(Make(now));
        if (keys[^1].UsedFrom + Lasts - MadeAhead <= now)
        {
            var next = keys[^1].UsedFrom + Lasts;
            keys.Add(Make(next > now ? next : now));
        }

        var current = keys.FindLastIndex(k => k.UsedFrom <= now);
        if (current < 0) current = 0;
        foreach (var old in keys.Take(current).Where(k => keys[keys.IndexOf(k) + 1].UsedFrom + KeptAfter < now).ToList())
        {
            File.Delete(PathOf(old.Id));
            keys.Remove(old);
            current--;
        }

        return [keys[current], .. keys.Where((_, i) => i != current).OrderByDescending(k => k.UsedFrom)];
    }

    OidcKey Make(DateTimeOffset usedFrom)
    {
        using var rsa = RSA.Create(2048);
        var stored = new StoredKey(usedFrom.ToUnixTimeSeconds(), rsa.ExportPkcs8PrivateKey(), RandomNumberGenerator.GetBytes(32));
        var id = usedFrom.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var draft = Path.Combine(_directory, Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        {
            file.Write(_protector.Protect(JsonSerializer.SerializeToUtf8Bytes(stored)));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, PathOf(id), overwrite: false);
        }
        catch (IOException) when (File.Exists(PathOf(id)))
        {
            // Another process of the same data directory was a moment quicker: its pair is the one.
            File.Delete(draft);
        }

        return Read(PathOf(id));
    }

    OidcKey Read(string path)
    {
        var id = Path.GetFileNameWithoutExtension(path)["oidc-".Length..];
        try
        {
            var stored = JsonSerializer.Deserialize<StoredKey>(_protector.Unprotect(File.ReadAllBytes(path)))!;
            var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(stored.Signing, out _);
            return new OidcKey(
                id,
                DateTimeOffset.FromUnixTimeSeconds(stored.UsedFrom),
                new RsaSecurityKey(rsa) { KeyId = id },
                new SymmetricSecurityKey(stored.Encryption) { KeyId = id });
        }
        catch (CryptographicException exception)
        {
            throw new SettingsException($"{path} cannot be read: it belongs with the other files of keys/ that were there when it was made. Restore them together, or remove it and everybody signs in again. ({exception.Message})");
        }
    }

    string PathOf(string id) => Path.Combine(_directory, $"oidc-{id}.key");

    sealed record StoredKey(long UsedFrom, byte[] Signing, byte[] Encryption);
}
