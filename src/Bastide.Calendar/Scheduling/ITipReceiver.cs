using Bastide.Abstractions.Identity;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.ITip;
using NodaTime;

namespace Bastide.Calendar.Scheduling;

/// <summary>Makes what other calendars say part of somebody's own (RFC 5546 §3.2; RFC 6638 §4).</summary>
sealed class ITipReceiver(Database database, IDirectory directory, Scheduler scheduler, TimeProvider time)
{
    const int MostAttempts = 10;

    // Among more than this nobody watches who comes; it would be said to everyone for each of them.
    const int MostWatching = 60;

    /// <summary>Takes a message. False where it changes nothing: it is older than what is known, or of no concern.</summary>
    public async Task<bool> Receive(AccountId account, ITipMessage message, CancellationToken cancellation)
    {
        var own = await scheduler.Own(account, cancellation);
        var resource = (await directory.Find(account, cancellation))?.Resource;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var (row, present) = await Present(account, message.Object.Uid, cancellation);
            if (!IsOfConcern(message, present, own)) return false;
            if (message.Method == ITipMethod.Refresh) return await Refresh(account, present!, message, cancellation);
            if (Change(message, present, own) is not { } change) return false;
            if (await Store(account, message, row, present, change, own, resource, cancellation) is { } isStored) return isStored;
        }

