using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Store;

/// <summary>
/// Annotations of mailboxes (RFC 5464). Everybody's are of person 0. One that was taken away stays without a value, so that
/// whoever asked to be told of changes is told; it goes with its mailbox.
/// </summary>
static class AnnotationTable
{
    const int MostChanges = 1000;

    static readonly Sql SelectNames = new("""
        SELECT mailbox_id, entry, size FROM mailbox_annotations
        WHERE account_id = $1 AND mailbox_id = $2 AND person_id IN (0, $3) AND value IS NOT NULL ORDER BY entry LIMIT 1000
        """);

    static readonly Sql SelectValues = new("""
        SELECT mailbox_id, entry, size, value FROM mailbox_annotations
        WHERE account_id = $1 AND mailbox_id = $2 AND person_id IN (0, $3) AND entry {any $4} AND value IS NOT NULL ORDER BY entry LIMIT 1000
        """);

    static readonly Sql SelectValuesOfAll = new("""
        SELECT mailbox_id, entry, size, value FROM mailbox_annotations
        WHERE account_id = $1 AND mailbox_id > 0 AND person_id IN (0, $2) AND entry {any $3} AND value IS NOT NULL ORDER BY mailbox_id, entry LIMIT 10000
        """);

    static readonly Sql SelectSince = new("""
        SELECT mailbox_id, entry, size FROM mailbox_annotations
        WHERE account_id = $1 AND changed_seq > $3 AND person_id IN (0, $2) ORDER BY changed_seq LIMIT $4
        """);

    static readonly Sql Upsert = new("""
        INSERT INTO mailbox_annotations (account_id, mailbox_id, person_id, entry, size, value, changed_seq) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (account_id, mailbox_id, person_id, entry) DO UPDATE SET size = excluded.size, value = excluded.value, changed_seq = excluded.changed_seq
        """);

    static readonly Sql DeleteOfMailbox = new("DELETE FROM mailbox_annotations WHERE account_id = $1 AND mailbox_id = $2");

    /// <summary>Everybody's and the person's own, without their values.</summary>
    public static ValueTask<List<Annotation>> Names(ReadScope scope, AccountId account, long mailbox, AccountId person) =>
        scope.List(SelectNames, MapName, account, mailbox, person);

    /// <summary>Those of these names, with their values.</summary>
    public static ValueTask<List<Annotation>> Values(ReadScope scope, AccountId account, long mailbox, AccountId person, IReadOnlyCollection<string> entries) =>
        scope.List(SelectValues, Map, account, mailbox, person, entries.ToArray());

    /// <summary>Those of these names on every mailbox, with their values.</summary>
    public static ValueTask<List<Annotation>> ValuesOfAll(ReadScope scope, AccountId account, AccountId person, IReadOnlyCollection<string> entries) =>
        scope.List(SelectValuesOfAll, Map, account, person, entries.ToArray());

    /// <summary>The names of those that changed after a position, or went.</summary>
    public static ValueTask<List<Annotation>> Since(ReadScope scope, AccountId account, AccountId person, Sequence since) =>
        scope.List(SelectSince, MapName, account, person, since, MostChanges);

    /// <summary>Stores values, or that there is none any more.</summary>
    public static ValueTask Keep(WriteScope scope, AccountId account, long mailbox, AccountId person, IEnumerable<(MetadataEntry Entry, byte[]? Value)> values, Sequence seq) =>
        scope.ExecuteMany(Upsert,
        [
            .. values.Select(value => new object?[] { account, mailbox, value.Entry.IsPrivate ? person.Value : 0L, value.Entry.Name, (long)(value.Value?.Length ?? 0), value.Value, seq }),
        ]);

    /// <summary>Those of a mailbox go with it.</summary>
    public static async ValueTask Delete(WriteScope scope, AccountId account, long mailbox) => await scope.Execute(DeleteOfMailbox, account, mailbox);

    static Annotation MapName(Row row) => new(row.Long(0), row.Text(1), row.Long(2), null);

    static Annotation Map(Row row) => new(row.Long(0), row.Text(1), row.Long(2), row.Bytes(3));
}
