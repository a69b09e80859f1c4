using Bastide.Calendar.Attachments;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Calendar.Store;

/// <summary>
/// The work of one transaction on the calendar objects of one account. It holds the account's row from the beginning, so that
/// nobody else changes this account meanwhile; <see cref="Settle"/> writes what follows from the changes: usage, and when each
/// calendar last changed. Who may do what was asked before.
/// </summary>
sealed class ObjectRun
{
    static readonly Dictionary<BlobId, long> NoBlobs = [];
    static readonly Sql LockAccount = new("SELECT seq FROM accounts WHERE id = $1 {lock}");

    const int MostAttached = 500;

    readonly WriteScope _scope;
    readonly AccountId _account;
    readonly HashSet<long> _touched = [];
    readonly List<(long Id, Sequence Created)> _buriedObjects = [];
    readonly List<(long Id, Sequence Created)> _buriedEvents = [];
    long _octets;
    long _items;

    ObjectRun(WriteScope scope, AccountId account, Dictionary<long, CalendarRow> calendars)
    {
        _scope = scope;
        _account = account;
        Calendars = calendars;
    }

    /// <summary>The calendars of the account.</summary>
    public IReadOnlyDictionary<long, CalendarRow> Calendars { get; }

    /// <summary>Begins; throws <see cref="InvalidOperationException"/> when there is no such account.</summary>
    public static async ValueTask<ObjectRun> Begin(WriteScope scope, AccountId account)
    {
        if (await scope.Long(LockAccount, account) is null) throw new InvalidOperationException($"There is no account {account} to keep a calendar for.");
        return new ObjectRun(scope, account, (await CalendarTable.All(scope, account)).ToDictionary(row => row.Id));
    }

    /// <summary>
    /// Stores an object: a new one in the place it names, or in the place of <paramref name="present"/>. Answers the number of
    /// the object, or why not: the UID is taken, the calendar does not hold such, there is no room. Of what it says is attached
    /// to it, it refers to what it referred to before, what it has the address of, and what is in <paramref name="readable"/>:
    /// a blob that is merely named stays out of reach.
    /// </summary>
    public async ValueTask<(long Id, CalendarError? Refused)> Put(ObjectContent content, long calendar, string resource, ObjectRow? present, bool isDraft = false, IReadOnlySet<BlobId>? readable = null)
    {
        if (!Calendars.TryGetValue(calendar, out var home)) return (0, CalendarError.NotFound);
        if (!home.Kinds.HasFlag(content.Row.Kind) || content.Row.Kind == CalendarKinds.None)
            return (0, new CalendarError(CalendarFailure.UnsupportedKind, $"This calendar holds no {content.Calendar.Kind}."));
        if (await ObjectTable.OfUid(_scope, _account, content.Row.Uid) is { } other && other.Id != present?.Id) return (0, UidExists(other));
        var had = present is null ? NoBlobs : await EventBlobTable.Of(_scope, present.Id);
        var blobs = content.Attachments.Count == 0 ? NoBlobs : await Attached(content.Attachments, had, readable);
        if (blobs is null) return (0, new CalendarError(CalendarFailure.InvalidAttachment, "A MANAGED-ID is not of what is at its address: leave both as the server wrote them."));
        var growth = content.Row.Size + blobs.Values.Sum() - (present?.Size ?? 0) - had.Values.Sum();
        if (growth > 0 && !await AccountTable.HasRoom(_scope, _account, growth)) return (0, CalendarError.OverQuota);
        var seq = await _scope.Advance(_account, CalendarTypes.CalendarObject);
        long id;
        if (present is null)
        {
            id = await ObjectTable.Create(_scope, _account, content.Row with { CalendarId = calendar, Resource = resource, IsDraft = isDraft }, content.Text, seq);
            _items++;
        }
        else
        {
            id = present.Id;
            await ObjectTable.Update(_scope, content.Row with { Id = id, IsDraft = isDraft }, content.Text, seq);
        }

        _octets += growth;
        if (had.Count != blobs.Count || blobs.Keys.Any(blob => !had.ContainsKey(blob))) await EventBlobTable.Replace(_scope, id, blobs);
        _touched.Add(calendar);
        // Most changes of a series leave its times alone.
        if (present is null) await OccurrenceTable.Add(_scope, _account, id, calendar, content.Occurrences);
        else if (present.IndexKey != content.Row.IndexKey) await OccurrenceTable.Replace(_scope, _account, id, calendar, content.Occurrences);
        await PutEvents(id, content.Events, present is not null);
        if (content.HasAlarms) await AlarmPlanTable.Mark(_scope, id);
        else if (present is not null) await AlarmPlanTable.MarkPresent(_scope, id);
        return (id, null);
    }

