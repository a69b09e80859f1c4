using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Identity.Store;

/// <summary>Who administers which domain; a row without one is all of them.</summary>
static class AdministratorTable
{
    static readonly Sql Insert = new("INSERT INTO administrators (account_id, domain) VALUES ($1, $2)");

    static readonly Sql Select = new("SELECT domain FROM administrators WHERE account_id = $1 LIMIT 10000");

    static readonly Sql DeleteOne = new("DELETE FROM administrators WHERE account_id = $1 AND COALESCE(domain, '') = $2");

    static readonly Sql SelectOtherOfAll = new("""
        SELECT 1 FROM administrators m {sqlite:CROSS} JOIN accounts a ON a.id = m.account_id
        WHERE m.domain IS NULL AND m.account_id <> $1 AND a.disabled = FALSE LIMIT 1
        """);

    public static async ValueTask Add(WriteScope scope, AccountId account, string? domain)
    {
        await Remove(scope, account, domain);
        await scope.Execute(Insert, account, domain);
    }

    /// <summary>Takes the rights on the domain (null: on everything) away; false when they were not given.</summary>
    public static async ValueTask<bool> Remove(WriteScope scope, AccountId account, string? domain) =>
        await scope.Execute(DeleteOne, account, domain ?? "") == 1;

    /// <summary>What the person administers: null among them is everything; empty is nothing.</summary>
    public static ValueTask<List<string?>> Of(ReadScope scope, AccountId account) => scope.List(Select, row => row.TextOrNull(0), account);

    /// <summary>Whether somebody else administers everything and may sign in.</summary>
    public static ValueTask<bool> IsThereAnother(ReadScope scope, AccountId account) => scope.Any(SelectOtherOfAll, account);
}
