using Bastide.Abstractions.Identity;
using Bastide.Identity.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Identity;

/// <summary>
/// Teams: accounts whose members reach them through grants. The role is kept beside the grant it stands for, so that
/// other grants on a team's collections stay as they are.
/// </summary>
public sealed class Teams
{
    const int MostMembers = 10_000;
    const int MostPlaces = 100_000;
    const int LongestPlace = 200;
    readonly Database _database;
    readonly People _people;
    readonly Audit _audit;

    internal Teams(Database database, People people, Audit audit)
    {
        _database = database;
        _people = people;
        _audit = audit;
    }

    /// <summary>Adds a team with everything modules make for one.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="name">Its name; the address's local part when it is empty.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Outcome<Team>> Add(string address, string name, Actor actor, CancellationToken cancellation)
    {
        if (!People.TryNewAddress(address, out var parsed, out var refusal)) return new Outcome<Team>(null, refusal);
        if (People.TextOfName(name, parsed) is not { } text) return new Outcome<Team>(null, new Refusal(RefusalKind.Invalid, "The name is too long: use 200 characters or fewer."));
        return await _database.Try(async scope =>
        {
            var account = await _people.Register(scope, AccountKind.Team, parsed, text, null, actor);
            await _people.Announce(scope, account, AccountKind.Team, text, parsed);
            await _audit.Write(scope, "team.add", actor, parsed.ToString(), parsed.Domain);
            return (await TeamTable.Find(scope, account))!;
        }, cancellation);
    }

