using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Calendar.Store;

/// <summary>Who the account is in invitations.</summary>
static class IdentityTable
{
    /// <summary>What changed since.</summary>
    public static ItemTable Items { get; } = new(CalendarTypes.ParticipantIdentity, "participant_identities");

    static readonly Sql SelectAll = new("SELECT id, name, calendar_address, is_default, created_seq FROM participant_identities WHERE account_id = $1 ORDER BY id LIMIT 1000");
    static readonly Sql SelectAddresses = new("SELECT account_id, calendar_address FROM participant_identities WHERE account_id {any $1} LIMIT 20000");
    static readonly Sql Insert = new("INSERT INTO participant_identities (account_id, name, calendar_address, is_default, created_seq, changed_seq) VALUES ($1, $2, $3, $4, $5, $5) RETURNING id");
    static readonly Sql UpdateRow = new("UPDATE participant_identities SET name = $2, changed_seq = $3 WHERE id = $1");
    static readonly Sql UpdateDefault = new("UPDATE participant_identities SET is_default = (id = $2), changed_seq = $3 WHERE account_id = $1 AND (is_default = TRUE OR id = $2)");
    static readonly Sql DeleteById = new("DELETE FROM participant_identities WHERE id = $1");

    /// <summary>All of an account.</summary>
    public static async ValueTask<List<(ParticipantIdentity Identity, Sequence Created)>> All(ReadScope scope, AccountId account) =>
        await scope.List(SelectAll, row => (new ParticipantIdentity(row.Long(0), row.Text(1), row.Text(2), row.Bool(3)), new Sequence(row.Long(4))), account);

    /// <summary>The addresses of some accounts in invitations.</summary>
    public static ValueTask<List<(AccountId Account, string Address)>> AddressesOf(ReadScope scope, IReadOnlyCollection<AccountId> accounts) =>
        scope.List(SelectAddresses, row => (new AccountId(row.Long(0)), row.Text(1)), accounts.Select(account => account.Value).ToArray());

    /// <summary>Makes one.</summary>
    public static async ValueTask<long> Create(WriteScope scope, AccountId account, string name, string address, bool isDefault, Sequence seq) =>
        (await scope.Long(Insert, account, name, address, isDefault, seq))!.Value;

    /// <summary>Stores its name.</summary>
    public static async ValueTask Update(WriteScope scope, long id, string name, Sequence seq) => await scope.Execute(UpdateRow, id, name, seq);

    /// <summary>Makes it the default instead of the one that is.</summary>
    public static async ValueTask SetDefault(WriteScope scope, AccountId account, long id, Sequence seq) => await scope.Execute(UpdateDefault, account, id, seq);

    /// <summary>Removes one.</summary>
    public static async ValueTask Delete(WriteScope scope, long id) => await scope.Execute(DeleteById, id);
}
