using System.Text;
using Bastide.Calendar.Scheduling;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Protocols.ICalendar;
using NodaTime;

namespace Bastide.Calendar;

/// <summary>
/// The operations on calendar objects of any kind as texts, for CalDAV and import: they ask who may, own the transaction and
/// move the change sequence. A text is kept octet for octet.
/// </summary>
public sealed class CalendarObjects(Database database, Scheduler scheduler, TimeProvider time)
{
    /// <summary>The most occurrences one question is answered with.</summary>
    public const int MostOccurrences = 20_000;

    /// <summary>The most octets of an object.</summary>
    public static readonly int MostOctets = ICalLimits.Object.MostOctets;

    const int MostAttempts = 5;

    /// <summary>What writes texts here, as PRODID says it.</summary>
    public const string Product = "-//Bastide//Calendar//EN";

    /// <summary>An object by its name in a calendar; null where there is none for the caller.</summary>
    public async ValueTask<StoredObject?> Find(Caller caller, AccountId account, long calendar, string resource, bool withText, CancellationToken cancellation) =>
        (await Find(caller, account, calendar, [resource], withText, cancellation)).SingleOrDefault();

    /// <summary>Those of the names that are there for the caller, in no order.</summary>
    public ValueTask<IReadOnlyList<StoredObject>> Find(Caller caller, AccountId account, long calendar, IReadOnlyCollection<string> resources, bool withText, CancellationToken cancellation) =>
        Read(caller, account, calendar, scope => ObjectTable.OfResources(scope, calendar, resources), withText, cancellation);

    /// <summary>The objects of some numbers, as <see cref="InWindow"/> finds them.</summary>
    public ValueTask<IReadOnlyList<StoredObject>> Find(Caller caller, AccountId account, long calendar, IReadOnlyCollection<long> ids, bool withText, CancellationToken cancellation) =>
        Read(caller, account, calendar, async scope => (await ObjectTable.Find(scope, account, ids)).FindAll(row => row.CalendarId == calendar), withText, cancellation);

    /// <summary>The object of a UID in any calendar of the account that the caller may read, or null.</summary>
    public ValueTask<StoredObject?> OfUid(Caller caller, AccountId account, string uid, bool withText, CancellationToken cancellation) =>
        database.Snapshot(async scope =>
        {
            var access = await CalendarAccess.Of(scope, caller, account);
            if (await ObjectTable.OfUid(scope, account, uid) is not { } row || !IsSeen(access, row)) return null;
            var texts = withText ? await ObjectTable.Texts(scope, [row.Id]) : [];
            return Show(row, texts.GetValueOrDefault(row.Id), access, await PersonalOf(scope, caller, access, row));
        }, cancellation);

    /// <summary>A page of what a calendar holds, behind the object of a number; empty when nothing more is there for the caller.</summary>
    public async ValueTask<IReadOnlyList<StoredObject>> Members(Caller caller, AccountId account, long calendar, long after, int limit, bool withText, CancellationToken cancellation)
    {
        while (true)
        {
            long? last = null;
            var page = await Read(caller, account, calendar, async scope =>
            {
                var rows = await ObjectTable.Members(scope, calendar, after, limit);
                last = rows.Count == 0 ? null : rows[^1].Id;
                return rows;
            }, withText, cancellation);
            // Where all of a page is hidden from the caller there may be another.
            if (page.Count > 0 || last is not { } end) return page;
            after = end;
        }
    }

    /// <summary>What changed in a calendar since a position, in the order of the sequence; null when it cannot be told.</summary>
    public ValueTask<ObjectChanges?> Changed(Caller caller, AccountId account, long calendar, Sequence since, int limit, CancellationToken cancellation) =>
        Changed(caller, account, calendar, since, limit, withText: false, cancellation);

