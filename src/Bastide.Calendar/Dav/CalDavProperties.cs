using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Bastide.Abstractions.Identity;
using Bastide.Calendar.Attachments;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;
using Bastide.Protocols.ICalendar;

namespace Bastide.Calendar.Dav;

/// <summary>The properties of calendars, of their objects, and of principals (RFC 4791 §5.2, §6.2; RFC 6638 §2.4.1; RFC 7809 §5; RFC 8607 §6).</summary>
static class CalDavProperties
{
    // Zones are told from here on: what was before is of no use to clients any more.
    const int ZonesFrom = 1970;

    static readonly (CalendarKinds Kind, string Name)[] Kinds =
        [(CalendarKinds.Event, "VEVENT"), (CalendarKinds.Task, "VTODO"), (CalendarKinds.Journal, "VJOURNAL"), (CalendarKinds.Availability, "VAVAILABILITY")];

    public static void Register(DavTable table)
    {
        table.AddProperty(DavProperty.Hrefs<DavPrincipal>(CalDavNames.Of("calendar-user-address-set"), (_, principal) => [.. principal.Entry.Aliases.Prepend(principal.Entry.Address).Select(address => "mailto:" + address)]));
        table.AddProperty(DavProperty.Hrefs<DavPrincipal>(CalDavNames.Of("schedule-inbox-URL"), (call, principal) => BoxOf(call, principal, ScheduleInbox.ResourceName)));
        table.AddProperty(DavProperty.Hrefs<DavPrincipal>(CalDavNames.Of("schedule-outbox-URL"), (call, principal) => BoxOf(call, principal, ScheduleOutbox.ResourceName)));
        table.AddProperty(DavProperty.Text<DavPrincipal>(CalDavNames.Of("calendar-user-type"), principal => UserTypeOf(principal.Entry)));
        table.AddProperty(DavProperty.Hrefs<ScheduleInbox>(CalDavNames.Of("schedule-default-calendar-URL"), async (call, inbox) => await inbox.DefaultCalendar(call) is { } href ? [href] : null));
        table.AddProperty(DavProperty.Loaded<ScheduleInbox, ReadOnlyMemory<byte>>(CalDavNames.Availability, LoadHours, (xml, _, text) => xml.Text(text.Span), check: CheckHours));
        table.AddPrincipalSearch(CalDavNames.Of("calendar-user-address-set"), "Address in invitations");

        table.AddProperty(DavProperty.Text<CalendarCollection>(CalDavNames.Description, node => node.Calendar.Description, check: _ => null));
        table.AddProperty(DavProperty.Text<CalendarCollection>(CalDavNames.Color, node => node.Calendar.Color, check: CheckColor));
        table.AddProperty(DavProperty.Text<CalendarCollection>(CalDavNames.Order, node => node.Calendar.SortOrder.ToString(CultureInfo.InvariantCulture), check: CheckOrder));
        table.AddProperty(DavProperty.Hrefs<CalendarCollection>(CalDavNames.Source, (_, node) => node.Calendar.Source is { } source ? [source.Address] : null));
        table.AddProperty(DavProperty.Text<CalendarCollection>(CalDavNames.TimeZone, node => node.Calendar.TimeZone is { } zone ? TextOf(zone) : null, check: CheckZone));
        table.AddProperty(DavProperty.Text<CalendarCollection>(CalDavNames.TimeZoneId, node => node.Calendar.TimeZone, check: CheckZoneId));
        table.AddProperty(DavProperty.Content<CalendarCollection>(CalDavNames.Components, (xml, node, _) => WriteKinds(xml, node.Calendar.Kinds), check: CheckKinds));
        table.AddProperty(DavProperty.Content<CalendarCollection>(
            CalDavNames.Transparency, (xml, node, _) => xml.Empty(CalDavNames.Of(node.Calendar.Availability == CalendarAvailability.None ? "transparent" : "opaque")), check: CheckTransparency));
        table.AddProperty(DavProperty.Content<CalendarCollection>(CalDavNames.Of("supported-calendar-data"), (xml, _, _) =>
        {
            xml.Xml(new XElement(CalDavNames.CalendarData, new XAttribute("content-type", "text/calendar"), new XAttribute("version", "2.0")));
        }));
        table.AddProperty(DavProperty.Content<CalendarCollection>(CalDavNames.Of("supported-collation-set"), (xml, _, _) =>
        {
            foreach (var collation in DavCollation.Names) xml.Element(CalDavNames.Of("supported-collation"), collation);
        }));
        table.AddProperty(DavProperty.Text<CalendarCollection>(CalDavNames.Of("max-resource-size"), _ => CalendarObjects.MostOctets.ToString(CultureInfo.InvariantCulture)));

        // RFC 8607 §6.1: empty, for they are served where calendars are.
        table.AddProperty(DavProperty.Content<CalendarHome>(CalDavNames.Of("managed-attachments-server-URL"), (_, _, _) => { }));
        table.AddProperty(DavProperty.Text<CalendarCollection>(CalDavNames.Of("max-attachment-size"), _ => ManagedAttachmentStore.MostOctets.ToString(CultureInfo.InvariantCulture)));
        table.AddProperty(DavProperty.Text<CalendarCollection>(CalDavNames.Of("max-attachments-per-resource"), _ => ManagedAttachments.Most.ToString(CultureInfo.InvariantCulture)));

        table.AddProperty(DavProperty.Text<CalendarResource>(CalDavNames.Of("schedule-tag"), node => node.Stored.ScheduleTag is { } tag ? CalendarResource.Quoted(tag) : null));
        table.AddProperty(DavProperty.Content<ScheduleMessage>(CalDavNames.CalendarData, (xml, message, _) => xml.Text(message.Text.Span)));
        table.AddProperty(DavProperty.Content<CalendarResource>(CalDavNames.CalendarData, WriteData, node => (node.Told ?? node.Stored.Text) is not null));
    }

