using System.Globalization;
using System.Text;
using Bastide.Abstractions.Identity;
using Bastide.Abstractions.Mail;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.ITip;
using NodaTime;

namespace Bastide.Calendar.Scheduling;

/// <summary>Messages between calendars, to people elsewhere: by mail (RFC 6047).</summary>
sealed class IMip(Database database, IDirectory directory, IProgramMail mail)
{
    const int LongestText = 20_000;

    /// <summary>Sends a message in the name of an account. What cannot be delivered comes back to it.</summary>
    public async Task Send(AccountId account, ITipMessage message, string name, CancellationToken cancellation)
    {
        if (CalendarAddress.MailOf(message.Recipient) is not { } recipient || await directory.Find(account, cancellation) is not { } entry) return;
        // The address it is invited with, where that is one the account may send from.
        var sender = CalendarAddress.MailOf(message.Sender) is { } address && entry.Aliases.Contains(address, StringComparer.OrdinalIgnoreCase) ? address : entry.Address;
        var told = message.Object.Master ?? message.Object.Instances.First();
        var to = new SentTo(recipient, told.Attendee(message.Recipient)?.Parameter("CN") ?? (told.Property("ORGANIZER") is { } organizer && CalendarAddress.IsSame(organizer.Value, message.Recipient) ? organizer.Parameter("CN") : null));
        var written = new ProgramMessage(new SentTo(sender, entry.Name), [to], Subject(message, told), Text(message, told, await NameOf(message, told, entry, cancellation)))
        {
            Account = account,
            Name = name,
            Calendar = new CalendarPart(ITipMessage.NameOf(message.Method), message.Write()),
        };
        if (await mail.Prepare(written, cancellation) is { } prepared) await database.Write(prepared.Post, cancellation);
    }

    /// <summary>In whose name it is said, and who says it for them.</summary>
    async ValueTask<string> NameOf(ITipMessage message, ICalComponent told, DirectoryEntry entry, CancellationToken cancellation)
    {
        var person = told.Attendee(message.Sender) is { } attendee && message.Method is ITipMethod.Reply or ITipMethod.Counter ? attendee : told.Property("ORGANIZER");
        return person?.Parameter("SENT-BY") is { } sentBy && CalendarAddress.MailOf(sentBy) is { } mail && await directory.Find(mail, cancellation) is { } actor && actor.Account != entry.Account ? $"{actor.Name} ({entry.Name})" : entry.Name;
    }

    static string Subject(ITipMessage message, ICalComponent told)
    {
        var summary = told.Text("SUMMARY") is { Length: > 0 } text ? text.ReplaceLineEndings(" ") : "–";
        return message.Method switch
        {
            ITipMethod.Request when told.Sequence() > 0 => $"Invitation (mise à jour / updated): {summary}",
            ITipMethod.Request or ITipMethod.Add => $"Invitation: {summary}",
            ITipMethod.Cancel => $"Annulé / Cancelled: {summary}",
            ITipMethod.Counter => $"Autre horaire proposé / Other time proposed: {summary}",
            ITipMethod.DeclineCounter => $"Proposition déclinée / Proposal declined: {summary}",
            ITipMethod.Reply => $"{AnswerOf(message, told).Short}: {summary}",
            _ => summary,
        };
    }

    /// <summary>What people read whose program reads no calendars, in both languages: it is not known which they speak.</summary>
    static string Text(ITipMessage message, ICalComponent told, string name)
    {
        var text = new StringBuilder();
        var (french, english) = message.Method switch
        {
            ITipMethod.Request or ITipMethod.Add when told.Sequence() > 0 => ($"{name} a modifié cette invitation.", $"{name} changed this invitation."),
            ITipMethod.Request or ITipMethod.Add => ($"{name} vous invite.", $"{name} invites you."),
            ITipMethod.Cancel => ($"{name} a annulé.", $"{name} cancelled this."),
            ITipMethod.Counter => ($"{name} propose un autre horaire.", $"{name} proposes another time."),
            ITipMethod.DeclineCounter => ($"{name} maintient l’horaire et décline votre proposition.", $"{name} keeps to the time and declines your proposal."),
            ITipMethod.Reply => AnswerOf(message, told).Sentences(name),
            _ => (name, name),
        };
        text.AppendLine(french).AppendLine(english).AppendLine();
        text.AppendLine(told.Text("SUMMARY") ?? "–");
        if (When(message.Object, told) is { } when) text.AppendLine(when);
        if (told.Property("RECURRENCE-ID") is null && told.Property("RRULE") is not null) text.AppendLine("Se répète / Repeats");
        if (told.Text("LOCATION") is { Length: > 0 } location) text.AppendLine(location);
        if (told.Text("COMMENT") is { Length: > 0 } comment) text.AppendLine().AppendLine(comment);
        if (message.Method is ITipMethod.Request or ITipMethod.Add && told.Text("DESCRIPTION") is { Length: > 0 } description)
            text.AppendLine().AppendLine(description.Length <= LongestText ? description : description[..LongestText] + "…");
        return text.ToString();
    }

    static string? When(CalendarObject calendar, ICalComponent told)
    {
        if (ICalTime.Of(told.Property("DTSTART")) is not { } start) return null;
        var zones = calendar.Zones();
        var (found, _) = new RecurrenceSet([told], zones, DateTimeZone.Utc).ExpandUpTo(Instant.MinValue, Instant.MaxValue, 1, default);
        var ends = found.Select(occurrence => (Instant?)occurrence.End).FirstOrDefault();
        if (start.IsDate)
        {
            var last = ends is { } close ? ZoneRules.Local(close, DateTimeZone.Utc).Date.PlusDays(-1) : start.Local.Date;
            return last <= start.Local.Date ? Day(start.Local.Date) : $"{Day(start.Local.Date)} – {Day(last)}";
        }

        var zone = zones.ZoneOf(start, DateTimeZone.Utc);
        var end = ends is { } moment ? ZoneRules.Local(moment, zone) : start.Local;
        var suffix = start.Kind == ICalTimeKind.Floating ? "" : $" ({(start.Kind == ICalTimeKind.Utc ? "UTC" : zone.Id)})";
        return end.Date == start.Local.Date ? $"{Day(start.Local.Date)} {Clock(start.Local)} – {Clock(end)}{suffix}" : $"{Day(start.Local.Date)} {Clock(start.Local)} – {Day(end.Date)} {Clock(end)}{suffix}";
    }

    static string Day(LocalDate date) => string.Create(CultureInfo.InvariantCulture, $"{date.Year:0000}-{date.Month:00}-{date.Day:00}");

    static string Clock(LocalDateTime time) => string.Create(CultureInfo.InvariantCulture, $"{time.Hour:00}:{time.Minute:00}");

    static Answer AnswerOf(ITipMessage message, ICalComponent told) => told.Attendee(message.Sender)?.Status() switch
    {
        "ACCEPTED" => new Answer("Accepté / Accepted", "a accepté", "accepted"),
        "DECLINED" => new Answer("Décliné / Declined", "a décliné", "declined"),
        "TENTATIVE" => new Answer("Peut-être / Tentative", "viendra peut-être", "may come"),
        "DELEGATED" => new Answer("Délégué / Delegated", "envoie quelqu’un à sa place", "sends somebody else"),
        _ => new Answer("Réponse / Answer", "a répondu", "answered"),
    };

    readonly record struct Answer(string Short, string French, string English)
    {
        public (string French, string English) Sentences(string name) => ($"{name} {French}.", $"{name} {English}.");
    }
}
