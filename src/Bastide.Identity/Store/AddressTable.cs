using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Identity.Store;

/// <summary>Which account an address belongs to.</summary>
static class AddressTable
{
    const string Entry = """
        SELECT a.id, a.kind, a.name, a.disabled, d.address, d.is_primary, r.is_room, r.is_asked, r.capacity, r.place
        FROM accounts a JOIN addresses d ON d.account_id = a.id LEFT JOIN team_resources r ON r.team_id = a.id
        """;

    static readonly Sql Insert = new("""
        INSERT INTO addresses (address, account_id, domain, is_primary, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (address) DO NOTHING
        """);

    static readonly Sql SelectOwner = new("SELECT account_id, is_primary FROM addresses WHERE address = $1");

    static readonly Sql SelectPrimary = new("SELECT address FROM addresses WHERE account_id = $1 AND is_primary = TRUE");

    static readonly Sql SelectByAddress = new(Entry + " WHERE a.id = (SELECT account_id FROM addresses WHERE address = $1) ORDER BY d.address LIMIT 1000");

    static readonly Sql SelectByAccount = new(Entry + " WHERE a.id = $1 ORDER BY d.address LIMIT 1000");

    static readonly Sql SelectByAccounts = new(Entry + " WHERE a.id {any $1} ORDER BY a.id, d.address LIMIT 100000");

    static readonly Sql SelectBeginning = new("""
        SELECT DISTINCT a.id, a.name FROM accounts a JOIN addresses d ON d.account_id = a.id
        WHERE a.disabled = FALSE AND a.kind < 2 AND (a.name {like} $1 ESCAPE '\' OR a.name {like} $2 ESCAPE '\' OR d.address {like} $1 ESCAPE '\')
        ORDER BY a.name, a.id LIMIT $3
        """);

    const string AliasesAndOwners = """
        SELECT d.address, p.address, a.kind
        FROM addresses d JOIN addresses p ON p.account_id = d.account_id AND p.is_primary = TRUE JOIN accounts a ON a.id = d.account_id
        WHERE d.is_primary = FALSE AND d.address > $1
        """;

    static readonly Sql SelectAliases = new(AliasesAndOwners + " ORDER BY d.address LIMIT $2");

    static readonly Sql SelectAliasesOfDomains = new(AliasesAndOwners + " AND p.domain {any $3} ORDER BY d.address LIMIT $2");

    static readonly Sql DeleteAlias = new("DELETE FROM addresses WHERE address = $1 AND is_primary = FALSE");

    /// <summary>Gives an address to an account; false when somebody has it.</summary>
    public static async ValueTask<bool> Add(WriteScope scope, Address address, AccountId account, bool isPrimary, DateTimeOffset now) =>
        await scope.Execute(Insert, address.ToString(), account, address.Domain, isPrimary, now) == 1;

    /// <summary>Whose address it is exactly, and whether it is their primary one.</summary>
    public static async ValueTask<(AccountId Account, bool IsPrimary)?> Owner(ReadScope scope, Address address) =>
        await scope.First(SelectOwner, row => ((AccountId, bool)?)(new AccountId(row.Long(0)), row.Bool(1)), address.ToString());

    public static ValueTask<string?> Primary(ReadScope scope, AccountId account) => scope.First(SelectPrimary, row => row.Text(0), account);

    /// <summary>The entry behind an address, or null.</summary>
    public static async ValueTask<DirectoryEntry?> Find(ReadScope scope, Address address) =>
        Gather(await scope.List(SelectByAddress, Map, address.ToString())).FirstOrDefault();

    public static async ValueTask<DirectoryEntry?> Find(ReadScope scope, AccountId account) =>
        Gather(await scope.List(SelectByAccount, Map, account)).FirstOrDefault();

    public static async ValueTask<List<DirectoryEntry>> Find(ReadScope scope, IReadOnlyCollection<AccountId> accounts) =>
        accounts.Count == 0 ? [] : Gather(await scope.List(SelectByAccounts, Map, accounts.Select(a => a.Value).ToArray()));

    /// <summary>Accounts whose name, a word of it, or an address begins with the text.</summary>
    public static ValueTask<List<AccountId>> Beginning(ReadScope scope, string text, int limit)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        return scope.List(SelectBeginning, row => new AccountId(row.Long(0)), escaped + "%", "% " + escaped + "%", limit);
    }

    /// <summary>A page of aliases with whose they are; of accounts of these domains, or of all when they are null.</summary>
    public static ValueTask<List<(string Alias, string Address, AccountKind Kind)>> Aliases(ReadScope scope, string[]? domains, string after, int limit)
    {
        static (string, string, AccountKind) Read(Row row) => (row.Text(0), row.Text(1), (AccountKind)row.Int(2));
        return domains is null ? scope.List(SelectAliases, Read, after, limit) : scope.List(SelectAliasesOfDomains, Read, after, limit, domains);
    }

    /// <summary>Takes an alias away; false when there is no such alias.</summary>
    public static async ValueTask<bool> RemoveAlias(WriteScope scope, Address address) => await scope.Execute(DeleteAlias, address.ToString()) == 1;

    static AddressRow Map(Row row) =>
        new(new AccountId(row.Long(0)), (AccountKind)row.Int(1), row.Text(2), row.Bool(3), row.Text(4), row.Bool(5), row.IsNull(6) ? null : new TeamResource(row.Bool(6), row.Bool(7), (int?)row.LongOrNull(8), row.TextOrNull(9)));

    static List<DirectoryEntry> Gather(List<AddressRow> rows) =>
    [
        .. rows.GroupBy(row => row.Account).Select(group => new DirectoryEntry(
            group.Key,
            group.First().Kind,
            group.First().Name,
            group.FirstOrDefault(row => row.IsPrimary)?.Address ?? group.First().Address,
            [.. group.Where(row => !row.IsPrimary).Select(row => row.Address)],
            group.First().IsDisabled)
        {
            Resource = group.First().Resource,
        }),
    ];

    sealed record AddressRow(AccountId Account, AccountKind Kind, string Name, bool IsDisabled, string Address, bool IsPrimary, TeamResource? Resource);
}
