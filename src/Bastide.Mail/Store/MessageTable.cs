using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Mail.Store;

/// <summary>The messages and what changes of them: mailboxes and keywords.</summary>
static class MessageTable
{
    const string Columns = "m.id, m.thread_id, m.blob_id, m.size, m.received_at, m.has_attachment, m.flags, m.created_seq, m.changed_seq";

    /// <summary>What changed since, for every protocol.</summary>
    public static ItemTable Items { get; } = new(MailTypes.Email, "messages");

    // The plus sign keeps SQLite from walking all messages of the account: it has no figures to tell it that the ids are fewer.
    static readonly Sql SelectByIds = new($"SELECT {Columns} FROM messages m WHERE m.id {{any $2}} AND {{sqlite:+}}m.account_id = $1");

    static readonly Sql SelectMailboxes = new("SELECT message_id, mailbox_id FROM message_mailboxes WHERE message_id {any $1}");
    static readonly Sql SelectKeywords = new("SELECT message_id, keyword FROM message_keywords WHERE message_id {any $1} ORDER BY keyword");

    static readonly Sql Insert = new("""
        INSERT INTO messages (account_id, thread_id, blob_id, size, received_at, sent_at, has_attachment, flags, sort_subject, sort_from, sort_to, created_seq, changed_seq)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12) RETURNING id
        """);

    static readonly Sql InsertMailbox = new("""
        INSERT INTO message_mailboxes (mailbox_id, received_at, message_id, thread_id, flags, uid, modseq, saved_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """);

    static readonly Sql InsertKeyword = new("INSERT INTO message_keywords (message_id, keyword) VALUES ($1, $2)");
    static readonly Sql InsertPart = new("INSERT INTO message_parts (account_id, part_key, message_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");

    static readonly Sql UpdateFlags = new("UPDATE messages SET flags = $2, changed_seq = $3 WHERE id = $1");
    static readonly Sql UpdateMailboxFlags = new("UPDATE message_mailboxes SET flags = $2 | (flags & 8589934592), modseq = $3 WHERE message_id = $1");
    static readonly Sql DeleteKeywords = new("DELETE FROM message_keywords WHERE message_id {any $1}");
    static readonly Sql DeleteMailbox = new("DELETE FROM message_mailboxes WHERE mailbox_id = $1 AND message_id = $2");
    static readonly Sql DeleteByIds = new("DELETE FROM messages WHERE id {any $1}");

    static readonly Sql CopyRow = new("""
        INSERT INTO messages (account_id, thread_id, blob_id, size, received_at, sent_at, has_attachment, flags, sort_subject, sort_from, sort_to, created_seq, changed_seq)
        SELECT account_id, $2, blob_id, size, received_at, sent_at, has_attachment, flags, sort_subject, sort_from, sort_to, $3, $3 FROM messages WHERE id = $1
        RETURNING id
        """);

    static readonly Sql MoveContents = new("UPDATE message_contents SET message_id = $2 WHERE message_id = $1");
    static readonly Sql MoveMailboxes = new("UPDATE message_mailboxes SET message_id = $2, thread_id = $3, modseq = $4 WHERE message_id = $1");
    static readonly Sql MoveKeywords = new("UPDATE message_keywords SET message_id = $2 WHERE message_id = $1");
    static readonly Sql MoveParts = new("UPDATE message_parts SET message_id = $2 WHERE message_id = $1");

    static readonly Sql SelectOfBlob = new("SELECT id FROM messages WHERE blob_id = $2 AND account_id = $1 ORDER BY id LIMIT 100");
    static readonly Sql SelectBlobsHeld = new("SELECT DISTINCT blob_id FROM messages WHERE account_id = $1 AND blob_id = $2");
    static readonly Sql SelectBlobAnywhere = new("SELECT 1 FROM messages WHERE blob_id = $1 LIMIT 1");
    static readonly Sql SelectOfPart = new("SELECT message_id FROM message_parts WHERE account_id = $1 AND part_key = $2 ORDER BY message_id DESC LIMIT 20");

    /// <summary>Those of the messages that exist, with mailboxes and keywords, in no order.</summary>
    public static async ValueTask<List<MessageRow>> Find(ReadScope scope, AccountId account, long[] ids)
    {
        var rows = await scope.List(SelectByIds, Map, account, ids);
        await Complete(scope, rows);
        return rows;
    }

    /// <summary>Fills in the mailboxes and the keywords that have no bit.</summary>
    public static async ValueTask Complete(ReadScope scope, IReadOnlyCollection<MessageRow> rows)
    {
        if (rows.Count == 0) return;
        var byId = rows.ToDictionary(row => row.Id);
        var present = byId.Keys.ToArray();
        foreach (var (message, mailbox) in await scope.List(SelectMailboxes, row => (row.Long(0), row.Long(1)), present)) byId[message].Mailboxes.Add(mailbox);
        long[] others = [.. rows.Where(row => row.Flags.HasFlag(MessageFlags.Other)).Select(row => row.Id)];
        if (others.Length == 0) return;
        foreach (var (message, keyword) in await scope.List(SelectKeywords, row => (row.Long(0), row.Text(1)), others)) byId[message].OtherKeywords.Add(keyword);
    }

    /// <summary>The keywords that have no bit, by message.</summary>
    public static async ValueTask<Dictionary<long, List<string>>> OtherKeywords(ReadScope scope, long[] messages) =>
        (await scope.List(SelectKeywords, row => (Message: row.Long(0), Keyword: row.Text(1)), messages))
            .GroupBy(found => found.Message).ToDictionary(group => group.Key, group => group.Select(found => found.Keyword).ToList());

