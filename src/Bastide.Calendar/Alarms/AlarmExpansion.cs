using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar.Alarms;

/// <summary>
/// The times at which the alarms of an event go off for a person: their own alerts or the defaults of the calendar, of every
/// occurrence. What was acknowledged (RFC 9074 §6), cancelled or declined calls on nobody; a snooze is an alert with a time
/// of its own (RFC 9074 §7).
/// </summary>
sealed class AlarmExpansion
{
    /// <summary>The most occurrences that are looked through at once.</summary>
    public const int MostOccurrences = 1000;

    static readonly Duration Farthest = Duration.FromDays(366);
    static readonly Duration Margin = Duration.FromDays(1);

    readonly CalendarObject _calendar;
    readonly AlarmPerson _person;
    readonly Instant _from;
    readonly Instant _to;
    readonly CancellationToken _cancellation;
    readonly ICalTimeZones _zones;
    readonly Dictionary<ICalComponent, IReadOnlyDictionary<string, (int Times, ICalDuration After)>> _repeats = new(ReferenceEqualityComparer.Instance);
    readonly List<ComingAlarm> _alarms = [];
    Instant? _next;

    AlarmExpansion(CalendarObject calendar, AlarmPerson person, Instant from, Instant to, CancellationToken cancellation)
    {
        _calendar = calendar;
        _person = person;
        _from = from;
        _to = to;
        _cancellation = cancellation;
        _zones = calendar.Zones(cancellation);
    }

    /// <summary>What goes off from one moment up to another, and when it is time to look for more; null when nothing will come.</summary>
    public static (IReadOnlyList<ComingAlarm> Alarms, Instant? Next) Of(CalendarObject calendar, AlarmPerson person, Instant from, Instant to, CancellationToken cancellation)
    {
        var expansion = new AlarmExpansion(calendar, person, from, to, cancellation);
        expansion.Run();
        return (expansion._alarms, expansion._next);
    }

    void Run()
    {
        var told = EventSeries.Read(_calendar, _cancellation);
        if (!_person.IsOwner) told = told.ConvertAll(one => PersonalProperties.With(one, _person.Personal));
        var overrides = _calendar.Master is null ? [] : told[0]["recurrenceOverrides"] as JsonObject ?? [];
        var own = overrides.Where(entry => (entry.Value as JsonObject ?? []).Any(patch => IsOfAlerts(patch.Key)))
            .Select(entry => (entry.Key, Event: EventSeries.Instance(told[0], entry.Key))).Where(entry => entry.Event is not null).ToList();
        var offsets = new List<Duration>();
        foreach (var one in told) AddAbsolute(one, one["recurrenceId"].AsText() ?? "", null, offsets);
        foreach (var (key, instance) in own) AddAbsolute(instance!, key, told[0], offsets);
        if (offsets.Count == 0) return;

        var set = new RecurrenceSet(_calendar.Components, _zones, _person.Zone);
        var (least, most) = (offsets.Min() - Margin, offsets.Max() + Margin);
        var events = _calendar.Master is null ? _calendar.Instances.Zip(told).ToDictionary(pair => pair.First, pair => pair.Second) : null;
        var names = EventSeries.KeysOf(_calendar, _zones);
        var (found, until) = set.ExpandUpTo(ZoneRules.Later(_from, -most), ZoneRules.Later(_to, -least), MostOccurrences, _cancellation);
        foreach (var occurrence in found)
        {
            var key = occurrence.RecurrenceId is { } id ? names(id) : "";
            var instance = events?[occurrence.Component] ?? (overrides.ContainsKey(key) ? EventSeries.Instance(told[0], key) : told[0]);
            if (instance is not null && CallsOn(instance)) AddRelative(instance, key, occurrence);
        }

        // Where an occurrence was left out there is more to look for soon.
        if (until < ZoneRules.Later(_to, -least)) LookAgain(_to);
        var (later, end) = set.ExpandUpTo(ZoneRules.Later(_to, -most), ZoneRules.Later(_to, -most + Farthest), 1, _cancellation);
        if (later.Count > 0) LookAgain(ZoneRules.Later(later.Min(occurrence => occurrence.Begin), least));
        else if (set.LastEnd(MostOccurrences, _cancellation) is not { } last || last > end) LookAgain(ZoneRules.Later(_to, Farthest / 2));
    }

    /// <summary>Notes the alerts that have a time of their own, and the offsets of the others. What an instance has of its series is told with that.</summary>
    void AddAbsolute(JsonObject calendarEvent, string recurrenceId, JsonObject? series, List<Duration> offsets)
    {
        var inherited = series is null ? [] : Effective(series);
        foreach (var (id, alert) in Effective(calendarEvent))
        {
            var trigger = alert["trigger"];
            if (JSTime.ReadDuration(trigger.Member("offset").AsText(), isSigned: true) is { } offset) offsets.Add(offset.Approximate);
            else if (JSTime.ReadUtc(trigger.Member("when").AsText()) is { } when && !JsonNode.DeepEquals(inherited.GetValueOrDefault(id)?["trigger"], trigger) && CallsOn(calendarEvent))
                Add(recurrenceId, id, alert, when, ComponentOf(recurrenceId));
        }
    }

