using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;

namespace Bastide.Calendar.Dav;

/// <summary>
/// What other calendars said to the owner, for programs that tell people of it (RFC 6638 §2.2). It has been done already when
/// it stands here; who has read a message removes it.
/// </summary>
sealed class ScheduleInbox(Calendars calendars, CalendarObjects objects, EventNotifications notifications, DavHome home) : DavCollection(home.Path.Child(ResourceName), home)
{
    /// <summary>Its name in the home; no calendar has it.</summary>
    public const string ResourceName = "schedule-inbox";

    static readonly XName[] Types = [CalDavNames.Of("schedule-inbox")];

    public override Rights Rights => Rights.Read | Rights.Remove;

    public override IReadOnlyList<XName> ResourceTypes => Types;

    /// <summary>The calendar that invitations come into, or null (RFC 6638 §9.2).</summary>
    public async ValueTask<string?> DefaultCalendar(DavCall call) => await Default(call) is { } calendar ? Home!.Path.Child(calendar.Resource).Href + "/" : null;

    /// <summary>When the owner is there, as an object of VAVAILABILITY; null where nothing is said (RFC 7953 §7.2.4).</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> Hours(DavCall call) => await Default(call) is { } calendar ? (await objects.Hours(call.Caller, Home!.Account, calendar.Id, call.Cancellation))?.Text : null;

    public override async ValueTask<DavError?> Patch(DavCall call, IReadOnlyList<DavPropertyChange> changes, DavGuard guard)
    {
        if (await Default(call) is not { } calendar) return DavError.Conflict;
        // The last of several is what is there in the end (RFC 4918 §9.2).
        if (changes.LastOrDefault(change => change.Name == CalDavNames.Availability) is not { } change) return DavError.Forbidden;
        var text = change.Value is { } value && value.Value.Trim() is { Length: > 0 } given ? (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(given.ReplaceLineEndings("\r\n") + "\r\n") : null;
        return await objects.SetHours(call.Caller, Home!.Account, calendar.Id, text, call.Cancellation) is { } error ? CalDavErrors.Of(error, this) with { Property = CalDavNames.Availability } : null;
    }

    async ValueTask<Calendar?> Default(DavCall call) => (await calendars.Get(call.Caller, Home!.Account, null, call.Cancellation)).Found.FirstOrDefault(calendar => calendar.IsDefault);

    public override async IAsyncEnumerable<IReadOnlyList<DavNode>> Members(DavCall call, DavWanted wanted)
    {
        yield return [.. (await notifications.Messages(call.Caller, Home!.Account, call.Cancellation)).Select(NodeOf)];
    }

    public override async ValueTask<IReadOnlyList<DavNode>> Find(DavCall call, IReadOnlyList<string> names, DavWanted wanted) =>
        [.. (await notifications.Messages(call.Caller, Home!.Account, call.Cancellation)).Select(NodeOf).Where(node => names.Contains(node.Path.Name))];

    /// <summary>Takes a message out.</summary>
    public async ValueTask<DavError?> Take(DavCall call, long id) => await notifications.TakeMessage(call.Caller, Home!.Account, id, call.Cancellation) ? null : DavError.NotFound;

    ScheduleMessage NodeOf((long Id, DateTimeOffset At, byte[] Message) message) => new(this, message.Id, string.Create(CultureInfo.InvariantCulture, $"{message.Id}.ics"), message.At, message.Message);
}
