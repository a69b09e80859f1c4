using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar.Store;

/// <summary>The changes of a set as they are made to drafts: who may, what is wrong, and what the server adds (draft-ietf-jmap-calendars, "CalendarEvent/set").</summary>
sealed class EventPreparation
{
    static readonly string[] NeverChanged = ["uid", "recurrenceId", "recurrenceIdTimeZone"];
    static readonly string[] NotOfInstances = ["uid", "@type", "method", "prodId", "privacy", "organizerCalendarAddress", "relatedTo", "recurrenceRule", "recurrenceOverrides", "recurrenceId", "recurrenceIdTimeZone", "mayInviteSelf", "mayInviteOthers", "hideAttendees"];

    readonly EventReading _reading;
    readonly IReadOnlyDictionary<long, CalendarRow> _calendars;
    readonly ParticipantIdentity? _identity;
    readonly IReadOnlySet<BlobId> _readable;
    readonly Func<BlobId, JsonObject, string> _address;
    readonly DateTimeOffset _now;
    readonly bool _isTeam;
    readonly CancellationToken _cancellation;
    readonly EventRights _rights;

    public EventPreparation(
        EventReading reading, IReadOnlyDictionary<long, CalendarRow> calendars, ParticipantIdentity? identity, IReadOnlySet<BlobId> readable, Func<BlobId, JsonObject, string> address, DateTimeOffset now, bool isTeam, CancellationToken cancellation)
    {
        _reading = reading;
        _calendars = calendars;
        _identity = identity;
        _readable = readable;
        _address = address;
        _now = now;
        _isTeam = isTeam;
        _cancellation = cancellation;
        _rights = new EventRights(reading.Access, reading.OwnAddresses);
    }

    /// <summary>A DAV name that nothing else has.</summary>
    public static string NewResource() => Guid.CreateVersion7().ToString() + ".ics";

    /// <summary>A new event, as a draft of its own or as an instance beside <paramref name="same"/>.</summary>
    public (EventDraft? Draft, CalendarError? Error) Create(string creation, EventCreate create, EventDraft? same)
    {
        if (!_calendars.TryGetValue(create.CalendarId, out var home) || !_reading.Access.Sees(home.Id)) return (null, CalendarError.Invalid("calendarIds", "There is no such calendar."));
        var given = Rfc8984.Modern(create.Event);
        var invalid = new InvalidProperties();
        UtcTimes.Apply(given, null, home.TimeZone, invalid);
        if (given["uid"] is null || given["uid"].AsText() is "") given["uid"] = Guid.NewGuid().ToString();
        given["created"] ??= JSTime.WriteUtc(Now);
        if (!EventBlobs.Resolve(given, _readable, _address)) invalid.Add("links", "there is no such blob.");
        EventCheck.Check(given, invalid);
        CheckPrivacy(given, invalid);
        if (invalid.Any) return (null, Invalid(invalid));
        AddOrganizer(given, null);
        var told = EventNormal.Of(given);
        if (_rights.CheckWhole(home.Id, told, "make events") is { } refused) return (null, refused);
        if (_reading.IsOrigin(told))
        {
            told["updated"] = JSTime.WriteUtc(Now);
            if (JSTime.ReadUtc(told["created"].AsText()) > Now) told["created"] = JSTime.WriteUtc(Now);
        }

        var personal = _reading.Access.IsOwner ? null : PersonalProperties.Of(told);
        var shared = _reading.Access.IsOwner ? told : EventNormal.Of(PersonalProperties.Without(told));
        if (same is not null) return Join(creation, same, shared, home.Id);
        var calendar = CalendarObject.Of(EventSeriesWriter.Create(shared, CalendarObjects.Product, Now, _cancellation));
        var draft = new EventDraft
        {
            Calendar = calendar,
            CalendarId = home.Id,
            Resource = ResourceOf((string)told["uid"]!),
            IsDraft = create.IsDraft,
            IsChanged = true,
            Personal = personal,
            IsPersonalChanged = personal is not null,
        };
        draft.Creations.Add((creation, told["recurrenceId"].AsText() ?? ""));
        return (draft, null);
    }

