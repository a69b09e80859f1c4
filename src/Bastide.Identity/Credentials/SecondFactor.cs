using System.Net;
using System.Security.Cryptography;
using System.Text;
using Bastide.Abstractions.Identity;
using Bastide.Identity.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Microsoft.AspNetCore.DataProtection;

namespace Bastide.Identity.Credentials;

/// <summary>
/// Codes of an authenticator app, and recovery codes for when it is lost. Wrong ones wait longer and longer. A code
/// works once.
/// </summary>
sealed class SecondFactor(Database database, Throttle throttle, PasswordCheck check, IDataProtectionProvider protection, Sessions sessions, TimeProvider time, Audit audit)
{
    const int RecoveryCodes = 10;
    readonly IDataProtector _protector = protection.CreateProtector("Bastide.Identity.Totp");

    /// <summary>Compares a code. The method names what it was, for the audit log.</summary>
    public async ValueTask<(SignInFailure Failure, TimeSpan RetryAfter, string? Method)> Check(PersonCredentials person, string code, IPAddress remote, string? device, CancellationToken cancellation)
    {
        var who = PasswordCheck.WhoOf(person);
        var origin = await check.OriginOf(person, remote, device, cancellation);
        var (attempt, retryAfter) = await throttle.BeginCode(who, origin, cancellation);
        if (attempt is null) return (SignInFailure.TooMany, retryAfter, null);
        using (attempt)
        {
            if (await Take(person, code, cancellation) is { } method)
            {
                await throttle.SucceededCode(who, origin, cancellation);
                return (SignInFailure.None, default, method);
            }

            await check.FailedCode(person, "web", origin, cancellation);
            return (SignInFailure.Invalid, default, null);
        }
    }

    /// <summary>Whether a code comes from the app that holds this key, for setting it up; the step is not used up.</summary>
    public bool IsCodeOf(byte[] key, string code) => Totp.StepOf(key, code, time.GetUtcNow()) is not null;

    /// <summary>Turns the second factor on and answers the recovery codes, which are shown this once.</summary>
    public async Task<IReadOnlyList<string>> TurnOn(AccountId account, byte[] key, Actor actor, long keep, CancellationToken cancellation)
    {
        var codes = NewCodes();
        await database.Write(async scope =>
        {
            await PersonTable.SetTotp(scope, account, _protector.Protect(Convert.ToBase64String(key)), People.NewStamp());
            await PersonTable.SetRecoveryCodes(scope, account, [.. codes.Select(HashOf)]);
            // Sessions of the bare password could not be begun any more: those that were are over.
            await sessions.EndAll(scope, account, session => session.Kind == SessionKind.Password, actor, "second-factor.on");
            await sessions.Refresh(scope, account);
            await audit.Write(scope, "second-factor.on", actor, actor.Name, People.DomainOf(actor.Name), session: keep);
        }, cancellation);
        return codes;
    }

    public Task TurnOff(AccountId account, Actor actor, CancellationToken cancellation) => database.Write(async scope =>
    {
        await PersonTable.SetTotp(scope, account, null, People.NewStamp());
        await PersonTable.SetRecoveryCodes(scope, account, []);
        await sessions.Refresh(scope, account);
        await audit.Write(scope, "second-factor.off", actor, actor.Name, People.DomainOf(actor.Name));
    }, cancellation);

    /// <summary>Replaces the recovery codes.</summary>
    public async Task<IReadOnlyList<string>> RenewCodes(AccountId account, Actor actor, CancellationToken cancellation)
    {
        var codes = NewCodes();
        await database.Write(async scope =>
        {
            await PersonTable.SetRecoveryCodes(scope, account, [.. codes.Select(HashOf)]);
            await audit.Write(scope, "recovery-codes.renew", actor, actor.Name, People.DomainOf(actor.Name));
        }, cancellation);
        return codes;
    }

    async ValueTask<string?> Take(PersonCredentials person, string code, CancellationToken cancellation)
    {
        if (person.TotpKey is null || code.Length is 0 or > 40) return null;
        var key = Convert.FromBase64String(_protector.Unprotect(person.TotpKey));
        if (Totp.StepOf(key, code, time.GetUtcNow()) is { } step)
            return await database.Write(scope => PersonTable.TakeTotpStep(scope, person.Account, step), cancellation) ? "password, code" : null;
        if (Normalise(code) is not { } recovery) return null;
        return await database.Write(scope => PersonTable.TakeRecoveryCode(scope, person.Account, HashOf(recovery)), cancellation) ? "password, recovery code" : null;
    }

    // 50 random bits each, behind the password and the delays of wrong attempts.
    static List<string> NewCodes() => [.. Enumerable.Range(0, RecoveryCodes).Select(_ => Passwords.Random(groups: 2, size: 5))];

    static string? Normalise(string code)
    {
        var letters = new string([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);
        return letters.Length == 10 ? letters : null;
    }

    static byte[] HashOf(string code) => SHA256.HashData(Encoding.ASCII.GetBytes(Normalise(code) ?? ""));
}
