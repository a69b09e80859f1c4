using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Calendar.Store;

/// <summary>Calendar objects, their texts, and what is left of those that went from a calendar.</summary>
static class ObjectTable
{
    const string Columns = """
        o.id, o.calendar_id, o.resource, o.uid, o.kind, o.etag, o.size, o.begin_at, o.end_at, o.is_recurring, o.is_floating,
        o.indexed_from, o.indexed_until, o.index_key, o.privacy, o.is_draft, o.created_at, o.updated_at, o.created_seq, o.changed_seq, o.schedule_tag
        """;

    /// <summary>What changed since in an account, of every kind.</summary>
    public static ItemTable Items { get; } = new(CalendarTypes.CalendarObject, "calendar_objects");

    static readonly Sql SelectByIds = new($"SELECT {Columns} FROM calendar_objects o WHERE o.id {{any $2}} AND {{sqlite:+}}o.account_id = $1");
    static readonly Sql SelectOfAny = new($"SELECT {Columns} FROM calendar_objects o WHERE o.id {{any $1}}");
    static readonly Sql SelectByUid = new($"SELECT {Columns} FROM calendar_objects o WHERE o.account_id = $1 AND o.uid = $2");
    static readonly Sql SelectByUids = new($"SELECT {Columns} FROM calendar_objects o WHERE o.account_id = $1 AND o.uid {{any $2}}");
    static readonly Sql SelectByResource = new($"SELECT {Columns} FROM calendar_objects o WHERE o.calendar_id = $1 AND o.resource = $2");
    static readonly Sql SelectByResources = new($"SELECT {Columns} FROM calendar_objects o WHERE o.calendar_id = $1 AND o.resource {{any $2}}");
    static readonly Sql SelectMembers = new($"SELECT {Columns} FROM calendar_objects o WHERE o.calendar_id = $1 AND o.id > $2 ORDER BY o.id LIMIT $3");
    static readonly Sql SelectChanged = new($"SELECT {Columns} FROM calendar_objects o WHERE o.calendar_id = $1 AND o.changed_seq > $2 ORDER BY o.changed_seq LIMIT $3");
    static readonly Sql SelectRemoved = new("SELECT resource, removed_seq FROM calendar_removals WHERE calendar_id = $1 AND removed_seq > $2 ORDER BY removed_seq LIMIT $3");

    static readonly Sql SelectBeyond = new($"""
        SELECT {Columns} FROM calendar_objects o WHERE o.account_id = $1 AND o.indexed_until IS NOT NULL AND o.indexed_until < $3 AND o.begin_at < $3 AND (o.end_at IS NULL OR o.end_at >= $2)
        UNION
        SELECT {Columns} FROM calendar_objects o WHERE o.account_id = $1 AND o.indexed_from IS NOT NULL AND o.indexed_from > $2 AND o.begin_at < $3 AND (o.end_at IS NULL OR o.end_at >= $2)
        LIMIT $4
        """);

    static readonly Sql SelectBeyondOfAccounts = new($$"""
        SELECT {{Columns}} FROM calendar_objects o WHERE o.account_id {any $1} AND o.indexed_until IS NOT NULL AND o.indexed_until < $3 AND o.begin_at < $3 AND (o.end_at IS NULL OR o.end_at >= $2)
        UNION
        SELECT {{Columns}} FROM calendar_objects o WHERE o.account_id {any $1} AND o.indexed_from IS NOT NULL AND o.indexed_from > $2 AND o.begin_at < $3 AND (o.end_at IS NULL OR o.end_at >= $2)
        LIMIT $4
        """);

    static readonly Sql SelectAvailability = new($"SELECT {Columns} FROM calendar_objects o WHERE o.account_id = $1 AND o.kind = 8 ORDER BY o.id LIMIT 50");
    static readonly Sql SelectToIndex = new("SELECT id, account_id FROM calendar_objects WHERE indexed_until IS NOT NULL AND indexed_until < $1 AND id > $2 ORDER BY id LIMIT $3");
    static readonly Sql SelectTexts = new("SELECT object_id, content FROM calendar_texts WHERE object_id {any $1}");
    static readonly Sql SelectAnyIn = new("SELECT 1 FROM calendar_objects WHERE calendar_id = $1 LIMIT 1");
    static readonly Sql CountAll = new("SELECT COUNT(*) FROM calendar_objects WHERE calendar_id = $1");

    static readonly Sql Insert = new("""
        INSERT INTO calendar_objects (account_id, calendar_id, resource, uid, kind, etag, size, begin_at, end_at, is_recurring, is_floating, indexed_from, indexed_until, index_key, privacy, is_draft,
            created_at, updated_at, created_seq, changed_seq, schedule_tag)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19, $20) RETURNING id
        """);

