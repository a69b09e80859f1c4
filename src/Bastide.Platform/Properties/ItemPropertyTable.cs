using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Platform.Properties;

/// <summary>
/// The properties that clients keep with items of any type. Who may, and that the item is there, is for its module to see to;
/// whatever destroys an item forgets its properties in the same transaction.
/// </summary>
public static class ItemPropertyTable
{
    /// <summary>The most properties an item may have.</summary>
    public const int Most = 200;

    static readonly Sql SelectOf = new("""
        SELECT item_id, name, value FROM item_properties WHERE account_id = $1 AND type = $2 AND item_id {any $3}
        ORDER BY item_id, name LIMIT 200000
        """);

    static readonly Sql Upsert = new("""
        INSERT INTO item_properties (account_id, type, item_id, name, value) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (account_id, type, item_id, name) DO UPDATE SET value = excluded.value
        """);

    static readonly Sql DeleteOne = new("DELETE FROM item_properties WHERE account_id = $1 AND type = $2 AND item_id = $3 AND name = $4");

    static readonly Sql DeleteOf = new("DELETE FROM item_properties WHERE account_id = $1 AND type = $2 AND item_id {any $3}");

    static readonly Sql CopyOf = new("""
        INSERT INTO item_properties (account_id, type, item_id, name, value)
        SELECT $4, $2, $5, name, value FROM item_properties WHERE account_id = $1 AND type = $2 AND item_id = $3
        """);

    /// <summary>The properties of these items, by item and name; a thousand items at most.</summary>
    public static ValueTask<List<ItemProperty>> Of(ReadScope scope, AccountId account, DataType type, IReadOnlyCollection<long> items) =>
        scope.List(SelectOf, row => new ItemProperty(row.Long(0), row.Text(1), row.Text(2)), account, type, items.ToArray());

    /// <summary>Sets properties of an item, and removes those whose value is null; false, and nothing is done, when it would have more than <see cref="Most"/>.</summary>
    public static async ValueTask<bool> Set(WriteScope scope, AccountId account, DataType type, long item, IReadOnlyDictionary<string, string?> properties)
    {
        var present = (await Of(scope, account, type, [item])).Select(property => property.Name).ToHashSet();
        foreach (var (name, value) in properties)
        {
            if (value is null) present.Remove(name);
            else present.Add(name);
        }

        if (present.Count > Most) return false;
        await scope.ExecuteMany(DeleteOne, [.. properties.Where(property => property.Value is null).Select(property => new object?[] { account, type, item, property.Key })]);
        await scope.ExecuteMany(Upsert, [.. properties.Where(property => property.Value is not null).Select(property => new object?[] { account, type, item, property.Key, property.Value })]);
        return true;
    }

    /// <summary>Gives copies of items the properties of the originals; the copies have none yet.</summary>
    public static ValueTask Copy(WriteScope scope, AccountId account, DataType type, AccountId to, IReadOnlyCollection<(long Original, long Copy)> items) =>
        scope.ExecuteMany(CopyOf, [.. items.Select(item => new object?[] { account, type, item.Original, to, item.Copy })]);

    /// <summary>Forgets the properties of items that go.</summary>
    public static async ValueTask Forget(WriteScope scope, AccountId account, DataType type, IReadOnlyCollection<long> items) =>
        await scope.Execute(DeleteOf, account, type, items.ToArray());
}
