using System.Xml.Linq;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Protocols.Dav;

namespace Bastide.Calendar.Dav;

/// <summary>A calendar (RFC 4791 §4.2).</summary>
sealed class CalendarCollection(Calendars calendars, CalendarObjects objects, Calendar calendar, DavHome home) : DavCollection(home.Path.Child(calendar.Resource), home), IDavShared
{
    const int Page = 200;
    static readonly XName[] Types = [CalDavNames.Calendar];

    /// <summary>The calendar.</summary>
    public Calendar Calendar => calendar;

    /// <summary>The operations on what is in it.</summary>
    public CalendarObjects Objects => objects;

    public override Rights Rights => calendar.MyRights;

    public override IReadOnlyList<XName> ResourceTypes => Types;

    public override string? DisplayName => calendar.IsNamedByCaller ? calendar.Name : Home!.NameTold(calendar.Name);

    public override IDavShared? Shared => this;

    public override bool KeepsDeadProperties => true;

    public override IReadOnlyList<DavDeadProperty> DeadProperties => [.. calendar.Extra.Select(property => new DavDeadProperty(XName.Get(property.Key), property.Value))];

    public override Sequence? SyncState => calendar.MembersSeq;

    public override async IAsyncEnumerable<IReadOnlyList<DavNode>> Members(DavCall call, DavWanted wanted)
    {
        for (var after = 0L; ;)
        {
            var page = await objects.Members(call.Caller, Home!.Account, calendar.Id, after, Page, wanted.Has(CalDavNames.CalendarData), call.Cancellation);
            if (page.Count == 0) yield break;
            yield return [.. page.Select(NodeOf)];
            after = page[^1].Id;
        }
    }

    public override async ValueTask<IReadOnlyList<DavNode>> Find(DavCall call, IReadOnlyList<string> names, DavWanted wanted) =>
        [.. (await objects.Find(call.Caller, Home!.Account, calendar.Id, names, wanted.Has(CalDavNames.CalendarData), call.Cancellation)).Select(NodeOf)];

    /// <summary>The objects of these numbers, with their texts.</summary>
    public async ValueTask<IReadOnlyList<CalendarResource>> Find(DavCall call, IReadOnlyCollection<long> ids, bool withText) =>
        [.. (await objects.Find(call.Caller, Home!.Account, calendar.Id, ids, withText, call.Cancellation)).OrderBy(stored => stored.Id).Select(NodeOf)];

    public override ValueTask<DavStored> Create(DavCall call, string name, DavUpload upload, DavGuard guard) => Store(call, name, upload, null, isNew: true);

