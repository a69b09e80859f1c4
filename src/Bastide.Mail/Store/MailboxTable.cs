using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Mail.Store;

/// <summary>The mailboxes and who subscribed to them.</summary>
static class MailboxTable
{
    const string Columns = """
        id, parent_id, name, role, sort_order, uid_validity, uid_next, highest_modseq,
        total_emails, unread_emails, total_threads, unread_threads, created_seq, changed_seq, properties_seq
        """;

    /// <summary>What changed since, for every protocol.</summary>
    public static ItemTable Items { get; } = new(MailTypes.Mailbox, "mailboxes");

    static readonly Sql SelectAll = new($"SELECT {Columns} FROM mailboxes WHERE account_id = $1 ORDER BY id LIMIT 10000");
    static readonly Sql SelectOne = new($"SELECT {Columns} FROM mailboxes WHERE id = $2 AND account_id = $1");
    static readonly Sql SelectByRole = new("SELECT id FROM mailboxes WHERE account_id = $1 AND role = $2");
    static readonly Sql SelectSubscribed = new("""
        SELECT s.mailbox_id FROM mailboxes m JOIN mailbox_subscriptions s ON s.mailbox_id = m.id AND s.person_id = $2
        WHERE m.account_id = $1
        """);

    static readonly Sql TakeUidValidity = new("UPDATE uid_validities SET last = CASE WHEN last < $1 THEN $1 ELSE last + 1 END WHERE id = 1 RETURNING last");

    static readonly Sql Insert = new("""
        INSERT INTO mailboxes (account_id, parent_id, name, role, sort_order, uid_validity, highest_modseq, created_seq, changed_seq, properties_seq)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $7, $7) RETURNING id
        """);

    static readonly Sql UpdateProperties = new("""
        UPDATE mailboxes SET parent_id = $2, name = $3, role = $4, sort_order = $5, changed_seq = $6, properties_seq = $6 WHERE id = $1
        """);

    static readonly Sql AddCounts = new("""
        UPDATE mailboxes SET uid_next = $2, highest_modseq = $3,
            total_emails = total_emails + $4, unread_emails = unread_emails + $5,
            total_threads = total_threads + $6, unread_threads = unread_threads + $7,
            changed_seq = CASE WHEN $8 THEN $3 ELSE changed_seq END
        WHERE id = $1
        """);

    static readonly Sql UpdateCounts = new("""
        UPDATE mailboxes SET total_emails = $2, unread_emails = $3, total_threads = $4, unread_threads = $5, changed_seq = $6 WHERE id = $1
        """);

    static readonly Sql DeleteById = new("DELETE FROM mailboxes WHERE id = $1");
    static readonly Sql InsertSubscription = new("INSERT INTO mailbox_subscriptions (mailbox_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING");
    static readonly Sql DeleteSubscription = new("DELETE FROM mailbox_subscriptions WHERE mailbox_id = $1 AND person_id = $2");
    static readonly Sql SelectAnyMessage = new("SELECT 1 FROM message_mailboxes WHERE mailbox_id = $1 LIMIT 1");
    static readonly Sql SelectMessages = new("SELECT message_id FROM message_mailboxes WHERE mailbox_id = $1 ORDER BY received_at, message_id LIMIT $2");

    /// <summary>
    /// The counts of every mailbox, reckoned afresh from the messages. What the trash sees and what the others see is
    /// told apart as RFC 8621 §2 wants it.
    /// </summary>
    static readonly Sql Recount = new("""
        SELECT b.id, COUNT(m.id),
            CAST(COALESCE(SUM(CASE WHEN m.flags & 9 = 0 THEN 1 ELSE 0 END), 0) AS BIGINT),
            COUNT(DISTINCT m.thread_id),
            COUNT(DISTINCT CASE WHEN EXISTS (
                SELECT 1 FROM messages t WHERE t.thread_id = m.thread_id AND t.flags & 9 = 0
                AND CASE WHEN b.role = 'trash'
                    THEN EXISTS (SELECT 1 FROM message_mailboxes i WHERE i.message_id = t.id AND i.mailbox_id = b.id)
                    ELSE EXISTS (SELECT 1 FROM message_mailboxes i WHERE i.message_id = t.id AND i.mailbox_id <> $2) END
            ) THEN m.thread_id END)
        FROM mailboxes b
        LEFT JOIN message_mailboxes mm ON mm.mailbox_id = b.id
        LEFT JOIN messages m ON m.id = mm.message_id
        WHERE b.account_id = $1
        GROUP BY b.id ORDER BY b.id LIMIT 10000
        """);

    /// <summary>Every mailbox of the account.</summary>
    public static ValueTask<List<MailboxRow>> All(ReadScope scope, AccountId account) => scope.List(SelectAll, Map, account);

