using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using NodaTime;

namespace Bastide.Protocols.JSCalendar;

/// <summary>
/// A calendar object of events as JSCalendar (RFC 8984 in the words of draft-ietf-calext-jscalendarbis): read, made, and
/// changed. iCalendar is what is kept; a change is written where it differs, and the rest of the text stays what it was.
/// </summary>
public static class EventSeries
{
    const int MostFollowing = 500;
    static readonly Duration FarthestFollowing = Duration.FromDays(5 * 366);

    // An instance may not change these (RFC 8984 §4.3.5), and of others every component has its own.
    static readonly HashSet<string> NotOverridden = new(StringComparer.Ordinal)
    {
        "@type", "uid", "method", "prodId", "privacy", "organizerCalendarAddress", "relatedTo", "recurrenceRule", "recurrenceOverrides", "recurrenceId", "recurrenceIdTimeZone",
        "created", "updated", "sequence", "mayInviteSelf", "mayInviteOthers", "hideAttendees", "excluded",
    };

    /// <summary>Those of them that a component of an instance repeats.</summary>
    internal static readonly string[] Repeated = ["uid", "privacy", "organizerCalendarAddress", "relatedTo", "created", "updated", "sequence", "mayInviteSelf", "mayInviteOthers", "hideAttendees"];

    /// <summary>
    /// The Event of a series, its instances as <c>recurrenceOverrides</c>; where only instances are known, an Event of each,
    /// with its <c>recurrenceId</c>.
    /// </summary>
    public static List<JsonObject> Read(CalendarObject calendar, CancellationToken cancellation = default)
    {
        var zones = calendar.Zones(cancellation);
        if (calendar.Master is not { } master) return [.. calendar.Instances.Select(instance => ReadInstance(calendar, instance, zones))];
        var set = new RecurrenceSet(calendar.Components, zones, DateTimeZone.Utc);
        var read = EventReader.Read(new EventScope(master, zones));
        AddCalendar(calendar, read);
        if (Overrides(calendar, master, read, set, zones, cancellation) is { Count: > 0 } overrides) read["recurrenceOverrides"] = overrides;
        return [read];
    }

    /// <summary>How the instances of an object are named in <c>recurrenceOverrides</c>, from the names <see cref="RecurrenceSet"/> gives them.</summary>
    public static Func<LocalDateTime, string> KeysOf(CalendarObject calendar, ICalTimeZones zones)
    {
        var clock = ICalTime.Of(calendar.Master?.Property("DTSTART")) is { } start ? EventClock.Of(start, zones) : default;
        return id => JSTime.Write(clock.Tell(id));
    }

    /// <summary>The other way round; null for what is no name.</summary>
    public static LocalDateTime? NameOf(CalendarObject calendar, ICalTimeZones zones, string key)
    {
        var clock = ICalTime.Of(calendar.Master?.Property("DTSTART")) is { } start ? EventClock.Of(start, zones) : default;
        return JSTime.Read(key) is { } told ? clock.Own(told) : null;
    }

    /// <summary>The names of the instances of an object of which the series is not known, as their Events tell them.</summary>
    public static IEnumerable<string> RecurrenceIds(CalendarObject calendar, ICalTimeZones zones) =>
        calendar.Instances.Select(instance => ICalTime.Of(instance.Property("RECURRENCE-ID"))).OfType<ICalTime>().Select(id => JSTime.Write(EventClock.Of(id, zones).Tell(id.Local)));

    /// <summary>The one Event that <see cref="Read"/> gives of a series, or of an instance alone.</summary>
    public static JsonObject ReadInstance(CalendarObject calendar, ICalComponent instance, ICalTimeZones zones)
    {
        var read = EventReader.Read(new EventScope(instance, zones));
        AddCalendar(calendar, read);
        if (ICalTime.Of(instance.Property("RECURRENCE-ID")) is not { } id) return read;
        var clock = EventClock.Of(id, zones);
        read["recurrenceId"] = JSTime.Write(clock.Tell(id.Local));
        if (clock.TimeZone is { } timeZone) read["recurrenceIdTimeZone"] = timeZone;
        read["start"] ??= read["recurrenceId"]!.DeepClone();
        return read;
    }

    /// <summary>The Event of one occurrence of a series: the series with its patch applied (RFC 8984 §4.3.5).</summary>
    /// <param name="series">The series.</param>
    /// <param name="recurrenceId">Which.</param>
    public static JsonObject? Instance(JsonObject series, string recurrenceId)
    {
        var instance = InstanceBase(series, recurrenceId);
        if (series["recurrenceOverrides"]?[recurrenceId] is JsonObject patch)
        {
            if (patch["excluded"].AsFlag() == true) return null;
            instance = JsonPointers.Apply(instance, Allowed(patch));
        }

        instance["recurrenceId"] = recurrenceId;
        if (series["timeZone"] is { } timeZone) instance["recurrenceIdTimeZone"] = timeZone.DeepClone();
        return instance;
    }

