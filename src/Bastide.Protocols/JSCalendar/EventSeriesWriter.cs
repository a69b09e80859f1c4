using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using NodaTime;

namespace Bastide.Protocols.JSCalendar;

/// <summary>Writes a changed Event into its calendar object, the instances of its series with it.</summary>
public sealed class EventSeriesWriter
{
    const int Budget = 1_000_000;

    // What an instance takes from the series when it gets a component of its own; the rest is the series' alone.
    static readonly HashSet<string> OfSeriesAlone = new(StringComparer.OrdinalIgnoreCase) { "RRULE", "RDATE", "EXDATE", "EXRULE", "JSPROP" };

    readonly ICalComponent _calendar;
    readonly ICalTimeZones _zones;
    readonly CancellationToken _cancellation;

    EventSeriesWriter(ICalComponent calendar, CancellationToken cancellation)
    {
        _calendar = calendar;
        _zones = new ICalTimeZones(calendar, cancellation);
        _cancellation = cancellation;
    }

    /// <summary>A new object of an Event, which has been checked (<see cref="EventCheck"/>) and has a uid.</summary>
    /// <param name="after">The Event.</param>
    /// <param name="product">The PRODID where the Event names none.</param>
    /// <param name="now">The time of DTSTAMP where the Event names none.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static ICalComponent Create(JsonObject after, string product, Instant now, CancellationToken cancellation = default)
    {
        var component = new ICalComponent("VEVENT", [new ICalProperty("UID", ICalText.Escape(after["uid"].AsText() ?? "")), new ICalProperty("DTSTAMP", ICalTime.OfInstant(now).Value)]);
        var calendar = new ICalComponent("VCALENDAR", [
            new ICalProperty("VERSION", "2.0"), new ICalProperty("PRODID", ICalText.Escape(after["prodId"].AsText() ?? product)), component]);
        var writer = new EventSeriesWriter(calendar, cancellation);
        var before = EventReader.Read(new EventScope(component, writer._zones));
        var told = (JsonObject)after.DeepClone();
        told["updated"] ??= before["updated"]?.DeepClone();
        if (told["recurrenceId"] is null) writer.WriteSeries(component, before, told);
        else writer.WriteInstanceAlone(component, before, told);
        TimeZoneComponent.AddMissing(calendar);
        return calendar;
    }

    /// <summary>Writes what differs between two states of the Event of an object's series into the object.</summary>
    public static void Update(CalendarObject calendar, JsonObject before, JsonObject after, CancellationToken cancellation = default)
    {
        var writer = new EventSeriesWriter(calendar.Calendar, cancellation);
        var component = calendar.Master ?? throw new ArgumentException("The object has no series.", nameof(calendar));
        if (after["prodId"].AsText() is { } product && product != before["prodId"].AsText()) calendar.Calendar.SetText("PRODID", product);
        writer.WriteSeries(component, before, after);
        TimeZoneComponent.AddMissing(calendar.Calendar);
    }

    /// <summary>The same for an instance of which the series is not known.</summary>
    public static void UpdateInstance(CalendarObject calendar, ICalComponent instance, JsonObject before, JsonObject after, CancellationToken cancellation = default)
    {
        new EventSeriesWriter(calendar.Calendar, cancellation).WriteInstanceAlone(instance, before, after);
        TimeZoneComponent.AddMissing(calendar.Calendar);
    }

    void WriteInstanceAlone(ICalComponent component, JsonObject before, JsonObject after)
    {
        EventReader.Write(new EventScope(component, _zones), before, after);
        if (JSTime.Read(after["recurrenceId"].AsText()) is not { } id || (JsonNode.DeepEquals(before["recurrenceId"], after["recurrenceId"]) && component.Property("RECURRENCE-ID") is not null)) return;
        var old = component.Property("RECURRENCE-ID");
        var isDate = ICalTime.Of(component.Property("DTSTART"))?.IsDate == true && after["recurrenceIdTimeZone"] is null;
        var time = EventClock.Time(id, after["recurrenceIdTimeZone"].AsText(), isDate, ICalTime.Of(old), _zones);
        var property = EventClock.Timed(old, "RECURRENCE-ID", time);
        if (old is null) component.Add(property);
        else component.Replace(old, property);
    }

    void WriteSeries(ICalComponent master, JsonObject before, JsonObject after)
    {
        var wasSet = new RecurrenceSet(AllOf(master), _zones, DateTimeZone.Utc);
        var wasClock = ClockOf(master);
        var components = InstancesByKey(master, wasSet, wasClock);
        var inheritedBefore = JsonProperties.Read(master);
        EventReader.Write(new EventScope(master, _zones), before, after);
        var clock = ClockOf(master);
        // Names of instances are told on the clock of the series: when that changes, so does every one of them.
        var isNewClock = clock.TimeZone != wasClock.TimeZone || !JsonNode.DeepEquals(before["showWithoutTime"], after["showWithoutTime"]);
        if (isNewClock && after["recurrenceRule"] is not null) new RulePart().Write(new EventScope(master, _zones), before, after);
        var inherited = JsonProperties.Read(master);
        var overridesBefore = before["recurrenceOverrides"] as JsonObject ?? [];
        var overridesAfter = after["recurrenceOverrides"] as JsonObject ?? [];
        if (isNewClock)
        {
            master.RemoveAll("EXDATE");
            master.RemoveAll("RDATE");
        }

        var set = new RecurrenceSet([master], _zones, DateTimeZone.Utc);
        foreach (var key in overridesBefore.Select(entry => entry.Key).Where(key => !overridesAfter.ContainsKey(key)))
        {
            if (components.Remove(key, out var gone)) _calendar.Remove(gone);
            RemoveDate(master, "EXDATE", set, clock, key);
            RemoveDate(master, "RDATE", set, clock, key);
        }

        foreach (var (key, value) in overridesAfter)
        {
            var patch = value as JsonObject ?? [];
            var component = components.GetValueOrDefault(key);
            var isSame = !isNewClock && JsonNode.DeepEquals(overridesBefore[key], patch);
            if (isSame && component is null) continue;
            if (patch["excluded"].AsFlag() == true) Exclude(master, set, clock, key, component);
            else if (component is null && EventSeries.Allowed(patch).Count == 0) AddDate(master, set, clock, key);
            else WriteOverride(new Series(master, set, clock, before, after, inheritedBefore, inherited), key, patch, component);
        }
    }

