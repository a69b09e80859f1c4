using Bastide.Identity.Store;
using Bastide.Platform.Db;
using Bastide.Platform.Settings;

namespace Bastide.Identity;

/// <summary>The domains whose mail is delivered here. Only who administers the whole workplace adds and removes them.</summary>
public sealed class Domains
{
    readonly Database _database;
    readonly BastideSettings _settings;
    readonly TimeProvider _time;
    readonly Audit _audit;

    internal Domains(Database database, BastideSettings settings, TimeProvider time, Audit audit)
    {
        _database = database;
        _settings = settings;
        _time = time;
        _audit = audit;
    }

    /// <summary>Adds a domain.</summary>
    /// <param name="name">Its name, in A-labels or U-labels.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Outcome<Domain>> Add(string name, Actor actor, CancellationToken cancellation)
    {
        if (!Address.TryParseDomain(name, out var domain))
            return new Outcome<Domain>(null, new Refusal(RefusalKind.Invalid, $"'{name}' is not a domain name; it looks like example.org."));
        return await _database.Try(async scope =>
        {
            if (!await Administrators.MayAll(scope, actor)) throw new RefusedException(RefusalKind.Forbidden, "Only who administers the whole workplace adds domains.");
            var now = _time.GetUtcNow();
            if (!await DomainTable.Add(scope, domain, now)) throw new RefusedException(RefusalKind.Exists, $"{domain} is here already.");
            await _audit.Write(scope, "domain.add", actor, domain, domain);
            return new Domain(domain, IsPrimary(domain), now);
        }, cancellation);
    }

    /// <summary>A page of the domains the actor administers, by name.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="after">The last name of the page before; empty for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<IReadOnlyList<Domain>> List(Actor actor, string after, int limit, CancellationToken cancellation)
    {
        var rows = await _database.Read(async scope => await Administrators.MayAll(scope, actor)
            ? await DomainTable.Page(scope, after, limit)
            : actor.HasScope ? await DomainTable.PageAdministered(scope, actor.Person!.Value.Value, after, limit) : [], cancellation);
        return [.. rows.Select(row => new Domain(row.Name, IsPrimary(row.Name), row.CreatedAt))];
    }

    /// <summary>A domain the actor administers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<Outcome<Domain>> Find(string name, Actor actor, CancellationToken cancellation)
    {
        if (!Address.TryParseDomain(name, out var domain)) return new Outcome<Domain>(null, NoSuchDomain(name));
        return await _database.Read(async scope =>
            await Administrators.May(scope, actor, domain) && await DomainTable.Find(scope, domain) is { } row
                ? new Outcome<Domain>(new Domain(row.Name, IsPrimary(row.Name), row.CreatedAt), null)
                : new Outcome<Domain>(null, NoSuchDomain(domain)), cancellation);
    }

    /// <summary>Removes a domain that has no address left. The primary one stays.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Refusal?> Remove(string name, Actor actor, CancellationToken cancellation)
    {
        if (!Address.TryParseDomain(name, out var domain)) return NoSuchDomain(name);
        return await _database.Try(async scope =>
        {
            if (!await Administrators.May(scope, actor, domain) || !await DomainTable.Exists(scope, domain))
                throw new RefusedException(RefusalKind.NotFound, NoSuchDomain(domain).Description);
            if (!await Administrators.MayAll(scope, actor)) throw new RefusedException(RefusalKind.Forbidden, "Only who administers the whole workplace removes domains.");
            if (IsPrimary(domain)) throw new RefusedException(RefusalKind.InUse, $"{domain} is the primary domain (BASTIDE_DOMAIN) and stays.");
            if (await DomainTable.IsUsed(scope, domain)) throw new RefusedException(RefusalKind.InUse, $"{domain} still has addresses: remove its people, teams and aliases first.");
            await DomainTable.Delete(scope, domain);
            await _audit.Write(scope, "domain.remove", actor, domain, domain);
        }, cancellation);
    }

    /// <summary>Makes the row of the primary domain where there is none yet.</summary>
    internal async ValueTask KeepPrimary(WriteScope scope, string domain)
    {
        if (IsPrimary(domain)) await DomainTable.Add(scope, domain, _time.GetUtcNow());
    }

    /// <summary>Whether the row of the primary domain is there.</summary>
    internal ValueTask<bool> IsPrimaryKept(CancellationToken cancellation) => _database.Read(scope => DomainTable.Exists(scope, Primary), cancellation);

    /// <summary>The domain of <c>BASTIDE_DOMAIN</c> in its stored form.</summary>
    internal string Primary => Address.TryParseDomain(_settings.Domain, out var domain) ? domain : _settings.Domain;

    static Refusal NoSuchDomain(string name) => new(RefusalKind.NotFound, $"There is no domain {name}.");

    bool IsPrimary(string domain) => domain == Primary;
}