        throw new InvalidOperationException($"The object {message.Object.Uid} changes without a pause.");
    }

    /// <summary>Whether a message may say this: of somebody's own events others only answer, and of an invitation only who invited says more.</summary>
    static bool IsOfConcern(ITipMessage message, CalendarObject? present, HashSet<string> own)
    {
        if (message.Object.Kind is not ("VEVENT" or "VTODO") || message.Object.Organizer() is not { } organizer) return false;
        var isOwn = own.Contains(CalendarAddress.Key(organizer));
        if (message.Method is ITipMethod.Reply or ITipMethod.Refresh)
            return isOwn && present?.Organizer() is { } known && own.Contains(CalendarAddress.Key(known));
        // What is proposed changes nothing by itself: people read it, and answer.
        if (isOwn || message.Method is ITipMethod.Publish or ITipMethod.DeclineCounter) return false;
        return present is null ? message.Method == ITipMethod.Request && message.Object.AttendeeAmong(own) is not null : present.Organizer() is { } same && CalendarAddress.IsSame(same, organizer);
    }

    static ITipChange? Change(ITipMessage message, CalendarObject? present, HashSet<string> own)
    {
        try
        {
            return message.Method switch
            {
                ITipMethod.Request => IncomingRequest.Apply(present, message, message.Object.AttendeeAmong(own) ?? message.Recipient),
                ITipMethod.Add => IncomingRequest.Add(present, message),
                ITipMethod.Cancel => IncomingCancel.Apply(present, message),
                ITipMethod.Reply => IncomingReply.Apply(present, message),
                _ => null,
            };
        }
        catch (ICalFormatException)
        {
            // What it would make of the object is none.
            return null;
        }
    }

    async ValueTask<(ObjectRow? Row, CalendarObject? Present)> Present(AccountId account, string uid, CancellationToken cancellation)
    {
        var (row, text) = await database.Snapshot(async scope =>
        {
            var row = await ObjectTable.OfUid(scope, account, uid);
            return (row, row is null ? null : (await ObjectTable.Texts(scope, [row.Id])).GetValueOrDefault(row.Id));
        }, cancellation);
        return (row, text is null ? null : CalendarObject.Of(ICalReader.ReadCalendar(text, ICalLimits.Object)));
    }

    /// <summary>Stores what became of the object; null where it changed meanwhile.</summary>
    async Task<bool?> Store(AccountId account, ITipMessage message, ObjectRow? row, CalendarObject? present, ITipChange change, HashSet<string> own, TeamResource? resource, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var content = ObjectContent.Write(CalendarObject.Of(change.Calendar), now, cancellation);
        if (content.Text.Length > ICalLimits.Object.MostOctets) return false;
        // An answer leaves the tag as it is, so that who changes the event meanwhile is not refused (RFC 6638 §3.2.10).
        content = content.WithScheduleTag(message.Method == ITipMethod.Reply && row?.ScheduleTag is { } tag ? tag : content.Row.ETag);
        var notice = message.IsQuiet || !change.IsSeen ? null : EventNotice.Of(message, present, content.Calendar, cancellation);
        if (notice is not null && CalendarAddress.MailOf(message.Sender) is { } sender && await directory.Find(sender, cancellation) is { } by)
            notice = notice with { ByAccount = by.Account, ByName = notice.ByName == sender && by.Name.Length > 0 ? by.Name : notice.ByName };
        var others = change.Answers.Count == 0 ? [] : Others(content.Calendar, message, own, now);
        var invited = Delegates(present, content.Calendar, change, own, now);
        return await database.Write<bool?>(async scope =>
        {
            var run = await ObjectRun.Begin(scope, account);
            var stored = await ObjectTable.OfUid(scope, account, content.Row.Uid);
            if (stored?.ETag != row?.ETag || stored?.Id != row?.Id) return null;
            var calendar = stored?.CalendarId ?? (await CalendarTable.Default(scope, account))?.Id ?? run.Calendars.Values.FirstOrDefault(known => known.Kinds.HasFlag(content.Row.Kind))?.Id;
            if (calendar is not { } home) return false;
            var (kept, answers) = resource is null || message.IsQuiet ? (content, []) : await Answer(scope, account, message, stored, content, resource, own, now);
            await scheduler.Send(scope, account, answers);
            if (kept is null)
            {
                if (stored is not null) await run.Remove(stored);
                await run.Settle();
                return true;
            }

            var (id, refused) = await run.Put(kept, home, stored?.Resource ?? EventPreparation.NewResource(), stored, stored?.IsDraft ?? false);
            if (refused is not null) return false;
            if (notice is not null) await NotificationTable.Add(scope, account, notice with { EventId = (await EventTable.OfObjects(scope, [id])).Select(found => (long?)found.Id).FirstOrDefault() }, now);
            await run.Settle();
            await scheduler.Send(scope, account, [.. invited, .. others]);
            return true;
        }, cancellation);
    }

    /// <summary>What a room or a thing makes of an invitation, and answers; nothing is kept of what it declines or what is cancelled.</summary>
    static async ValueTask<(ObjectContent? Kept, IReadOnlyList<ITipMessage> Answers)> Answer(
        WriteScope scope, AccountId account, ITipMessage message, ObjectRow? stored, ObjectContent content, TeamResource resource, HashSet<string> own, DateTimeOffset now)
    {
        if (message.Method == ITipMethod.Cancel) return (content.Calendar.Components.All(component => component.IsCancelled()) ? null : content, []);
        if (message.Method is not (ITipMethod.Request or ITipMethod.Add) || content.Calendar.AttendeeAmong(own) is not { } address) return (content, []);
        var moment = Instant.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var isKept = await ResourceBooking.Answer(scope, account, resource, address, stored?.Id ?? 0, content, moment);
        var answered = ObjectContent.Write(content.Calendar, now, scope.Cancellation);
        var replies = AttendeeMessages.Of(message.Object, answered.Calendar, address, CalendarObjects.Product, moment);
        return (isKept ? answered.WithScheduleTag(answered.Row.ETag) : null, replies);
    }

    /// <summary>RFC 5546 §3.2.6: whoever is invited may ask for the newest state.</summary>
    async Task<bool> Refresh(AccountId account, CalendarObject present, ITipMessage message, CancellationToken cancellation)
    {
        if (OrganizerMessages.Whole(present, message.Sender, CalendarObjects.Product, Instant.FromDateTimeOffset(time.GetUtcNow()), isQuiet: false) is not { } whole) return false;
        await database.Write(scope => scheduler.Send(scope, account, [whole]), cancellation);
        return true;
    }

    /// <summary>What the others who are invited are told of an answer.</summary>
    static List<ITipMessage> Others(CalendarObject calendar, ITipMessage reply, HashSet<string> own, DateTimeOffset now)
    {
        var attendees = calendar.Attendees().Where(attendee => !own.Contains(CalendarAddress.Key(attendee)) && !CalendarAddress.IsSame(attendee, reply.Sender)).Take(MostWatching + 1).ToList();
        if (attendees.Count > MostWatching) return [];
        return [.. attendees.Select(attendee => OrganizerMessages.Whole(calendar, attendee, CalendarObjects.Product, Instant.FromDateTimeOffset(now), isQuiet: true)).OfType<ITipMessage>()];
    }

    /// <summary>Who is sent in somebody's place is invited like everybody else.</summary>
    static List<ITipMessage> Delegates(CalendarObject? present, CalendarObject calendar, ITipChange change, HashSet<string> own, DateTimeOffset now)
    {
        if (present is null || change.Answers.All(answer => answer.Status != "DELEGATED")) return [];
        var known = present.Attendees().Select(CalendarAddress.Key).ToHashSet();
        return [.. calendar.Attendees().Where(attendee => !known.Contains(CalendarAddress.Key(attendee)) && !own.Contains(CalendarAddress.Key(attendee)))
            .Select(attendee => OrganizerMessages.Whole(calendar, attendee, CalendarObjects.Product, Instant.FromDateTimeOffset(now), isQuiet: false)).OfType<ITipMessage>()];
    }
}
