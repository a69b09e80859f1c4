using System.Text;
using System.Text.Json;
using Bastide.Abstractions.Identity;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.ITip;
using NodaTime;

namespace Bastide.Calendar.Scheduling;

/// <summary>
/// Implicit scheduling (RFC 6638 §3): whoever stores, changes or removes an object that invites people, by whatever protocol,
/// has said something to them. What it is is found out outside of any transaction; that it is sent belongs to the change.
/// </summary>
public sealed class Scheduler(Database database, IDirectory directory, JobQueue jobs, TimeProvider time)
{
    /// <summary>The most people an event invites.</summary>
    public const int MostAttendees = 2000;

    // RFC 6638 §3.2.9: delivered, sent without knowing more, nobody of this address, and no way to them.
    const string Delivered = "1.2";
    const string Sent = "1.1";
    const string Unknown = "3.7";
    const string Unreachable = "5.2";

    /// <summary>Whether an object invites people.</summary>
    internal static bool IsScheduling(CalendarObject? calendar) => calendar is { Kind: "VEVENT" or "VTODO" } && calendar.Organizer() is not null && calendar.Attendees().Any();

    /// <summary>The addresses that mean an account, as <see cref="CalendarAddress.Key"/> has them.</summary>
    internal async ValueTask<HashSet<string>> Own(AccountId account, CancellationToken cancellation)
    {
        var own = await database.Read(scope => ParticipantIdentities.Addresses(scope, account), cancellation);
        var entry = await directory.Find(account, cancellation);
        var mails = entry is null ? [] : entry.Aliases.Prepend(entry.Address).Select(CalendarAddress.Of);
        return [.. own.Concat(mails).Select(CalendarAddress.Key)];
    }

    /// <summary>
    /// What a change says to others. <paramref name="after"/> is completed where it has to be: with a greater SEQUENCE, with
    /// questions asked again, and with how each message stands.
    /// </summary>
    /// <param name="caller">Who makes the change; where that is not whose object it is, the messages say so (SENT-BY, RFC 5545 §3.2.18). Null for the program itself.</param>
    /// <param name="account">Whose object it is.</param>
    /// <param name="before">What was; null of a new one.</param>
    /// <param name="after">What is to be; null where it goes.</param>
    /// <param name="wishes">Whether anybody is told; where not, the object is completed all the same.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal async ValueTask<SchedulingPlan> Plan(Caller? caller, AccountId account, CalendarObject? before, CalendarObject? after, SchedulingWishes wishes, CancellationToken cancellation)
    {
        if (!IsScheduling(before) && !IsScheduling(after)) return SchedulingPlan.None;
        if (after?.Attendees().Count() > MostAttendees) return SchedulingPlan.Of(new CalendarError(CalendarFailure.InvalidObject, $"An event invites at most {MostAttendees} people: invite a team or a list."));
        var own = await Own(account, cancellation);
        var now = Instant.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var isOrganizer = own.Contains(CalendarAddress.Key((after ?? before)?.Organizer() ?? ""));
        var wasOrganizer = before?.Organizer() is { } organizer && own.Contains(CalendarAddress.Key(organizer));
        if (after is not null && before is not null && IsScheduling(before) && wasOrganizer != isOrganizer && after.Organizer() is not null)
            return SchedulingPlan.Of(new CalendarError(CalendarFailure.OrganizerChanged, "Who invites does not change: make a new event."));
        if (isOrganizer || (wasOrganizer && after?.Organizer() is null))
        {
            var isWritten = after is not null && before is not null && wishes.Tag is not null && OrganizerChange.KeepAnswers(before, after, own);
            isWritten |= after is not null && OrganizerChange.Complete(before, after, own);
            var told = wishes.Sends ? OrganizerMessages.Of(before, after, own, CalendarObjects.Product, now) : [];
            return await Addressed(await Signed(told, caller, account, cancellation), after, isWritten, cancellation);
        }

        if ((before ?? after)!.AttendeeAmong(own) is not { } attendee) return SchedulingPlan.None;
        if (before is not null && after is not null && AttendeeChange.IsRefused(before, after))
            return SchedulingPlan.Of(new CalendarError(CalendarFailure.NotAttendees, "Only who invited may move this event: propose another time to them."));
        return await Addressed(await Signed(wishes.Sends ? AttendeeMessages.Of(before, after, attendee, CalendarObjects.Product, now) : [], caller, account, cancellation), after, false, cancellation);
    }

