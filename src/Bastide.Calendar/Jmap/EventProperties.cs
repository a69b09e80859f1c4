using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar.Jmap;

/// <summary>The CalendarEvent object: an Event of JSCalendar with what JMAP adds, reduced to what was asked for.</summary>
sealed class EventProperties
{
    static readonly HashSet<string> Added = new(StringComparer.Ordinal) { "id", "baseEventId", "calendarIds", "isDraft", "isOrigin", "utcStart", "utcEnd", "iCalendar" };

    // What is told of a property that is asked for and not there (RFC 8984, each property's default).
    static readonly Dictionary<string, JsonNode?> Defaults = new(StringComparer.Ordinal)
    {
        ["sequence"] = 0,
        ["title"] = "",
        ["description"] = "",
        ["descriptionContentType"] = "text/plain",
        ["showWithoutTime"] = false,
        ["duration"] = "PT0S",
        ["status"] = "confirmed",
        ["priority"] = 0,
        ["freeBusyStatus"] = "busy",
        ["privacy"] = "public",
        ["useDefaultAlerts"] = false,
        ["mayInviteSelf"] = false,
        ["mayInviteOthers"] = false,
        ["hideAttendees"] = false,
    };

    readonly IReadOnlyList<string>? _names;
    readonly Instant? _overridesBefore;
    readonly Instant? _overridesAfter;
    readonly bool _reduceParticipants;
    readonly DateTimeZone _floating;

    EventProperties(IReadOnlyList<string>? names, Instant? overridesBefore, Instant? overridesAfter, bool reduceParticipants, DateTimeZone floating)
    {
        _names = names;
        _overridesBefore = overridesBefore;
        _overridesAfter = overridesAfter;
        _reduceParticipants = reduceParticipants;
        _floating = floating;
    }

    /// <summary>Reads what is asked for from the arguments of a /get.</summary>
    public static EventProperties Of(JmapCall call, IReadOnlyList<string>? names)
    {
        if (names is not null && names.Contains("recurrenceOverrides") && (names.Contains("utcStart") || names.Contains("utcEnd")))
            throw JmapException.InvalidArguments("recurrenceOverrides is not asked for together with utcStart or utcEnd: they say nothing of them.");
        return new EventProperties(
            names, Moment(call, "recurrenceOverridesBefore"), Moment(call, "recurrenceOverridesAfter"), call.Arguments.Flag("reduceParticipants"), Zone(call.Arguments.TextOrNull("timeZone")));
    }

    /// <summary>Those of an event that is not stored.</summary>
    public static EventProperties OfParsed(IReadOnlyList<string>? names) => new(names, null, null, false, DateTimeZone.Utc);

    /// <summary>The zone of an argument; UTC where none is given.</summary>
    public static DateTimeZone Zone(string? id) =>
        id is null ? DateTimeZone.Utc : TimeZoneNames.Zone(id) ?? throw JmapException.InvalidArguments($"{id} is no time zone of IANA.");

    /// <summary>The object.</summary>
    public JsonObject Write(EventRecord record)
    {
        var told = Reduced(record);
        var written = new JsonObject { ["id"] = CalendarIds.Write(record.Ref) };
        if (_names is null)
        {
            written["calendarIds"] = CalendarIdsOf(record);
            written["isDraft"] = record.IsDraft;
            written["isOrigin"] = record.IsOrigin;
            if (record.Ref.Instance is not null) written["baseEventId"] = CalendarIds.Event.Write(record.Ref.Id);
            foreach (var (name, value) in told)
                if (name != "method")
                    written[name] = value?.DeepClone();
            return written;
        }

        foreach (var name in _names)
            if (name != "id")
                written[name] = Added.Contains(name) ? Extra(record, told, name) : Value(record, told, name);
        return written;
    }

    /// <summary>An event that is not stored: what JMAP adds is null.</summary>
    public JsonObject WriteParsed(JsonObject told)
    {
        if (_names is null) return (JsonObject)told.DeepClone();
        return new JsonObject(_names.Select(name => KeyValuePair.Create(name, Added.Contains(name) && name is not ("utcStart" or "utcEnd") ? null : name switch
        {
            "utcStart" => Utc(UtcTimes.Start(told, _floating)),
            "utcEnd" => Utc(UtcTimes.End(told, _floating)),
            _ => Plain(told, name),
        })));
    }

