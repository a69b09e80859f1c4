using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar.Jmap;

/// <summary>The Calendar object (draft-ietf-jmap-calendars, "Calendars").</summary>
static class CalendarProperties
{
    public static readonly string[] Availabilities = ["all", "attending", "none"];

    static readonly (string Name, Func<Calendar, JsonNode?> Write)[] Standard =
    [
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
        ("myRights", c => CalendarRightsJson.Write(c.MyRights)),
    ];

    /// <summary>What of a calendar our own capability has beside.</summary>
    static readonly (string Name, Func<Calendar, JsonNode?> Write)[] OfExtensions =
    [
        ("source", c => c.Source?.Address),
        ("sourceRefreshedAt", c => c.Source?.RefreshedAt is { } time ? JSTime.WriteUtc(Instant.FromUnixTimeSeconds(time.ToUnixTimeSeconds())) : null),
        ("sourceError", c => c.Source?.Error is { } error ? new JsonObject { ["type"] = error.Type, ["description"] = error.Description } : null),
    ];

    static readonly ObjectProperties<Calendar> All = new(Standard);
    static readonly ObjectProperties<Calendar> WithExtensions = new([.. Standard, .. OfExtensions]);

    /// <summary>Those of the capabilities a request uses.</summary>
    public static ObjectProperties<Calendar> For(JmapCall call) => call.Uses(CalendarCapabilities.Extensions) ? WithExtensions : All;

    static JsonObject? ShareWith(Calendar calendar) => calendar.SharedWith is { Count: > 0 } shared
        ? new JsonObject(shared.Select(share => KeyValuePair.Create(CalendarIds.PrincipalOf(share.Key), (JsonNode?)CalendarRightsJson.Write(share.Value))))
        : null;
}
