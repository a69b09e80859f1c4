using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;

namespace Bastide.Mail.Delivery;

/// <summary>The messages on their way, and their recipients.</summary>
static class OutgoingTable
{
    static readonly Sql InsertMessage = new("""
        INSERT INTO outgoing_messages (account_id, submission_id, sender, blob_id, size, eight_bit, utf8, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
        """);

    static readonly Sql InsertRecipient = new("""
        INSERT INTO outgoing_recipients (message_id, recipient, domain, status, reply, remote) VALUES ($1, $2, $3, $4, $5, $6)
        """);

    static readonly Sql SelectMessage = new("""
        SELECT id, account_id, submission_id, sender, blob_id, size, eight_bit, utf8, created_at FROM outgoing_messages WHERE id = $1
        """);

    static readonly Sql SelectQueued = new("""
        SELECT id, recipient, told_delayed FROM outgoing_recipients
        WHERE message_id = $1 AND domain = $2 AND status = 0 ORDER BY id LIMIT 10000
        """);

    static readonly Sql SelectDomains = new("SELECT DISTINCT domain FROM outgoing_recipients WHERE message_id = $1 AND status = 0 LIMIT 10000");

    static readonly Sql UpdateStatus = new("""
        UPDATE outgoing_recipients SET status = $2, reply = $3, remote = $4
        WHERE id {any $1} AND status = 0 RETURNING id
        """);

    static readonly Sql UpdateToldDelayed = new("UPDATE outgoing_recipients SET told_delayed = TRUE WHERE id {any $1}");

    static readonly Sql TakeQueued = new("SELECT id FROM outgoing_recipients WHERE id {any $1} AND status = 0 {lock}");

    static readonly Sql DeleteFinished = new("""
        DELETE FROM outgoing_messages WHERE id = $1 AND submission_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM outgoing_recipients r WHERE r.message_id = $1 AND r.status = 0)
        """);

    static readonly Sql DeleteOfSubmission = new("DELETE FROM outgoing_messages WHERE submission_id {any $1}");

    static readonly Sql SelectOfSubmissions = new("""
        SELECT m.submission_id, r.recipient, r.reply, r.status FROM outgoing_messages m JOIN outgoing_recipients r ON r.message_id = m.id
        WHERE m.submission_id {any $1} ORDER BY r.id
        """);

    static readonly Sql SelectReferenced = new("""
        SELECT DISTINCT m.blob_id FROM outgoing_messages m WHERE m.blob_id {any octets $1}
        AND EXISTS (SELECT 1 FROM outgoing_recipients r WHERE r.message_id = m.id AND r.status = 0)
        """);

    public static async ValueTask<long> Insert(WriteScope scope, OutgoingMail mail, DateTimeOffset now) =>
        (await scope.Long(InsertMessage, mail.Account, mail.Submission, mail.Sender, mail.Message.Id, mail.Message.Size, mail.IsEightBit, mail.IsUtf8, now))!.Value;

    public static ValueTask InsertRecipients(WriteScope scope, long message, IEnumerable<(RoutedRecipient Recipient, Delivered Status, string Reply)> recipients) =>
        scope.ExecuteMany(InsertRecipient, [.. recipients.Select(r => new object?[] { message, r.Recipient.Address.ToString(), r.Recipient.Domain, (long)r.Status, r.Reply, null })]);

    public static ValueTask<OutgoingMessage?> Find(ReadScope scope, long id) => scope.First(SelectMessage, row => new OutgoingMessage(
        row.Long(0),
        row.LongOrNull(1) is { } account ? new AccountId(account) : null,
        row.LongOrNull(2),
        row.Text(3),
        new StoredBlob(new BlobId(row.Bytes(4)), row.Long(5)),
        row.Bool(6),
        row.Bool(7),
        row.Time(8)), id);

    /// <summary>The recipients of a domain who still wait.</summary>
    public static ValueTask<List<OutgoingRecipient>> Queued(ReadScope scope, long message, string domain) =>
        scope.List(SelectQueued, row => new OutgoingRecipient(row.Long(0), row.Text(1), row.Bool(2)), message, domain);

    /// <summary>The domains where somebody still waits.</summary>
    public static ValueTask<List<string>> QueuedDomains(ReadScope scope, long message) => scope.List(SelectDomains, row => row.Text(0), message);

    /// <summary>Those of the recipients who still wait, locked until the commit: only one of two runs of a job finds them.</summary>
    public static async ValueTask<HashSet<long>> Take(WriteScope scope, IEnumerable<long> ids) =>
        [.. await scope.List(TakeQueued, row => row.Long(0), ids.ToArray())];

    /// <summary>Notes a result for recipients who still wait.</summary>
    public static async ValueTask Conclude(WriteScope scope, IEnumerable<long> ids, Delivered status, string reply, string? remote) =>
        await scope.List(UpdateStatus, row => row.Long(0), ids.ToArray(), (long)status, reply, remote);

    public static async ValueTask ToldDelayed(WriteScope scope, IEnumerable<long> ids) => await scope.Execute(UpdateToldDelayed, ids.ToArray());

    /// <summary>Forgets the message when nobody waits any more and no submission tells of it.</summary>
    public static async ValueTask Sweep(WriteScope scope, long message) => await scope.Execute(DeleteFinished, message);

    public static async ValueTask RemoveOf(WriteScope scope, IEnumerable<long> submissions) => await scope.Execute(DeleteOfSubmission, submissions.ToArray());

    /// <summary>How it stands with the recipients of submissions.</summary>
    public static async ValueTask<ILookup<long, DeliveryStatus>> Statuses(ReadScope scope, IEnumerable<long> submissions) =>
        (await scope.List(SelectOfSubmissions, row => (row.Long(0), new DeliveryStatus(row.Text(1), row.Text(2), (Delivered)row.Long(3))), submissions.ToArray()))
        .ToLookup(row => row.Item1, row => row.Item2);

    /// <summary>Which of the blobs somebody still waits for.</summary>
    public static ValueTask<List<BlobId>> Referenced(ReadScope scope, IReadOnlyList<BlobId> blobs) =>
        scope.List(SelectReferenced, row => new BlobId(row.Bytes(0)), BlobId.Octets(blobs));
}
