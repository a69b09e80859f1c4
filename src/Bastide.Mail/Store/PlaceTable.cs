using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Mail.Store;

/// <summary>The places of messages in mailboxes by UID, and the UIDs that are gone.</summary>
static class PlaceTable
{
    const string Columns = "uid, message_id, flags, modseq, received_at, saved_at";

    // Index alone: a hundred thousand of them are read when a mailbox is selected.
    static readonly Sql SelectUids = new("SELECT uid FROM message_mailboxes {sqlite:INDEXED BY message_mailboxes_uid} WHERE mailbox_id = $1 ORDER BY uid");
    static readonly Sql SelectRange = new($"SELECT {Columns} FROM message_mailboxes WHERE mailbox_id = $1 AND uid >= $2 AND uid <= $3 ORDER BY uid LIMIT $4");
    static readonly Sql SelectSome = new($"SELECT {Columns} FROM message_mailboxes WHERE mailbox_id = $1 AND uid {{any $2}} ORDER BY uid");
    static readonly Sql SelectChanged = new($"SELECT {Columns} FROM message_mailboxes WHERE mailbox_id = $1 AND modseq > $2 ORDER BY modseq, uid LIMIT $3");
    static readonly Sql SelectExpunged = new("SELECT uid FROM mailbox_expunged WHERE mailbox_id = $1 AND modseq > $2 ORDER BY modseq, uid");
    static readonly Sql SelectDeleted = new("SELECT uid FROM message_mailboxes WHERE mailbox_id = $1 AND flags & 8589934592 <> 0 ORDER BY uid");
    static readonly Sql SelectFirstUnseen = new("SELECT MIN(uid) FROM message_mailboxes WHERE mailbox_id = $1 AND flags & 1 = 0");
    static readonly Sql SelectUnseen = new("SELECT COUNT(*) FROM message_mailboxes WHERE mailbox_id = $1 AND flags & 1 = 0");
    static readonly Sql SelectDeletedSize = new("""
        SELECT COUNT(*), CAST(COALESCE(SUM(m.size), 0) AS BIGINT) FROM message_mailboxes p JOIN messages m ON m.id = p.message_id
        WHERE p.mailbox_id = $1 AND p.flags & 8589934592 <> 0
        """);

    static readonly Sql SelectSize = new("""
        SELECT CAST(COALESCE(SUM(m.size), 0) AS BIGINT) FROM message_mailboxes p JOIN messages m ON m.id = p.message_id WHERE p.mailbox_id = $1
        """);

    static readonly Sql InsertExpunged = new("""
        INSERT INTO mailbox_expunged (mailbox_id, modseq, uid)
        SELECT mailbox_id, $3, uid FROM message_mailboxes WHERE mailbox_id = $1 AND message_id = $2
        """);

    static readonly Sql InsertAllExpunged = new("""
        INSERT INTO mailbox_expunged (mailbox_id, modseq, uid) SELECT mailbox_id, $2, uid FROM message_mailboxes WHERE message_id {any $1}
        """);

    static readonly Sql Mark = new("""
        UPDATE message_mailboxes SET flags = flags | 8589934592, modseq = $3 WHERE mailbox_id = $1 AND uid {any $2} AND flags & 8589934592 = 0
        """);

    static readonly Sql Unmark = new("""
        UPDATE message_mailboxes SET flags = flags & ~8589934592, modseq = $3 WHERE mailbox_id = $1 AND uid {any $2} AND flags & 8589934592 <> 0
        """);

    /// <summary>Every UID of the mailbox, ascending.</summary>
    public static async ValueTask<List<uint>> Uids(ReadScope scope, long mailbox) => await scope.List(SelectUids, row => (uint)row.Long(0), mailbox);

    /// <summary>The places between two UIDs, ascending, so many at most.</summary>
    public static ValueTask<List<Place>> Range(ReadScope scope, long mailbox, uint first, uint last, int limit) =>
        scope.List(SelectRange, Map, mailbox, (long)first, (long)last, limit);

    /// <summary>Those of the places that exist, ascending.</summary>
    public static ValueTask<List<Place>> Find(ReadScope scope, long mailbox, long[] uids) => scope.List(SelectSome, Map, mailbox, uids);

    /// <summary>What changed since or came, in the order of the changes.</summary>
    public static ValueTask<List<Place>> Changed(ReadScope scope, long mailbox, long since, int limit) => scope.List(SelectChanged, Map, mailbox, since, limit);

    /// <summary>The UIDs that are gone since.</summary>
    public static ValueTask<List<uint>> Expunged(ReadScope scope, long mailbox, long since) => scope.List(SelectExpunged, row => (uint)row.Long(0), mailbox, since);

    /// <summary>The UIDs that are marked as deleted, ascending.</summary>
    public static ValueTask<List<uint>> Deleted(ReadScope scope, long mailbox) => scope.List(SelectDeleted, row => (uint)row.Long(0), mailbox);

    /// <summary>The first UID without <c>\Seen</c>, or null.</summary>
    public static async ValueTask<uint?> FirstUnseen(ReadScope scope, long mailbox) => (uint?)await scope.Long(SelectFirstUnseen, mailbox);

    /// <summary>How many have no <c>\Seen</c>; JMAP counts drafts apart, IMAP does not.</summary>
    public static async ValueTask<long> Unseen(ReadScope scope, long mailbox) => await scope.Long(SelectUnseen, mailbox) ?? 0;

    /// <summary>How many are marked as deleted, and their octets (RFC 9208 §4.1.4).</summary>
    public static ValueTask<(long Count, long Octets)> DeletedSize(ReadScope scope, long mailbox) => scope.First(SelectDeletedSize, row => (row.Long(0), row.Long(1)), mailbox);

    /// <summary>The octets of all messages in the mailbox (RFC 8438).</summary>
    public static async ValueTask<long> Size(ReadScope scope, long mailbox) => await scope.Long(SelectSize, mailbox) ?? 0;

    /// <summary>Notes the UIDs of places that are about to go.</summary>
    public static ValueTask Expunge(WriteScope scope, IReadOnlyCollection<(long Mailbox, long Message)> places, Sequence seq) =>
        scope.ExecuteMany(InsertExpunged, [.. places.Select(place => new object?[] { place.Mailbox, place.Message, seq })]);

    /// <summary>Notes the UIDs of messages that are about to go everywhere.</summary>
    public static async ValueTask ExpungeAll(WriteScope scope, long[] messages, Sequence seq) => await scope.Execute(InsertAllExpunged, messages, seq);

    /// <summary>Marks or unmarks; answers how many were not so before.</summary>
    public static ValueTask<int> MarkDeleted(WriteScope scope, long mailbox, long[] uids, bool deleted, Sequence seq) =>
        scope.Execute(deleted ? Mark : Unmark, mailbox, uids, seq);

    static Place Map(Row row) => new((uint)row.Long(0), row.Long(1), (MessageFlags)row.Long(2), row.Long(3), row.Long(4), row.Long(5));
}
