using Bastide.Calendar.Links;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Calendar.Store;

/// <summary>The links to published calendars.</summary>
static class LinkTable
{
    const string Columns = "l.id, l.account_id, l.calendar_id, l.token_sealed, l.detail, l.name, l.created_at";

    static readonly Sql SelectOfAccount = new($"SELECT {Columns} FROM calendar_links l WHERE l.account_id = $1 ORDER BY l.id LIMIT 1000");
    static readonly Sql SelectByToken = new($"SELECT {Columns} FROM calendar_links l JOIN accounts a ON a.id = l.account_id WHERE l.token_hash = $1 AND a.disabled = FALSE");
    static readonly Sql Insert = new("INSERT INTO calendar_links (account_id, calendar_id, token_hash, token_sealed, detail, name, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id");
    static readonly Sql DeleteById = new("DELETE FROM calendar_links WHERE id = $1");

    /// <summary>Those of an account.</summary>
    public static ValueTask<List<LinkRow>> Of(ReadScope scope, AccountId account) => scope.List(SelectOfAccount, Map, account);

    /// <summary>The link of a token, by the SHA-256 of that; null where there is none, or its account is disabled.</summary>
    public static ValueTask<LinkRow?> Find(ReadScope scope, byte[] tokenHash) => scope.First(SelectByToken, Map, tokenHash);

    /// <summary>Makes one.</summary>
    public static async ValueTask<long> Create(WriteScope scope, LinkRow row, byte[] tokenHash) =>
        (await scope.Long(Insert, row.Account, row.CalendarId, tokenHash, row.Sealed, row.Detail, row.Name, row.CreatedAt))!.Value;

    /// <summary>Revokes one.</summary>
    public static async ValueTask Delete(WriteScope scope, long id) => await scope.Execute(DeleteById, id);

    static LinkRow Map(Row row) => new(row.Long(0), new AccountId(row.Long(1)), row.Long(2), row.Text(3), (LinkDetail)row.Long(4), row.TextOrNull(5), row.Time(6));
}
