using Bastide.Abstractions.Identity;
using Bastide.Identity.Credentials;
using Bastide.Identity.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Identity;

/// <summary>
/// The people of the workplace and the addresses of every account. What the actor does not administer answers as what
/// does not exist.
/// </summary>
public sealed class People
{
    /// <summary>The type that changes when the directory's picture of an account does.</summary>
    internal static readonly DataType Type = new("Principal");

    const int MostAliases = 100;
    const string BadQuota = "The quota is a number of octets, or null for none.";
    readonly Database _database;
    readonly Domains _domains;
    readonly Sessions _sessions;
    readonly PasswordHash _hash;
    readonly IReadOnlyList<IAccountListener> _listeners;
    readonly TimeProvider _time;
    readonly Audit _audit;

    internal People(Database database, Domains domains, Sessions sessions, PasswordHash hash, IEnumerable<IAccountListener> listeners, TimeProvider time, Audit audit)
    {
        _database = database;
        _domains = domains;
        _sessions = sessions;
        _hash = hash;
        _listeners = [.. listeners];
        _time = time;
        _audit = audit;
    }

    /// <summary>Adds a person with everything modules make for one, in one transaction.</summary>
    /// <param name="person">Who.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Outcome<Person>> Add(NewPerson person, Actor actor, CancellationToken cancellation)
    {
        if (!TryNewAddress(person.Address, out var address, out var refusal)) return new Outcome<Person>(null, refusal);
        if (Passwords.Check(person.Password, address.ToString()) is { } weak) return new Outcome<Person>(null, weak);
        if (person.Quota < 0) return new Outcome<Person>(null, new Refusal(RefusalKind.Invalid, BadQuota));
        var name = TextOfName(person.Name, address);
        if (name is null) return new Outcome<Person>(null, new Refusal(RefusalKind.Invalid, "The name is too long: use 200 characters or fewer."));
        var hash = await _hash.Make(person.Password, cancellation);
        return await _database.Try(async scope =>
        {
            if (person.IsAdministrator && !await Administrators.MayAll(scope, actor))
                throw new RefusedException(RefusalKind.Forbidden, "Only who administers the whole workplace makes others administrators of it.");
            var account = await Register(scope, AccountKind.User, address, name, person.Quota, actor);
            await PersonTable.Add(scope, account, hash, NewStamp(), _time.GetUtcNow());
            if (person.IsAdministrator) await AdministratorTable.Add(scope, account, null);
            await Announce(scope, account, AccountKind.User, name, address);
            await _audit.Write(scope, "user.add", actor, address.ToString(), address.Domain, person.IsAdministrator ? "administrator" : null);
            return (await PersonTable.Find(scope, account))!;
        }, cancellation);
    }

    /// <summary>The person behind an address, primary or alias.</summary>
    /// <param name="address">The address.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<Outcome<Person>> Find(string address, Actor actor, CancellationToken cancellation) =>
        await _database.Read(async scope => await Visible(scope, address, actor) is { } person
            ? new Outcome<Person>(person, null)
            : new Outcome<Person>(null, NoSuchPerson(address)), cancellation);

    /// <summary>A page of the people the actor administers, by address.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="after">The last address of the page before; empty for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<IReadOnlyList<Person>> List(Actor actor, string after, int limit, CancellationToken cancellation) =>
        await _database.Read(async scope => await PersonTable.Page(scope, await Administrators.DomainsOf(scope, actor), after, limit), cancellation);

