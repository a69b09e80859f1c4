using Bastide.Abstractions.Identity;
using Bastide.Calendar.Sources;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar;

/// <summary>The operations on calendars: they ask who may, own the transaction and move the change sequence.</summary>
public sealed class Calendars(Database database, IDirectory directory, IShareNotices notices, IAuditLog audit, JobQueue jobs, TimeProvider time)
{
    /// <summary>The most calendars an account may have.</summary>
    public const int Most = 500;

    /// <summary>The most of them that come from elsewhere.</summary>
    public const int MostSources = 100;

    /// <summary>The longest name, in UTF-8 octets.</summary>
    public const int MaxNameOctets = 255;

    const int RemovedAtOnce = 200;

    /// <summary>Those of the calendars that the caller may read, all when <paramref name="ids"/> is null, and the state they are of.</summary>
    public async ValueTask<(IReadOnlyList<Calendar> Found, Sequence State)> Get(Caller caller, AccountId account, IReadOnlyList<long>? ids, CancellationToken cancellation)
    {
        var (found, state) = await database.Read<(List<Calendar>, Sequence)>(async scope =>
        {
            var state = await AccountTable.State(scope, account, CalendarTypes.Calendar);
            var access = await CalendarAccess.Of(scope, caller, account);
            if (access.IsNobody) return ([], state);
            var rows = (await CalendarTable.All(scope, account)).Where(row => access.Sees(row.Id)).ToDictionary(row => row.Id);
            var views = await CalendarTable.Views(scope, account, caller.Person);
            var shares = rows.Keys.Any(id => access.May(Rights.Manage, id)) ? await CalendarShares.Of(scope, account) : [];
            var wanted = ids is null ? rows.Keys : ids.Distinct().Where(rows.ContainsKey);
            return ([.. wanted.Select(id => Show(rows[id], views.GetValueOrDefault(id), access, shares.GetValueOrDefault(id)))], state);
        }, cancellation);
        return (found, state);
    }

    /// <summary>A calendar by its DAV name, or null where there is none for the caller.</summary>
    public ValueTask<Calendar?> Find(Caller caller, AccountId account, string resource, CancellationToken cancellation) =>
        database.Read(async scope =>
        {
            var access = await CalendarAccess.Of(scope, caller, account);
            if (access.IsNobody || await CalendarTable.Find(scope, account, resource) is not { } row || !access.Sees(row.Id)) return null;
            var views = await CalendarTable.Views(scope, account, caller.Person);
            var shares = access.May(Rights.Manage, row.Id) ? await CalendarShares.Of(scope, account) : [];
            return Show(row, views.GetValueOrDefault(row.Id), access, shares.GetValueOrDefault(row.Id));
        }, cancellation);

    /// <summary>What the caller may do with every calendar of an account; null where nothing of it is there for them.</summary>
    public ValueTask<Rights?> RightsOn(Caller caller, AccountId account, CancellationToken cancellation) =>
        database.Read(async scope => await CalendarAccess.Of(scope, caller, account) is { IsNobody: false } access ? (Rights?)access.Whole : null, cancellation);

