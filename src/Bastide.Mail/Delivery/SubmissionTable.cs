using System.Text.Json;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Mail.Delivery;

/// <summary>The submissions of accounts, as JMAP tells of them.</summary>
static class SubmissionTable
{
    const string Columns = "id, account_id, identity_id, email_id, thread_id, envelope, send_at, undo_status, created_seq, changed_seq";

    /// <summary>What changed since.</summary>
    public static readonly ItemTable Items = new(Submissions.Type, "email_submissions");

    static readonly Sql InsertOne = new("""
        INSERT INTO email_submissions (account_id, identity_id, email_id, thread_id, envelope, send_at, undo_status, created_seq, changed_seq)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) RETURNING id
        """);

    static readonly Sql SelectByIds = new($"SELECT {Columns} FROM email_submissions WHERE {"{sqlite:+}"}account_id = $1 AND id {"{any $2}"} ORDER BY id");

    static readonly Sql SelectNewest = new($"SELECT {Columns} FROM email_submissions WHERE account_id = $1 ORDER BY id DESC LIMIT $2");

    static readonly Sql SelectRows = new("""
        SELECT id, identity_id, email_id, thread_id, undo_status, send_at FROM email_submissions WHERE account_id = $1 ORDER BY id DESC LIMIT $2
        """);

    static readonly Sql SelectAccount = new("SELECT account_id FROM email_submissions WHERE id = $1");

    static readonly Sql UpdateUndoStatus = new("""
        UPDATE email_submissions SET undo_status = $3, changed_seq = $4 WHERE id = $1 AND undo_status = $2
        """);

    static readonly Sql UpdateChanged = new("UPDATE email_submissions SET changed_seq = $2 WHERE id = $1");

    static readonly Sql SelectUndoStatus = new("SELECT undo_status FROM email_submissions WHERE account_id = $1 AND id = $2 {lock}");

    static readonly Sql SelectToDestroy = new("SELECT id, created_seq FROM email_submissions WHERE {sqlite:+}account_id = $1 AND id {any $2} {lock}");

    static readonly Sql DeleteByIds = new("DELETE FROM email_submissions WHERE id {any $1}");

    static readonly Sql SelectOld = new("""
        SELECT s.account_id, s.id FROM email_submissions s WHERE s.send_at < $1
        AND NOT EXISTS (SELECT 1 FROM outgoing_messages m JOIN outgoing_recipients r ON r.message_id = m.id WHERE m.submission_id = s.id AND r.status = 0)
        ORDER BY s.send_at LIMIT $2
        """);

    public static async ValueTask<long> Insert(WriteScope scope, SubmitRequest request, Envelope envelope, DateTimeOffset sendAt, UndoStatus undoStatus, Sequence seq) =>
        (await scope.Long(InsertOne, request.Account, request.IdentityId, request.EmailId, request.ThreadId,
            JsonSerializer.Serialize(envelope, DeliveryJson.Default.Envelope), sendAt, (long)undoStatus, seq))!.Value;

    /// <summary>Those of the submissions that exist, without their delivery status; null for the newest.</summary>
    public static ValueTask<List<Submission>> Find(ReadScope scope, AccountId account, IReadOnlyList<long>? ids, int limit) => ids is null
        ? scope.List(SelectNewest, Map, account, limit)
        : scope.List(SelectByIds, Map, account, ids.ToArray());

    public static ValueTask<List<SubmissionRow>> Rows(ReadScope scope, AccountId account, int limit) => scope.List(
        SelectRows, row => new SubmissionRow(row.Long(0), row.LongOrNull(1), row.LongOrNull(2), row.LongOrNull(3), (UndoStatus)row.Long(4), row.Time(5)), account, limit);

    public static async ValueTask<AccountId?> AccountOf(ReadScope scope, long id) =>
        await scope.Long(SelectAccount, id) is { } account ? new AccountId(account) : null;

    /// <summary>The undo status, locked until the commit; null when there is no such submission.</summary>
    public static async ValueTask<UndoStatus?> Lock(WriteScope scope, AccountId account, long id) =>
        await scope.Long(SelectUndoStatus, account, id) is { } status ? (UndoStatus)status : null;

    /// <summary>Moves from one undo status to another; false when it was not in the first.</summary>
    public static async ValueTask<bool> Move(WriteScope scope, long id, UndoStatus from, UndoStatus to, Sequence seq) =>
        await scope.Execute(UpdateUndoStatus, id, (long)from, (long)to, seq) == 1;

    /// <summary>Something about its delivery changed.</summary>
    public static async ValueTask Changed(WriteScope scope, long id, Sequence seq) => await scope.Execute(UpdateChanged, id, seq);

    /// <summary>Removes submissions of one account and leaves tombstones. Answers how many there were.</summary>
    public static async ValueTask<int> Destroy(WriteScope scope, AccountId account, IReadOnlyList<long> ids)
    {
        var found = await scope.List(SelectToDestroy, row => (Id: row.Long(0), Created: new Sequence(row.Long(1))), account, ids.ToArray());
        if (found.Count == 0) return 0;
        var seq = await scope.Advance(account, Submissions.Type);
        await Tombstones.Bury(scope, account, Submissions.Type, seq, found);
        await scope.Execute(DeleteByIds, found.Select(f => f.Id).ToArray());
        return found.Count;
    }

    /// <summary>Submissions sent before a time for which nobody waits any more.</summary>
    public static ValueTask<List<(AccountId Account, long Id)>> Old(ReadScope scope, DateTimeOffset before, int limit) =>
        scope.List(SelectOld, row => (new AccountId(row.Long(0)), row.Long(1)), before, limit);

    static Submission Map(Row row) => new(
        row.Long(0),
        new AccountId(row.Long(1)),
        row.LongOrNull(2),
        row.LongOrNull(3),
        row.LongOrNull(4),
        JsonSerializer.Deserialize(row.Text(5), DeliveryJson.Default.Envelope)!,
        row.Time(6),
        (UndoStatus)row.Long(7),
        [],
        new Sequence(row.Long(8)),
        new Sequence(row.Long(9)));
}
