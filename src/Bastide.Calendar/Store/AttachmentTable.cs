using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;

namespace Bastide.Calendar.Store;

/// <summary>The addresses of what is attached.</summary>
static class AttachmentTable
{
    const string Columns = "t.token_hash, t.account_id, t.blob_id, t.type, t.size";
    const string IsHeld = "EXISTS (SELECT 1 FROM calendar_event_blobs b JOIN calendar_objects o ON o.id = b.object_id WHERE b.blob_id = t.blob_id AND o.account_id = t.account_id)";

    static readonly Sql Insert = new("INSERT INTO calendar_attachments (token_hash, account_id, blob_id, type, size) VALUES ($1, $2, $3, $4, $5)");
    static readonly Sql SelectByToken = new($"SELECT {Columns} FROM calendar_attachments t WHERE t.token_hash = $1");
    static readonly Sql SelectServed = new($"SELECT {Columns} FROM calendar_attachments t JOIN accounts a ON a.id = t.account_id WHERE t.token_hash = $1 AND a.disabled = FALSE AND {IsHeld}");
    static readonly Sql SelectAny = new("SELECT 1 FROM calendar_attachments WHERE blob_id = $1 LIMIT 1");
    static readonly Sql SelectPage = new($"SELECT t.token_hash, t.orphaned_at, {IsHeld} FROM calendar_attachments t WHERE t.token_hash > $1 ORDER BY t.token_hash LIMIT $2");
    static readonly Sql UpdateOrphaned = new("UPDATE calendar_attachments SET orphaned_at = $2 WHERE token_hash = $1");
    static readonly Sql DeleteOrphan = new($"DELETE FROM calendar_attachments AS t WHERE t.token_hash = $1 AND NOT {IsHeld}");

    /// <summary>Makes an address.</summary>
    public static async ValueTask Create(WriteScope scope, AttachmentRow row) => await scope.Execute(Insert, row.TokenHash, row.Account, row.Blob, row.Type, row.Size);

    /// <summary>What a token is of, whether an event still refers to it or not; null for none.</summary>
    public static ValueTask<AttachmentRow?> Find(ReadScope scope, byte[] tokenHash) => scope.First(SelectByToken, Map, tokenHash);

    /// <summary>What is to be served for a token; null where no event of its account refers to it, or that is disabled.</summary>
    public static ValueTask<AttachmentRow?> Served(ReadScope scope, byte[] tokenHash) => scope.First(SelectServed, Map, tokenHash);

    /// <summary>Whether a blob has an address.</summary>
    public static ValueTask<bool> IsReferenced(ReadScope scope, BlobId blob) => scope.Any(SelectAny, blob);

    /// <summary>A page of all addresses behind one: since when nothing refers to them, as was last seen, and whether something does.</summary>
    public static ValueTask<List<(byte[] TokenHash, DateTimeOffset? OrphanedAt, bool IsHeld)>> Page(ReadScope scope, byte[] after, int limit) =>
        scope.List(SelectPage, row => (row.Bytes(0), row.TimeOrNull(1), row.Bool(2)), after, limit);

    /// <summary>Notes since when nothing refers to it; null for something does.</summary>
    public static async ValueTask SetOrphaned(WriteScope scope, byte[] tokenHash, DateTimeOffset? at) => await scope.Execute(UpdateOrphaned, tokenHash, at);

    /// <summary>Forgets an address that nothing refers to.</summary>
    public static async ValueTask DeleteOrphaned(WriteScope scope, byte[] tokenHash) => await scope.Execute(DeleteOrphan, tokenHash);

    static AttachmentRow Map(Row row) => new(row.Bytes(0), new AccountId(row.Long(1)), new BlobId(row.Bytes(2)), row.Text(3), row.Long(4));
}