    /// <summary>The grants on a calendar and on its account whole; null where the caller may not know them.</summary>
    public ValueTask<IReadOnlyList<Grant>?> Grants(Caller caller, AccountId account, long id, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<Grant>?>(async scope =>
        {
            var access = await CalendarAccess.Of(scope, caller, account);
            if (!access.May(Rights.Manage, id)) return null;
            var reference = new CollectionRef(CalendarTypes.Calendar, id);
            return (await Access.Grants(scope, account)).FindAll(grant => grant.Collection is null || grant.Collection == reference);
        }, cancellation);

    /// <summary>What changed since; null when it cannot be told any more.</summary>
    public ValueTask<ItemChanges?> Changes(Caller caller, AccountId account, Sequence since, int limit, CancellationToken cancellation) =>
        database.Read(async scope =>
        {
            var access = await CalendarAccess.Of(scope, caller, account);
            var changes = await CalendarTable.Items.Since(scope, account, since, limit);
            if (changes is null || access.SeesAll) return changes;
            return changes with
            {
                Created = [.. changes.Created.Where(access.Sees)],
                Updated = [.. changes.Updated.Where(access.Sees)],
                // What was shared and is no more is gone for whom it was shared with.
                Destroyed = [.. changes.Destroyed, .. changes.Updated.Where(id => !access.Sees(id))],
            };
        }, cancellation);

    /// <summary>
    /// Makes, changes and destroys calendars in one transaction. With <see cref="CalendarSet.OnDestroyRemoveEvents"/> the objects
    /// leave beforehand, a batch at a time, so that a large calendar does not keep everybody waiting.
    /// </summary>
    public async Task<SetOutcome<Calendar, CalendarError>> Set(Caller caller, AccountId account, CalendarSet set, CancellationToken cancellation)
    {
        var before = await database.Read(scope => AccountTable.State(scope, account, CalendarTypes.Calendar), cancellation);
        if (set.IfInState is { } expected && expected != before) return new SetOutcome<Calendar, CalendarError>(before, before) { Refused = CalendarError.StateMismatch };
        var people = await People(set, cancellation);
        if (set.OnDestroyRemoveEvents)
            foreach (var id in set.Destroy)
                while (await RemoveSome(caller, account, id, cancellation))
                {
                }

        return await database.Write(async scope =>
        {
            var access = await CalendarAccess.Of(scope, caller, account);
            if (access.IsNobody) return new SetOutcome<Calendar, CalendarError>(before, before) { Refused = CalendarError.NotFound };
            return await new CalendarSetRun(scope, caller, account, access, people, notices, audit, jobs, time.GetUtcNow()).Run(set);
        }, cancellation);
    }

    /// <summary>Makes the calendar every account begins with, in the transaction that makes the account.</summary>
    internal static async ValueTask<long> CreateFirst(WriteScope scope, AccountId account, string name)
    {
        var seq = await scope.Advance(account, CalendarTypes.Calendar);
        return await CalendarTable.Create(scope, account, new CalendarRow { Resource = "default", Name = name, Kinds = CalendarKinds.All, IsDefault = true }, seq);
    }

    /// <summary>Makes a calendar of a name, for whoever brings what belongs into it.</summary>
    internal static async ValueTask<long> CreateNamed(WriteScope scope, AccountId account, string name)
    {
        var all = await CalendarTable.All(scope, account);
        var seq = await scope.Advance(account, CalendarTypes.Calendar);
        var id = await CalendarTable.Create(scope, account, new CalendarRow { Resource = CalendarNames.Free(name, all.Select(row => row.Resource)), Name = CalendarNames.Cut(name), Kinds = CalendarKinds.All, IsDefault = all.Count == 0 }, seq);
        await CalendarTable.SetView(scope, id, account, new CalendarView { IsSubscribed = true });
        return id;
    }

    internal static Calendar Show(CalendarRow row, CalendarView? view, CalendarAccess access, IReadOnlyDictionary<AccountId, Rights>? shares) => new()
    {
        Id = row.Id,
        Resource = row.Resource,
        Name = view?.Name ?? row.Name,
        IsNamedByCaller = view?.Name is not null,
        Description = row.Description,
        Color = view?.Color ?? row.Color,
        TimeZone = view?.TimeZone ?? row.TimeZone,
        SortOrder = view?.SortOrder ?? 0,
        IsSubscribed = view?.IsSubscribed ?? access.IsOwner,
        IsVisible = view?.IsVisible ?? true,
        IsDefault = row.IsDefault,
        Availability = view?.Availability ?? (access.IsOwner ? CalendarAvailability.All : CalendarAvailability.None),
        AlertsWithTime = CalendarJson.Read(view?.AlertsWithTime),
        AlertsWithoutTime = CalendarJson.Read(view?.AlertsWithoutTime),
        SharedWith = access.May(Rights.Manage, row.Id) ? shares ?? new Dictionary<AccountId, Rights>() : null,
        Source = access.May(Rights.Manage, row.Id) && access.Sources.TryGetValue(row.Id, out var source) ? new CalendarSource(source.Address, source.RefreshedAt, source.Error) : null,
        MyRights = access.On(row.Id),
        Kinds = row.Kinds,
        MembersSeq = row.MembersSeq,
        Extra = (CalendarJson.Read(row.Extra) ?? []).ToDictionary(property => property.Key, property => (string)property.Value!),
    };

    /// <summary>Those of the accounts to be shared with that are people or teams.</summary>
    async ValueTask<HashSet<AccountId>> People(CalendarSet set, CancellationToken cancellation)
    {
        var named = set.Create.Values.Select(create => create.Properties).Concat(set.Update.Values).SelectMany(update => update.Share.Keys).Distinct().ToList();
        return named.Count == 0 ? [] : [.. (await directory.Find(named, cancellation)).Select(entry => entry.Account)];
    }

    /// <summary>Takes a batch of objects out of a calendar that is to be destroyed. True while some are left.</summary>
    Task<bool> RemoveSome(Caller caller, AccountId account, long id, CancellationToken cancellation) =>
        database.Write(async scope =>
        {
            var access = await CalendarAccess.Of(scope, caller, account);
            if (await CalendarTable.Find(scope, account, id) is not { } row || CalendarSetRun.CheckDestroy(access, row) is not null) return false;
            var run = await ObjectRun.Begin(scope, account);
            var some = await ObjectTable.Members(scope, id, 0, RemovedAtOnce);
            foreach (var item in some) await run.Remove(item);
            await run.Settle();
            return some.Count == RemovedAtOnce;
        }, cancellation);
}
