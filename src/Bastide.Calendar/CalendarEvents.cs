using System.Text.Json.Nodes;
using Bastide.Abstractions.Http;
using Bastide.Calendar.Attachments;
using Bastide.Calendar.Links;
using Bastide.Calendar.Scheduling;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Settings;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar;

/// <summary>
/// The operations on events as JSCalendar: they ask who may, own the transaction and move the change sequence. What is kept is
/// iCalendar; texts are read and written outside of transactions, which then look whether they are still those of before.
/// </summary>
public sealed class CalendarEvents(Database database, Scheduler scheduler, BlobUploads uploads, BlobStore blobs, BastideSettings settings, TimeProvider time)
{
    const int MostAttempts = 5;

    /// <summary>Those of the events and instances that the caller may read, in the order asked, and the state they are of.</summary>
    public async ValueTask<(IReadOnlyList<EventRecord> Found, Sequence State)> Get(Caller caller, AccountId account, IReadOnlyList<EventRef> refs, CancellationToken cancellation)
    {
        var reading = await database.Snapshot(scope => EventReading.Load(scope, caller, account, [.. refs.Select(reference => reference.Id).Distinct()]), cancellation);
        return ([.. reading.Show(refs.Distinct(), cancellation)], reading.State);
    }

    /// <summary>The numbers of every event that the caller may read, up to a bound.</summary>
    public ValueTask<List<long>> All(Caller caller, AccountId account, int limit, CancellationToken cancellation) =>
        database.Snapshot(async scope =>
        {
            var access = await CalendarAccess.Of(scope, caller, account);
            if (access.IsNobody) return [];
            var rows = await EventTable.All(scope, account, limit);
            var objects = (await ObjectTable.Find(scope, account, [.. rows.Select(row => row.ObjectId).Distinct()])).ToDictionary(row => row.Id);
            return rows.Where(row => IsSeen(access, objects.GetValueOrDefault(row.ObjectId))).Select(row => row.Id).ToList();
        }, cancellation);

    /// <summary>
    /// What changed since; null when it cannot be told any more. For a caller who may read some calendars only, what left them
    /// is destroyed.
    /// </summary>
    public ValueTask<ItemChanges?> Changes(Caller caller, AccountId account, Sequence since, int limit, CancellationToken cancellation) =>
        database.Read(async scope =>
        {
            var access = await CalendarAccess.Of(scope, caller, account);
            var changes = await EventTable.Items.Since(scope, account, since, limit);
            if (changes is null || access.IsOwner) return changes;
            // What was shared since, or is no more, changed no event.
            if (!access.SeesAll && await AccountTable.State(scope, account, CalendarTypes.Calendar) > since) return null;
            var rows = await EventTable.Find(scope, account, [.. changes.Created, .. changes.Updated]);
            var objects = (await ObjectTable.Find(scope, account, [.. rows.Select(row => row.ObjectId).Distinct()])).ToDictionary(row => row.Id);
            var seen = rows.Where(row => IsSeen(access, objects.GetValueOrDefault(row.ObjectId))).Select(row => row.Id).ToHashSet();
            return changes with
            {
                Created = [.. changes.Created.Where(seen.Contains)],
                Updated = [.. changes.Updated.Where(seen.Contains)],
                Destroyed = [.. changes.Destroyed, .. changes.Updated.Where(id => !seen.Contains(id))],
            };
        }, cancellation);

    /// <summary>Makes, changes and destroys events in one transaction (RFC 8620 §5.3).</summary>
    public async Task<EventSetOutcome> Set(Caller caller, AccountId account, EventSet set, CancellationToken cancellation)
    {
        var readable = await Readable(caller, account, set, cancellation);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var plan = await database.Snapshot(scope => EventSetRun.Load(scope, caller, account, set), cancellation);
            var attachments = new List<AttachmentRow>();
            plan.Prepare(readable.Keys.ToHashSet(), (blob, link) => Attach(account, blob, readable[blob], link, attachments), time.GetUtcNow(), cancellation);
            await plan.Complete(scheduler, time.GetUtcNow(), cancellation);
            if (await database.Write(scope => plan.Apply(scope, scheduler, attachments), cancellation) is var (outcome, created)) return outcome with { Created = plan.Show(created) };
        }

        // Somebody else changes the same events without a pause.
        var state = await database.Read(scope => AccountTable.State(scope, account, CalendarTypes.CalendarEvent), cancellation);
        return new EventSetOutcome(state, state) { Refused = CalendarError.StateMismatch };
    }

    static bool IsSeen(CalendarAccess access, ObjectRow? row) => row is not null && access.Sees(row.CalendarId) && (access.IsOwner || row.Privacy != EventPrivacy.Secret);

    /// <summary>Those of the blobs that links name and that the caller may read, with their sizes.</summary>
    async ValueTask<Dictionary<BlobId, long>> Readable(Caller caller, AccountId account, EventSet set, CancellationToken cancellation)
    {
        var named = new HashSet<BlobId>();
        foreach (var json in set.Create.Values.Select(create => create.Event).Concat(set.Update.Values.Select(update => update.Patch))) EventBlobs.Collect(json, named);
        var readable = new Dictionary<BlobId, long>();
        foreach (var blob in named)
            if (await uploads.MayRead(caller, account, blob, cancellation) && await blobs.Size(blob, cancellation) is { } size)
                readable.Add(blob, size);
        return readable;
    }

    /// <summary>Makes the address where guests, and programs that know no JMAP, fetch what a link is of.</summary>
    string Attach(AccountId account, BlobId blob, long size, JsonObject link, List<AttachmentRow> made)
    {
        var token = LinkToken.New();
        made.Add(new AttachmentRow(LinkToken.HashOf(token)!, account, blob, StoredFile.TypeOf(link["contentType"].AsText()), size));
        link["size"] = size;
        return AttachmentAddress.Of(settings.Url, token, AttachmentAddress.NameOf(link["title"].AsText(), "attachment"));
    }
}
