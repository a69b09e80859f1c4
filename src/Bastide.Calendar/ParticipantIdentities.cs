using Bastide.Abstractions.Identity;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar;

/// <summary>Who an account is in invitations: the addresses that mail to it is delivered at, and no others.</summary>
public sealed class ParticipantIdentities(Database database, IDirectory directory)
{
    const int Most = 100;
    const int LongestName = 255;

    /// <summary>Those of the identities, all when <paramref name="ids"/> is null, and the state they are of.</summary>
    public async ValueTask<(IReadOnlyList<ParticipantIdentity> Found, Sequence State)> Get(Caller caller, AccountId account, IReadOnlyList<long>? ids, CancellationToken cancellation)
    {
        await EnsureFirst(account, cancellation);
        return await database.Read<(IReadOnlyList<ParticipantIdentity>, Sequence)>(async scope =>
        {
            var state = await AccountTable.State(scope, account, CalendarTypes.ParticipantIdentity);
            if ((await CalendarAccess.Of(scope, caller, account)).IsNobody) return ([], state);
            var all = (await IdentityTable.All(scope, account)).ConvertAll(row => row.Identity);
            return (ids is null ? all : [.. ids.Distinct().Select(id => all.Find(identity => identity.Id == id)).OfType<ParticipantIdentity>()], state);
        }, cancellation);
    }

    /// <summary>What changed since; null when it cannot be told any more.</summary>
    public ValueTask<ItemChanges?> Changes(Caller caller, AccountId account, Sequence since, int limit, CancellationToken cancellation) =>
        database.Read(async scope => (await CalendarAccess.Of(scope, caller, account)).IsNobody ? null : await IdentityTable.Items.Since(scope, account, since, limit), cancellation);

    /// <summary>Makes, renames and destroys identities, and says which is the default.</summary>
    public async Task<SetOutcome<ParticipantIdentity, CalendarError>> Set(Caller caller, AccountId account, IdentitySet set, CancellationToken cancellation)
    {
        await EnsureFirst(account, cancellation);
        var entry = await directory.Find(account, cancellation);
        var addresses = entry is null ? [] : entry.Aliases.Prepend(entry.Address).Select(address => "mailto:" + address).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return await database.Write(async scope =>
        {
            var access = await CalendarAccess.Of(scope, caller, account);
            var before = await AccountTable.State(scope, account, CalendarTypes.ParticipantIdentity);
            if (access.IsNobody) return new SetOutcome<ParticipantIdentity, CalendarError>(before, before) { Refused = CalendarError.NotFound };
            if (set.IfInState is { } expected && expected != before) return new SetOutcome<ParticipantIdentity, CalendarError>(before, before) { Refused = CalendarError.StateMismatch };
            return await new Run(scope, account, access, addresses).Do(set, before);
        }, cancellation);
    }

    /// <summary>Makes the identity every account begins with, in the transaction that makes the account.</summary>
    internal static async ValueTask CreateFirst(WriteScope scope, AccountId account, string name, string address) =>
        await IdentityTable.Create(scope, account, name, "mailto:" + address, isDefault: true, await scope.Advance(account, CalendarTypes.ParticipantIdentity));

    /// <summary>The addresses of an account in invitations.</summary>
    internal static async ValueTask<HashSet<string>> Addresses(ReadScope scope, AccountId account) =>
        (await IdentityTable.All(scope, account)).Select(row => row.Identity.CalendarAddress).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The address that an account invites with, or null.</summary>
    internal static async ValueTask<ParticipantIdentity?> Default(ReadScope scope, AccountId account)
    {
        var all = await IdentityTable.All(scope, account);
        return all.Find(row => row.Identity.IsDefault).Identity ?? all.FirstOrDefault().Identity;
    }

    /// <summary>Accounts that are older than the calendar get theirs when they are first asked for.</summary>
    async ValueTask EnsureFirst(AccountId account, CancellationToken cancellation)
    {
        if (await database.Read(async scope => (await IdentityTable.All(scope, account)).Count > 0, cancellation)) return;
        if (await directory.Find(account, cancellation) is not { } entry) return;
        await database.Write(async scope =>
        {
            if ((await IdentityTable.All(scope, account)).Count == 0) await CreateFirst(scope, account, entry.Name, entry.Address);
        }, cancellation);
    }

