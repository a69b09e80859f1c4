using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary>Reads events that are to be set: what JMAP adds is taken apart from what JSCalendar says.</summary>
static class EventArguments
{
    static readonly string[] OfServer = ["id", "baseEventId", "isOrigin", "iCalendar"];

    /// <summary>An event to be made.</summary>
    public static (EventCreate? Create, SetError? Error) ReadCreate(JsonObject given, CreatedIds created)
    {
        var invalid = new InvalidProperties();
        var told = (JsonObject)given.DeepClone();
        foreach (var name in OfServer)
            if (told.ContainsKey(name) && (!told.Remove(name) || given[name] is not null))
                invalid.Add(name, "the server sets it.");
        var isDraft = Flag(told, "isDraft", invalid);
        var calendar = Calendar(given["calendarIds"], created, invalid);
        told.Remove("calendarIds");
        return invalid.Any ? (null, invalid.ToError()) : (new EventCreate(told, calendar, isDraft ?? false), null);
    }

    /// <summary>A change of an event or instance.</summary>
    public static (EventUpdate? Update, SetError? Error) ReadUpdate(JsonObject patch, EventRef reference, CreatedIds created)
    {
        var invalid = new InvalidProperties();
        var told = (JsonObject)patch.DeepClone();
        foreach (var name in OfServer)
            if (told.ContainsKey(name) && (name != "id" || patch[name].AsText() != CalendarIds.Write(reference)))
                invalid.Add(name, "it does not change.");
        told.Remove("id");
        var isDraft = Flag(told, "isDraft", invalid);
        var calendar = MovedTo(told, created, invalid);
        if (reference.Instance is not null && (isDraft ?? calendar is not null)) invalid.Add("calendarIds", "an instance is where its series is.");
        return invalid.Any ? (null, invalid.ToError()) : (new EventUpdate(told) { CalendarId = calendar, IsDraft = isDraft }, null);
    }

    /// <summary>What the server set in an event it made.</summary>
    public static JsonObject ServerSet(EventRecord record, JsonObject given)
    {
        var set = new JsonObject { ["isOrigin"] = record.IsOrigin };
        if (!given.ContainsKey("isDraft")) set["isDraft"] = record.IsDraft;
        foreach (var (name, value) in record.Event)
            if (!JsonNode.DeepEquals(given[name], value) && (!given.ContainsKey(name) || name is "updated" or "created" or "sequence" or "participants"))
                set[name] = value?.DeepClone();
        return set;
    }

    /// <summary>Reads <c>calendarIds</c>: an event is in one calendar.</summary>
    static long Calendar(JsonNode? node, CreatedIds created, InvalidProperties invalid)
    {
        if (node.AsSet() is { Count: 1 } ids && CalendarIds.Calendar.Resolve(ids[0], created) is { } calendar) return calendar;
        invalid.Add("calendarIds", node.AsSet() is { Count: 1 } ? "there is no such calendar." : "an event is in exactly one calendar: an object of its id with the value true.");
        return 0;
    }

    /// <summary>The calendar an event is to be in, by the whole property or by pointers into it.</summary>
    static long? MovedTo(JsonObject patch, CreatedIds created, InvalidProperties invalid)
    {
        if (patch.TryGetPropertyValue("calendarIds", out var whole))
        {
            var calendar = Calendar(whole, created, invalid);
            patch.Remove("calendarIds");
            return calendar;
        }

        var pointers = patch.Where(entry => entry.Key.StartsWith("calendarIds/", StringComparison.Ordinal)).ToList();
        if (pointers.Count == 0) return null;
        foreach (var (pointer, _) in pointers) patch.Remove(pointer);
        var added = pointers.FindAll(entry => entry.Value.AsFlag() == true);
        if (added.Count != 1 || pointers.Any(entry => entry.Value is not null && entry.Value.AsFlag() != true))
        {
            invalid.Add("calendarIds", "an event is in exactly one calendar.");
            return null;
        }

        return Calendar(new JsonObject { [JmapPatch.Split(added[0].Key)[1]] = true }, created, invalid);
    }

    static bool? Flag(JsonObject told, string name, InvalidProperties invalid)
    {
        if (!told.TryGetPropertyValue(name, out var value)) return null;
        told.Remove(name);
        if (value is not null && value.AsFlag() is null) invalid.Add(name, "it is true or false.");
        return value.AsFlag() ?? false;
    }
}