    /// <summary>The same, with the texts where they are asked for. Where more share a number than are asked for, all of them are told.</summary>
    public ValueTask<ObjectChanges?> Changed(Caller caller, AccountId account, long calendar, Sequence since, int limit, bool withText, CancellationToken cancellation) =>
        database.Snapshot(async scope =>
        {
            var access = await CalendarAccess.Of(scope, caller, account);
            if (!access.Sees(calendar) || await CalendarTable.Find(scope, account, calendar) is not { } row || since > row.MembersSeq) return null;
            var (changed, removed, sequence) = await ChangedRows(scope, calendar, since, limit);
            // Cut before a number of the sequence that does not fit whole.
            while (sequence.Count > limit && sequence[0] == sequence[limit])
            {
                limit *= 2;
                (changed, removed, sequence) = await ChangedRows(scope, calendar, since, limit);
            }

            var hasMore = sequence.Count > limit;
            var end = hasMore ? sequence[limit] : new Sequence(long.MaxValue);
            changed.RemoveAll(one => one.ChangedSeq >= end);
            removed.RemoveAll(one => one.Seq >= end);
            var last = hasMore ? sequence.Last(seq => seq < end) : row.MembersSeq;
            var hidden = changed.Where(one => !IsSeen(access, one)).Select(one => one.Resource);
            var personal = await PersonalOf(scope, caller, access, [.. changed.Select(one => one.Id)]);
            var texts = withText ? await ObjectTable.Texts(scope, changed.Select(one => one.Id).ToList()) : [];
            return new ObjectChanges(last, hasMore, [.. changed.Where(one => IsSeen(access, one)).Select(one => Show(one, texts.GetValueOrDefault(one.Id), access, personal.GetValueOrDefault(one.Id)))], [.. removed.Select(one => one.Resource), .. hidden]);
        }, cancellation);

    /// <summary>
    /// The occurrences in a calendar that touch a time, for an asker in a zone; null when there are more than
    /// <see cref="MostOccurrences"/>, or a series cannot be followed so far.
    /// </summary>
    public ValueTask<IReadOnlyList<OccurrenceHit>?> InWindow(Caller caller, AccountId account, long calendar, Instant from, Instant to, DateTimeZone zone, CancellationToken cancellation) =>
        Hits(async scope =>
        {
            var access = await CalendarAccess.Of(scope, caller, account);
            if (!access.Sees(calendar)) return [];
            var hits = await OccurrenceFinder.Find(scope, account, calendar, from, to, zone, MostOccurrences, cancellation);
            if (access.IsOwner || hits.Count == 0) return hits;
            var secret = (await ObjectTable.Find(scope, account, [.. hits.Select(hit => hit.ObjectId).Distinct()])).Where(row => row.Privacy == EventPrivacy.Secret).Select(row => row.Id).ToHashSet();
            return hits.FindAll(hit => !secret.Contains(hit.ObjectId));
        }, cancellation);

    /// <summary>The same for who asks for times alone: what is secret makes its owner busy as well.</summary>
    public ValueTask<IReadOnlyList<OccurrenceHit>?> Busy(Caller caller, AccountId account, long calendar, Instant from, Instant to, DateTimeZone zone, CancellationToken cancellation) =>
        Hits(async scope => (await CalendarAccess.Of(scope, caller, account)).May(Rights.Lookup, calendar) ? await OccurrenceFinder.Find(scope, account, calendar, from, to, zone, MostOccurrences, cancellation) : [], cancellation);

    /// <summary>
    /// The times at which VAVAILABILITY of a calendar says that its owner is not there (RFC 7953 §5), each with its BUSYTYPE;
    /// null where it recurs too often to be told.
    /// </summary>
    public async ValueTask<IReadOnlyList<(Instant Begin, Instant End, string Type)>?> Unavailable(Caller caller, AccountId account, long calendar, Instant from, Instant to, DateTimeZone zone, CancellationToken cancellation)
    {
        var texts = await database.Snapshot(async scope =>
        {
            if (!(await CalendarAccess.Of(scope, caller, account)).May(Rights.Lookup, calendar)) return [];
            var rows = (await ObjectTable.Availability(scope, account)).FindAll(row => row.CalendarId == calendar);
            return await ObjectTable.Texts(scope, rows.ConvertAll(row => row.Id));
        }, cancellation);
        try
        {
            return AvailabilityTimes.Busy(texts.Values.Select(text => CalendarObject.Of(ICalReader.ReadCalendar(text, ICalLimits.Object))), from, to, zone, cancellation);
        }
        catch (ExpansionRefusedException)
        {
            return null;
        }
    }