    /// <summary>Keeps a person out until <see cref="Enable"/>: their sessions end, mail to them is refused for the moment.</summary>
    /// <param name="address">Their address.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<Refusal?> Disable(string address, Actor actor, CancellationToken cancellation) => Change(address, actor, async (scope, person) =>
    {
        if (person.IsDisabled) return;
        if (actor.Person == person.Account) throw new RefusedException(RefusalKind.Forbidden, "You cannot disable yourself: ask another administrator.");
        await KeepOneAdministrator(scope, person);
        await AccountTable.Update(scope, person.Account, person.Name, person.Quota, disabled: true);
        // App passwords stay for the day the person is enabled again; a disabled account is refused whatever it shows.
        await _sessions.EndAll(scope, person.Account, session => session.Kind != SessionKind.AppPassword, actor, "user.disable");
        await _sessions.Refresh(scope, person.Account);
        await _audit.Write(scope, "user.disable", actor, person.Address, DomainOf(person));
    }, cancellation);

    /// <summary>Lets a disabled person in again.</summary>
    /// <param name="address">Their address.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<Refusal?> Enable(string address, Actor actor, CancellationToken cancellation) => Change(address, actor, async (scope, person) =>
    {
        if (!person.IsDisabled) return;
        await AccountTable.Update(scope, person.Account, person.Name, person.Quota, disabled: false);
        await _sessions.Refresh(scope, person.Account);
        await _audit.Write(scope, "user.enable", actor, person.Address, DomainOf(person));
    }, cancellation);

    /// <summary>Removes a person and everything that is theirs.</summary>
    /// <param name="address">Their address.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<Refusal?> Remove(string address, Actor actor, CancellationToken cancellation) => Change(address, actor, async (scope, person) =>
    {
        if (actor.Person == person.Account) throw new RefusedException(RefusalKind.Forbidden, "You cannot remove yourself: ask another administrator.");
        await KeepOneAdministrator(scope, person);
        await _sessions.EndAll(scope, person.Account, _ => true, actor, "user.remove");
        foreach (var listener in _listeners) await listener.Removing(scope, person.Account);
        await AccountTable.Delete(scope, person.Account);
        await _sessions.Refresh(scope, person.Account);
        await _audit.Write(scope, "user.remove", actor, person.Address, DomainOf(person));
    }, cancellation);

    /// <summary>
    /// Sets a password in a person's stead. Every session ends and every passkey goes, because somebody else may have known
    /// the old one and added theirs; app passwords, which are secrets of their own, stay.
    /// </summary>
    /// <param name="address">Their address.</param>
    /// <param name="password">The new password.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Refusal?> SetPassword(string address, string password, Actor actor, CancellationToken cancellation)
    {
        if (Passwords.Check(password, address) is { } weak) return weak;
        var hash = await _hash.Make(password, cancellation);
        return await Change(address, actor, async (scope, person) =>
        {
            await PersonTable.SetPassword(scope, person.Account, hash, NewStamp(), _time.GetUtcNow());
            await RemovePasskeys(scope, person, actor);
            await _sessions.EndAll(scope, person.Account, session => session.Kind != SessionKind.AppPassword, actor, "user.password");
            await _sessions.Refresh(scope, person.Account);
            await _audit.Write(scope, "user.password", actor, person.Address, DomainOf(person));
        }, cancellation);
    }

    /// <summary>Changes what others read, and the bound on what the person may keep.</summary>
    /// <param name="address">Their address.</param>
    /// <param name="name">The name, or null to leave it.</param>
    /// <param name="quota">The bound in octets, when <paramref name="setQuota"/>; null for none.</param>
    /// <param name="setQuota">Whether the bound is changed.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<Refusal?> Update(string address, string? name, long? quota, bool setQuota, Actor actor, CancellationToken cancellation) => Change(address, actor, async (scope, person) =>
    {
        var text = name is null ? person.Name : TextOfName(name, default) ?? throw new RefusedException(RefusalKind.Invalid, "The name is empty or too long: use 1 to 200 characters.");
        if (setQuota && quota < 0) throw new RefusedException(RefusalKind.Invalid, BadQuota);
        await AccountTable.Update(scope, person.Account, text, setQuota ? quota : person.Quota, person.IsDisabled);
        await scope.Advance(person.Account, Type);
        await _sessions.Refresh(scope, person.Account);
        await _audit.Write(scope, "user.update", actor, person.Address, DomainOf(person));
    }, cancellation);

    /// <summary>Makes a person an administrator of a domain, or of the whole workplace when it is null, or takes it back.</summary>
    /// <param name="address">Their address.</param>
    /// <param name="domain">The domain; null for everything.</param>
    /// <param name="isAdministrator">Whether they are from now on.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<Refusal?> SetAdministrator(string address, string? domain, bool isAdministrator, Actor actor, CancellationToken cancellation) => Change(address, actor, async (scope, person) =>
    {
        if (!await Administrators.MayAll(scope, actor))
            throw new RefusedException(RefusalKind.Forbidden, "Only who administers the whole workplace makes others administrators.");
        if (domain is not null && (!Address.TryParseDomain(domain, out domain) || !await DomainTable.Exists(scope, domain)))
            throw new RefusedException(RefusalKind.NotFound, $"There is no domain {domain}.");
        if (!isAdministrator && domain is null) await KeepOneAdministrator(scope, person);
        if (isAdministrator) await AdministratorTable.Add(scope, person.Account, domain);
        else if (!await AdministratorTable.Remove(scope, person.Account, domain))
            throw new RefusedException(RefusalKind.NotFound, $"{person.Address} does not administer {domain ?? "the whole workplace"}.");
        await _audit.Write(scope, isAdministrator ? "administrator.add" : "administrator.remove", actor, person.Address, domain ?? DomainOf(person), domain ?? "all domains");
    }, cancellation);

    /// <summary>Takes the second factor, its recovery codes and passkeys away, for somebody who lost them; their sessions end.</summary>
    /// <param name="address">Their address.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<Refusal?> RemoveSecondFactor(string address, Actor actor, CancellationToken cancellation) => Change(address, actor, async (scope, person) =>
    {
        await PersonTable.SetTotp(scope, person.Account, null, NewStamp());
        await PersonTable.SetRecoveryCodes(scope, person.Account, []);
        await RemovePasskeys(scope, person, actor);
        await _sessions.EndAll(scope, person.Account, session => session.Kind != SessionKind.AppPassword, actor, "user.second-factor.remove");
        await _sessions.Refresh(scope, person.Account);
        await _audit.Write(scope, "user.second-factor.remove", actor, person.Address, DomainOf(person));
    }, cancellation);

    /// <summary>Gives a person or team one more address.</summary>
    /// <param name="address">An address they have.</param>
    /// <param name="alias">The new one, on a domain the actor administers.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Refusal?> AddAlias(string address, string alias, Actor actor, CancellationToken cancellation)
    {
        if (!TryNewAddress(alias, out var added, out var refusal)) return refusal;
        return await _database.Try(async scope =>
        {
            var entry = await VisibleEntry(scope, address, actor) ?? throw new RefusedException(RefusalKind.NotFound, NoSuchPerson(address).Description);
            await Administrators.CheckMayChange(scope, actor, entry.Account, entry.Address);
            if (entry.Aliases.Count >= MostAliases) throw new RefusedException(RefusalKind.Invalid, $"{entry.Address} has {MostAliases} aliases, which is the most.");
            await CheckDomain(scope, added, actor);
            if (!await AddressTable.Add(scope, added, entry.Account, isPrimary: false, _time.GetUtcNow()))
                throw new RefusedException(RefusalKind.Exists, $"{added} belongs to somebody already.");
            await scope.Advance(entry.Account, Type);
            await _audit.Write(scope, "alias.add", actor, entry.Address, added.Domain, added.ToString());
        }, cancellation);
    }

    /// <summary>Takes an alias away from whoever has it.</summary>
    /// <param name="alias">The alias.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<Refusal?> RemoveAlias(string alias, Actor actor, CancellationToken cancellation) => _database.Try(async scope =>
    {
        // Of the alias's own domain: whose primary address is elsewhere may have it on a domain that is not the actor's.
        if (!Address.TryParse(alias, out var address) || !await Administrators.May(scope, actor, address.Domain)
            || await VisibleEntry(scope, alias, actor) is not { } entry || !entry.Aliases.Contains(address.ToString(), StringComparer.Ordinal))
            throw new RefusedException(RefusalKind.NotFound, $"There is no alias {alias}.");
        await Administrators.CheckMayChange(scope, actor, entry.Account, entry.Address);
        await AddressTable.RemoveAlias(scope, address);
        // A password that was right under that name a moment ago is remembered with it.
        await _sessions.Refresh(scope, entry.Account);
        await scope.Advance(entry.Account, Type);
        await _audit.Write(scope, "alias.remove", actor, entry.Address, address.Domain, address.ToString());
    }, cancellation);

    /// <summary>Makes the account and its primary address.</summary>
    internal async ValueTask<AccountId> Register(WriteScope scope, AccountKind kind, Address address, string name, long? quota, Actor actor)
    {
        await CheckDomain(scope, address, actor);
        var account = await AccountTable.Create(scope, kind, name, quota, _time.GetUtcNow());
        if (!await AddressTable.Add(scope, address, account, isPrimary: true, _time.GetUtcNow()))
            throw new RefusedException(RefusalKind.Exists, $"{address} belongs to somebody already.");
        return account;
    }

    /// <summary>Lets the modules make what an account begins with.</summary>
    internal async ValueTask Announce(WriteScope scope, AccountId account, AccountKind kind, string name, Address address)
    {
        foreach (var listener in _listeners) await listener.Created(scope, account, kind, name, address.ToString());
        await scope.Advance(account, Type);
    }

    /// <summary>Lets the modules remove what they keep, and removes the account.</summary>
    internal async ValueTask Destroy(WriteScope scope, AccountId account)
    {
        foreach (var listener in _listeners) await listener.Removing(scope, account);
        await AccountTable.Delete(scope, account);
    }

    internal static bool TryNewAddress(string text, out Address address, out Refusal refusal)
    {
        refusal = new Refusal(RefusalKind.Invalid, $"'{text}' is not an address; it looks like alice@example.org, without blanks or '+'.");
        return Address.TryParse(text, out address) && !address.LocalPart.Contains('+', StringComparison.Ordinal);
    }

    /// <summary>The name as it is kept, the local part for an empty one; null when it is too long or empty with no local part.</summary>
    internal static string? TextOfName(string name, Address fallback)
    {
        var text = new string([.. name.Where(c => !char.IsControl(c))]).Trim();
        if (text.Length == 0) text = fallback.LocalPart ?? "";
        return text.Length is 0 or > 200 ? null : text;
    }

    internal static string NewStamp() => Guid.NewGuid().ToString("N");

    /// <summary>The entry behind an address when the actor administers its domain.</summary>
    internal static async ValueTask<DirectoryEntry?> VisibleEntry(ReadScope scope, string text, Actor actor)
    {
        if (!Address.TryParse(text, out var address)) return null;
        var entry = await AddressTable.Find(scope, address);
        return entry is not null && await Administrators.May(scope, actor, DomainOf(entry.Address)) ? entry : null;
    }

    /// <summary>The person behind an address, for the actor to change; refused otherwise.</summary>
    internal static async ValueTask<Person> Changeable(ReadScope scope, string address, Actor actor)
    {
        var person = await Visible(scope, address, actor) ?? throw new RefusedException(RefusalKind.NotFound, NoSuchPerson(address).Description);
        await Administrators.CheckMayChange(scope, actor, person.Account, person.Address);
        return person;
    }

    internal static Refusal NoSuchPerson(string address) => new(RefusalKind.NotFound, $"There is nobody with the address {address}.");

    internal static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];

    static string DomainOf(Person person) => DomainOf(person.Address);

    static async ValueTask<Person?> Visible(ReadScope scope, string address, Actor actor) =>
        await VisibleEntry(scope, address, actor) is { Kind: AccountKind.User } entry ? await PersonTable.Find(scope, entry.Account) : null;

    async Task<Refusal?> Change(string address, Actor actor, Func<WriteScope, Person, ValueTask> work, CancellationToken cancellation) =>
        await _database.Try(async scope => await work(scope, await Changeable(scope, address, actor)), cancellation);

    async ValueTask RemovePasskeys(WriteScope scope, Person person, Actor actor)
    {
        if (await PasskeyTable.RemoveAll(scope, person.Account) > 0) await _audit.Write(scope, "passkey.remove", actor, person.Address, DomainOf(person), "all");
    }

    async ValueTask CheckDomain(WriteScope scope, Address address, Actor actor)
    {
        if (!await Administrators.May(scope, actor, address.Domain)) throw new RefusedException(RefusalKind.NotFound, $"There is no domain {address.Domain}.");
        await _domains.KeepPrimary(scope, address.Domain);
        if (!await DomainTable.Exists(scope, address.Domain))
            throw new RefusedException(RefusalKind.NotFound, $"There is no domain {address.Domain}: add it first (bastide domain add {address.Domain}).");
    }

    static async ValueTask KeepOneAdministrator(WriteScope scope, Person person)
    {
        if (!person.IsAdministrator || !(await AdministratorTable.Of(scope, person.Account)).Contains(null)) return;
        if (!await AdministratorTable.IsThereAnother(scope, person.Account))
            throw new RefusedException(RefusalKind.InUse, $"{person.Address} is the last administrator of the workplace: make another one first.");
    }
}
