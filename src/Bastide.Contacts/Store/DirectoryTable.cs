using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Contacts.Store;

/// <summary>Which account is the organisation's directory.</summary>
static class DirectoryTable
{
    static readonly Sql Select = new("SELECT account_id FROM contact_directory WHERE id = 1");
    static readonly Sql Insert = new("INSERT INTO contact_directory (id, account_id) VALUES (1, $1) ON CONFLICT (id) DO NOTHING");
    static readonly Sql SelectPeopleWithout = new("""
        SELECT a.id FROM accounts a WHERE a.kind = 0 AND a.id > $2
        AND NOT EXISTS (SELECT 1 FROM grants g WHERE g.grantee_id = a.id AND g.account_id = $1 AND g.collection_type = '')
        ORDER BY a.id LIMIT $3
        """);

    /// <summary>The account, or null when there is none yet.</summary>
    public static async ValueTask<AccountId?> Account(ReadScope scope) => await scope.Long(Select) is { } id ? new AccountId(id) : null;

    /// <summary>Notes which account it is. False when another was noted meanwhile.</summary>
    public static async ValueTask<bool> Keep(WriteScope scope, AccountId account) => await scope.Execute(Insert, account) > 0;

    /// <summary>Some people, after an id, who may not read it.</summary>
    public static ValueTask<List<AccountId>> PeopleWithout(ReadScope scope, AccountId directory, AccountId after, int limit) =>
        scope.List(SelectPeopleWithout, row => new AccountId(row.Long(0)), directory, after, limit);
}
