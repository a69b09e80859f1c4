using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;

namespace Bastide.Calendar.Store;

/// <summary>
/// What is needed to show events to a caller, read in one scope; the texts are read into events afterwards, outside of it.
/// </summary>
sealed class EventReading
{
    EventReading(CalendarAccess access, Sequence state, HashSet<string> addresses, HashSet<string> ownAddresses, List<EventRow> events, Dictionary<long, ObjectRow> objects, Dictionary<long, byte[]> texts, Dictionary<long, string> personal)
    {
        Access = access;
        State = state;
        Addresses = addresses;
        OwnAddresses = ownAddresses;
        Events = events;
        Objects = objects;
        Texts = texts;
        Personal = personal;
    }

    /// <summary>What the caller may do.</summary>
    public CalendarAccess Access { get; }

    /// <summary>The state it is of.</summary>
    public Sequence State { get; }

    /// <summary>The addresses of the account in invitations.</summary>
    public HashSet<string> Addresses { get; }

    /// <summary>Those of the caller, which are others where the account is not theirs.</summary>
    public HashSet<string> OwnAddresses { get; }

    /// <summary>The events that exist and are in calendars the caller reads.</summary>
    public List<EventRow> Events { get; }

    /// <summary>The objects they are in.</summary>
    public Dictionary<long, ObjectRow> Objects { get; }

    /// <summary>The texts of these.</summary>
    public Dictionary<long, byte[]> Texts { get; }

    /// <summary>What the caller has of their own of them.</summary>
    public Dictionary<long, string> Personal { get; }

    /// <summary>Reads what belongs to some events.</summary>
    public static async ValueTask<EventReading> Load(ReadScope scope, Caller caller, AccountId account, IReadOnlyCollection<long> ids)
    {
        // The state is read first: what commits in between is told again, never missed.
        var state = await AccountTable.State(scope, account, CalendarTypes.CalendarEvent);
        var access = await CalendarAccess.Of(scope, caller, account);
        if (access.IsNobody) return new EventReading(access, state, [], [], [], [], [], []);
        return await Load(scope, caller, account, access, state, await EventTable.Find(scope, account, ids));
    }

    /// <summary>The same for objects, and every event in them.</summary>
    public static async ValueTask<EventReading> LoadObjects(ReadScope scope, Caller caller, AccountId account, CalendarAccess access, IReadOnlyCollection<long> objects)
    {
        var state = await AccountTable.State(scope, account, CalendarTypes.CalendarEvent);
        return await Load(scope, caller, account, access, state, await EventTable.OfObjects(scope, objects));
    }

    /// <summary>The object of a text; null where the text cannot be read any more.</summary>
    public CalendarObject? Object(long id, CancellationToken cancellation)
    {
        if (!Texts.TryGetValue(id, out var text)) return null;
        cancellation.ThrowIfCancellationRequested();
        return CalendarObject.Of(ICalReader.ReadCalendar(text, ICalLimits.Object));
    }

    /// <summary>Those that were asked for and exist, in that order, as the caller sees them.</summary>
    public IEnumerable<EventRecord> Show(IEnumerable<EventRef> refs, CancellationToken cancellation)
    {
        var rows = Events.ToDictionary(row => row.Id);
        var read = new Dictionary<long, (CalendarObject Object, List<JsonObject> Events)>();
        foreach (var reference in refs)
        {
            if (!rows.TryGetValue(reference.Id, out var row) || !Objects.TryGetValue(row.ObjectId, out var holder)) continue;
            if (!read.TryGetValue(row.ObjectId, out var known))
            {
                if (Object(row.ObjectId, cancellation) is not { } calendar) continue;
                read[row.ObjectId] = known = (calendar, EventSeries.Read(calendar, cancellation));
            }

            if (Show(reference, row, holder, known.Object, known.Events, cancellation) is { } record) yield return record;
        }
    }

    /// <summary>The event of a row, with what the caller has of their own; nothing is hidden yet.</summary>
    public JsonObject? EventOf(EventRow row, IEnumerable<JsonObject> events)
    {
        var found = row.RecurrenceId.Length == 0 ? events.FirstOrDefault() : events.FirstOrDefault(one => (string?)one["recurrenceId"] == row.RecurrenceId);
        if (found is null || Access.IsOwner) return found;
        return PersonalProperties.With(found, CalendarJson.Read(Personal.GetValueOrDefault(row.ObjectId)));
    }

    /// <summary>Whether the account decides what an event is: nobody else invited to it.</summary>
    public bool IsOrigin(JsonObject calendarEvent) => calendarEvent["organizerCalendarAddress"].AsText() is not { } organizer || Addresses.Contains(organizer.Trim());

    EventRecord? Show(EventRef reference, EventRow row, ObjectRow holder, CalendarObject calendar, List<JsonObject> events, CancellationToken cancellation)
    {
        if (EventOf(row, events) is not { } told) return null;
        var isHidden = !Access.IsOwner && holder.Privacy == EventPrivacy.Private;
        if (isHidden) told = PrivateView.Of(told);
        if (reference.Instance is { } key)
        {
            if (row.RecurrenceId.Length > 0 || !HasInstance(calendar, told, key, cancellation) || EventSeries.Instance(told, key) is not { } instance) return null;
            told = instance;
        }

        return new EventRecord
        {
            Ref = reference,
            CalendarId = holder.CalendarId,
            Event = told,
            IsDraft = holder.IsDraft,
            IsOrigin = IsOrigin(told),
            OwnAddresses = OwnAddresses,
            Component = isHidden ? null : calendar.Master ?? calendar.Instances.First(),
        };
    }

    /// <summary>Whether a series has an instance of this name.</summary>
    public static bool HasInstance(CalendarObject calendar, JsonObject series, string key, CancellationToken cancellation)
    {
        if (series["recurrenceOverrides"]?[key] is JsonObject patch) return patch["excluded"]?.GetValueKind() != System.Text.Json.JsonValueKind.True;
        var zones = calendar.Zones(cancellation);
        if (EventSeries.NameOf(calendar, zones, key) is not { } name || EventSeries.KeysOf(calendar, zones)(name) != key) return false;
        try
        {
            return new RecurrenceSet(calendar.Components, zones, NodaTime.DateTimeZone.Utc) is { IsRecurring: true } set && set.Generates(name, new ExpansionBudget(1_000_000, cancellation));
        }
        catch (ExpansionRefusedException)
        {
            return false;
        }
    }

    static async ValueTask<EventReading> Load(ReadScope scope, Caller caller, AccountId account, CalendarAccess access, Sequence state, List<EventRow> events)
    {
        var objects = (await ObjectTable.Find(scope, account, [.. events.Select(row => row.ObjectId).Distinct()]))
            .Where(row => access.Sees(row.CalendarId) && (access.IsOwner || row.Privacy != EventPrivacy.Secret)).ToDictionary(row => row.Id);
        var texts = await ObjectTable.Texts(scope, objects.Keys);
        var personal = access.IsOwner ? [] : await PersonalTable.Of(scope, caller.Person, objects.Keys);
        var addresses = await ParticipantIdentities.Addresses(scope, account);
        var own = access.IsOwner ? addresses : await ParticipantIdentities.Addresses(scope, caller.Person);
        return new EventReading(access, state, addresses, own, [.. events.Where(row => objects.ContainsKey(row.ObjectId))], objects, texts, personal);
    }
}
