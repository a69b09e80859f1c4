using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bastide.Abstractions.Identity;
using Bastide.Abstractions.Mail;
using Bastide.Calendar.Store;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Platform.Settings;
using Bastide.Protocols.ICalendar;
using Microsoft.AspNetCore.DataProtection;
using NodaTime;

namespace Bastide.Calendar.Booking;

/// <summary>
/// The mails of a booking: the guest's is in their language, on their clock, with the link by which they change it and the
/// invitation for their program (RFC 6047); the owner's is in both languages, because theirs is not known here.
/// </summary>
sealed class BookingMail(Database database, IDirectory directory, IProgramMail mail, BastideSettings settings, IDataProtectionProvider protection) : IJobHandler
{
    /// <summary>The kind of its jobs.</summary>
    public const string JobKind = "calendar-booking-mail";

    /// <summary>What the secrets of bookings are sealed for.</summary>
    public const string Purpose = "Bastide.Calendar.Bookings";

    static readonly string[] Days = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
    static readonly string[] Months = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];
    readonly IDataProtector _protector = protection.CreateProtector(Purpose);

    public string Kind => JobKind;

    public int MaxAttempts => 8;

    public async ValueTask<JobResult> Run(Job job, CancellationToken cancellation)
    {
        var payload = JsonSerializer.Deserialize(job.Payload, BookingJson.Default.BookingMailPayload)!;
        var (booking, page) = await database.Read(async scope =>
        {
            var booking = await BookingTable.Find(scope, payload.Booking);
            return (booking, booking is null ? null : await BookingPageTable.Find(scope, booking.PageId));
        }, cancellation);
        if (booking is null || page is null || await directory.Find(booking.Account, cancellation) is not { Disabled: false } host) return JobResult.Done;
        var own = new SentTo(host.Address, host.Name);
        var message = payload.IsForHost
            ? new ProgramMessage(own, [own], SubjectForHost(payload, booking), TextForHost(payload, booking, page)) { IsAutomatic = true }
            : new ProgramMessage(own, [new SentTo(booking.GuestAddress, booking.GuestName)], SubjectForGuest(payload, booking), TextForGuest(payload, booking, host.Name))
            {
                Calendar = payload.Method is { } method ? new CalendarPart(method, Encoding.UTF8.GetBytes(payload.Text!)) : null,
            };
        message = message with { Account = booking.Account, Name = string.Create(CultureInfo.InvariantCulture, $"booking-{job.Id}") };
        if (await mail.Prepare(message, cancellation) is { } prepared) await database.Write(prepared.Post, cancellation);
        return JobResult.Done;
    }

    static string SubjectForGuest(BookingMailPayload payload, BookingRow booking)
    {
        var isFrench = booking.Language == "fr";
        return payload.Change switch
        {
            BookingChange.Booked => isFrench ? $"Rendez-vous confirmé : {payload.Title}" : $"Appointment confirmed: {payload.Title}",
            BookingChange.Moved => isFrench ? $"Rendez-vous déplacé : {payload.Title}" : $"Appointment moved: {payload.Title}",
            _ => isFrench ? $"Rendez-vous annulé : {payload.Title}" : $"Appointment cancelled: {payload.Title}",
        };
    }

    string TextForGuest(BookingMailPayload payload, BookingRow booking, string host)
    {
        var isFrench = booking.Language == "fr";
        var text = new StringBuilder();
        text.AppendLine(payload.Change switch
        {
            BookingChange.Booked => isFrench ? $"Votre rendez-vous avec {host} est confirmé." : $"Your appointment with {host} is confirmed.",
            BookingChange.Moved => isFrench ? $"Votre rendez-vous avec {host} a une nouvelle date." : $"Your appointment with {host} has a new time.",
            _ => isFrench ? $"Votre rendez-vous avec {host} est annulé." : $"Your appointment with {host} is cancelled.",
        }).AppendLine();
        text.AppendLine(payload.Title).AppendLine(When(payload, TimeZoneNames.Zone(booking.TimeZone) ?? DateTimeZone.Utc, isFrench));
        if (payload.Location is { Length: > 0 } location) text.AppendLine(location);
        if (payload.Change == BookingChange.Cancelled || LinkOf(booking) is not { } link) return text.ToString();
        text.AppendLine().AppendLine(isFrench ? "Le déplacer ou l’annuler :" : "Move or cancel it:").AppendLine(link);
        return text.AppendLine().AppendLine(isFrench ? "Vous n’avez rien demandé ? Annulez-le par ce lien." : "You did not ask for it? Cancel it by this link.").ToString();
    }

    static string SubjectForHost(BookingMailPayload payload, BookingRow booking) => payload.Change switch
    {
        BookingChange.Booked => $"Nouveau rendez-vous / New appointment: {payload.Title} ({booking.GuestName})",
        BookingChange.Moved => $"Rendez-vous déplacé / Appointment moved: {payload.Title} ({booking.GuestName})",
        _ => $"Rendez-vous annulé / Appointment cancelled: {payload.Title} ({booking.GuestName})",
    };

    string TextForHost(BookingMailPayload payload, BookingRow booking, BookingPageRow page)
    {
        var (french, english) = payload.Change switch
        {
            BookingChange.Booked => ("a pris rendez-vous avec vous.", "booked an appointment with you."),
            BookingChange.Moved => ("a déplacé son rendez-vous avec vous.", "moved their appointment with you."),
            _ => ("a annulé son rendez-vous avec vous.", "cancelled their appointment with you."),
        };
        var zone = TimeZoneNames.Zone(page.Settings.TimeZone) ?? DateTimeZone.Utc;
        var text = new StringBuilder().AppendJoin(' ', booking.GuestName, $"({booking.GuestAddress})", french).AppendLine().AppendJoin(' ', booking.GuestName, $"({booking.GuestAddress})", english).AppendLine().AppendLine();
        text.AppendLine(payload.Title).AppendLine(When(payload, zone, isFrench: true)).AppendLine(When(payload, zone, isFrench: false));
        if (payload.Details is { Length: > 0 } details) text.AppendLine().AppendLine(details);
        return text.AppendLine().AppendLine(new Uri(settings.Url, "calendar").ToString()).ToString();
    }

    static string When(BookingMailPayload payload, DateTimeZone zone, bool isFrench)
    {
        var (start, end) = (Instant.FromUnixTimeSeconds(payload.BeginAt).InZone(zone), Instant.FromUnixTimeSeconds(payload.EndAt).InZone(zone));
        var day = isFrench
            ? string.Create(CultureInfo.InvariantCulture, $"{Days[(int)start.DayOfWeek - 1]} {(start.Day == 1 ? "1er" : start.Day)} {Months[start.Month - 1]} {start.Year}")
            : start.ToString("dddd d MMMM uuuu", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{day}, {start.Hour:00}:{start.Minute:00}–{end.Hour:00}:{end.Minute:00} ({zone.Id})");
    }

    string? LinkOf(BookingRow booking)
    {
        try
        {
            return new Uri(settings.Url, $"book/manage/{_protector.Unprotect(booking.Sealed)}").AbsoluteUri;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