    static readonly Sql UpdateRow = new("""
        UPDATE calendar_objects SET etag = $2, size = $3, begin_at = $4, end_at = $5, is_recurring = $6, is_floating = $7, indexed_from = $8, indexed_until = $9, index_key = $10, privacy = $11,
            is_draft = $12, created_at = $13, updated_at = $14, changed_seq = $15, uid = $16, kind = $17, schedule_tag = $18
        WHERE id = $1
        """);

    static readonly Sql UpdatePlace = new("UPDATE calendar_objects SET calendar_id = $2, resource = $3, changed_seq = $4 WHERE id = $1");
    static readonly Sql UpdateIndexed = new("UPDATE calendar_objects SET indexed_from = $2, indexed_until = $3, index_key = $4 WHERE id = $1 AND etag = $5");
    static readonly Sql UpdateSeq = new("UPDATE calendar_objects SET changed_seq = $2 WHERE id = $1");
    static readonly Sql UpsertText = new("INSERT INTO calendar_texts (object_id, content) VALUES ($1, $2) ON CONFLICT (object_id) DO UPDATE SET content = excluded.content");
    static readonly Sql DeleteById = new("DELETE FROM calendar_objects WHERE id = $1");

    static readonly Sql UpsertRemoval = new("""
        INSERT INTO calendar_removals (calendar_id, resource, removed_seq) VALUES ($1, $2, $3) ON CONFLICT (calendar_id, resource) DO UPDATE SET removed_seq = excluded.removed_seq
        """);

    static readonly Sql DeleteRemoval = new("DELETE FROM calendar_removals WHERE calendar_id = $1 AND resource = $2");

    /// <summary>Those of the objects that exist in the account, in no order.</summary>
    public static ValueTask<List<ObjectRow>> Find(ReadScope scope, AccountId account, IReadOnlyCollection<long> ids) => ids.Count == 0 ? new([]) : scope.List(SelectByIds, Map, account, ids.ToArray());

    /// <summary>Those of the objects that exist, of whatever account.</summary>
    public static ValueTask<List<ObjectRow>> FindAny(ReadScope scope, IReadOnlyCollection<long> ids) => ids.Count == 0 ? new([]) : scope.List(SelectOfAny, Map, ids.ToArray());

    /// <summary>The object of a UID, or null.</summary>
    public static ValueTask<ObjectRow?> OfUid(ReadScope scope, AccountId account, string uid) => scope.First(SelectByUid, Map, account, uid);

    /// <summary>The objects of some UIDs.</summary>
    public static ValueTask<List<ObjectRow>> OfUids(ReadScope scope, AccountId account, IReadOnlyCollection<string> uids) => scope.List(SelectByUids, Map, account, uids.ToArray());

    /// <summary>The object of a DAV name, or null.</summary>
    public static ValueTask<ObjectRow?> OfResource(ReadScope scope, long calendar, string resource) => scope.First(SelectByResource, Map, calendar, resource);

    /// <summary>The objects of some DAV names.</summary>
    public static ValueTask<List<ObjectRow>> OfResources(ReadScope scope, long calendar, IReadOnlyCollection<string> resources) => scope.List(SelectByResources, Map, calendar, resources.ToArray());

    /// <summary>A page of what a calendar holds, by id.</summary>
    public static ValueTask<List<ObjectRow>> Members(ReadScope scope, long calendar, long after, int limit) => scope.List(SelectMembers, Map, calendar, after, limit);

    /// <summary>What changed in a calendar since, in the order of the sequence.</summary>
    public static ValueTask<List<ObjectRow>> Changed(ReadScope scope, long calendar, Sequence since, int limit) => scope.List(SelectChanged, Map, calendar, since, limit);

    /// <summary>What left a calendar since.</summary>
    public static ValueTask<List<(string Resource, Sequence Seq)>> Removed(ReadScope scope, long calendar, Sequence since, int limit) =>
        scope.List(SelectRemoved, row => (row.Text(0), new Sequence(row.Long(1))), calendar, since, limit);

    /// <summary>Series with occurrences between two moments, perhaps, that are not all in the index.</summary>
    public static ValueTask<List<ObjectRow>> BeyondIndex(ReadScope scope, AccountId account, long from, long to, int limit) => scope.List(SelectBeyond, Map, account, from, to, limit);

    /// <summary>The same of some accounts.</summary>
    public static ValueTask<List<ObjectRow>> BeyondIndex(ReadScope scope, IReadOnlyCollection<AccountId> accounts, long from, long to, int limit) =>
        scope.List(SelectBeyondOfAccounts, Map, accounts.Select(account => account.Value).ToArray(), from, to, limit);

    /// <summary>What says when the account is there at all.</summary>
    public static ValueTask<List<ObjectRow>> Availability(ReadScope scope, AccountId account) => scope.List(SelectAvailability, Map, account);