    /// <summary>Reads the columns <see cref="ListColumns"/>.</summary>
    public static MessageRow Map(Row row) => new()
    {
        Id = row.Long(0),
        ThreadId = row.Long(1),
        Blob = new BlobId(row.Bytes(2)),
        Size = row.Long(3),
        ReceivedAt = row.Time(4),
        HasAttachment = row.Bool(5),
        Flags = (MessageFlags)row.Long(6),
        CreatedSeq = new Sequence(row.Long(7)),
        ChangedSeq = new Sequence(row.Long(8)),
    };

    /// <summary>The columns that <see cref="Map"/> reads, of <c>messages m</c>.</summary>
    public static string ListColumns => Columns;

    /// <summary>Stores the row of a message and answers its number.</summary>
    public static async ValueTask<long> Create(WriteScope scope, AccountId account, long thread, IngestItem item, MessageFlags flags, Sequence seq)
    {
        var (message, header) = (item.Message, item.Message.Header);
        return (await scope.Long(Insert, account, thread, message.Blob.Id, message.Blob.Size, item.ReceivedAt, header.SentAt, message.HasAttachment, flags,
            SortKeys.Subject(header), SortKeys.Sender(header), SortKeys.Recipient(header), seq))!.Value;
    }

    /// <summary>Puts messages into mailboxes.</summary>
    public static ValueTask AddToMailboxes(WriteScope scope, IEnumerable<(long Mailbox, DateTimeOffset ReceivedAt, long Message, long Thread, MessageFlags Flags, long Uid)> places, Sequence seq, DateTimeOffset now) =>
        scope.ExecuteMany(InsertMailbox, [.. places.Select(p => new object?[] { p.Mailbox, p.ReceivedAt, p.Message, p.Thread, p.Flags, p.Uid, seq, now })]);

    /// <summary>Takes messages out of mailboxes.</summary>
    public static ValueTask RemoveFromMailboxes(WriteScope scope, IEnumerable<(long Mailbox, long Message)> places) =>
        scope.ExecuteMany(DeleteMailbox, [.. places.Select(p => new object?[] { p.Mailbox, p.Message })]);

    /// <summary>Stores keywords that have no bit, of messages that have none stored.</summary>
    public static ValueTask AddKeywords(WriteScope scope, IEnumerable<(long Message, string Keyword)> keywords) =>
        scope.ExecuteMany(InsertKeyword, [.. keywords.Select(k => new object?[] { k.Message, k.Keyword })]);

    /// <summary>Forgets the keywords that have no bit.</summary>
    public static async ValueTask ClearKeywords(WriteScope scope, long[] messages)
    {
        if (messages.Length > 0) await scope.Execute(DeleteKeywords, messages);
    }

    /// <summary>Stores which decoded parts messages have.</summary>
    public static ValueTask AddParts(WriteScope scope, AccountId account, IEnumerable<(long Message, BlobId Part)> parts) =>
        scope.ExecuteMany(InsertPart, [.. parts.Select(p => new object?[] { account, PartKey(p.Part), p.Message })]);

    /// <summary>Stores bits; the messages count as changed.</summary>
    public static async ValueTask SetFlags(WriteScope scope, IReadOnlyList<(long Message, MessageFlags Flags, bool KeywordsChanged)> changes, Sequence seq)
    {
        await scope.ExecuteMany(UpdateFlags, [.. changes.Select(c => new object?[] { c.Message, c.Flags, seq })]);
        await scope.ExecuteMany(UpdateMailboxFlags, [.. changes.Where(c => c.KeywordsChanged).Select(c => new object?[] { c.Message, c.Flags, seq })]);
    }

    /// <summary>Makes a message anew in another thread, under a new number and with the same UIDs (RFC 8621 §3).</summary>
    public static async ValueTask<long> Renumber(WriteScope scope, long message, long thread, Sequence seq)
    {
        var made = (await scope.Long(CopyRow, message, thread, seq))!.Value;
        await scope.Execute(MoveContents, message, made);
        await scope.Execute(MoveMailboxes, message, made, thread, seq);
        await scope.Execute(MoveKeywords, message, made);
        await scope.Execute(MoveParts, message, made);
        return made;
    }

    /// <summary>Removes messages with all that is stored beside them.</summary>
    public static async ValueTask Delete(WriteScope scope, long[] ids)
    {
        if (ids.Length > 0) await scope.Execute(DeleteByIds, ids);
    }

    /// <summary>The messages of the account that are these bytes.</summary>
    public static ValueTask<List<long>> OfBlob(ReadScope scope, AccountId account, BlobId blob) => scope.List(SelectOfBlob, row => row.Long(0), account, blob);

    /// <summary>Whether the account has a message of these bytes.</summary>
    public static ValueTask<bool> Holds(ReadScope scope, AccountId account, BlobId blob) => scope.Any(SelectBlobsHeld, account, blob);

    /// <summary>Whether any account has a message of these bytes.</summary>
    public static ValueTask<bool> IsReferenced(ReadScope scope, BlobId blob) => scope.Any(SelectBlobAnywhere, blob);

    /// <summary>The messages of the account that may have this decoded part; its whole name is compared by the caller.</summary>
    public static ValueTask<List<long>> OfPart(ReadScope scope, AccountId account, BlobId part) => scope.List(SelectOfPart, row => row.Long(0), account, PartKey(part));

    static long PartKey(BlobId part) => System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(part.Hash);
}
