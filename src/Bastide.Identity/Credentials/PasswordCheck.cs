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
        var isKnown = person is not null && await IsKnown(person, remote, device, cancellation);
        var (attempt, retryAfter) = await throttle.Begin(who, remote, isKnown, cancellation);
        if (attempt is null) return new PasswordOutcome(null, SignInFailure.TooMany, retryAfter);
        using (attempt)
        {
            var verdict = await hash.Verify(password, person?.PasswordHash, cancellation);
            if (verdict is null) return new PasswordOutcome(null, SignInFailure.TooMany, TimeSpan.FromSeconds(2));
            if (verdict == PasswordVerdict.Wrong || person is null)
            {
                await Failed(user, person, protocol, remote, "password", cancellation);
                return new PasswordOutcome(null, SignInFailure.Invalid, default);
            }

            if (verdict == PasswordVerdict.RightButWeaklyKept)
            {
                var anew = await hash.Make(password, cancellation);
                await database.Write(scope => PersonTable.ReplaceHash(scope, person.Account, person.PasswordHash!, anew), cancellation);
            }

            if (person.IsDisabled)
            {
                await Failed(user, person, protocol, remote, "disabled", cancellation);
                return new PasswordOutcome(null, SignInFailure.Disabled, default);
            }

            await throttle.Succeeded(who, remote, cancellation);
            return new PasswordOutcome(person, SignInFailure.None, default);
        }
    }

    /// <summary>Counts and audits a wrong attempt of any factor.</summary>
    public Task Failed(string user, PersonCredentials? person, string protocol, IPAddress remote, string factor, CancellationToken cancellation) => database.Write(async scope =>
    {
        await throttle.Failed(scope, WhoOf(user, person), remote);
        var actor = person is null ? Actor.Nobody(user, remote) : Actor.Self(person.Account, person.Address, remote);
        var domain = person is null ? null : People.DomainOf(person.Address);
        await audit.Write(scope, "sign-in", actor, person?.Address ?? user, domain, $"{protocol} {factor}", Audit.Refused);
    }, cancellation);

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

    /// <summary>Whether the person signed in from this browser or address before.</summary>
    public ValueTask<bool> IsKnown(PersonCredentials person, IPAddress remote, string? device, CancellationToken cancellation) => database.Read(
        async scope => (device is { Length: > 0 and < 200 } && await DeviceTable.IsKnown(scope, DeviceHash(device), person.Account))
            || await DeviceTable.IsKnownAddress(scope, person.Account, SessionWatch.TextOf(remote)), cancellation);
}
