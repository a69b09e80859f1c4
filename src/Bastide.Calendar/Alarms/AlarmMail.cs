using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Bastide.Abstractions.Identity;
using Bastide.Abstractions.Mail;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Platform.Settings;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar.Alarms;

/// <summary>
/// Sends an alarm as a mail to the person it is for, and to nobody else, whomever the alarm names: who writes an event must
/// not make the server write to others. The words are the event's own, because nobody's language is known here.
/// </summary>
sealed class AlarmMail(Database database, CalendarEvents events, IDirectory directory, IProgramMail mail, BastideSettings settings) : IJobHandler
{
    /// <summary>The kind of its jobs; the payload is the number of the alarm.</summary>
    public const string JobKind = "calendar-alarm-mail";

    const int MostDescription = 4000;

    public string Kind => JobKind;

    public int MaxAttempts => 5;

    public async ValueTask<JobResult> Run(Job job, CancellationToken cancellation)
    {
        var id = long.Parse(job.Payload, CultureInfo.InvariantCulture);
        if (await database.Read(scope => AlarmTable.ToMail(scope, id), cancellation) is not { } alarm) return JobResult.Done;
        if (await directory.Find(alarm.Person, cancellation) is not { Disabled: false } person) return JobResult.Done;
        var caller = new Caller(alarm.Person, person.Address, 0, Caller.AllScopes);
        var record = (await events.Get(caller, alarm.Account, [new EventRef(alarm.EventId, alarm.Instance)], cancellation)).Found.SingleOrDefault();
        if (record is null) return JobResult.Done;
        var own = new SentTo(person.Address, person.Name);
        var prepared = await mail.Prepare(new ProgramMessage(own, [own], Subject(record.Event), Text(record.Event)) { Account = alarm.Person, Name = $"alarm-{id}", IsAutomatic = true }, cancellation);
        if (prepared is null) return JobResult.Done;
        await database.Write(async scope =>
        {
            // The job may run twice; the mail goes once.
            if (await AlarmTable.SetMailed(scope, id)) await prepared.Post(scope);
        }, cancellation);
        return JobResult.Done;
    }

    static string Subject(JsonObject calendarEvent) => $"{OneLine(calendarEvent["title"].AsText())} ({When(calendarEvent)})";

    string Text(JsonObject calendarEvent)
    {
        var text = new StringBuilder().AppendLine(OneLine(calendarEvent["title"].AsText())).AppendLine(When(calendarEvent));
        foreach (var (_, location) in calendarEvent["locations"] as JsonObject ?? [])
            if (location.Member("name").AsText() is { Length: > 0 } name)
                text.AppendLine(OneLine(name));
        foreach (var (_, location) in calendarEvent["virtualLocations"] as JsonObject ?? [])
            if (location.Member("uri").AsText() is { Length: > 0 } uri)
                text.AppendLine(OneLine(uri));
        if (calendarEvent["description"].AsText() is { Length: > 0 } description)
            text.AppendLine().AppendLine(description.Length > MostDescription ? description[..MostDescription] + "…" : description);
        return text.AppendLine().AppendLine(new Uri(settings.Url, "calendar").ToString()).ToString();
    }

    /// <summary>Dates as everybody reads them, in the zone of the event.</summary>
    static string When(JsonObject calendarEvent)
    {
        if (JSTime.Read(calendarEvent["start"].AsText()) is not { } start) return "";
        var zone = calendarEvent["timeZone"].AsText();
        var end = ZoneRules.Local(UtcTimes.End(calendarEvent, DateTimeZone.Utc)!.Value, TimeZoneNames.Zone(zone) ?? DateTimeZone.Utc);
        if (calendarEvent["showWithoutTime"].AsFlag() == true)
        {
            var last = end > start ? end.PlusTicks(-1).Date : start.Date;
            return last > start.Date ? $"{start.Date:yyyy-MM-dd} – {last:yyyy-MM-dd}" : $"{start.Date:yyyy-MM-dd}";
        }

        var till = end == start ? "" : end.Date == start.Date ? $"–{end:HH:mm}" : $" – {end:yyyy-MM-dd HH:mm}";
        return string.Create(CultureInfo.InvariantCulture, $"{start:yyyy-MM-dd HH:mm}{till}{(zone is null ? "" : $", {zone}")}");
    }

    static string OneLine(string? text) => string.IsNullOrWhiteSpace(text) ? "…" : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