    /// <summary>The patch that makes an instance of its series; what instances may not change is left out.</summary>
    public static JsonObject PatchOf(JsonObject series, string recurrenceId, JsonObject instance) =>
        Allowed(JsonPointers.Difference(InstanceBase(series, recurrenceId), instance));

    internal static JsonObject InstanceBase(JsonObject series, string recurrenceId)
    {
        var instance = (JsonObject)series.DeepClone();
        instance.Remove("recurrenceRule");
        instance.Remove("recurrenceOverrides");
        instance["start"] = recurrenceId;
        return instance;
    }

    internal static JsonObject Allowed(JsonObject patch) =>
        new(patch.Where(entry => !NotOverridden.Contains(JsonPointers.Split(entry.Key)[0])).Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())));

    static void AddCalendar(CalendarObject calendar, JsonObject read)
    {
        if (calendar.Calendar.Text("PRODID") is { Length: > 0 } product) read["prodId"] = product;
        if (calendar.Calendar.Text("METHOD") is { Length: > 0 } method) read["method"] = JSWords.Lower(method);
    }

    static JsonObject Overrides(CalendarObject calendar, ICalComponent master, JsonObject series, RecurrenceSet set, ICalTimeZones zones, CancellationToken cancellation)
    {
        var found = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        if (ICalTime.Of(master.Property("DTSTART")) is not { } start) return [];
        var clock = EventClock.Of(start, zones);
        string Key(LocalDateTime id) => JSTime.Write(clock.Tell(id));
        foreach (var (time, duration) in master.PropertiesOf("RDATE").SelectMany(property => RecurrenceDates.Read(property, zones)))
            found[Key(set.RecurrenceIdOf(time))] = duration is { } length ? new JsonObject { ["duration"] = length.ToString() } : [];
        foreach (var time in master.PropertiesOf("EXDATE").SelectMany(ICalTime.AllOf))
            found[Key(set.RecurrenceIdOf(time))] = new JsonObject { ["excluded"] = true };
        var inherited = JsonProperties.Read(master);
        foreach (var instance in calendar.Instances)
        {
            if (ICalTime.Of(instance.Property("RECURRENCE-ID")) is not { } time) continue;
            var id = set.RecurrenceIdOf(time);
            if (set.InstanceOf(id) != instance) continue;
            found[Key(id)] = PatchOf(series, Key(id), ReadOverride(series, Key(id), instance, zones, inherited));
            if (!"THISANDFUTURE".Equals(instance.Property("RECURRENCE-ID")!.Parameter("RANGE"), StringComparison.OrdinalIgnoreCase)) continue;
            foreach (var (following, patch) in Following(instance, id, series, set, zones, inherited, Key, cancellation)) found.TryAdd(following, patch);
        }

        return new JsonObject(found.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
    }

    internal static JsonObject ReadOverride(JsonObject series, string key, ICalComponent instance, ICalTimeZones zones, JsonObject inherited)
    {
        var read = EventReader.Read(new EventScope(instance, zones), inherited);
        if (read["start"] is not null) return read;
        foreach (var name in new[] { "timeZone", "showWithoutTime", "duration", "endTimeZone" })
            if (series[name] is { } value)
                read[name] = value.DeepClone();
        read["start"] = key;
        return read;
    }

    /// <summary>JSCalendar has no word for this and all that follow: each of those that do is told, as far as anybody looks.</summary>
    static IEnumerable<(string Key, JsonObject Patch)> Following(
        ICalComponent instance, LocalDateTime id, JsonObject series, RecurrenceSet set, ICalTimeZones zones, JsonObject inherited, Func<LocalDateTime, string> key, CancellationToken cancellation)
    {
        var from = ZoneRules.Resolve(id, DateTimeZone.Utc) - Duration.FromDays(1);
        var (occurrences, _) = set.ExpandUpTo(from, ZoneRules.Later(from, FarthestFollowing), MostFollowing, cancellation);
        foreach (var occurrence in occurrences.Where(occurrence => !occurrence.IsOverride && occurrence.Component == instance && occurrence.RecurrenceId > id))
        {
            var told = ReadOverride(series, key(occurrence.RecurrenceId!.Value), instance, zones, inherited);
            told["start"] = JSTime.Write(EventClock.Of(occurrence.Start, zones).Tell(occurrence.Start.Local));
            yield return (key(occurrence.RecurrenceId.Value), PatchOf(series, key(occurrence.RecurrenceId.Value), told));
        }
    }
}
