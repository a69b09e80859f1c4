using Bastide.Calendar.Dav.Reports;
using Bastide.Calendar.Dav.Verbs;
using Bastide.Platform.Accounts;
using Bastide.Platform.Settings;
using Bastide.Protocols.Dav;

namespace Bastide.Calendar.Dav;

/// <summary>CalDAV (RFC 4791) on the WebDAV engine: the trees of calendars, their properties and reports, <c>MKCALENDAR</c>, what is attached (RFC 8607).</summary>
sealed class CalDavModule(CalendarHomes homes, FreeBusyPost freeBusy, AttachmentPost attachments, BastideSettings settings) : IDavModule
{
    public void Register(DavTable table)
    {
        table.AddNamespace("C", CalDavNames.CalDav);
        table.AddNamespace("A", CalDavNames.Apple);
        table.AddFeature("calendar-access");
        table.AddFeature("calendar-auto-schedule");
        table.AddFeature("calendar-managed-attachments");
        table.AddFeature("extended-mkcol");
        table.AddWellKnown("caldav");
        table.AddHomes(homes);
        table.AddPrivilege(new DavPrivilege(CalDavNames.Of("read-free-busy"), DavNames.Read, Rights.Lookup, "See when the owner is busy"));
        AddScheduling(table, typeof(ScheduleInbox), "schedule-deliver", "Deliver messages", ("schedule-deliver-invite", "Invite"), ("schedule-deliver-reply", "Answer"), ("schedule-query-freebusy", "Ask when the owner is busy"));
        AddScheduling(table, typeof(ScheduleOutbox), "schedule-send", "Send messages", ("schedule-send-invite", "Invite"), ("schedule-send-reply", "Answer"), ("schedule-send-freebusy", "Ask when others are busy"));
        table.AddVerb("MKCALENDAR", node => node is null or CalendarCollection, Mkcalendar.Handle);
        table.AddVerb("POST", node => node is ScheduleOutbox, freeBusy.Handle);
        table.AddVerb("POST", node => node is CalendarResource, attachments.Handle);
        table.AddReport(CalDavNames.Of("calendar-query"), node => node is CalendarCollection or CalendarResource, CalendarQuery.Handle);
        table.AddReport(CalDavNames.Of("calendar-multiget"), node => node is CalendarCollection or CalendarResource or CalendarHome, CalendarMultiget.Handle);
        table.AddReport(CalDavNames.Of("free-busy-query"), node => node is CalendarCollection, FreeBusyQuery.Handle);
        table.AddProperty(DavProperty.Hrefs<DavPrincipal>(CalDavNames.Of("calendar-home-set"), HomeSet));
        CalDavProperties.Register(table);
    }

    /// <summary>The privileges of a scheduling collection, which is its owner's alone (RFC 6638 §6).</summary>
    static void AddScheduling(DavTable table, Type on, string whole, string description, params (string Name, string Description)[] parts)
    {
        table.AddPrivilege(new DavPrivilege(CalDavNames.Of(whole), DavNames.Of("all"), Rights.Read, description, on));
        foreach (var (name, text) in parts) table.AddPrivilege(new DavPrivilege(CalDavNames.Of(name), CalDavNames.Of(whole), Rights.Read, text, on));
    }

    /// <summary>
    /// Where somebody's calendars are (RFC 4791 §6.2.1); for the caller also those of teams and of people who share theirs, behind
    /// their own, because some clients read the first alone.
    /// </summary>
    async ValueTask<IReadOnlyList<string>?> HomeSet(DavCall call, DavPrincipal principal)
    {
        if (!call.Caller.May(homes.Scope)) return null;
        var own = call.HomeHref(CalendarHomes.TreeName, principal.Entry.Address);
        if (!principal.IsCaller || await call.Find(call.Mount.Child(CalendarHomes.TreeName), DavWanted.None) is not DavCollection all) return [own];
        var hrefs = new List<string> { own };
        await foreach (var page in all.Members(call, DavWanted.None)) hrefs.AddRange(page.Select(home => home.Href).Where(href => href != own));
        // Interop: Thunderbird 153.8, 2026-12: of several homes it knows that of a calendar by its whole address alone, and asks
        // nobody for free time otherwise.
        var isOrigin = settings.Url.Authority.Equals(call.Http.Request.Host.Value, StringComparison.OrdinalIgnoreCase);
        return hrefs.Count > 1 && isOrigin ? hrefs.ConvertAll(href => new Uri(settings.Url, href).AbsoluteUri) : hrefs;
    }
}