    /// <summary>Changes an event, or one instance. Answers what was set beside what was asked for.</summary>
    public (JsonObject? Set, CalendarError? Error) Update(EventDraft draft, EventRow row, EventRef reference, EventUpdate update)
    {
        if (draft.Calendar is not { } calendar || EventOf(draft, row) is not { } before) return (null, CalendarError.NotFound);
        if (IsOthersPrivate(draft)) return (null, CalendarError.Forbidden("Only the owner of the calendar may change a private event."));
        var invalid = new InvalidProperties();
        var (changed, error) = reference.Instance is { } key ? ChangedInstance(calendar, row, before, key, update.Patch, invalid) : ChangedEvent(draft, before, update.Patch, invalid);
        if (error is not null || changed is null) return (null, error);
        if (!EventBlobs.Resolve(changed, _readable, _address)) invalid.Add("links", "there is no such blob.");
        EventCheck.Check(changed, invalid);
        CheckPrivacy(changed, invalid);
        if (update.IsDraft == true && !draft.IsDraft) invalid.Add("isDraft", "what is no draft does not become one.");
        foreach (var name in NeverChanged)
            if (!JsonNode.DeepEquals(before[name], changed[name]))
                invalid.Add(name, "it does not change.");
        if (invalid.Any) return (null, Invalid(invalid));
        AddOrganizer(changed, before);
        return Store(draft, row, before, EventNormal.Merge(before, changed), update);
    }

    /// <summary>Removes an event, or takes out one instance.</summary>
    public CalendarError? Destroy(EventDraft draft, EventRow row, EventRef reference)
    {
        if (draft.Calendar is not { } calendar || EventOf(draft, row) is not { } before) return CalendarError.NotFound;
        if (IsOthersPrivate(draft)) return CalendarError.Forbidden("Only the owner of the calendar may destroy a private event.");
        if (_rights.CheckWhole(draft.CalendarId, before, "destroy events") is { } refused) return refused;
        if (reference.Instance is { } key)
        {
            if (row.RecurrenceId.Length > 0 || !EventReading.HasInstance(calendar, before, key, _cancellation)) return CalendarError.NotFound;
            var changed = (JsonObject)before.DeepClone();
            if (changed["recurrenceOverrides"] is not JsonObject overrides) changed["recurrenceOverrides"] = overrides = [];
            overrides[key] = new JsonObject { ["excluded"] = true };
            return Store(draft, row, before, EventNormal.Merge(before, changed), new EventUpdate([])).Error;
        }

        if (row.RecurrenceId.Length == 0 || calendar.Instances.Count() <= 1)
        {
            draft.Calendar = null;
            return null;
        }

        if (InstanceOf(calendar, row) is { } instance) calendar.Calendar.Remove(instance);
        draft.IsChanged = true;
        return null;
    }

    (JsonObject? Changed, CalendarError? Error) ChangedEvent(EventDraft draft, JsonObject before, JsonObject given, InvalidProperties invalid)
    {
        var patch = Rfc8984.Modern(given);
        if (JmapPatch.Apply(before, patch, out var error) is not { } changed) return (null, new CalendarError(CalendarFailure.InvalidPatch, error!.Description ?? "The patch does not fit."));
        UtcTimes.Apply(changed, before, _calendars.GetValueOrDefault(draft.CalendarId)?.TimeZone, invalid);
        return (changed, null);
    }