    /// <summary>What a calendar says of when its owner is there: the first object of VAVAILABILITY, with its text; null for none.</summary>
    public async ValueTask<StoredObject?> Hours(Caller caller, AccountId account, long calendar, CancellationToken cancellation) =>
        (await Read(caller, account, calendar, async scope => (await ObjectTable.Availability(scope, account)).FindAll(row => row.CalendarId == calendar), withText: true, cancellation)).MinBy(stored => stored.Id);

    /// <summary>Says when the owner is there, in the place of what was said before; null for nothing. Answers why not.</summary>
    public async Task<CalendarError?> SetHours(Caller caller, AccountId account, long calendar, ReadOnlyMemory<byte>? text, CancellationToken cancellation)
    {
        var present = await Hours(caller, account, calendar, cancellation);
        var (content, error) = text is { } given ? Given(given, cancellation) : default;
        if (error is not null) return error;
        if (content is { Row.Kind: not CalendarKinds.Availability }) return new CalendarError(CalendarFailure.InvalidObject, "It is VAVAILABILITY.");
        var isSame = present is not null && present.Uid == content?.Row.Uid;
        // What is new comes first: where it is refused, what was said stays.
        if (text is { } said && (await Put(caller, account, calendar, isSame ? present!.Resource : EventPreparation.NewResource(), said, null, false, cancellation)).Refused is { } refused) return refused;
        return present is null || isSame ? null : await Remove(caller, account, calendar, present.Resource, null, cancellation);
    }

    /// <summary>
    /// Stores a text under a name: in the place of what is there, where <paramref name="ifMatch"/> is its entity tag or null;
    /// with <paramref name="ifNoneMatch"/> only where nothing is.
    /// </summary>
    public async Task<PutOutcome> Put(Caller caller, AccountId account, long calendar, string resource, ReadOnlyMemory<byte> text, string? ifMatch, bool ifNoneMatch, CancellationToken cancellation) =>
        await Put(caller, account, calendar, resource, text, ifMatch, ifNoneMatch, SchedulingWishes.Usual, cancellation);

    /// <summary>The same, with what the client says of messages.</summary>
    public Task<PutOutcome> Put(Caller caller, AccountId account, long calendar, string resource, ReadOnlyMemory<byte> text, string? ifMatch, bool ifNoneMatch, SchedulingWishes scheduling, CancellationToken cancellation) =>
        Put(caller, account, calendar, resource, text, ifMatch, ifNoneMatch, scheduling, null, cancellation);

    /// <summary>The same, with the address of something that is attached by it, or null.</summary>
    internal async Task<PutOutcome> Put(
        Caller caller, AccountId account, long calendar, string resource, ReadOnlyMemory<byte> text, string? ifMatch, bool ifNoneMatch, SchedulingWishes scheduling, AttachmentRow? attached, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            // Read anew each time: what is prepared is written into it.
            var (content, unread) = Given(text, cancellation);
            if (content is null) return PutOutcome.Of(unread!);
            var personal = await PersonalText.Of(database, caller, account, calendar, resource, content, time.GetUtcNow(), cancellation);
            var former = ifNoneMatch ? null : await Former(calendar, resource, personal.Content.Calendar, attempt > 0, cancellation);
            var plan = await scheduler.Plan(caller, account, former?.Calendar, personal.Content.Calendar, scheduling, cancellation);
            var prepared = plan.IsRewritten ? ObjectContent.Write(personal.Content.Calendar, time.GetUtcNow(), cancellation) : personal.Content;
            if (Scheduler.IsScheduling(prepared.Calendar)) prepared = prepared.WithScheduleTag(prepared.Row.ETag);
            if (await Store(caller, account, calendar, resource, text, ifMatch, ifNoneMatch, scheduling, personal, former, plan, prepared, attached, cancellation) is { } outcome) return outcome;
        }

