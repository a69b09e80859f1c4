using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Mail.Store;

/// <summary>The identities.</summary>
static class IdentityTable
{
    /// <summary>What changed since, for every protocol.</summary>
    public static ItemTable Items { get; } = new(MailTypes.Identity, "identities");

    static readonly Sql SelectAll = new("""
        SELECT id, name, email, reply_to, bcc, text_signature, html_signature, may_delete, created_seq, changed_seq
        FROM identities WHERE account_id = $1 ORDER BY id LIMIT 1000
        """);

    static readonly Sql Insert = new("""
        INSERT INTO identities (account_id, name, email, reply_to, bcc, text_signature, html_signature, may_delete, created_seq, changed_seq)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) RETURNING id
        """);

    static readonly Sql UpdateById = new("""
        UPDATE identities SET name = $2, reply_to = $3, bcc = $4, text_signature = $5, html_signature = $6, changed_seq = $7 WHERE id = $1
        """);

    static readonly Sql DeleteById = new("DELETE FROM identities WHERE id = $1");

    /// <summary>All of an account.</summary>
    public static ValueTask<List<Identity>> All(ReadScope scope, AccountId account) => scope.List(SelectAll, Map, account);

    /// <summary>Makes one.</summary>
    public static async ValueTask<long> Create(WriteScope scope, AccountId account, Identity identity, Sequence seq) =>
        (await scope.Long(Insert, account, identity.Name, identity.Email, MessageJson.Write(identity.ReplyTo), MessageJson.Write(identity.Bcc),
            identity.TextSignature, identity.HtmlSignature, identity.MayDelete, seq))!.Value;

    /// <summary>Stores a changed one.</summary>
    public static async ValueTask Update(WriteScope scope, Identity identity, Sequence seq) =>
        await scope.Execute(UpdateById, identity.Id, identity.Name, MessageJson.Write(identity.ReplyTo), MessageJson.Write(identity.Bcc),
            identity.TextSignature, identity.HtmlSignature, seq);

    /// <summary>Removes one.</summary>
    public static async ValueTask Delete(WriteScope scope, long id) => await scope.Execute(DeleteById, id);

    static Identity Map(Row row) => new()
    {
        Id = row.Long(0),
        Name = row.Text(1),
        Email = row.Text(2),
        ReplyTo = MessageJson.ReadAddresses(row.TextOrNull(3)),
        Bcc = MessageJson.ReadAddresses(row.TextOrNull(4)),
        TextSignature = row.Text(5),
        HtmlSignature = row.Text(6),
        MayDelete = row.Bool(7),
        CreatedSeq = new Sequence(row.Long(8)),
        ChangedSeq = new Sequence(row.Long(9)),
    };
}
