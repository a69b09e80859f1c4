using System.Globalization;
using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using NodaTime;

namespace Bastide.Protocols.JSCalendar;

/// <summary>Properties that are one value in one property. A value that iCalendar has no word for is left to JSPROP.</summary>
sealed class SimplePart : EventPart
{
    static readonly Dictionary<string, string> Privacy = new() { ["public"] = "PUBLIC", ["private"] = "PRIVATE", ["secret"] = "CONFIDENTIAL" };
    static readonly Dictionary<string, string> Busy = new() { ["busy"] = "OPAQUE", ["free"] = "TRANSPARENT" };
    static readonly Dictionary<string, string> Status = new() { ["confirmed"] = "CONFIRMED", ["tentative"] = "TENTATIVE", ["cancelled"] = "CANCELLED" };

    static readonly (string Name, string ICalName, Func<ICalProperty, JsonNode?> Read, Func<JsonNode, string?> Write)[] Table =
    [
        ("uid", "UID", property => property.Text, value => Escaped(value)),
        ("created", "CREATED", Utc, Utc),
        ("sequence", "SEQUENCE", Unsigned, Unsigned),
        ("status", "STATUS", property => Word(Status, property), value => Word(Status, value)),
        ("privacy", "CLASS", property => Word(Privacy, property) ?? "private", value => Word(Privacy, value)),
        ("freeBusyStatus", "TRANSP", property => Word(Busy, property), value => Word(Busy, value)),
        ("priority", "PRIORITY", Unsigned, Unsigned),
        ("color", "COLOR", property => property.Text, value => Escaped(value)),
    ];

    public override IReadOnlyList<string> Properties { get; } = [.. Table.Select(row => row.Name), "updated", "requestStatus"];

    public override void Read(EventScope scope, JsonObject into)
    {
        var component = scope.Component;
        foreach (var (name, icalName, read, _) in Table)
            if (component.Property(icalName) is { } property && read(property) is { } value)
                into[name] = value;
        if ((UtcOf(component, "LAST-MODIFIED") ?? UtcOf(component, "DTSTAMP")) is { } updated) into["updated"] = JSTime.WriteUtc(updated);
        if (component.Property("REQUEST-STATUS") is { } status) into["requestStatus"] = string.Join(';', ICalText.Split(status.Value, ';').Select(ICalText.Unescape));
    }

    public override void Write(EventScope scope, JsonObject before, JsonObject after)
    {
        var component = scope.Component;
        foreach (var (name, icalName, _, write) in Table)
            if (Differs(name, before, after))
                component.Set(icalName, after[name] is { } value ? write(value) : null);
        if (Differs("updated", before, after) && JSTime.ReadUtc(after["updated"].AsText()) is { } updated)
        {
            component.Set("DTSTAMP", ICalTime.OfInstant(updated).Value, []);
            component.Set("LAST-MODIFIED", ICalTime.OfInstant(updated).Value, []);
        }

        if (Differs("requestStatus", before, after))
            component.Set("REQUEST-STATUS", after["requestStatus"].AsText() is { } text ? string.Join(';', text.Split(';', 3).Select(ICalText.Escape)) : null);
    }

    static Instant? UtcOf(ICalComponent component, string name) =>
        ICalTime.Of(component.Property(name)) is { } time ? ZoneRules.Resolve(time.Local, DateTimeZone.Utc) : null;

    static JsonNode? Utc(ICalProperty property) => ICalTime.Of(property) is { } time ? JSTime.WriteUtc(ZoneRules.Resolve(time.Local, DateTimeZone.Utc)) : null;

    static string? Utc(JsonNode value) => JSTime.ReadUtc(value.AsText()) is { } instant ? ICalTime.OfInstant(instant).Value : null;

    static JsonNode? Unsigned(ICalProperty property) => JSTime.ReadUnsigned(property.Value.Trim()) is { } number ? number : null;

    static string? Unsigned(JsonNode value) => value.AsUnsigned() is { } number and <= int.MaxValue ? number.ToString(CultureInfo.InvariantCulture) : null;

    static string? Escaped(JsonNode value) => value.AsText() is { } text ? ICalText.Escape(text) : null;

    static JsonNode? Word(Dictionary<string, string> words, ICalProperty property) =>
        words.FirstOrDefault(word => word.Value.Equals(property.Value.Trim(), StringComparison.OrdinalIgnoreCase)).Key;

    static string? Word(Dictionary<string, string> words, JsonNode value) => value.AsText() is { } text ? words.GetValueOrDefault(text) : null;
}