    /// <summary>A mailbox of the account, or null.</summary>
    public static ValueTask<MailboxRow?> Find(ReadScope scope, AccountId account, long id) => scope.First(SelectOne, Map, account, id);

    /// <summary>The mailbox of a role, or null.</summary>
    public static ValueTask<long?> WithRole(ReadScope scope, AccountId account, string role) => scope.Long(SelectByRole, account, role);

    /// <summary>The mailboxes of the account that the person subscribed to.</summary>
    public static async ValueTask<HashSet<long>> Subscribed(ReadScope scope, AccountId account, AccountId person) =>
        [.. await scope.List(SelectSubscribed, row => row.Long(0), account, person)];

    /// <summary>
    /// Makes a mailbox. Its UIDVALIDITY is the second, as RFC 9051 §2.3.1.1 proposes, or where that was given already the
    /// number after the last: a name may go from one mailbox to another within a second.
    /// </summary>
    public static async ValueTask<long> Create(WriteScope scope, AccountId account, MailboxRow mailbox, DateTimeOffset now)
    {
        var uidValidity = await scope.Long(TakeUidValidity, now.ToUnixTimeSeconds());
        return (await scope.Long(Insert, account, mailbox.ParentId, mailbox.Name, mailbox.Role, mailbox.SortOrder, uidValidity, mailbox.CreatedSeq))!.Value;
    }

    /// <summary>Stores its name, place and role.</summary>
    public static async ValueTask Update(WriteScope scope, MailboxRow mailbox, Sequence seq) =>
        await scope.Execute(UpdateProperties, mailbox.Id, mailbox.ParentId, mailbox.Name, mailbox.Role, mailbox.SortOrder, seq);

    /// <summary>Adds to the counts of mailboxes and stores their next UID.</summary>
    public static ValueTask Add(WriteScope scope, IEnumerable<(MailboxRow Mailbox, MailboxCounts Counts)> changes, Sequence seq) =>
        scope.ExecuteMany(AddCounts,
        [
            .. changes.Select(c => new object?[]
            {
                c.Mailbox.Id, c.Mailbox.UidNext, seq, c.Counts.TotalEmails, c.Counts.UnreadEmails, c.Counts.TotalThreads, c.Counts.UnreadThreads, !c.Counts.IsZero,
            }),
        ]);

    /// <summary>The counts as they follow from the messages.</summary>
    public static async ValueTask<Dictionary<long, MailboxCounts>> Count(ReadScope scope, AccountId account)
    {
        var trash = await WithRole(scope, account, MailboxRoles.Trash) ?? 0;
        return (await scope.List(Recount, row => (Id: row.Long(0), new MailboxCounts(row.Long(1), row.Long(2), row.Long(3), row.Long(4))), account, trash))
            .ToDictionary(c => c.Id, c => c.Item2);
    }

    /// <summary>Stores counts.</summary>
    public static ValueTask SetCounts(WriteScope scope, IEnumerable<(long Id, MailboxCounts Counts)> counts, Sequence seq) =>
        scope.ExecuteMany(UpdateCounts, [.. counts.Select(c => new object?[] { c.Id, c.Counts.TotalEmails, c.Counts.UnreadEmails, c.Counts.TotalThreads, c.Counts.UnreadThreads, seq })]);

    /// <summary>Removes a mailbox; it must hold nothing.</summary>
    public static async ValueTask Delete(WriteScope scope, long id) => await scope.Execute(DeleteById, id);

    /// <summary>Notes whether the person wants to see it.</summary>
    public static async ValueTask Subscribe(WriteScope scope, long id, AccountId person, bool subscribed) =>
        await scope.Execute(subscribed ? InsertSubscription : DeleteSubscription, id, person);

    /// <summary>Whether any message is in it.</summary>
    public static ValueTask<bool> HoldsAny(ReadScope scope, long id) => scope.Any(SelectAnyMessage, id);

    /// <summary>Some of the messages in it.</summary>
    public static ValueTask<List<long>> Messages(ReadScope scope, long id, int limit) => scope.List(SelectMessages, row => row.Long(0), id, limit);

    static MailboxRow Map(Row row) => new()
    {
        Id = row.Long(0),
        ParentId = row.Long(1),
        Name = row.Text(2),
        Role = row.TextOrNull(3),
        SortOrder = row.Long(4),
        UidValidity = row.Long(5),
        UidNext = row.Long(6),
        HighestModSeq = new Sequence(row.Long(7)),
        Counts = new MailboxCounts(row.Long(8), row.Long(9), row.Long(10), row.Long(11)),
        CreatedSeq = new Sequence(row.Long(12)),
        ChangedSeq = new Sequence(row.Long(13)),
        PropertiesSeq = new Sequence(row.Long(14)),
    };
}
