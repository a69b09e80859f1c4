using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Platform.Db;

/// <summary>
/// A transaction. Everything in it commits together or not at all; what a caller hears comes after the commit.
/// The function it is given to may run more than once (PostgreSQL retries after a deadlock), so it touches nothing
/// but the scope; what must happen once goes to <see cref="AfterCommit"/>.
/// </summary>
public sealed class WriteScope : ReadScope
{
    static readonly Sql AdvanceAccount = new("UPDATE accounts SET seq = seq + 1 WHERE id = $1 RETURNING seq");

    static readonly Sql AdvanceType = new("""
        INSERT INTO account_states (account_id, type, seq) VALUES ($1, $2, $3)
        ON CONFLICT (account_id, type) DO UPDATE SET seq = excluded.seq
        """);

    readonly Dictionary<AccountId, (Sequence Seq, HashSet<DataType> Types)> _advanced = [];
    readonly List<Action> _afterCommit = [];

    internal WriteScope(PooledConnection connection, CancellationToken cancellation) : base(connection, cancellation)
    {
    }

    /// <summary>Runs a statement; answers the number of rows it touched.</summary>
    public ValueTask<int> Execute(Sql sql, params object?[] args) => ExecuteCore(sql, args);

    /// <summary>Runs a statement once for each row of arguments, in one round trip where the engine can.</summary>
    public ValueTask ExecuteMany(Sql sql, IReadOnlyList<object?[]> rows) =>
        rows.Count == 0 ? ValueTask.CompletedTask : ExecuteManyCore(sql, rows);

    /// <summary>
    /// Moves the account's change sequence for these types and answers the number that this transaction's changes to
    /// the account carry as <c>created_seq</c> and <c>changed_seq</c>: one number per account and transaction. The
    /// account's row stays locked until the commit, so numbers commit in their order and none is skipped.
    /// Throws <see cref="InvalidOperationException"/> when there is no such account.
    /// </summary>
    public async ValueTask<Sequence> Advance(AccountId account, params DataType[] types)
    {
        if (!_advanced.TryGetValue(account, out var advanced))
        {
            var seq = await Long(AdvanceAccount, account)
                ?? throw new InvalidOperationException($"There is no account {account} to change.");
            advanced = (new Sequence(seq), []);
            _advanced[account] = advanced;
        }

        foreach (var type in types)
            if (advanced.Types.Add(type))
                await Execute(AdvanceType, account, type, advanced.Seq);
        return advanced.Seq;
    }

    /// <summary>Runs once, after the commit, in the order of the calls. It must be short and must not throw.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>What this transaction moved.</summary>
    internal IEnumerable<AccountChanged> Changes => _advanced.Select(a => new AccountChanged(a.Key, [.. a.Value.Types], a.Value.Seq));

    internal void Committed(ChangeFeed feed)
    {
        foreach (var change in Changes) feed.Publish(change);
        foreach (var action in _afterCommit) action();
    }
}