    static JsonObject CalendarIdsOf(EventRecord record) => new() { [CalendarIds.Calendar.Write(record.CalendarId)] = true };

    JsonNode? Extra(EventRecord record, JsonObject told, string name) => name switch
    {
        "baseEventId" => record.Ref.Instance is null ? null : CalendarIds.Event.Write(record.Ref.Id),
        "calendarIds" => CalendarIdsOf(record),
        "isDraft" => record.IsDraft,
        "isOrigin" => record.IsOrigin,
        "utcStart" => Utc(UtcTimes.Start(told, _floating)),
        "utcEnd" => Utc(UtcTimes.End(told, _floating)),
        _ => record.Component is null ? null : ICalendarJson.Of(record.Component),
    };

    static JsonNode? Value(EventRecord record, JsonObject told, string name) =>
        record.Ref.Instance is not null && name is "recurrenceRule" or "recurrenceOverrides" or "recurrenceRules" ? Instance(record, told, name) : Plain(told, name);

    static JsonNode? Instance(EventRecord record, JsonObject told, string name) => record.Ref.Instance is null ? Plain(told, name) : null;

    static JsonNode? Plain(JsonObject told, string name)
    {
        if (told[name] is { } value) return value.DeepClone();
        if (Rfc8984.Properties.Contains(name)) return Rfc8984.Of(told, name);
        return Defaults.GetValueOrDefault(name)?.DeepClone();
    }

    JsonObject Reduced(EventRecord record)
    {
        var told = record.Event;
        var isHidden = told["hideAttendees"].AsFlag() == true && !IsOwner(told, record);
        var cutsOverrides = (_overridesBefore is not null || _overridesAfter is not null) && told["recurrenceOverrides"] is JsonObject;
        if (!isHidden && !_reduceParticipants && !cutsOverrides) return told;
        told = (JsonObject)told.DeepClone();
        if (cutsOverrides) CutOverrides(told);
        if (isHidden || _reduceParticipants) ReduceParticipants(told, record);
        return told;
    }

    void CutOverrides(JsonObject told)
    {
        var overrides = (JsonObject)told["recurrenceOverrides"]!;
        var zone = TimeZoneNames.Zone(told["timeZone"].AsText()) ?? DateTimeZone.Utc;
        foreach (var key in overrides.Select(entry => entry.Key).ToList())
        {
            if (JSTime.Read(key) is not { } time) continue;
            var moment = ZoneRules.Resolve(time, zone);
            if (moment >= _overridesBefore || moment < _overridesAfter) overrides.Remove(key);
        }
    }

    static void ReduceParticipants(JsonObject told, EventRecord record)
    {
        var people = told["participants"] as JsonObject ?? [];
        var kept = people.Where(entry => entry.Value.Member("roles").Member("owner") is not null || IsOwn(entry.Value, record)).Select(entry => entry.Key).ToHashSet();
        foreach (var id in people.Select(entry => entry.Key).Where(id => !kept.Contains(id)).ToList()) people.Remove(id);
        foreach (var (_, value) in told["recurrenceOverrides"] as JsonObject ?? [])
        {
            if (value is not JsonObject patch) continue;
            foreach (var pointer in patch.Select(entry => entry.Key).ToList())
            {
                var path = JsonPointers.Split(pointer);
                if (path[0] != "participants") continue;
                if (path.Length > 1 ? !kept.Contains(path[1]) && !IsOwn(patch[pointer], record) : patch[pointer] is not null) patch.Remove(pointer);
            }
        }
    }

    static bool IsOwner(JsonObject told, EventRecord record) =>
        (told["participants"] as JsonObject ?? []).Any(entry => entry.Value.Member("roles").Member("owner") is not null && IsOwn(entry.Value, record));

    static bool IsOwn(JsonNode? person, EventRecord record) =>
        person is JsonObject value && value["calendarAddress"].AsText() is { } address && record.OwnAddresses.Contains(address.Trim());

    static Instant? Moment(JmapCall call, string name)
    {
        if (call.Arguments.TextOrNull(name) is not { } text) return null;
        return JSTime.ReadUtc(text) ?? throw JmapException.InvalidArguments($"{name} is a date in UTC, as 2026-11-23T09:30:00Z.");
    }

    static JsonNode? Utc(Instant? instant) => instant is { } moment ? JSTime.WriteUtc(moment) : null;
}
