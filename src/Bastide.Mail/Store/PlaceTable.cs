using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Mail.Store;

/// <summary>The places of messages in mailboxes by UID, and the UIDs that are gone.</summary>
static class PlaceTable
{
    const string Places = "SELECT p.uid, p.message_id, p.flags, p.modseq, p.received_at, p.saved_at, p.thread_id, m.size FROM message_mailboxes p JOIN messages m ON m.id = p.message_id WHERE p.mailbox_id = $1";

    static readonly Sql SelectRange = new($"{Places} AND p.uid >= $2 AND p.uid <= $3 ORDER BY p.uid LIMIT $4");
    static readonly Sql SelectSome = new($"{Places} AND p.uid {{any $2}} ORDER BY p.uid");
    static readonly Sql SelectChanged = new($"{Places} AND p.modseq > $2 ORDER BY p.modseq, p.uid LIMIT $3");
    static readonly Sql SelectExpunged = new("SELECT uid FROM mailbox_expunged WHERE mailbox_id = $1 AND modseq > $2 ORDER BY modseq, uid");
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

    /// <summary>The places between two UIDs, ascending, so many at most.</summary>
    public static ValueTask<List<Place>> Range(ReadScope scope, long mailbox, uint first, uint last, int limit) =>
        scope.List(SelectRange, Map, mailbox, (long)first, (long)last, limit);

    /// <summary>Those of the places that exist, ascending.</summary>
    public static ValueTask<List<Place>> Find(ReadScope scope, long mailbox, long[] uids) => scope.List(SelectSome, Map, mailbox, uids);

    /// <summary>What changed since or came, in the order of the changes.</summary>
    public static ValueTask<List<Place>> Changed(ReadScope scope, long mailbox, long since, int limit) => scope.List(SelectChanged, Map, mailbox, since, limit);

    /// <summary>The UIDs that are gone since.</summary>
    public static ValueTask<List<uint>> Expunged(ReadScope scope, long mailbox, long since) => scope.List(SelectExpunged, row => (uint)row.Long(0), mailbox, since);

    /// <summary>Notes the UIDs of places that are about to go.</summary>
    public static ValueTask Expunge(WriteScope scope, IReadOnlyCollection<(long Mailbox, long Message)> places, Sequence seq) =>
        scope.ExecuteMany(InsertExpunged, [.. places.Select(place => new object?[] { place.Mailbox, place.Message, seq })]);

    /// <summary>Notes the UIDs of messages that are about to go everywhere.</summary>
    public static async ValueTask ExpungeAll(WriteScope scope, long[] messages, Sequence seq) => await scope.Execute(InsertAllExpunged, messages, seq);

    /// <summary>Marks or unmarks; answers how many were not so before.</summary>
    public static ValueTask<int> MarkDeleted(WriteScope scope, long mailbox, long[] uids, bool deleted, Sequence seq) =>
        scope.Execute(deleted ? Mark : Unmark, mailbox, uids, seq);

    static Place Map(Row row) => new((uint)row.Long(0), row.Long(1), (MessageFlags)row.Long(2), row.Long(3), row.Long(4), row.Long(5), row.Long(6), row.Long(7));
}
