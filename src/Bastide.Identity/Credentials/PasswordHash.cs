using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Bastide.Identity.Credentials;

/// <summary>
/// Argon2id (RFC 9106) with the first parameters OWASP recommends: 19 MiB, two passes, one lane, kept as a PHC string so
/// that a stronger cost is taken up at the next sign-in. libsodium needs 25 ms of one core for it here; managed
/// implementations of the same need 140, and PBKDF2-SHA256 at 600,000 rounds 290 for far less work on an attacker's
/// graphics card. A hash holds 19 MiB, so no more run at once than there are cores, and no more wait than can be served soon.
/// </summary>
sealed class PasswordHash : IDisposable
{
    const int MemoryKibibytes = 19_456;
    const int Passes = 2;
    const int SaltSize = 16;
    const int HashSize = 32;
    const int MostWaiting = 128;
    const string Algorithm = "argon2id";
    readonly SemaphoreSlim _slots = new(Math.Clamp(Environment.ProcessorCount, 1, 8));
    readonly string _nobodys = Compute(Guid.NewGuid().ToString(), RandomNumberGenerator.GetBytes(SaltSize), MemoryKibibytes, Passes);
    int _waiting;

    /// <summary>The algorithm and its cost, for people.</summary>
    public static string Cost => string.Create(CultureInfo.InvariantCulture, $"Argon2id, {MemoryKibibytes / 1024} MiB, {Passes} passes, 1 lane");

    /// <summary>The stored form of a new password.</summary>
    public async ValueTask<string> Make(string password, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);
        try
        {
            return Compute(password, RandomNumberGenerator.GetBytes(SaltSize), MemoryKibibytes, Passes);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>
    /// Compares; takes as long when there is nothing to compare with. Null when too many wait already: then nothing was
    /// compared and the answer is to come back.
    /// </summary>
    public async ValueTask<PasswordVerdict?> Verify(string password, string? stored, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        try
        {
            await _slots.WaitAsync(cancellation);
            try
            {
                return Compare(password, stored ?? _nobodys) is var verdict && stored is null ? PasswordVerdict.Wrong : verdict;
            }
            finally
            {
                _slots.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _slots.Dispose();

    static PasswordVerdict Compare(string password, string stored)
    {
        // $argon2id$v=19$m=19456,t=2,p=1$salt$hash
        if (stored.Split('$') is not ["", Algorithm, "v=19", var cost, var salt, var hash]) return PasswordVerdict.Wrong;
        if (cost.Split(',') is not [['m', '=', .. var m], ['t', '=', .. var t], "p=1"]) return PasswordVerdict.Wrong;
        var memory = int.Parse(m, NumberStyles.None, CultureInfo.InvariantCulture);
        var passes = int.Parse(t, NumberStyles.None, CultureInfo.InvariantCulture);
        var computed = Compute(password, FromBase64(salt), memory, passes);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(computed), Encoding.ASCII.GetBytes(stored))) return PasswordVerdict.Wrong;
        return memory == MemoryKibibytes && passes == Passes ? PasswordVerdict.Right : PasswordVerdict.RightButWeaklyKept;
    }

    static string Compute(string password, byte[] salt, int memory, int passes)
    {
        var algorithm = new Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = memory, NumberOfPasses = passes });
        var hash = algorithm.DeriveBytes(Bytes(password), salt, HashSize);
        return string.Create(CultureInfo.InvariantCulture, $"${Algorithm}$v=19$m={memory},t={passes},p=1${ToBase64(salt)}${ToBase64(hash)}");
    }

    /// <summary>One form for the keyboards that compose accents and those that do not (RFC 8265 §4.2.2).</summary>
    static byte[] Bytes(string password)
    {
        try
        {
            return Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormC));
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8.GetBytes(password);
        }
    }

    static string ToBase64(byte[] octets) => Convert.ToBase64String(octets).TrimEnd('=');

    static byte[] FromBase64(string text) => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
}
