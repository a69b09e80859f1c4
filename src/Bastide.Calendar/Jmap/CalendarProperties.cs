using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary>The Calendar object (draft-ietf-jmap-calendars, "Calendars").</summary>
static class CalendarProperties
{
    public static readonly string[] Availabilities = ["all", "attending", "none"];

    public static readonly ObjectProperties<Calendar> All = new(
        ("id", c => CalendarIds.Calendar.Write(c.Id)),
        ("name", c => c.Name),
        ("description", c => c.Description),
        ("color", c => c.Color),
        ("sortOrder", c => c.SortOrder),
        ("isSubscribed", c => c.IsSubscribed),
        ("isVisible", c => c.IsVisible),
        ("isDefault", c => c.IsDefault),
        ("includeInAvailability", c => Availabilities[(int)c.Availability]),
        ("defaultAlertsWithTime", c => c.AlertsWithTime?.DeepClone()),
        ("defaultAlertsWithoutTime", c => c.AlertsWithoutTime?.DeepClone()),
        ("timeZone", c => c.TimeZone),
        ("shareWith", ShareWith),
        ("myRights", c => CalendarRightsJson.Write(c.MyRights)));

    static JsonObject? ShareWith(Calendar calendar) => calendar.SharedWith is { Count: > 0 } shared
        ? new JsonObject(shared.Select(share => KeyValuePair.Create(CalendarIds.PrincipalOf(share.Key), (JsonNode?)CalendarRightsJson.Write(share.Value))))
        : null;
}
