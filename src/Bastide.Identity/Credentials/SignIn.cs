using System.Collections.Frozen;
using System.Net;
using Bastide.Abstractions.Identity;
using Bastide.Identity.Oidc;
using Bastide.Identity.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Identity.Credentials;

/// <summary>
/// Authenticates every protocol but the sign-in pages. An app password costs some look-ups the first time and nothing for some
/// minutes after; the account's password costs a hash the first time and a look-up for some minutes after. Where a second factor is set up the account's password
/// alone is not enough, and these protocols have no place for a code: they take app passwords and tokens.
/// </summary>
sealed class SignIn(Database database, PasswordCheck check, VerifiedCredentials verified, AccessTokens tokens, Sessions sessions, SessionWatch watch, Throttle throttle, Audit audit) : ISignIn
{
    static readonly SignInResult Refused = new(null, SignInFailure.Invalid);

    public async ValueTask<SignInResult> WithPassword(string user, string password, string protocol, IPAddress remote, CancellationToken cancellation)
    {
        if (user.Length > 400 || password.Length > Passwords.Longest) return Refused;
        if (verified.Find(user, password, out var key) is { } known)
        {
            if (known.Session is not { } open) return await WithVerified(known.Account, protocol, remote, cancellation);
            if (await watch.Find(open, cancellation) is { } used) return WithSession(used, protocol, remote);
        }

        var version = watch.Version;
        var person = await check.Find(user, cancellation);
        if (AppPasswords.Hash(password) is { } hash && person is not null
            && await database.Read(scope => AppPasswordTable.Find(scope, person.Account, hash), cancellation) is { } session)
        {
            var answer = await WithAppPassword(person, session, protocol, remote, cancellation);
            if (answer.Caller is not null) verified.Keep(key, person.Account, session, version);
            return answer;
        }

        var outcome = await check.Run(user, person, password, protocol, remote, device: null, cancellation);
        if (outcome.Person is null) return new SignInResult(null, outcome.Failure, outcome.RetryAfter);
        if (outcome.Person.HasSecondFactor)
        {
            await check.Failed(user, outcome.Person, protocol, new SignInOrigin(remote), "password without second factor", cancellation);
            return Refused;
        }

        verified.Keep(key, outcome.Person.Account, null, version);
        return await WithVerified(outcome.Person.Account, protocol, remote, cancellation);
    }

    public async ValueTask<SignInResult> WithToken(string token, string protocol, IPAddress remote, CancellationToken cancellation)
    {
        var validated = await tokens.Validate(token, cancellation);
        if (validated.Token is not { } valid) return new SignInResult(null, validated.IsExpired ? SignInFailure.Expired : SignInFailure.Invalid);
        if (await watch.Find(valid.Session, cancellation) is not { } session || session.Account != valid.Account) return Refused;
        if (!Scopes.Cover(valid.Scopes, protocol)) return new SignInResult(null, SignInFailure.Scope);
        watch.Seen(session, remote);
        return new SignInResult(session.Caller(valid.Scopes));
    }

    public CancellationToken Revoked(long session) => watch.Revoked(session);

    async ValueTask<SignInResult> WithAppPassword(PersonCredentials person, long id, string protocol, IPAddress remote, CancellationToken cancellation)
    {
        if (await watch.Find(id, cancellation) is not { } session) return person.IsDisabled ? new SignInResult(null, SignInFailure.Disabled) : Refused;
        if (!Scopes.Cover(session.Scopes, protocol)) return new SignInResult(null, SignInFailure.Scope);
        await throttle.Succeeded(PasswordCheck.WhoOf(person), new SignInOrigin(remote), cancellation);
        return WithSession(session, protocol, remote);
    }

    SignInResult WithSession(LiveSession session, string protocol, IPAddress remote)
    {
        if (!Scopes.Cover(session.Scopes, protocol)) return new SignInResult(null, SignInFailure.Scope);
        watch.Seen(session, remote);
        return new SignInResult(session.Caller(session.Scopes));
    }

    /// <summary>The password was right: finds or begins the session that stands for its use on the protocol from this address.</summary>
    async ValueTask<SignInResult> WithVerified(AccountId account, string protocol, IPAddress remote, CancellationToken cancellation)
    {
        var client = protocol.ToUpperInvariant();
        var address = SessionWatch.TextOf(remote);
        var id = await database.Read(scope => SessionTable.OfPassword(scope, account, client, address), cancellation)
            ?? await Begin(account, client, address, protocol, remote, cancellation);
        if (id is null || await watch.Find(id.Value, cancellation) is not { } session) return new SignInResult(null, SignInFailure.Disabled);
        watch.Seen(session, remote);
        return new SignInResult(session.Caller(Caller.AllScopes));
    }

    Task<long?> Begin(AccountId account, string client, string address, string protocol, IPAddress remote, CancellationToken cancellation) => database.Write<long?>(async scope =>
    {
        if (await PersonTable.Credentials(scope, account) is not { IsDisabled: false } person) return null;
        if (await SessionTable.OfPassword(scope, account, client, address) is { } begun) return begun;
        var id = await sessions.Begin(scope, account, SessionKind.Password, client, Caller.AllScopes, remote);
        await audit.Write(scope, "sign-in", Actor.Self(account, person.Address, remote), person.Address, People.DomainOf(person.Address), $"{protocol} password", session: id);
        return id;
    }, cancellation);
}
