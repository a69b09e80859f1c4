using System.Text.Json.Nodes;
using Bastide.Calendar.Scheduling;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.ITip;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar;

/// <summary>
/// Who is invited proposes another time to who invited (RFC 5546 §3.2.7). Nothing moves by it: the organizer reads it in their
/// mail, here or elsewhere, and changes the event or does not.
/// </summary>
public sealed class Proposals(Database database, CalendarEvents events, Scheduler scheduler, TimeProvider time)
{
    /// <summary>The longest comment, in characters.</summary>
    public const int LongestComment = 2000;

    /// <summary>Sends a proposal for an event or an instance. Answers why not.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="account">In whose calendar the event is.</param>
    /// <param name="reference">The event, or the instance.</param>
    /// <param name="start">When it is to begin, on the clock of the event.</param>
    /// <param name="duration">How long it is to take; null for as long as it does.</param>
    /// <param name="comment">What is said with it, or null.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<CalendarError?> Send(Caller caller, AccountId account, EventRef reference, LocalDateTime start, ICalDuration? duration, string? comment, CancellationToken cancellation)
    {
        if (comment?.Length > LongestComment) return CalendarError.Invalid("comment", $"It has at most {LongestComment} characters.");
        if ((await events.Get(caller, account, [reference], cancellation)).Found.SingleOrDefault() is not { } record) return CalendarError.NotFound;
        if (record.IsOrigin || record.Event["organizerCalendarAddress"].AsText() is not { } organizer) return CalendarError.Forbidden("The event is your own: move it.");
        var own = await scheduler.Own(account, cancellation);
        var invited = (record.Event["participants"] as JsonObject ?? []).Select(entry => entry.Value).OfType<JsonObject>().FirstOrDefault(person => own.Contains(CalendarAddress.Key(person["calendarAddress"].AsText() ?? "")));
        if (invited is null) return CalendarError.Forbidden("You are not invited to this event.");

        var proposed = PersonalProperties.Without(record.Event);
        proposed.Remove("recurrenceOverrides");
        proposed["start"] = JSTime.Write(start);
        if (duration is { } length) proposed["duration"] = length.ToString();
        var now = Instant.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var calendar = EventSeriesWriter.Create(proposed, CalendarObjects.Product, now, cancellation);
        var address = invited["calendarAddress"].AsText()!;
        foreach (var component in calendar.Components.Where(component => component.Is("VEVENT")))
        {
            component.Set("DTSTAMP", ICalTime.OfInstant(now).Value);
            if (component.Attendee(address) is { } attendee) component.Replace(attendee, attendee.WithParameter("PARTSTAT", "TENTATIVE"));
            if (!string.IsNullOrWhiteSpace(comment)) component.SetText("COMMENT", comment);
        }

        var message = new ITipMessage(ITipMethod.Counter, address, organizer, CalendarObject.Of(calendar));
        return await database.Write(async scope =>
        {
            if (!(await CalendarAccess.Of(scope, caller, account)).May(Rights.Respond, record.CalendarId)) return CalendarError.Forbidden("You may not answer invitations in this calendar.");
            await scheduler.Send(scope, account, [message]);
            return null;
        }, cancellation);
    }
}