    /// <summary>Moves an object into another calendar of the account, or to another name.</summary>
    public async ValueTask<CalendarError?> Move(ObjectRow present, long calendar, string resource)
    {
        if (!Calendars.TryGetValue(calendar, out var home)) return CalendarError.NotFound;
        if (!home.Kinds.HasFlag(present.Kind)) return new CalendarError(CalendarFailure.UnsupportedKind, "This calendar does not hold what is to be moved into it.");
        if (await ObjectTable.OfResource(_scope, calendar, resource) is { } other && other.Id != present.Id)
            return new CalendarError(CalendarFailure.NameTaken, "The calendar has something of this name.") { ExistingObject = other.Id };
        var seq = await _scope.Advance(_account, CalendarTypes.CalendarObject);
        await ObjectTable.Move(_scope, present, calendar, resource, seq);
        await OccurrenceTable.Move(_scope, present.Id, calendar);
        await AlarmPlanTable.MarkPresent(_scope, present.Id);
        await TouchEvents(present.Id);
        _touched.Add(calendar);
        _touched.Add(present.CalendarId);
        return null;
    }

    /// <summary>Removes an object.</summary>
    public async ValueTask Remove(ObjectRow present)
    {
        var seq = await _scope.Advance(_account, CalendarTypes.CalendarObject);
        _buriedEvents.AddRange((await EventTable.OfObjects(_scope, [present.Id])).Select(row => (row.Id, row.CreatedSeq)));
        _buriedObjects.Add((present.Id, present.CreatedSeq));
        _octets -= present.Size + (await EventBlobTable.Of(_scope, present.Id)).Values.Sum();
        await ObjectTable.Delete(_scope, present, seq);
        _items--;
        _touched.Add(present.CalendarId);
    }

    /// <summary>Tells that something of an object changed that is not in its text.</summary>
    public async ValueTask Touch(ObjectRow present)
    {
        var seq = await _scope.Advance(_account, CalendarTypes.CalendarObject);
        await ObjectTable.Touch(_scope, present.Id, seq);
        await TouchEvents(present.Id);
        _touched.Add(present.CalendarId);
    }

    /// <summary>Writes what follows from all of it.</summary>
    public async ValueTask Settle()
    {
        if (_touched.Count > 0) await CalendarTable.TouchMembers(_scope, _touched, await _scope.Advance(_account, CalendarTypes.CalendarObject));
        if (_buriedObjects.Count > 0) await Tombstones.Bury(_scope, _account, CalendarTypes.CalendarObject, await _scope.Advance(_account, CalendarTypes.CalendarObject), _buriedObjects);
        if (_buriedEvents.Count > 0) await Tombstones.Bury(_scope, _account, CalendarTypes.CalendarEvent, await _scope.Advance(_account, CalendarTypes.CalendarEvent), _buriedEvents);
        if (_octets != 0 || _items != 0) await AccountTable.Use(_scope, _account, CalendarTypes.CalendarEvent, _octets, _items);
        _touched.Clear();
        _buriedObjects.Clear();
        _buriedEvents.Clear();
        (_octets, _items) = (0, 0);
    }

    static CalendarError UidExists(ObjectRow other) => new(CalendarFailure.UidExists, "The account has an object of this UID: change that one.")
    {
        ExistingObject = other.Id,
        ExistingResource = other.Resource,
        ExistingCalendar = other.CalendarId,
    };

    /// <summary>The blobs an object refers to, with what each takes of the room; null where one is not what its address is of.</summary>
    async ValueTask<Dictionary<BlobId, long>?> Attached(IReadOnlyList<AttachedBlob> attachments, Dictionary<BlobId, long> had, IReadOnlySet<BlobId>? readable)
    {
        var blobs = new Dictionary<BlobId, long>();
        // One look-up for each: an event has few.
        foreach (var (blob, token) in attachments.Take(MostAttached))
        {
            if (token is not null && await AttachmentTable.Find(_scope, token) is { } row)
            {
                if (row.Blob != blob) return null;
                blobs[blob] = row.Account == _account ? row.Size : 0;
            }
            else if (had.TryGetValue(blob, out var size) || readable?.Contains(blob) == true)
            {
                blobs.TryAdd(blob, size);
            }
        }

        return blobs;
    }

    async ValueTask PutEvents(long id, IReadOnlyList<string> recurrenceIds, bool isPresent)
    {
        var rows = isPresent ? await EventTable.OfObjects(_scope, [id]) : [];
        if (rows.Count == 0 && recurrenceIds.Count == 0) return;
        var seq = await _scope.Advance(_account, CalendarTypes.CalendarEvent);
        foreach (var row in rows.Where(row => !recurrenceIds.Contains(row.RecurrenceId)))
        {
            _buriedEvents.Add((row.Id, row.CreatedSeq));
            await EventTable.Delete(_scope, row.Id);
        }

        if (rows.Count > 0) await EventTable.Touch(_scope, id, seq);
        foreach (var recurrenceId in recurrenceIds.Where(recurrenceId => !rows.Exists(row => row.RecurrenceId == recurrenceId)))
            await EventTable.Create(_scope, _account, id, recurrenceId, seq);
    }

    async ValueTask TouchEvents(long id) => await EventTable.Touch(_scope, id, await _scope.Advance(_account, CalendarTypes.CalendarEvent));
}