    sealed class Run(WriteScope scope, AccountId account, CalendarAccess access, HashSet<string> addresses)
    {
        readonly Dictionary<string, long> _made = [];
        readonly Dictionary<string, CalendarError> _notCreated = [];
        readonly List<long> _updated = [];
        readonly Dictionary<long, CalendarError> _notUpdated = [];
        readonly List<long> _destroyed = [];
        readonly Dictionary<long, CalendarError> _notDestroyed = [];

        public async ValueTask<SetOutcome<ParticipantIdentity, CalendarError>> Do(IdentitySet set, Sequence before)
        {
            foreach (var (name, create) in set.Create) await Create(name, create);
            foreach (var (id, name) in set.Update)
            {
                var error = await Update(id, name);
                if (error is null) _updated.Add(id);
                else _notUpdated[id] = error;
            }

            foreach (var id in set.Destroy)
            {
                var error = await Destroy(id);
                if (error is null) _destroyed.Add(id);
                else _notDestroyed[id] = error;
            }

            if (_notCreated.Count + _notUpdated.Count + _notDestroyed.Count == 0) await SetDefault(set);
            var all = (await IdentityTable.All(scope, account)).ToDictionary(row => row.Identity.Id, row => row.Identity);
            return new SetOutcome<ParticipantIdentity, CalendarError>(before, await AccountTable.State(scope, account, CalendarTypes.ParticipantIdentity))
            {
                Created = _made.ToDictionary(made => made.Key, made => all[made.Value]),
                NotCreated = _notCreated,
                Updated = _updated,
                NotUpdated = _notUpdated,
                Destroyed = _destroyed,
                NotDestroyed = _notDestroyed,
            };
        }

        CalendarError? MayChange() => access.Whole.HasFlag(Rights.Manage) ? null : CalendarError.Forbidden("You may not change who this account is in invitations.");

        async ValueTask Create(string creation, (string Name, string Address) create)
        {
            var present = await IdentityTable.All(scope, account);
            var error = MayChange() ?? CheckName(create.Name)
                ?? (addresses.Contains(create.Address) ? null : CalendarError.Forbidden("This is no address of the account."))
                ?? (present.Count < Most ? null : new CalendarError(CalendarFailure.TooManyItems, $"An account has at most {Most} identities."));
            if (error is not null)
            {
                _notCreated[creation] = error;
                return;
            }

            _made[creation] = await IdentityTable.Create(scope, account, create.Name, create.Address, present.Count == 0, await scope.Advance(account, CalendarTypes.ParticipantIdentity));
        }

        async ValueTask<CalendarError?> Update(long id, string name)
        {
            if (!(await IdentityTable.All(scope, account)).Exists(row => row.Identity.Id == id)) return CalendarError.NotFound;
            if ((MayChange() ?? CheckName(name)) is { } error) return error;
            await IdentityTable.Update(scope, id, name, await scope.Advance(account, CalendarTypes.ParticipantIdentity));
            return null;
        }

        async ValueTask<CalendarError?> Destroy(long id)
        {
            var (identity, created) = (await IdentityTable.All(scope, account)).Find(row => row.Identity.Id == id);
            if (identity is null) return CalendarError.NotFound;
            if (MayChange() is { } error) return error;
            if (identity.IsDefault) return CalendarError.Forbidden("The default identity stays: make another the default first.");
            var seq = await scope.Advance(account, CalendarTypes.ParticipantIdentity);
            await IdentityTable.Delete(scope, id);
            await Tombstones.Bury(scope, account, CalendarTypes.ParticipantIdentity, seq, [(id, created)]);
            return null;
        }

        async ValueTask SetDefault(IdentitySet set)
        {
            var wanted = set.SetDefault ?? (set.SetDefaultCreated is { } creation && _made.TryGetValue(creation, out var made) ? made : null);
            var (identity, _) = (await IdentityTable.All(scope, account)).Find(row => row.Identity.Id == wanted);
            if (identity is null or { IsDefault: true } || MayChange() is not null) return;
            await IdentityTable.SetDefault(scope, account, identity.Id, await scope.Advance(account, CalendarTypes.ParticipantIdentity));
        }

        static CalendarError? CheckName(string name) =>
            name.Length > LongestName || name.Any(char.IsControl) ? CalendarError.Invalid("name", $"A name has at most {LongestName} characters, and no control characters.") : null;
    }
}
