using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;

namespace Bastide.Calendar.Dav;

/// <summary>The calendars of an account that the caller may see (RFC 4791 §6.2.1).</summary>
sealed class CalendarHome(Calendars calendars, CalendarObjects objects, EventNotifications notifications, DavHome home, Rights rights) : DavCollection(home.Path, home)
{
    /// <summary>Where single calendars alone are shared, one sees the way to them.</summary>
    public override Rights Rights => rights == Rights.None ? Rights.Lookup : rights;

    public override async IAsyncEnumerable<IReadOnlyList<DavNode>> Members(DavCall call, DavWanted wanted)
    {
        var (found, _) = await calendars.Get(call.Caller, Home!.Account, null, call.Cancellation);
        yield return [.. found.Select(NodeOf)];
    }

    public override async ValueTask<IReadOnlyList<DavNode>> Find(DavCall call, IReadOnlyList<string> names, DavWanted wanted)
    {
        var (found, _) = await calendars.Get(call.Caller, Home!.Account, null, call.Cancellation);
        return [.. found.Where(calendar => names.Contains(calendar.Resource)).Select(NodeOf), .. Boxes(call).Where(box => names.Contains(box.Path.Name))];
    }

    /// <summary>Makes a calendar; nothing else stands here.</summary>
    public override async ValueTask<DavError?> MakeCollection(DavCall call, string name, DavNewCollection collection, DavGuard guard)
    {
        if (collection.ResourceTypes is not [var type] || type != CalDavNames.Calendar) return DavError.Violated(DavNames.Of("valid-resourcetype")) with { Property = DavNames.ResourceType };
        if (name is ScheduleInbox.ResourceName or ScheduleOutbox.ResourceName) return DavError.Violated(CalDavNames.Of("calendar-collection-location-ok"), "This name is that of a scheduling collection.");
        if (!Rights.HasFlag(Rights.Manage)) return DavError.NeedPrivileges(this, DavNames.Bind);
        var update = CalendarChanges.Read(collection.Properties);
        var create = new CalendarCreate
        {
            Name = Home!.NameKept(update.Name ?? name),
            Resource = name,
            Kinds = CalendarChanges.Kinds(collection.Properties) ?? CalendarKinds.All,
            Properties = update,
        };
        var outcome = await calendars.Set(call.Caller, Home!.Account, new CalendarSet { Create = new Dictionary<string, CalendarCreate> { ["new"] = create } }, call.Cancellation);
        return (outcome.Refused ?? outcome.NotCreated.GetValueOrDefault("new")) is { } error ? CalDavErrors.Of(error, this) : null;
    }

    /// <summary>The scheduling collections, which everybody has for themselves and programs find by their principal (RFC 6638 §2).</summary>
    IEnumerable<DavNode> Boxes(DavCall call) => call.Caller.Person == Home!.Account ? [new ScheduleInbox(calendars, objects, notifications, Home), new ScheduleOutbox(Home)] : [];

    DavNode NodeOf(Calendar calendar) => new CalendarCollection(calendars, objects, calendar, Home!);
}