    void AddRelative(JsonObject instance, string recurrenceId, Occurrence occurrence)
    {
        foreach (var (id, alert) in Effective(instance))
        {
            var trigger = alert["trigger"];
            if (JSTime.ReadDuration(trigger.Member("offset").AsText(), isSigned: true) is not { } offset) continue;
            var zone = _zones.ZoneOf(occurrence.Start, _person.Zone);
            var point = ZoneRules.Local(trigger.Member("relativeTo").AsText() == "end" ? occurrence.End : occurrence.Begin, zone);
            Add(recurrenceId, id, alert, offset.AddTo(point, zone), occurrence.Component);
        }
    }

    void Add(string recurrenceId, string id, JsonObject alert, Instant due, ICalComponent? component)
    {
        var isByMail = alert["action"].AsText() == "email";
        foreach (var at in Times(id, due, component))
        {
            if (at >= _to)
            {
                LookAgain(at);
                return;
            }

            if (at >= _from && !IsAcknowledged(alert, component, at)) _alarms.Add(new ComingAlarm(_person.Account, recurrenceId, id, isByMail, at.ToUnixTimeSeconds()));
        }
    }

    IEnumerable<Instant> Times(string id, Instant due, ICalComponent? component)
    {
        yield return due;
        if (!_person.IsOwner || component is null) yield break;
        if (!_repeats.TryGetValue(component, out var repeats)) _repeats[component] = repeats = AlertRepeats.Of(component, _zones);
        if (!repeats.TryGetValue(id, out var repeat)) yield break;
        for (var i = 1; i <= repeat.Times; i++) yield return ZoneRules.Later(due, repeat.After.Approximate * i);
    }

    /// <summary>Acknowledged at a time means all that called before it.</summary>
    bool IsAcknowledged(JsonObject alert, ICalComponent? component, Instant due)
    {
        if (JSTime.ReadUtc(alert["acknowledged"].AsText()) >= due) return true;
        // Interop: Thunderbird 140, 2026-12: it acknowledges the alarms of an event together, beside them.
        return _person.IsOwner && ICalTime.Of(component?.Property("X-MOZ-LASTACK")) is { } time && ZoneRules.Resolve(time.Local, DateTimeZone.Utc) >= due;
    }

    /// <summary>The alerts that hold: those of the event, or the defaults with what was acknowledged and snoozed of them.</summary>
    Dictionary<string, JsonObject> Effective(JsonObject calendarEvent)
    {
        var own = (calendarEvent["alerts"] as JsonObject ?? []).Where(entry => entry.Value is JsonObject).ToDictionary(entry => entry.Key, entry => (JsonObject)entry.Value!, StringComparer.Ordinal);
        if (calendarEvent["useDefaultAlerts"].AsFlag() != true) return own;
        var defaults = calendarEvent["showWithoutTime"].AsFlag() == true ? _person.AlertsWithoutTime : _person.AlertsWithTime;
        var effective = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (id, value) in defaults ?? [])
        {
            if (value is not JsonObject alert) continue;
            effective[id] = alert = (JsonObject)alert.DeepClone();
            if (own.GetValueOrDefault(id)?["acknowledged"] is { } acknowledged) alert["acknowledged"] = acknowledged.DeepClone();
        }

        foreach (var (id, alert) in own)
            if ((alert["relatedTo"] as JsonObject ?? []).Any(related => effective.ContainsKey(related.Key)))
                effective.TryAdd(id, alert);
        return effective;
    }

    bool CallsOn(JsonObject instance)
    {
        if (instance["status"].AsText() == "cancelled") return false;
        var people = (instance["participants"] as JsonObject ?? []).Select(entry => entry.Value);
        var own = people.FirstOrDefault(person => person.Member("calendarAddress").AsText() is { } address && _person.Addresses.Contains(address.Trim()));
        return own.Member("participationStatus").AsText() is not ("declined" or "delegated");
    }

    ICalComponent? ComponentOf(string recurrenceId) => recurrenceId.Length == 0 ? _calendar.Master : null;

    /// <summary>Plans the next look a day before what is coming, and not before this one ends.</summary>
    void LookAgain(Instant coming)
    {
        var at = Instant.Max(ZoneRules.Later(coming, -Margin), ZoneRules.Later(_to, -Margin));
        if (_next is null || at < _next) _next = at;
    }

    static bool IsOfAlerts(string pointer) => JsonPointers.Split(pointer)[0] is "alerts" or "useDefaultAlerts" or "status" or "participants";
}
