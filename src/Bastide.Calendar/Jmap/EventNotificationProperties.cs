using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary>The CalendarEventNotification object (draft-ietf-jmap-calendars, "Calendar Event Notifications").</summary>
static class EventNotificationProperties
{
    public static readonly WireId Id = new('n');

    public static readonly ObjectProperties<EventNotification> All = new(
        ("id", n => Id.Write(n.Id)),
        ("created", n => JmapDates.WriteUtc(n.CreatedAt)),
        ("changedBy", n => new JsonObject
        {
            ["name"] = n.ByName,
            ["email"] = Protocols.ITip.CalendarAddress.MailOf(n.ByAddress),
            ["principalId"] = n.ByAccount is { } account ? CalendarIds.PrincipalOf(account) : null,
            ["calendarAddress"] = n.ByAddress,
        }),
        ("comment", n => n.Comment),
        ("type", n => TypeOf(n.Kind)),
        ("calendarEventId", n => n.EventId is { } id ? CalendarIds.Event.Write(id) : null),
        ("isDraft", n => n.Kind == EventNotificationKind.Destroyed ? null : false),
        ("event", n => n.Event.DeepClone()),
        ("eventPatch", n => n.Kind == EventNotificationKind.Updated ? n.Patch?.DeepClone() : null));

    /// <summary>The word of a kind.</summary>
    public static string TypeOf(EventNotificationKind kind) => kind switch
    {
        EventNotificationKind.Created => "created",
        EventNotificationKind.Destroyed => "destroyed",
        _ => "updated",
    };
}
