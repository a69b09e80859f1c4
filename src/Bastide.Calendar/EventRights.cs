using System.Text.Json.Nodes;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;

namespace Bastide.Calendar;

/// <summary>What a caller may change of the events of a calendar: all, their own, their answers, or what they have of their own (draft-ietf-jmap-calendars, "CalendarRights").</summary>
sealed class EventRights(CalendarAccess access, IReadOnlySet<string> ownAddresses)
{
    static readonly HashSet<string> OfAnswers = new(StringComparer.Ordinal) { "participationStatus", "participationComment", "expectReply", "scheduleSequence", "scheduleUpdated" };

    /// <summary>Why an event may not be made in a calendar, or taken out of it; null where it may.</summary>
    public CalendarError? CheckWhole(long calendar, JsonObject calendarEvent, string what)
    {
        if (access.May(Rights.Write, calendar)) return null;
        if (access.May(Rights.WriteOwn, calendar) && IsOwnOrNobodys(calendarEvent)) return null;
        return access.Refuse(calendar, $"You may not {what} in this calendar.");
    }

    /// <summary>Why a change of what all see of an event may not be; null where it may.</summary>
    public CalendarError? CheckChange(long calendar, JsonObject before, JsonObject difference)
    {
        if (difference.Count == 0 || access.May(Rights.Write, calendar)) return null;
        if (access.May(Rights.WriteOwn, calendar) && IsOwnOrNobodys(before)) return null;
        if (access.May(Rights.Respond, calendar) && difference.All(entry => IsAnswer(before, entry.Key, entry.Value))) return null;
        return access.Refuse(calendar, "You may not change this event.");
    }

    /// <summary>Why what one has of one's own may not be changed; null where it may.</summary>
    public CalendarError? CheckPersonal(long calendar) =>
        access.May(Rights.Personalize, calendar) ? null : access.Refuse(calendar, "You may keep nothing of your own in this calendar.");

    /// <summary>Whether the caller owns the event, or nobody does.</summary>
    public bool IsOwnOrNobodys(JsonObject calendarEvent)
    {
        var owners = (calendarEvent["participants"] as JsonObject ?? []).Select(entry => entry.Value).Where(person => person.Member("roles").Member("owner") is not null).ToList();
        return owners.Count == 0 || owners.Exists(IsOwn);
    }

    /// <summary>Whether a participant is the caller.</summary>
    public bool IsOwn(JsonNode? participant) => participant.Member("calendarAddress").AsText() is { } address && ownAddresses.Contains(address.Trim());

    bool IsAnswer(JsonObject before, string pointer, JsonNode? value)
    {
        var path = JsonPointers.Split(pointer);
        if (path[0] == "recurrenceOverrides")
        {
            if (path.Length == 3) return IsAnswer(before, path[2], value);
            return path.Length == 2 && value is JsonObject patch && patch.All(entry => IsAnswer(before, entry.Key, entry.Value));
        }

        if (path[0] != "participants") return false;
        if (path.Length == 3) return OfAnswers.Contains(path[2]) && IsOwn(before["participants"]?[path[1]]);
        if (path.Length != 2 || value is not JsonObject added || before["participants"]?[path[1]] is not null) return false;
        if ((added["roles"] as JsonObject ?? []).Any(role => role.Key != "attendee")) return false;
        if (IsOwn(added)) return IsTrue(before["mayInviteSelf"]);
        return IsTrue(before["mayInviteOthers"]) && (before["participants"] as JsonObject ?? []).Any(entry => IsOwn(entry.Value));
    }

    static bool IsTrue(JsonNode? flag) => flag?.GetValueKind() == System.Text.Json.JsonValueKind.True;
}
