using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;

namespace Bastide.Protocols.JSCalendar;

/// <summary>
/// Participants: ATTENDEE, ORGANIZER, and PARTICIPANT components (RFC 9073 §7.1) for those who have no calendar address. The
/// organizer has the role of owner, whom ATTENDEE invites that of attendee.
/// </summary>
sealed class ParticipantPart : EventPart
{
    const string Organizer = "ORGANIZER";
    const string Attendee = "ATTENDEE";
    const string Participant = "PARTICIPANT";

    public override IReadOnlyList<string> Properties { get; } = ["participants", "organizerCalendarAddress"];

    public override void Read(EventScope scope, JsonObject into)
    {
        if (scope.Component.Property(Organizer) is { } organizer) into["organizerCalendarAddress"] = organizer.Value;
        var found = Find(scope.Component);
        if (found.Count > 0) into["participants"] = new JsonObject(found.Select(entry => KeyValuePair.Create(entry.Id, (JsonNode?)entry.Value)));
    }

    public override void Write(EventScope scope, JsonObject before, JsonObject after)
    {
        var component = scope.Component;
        var present = Find(component).ToDictionary(entry => entry.Id);
        var wanted = Entries(after, "participants").ToDictionary();
        var organizer = after["organizerCalendarAddress"].AsText();
        if (organizer != component.Property(Organizer)?.Value)
        {
            component.RemoveAll(Organizer);
            if (organizer is not null) component.Add(new ICalProperty(Organizer, organizer));
        }

        foreach (var (id, entry) in present)
            if (!wanted.ContainsKey(id))
                foreach (var node in entry.Nodes.Where(node => !node.Is(Organizer)))
                    component.Remove(node);
        foreach (var (id, value) in wanted)
        {
            var entry = present.GetValueOrDefault(id);
            if (entry is not null && JsonNode.DeepEquals(entry.Value, value)) continue;
            if (value["calendarAddress"].AsText() is { } address) WriteAttendee(component, id, address, value, entry, organizer);
            else WriteComponent(component, id, value, entry);
        }
    }

    static List<Entry> Find(ICalComponent component)
    {
        var entries = new List<Entry>();
        var organizer = component.Property(Organizer);
        foreach (var attendee in component.PropertiesOf(Attendee))
        {
            var value = AttendeeJson.Read(attendee);
            var isOrganizer = organizer is not null && AttendeeJson.IsSame(organizer.Value, attendee.Value);
            if (isOrganizer) AttendeeJson.AddOwner(value, organizer!);
            Add(entries, id => JSIds.Of(attendee, MadeId(attendee.Value), id), value, attendee);
            if (isOrganizer) entries[^1].Nodes.Add(organizer!);
        }

        if (organizer is not null && !entries.Exists(entry => entry.Nodes.Contains(organizer)))
            Add(entries, id => JSIds.Of(organizer, MadeId(organizer.Value), id), AttendeeJson.ReadOrganizer(organizer), organizer);
        foreach (var inner in component.ComponentsOf(Participant))
        {
            var address = inner.Property("CALENDAR-ADDRESS")?.Value;
            var known = address is null ? null : entries.Find(entry => AttendeeJson.IsSame(entry.Value["calendarAddress"].AsText()!, address));
            if (known is null)
            {
                Add(entries, id => JSIds.Of(inner, JSIds.IsId(inner.Text("UID")) ? inner.Text("UID")! : JSIds.Of(address, inner.Text("SUMMARY")), id), ReadComponent(inner), inner);
                continue;
            }

            known.Nodes.Add(inner);
            if (inner.Text("DESCRIPTION") is { } description) known.Value["description"] ??= description;
        }

        return entries;
    }

    static void Add(List<Entry> entries, Func<List<string>, string> id, JsonObject value, ICalNode node) =>
        entries.Add(new Entry(id([.. entries.Select(entry => entry.Id)]), value, [node]));

    static string MadeId(string address) => JSIds.Of(JSWords.Lower(address.Trim()));

    static void WriteAttendee(ICalComponent component, string id, string address, JsonObject value, Entry? entry, string? organizer)
    {
        foreach (var inner in entry?.Nodes.OfType<ICalComponent>().ToList() ?? []) component.Remove(inner);
        var isOrganizer = organizer is not null && AttendeeJson.IsSame(organizer, address);
        if (isOrganizer && component.Property(Organizer) is { } named)
            component.Replace(named, JSIds.Keep(named.WithParameter("CN", value["name"].AsText()), id, MadeId(address)));
        var old = entry?.Nodes.OfType<ICalProperty>().FirstOrDefault(property => property.Is(Attendee));
        // Who only organizes is no attendee.
        if (isOrganizer && Members(value["roles"]).All(role => role == "owner") && value["roles"] is not null)
        {
            if (old is not null) component.Remove(old);
            return;
        }

        var attendee = JSIds.Keep(AttendeeJson.Write((old ?? new ICalProperty(Attendee, address)).WithValue(address), value), id, MadeId(address));
        if (old is null) component.Add(attendee);
        else component.Replace(old, attendee);
    }

    static void WriteComponent(ICalComponent component, string id, JsonObject value, Entry? entry)
    {
        foreach (var property in entry?.Nodes.OfType<ICalProperty>().Where(property => !property.Is(Organizer)).ToList() ?? []) component.Remove(property);
        var inner = entry?.Nodes.OfType<ICalComponent>().FirstOrDefault();
        if (inner is null)
        {
            inner = new ICalComponent(Participant, [new ICalProperty("UID", id)]);
            component.Add(inner);
        }

        inner.SetText("SUMMARY", value["name"].AsText());
        inner.SetText("DESCRIPTION", value["description"].AsText());
        inner.Set(JSIds.Name, inner.Text("UID") == id ? null : id);
    }

    static JsonObject ReadComponent(ICalComponent inner)
    {
        var value = new JsonObject { ["@type"] = "Participant" };
        if (inner.Text("SUMMARY") is { } name) value["name"] = name;
        if (inner.Text("DESCRIPTION") is { } description) value["description"] = description;
        if (inner.Property("CALENDAR-ADDRESS") is { } address) value["calendarAddress"] = address.Value;
        return value;
    }

    sealed record Entry(string Id, JsonObject Value, List<ICalNode> Nodes);
}
