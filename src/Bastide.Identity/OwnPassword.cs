using System.Net;
using Bastide.Abstractions.Identity;
using Bastide.Identity.Credentials;
using Bastide.Identity.Store;
using Bastide.Platform.Db;

namespace Bastide.Identity;

/// <summary>
/// A person changes their own password. Whoever knew the old one is out: every other browser, every application they let
/// in, every program that signs in with the password. The browser that did it stays, with the web client begun from it.
/// App passwords and passkeys are secrets of their own and stay, unless the person says that they too may be somebody else's.
/// </summary>
sealed class OwnPassword(Database database, PasswordCheck check, PasswordHash hash, Sessions sessions, TimeProvider time, Audit audit)
{
    /// <summary>Compares the current password, with the delays of every attempt, and sets the new one.</summary>
    public async Task<PasswordOutcome> Change(PersonCredentials person, long session, string current, string replacement, bool endAppPasswords, bool removePasskeys, IPAddress remote, string? device, CancellationToken cancellation)
    {
        var outcome = await check.Run(person.Address, person, current, "web", remote, device, cancellation);
        if (outcome.Failure != SignInFailure.None) return outcome;
        var stored = await hash.Make(replacement, cancellation);
        var actor = Actor.Self(person.Account, person.Address, remote);
        await database.Write(async scope =>
        {
            await PersonTable.SetPassword(scope, person.Account, stored, People.NewStamp(), time.GetUtcNow());
            if (removePasskeys && await PasskeyTable.RemoveAll(scope, person.Account) > 0)
                await audit.Write(scope, "passkey.remove", actor, person.Address, People.DomainOf(person.Address), "all", session: session);
            await sessions.EndAll(scope, person.Account, other => MustEnd(other, session, endAppPasswords), actor, "password changed");
            await sessions.Refresh(scope, person.Account);
            await audit.Write(scope, "password", actor, person.Address, People.DomainOf(person.Address), session: session);
        }, cancellation);
        return outcome;
    }

    static bool MustEnd(Session other, long kept, bool endAppPasswords) => other.Kind switch
    {
        SessionKind.AppPassword => endAppPasswords,
        _ when other.Id == kept => false,
        SessionKind.Authorization => other.Parent != kept || other.ClientId != FirstParty.WebClientId,
        _ => true,
    };
}
