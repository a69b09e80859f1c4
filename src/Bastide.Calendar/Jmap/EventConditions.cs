using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar.Jmap;

/// <summary>Reads the filter and sort of <c>CalendarEvent/query</c>.</summary>
static class EventConditions
{
    static readonly Dictionary<string, EventSortProperty> Sorts = new(StringComparer.Ordinal)
    {
        ["start"] = EventSortProperty.Start,
        ["uid"] = EventSortProperty.Uid,
        ["recurrenceId"] = EventSortProperty.RecurrenceId,
        ["created"] = EventSortProperty.Created,
        ["updated"] = EventSortProperty.Updated,
    };

    /// <summary>The whole question.</summary>
    public static EventQuery Query(JmapCall call, JmapFilter? filter, IReadOnlyList<JmapComparator> sort)
    {
        var query = new EventQuery
        {
            Filter = filter is null ? null : Filter(filter, call.Created),
            Sort = [.. sort.Select(by => (Sorts.TryGetValue(by.Property, out var property) ? property : throw new JmapException("unsupportedSort", $"Events are not sorted by {by.Property}."), by.IsAscending))],
            ExpandRecurrences = call.Arguments.Flag("expandRecurrences"),
            TimeZone = EventProperties.Zone(call.Arguments.TextOrNull("timeZone")),
        };
        if (!query.ExpandRecurrences) return query;
        if (query.Filter?.Condition is not { After: { } after, Before: { } before }) throw JmapException.InvalidArguments("With expandRecurrences the filter is one condition with both before and after.");
        if (before > after && Period.DaysBetween(after.Date, before.Date) > EventFinder.MostDays)
            throw new JmapException("expandDurationTooLarge", $"Recurrences are expanded over {EventFinder.MostDays} days at most.");
        return query;
    }

    static EventFilter Filter(JmapFilter filter, CreatedIds created) => filter switch
    {
        JmapFilter.Condition condition => new EventFilter(Condition(condition.Properties, created)),
        JmapFilter.Group group => new EventFilter(null, group.Operator, [.. group.Conditions.Select(inner => Filter(inner, created))]),
        _ => throw new ArgumentException("A filter is a condition or a group.", nameof(filter)),
    };

    static EventCondition Condition(JsonObject given, CreatedIds created)
    {
        var condition = new EventCondition();
        foreach (var (name, value) in given)
        {
            if (value is null) continue;
            condition = name switch
            {
                "inCalendar" => condition with { InCalendar = CalendarIds.Calendar.Resolve(Text(name, value), created) ?? 0 },
                "after" => condition with { After = Time(name, value) },
                "before" => condition with { Before = Time(name, value) },
                "text" => condition with { Text = Text(name, value) },
                "title" => condition with { Title = Text(name, value) },
                "description" => condition with { Description = Text(name, value) },
                "location" => condition with { Location = Text(name, value) },
                "owner" => condition with { Owner = Text(name, value) },
                "attendee" => condition with { Attendee = Text(name, value) },
                "uid" => condition with { Uid = Text(name, value) },
                _ => throw new JmapException("unsupportedFilter", $"There is no filter by {name}."),
            };
        }

        return condition;
    }

    static string Text(string name, JsonNode value) => value.AsText() ?? throw JmapException.InvalidArguments($"{name} is a string.");

    static LocalDateTime Time(string name, JsonNode value) => JSTime.Read(value.AsText()) ?? throw JmapException.InvalidArguments($"{name} is a local date and time, as 2026-11-23T09:30:00.");
}