    /// <summary>Stores an upload under a name.</summary>
    public async ValueTask<DavStored> Store(DavCall call, string name, DavUpload upload, string? etag, bool isNew)
    {
        // What a client calls nothing, or merely octets, is looked at all the same.
        if (upload.ContentType is { Length: > 0 } type && !type.StartsWith("text/calendar", StringComparison.OrdinalIgnoreCase) && !type.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase))
            return DavError.Violated(CalDavNames.Of("supported-calendar-data"), "A calendar holds text/calendar.");
        if (await upload.ReadAll(CalendarObjects.MostOctets, call.Cancellation) is not { } text) return DavError.Violated(CalDavNames.Of("max-resource-size"));
        var outcome = await objects.Put(call.Caller, Home!.Account, calendar.Id, name, text, etag, isNew, SchedulingHeaders.Read(call), call.Cancellation);
        if (outcome.Refused is { } refused) return CalDavErrors.Of(refused, this, await HrefOf(call, refused));
        SchedulingHeaders.Write(call, outcome.Stored!);
        return DavStored.As(outcome.IsAsGiven ? CalendarResource.Quoted(outcome.Stored!.ETag) : null);
    }

    public override ValueTask<DavError?> MakeCollection(DavCall call, string name, DavNewCollection collection, DavGuard guard) =>
        new(DavError.Violated(CalDavNames.Of("calendar-collection-location-ok"), "There is no collection within a calendar."));

    public override async ValueTask<DavError?> Move(DavCall call, DavTransfer transfer)
    {
        if (transfer.Source is not CalendarResource source || source.Home!.Account != Home!.Account || transfer.Replaced is DavCollection) return await base.Move(call, transfer);
        var error = await objects.Move(call.Caller, Home.Account, source.Stored.CalendarId, source.Stored.Resource, calendar.Id, transfer.Name, transfer.Replaced is not null, call.Cancellation);
        return error is null ? null : CalDavErrors.Of(error, this, await HrefOf(call, error));
    }

    public override async ValueTask<DavChanges?> Changes(DavCall call, Sequence? since, int limit, DavWanted wanted)
    {
        var changes = await objects.Changed(call.Caller, Home!.Account, calendar.Id, since ?? default, limit, wanted.Has(CalDavNames.CalendarData), call.Cancellation);
        return changes is null ? null : new DavChanges([.. changes.Changed.Select(NodeOf)], since is null ? [] : changes.Removed, changes.New, changes.HasMore);
    }

    public override async ValueTask<DavError?> Patch(DavCall call, IReadOnlyList<DavPropertyChange> changes, DavGuard guard)
    {
        if (changes.FirstOrDefault(change => change.Name == CalDavNames.Components) is { } fixedOne)
            return DavError.Violated(DavNames.Of("cannot-modify-protected-property")) with { Property = fixedOne.Name };
        var update = CalendarChanges.Read(changes);
        if (update.Name is { } told) update = update with { Name = NameOf(told) };
        var set = new CalendarSet { Update = new Dictionary<long, CalendarUpdate> { [calendar.Id] = update } };
        var outcome = await calendars.Set(call.Caller, Home!.Account, set, call.Cancellation);
        return (outcome.Refused ?? outcome.NotUpdated.GetValueOrDefault(calendar.Id)) is { } error ? CalDavErrors.Of(error, this) : null;
    }

    public override async ValueTask<DavError?> Delete(DavCall call, DavGuard guard)
    {
        var outcome = await calendars.Set(call.Caller, Home!.Account, new CalendarSet { Destroy = [calendar.Id], OnDestroyRemoveEvents = true }, call.Cancellation);
        return (outcome.Refused ?? outcome.NotDestroyed.GetValueOrDefault(calendar.Id)) is { } error ? CalDavErrors.Of(error, this) : null;
    }

    public ValueTask<IReadOnlyList<Grant>?> Grants(DavCall call) => calendars.Grants(call.Caller, Home!.Account, calendar.Id, call.Cancellation);

    public async ValueTask<DavError?> SetGrants(DavCall call, IReadOnlyDictionary<AccountId, Rights> grants, DavGuard guard)
    {
        var set = new CalendarSet { Update = new Dictionary<long, CalendarUpdate> { [calendar.Id] = new() { Share = grants, ReplacesShares = true } } };
        var outcome = await calendars.Set(call.Caller, Home!.Account, set, call.Cancellation);
        return (outcome.Refused ?? outcome.NotUpdated.GetValueOrDefault(calendar.Id)) is { } error ? CalDavErrors.Of(error, this) : null;
    }

    /// <summary>What a name that a program sets comes to: nothing where it gives back what it was told, without whose it is from who names it for all.</summary>
    string? NameOf(string told)
    {
        if (told == DisplayName) return null;
        return Rights.HasFlag(Rights.Manage) ? Home!.NameKept(told) : told;
    }

    CalendarResource NodeOf(StoredObject stored) => new(this, stored);

    /// <summary>Where an object is that stands in the way, if the caller may see it.</summary>
    async ValueTask<string?> HrefOf(DavCall call, CalendarError error)
    {
        if (error.ExistingCalendar is not { } id || error.ExistingResource is not { } resource) return null;
        var (found, _) = await calendars.Get(call.Caller, Home!.Account, [id], call.Cancellation);
        return found.SingleOrDefault() is { } other ? Home.Path.Child(other.Resource).Child(resource).Href : null;
    }
}
