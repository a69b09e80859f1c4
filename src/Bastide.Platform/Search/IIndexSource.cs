using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Platform.Search;

/// <summary>What a module answers so that its items can be found. <see cref="Indexer"/> asks after each change.</summary>
public interface IIndexSource
{
    /// <summary>The type of its items.</summary>
    DataType Type { get; }

    /// <summary>
    /// What changed since, as <see cref="ItemTable.Since"/> tells it. Updates that do not touch what an item is found by
    /// may be left out. Null when more than <paramref name="limit"/> changes share one number; it is then asked again
    /// with a larger limit.
    /// </summary>
    ValueTask<ItemChanges?> Changed(AccountId account, Sequence since, int limit, CancellationToken cancellation);

    /// <summary>The documents of these items, at most a few hundred; those that no longer exist are left out.</summary>
    ValueTask<IReadOnlyList<SearchDocument>> Load(AccountId account, IReadOnlyList<long> ids, CancellationToken cancellation);
}