    void Exclude(ICalComponent master, RecurrenceSet set, EventClock clock, string key, ICalComponent? component)
    {
        if (component is not null) _calendar.Remove(component);
        RemoveDate(master, "RDATE", set, clock, key);
        RemoveDate(master, "EXDATE", set, clock, key);
        if (TimeOf(master, clock, key) is { } time) RecurrenceDates.Add(master, "EXDATE", time);
    }

    static void AddDate(ICalComponent master, RecurrenceSet set, EventClock clock, string key)
    {
        RemoveDate(master, "RDATE", set, clock, key);
        RemoveDate(master, "EXDATE", set, clock, key);
        if (TimeOf(master, clock, key) is { } time) RecurrenceDates.Add(master, "RDATE", time);
    }

    void WriteOverride(Series series, string key, JsonObject patch, ICalComponent? component)
    {
        var (master, set, clock) = (series.Master, series.Set, series.Clock);
        if (TimeOf(master, clock, key) is not { } time) return;
        RemoveDate(master, "EXDATE", set, clock, key);
        var hasDate = master.PropertiesOf("RDATE").SelectMany(property => RecurrenceDates.Read(property, _zones)).Any(date => KeyOf(set, clock, date.Time) == key);
        if (!hasDate && !set.Generates(clock.Own(JSTime.Read(key)!.Value), new ExpansionBudget(Budget, _cancellation))) RecurrenceDates.Add(master, "RDATE", time);
        var isNew = component is null;
        component ??= NewInstance(master, time);
        var old = component.Property("RECURRENCE-ID")!;
        // It goes on naming what it named, in the words it has.
        if (ICalTime.Of(old) is not { } named || KeyOf(set, clock, named) != key) component.Replace(old, EventClock.Timed(old, old.Name, time));
        var before = isNew
            ? EventReader.Read(new EventScope(component, _zones), series.Inherited)
            : EventSeries.ReadOverride(series.Before, key, component, _zones, series.InheritedBefore);
        var after = JsonPointers.Apply(EventSeries.InstanceBase(series.After, key), EventSeries.Allowed(patch));
        foreach (var name in EventSeries.Repeated)
        {
            // What the component repeats, in its own way, changes when the series' does.
            if (!JsonNode.DeepEquals(series.Before[name], series.After[name])) continue;
            if (before[name] is { } own) after[name] = own.DeepClone();
            else after.Remove(name);
        }

        var isTouched = isNew || JsonPointers.Difference(before, after).Any(entry => !EventReader.Apart.Contains(entry.Key) && entry.Key is not ("updated" or "sequence" or "created"));
        if (isTouched) EventReader.Write(new EventScope(component, _zones), before, after, series.Inherited);
    }

    /// <summary>A component for an instance, which says what the series says.</summary>
    ICalComponent NewInstance(ICalComponent master, ICalTime time)
    {
        var component = new ICalComponent(master.Name, master.Nodes.Where(node => !OfSeriesAlone.Contains(node.Name)).Select(node => node is ICalComponent inner ? inner.Clone() : node));
        component.Add(EventClock.Timed(null, "RECURRENCE-ID", time));
        _calendar.Add(component);
        return component;
    }

    Dictionary<string, ICalComponent> InstancesByKey(ICalComponent master, RecurrenceSet set, EventClock clock)
    {
        var found = new Dictionary<string, ICalComponent>(StringComparer.Ordinal);
        foreach (var component in AllOf(master).Where(component => component.Property("RECURRENCE-ID") is not null))
            if (ICalTime.Of(component.Property("RECURRENCE-ID")) is { } time && set.InstanceOf(set.RecurrenceIdOf(time)) == component)
                found[KeyOf(set, clock, time)] = component;
        return found;
    }

    IEnumerable<ICalComponent> AllOf(ICalComponent master) => _calendar.ComponentsOf(master.Name).Where(component => component.Text("UID") == master.Text("UID"));

    EventClock ClockOf(ICalComponent master) => ICalTime.Of(master.Property("DTSTART")) is { } start ? EventClock.Of(start, _zones) : default;

    static ICalTime? TimeOf(ICalComponent master, EventClock clock, string key) =>
        ICalTime.Of(master.Property("DTSTART")) is { } start && JSTime.Read(key) is { } told ? start.At(clock.Own(told)) : null;

    static string KeyOf(RecurrenceSet set, EventClock clock, ICalTime time) => JSTime.Write(clock.Tell(set.RecurrenceIdOf(time)));

    static void RemoveDate(ICalComponent master, string name, RecurrenceSet set, EventClock clock, string key) =>
        RecurrenceDates.Remove(master, name, time => KeyOf(set, clock, time) == key);

    sealed record Series(ICalComponent Master, RecurrenceSet Set, EventClock Clock, JsonObject Before, JsonObject After, JsonObject InheritedBefore, JsonObject Inherited);
}