    /// <summary>The messages, saying who sends them where that is somebody else than in whose name they are.</summary>
    async ValueTask<List<ITipMessage>> Signed(List<ITipMessage> messages, Caller? caller, AccountId account, CancellationToken cancellation)
    {
        if (messages.Count == 0 || caller is null || caller.Person == account || await directory.Find(caller.Person, cancellation) is not { } actor) return messages;
        return messages.ConvertAll(message => message.SentBy(CalendarAddress.Of(actor.Address)));
    }

    /// <summary>Sends messages exactly when the transaction commits.</summary>
    internal ValueTask Send(WriteScope scope, AccountId account, IReadOnlyList<ITipMessage> messages) => messages.Count == 0 ? default : jobs.EnqueueMany(scope, [.. messages.Select(message => Request(account, message))]);

    /// <summary>What the delivery of a message is asked with.</summary>
    static JobRequest Request(AccountId account, ITipMessage message)
    {
        var payload = new ITipPayload(account.Value, message.Sender, message.Recipient, message.IsQuiet, Encoding.UTF8.GetString(message.Write()));
        // How others answered is told once for many that answer at the same time.
        var key = message.IsQuiet ? $"{account.Value}/{message.Object.Uid}/{CalendarAddress.Key(message.Recipient)}" : null;
        return new JobRequest(ITipDelivery.JobKind, JsonSerializer.Serialize(payload, SchedulingJson.Default.ITipPayload), Key: key);
    }

    /// <summary>Leaves those messages that reach somebody, and writes how they stand beside each name (RFC 6638 §3.2.9).</summary>
    async ValueTask<SchedulingPlan> Addressed(List<ITipMessage> messages, CalendarObject? after, bool isWritten, CancellationToken cancellation)
    {
        var sent = new List<ITipMessage>(messages.Count);
        var isUnreachable = false;
        foreach (var recipient in messages.GroupBy(message => CalendarAddress.Key(message.Recipient)))
        {
            var status = await StatusOf(recipient.Key, cancellation);
            if (status is Delivered or Sent) sent.AddRange(recipient);
            isUnreachable |= status == Unreachable;
            if (after is not null) isWritten |= Note(after, recipient.Key, status);
        }

        return new SchedulingPlan(sent, isWritten, null) { IsUnreachable = isUnreachable };
    }

    async ValueTask<string> StatusOf(string address, CancellationToken cancellation)
    {
        if (CalendarAddress.MailOf(address) is not { } mail) return Unreachable;
        if (await directory.Find(mail, cancellation) is not null) return Delivered;
        var domain = mail[(mail.LastIndexOf('@') + 1)..];
        return domain.Length == 0 || await directory.IsLocalDomain(domain, cancellation) ? Unknown : Sent;
    }

    static bool Note(CalendarObject calendar, string address, string status)
    {
        var isWritten = false;
        foreach (var component in calendar.Components)
            foreach (var property in component.PropertiesOf("ATTENDEE").Concat(component.PropertiesOf("ORGANIZER")).Where(property => CalendarAddress.Key(property.Value) == address).ToList())
            {
                var noted = property.WithParameter("SCHEDULE-STATUS", status).WithParameter("SCHEDULE-FORCE-SEND", (string?)null);
                if (ReferenceEquals(noted, property)) continue;
                component.Replace(property, noted);
                isWritten = true;
            }

        return isWritten;
    }
}
