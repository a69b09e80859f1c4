using Bastide.Protocols.Dav;

namespace Bastide.Calendar.Dav;

/// <summary>The trees of calendars: <c>/dav/calendars/ADDRESS/CALENDAR/OBJECT</c> (RFC 4791 §4.2).</summary>
sealed class CalendarHomes(Calendars calendars, CalendarObjects objects, EventNotifications notifications) : IDavHomes
{
    public const string TreeName = "calendars";

    public string Name => TreeName;

    public string Scope => "calendar";

    public async ValueTask<IReadOnlyList<DavCollection>> Homes(DavCall call, IReadOnlyList<DavHome> homes, DavWanted wanted)
    {
        var found = new List<DavCollection>();
        // Each home is of another account; whom one reaches are few.
        foreach (var home in homes)
            if (await calendars.RightsOn(call.Caller, home.Account, call.Cancellation) is { } rights)
                found.Add(new CalendarHome(calendars, objects, notifications, home, rights));
        return found;
    }

    public async ValueTask<DavNode?> Find(DavCall call, DavHome home, IReadOnlyList<string> names, DavWanted wanted)
    {
        if (names.Count <= 2 && call.Caller.Person == home.Account && names[0] is ScheduleInbox.ResourceName or ScheduleOutbox.ResourceName)
        {
            DavCollection box = names[0] == ScheduleInbox.ResourceName ? new ScheduleInbox(calendars, objects, notifications, home) : new ScheduleOutbox(home);
            return names.Count == 1 ? box : (await box.Find(call, [names[1]], wanted)).SingleOrDefault();
        }

        if (names.Count > 2 || await calendars.Find(call.Caller, home.Account, names[0], call.Cancellation) is not { } calendar) return null;
        var collection = new CalendarCollection(calendars, objects, calendar, home);
        call.Pass(collection);
        return names.Count == 1 ? collection : (await collection.Find(call, [names[1]], wanted)).SingleOrDefault();
    }
}