    (JsonObject? Changed, CalendarError? Error) ChangedInstance(CalendarObject calendar, EventRow row, JsonObject before, string key, JsonObject given, InvalidProperties invalid)
    {
        if (row.RecurrenceId.Length > 0 || !EventReading.HasInstance(calendar, before, key, _cancellation) || EventSeries.Instance(before, key) is not { } instance) return (null, CalendarError.NotFound);
        var patch = Rfc8984.Modern(given);
        if (JmapPatch.Apply(instance, patch, out var error) is not { } changed) return (null, new CalendarError(CalendarFailure.InvalidPatch, error!.Description ?? "The patch does not fit."));
        foreach (var name in NotOfInstances)
            if (!JsonNode.DeepEquals(instance[name], changed[name]))
                invalid.Add(name, "it is of the series: change that one.");
        UtcTimes.Apply(changed, instance, null, invalid);
        var series = (JsonObject)before.DeepClone();
        if (series["recurrenceOverrides"] is not JsonObject overrides) series["recurrenceOverrides"] = overrides = [];
        foreach (var (name, _) in changed.Where(property => property.Value is null).ToList()) changed.Remove(name);
        var whole = EventNormal.Merge(instance, changed);
        var was = overrides[key];
        var difference = EventSeries.PatchOf(before, key, whole);
        // What says nothing is no patch; but a date that no rule makes is one by being there.
        if (difference.Count > 0 || was is not null) overrides[key] = difference;
        return (series, null);
    }

