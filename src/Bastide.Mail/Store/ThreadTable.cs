using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Mail.Store;

/// <summary>The threads, and the keys that lead a new message to its thread.</summary>
static class ThreadTable
{
    /// <summary>What changed since, for every protocol.</summary>
    public static ItemTable Items { get; } = new(MailTypes.Thread, "threads");

    static readonly Sql Insert = new("INSERT INTO threads (account_id, created_seq, changed_seq) VALUES ($1, $2, $2) RETURNING id");
    static readonly Sql UpdateChanged = new("UPDATE threads SET changed_seq = $2 WHERE id {any $1}");
    static readonly Sql SelectCreated = new("SELECT id, created_seq FROM threads WHERE id {any $1}");
    static readonly Sql DeleteByIds = new("DELETE FROM threads WHERE id {any $1}");
    static readonly Sql SelectKeys = new("SELECT thread_key, thread_id FROM thread_keys WHERE account_id = $1 AND thread_key {any $2}");
    static readonly Sql MoveKeys = new("UPDATE thread_keys SET thread_id = $2 WHERE thread_id = $1");

    static readonly Sql PutKey = new("""
        INSERT INTO thread_keys (account_id, thread_key, thread_id) VALUES ($1, $2, $3)
        ON CONFLICT (account_id, thread_key) DO UPDATE SET thread_id = excluded.thread_id
        """);

    static readonly Sql SelectMembers = new("""
        SELECT thread_id, id FROM messages WHERE thread_id {any $2} AND {sqlite:+}account_id = $1 ORDER BY received_at, id
        """);

    /// <summary>Makes a thread.</summary>
    public static async ValueTask<long> Create(WriteScope scope, AccountId account, Sequence seq) => (await scope.Long(Insert, account, seq))!.Value;

    /// <summary>Notes that other messages are in the threads now.</summary>
    public static async ValueTask Touch(WriteScope scope, long[] ids, Sequence seq)
    {
        if (ids.Length > 0) await scope.Execute(UpdateChanged, ids, seq);
    }

    /// <summary>Removes threads that have no message left, and leaves tombstones.</summary>
    public static async ValueTask Delete(WriteScope scope, AccountId account, long[] ids, Sequence seq)
    {
        if (ids.Length == 0) return;
        var created = await scope.List(SelectCreated, row => (row.Long(0), new Sequence(row.Long(1))), ids);
        await scope.Execute(DeleteByIds, ids);
        await Tombstones.Bury(scope, account, MailTypes.Thread, seq, created);
    }

    /// <summary>Which threads the keys lead to.</summary>
    public static async ValueTask<Dictionary<long, long>> OfKeys(ReadScope scope, AccountId account, long[] keys) =>
        keys.Length == 0 ? [] : (await scope.List(SelectKeys, row => (row.Long(0), row.Long(1)), account, keys)).ToDictionary(k => k.Item1, k => k.Item2);

    /// <summary>Lets the keys lead to threads.</summary>
    public static ValueTask PutKeys(WriteScope scope, AccountId account, IEnumerable<(long Key, long Thread)> keys) =>
        scope.ExecuteMany(PutKey, [.. keys.Select(k => new object?[] { account, k.Key, k.Thread })]);

    /// <summary>Lets all keys of one thread lead to another.</summary>
    public static async ValueTask Redirect(WriteScope scope, long from, long to) => await scope.Execute(MoveKeys, from, to);

    /// <summary>The messages of threads, each thread's by when they came.</summary>
    public static async ValueTask<ILookup<long, long>> Members(ReadScope scope, AccountId account, long[] ids) =>
        (await scope.List(SelectMembers, row => (Thread: row.Long(0), Message: row.Long(1)), account, ids)).ToLookup(m => m.Thread, m => m.Message);
}
