using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Bastide.Platform.Accounts;

namespace Bastide.Identity.Credentials;

/// <summary>
/// Passwords and app passwords that were right a moment ago, so that programs which send theirs with each request do not pay
/// for the hash and the look-ups each time. Known by an HMAC under a key that dies with the process; forgotten after a few minutes, and at once when
/// anything of the account is revoked or changes.
/// </summary>
sealed class VerifiedCredentials : IDisposable
{
    const int Most = 20_000;
    static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);
    readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    readonly ConcurrentDictionary<UInt128, Entry> _entries = new();
    readonly SessionWatch _watch;
    readonly TimeProvider _time;

    public VerifiedCredentials(SessionWatch watch, TimeProvider time)
    {
        _watch = watch;
        _time = time;
        watch.AccountForgotten += Forget;
    }

    /// <summary>Whose password this is, when that was found out a moment ago: the account, and of an app password its session.</summary>
    public (AccountId Account, long? Session)? Find(string user, string password, out UInt128 key)
    {
        key = KeyOf(user, password);
        if (!_watch.IsFollowing || !_entries.TryGetValue(key, out var entry)) return null;
        if (_time.GetElapsedTime(entry.At) < Kept) return (entry.Account, entry.Session);
        _entries.TryRemove(key, out _);
        return null;
    }

    /// <summary>Keeps it, unless something was revoked since <paramref name="version"/> was read.</summary>
    public void Keep(UInt128 key, AccountId account, long? session, long version)
    {
        if (_entries.Count >= Most) _entries.Clear();
        _entries[key] = new Entry(account, session, _time.GetTimestamp());
        if (version != _watch.Version) _entries.TryRemove(key, out _);
    }

    public void Dispose() => _watch.AccountForgotten -= Forget;

    void Forget(AccountId account)
    {
        foreach (var (key, entry) in _entries)
            if (entry.Account == account)
                _entries.TryRemove(key, out _);
    }

    UInt128 KeyOf(string user, string password)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{user}\0{password}"), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    readonly record struct Entry(AccountId Account, long? Session, long At);
}
