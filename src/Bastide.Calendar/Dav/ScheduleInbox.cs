using System.Globalization;
using System.Xml.Linq;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;

namespace Bastide.Calendar.Dav;

/// <summary>
/// What other calendars said to the owner, for programs that tell people of it (RFC 6638 §2.2). It has been done already when
/// it stands here; who has read a message removes it.
/// </summary>
sealed class ScheduleInbox(Calendars calendars, EventNotifications notifications, DavHome home) : DavCollection(home.Path.Child(ResourceName), home)
{
    /// <summary>Its name in the home; no calendar has it.</summary>
    public const string ResourceName = "schedule-inbox";

    static readonly XName[] Types = [CalDavNames.Of("schedule-inbox")];

    public override Rights Rights => Rights.Read | Rights.Remove;

    public override IReadOnlyList<XName> ResourceTypes => Types;

    /// <summary>The calendar that invitations come into, or null (RFC 6638 §9.2).</summary>
    public async ValueTask<string?> DefaultCalendar(DavCall call)
    {
        var (found, _) = await calendars.Get(call.Caller, Home!.Account, null, call.Cancellation);
        return found.FirstOrDefault(calendar => calendar.IsDefault) is { } calendar ? Home.Path.Child(calendar.Resource).Href + "/" : null;
    }

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