    /// <summary>The team behind an address.</summary>
    /// <param name="address">Its address, primary or alias.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<Outcome<Team>> Find(string address, Actor actor, CancellationToken cancellation) => await _database.Read(async scope =>
        await People.VisibleEntry(scope, address, actor) is { Kind: AccountKind.Team } entry && await TeamTable.Find(scope, entry.Account) is { } team
            ? new Outcome<Team>(team, null)
            : new Outcome<Team>(null, NoSuchTeam(address)), cancellation);

    /// <summary>A page of the teams the actor administers, by address.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="after">The last address of the page before; empty for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<IReadOnlyList<Team>> List(Actor actor, string after, int limit, CancellationToken cancellation) =>
        await _database.Read(async scope => await TeamTable.Page(scope, await Administrators.DomainsOf(scope, actor), after, limit), cancellation);

    /// <summary>A page of a team's members, by address.</summary>
    /// <param name="address">The team's address.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="after">The last address of the page before; empty for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<Outcome<IReadOnlyList<TeamMember>>> Members(string address, Actor actor, string after, int limit, CancellationToken cancellation) => await _database.Read(async scope =>
        await People.VisibleEntry(scope, address, actor) is { Kind: AccountKind.Team } entry
            ? new Outcome<IReadOnlyList<TeamMember>>(await TeamTable.Members(scope, entry.Account, after, limit), null)
            : new Outcome<IReadOnlyList<TeamMember>>(null, NoSuchTeam(address)), cancellation);

    /// <summary>Changes a team's name.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="name">The new name.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<Refusal?> Rename(string address, string name, Actor actor, CancellationToken cancellation) => Change(address, actor, async (scope, team) =>
    {
        var text = People.TextOfName(name, default) ?? throw new RefusedException(RefusalKind.Invalid, "The name is empty or too long: use 1 to 200 characters.");
        var account = await AccountTable.Find(scope, team.Account);
        await AccountTable.Update(scope, team.Account, text, account!.Quota, account.Disabled);
        await scope.Advance(team.Account, People.Type);
        await _audit.Write(scope, "team.update", actor, team.Address, People.DomainOf(team.Address), text);
    }, cancellation);

    /// <summary>Makes a team a room or a thing people book; with null it is one no longer.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="resource">What it is; a place has at most 200 characters, and at most 100,000 people fit in.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<Refusal?> SetResource(string address, TeamResource? resource, Actor actor, CancellationToken cancellation) => Change(address, actor, async (scope, team) =>
    {
        if (resource is { Capacity: < 1 or > MostPlaces }) throw new RefusedException(RefusalKind.Invalid, $"The capacity is a number from 1 to {MostPlaces}.");
        if (resource?.Place is { } place && (place.Length > LongestPlace || place.Any(char.IsControl))) throw new RefusedException(RefusalKind.Invalid, $"The place has at most {LongestPlace} characters, on one line.");
        await TeamTable.SetResource(scope, team.Account, resource);
        await scope.Advance(team.Account, People.Type);
        await _audit.Write(scope, resource is null ? "team.resource.remove" : "team.resource.set", actor, team.Address, People.DomainOf(team.Address));
    }, cancellation);

    /// <summary>Puts a person into a team, or changes their role.</summary>
    /// <param name="team">The team's address.</param>
    /// <param name="person">The person's address.</param>
    /// <param name="role">What they may do.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<Refusal?> SetMember(string team, string person, TeamRole role, Actor actor, CancellationToken cancellation) => Change(team, actor, async (scope, found) =>
    {
        var member = Address.TryParse(person, out var address) ? await AddressTable.Find(scope, address) : null;
        // A team may hold people of domains the actor does not administer: who they are is in everybody's directory.
        if (member is not { Kind: AccountKind.User }) throw new RefusedException(RefusalKind.NotFound, People.NoSuchPerson(person).Description);
        if (await TeamTable.CountOfMembers(scope, found.Account) >= MostMembers) throw new RefusedException(RefusalKind.Invalid, $"{found.Address} has {MostMembers} members, which is the most.");
        await TeamTable.SetMember(scope, found.Account, member.Account, role);
        await Access.Give(scope, new Grant(found.Account, null, member.Account, RightsOf(role)));
        await Told(scope, found, member.Account);
        await _audit.Write(scope, "team.member.set", actor, found.Address, People.DomainOf(found.Address), $"{member.Address} {role}");
    }, cancellation);

    /// <summary>Takes a person out of a team.</summary>
    /// <param name="team">The team's address.</param>
    /// <param name="person">The person's address.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<Refusal?> RemoveMember(string team, string person, Actor actor, CancellationToken cancellation) => Change(team, actor, async (scope, found) =>
    {
        var owner = Address.TryParse(person, out var address) ? await AddressTable.Owner(scope, address) : null;
        if (owner is not { } member || !await TeamTable.RemoveMember(scope, found.Account, member.Account))
            throw new RefusedException(RefusalKind.NotFound, $"{person} is not in {found.Address}.");
        await Access.Give(scope, new Grant(found.Account, null, member.Account, Rights.None));
        await Told(scope, found, member.Account);
        await _audit.Write(scope, "team.member.remove", actor, found.Address, People.DomainOf(found.Address), person);
    }, cancellation);

    /// <summary>Removes a team and everything it owns.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<Refusal?> Remove(string address, Actor actor, CancellationToken cancellation) => Change(address, actor, async (scope, team) =>
    {
        await _people.Destroy(scope, team.Account);
        foreach (var member in team.Members) await scope.Advance(member.Account, People.Type);
        await _audit.Write(scope, "team.remove", actor, team.Address, People.DomainOf(team.Address));
    }, cancellation);

    static Rights RightsOf(TeamRole role) => role switch
    {
        TeamRole.Reader => Rights.Reader,
        TeamRole.Owner => Rights.Owner,
        _ => Rights.Member,
    };

    static Refusal NoSuchTeam(string address) => new(RefusalKind.NotFound, $"There is no team with the address {address}.");

    /// <summary>The person's session lists other accounts now, so both hear of it.</summary>
    static async ValueTask Told(WriteScope scope, Team team, AccountId member)
    {
        await scope.Advance(team.Account, People.Type);
        await scope.Advance(member, People.Type);
    }

    Task<Refusal?> Change(string address, Actor actor, Func<WriteScope, Team, ValueTask> work, CancellationToken cancellation) => _database.Try(async scope =>
    {
        var entry = await People.VisibleEntry(scope, address, actor);
        var team = entry is { Kind: AccountKind.Team } ? await TeamTable.Find(scope, entry.Account) : null;
        await work(scope, team ?? throw new RefusedException(RefusalKind.NotFound, NoSuchTeam(address).Description));
    }, cancellation);
}
