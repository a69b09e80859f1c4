using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.JSCalendar;

namespace Bastide.Calendar.Store;

/// <summary>
/// A text that somebody stores in a calendar that is shared with them: what they have of their own of an event is taken apart
/// from what all see, and put together again when they read it. In one's own calendar the text is what it is.
/// </summary>
sealed class PersonalText
{
    readonly string? _presentETag;
    readonly JsonObject? _before;
    readonly JsonObject? _after;

    PersonalText(ObjectContent content, bool isApart, string? json, string? presentETag, JsonObject? before, JsonObject? after)
    {
        Content = content;
        IsApart = isApart;
        Json = json;
        _presentETag = presentETag;
        _before = before;
        _after = after;
    }

    /// <summary>What all see.</summary>
    public ObjectContent Content { get; }

    /// <summary>Whether the person's own is kept apart.</summary>
    public bool IsApart { get; }

    /// <summary>What the person has of their own.</summary>
    public string? Json { get; }

    /// <summary>Takes a text apart, where it comes into the calendar of somebody else.</summary>
    public static async ValueTask<PersonalText> Of(Database database, Caller caller, AccountId account, long calendar, string resource, ObjectContent content, DateTimeOffset now, CancellationToken cancellation)
    {
        if (caller.Person == account || content.Row.Kind != CalendarKinds.Event) return new PersonalText(content, false, null, null, null, null);
        var (present, text) = await database.Read(async scope =>
        {
            var row = await ObjectTable.OfResource(scope, calendar, resource);
            return (row, row is null ? null : (await ObjectTable.Texts(scope, [row.Id])).GetValueOrDefault(row.Id));
        }, cancellation);
        var told = EventSeries.Read(content.Calendar, cancellation);
        // Instances alone, and what cannot be told, are stored as they are.
        if (told.Count != 1 || content.Calendar.Master is null) return new PersonalText(content, false, null, null, null, told.FirstOrDefault());
        var stored = text is null ? null : CalendarObject.Of(ICalReader.ReadCalendar(text, ICalLimits.Object));
        var before = stored is null ? null : EventSeries.Read(stored, cancellation)[0];
        var shared = PersonalProperties.With(told[0], before is null ? null : PersonalProperties.Of(before));
        if (!JsonNode.DeepEquals(shared, told[0]))
        {
            EventSeriesWriter.Update(content.Calendar, told[0], shared, cancellation);
            if (stored is not null) KeepAlarms(stored, content.Calendar);
            content = ObjectContent.Write(content.Calendar, now, cancellation);
        }

        return new PersonalText(content, true, CalendarJson.Write(PersonalProperties.Of(told[0])), present?.ETag, before, shared);
    }

    /// <summary>Whether it was taken apart beside what is stored now.</summary>
    public bool IsOf(ObjectRow? present) => !IsApart || present?.ETag == _presentETag;

    /// <summary>Why it may not be stored; null where it may.</summary>
    public async ValueTask<CalendarError?> Check(ReadScope scope, Caller caller, AccountId account, CalendarAccess access, long calendar, ObjectRow? present)
    {
        if (!access.IsOwner && (present?.Privacy ?? EventPrivacy.Public) == EventPrivacy.Public && Content.Row.Privacy != EventPrivacy.Public) return CalendarError.Forbidden("Only the owner of the calendar may make an event private.");
        if (access.May(Rights.Write, calendar))
            return !access.IsOwner && present?.Privacy is EventPrivacy.Private or EventPrivacy.Secret ? CalendarError.Forbidden("Only the owner of the calendar may change a private event.") : null;
        if (_after is null) return access.Refuse(calendar, "You may not change this calendar.");
        var rights = new EventRights(access, await ParticipantIdentities.Addresses(scope, caller.Person));
        if (present is null || _before is null) return rights.CheckWhole(calendar, _after, "make events");
        var difference = JsonPointers.Difference(_before, _after);
        foreach (var name in difference.Select(entry => entry.Key).Where(pointer => PersonalProperties.IsPersonal(pointer) || pointer is "updated" or "sequence").ToList()) difference.Remove(name);
        return difference.Count > 0 ? rights.CheckChange(calendar, _before, difference) : rights.CheckPersonal(calendar);
    }

    /// <summary>Why an object may not be taken out of its calendar, or put into it.</summary>
    public static async ValueTask<CalendarError?> CheckWhole(ReadScope scope, Caller caller, AccountId account, CalendarAccess access, ObjectRow row, string what)
    {
        if (!access.IsOwner && row.Privacy != EventPrivacy.Public) return CalendarError.Forbidden("Only the owner of the calendar may do this with a private event.");
        if (access.May(Rights.Write, row.CalendarId)) return null;
        var texts = await ObjectTable.Texts(scope, [row.Id]);
        var told = row.Kind == CalendarKinds.Event && texts.TryGetValue(row.Id, out var text) ? EventSeries.Read(CalendarObject.Of(ICalReader.ReadCalendar(text, ICalLimits.Object)), scope.Cancellation)[0] : null;
        return told is null ? access.Refuse(row.CalendarId, $"You may not {what} in this calendar.") : new EventRights(access, await ParticipantIdentities.Addresses(scope, caller.Person)).CheckWhole(row.CalendarId, told, what);
    }

    /// <summary>The owner's alarms stay as they were written: they say more than JSCalendar has words for.</summary>
    static void KeepAlarms(CalendarObject stored, CalendarObject given)
    {
        var kept = stored.Components.ToLookup(component => component.Property("RECURRENCE-ID")?.Value ?? "");
        foreach (var component in given.Components)
        {
            if (kept[component.Property("RECURRENCE-ID")?.Value ?? ""].FirstOrDefault() is not { } was) continue;
            foreach (var alarm in component.ComponentsOf("VALARM").ToList()) component.Remove(alarm);
            foreach (var alarm in was.ComponentsOf("VALARM")) component.Append(alarm.Clone());
        }
    }

    /// <summary>A text as the caller sees it.</summary>
    public static ReadOnlyMemory<byte> Shown(ObjectRow row, byte[] text, CalendarAccess access, string? personal)
    {
        if (access.IsOwner || row.Kind != CalendarKinds.Event) return text;
        var calendar = CalendarObject.Of(ICalReader.ReadCalendar(text, ICalLimits.Object));
        if (row.Privacy == EventPrivacy.Private) return ICalWriter.Write(PrivateView.Of(calendar.Calendar));
        if (calendar.Master is null) return text;
        var told = EventSeries.Read(calendar)[0];
        var own = PersonalProperties.With(told, CalendarJson.Read(personal));
        if (JsonNode.DeepEquals(told, own)) return text;
        EventSeriesWriter.Update(calendar, told, own);
        return ICalWriter.Write(calendar.Calendar);
    }
}