    static async ValueTask<IReadOnlyDictionary<ScheduleInbox, ReadOnlyMemory<byte>>> LoadHours(DavCall call, IReadOnlyList<ScheduleInbox> inboxes)
    {
        var told = new Dictionary<ScheduleInbox, ReadOnlyMemory<byte>>();
        foreach (var inbox in inboxes)
            if (await inbox.Hours(call) is { } text)
                told[inbox] = text;
        return told;
    }

    static DavError? CheckHours(XElement? value)
    {
        if (value is null || value.Value.Trim().Length == 0) return null;
        try
        {
            var read = ICalReader.ReadCalendar(Encoding.UTF8.GetBytes(value.Value.Trim()), ICalLimits.Object);
            return read.ComponentsOf("VAVAILABILITY").Any() ? null : DavError.Violated(CalDavNames.Of("supported-calendar-component"), "It is a VCALENDAR with VAVAILABILITY.");
        }
        catch (ICalFormatException exception)
        {
            return DavError.Violated(CalDavNames.Of("valid-calendar-data"), exception.Message);
        }
    }

    static string UserTypeOf(DirectoryEntry entry) => entry.Resource switch
    {
        { IsRoom: true } => "ROOM",
        not null => "RESOURCE",
        null => entry.Kind == AccountKind.Team ? "GROUP" : "INDIVIDUAL",
    };

    /// <summary>The scheduling collections are for their owner alone.</summary>
    static IReadOnlyList<string>? BoxOf(DavCall call, DavPrincipal principal, string name) =>
        principal.IsCaller && call.Caller.May("calendar") ? [$"{call.HomeHref(CalendarHomes.TreeName, principal.Entry.Address)}{name}/"] : null;

    static void WriteData(DavXmlWriter xml, CalendarResource node, XElement? asked) => xml.Text((node.Told ?? node.Stored.Text!.Value).Span);

    static void WriteKinds(DavXmlWriter xml, CalendarKinds kinds)
    {
        foreach (var (kind, name) in Kinds)
            if (kinds.HasFlag(kind))
                xml.Empty(CalDavNames.Comp, "name", name);
    }

    static string TextOf(string zone)
    {
        var calendar = new ICalComponent("VCALENDAR", new ICalProperty("VERSION", "2.0"), new ICalProperty("PRODID", CalendarObjects.Product), TimeZoneComponent.Of(zone, ZonesFrom));
        return Encoding.UTF8.GetString(ICalWriter.Write(calendar));
    }

    static DavError? CheckColor(XElement? value) =>
        value is null || value.Value.Trim().Length == 0 || CssColors.IsColor(CalendarChanges.ColorOf(value.Value)) ? null : Invalid("It is a colour: #RRGGBB, #RRGGBBAA or a name of CSS.");

    static DavError? CheckOrder(XElement? value) =>
        value is null || value.Value.Trim().Length == 0 || int.TryParse(value.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : Invalid("It is a number.");

    static DavError? CheckZone(XElement? value) =>
        value is null || value.Value.Trim().Length == 0 || CalendarChanges.ZoneOf(value.Value) is not null ? null : DavError.Violated(CalDavNames.Of("valid-calendar-data"), "It is iCalendar with the one VTIMEZONE of a zone of IANA.");

    static DavError? CheckZoneId(XElement? value) =>
        value is null || TimeZoneNames.Canonical(value.Value.Trim()) is not null ? null : DavError.Violated(CalDavNames.Of("valid-timezone"));

    static DavError? CheckKinds(XElement? value) =>
        value is not null && CalendarChanges.KindsOf(value) != CalendarKinds.None ? null : DavError.Violated(CalDavNames.Of("supported-calendar-component"));

    static DavError? CheckTransparency(XElement? value) =>
        value is null || value.Elements().Any(element => element.Name == CalDavNames.Of("opaque") || element.Name == CalDavNames.Of("transparent")) ? null : Invalid("It is CALDAV:opaque or CALDAV:transparent.");

    static DavError Invalid(string text) => new(409, Text: text);
}
