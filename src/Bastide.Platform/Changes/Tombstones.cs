using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Platform.Changes;

/// <summary>What remains of destroyed items, so that a reader who comes back learns of it.</summary>
public static class Tombstones
{
    static readonly Sql Insert = new("""
        INSERT INTO tombstones (account_id, type, item_id, created_seq, destroyed_seq) VALUES ($1, $2, $3, $4, $5)
        """);

    /// <summary>
    /// Leaves tombstones in the transaction that destroys the items, with the number <see cref="WriteScope.Advance"/> gave.
    /// </summary>
    public static ValueTask Bury(WriteScope scope, AccountId account, DataType type, Sequence destroyed, IReadOnlyCollection<(long Id, Sequence Created)> items) =>
        scope.ExecuteMany(Insert, [.. items.Select(item => new object?[] { account, type, item.Id, item.Created, destroyed })]);
}
