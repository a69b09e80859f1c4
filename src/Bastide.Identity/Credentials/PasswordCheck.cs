using System.Net;
using System.Security.Cryptography;
using System.Text;
using Bastide.Abstractions.Identity;
using Bastide.Identity.Store;
using Bastide.Platform.Db;

namespace Bastide.Identity.Credentials;

/// <summary>
/// Compares a name and a password, for the sign-in page and for every protocol: counted, delayed, audited, and as slow
/// for a name that does not exist.
/// </summary>
sealed class PasswordCheck(Database database, Domains domains, PasswordHash hash, Throttle throttle, Audit audit)
{
    /// <summary>Whose credentials a user name stands for, by primary address or alias; null for nobody.</summary>
    public ValueTask<PersonCredentials?> Find(string user, CancellationToken cancellation)
    {
        if (!Address.TryParseUser(user, domains.Primary, out var address)) return ValueTask.FromResult<PersonCredentials?>(null);
        return database.Read(async scope => await AddressTable.Owner(scope, address) is { } owner ? await PersonTable.Credentials(scope, owner.Account) : null, cancellation);
    }

    /// <summary>Compares. <paramref name="device"/> is the cookie of a browser that signed in before, if any.</summary>
    public async ValueTask<PasswordOutcome> Run(string user, PersonCredentials? person, string password, string protocol, IPAddress remote, string? device, CancellationToken cancellation)
    {
        var who = WhoOf(user, person);
        var origin = person is null ? new SignInOrigin(remote) : await OriginOf(person, remote, device, cancellation);
        var (attempt, retryAfter) = await throttle.Begin(who, origin, cancellation);
        if (attempt is null) return new PasswordOutcome(null, SignInFailure.TooMany, retryAfter);
        using (attempt)
        {
            var verdict = await hash.Verify(password, person?.PasswordHash, cancellation);
            if (verdict is null) return new PasswordOutcome(null, SignInFailure.TooMany, TimeSpan.FromSeconds(2));
            if (verdict == PasswordVerdict.Wrong || person is null)
            {
                await Failed(user, person, protocol, origin, "password", cancellation);
                return new PasswordOutcome(null, SignInFailure.Invalid, default);
            }

            if (verdict == PasswordVerdict.RightButWeaklyKept)
            {
                var anew = await hash.Make(password, cancellation);
                await database.Write(scope => PersonTable.ReplaceHash(scope, person.Account, person.PasswordHash!, anew), cancellation);
            }

            if (person.IsDisabled)
            {
                await Failed(user, person, protocol, origin, "disabled", cancellation);
                return new PasswordOutcome(null, SignInFailure.Disabled, default);
            }

            await throttle.Succeeded(who, origin, cancellation);
            return new PasswordOutcome(person, SignInFailure.None, default);
        }
    }

    /// <summary>Counts and audits a wrong attempt.</summary>
    public Task Failed(string user, PersonCredentials? person, string protocol, SignInOrigin origin, string factor, CancellationToken cancellation) => database.Write(async scope =>
    {
        await throttle.Failed(scope, WhoOf(user, person), origin);
        await Note(scope, user, person, origin.Remote, $"{protocol} {factor}");
    }, cancellation);

    /// <summary>The same for a code of the second factor.</summary>
    public Task FailedCode(PersonCredentials person, string protocol, SignInOrigin origin, CancellationToken cancellation) => database.Write(async scope =>
    {
        await throttle.FailedCode(scope, WhoOf(person), origin);
        await Note(scope, person.Address, person, origin.Remote, $"{protocol} code");
    }, cancellation);

    /// <summary>Audits a wrong attempt that counts nowhere.</summary>
    public Task Note(string user, PersonCredentials? person, IPAddress remote, string detail, CancellationToken cancellation) =>
        database.Write(scope => Note(scope, user, person, remote, detail), cancellation);

    ValueTask Note(WriteScope scope, string user, PersonCredentials? person, IPAddress remote, string detail)
    {
        var actor = person is null ? Actor.Nobody(user, remote) : Actor.Self(person.Account, person.Address, remote);
        var domain = person is null ? null : People.DomainOf(person.Address);
        return audit.Write(scope, "sign-in", actor, person?.Address ?? user, domain, detail, Audit.Refused);
    }

    /// <summary>The stored form of a browser's cookie.</summary>
    public static byte[] DeviceHash(string device) => SHA256.HashData(Encoding.UTF8.GetBytes(device));

    /// <summary>What the wrong attempts of a person are counted under.</summary>
    public static string WhoOf(PersonCredentials person) => person.Account.ToString();

    /// <summary>The same for a name that may be nobody's: its spellings count as one, as those of a person's address do.</summary>
    string WhoOf(string user, PersonCredentials? person)
    {
        if (person is not null) return WhoOf(person);
        var name = Address.TryParseUser(user, domains.Primary, out var address) ? address.ToString() : user.Trim().ToLowerInvariant();
        return "name:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 12));
    }

    /// <summary>What is known of where an attempt at the person's account comes from.</summary>
    public ValueTask<SignInOrigin> OriginOf(PersonCredentials person, IPAddress remote, string? device, CancellationToken cancellation) => database.Read(async scope =>
    {
        if (device is { Length: > 0 and < 200 } && DeviceHash(device) is var hash && await DeviceTable.IsKnown(scope, hash, person.Account))
            return new SignInOrigin(remote, Convert.ToHexStringLower(hash), IsKnown: true);
        return new SignInOrigin(remote, IsKnown: await DeviceTable.IsKnownAddress(scope, person.Account, SessionWatch.TextOf(remote)));
    }, cancellation);
}
