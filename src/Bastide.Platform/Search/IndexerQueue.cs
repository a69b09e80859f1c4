using System.Diagnostics.CodeAnalysis;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Platform.Search;

/// <summary>Whose changes wait to be indexed: each account and type once, in the order they came.</summary>
sealed class IndexerQueue
{
    readonly Queue<(AccountId Account, DataType Type)> _order = new();
    readonly HashSet<(AccountId, DataType)> _held = [];
    readonly List<(AccountId Account, DataType Type, DateTimeOffset At)> _later = [];

    public bool IsEmpty => _order.Count == 0;

    public bool HasLater => _later.Count > 0;

    public void Add(AccountId account, DataType type)
    {
        if (_held.Add((account, type))) _order.Enqueue((account, type));
    }

    public void AddLater(AccountId account, DataType type, DateTimeOffset at) => _later.Add((account, type, at));

    public void AddDue(DateTimeOffset now)
    {
        foreach (var due in _later.Where(waiting => waiting.At <= now)) Add(due.Account, due.Type);
        _later.RemoveAll(waiting => waiting.At <= now);
    }

    public bool TryTake([MaybeNullWhen(false)] out AccountId account, [MaybeNullWhen(false)] out DataType type)
    {
        var taken = _order.TryDequeue(out var next);
        if (taken) _held.Remove(next);
        (account, type) = next;
        return taken;
    }
}