    /// <summary>Series that are indexed up to before a moment, of every account.</summary>
    public static ValueTask<List<(long Id, AccountId Account)>> ToIndex(ReadScope scope, long before, long after, int limit) =>
        scope.List(SelectToIndex, row => (row.Long(0), new AccountId(row.Long(1))), before, after, limit);

    /// <summary>The texts of some objects.</summary>
    public static async ValueTask<Dictionary<long, byte[]>> Texts(ReadScope scope, IReadOnlyCollection<long> ids) =>
        ids.Count == 0 ? [] : (await scope.List(SelectTexts, row => (Id: row.Long(0), Text: row.Bytes(1)), ids.ToArray())).ToDictionary(text => text.Id, text => text.Text);

    /// <summary>Whether a calendar holds any.</summary>
    public static ValueTask<bool> HoldsAny(ReadScope scope, long calendar) => scope.Any(SelectAnyIn, calendar);

    /// <summary>How many a calendar holds.</summary>
    public static async ValueTask<long> Count(ReadScope scope, long calendar) => (await scope.Long(CountAll, calendar))!.Value;

    /// <summary>Stores a new object with its text.</summary>
    public static async ValueTask<long> Create(WriteScope scope, AccountId account, ObjectRow row, byte[] text, Sequence seq)
    {
        var id = (await scope.Long(Insert, account, row.CalendarId, row.Resource, row.Uid, row.Kind, row.ETag, row.Size, row.BeginAt, row.EndAt, row.IsRecurring, row.IsFloating, row.IndexedFrom, row.IndexedUntil, row.IndexKey, row.Privacy,
            row.IsDraft, row.CreatedAt, row.UpdatedAt, seq, row.ScheduleTag))!.Value;
        await scope.Execute(UpsertText, id, text);
        await scope.Execute(DeleteRemoval, row.CalendarId, row.Resource);
        return id;
    }

    /// <summary>Stores a changed object with its text.</summary>
    public static async ValueTask Update(WriteScope scope, ObjectRow row, byte[] text, Sequence seq)
    {
        await scope.Execute(UpdateRow, row.Id, row.ETag, row.Size, row.BeginAt, row.EndAt, row.IsRecurring, row.IsFloating, row.IndexedFrom, row.IndexedUntil, row.IndexKey, row.Privacy, row.IsDraft, row.CreatedAt, row.UpdatedAt, seq, row.Uid, row.Kind,
            row.ScheduleTag);
        await scope.Execute(UpsertText, row.Id, text);
    }

    /// <summary>Puts an object into another calendar, or under another name.</summary>
    public static async ValueTask Move(WriteScope scope, ObjectRow row, long calendar, string resource, Sequence seq)
    {
        await scope.Execute(UpdatePlace, row.Id, calendar, resource, seq);
        await scope.Execute(UpsertRemoval, row.CalendarId, row.Resource, seq);
        await scope.Execute(DeleteRemoval, calendar, resource);
    }

    /// <summary>Notes how far an object is indexed, unless it changed meanwhile.</summary>
    public static async ValueTask<bool> SetIndexed(WriteScope scope, ObjectRow row) => await scope.Execute(UpdateIndexed, row.Id, row.IndexedFrom, row.IndexedUntil, row.IndexKey, row.ETag) > 0;

    /// <summary>Tells that something of it changed that is not in its row.</summary>
    public static async ValueTask Touch(WriteScope scope, long id, Sequence seq) => await scope.Execute(UpdateSeq, id, seq);

    /// <summary>Removes an object, so that readers of its calendar learn of it.</summary>
    public static async ValueTask Delete(WriteScope scope, ObjectRow row, Sequence seq)
    {
        await scope.Execute(DeleteById, row.Id);
        await scope.Execute(UpsertRemoval, row.CalendarId, row.Resource, seq);
    }

    static ObjectRow Map(Row row) => new()
    {
        Id = row.Long(0),
        CalendarId = row.Long(1),
        Resource = row.Text(2),
        Uid = row.Text(3),
        Kind = (CalendarKinds)row.Long(4),
        ETag = row.Text(5),
        Size = row.Long(6),
        BeginAt = row.LongOrNull(7),
        EndAt = row.LongOrNull(8),
        IsRecurring = row.Bool(9),
        IsFloating = row.Bool(10),
        IndexedFrom = row.LongOrNull(11),
        IndexedUntil = row.LongOrNull(12),
        IndexKey = row.Text(13),
        Privacy = (EventPrivacy)row.Long(14),
        IsDraft = row.Bool(15),
        CreatedAt = row.Time(16),
        UpdatedAt = row.Time(17),
        CreatedSeq = new Sequence(row.Long(18)),
        ChangedSeq = new Sequence(row.Long(19)),
        ScheduleTag = row.TextOrNull(20),
    };
}
