using System.Globalization;
using System.Text.Json.Nodes;
using Bastide.Calendar.Jmap;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using NodaTime;

namespace Bastide.Calendar.Alarms;

/// <summary>
/// Lets alarms go off: each is taken and told in one transaction of the person it is for, so that it is told once, whichever
/// node does it. What is told moves the person's sequence and is pushed from there (draft-ietf-jmap-calendars, "CalendarAlert"):
/// a device that was away for a moment hears of it when it comes back.
/// </summary>
sealed class AlarmFiring(Database database, JobQueue jobs, TimeProvider time)
{
    const int PeopleAtOnce = 200;
    const int AlarmsAtOnce = 500;
    const int MostTold = 200;

    /// <summary>How late an alarm may be; after that it goes off no more.</summary>
    public static readonly Duration Latest = Duration.FromHours(2);

    /// <summary>Lets everything go off that is due.</summary>
    public async Task Fire(CancellationToken cancellation)
    {
        while (true)
        {
            var now = time.GetUtcNow().ToUnixTimeSeconds();
            var people = await database.Read(scope => AlarmTable.People(scope, now, PeopleAtOnce), cancellation);
            if (people.Count == 0) return;
            foreach (var person in people) await database.Write(scope => Fire(scope, person, now), cancellation);
        }
    }

    /// <summary>What is pushed to a person who knows everything up to a position.</summary>
    public async ValueTask<IReadOnlyList<JsonObject>> Pushed(Caller caller, Sequence since, Sequence until, CancellationToken cancellation)
    {
        var notBefore = (Instant.FromDateTimeOffset(time.GetUtcNow()) - Latest).ToUnixTimeSeconds();
        var told = await database.Read(scope => AlarmTable.Told(scope, caller.Person, since, until, notBefore, MostTold), cancellation);
        return told.ConvertAll(alarm => new JsonObject
        {
            ["@type"] = "CalendarAlert",
            ["accountId"] = alarm.Account.ToString(),
            ["calendarEventId"] = CalendarIds.Event.Write(alarm.EventId),
            ["uid"] = alarm.Uid,
            ["recurrenceId"] = alarm.RecurrenceId.Length == 0 ? null : alarm.RecurrenceId,
            ["alertId"] = alarm.AlertId,
        });
    }

    async ValueTask Fire(WriteScope scope, AccountId person, long now)
    {
        var taken = await AlarmTable.Take(scope, person, now, AlarmsAtOnce);
        taken.RemoveAll(alarm => alarm.DueAt < now - (long)Latest.TotalSeconds);
        if (taken.Count == 0) return;
        var seen = new Dictionary<AccountId, CalendarAccess>();
        foreach (var account in taken.Select(alarm => alarm.Account).Distinct()) seen[account] = await CalendarAccess.OfPerson(scope, person, account);
        taken.RemoveAll(alarm => !seen[alarm.Account].Sees(alarm.CalendarId) || (alarm.Privacy == EventPrivacy.Secret && !seen[alarm.Account].IsOwner));
        // Of what called several times while nobody could, the last call is enough.
        var told = taken.GroupBy(alarm => (alarm.ObjectId, alarm.AlertId)).Select(calls => calls.Last()).ToList();
        var displayed = told.FindAll(alarm => !alarm.IsByMail);
        await jobs.EnqueueMany(scope, [.. told.Except(displayed).Select(alarm => new JobRequest(AlarmMail.JobKind, alarm.Id.ToString(CultureInfo.InvariantCulture)))]);
        if (displayed.Count > 0) await AlarmTable.SetTold(scope, displayed.Select(alarm => alarm.Id), await scope.Advance(person, CalendarTypes.CalendarAlert));
    }
}
