using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>CalendarEventNotification/query</c>.</summary>
sealed class EventNotificationQuery(EventNotifications notifications)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = QueryRequest.Parse(call);
        var (all, state) = await notifications.All(call.Caller, call.Account, call.Cancellation);
        var found = Find(all, request.Filter, request.Sort);
        var (position, ids) = request.Window([.. found.Select(note => EventNotificationProperties.Id.Write(note.Id))]);
        return QueryAnswer.Make(call, request, state.ToString(), canCalculateChanges: true, position, ids, found.Count);
    }

    /// <summary>Those that a filter finds, in order.</summary>
    public static List<EventNotification> Find(IReadOnlyList<EventNotification> all, JmapFilter? filter, IReadOnlyList<JmapComparator> sort)
    {
        FilterConditions.Check(filter, "after", "before", "type", "calendarEventIds");
        var found = all.Where(note => FilterConditions.Matches(filter, condition => Matches(note, condition))).ToList();
        foreach (var by in sort.Reverse())
        {
            if (by.Property != "created") throw new JmapException("unsupportedSort", $"They are not sorted by {by.Property}.");
            found = [.. by.IsAscending ? found.OrderBy(note => note.CreatedAt) : found.OrderByDescending(note => note.CreatedAt)];
        }

        return found;
    }

    static bool Matches(EventNotification note, JsonObject condition)
    {
        foreach (var (name, value) in condition)
        {
            if (value is null) continue;
            var matches = name switch
            {
                "after" => note.CreatedAt >= Time(name, value),
                "before" => note.CreatedAt < Time(name, value),
                "type" => EventNotificationProperties.TypeOf(note.Kind) == (value.AsText() ?? throw JmapException.InvalidArguments("type is a string.")),
                _ => value is JsonArray ids ? note.EventId is { } id && ids.Any(one => one.AsText() == CalendarIds.Event.Write(id)) : throw JmapException.InvalidArguments("calendarEventIds is an array of ids."),
            };
            if (!matches) return false;
        }

        return true;
    }

    static DateTimeOffset Time(string name, JsonNode value) => JmapDates.ReadUtc(value.AsText()) ?? throw JmapException.InvalidArguments($"{name} is a date in UTC, as 2026-11-23T09:30:00Z.");
}