    (JsonObject? Set, CalendarError? Error) Store(EventDraft draft, EventRow row, JsonObject before, JsonObject after, EventUpdate update)
    {
        var calendar = draft.Calendar!;
        var kept = RawOf(calendar, row);
        var (shared, personal) = (after, (JsonObject?)null);
        if (!_reading.Access.IsOwner)
        {
            // What the owner has of their own stays theirs.
            personal = PersonalProperties.Of(after);
            shared = PersonalProperties.With(after, PersonalProperties.Of(kept));
        }

        var difference = JsonPointers.Difference(kept, shared);
        difference.Remove("updated");
        var ofAll = new JsonObject(difference.Where(entry => !PersonalProperties.IsPersonal(entry.Key)).Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())));
        var isPersonalChanged = !_reading.Access.IsOwner && !JsonNode.DeepEquals(personal, PersonalProperties.Of(before));
        if (_rights.CheckChange(draft.CalendarId, kept, ofAll) is { } refused) return (null, refused);
        if (isPersonalChanged && _rights.CheckPersonal(draft.CalendarId) is { } impersonal) return (null, impersonal);
        if (MoveTo(draft, kept, update) is { } unmoved) return (null, unmoved);
        var set = new JsonObject();
        if (_reading.IsOrigin(kept) && (difference.Count > 0 || isPersonalChanged)) Stamp(kept, shared, ofAll.Count > 0, set);
        if (difference.Count > 0)
        {
            if (InstanceOf(calendar, row) is { } instance) EventSeriesWriter.UpdateInstance(calendar, instance, kept, shared, _cancellation);
            else EventSeriesWriter.Update(calendar, kept, shared, _cancellation);
            draft.IsChanged = true;
        }

        if (update.IsDraft is { } isDraft && isDraft != draft.IsDraft)
        {
            draft.IsDraft = isDraft;
            draft.IsChanged = true;
        }

        if (isPersonalChanged)
        {
            draft.Personal = personal;
            draft.IsPersonalChanged = true;
        }

        if (!JsonNode.DeepEquals(before["organizerCalendarAddress"], after["organizerCalendarAddress"])) set["organizerCalendarAddress"] = after["organizerCalendarAddress"]?.DeepClone();
        return (set.Count == 0 ? null : set, null);
    }

    /// <summary>The time and number of a change, where the account is where the event comes from.</summary>
    void Stamp(JsonObject kept, JsonObject shared, bool isOfAll, JsonObject set)
    {
        var now = JSTime.WriteUtc(Now);
        set["updated"] = now;
        shared["updated"] = now;
        if (!isOfAll) return;
        var (was, given) = (kept["sequence"].AsUnsigned() ?? 0, shared["sequence"].AsUnsigned() ?? 0);
        if (given > was) return;
        shared["sequence"] = was + 1;
        set["sequence"] = was + 1;
    }

    CalendarError? MoveTo(EventDraft draft, JsonObject kept, EventUpdate update)
    {
        if (update.CalendarId is not { } calendar || calendar == draft.CalendarId) return null;
        if (!_calendars.ContainsKey(calendar) || !_reading.Access.Sees(calendar)) return CalendarError.Invalid("calendarIds", "There is no such calendar.");
        if ((_rights.CheckWhole(draft.CalendarId, kept, "take events out of what is") ?? _rights.CheckWhole(calendar, kept, "make events")) is { } refused) return refused;
        if (!_calendars[calendar].Kinds.HasFlag(CalendarKinds.Event)) return CalendarError.Invalid("calendarIds", "This calendar holds no events.");
        draft.CalendarId = calendar;
        return null;
    }

    /// <summary>An instance of a series that is not known, beside others of it that are.</summary>
    (EventDraft? Draft, CalendarError? Error) Join(string creation, EventDraft same, JsonObject told, long calendarId)
    {
        var uid = CalendarError.Invalid("uid", "The account has an event of this uid already.");
        if (told["recurrenceId"] is not { } id || same.Calendar is not { Master: null } calendar) return (null, uid);
        if (same.CalendarId != calendarId) return (null, CalendarError.Invalid("calendarIds", "The other instances of the series are in another calendar."));
        if (EventSeries.RecurrenceIds(calendar, calendar.Zones(_cancellation)).Contains(id.AsText())) return (null, uid);
        var made = EventSeriesWriter.Create(told, CalendarObjects.Product, Now, _cancellation);
        foreach (var component in made.Components.Where(component => !component.Is("VTIMEZONE"))) calendar.Calendar.Add(component);
        TimeZoneComponent.AddMissing(calendar.Calendar);
        same.IsChanged = true;
        same.Creations.Add((creation, id.AsText()!));
        return (same, null);
    }

    JsonObject? EventOf(EventDraft draft, EventRow row) => draft.Calendar is null ? null : Shown(draft, RawOf(draft.Calendar, row));

    JsonObject Shown(EventDraft draft, JsonObject raw) => _reading.Access.IsOwner ? raw : PersonalProperties.With(raw, draft.Personal);

    JsonObject RawOf(CalendarObject calendar, EventRow row)
    {
        var all = EventSeries.Read(calendar, _cancellation);
        return row.RecurrenceId.Length == 0 ? all[0] : all.Find(one => one["recurrenceId"].AsText() == row.RecurrenceId) ?? all[0];
    }

    ICalComponent? InstanceOf(CalendarObject calendar, EventRow row)
    {
        if (row.RecurrenceId.Length == 0) return null;
        var ids = EventSeries.RecurrenceIds(calendar, calendar.Zones(_cancellation)).ToList();
        return calendar.Instances.ElementAtOrDefault(ids.IndexOf(row.RecurrenceId));
    }

    bool IsOthersPrivate(EventDraft draft) => !_reading.Access.IsOwner && draft.Present?.Privacy == EventPrivacy.Private;

    void CheckPrivacy(JsonObject given, InvalidProperties invalid)
    {
        if (!_reading.Access.IsOwner && given["privacy"] is { } privacy && privacy.AsText() != "public" && (_isTeam || !_reading.Access.IsOwner))
            invalid.Add("privacy", "in a calendar that is not one's own every event is public.");
    }

    /// <summary>Who invites, where somebody does and does not say as whom.</summary>
    void AddOrganizer(JsonObject given, JsonObject? before)
    {
        if (given["organizerCalendarAddress"] is not null || given["participants"] is not JsonObject { Count: > 0 } people) return;
        if (before?["participants"] is JsonObject { Count: > 0 }) return;
        var owner = people.Select(entry => entry.Value).FirstOrDefault(person => person.Member("roles").Member("owner") is not null).Member("calendarAddress").AsText();
        if ((owner ?? _identity?.CalendarAddress) is { } address) given["organizerCalendarAddress"] = address;
    }

    Instant Now => Instant.FromUnixTimeSeconds(_now.ToUnixTimeSeconds());

    static CalendarError Invalid(InvalidProperties invalid)
    {
        var error = invalid.ToError();
        return new CalendarError(CalendarFailure.InvalidProperties, error.Description ?? "", error.Properties);
    }

    static string ResourceOf(string uid) =>
        uid.Length <= 120 && uid.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '@') && uid[0] != '.' ? uid + ".ics" : NewResource();
}
