using Bastide.Abstractions.Identity;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.ITip;
using NodaTime;

namespace Bastide.Calendar.Scheduling;

/// <summary>
/// How a room or a thing answers: yes where it is free, or perhaps until its members decide; no where somebody has it. Of a
/// series of which somebody has a few instances, those few are declined. Asked within the transaction that books it, so that
/// two never get it for the same time.
/// </summary>
static class ResourceBooking
{
    // A series that collides more often than one time in four is not booked at all.
    const int OneIn = 4;
    static readonly Duration Farthest = Duration.FromDays(2 * 366);

    /// <summary>Writes the answer into the object. False where it is declined whole, so that it is not kept.</summary>
    /// <param name="scope">The transaction, which holds the account.</param>
    /// <param name="account">The room.</param>
    /// <param name="resource">What it is.</param>
    /// <param name="own">The address it is invited with.</param>
    /// <param name="present">The object that is there already; 0 where none is.</param>
    /// <param name="content">What was asked for; its object is changed.</param>
    /// <param name="now">The time.</param>
    public static async ValueTask<bool> Answer(WriteScope scope, AccountId account, TeamResource resource, string own, long present, ObjectContent content, Instant now)
    {
        var asked = content.Occurrences
            .Where(row => row.Busy != BusyKind.Cancelled)
            .Select(row => (row.RecurrenceId, Begin: Instant.FromUnixTimeSeconds(row.BeginAt), End: Instant.FromUnixTimeSeconds(row.EndAt)))
            .Where(time => time.End > now && time.End > time.Begin && time.Begin < now + Farthest).OrderBy(time => time.Begin).ToList();
        var taken = asked.Count == 0 ? [] : await Taken(scope, account, present, asked[0].Begin, asked.Max(time => time.End));
        var refused = asked.Where(time => taken.Exists(other => other.Begin < time.End && other.End > time.Begin)).Select(time => time.RecurrenceId).ToList();
        if (refused.Count > 0 && (refused.Count * OneIn > asked.Count || content.Calendar.Master is null))
        {
            ResourceAnswer.Write(content.Calendar, own, "DECLINED", []);
            return false;
        }

        ResourceAnswer.Write(content.Calendar, own, resource.IsAsked ? "TENTATIVE" : "ACCEPTED", refused);
        return true;
    }

    static async ValueTask<List<OccurrenceHit>> Taken(WriteScope scope, AccountId account, long present, Instant from, Instant to)
    {
        var hits = await OccurrenceFinder.Find(scope, account, null, from, to, DateTimeZone.Utc, CalendarObjects.MostOccurrences, scope.Cancellation);
        return hits.FindAll(hit => hit.ObjectId != present && hit.Busy is BusyKind.Busy or BusyKind.Tentative);
    }
}