        return PutOutcome.Of(CalendarError.StateMismatch);
    }

    (ObjectContent? Content, CalendarError? Error) Given(ReadOnlyMemory<byte> text, CancellationToken cancellation)
    {
        try
        {
            var content = ObjectContent.Read(text, time.GetUtcNow(), cancellation);
            return content.Calendar.Calendar.Property("METHOD") is null ? (content, null) : (null, new CalendarError(CalendarFailure.InvalidObject, "A calendar object has no METHOD (RFC 4791 §4.1)."));
        }
        catch (ICalFormatException exception)
        {
            return (null, IsICalendar(text) ? CalendarError.Of(exception) : new CalendarError(CalendarFailure.InvalidData, exception.Message));
        }
    }

    /// <summary>Stores what was prepared; null where it was prepared beside something else than what is there now.</summary>
    Task<PutOutcome?> Store(
        Caller caller, AccountId account, long calendar, string resource, ReadOnlyMemory<byte> text, string? ifMatch, bool ifNoneMatch, SchedulingWishes scheduling, PersonalText personal, FormerObject? former, SchedulingPlan plan, ObjectContent content,
        AttachmentRow? attached, CancellationToken cancellation) =>
        database.Write<PutOutcome?>(async scope =>
        {
            var access = await CalendarAccess.Of(scope, caller, account);
            if (!access.Sees(calendar)) return PutOutcome.Of(CalendarError.NotFound);
            // What is there is looked at when nobody else can change it any more: of two who replace the same, one is told.
            var run = await ObjectRun.Begin(scope, account);
            var present = await ObjectTable.OfResource(scope, calendar, resource);
            if (ifMatch is not null && (present is null || TagOf(present, access, await PersonalOf(scope, caller, access, present)) != ifMatch)) return PutOutcome.Of(CalendarError.StateMismatch);
            if (ifNoneMatch && present is not null) return PutOutcome.Of(CalendarError.StateMismatch);
            if (scheduling.Tag is not null && present?.ScheduleTag != scheduling.Tag) return PutOutcome.Of(CalendarError.StateMismatch);
            if (present is not null && present.Uid != content.Row.Uid)
                return PutOutcome.Of(new CalendarError(CalendarFailure.UidExists, "What has this name has another UID, which does not change.") { ExistingObject = present.Id, ExistingResource = present.Resource, ExistingCalendar = calendar });
            if (!personal.IsOf(present)) return PutOutcome.Of(CalendarError.StateMismatch);
            if ((former is not null || present?.ScheduleTag is not null) && former?.ETag != present?.ETag) return null;
            if ((await personal.Check(scope, caller, account, access, calendar, present) ?? plan.Refused) is { } refused) return PutOutcome.Of(refused);
            if (attached is not null) await AttachmentTable.Create(scope, attached);
            var (id, error) = await run.Put(content, calendar, resource, present, present?.IsDraft ?? false);
            if (error is not null) return PutOutcome.Of(error);
            if (personal.IsApart) await PersonalTable.Set(scope, id, caller.Person, personal.Json);
            await scheduler.Send(scope, account, plan.Messages);
            await run.Settle();
            var stored = (await ObjectTable.Find(scope, account, [id])).Single();
            var shown = Show(stored, content.Text, access, await PersonalOf(scope, caller, access, stored));
            return new PutOutcome(shown with { Text = null }, present is null, null) { IsAsGiven = shown.Text!.Value.Span.SequenceEqual(text.Span) };
        }, cancellation);

    /// <summary>What is there before a change, where the change says something to others: new or old, it invites people.</summary>
    async ValueTask<FormerObject?> Former(long calendar, string resource, CalendarObject? after, bool isNeeded, CancellationToken cancellation)
    {
        var (etag, text) = await database.Snapshot<(string?, byte[]?)>(async scope =>
        {
            var row = await ObjectTable.OfResource(scope, calendar, resource);
            if (row is null || !(isNeeded || row.ScheduleTag is not null || Scheduler.IsScheduling(after))) return (null, null);
            return (row.ETag, (await ObjectTable.Texts(scope, [row.Id])).GetValueOrDefault(row.Id));
        }, cancellation);
        return etag is null || text is null ? null : new FormerObject(etag, CalendarObject.Of(ICalReader.ReadCalendar(text, ICalLimits.Object)));
    }

    /// <summary>Removes an object, where <paramref name="ifMatch"/> is its entity tag or null. Answers why not.</summary>
    public Task<CalendarError?> Remove(Caller caller, AccountId account, long calendar, string resource, string? ifMatch, CancellationToken cancellation) =>
        Remove(caller, account, calendar, resource, ifMatch, SchedulingWishes.Usual, cancellation);

    /// <summary>The same, with what the client says of messages.</summary>
    public async Task<CalendarError?> Remove(Caller caller, AccountId account, long calendar, string resource, string? ifMatch, SchedulingWishes scheduling, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var former = await Former(calendar, resource, null, isNeeded: attempt > 0, cancellation);
            var plan = await scheduler.Plan(caller, account, former?.Calendar, null, scheduling, cancellation);
            var (isDone, error) = await database.Write(async scope =>
            {
                var access = await CalendarAccess.Of(scope, caller, account);
                if (!access.Sees(calendar)) return (true, CalendarError.NotFound);
                var run = await ObjectRun.Begin(scope, account);
                if (await ObjectTable.OfResource(scope, calendar, resource) is not { } present || !IsSeen(access, present)) return (true, CalendarError.NotFound);
                if (ifMatch is not null && TagOf(present, access, await PersonalOf(scope, caller, access, present)) != ifMatch) return (true, CalendarError.StateMismatch);
                if (scheduling.Tag is not null && present.ScheduleTag != scheduling.Tag) return (true, CalendarError.StateMismatch);
                if (present.ScheduleTag is not null && former?.ETag != present.ETag) return (false, null);
                if (await PersonalText.CheckWhole(scope, caller, account, access, present, "destroy objects") is { } refused) return (true, refused);
                await run.Remove(present);
                await scheduler.Send(scope, account, plan.Messages);
                await run.Settle();
                return (true, (CalendarError?)null);
            }, cancellation);
            if (isDone) return error;
        }

        return CalendarError.StateMismatch;
    }

    /// <summary>Moves an object to another name or calendar of the account; with <paramref name="overwrites"/> what is there goes. Answers why not.</summary>
    public Task<CalendarError?> Move(Caller caller, AccountId account, long calendar, string resource, long toCalendar, string toResource, bool overwrites, CancellationToken cancellation) =>
        database.Write(async scope =>
        {
            var access = await CalendarAccess.Of(scope, caller, account);
            if (!access.Sees(calendar) || !access.Sees(toCalendar)) return CalendarError.NotFound;
            var run = await ObjectRun.Begin(scope, account);
            if (await ObjectTable.OfResource(scope, calendar, resource) is not { } present || !IsSeen(access, present)) return CalendarError.NotFound;
            if (await PersonalText.CheckWhole(scope, caller, account, access, present, "take objects out of what is") is { } refused) return refused;
            if (await PersonalText.CheckWhole(scope, caller, account, access, present with { CalendarId = toCalendar }, "make objects") is { } refusedThere) return refusedThere;
            if (overwrites && await ObjectTable.OfResource(scope, toCalendar, toResource) is { } other && other.Id != present.Id)
            {
                if (await PersonalText.CheckWhole(scope, caller, account, access, other, "destroy objects") is { } kept) return kept;
                await run.Remove(other);
            }

            if (await run.Move(present, toCalendar, toResource) is { } error) return error;
            await run.Settle();
            return null;
        }, cancellation);

    async ValueTask<IReadOnlyList<OccurrenceHit>?> Hits(Func<ReadScope, ValueTask<List<OccurrenceHit>>> find, CancellationToken cancellation)
    {
        try
        {
            return await database.Snapshot(find, cancellation);
        }
        catch (ExpansionRefusedException)
        {
            return null;
        }
    }

    static async ValueTask<(List<ObjectRow> Changed, List<(string Resource, Sequence Seq)> Removed, List<Sequence> Sequence)> ChangedRows(ReadScope scope, long calendar, Sequence since, int limit)
    {
        var changed = await ObjectTable.Changed(scope, calendar, since, limit + 1);
        var removed = await ObjectTable.Removed(scope, calendar, since, limit + 1);
        return (changed, removed, [.. changed.Select(one => one.ChangedSeq).Concat(removed.Select(one => one.Seq)).Order()]);
    }

    static bool IsICalendar(ReadOnlyMemory<byte> text)
    {
        try
        {
            ICalReader.ReadCalendar(text.Span, ICalLimits.Object);
            return true;
        }
        catch (ICalFormatException)
        {
            return false;
        }
    }

    static bool IsSeen(CalendarAccess access, ObjectRow row) => access.Sees(row.CalendarId) && (access.IsOwner || row.Privacy != EventPrivacy.Secret);

    static StoredObject Show(ObjectRow row, byte[]? text, CalendarAccess access, string? personal)
    {
        ReadOnlyMemory<byte>? shown = text is null ? (ReadOnlyMemory<byte>?)null : PersonalText.Shown(row, text, access, personal);
        return new StoredObject
        {
            Id = row.Id,
            CalendarId = row.CalendarId,
            Resource = row.Resource,
            Uid = row.Uid,
            Kind = row.Kind,
            ETag = TagOf(row, access, personal),
            Size = shown?.Length ?? row.Size,
            Text = shown,
            CreatedAt = row.CreatedAt,
            UpdatedAt = row.UpdatedAt,
            ChangedSeq = row.ChangedSeq,
            ScheduleTag = row.ScheduleTag,
        };
    }

    // What somebody reads changes also with what they have of their own.
    static string TagOf(ObjectRow row, CalendarAccess access, string? personal) =>
        access.IsOwner || personal is null ? row.ETag : ObjectContent.ETagOf(Encoding.UTF8.GetBytes(row.ETag + personal));

    static async ValueTask<string?> PersonalOf(ReadScope scope, Caller caller, CalendarAccess access, ObjectRow row) => (await PersonalOf(scope, caller, access, [row.Id])).GetValueOrDefault(row.Id);

    static async ValueTask<Dictionary<long, string>> PersonalOf(ReadScope scope, Caller caller, CalendarAccess access, IReadOnlyCollection<long> ids) =>
        access.IsOwner ? [] : await PersonalTable.Of(scope, caller.Person, ids);

    async ValueTask<IReadOnlyList<StoredObject>> Read(Caller caller, AccountId account, long calendar, Func<ReadScope, ValueTask<List<ObjectRow>>> select, bool withText, CancellationToken cancellation)
    {
        var (access, rows, texts, personal) = await database.Snapshot(async scope =>
        {
            var access = await CalendarAccess.Of(scope, caller, account);
            if (!access.Sees(calendar)) return (access, [], [], []);
            var rows = (await select(scope)).FindAll(row => IsSeen(access, row));
            var ids = rows.ConvertAll(row => row.Id);
            return (access, rows, withText ? await ObjectTable.Texts(scope, ids) : [], await PersonalOf(scope, caller, access, ids));
        }, cancellation);
        return [.. rows.Select(row => Show(row, texts.GetValueOrDefault(row.Id), access, personal.GetValueOrDefault(row.Id)))];
    }

    sealed record FormerObject(string ETag, CalendarObject Calendar);
}
