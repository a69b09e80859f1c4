using System.Text.Json.Nodes;
using Bastide.Abstractions.Identity;
using Bastide.Abstractions.Jmap;
using Bastide.Platform.Accounts;

namespace Bastide.Calendar.Jmap;

/// <summary>What the calendar says of people and teams as principals (draft-ietf-jmap-calendars, "Principals and Sharing").</summary>
sealed class CalendarPrincipal : IPrincipalCapability
{
    public string Uri => CalendarCapabilities.Calendars;

    public JsonObject? Of(Caller caller, DirectoryEntry entry, bool isReached) => !caller.May("calendar") ? null : new JsonObject
    {
        ["accountId"] = isReached ? entry.Account.ToString() : null,
        // Everybody of the workplace is told when the others are free.
        ["mayGetAvailability"] = true,
        ["mayShareWith"] = entry.Account != caller.Person,
        ["calendarAddress"] = "mailto:" + entry.Address,
    };
}
