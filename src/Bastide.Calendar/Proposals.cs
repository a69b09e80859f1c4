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
/// Who is invited proposes another time to who invited (RFC 5546 §3.2.7), and who invited declines that (§3.2.8). Nothing
/// moves by either: people read them in their mail, here or elsewhere, and the organizer changes the event or does not.
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
        if (CheckComment(comment) is { } invalid) return invalid;
        if ((await events.Get(caller, account, [reference], cancellation)).Found.SingleOrDefault() is not { } record) return CalendarError.NotFound;
        if (record.IsOrigin || record.Event["organizerCalendarAddress"].AsText() is not { } organizer) return CalendarError.Forbidden("The event is your own: move it.");
        var own = await scheduler.Own(account, cancellation);
        var invited = (record.Event["participants"] as JsonObject ?? []).Select(entry => entry.Value).OfType<JsonObject>().FirstOrDefault(person => own.Contains(CalendarAddress.Key(person["calendarAddress"].AsText() ?? "")));
        if (invited is null) return CalendarError.Forbidden("You are not invited to this event.");

        var told = PersonalProperties.Without(record.Event);
        told["start"] = JSTime.Write(start);
        if (duration is { } length) told["duration"] = length.ToString();
        var address = invited["calendarAddress"].AsText()!;
        var proposed = Write(told, comment, cancellation);
        foreach (var component in proposed.Components)
            if (component.Attendee(address) is { } attendee) component.Replace(attendee, attendee.WithParameter("PARTSTAT", "TENTATIVE"));
        return await Send(caller, account, record.CalendarId, new ITipMessage(ITipMethod.Counter, address, organizer, proposed), cancellation);
    }

    /// <summary>Tells who proposed another time that the event stays where it is. Answers why not.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="account">In whose calendar the event is.</param>
    /// <param name="reference">The event, or the instance.</param>
    /// <param name="proposer">The calendar address of who proposed.</param>
    /// <param name="comment">What is said with it, or null.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<CalendarError?> Decline(Caller caller, AccountId account, EventRef reference, string proposer, string? comment, CancellationToken cancellation)
    {
        if (CheckComment(comment) is { } invalid) return invalid;
        if ((await events.Get(caller, account, [reference], cancellation)).Found.SingleOrDefault() is not { } record) return CalendarError.NotFound;
        var own = await scheduler.Own(account, cancellation);
        if (record.Event["organizerCalendarAddress"].AsText() is not { } organizer || !own.Contains(CalendarAddress.Key(organizer))) return CalendarError.Forbidden("Only who invited declines a proposal.");
        var told = PersonalProperties.Without(record.Event);
        var people = told["participants"] as JsonObject ?? [];
        var invited = people.FirstOrDefault(person => CalendarAddress.IsSame(person.Value.Member("calendarAddress").AsText() ?? "", proposer));
        if (invited.Key is null || own.Contains(CalendarAddress.Key(proposer))) return CalendarError.Invalid("calendarAddress", "Nobody of this address is invited: a proposal of somebody else is answered by mail.");

        // Who else is invited, and how they answered, is no part of the answer to one of them.
        told["participants"] = new JsonObject { [invited.Key] = invited.Value!.DeepClone() };
        return await Send(caller, account, record.CalendarId, new ITipMessage(ITipMethod.DeclineCounter, organizer, invited.Value["calendarAddress"].AsText()!, Write(told, comment, cancellation)), cancellation);
    }

    static CalendarError? CheckComment(string? comment) => comment?.Length > LongestComment ? CalendarError.Invalid("comment", $"It has at most {LongestComment} characters.") : null;

    /// <summary>The event or instance as a message tells it.</summary>
    CalendarObject Write(JsonObject told, string? comment, CancellationToken cancellation)
    {
        told.Remove("recurrenceOverrides");
        var now = Instant.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var calendar = CalendarObject.Of(EventSeriesWriter.Create(told, CalendarObjects.Product, now, cancellation));
        foreach (var component in calendar.Components)
        {
            component.Set("DTSTAMP", ICalTime.OfInstant(now).Value);
            if (!string.IsNullOrWhiteSpace(comment)) component.SetText("COMMENT", comment);
        }

        return calendar;
    }

    async Task<CalendarError?> Send(Caller caller, AccountId account, long calendar, ITipMessage message, CancellationToken cancellation) =>
        await database.Write(async scope =>
        {
            if (!(await CalendarAccess.Of(scope, caller, account)).May(Rights.Respond, calendar)) return CalendarError.Forbidden("You may not answer invitations in this calendar.");
            await scheduler.Send(scope, account, [message]);
            return null;
        }, cancellation);
}
