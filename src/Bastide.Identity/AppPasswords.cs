using System.Security.Cryptography;
using System.Text;
using Bastide.Identity.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Identity;

/// <summary>
/// Passwords for one program each: made here, shown once, limited to apps, ended alone. Each is 100 random bits, so that
/// its plain SHA-256 keeps it and checking one costs nothing.
/// </summary>
public sealed class AppPasswords
{
    const int Most = 100;
    readonly Database _database;
    readonly Sessions _sessions;
    readonly Audit _audit;

    internal AppPasswords(Database database, Sessions sessions, Audit audit)
    {
        _database = database;
        _sessions = sessions;
        _audit = audit;
    }

    /// <summary>Makes one for a person.</summary>
    /// <param name="address">The person's address.</param>
    /// <param name="label">What it is called in their list.</param>
    /// <param name="scopes">The apps it may be used for; empty for all of them. Administration is never among them.</param>
    /// <param name="actor">Who does it: an administrator, or the person.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Outcome<NewAppPassword>> Add(string address, string label, IReadOnlyCollection<string> scopes, Actor actor, CancellationToken cancellation)
    {
        label = label.Trim();
        if (label.Length is 0 or > 100) return Refuse("Give the app password a label of 1 to 100 characters, such as the program's name.");
        if (scopes.FirstOrDefault(scope => !Scopes.Apps.Contains(scope)) is { } unknown) return Refuse($"'{unknown}' is not an app; the apps are {string.Join(", ", Scopes.Apps)}.");
        var secret = Passwords.Generate();
        return await _database.Try(async scope =>
        {
            var entry = await Changeable(scope, address, actor);
            if (await AppPasswordTable.CountOf(scope, entry.Account) >= Most) throw new RefusedException(RefusalKind.Invalid, $"There are {Most} app passwords, which is the most: end some that are not used.");
            var covered = scopes.Count == 0 ? Scopes.Apps : scopes;
            var session = await _sessions.Begin(scope, entry.Account, SessionKind.AppPassword, label, covered, null);
            await AppPasswordTable.Add(scope, Hash(secret)!, session, entry.Account, label, Scopes.Join(covered));
            await _audit.Write(scope, "app-password.add", actor, entry.Address, People.DomainOf(entry.Address), label, session: session);
            return new NewAppPassword(session, secret);
        }, cancellation);
    }

    /// <summary>A person's app passwords, the newest first.</summary>
    /// <param name="address">The person's address.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<Outcome<IReadOnlyList<AppPassword>>> List(string address, Actor actor, CancellationToken cancellation)
    {
        try
        {
            return new Outcome<IReadOnlyList<AppPassword>>(
                await _database.Read(async scope => await AppPasswordTable.Of(scope, (await Changeable(scope, address, actor)).Account), cancellation), null);
        }
        catch (RefusedException refused)
        {
            return new Outcome<IReadOnlyList<AppPassword>>(null, refused.Refusal);
        }
    }

    /// <summary>The stored form of a secret; null for what cannot be an app password.</summary>
    internal static byte[]? Hash(string secret) => Passwords.AppPasswordForm(secret) is { } form ? SHA256.HashData(Encoding.ASCII.GetBytes(form)) : null;

    static Outcome<NewAppPassword> Refuse(string description) => new(null, new Refusal(RefusalKind.Invalid, description));

    static async ValueTask<Abstractions.Identity.DirectoryEntry> Changeable(ReadScope scope, string address, Actor actor)
    {
        var own = actor.Person is not null && Address.TryParse(address, out var parsed) && (await AddressTable.Owner(scope, parsed))?.Account == actor.Person
            ? await AddressTable.Find(scope, actor.Person.Value)
            : null;
        var entry = own ?? await People.VisibleEntry(scope, address, actor);
        if (entry is not { Kind: AccountKind.User }) throw new RefusedException(RefusalKind.NotFound, People.NoSuchPerson(address).Description);
        await Administrators.CheckMayChange(scope, actor, entry.Account, entry.Address);
        return entry;
    }
}
