using System.Text;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Store;

/// <summary>One <see cref="MailboxSet"/> inside its transaction.</summary>
sealed class MailboxSetRun(WriteScope scope, Caller caller, AccountId account, MailRights rights, MailTransaction transaction, DateTimeOffset now)
{
    readonly Dictionary<long, MailboxRow> _tree = transaction.Mailboxes.ToDictionary();
    readonly Dictionary<string, long> _made = [];
    readonly Dictionary<string, MailError> _notCreated = [];
    readonly Dictionary<long, MailError> _notUpdated = [];
    readonly Dictionary<long, MailError> _notDestroyed = [];
    bool _rolesChanged;

    public async ValueTask<SetOutcome<Mailbox, MailError>> Run(MailboxSet set)
    {
        var before = await AccountTable.State(scope, account, MailTypes.Mailbox);
        if (set.IfInState is { } expected && expected != before) return new SetOutcome<Mailbox, MailError>(before, before) { Refused = MailError.StateMismatch };
        await Create(set.Create);
        var updated = await Update(set.Update, set.Destroy);
        var destroyed = await Destroy(set);
        await transaction.Settle();
        if (_rolesChanged) await Recount();
        var subscribed = await MailboxTable.Subscribed(scope, account, caller.Person);
        var rows = (await MailboxTable.All(scope, account)).ToDictionary(row => row.Id);
        return new SetOutcome<Mailbox, MailError>(before, await AccountTable.State(scope, account, MailTypes.Mailbox))
        {
            Created = _made.Where(made => rows.ContainsKey(made.Value)).ToDictionary(made => made.Key, made => Mailboxes.Show(rows[made.Value], rows, rights, subscribed)),
            NotCreated = _notCreated,
            Updated = updated,
            NotUpdated = _notUpdated,
            Destroyed = destroyed,
            NotDestroyed = _notDestroyed,
        };
    }

    /// <summary>Why the mailbox cannot be destroyed, its messages apart; those in <paramref name="doomed"/> go as well.</summary>
    public MailError? CheckDestroy(long id, IReadOnlyCollection<long> doomed)
    {
        if (!_tree.TryGetValue(id, out var row) || rights.On(id) == Rights.None) return MailError.NotFound;
        if (!rights.May(Rights.Manage, id)) return MailError.Forbidden("You may not destroy this mailbox.");
        if (row.Role == MailboxRoles.Inbox) return MailError.Forbidden("The inbox is where mail arrives and cannot be destroyed.");
        return _tree.Values.Any(child => child.ParentId == id && !doomed.Contains(child.Id))
            ? new MailError(MailFailure.MailboxHasChild, "There are mailboxes below it: destroy or move them first.")
            : null;
    }

    /// <summary>Takes up to so many messages out of the mailbox; those that are nowhere else go. True while some are left.</summary>
    public async ValueTask<bool> RemoveMessages(long id, int limit)
    {
        var ids = await MailboxTable.Messages(scope, id, limit + 1);
        var rows = await MessageTable.Find(scope, account, [.. ids.Take(limit)]);
        await transaction.Leave(id, rows);
        return ids.Count > limit;
    }

    async ValueTask Create(IReadOnlyDictionary<string, MailboxCreate> create)
    {
        // A mailbox may be below another of the same set that comes later: go on while one can be made.
        var waiting = create.ToList();
        while (waiting.Count > 0)
        {
            var ready = waiting.FindAll(item => item.Value.ParentCreationId is not { } parent || !waiting.Exists(other => other.Key == parent));
            if (ready.Count == 0) break;
            foreach (var (name, item) in ready) await Create(name, item);
            waiting.RemoveAll(ready.Contains);
        }

        foreach (var (name, _) in waiting) _notCreated[name] = MailError.Invalid("parentId", "These mailboxes would be below one another.");
    }

    async ValueTask Create(string name, MailboxCreate item)
    {
        var parent = item.ParentId ?? 0;
        if (item.ParentCreationId is { } reference && !_made.TryGetValue(reference, out parent))
        {
            _notCreated[name] = MailError.Invalid("parentId", "The mailbox it is to be below was not made.");
            return;
        }

        var row = new MailboxRow
        {
            Id = 0,
            ParentId = parent,
            Name = Composed(item.Name),
            Role = item.Role,
            SortOrder = item.SortOrder,
            CreatedSeq = default,
        };
        if ((CheckMayPlace(parent) ?? Check(row) ?? CheckNumber()) is { } error)
        {
            _notCreated[name] = error;
            return;
        }

        var seq = await scope.Advance(account, MailTypes.Mailbox);
        var made = new MailboxRow
        {
            Id = 0,
            ParentId = row.ParentId,
            Name = row.Name,
            Role = row.Role,
            SortOrder = row.SortOrder,
            CreatedSeq = seq,
        };
        var id = await MailboxTable.Create(scope, account, made, now);
        await MailboxTable.Subscribe(scope, id, caller.Person, item.IsSubscribed ?? true);
        _tree[id] = new MailboxRow { Id = id, ParentId = made.ParentId, Name = made.Name, Role = made.Role, SortOrder = made.SortOrder, CreatedSeq = seq };
        _made[name] = id;
        _rolesChanged |= row.Role == MailboxRoles.Trash;
    }

    async ValueTask<List<long>> Update(IReadOnlyDictionary<long, MailboxUpdate> updates, IReadOnlyList<long> doomed)
    {
        var updated = new List<long>();
        // A role that one mailbox gives up may be taken by another of the same set.
        foreach (var (id, update) in updates.OrderBy(u => u.Value.Role is { IsGiven: true, Value: null } ? 0 : 1))
        {
            var error = doomed.Contains(id) ? new MailError(MailFailure.WillDestroy, "It is destroyed in the same set.") : await Update(id, update);
            if (error is null) updated.Add(id);
            else _notUpdated[id] = error;
        }

        return updated;
    }

    async ValueTask<MailError?> Update(long id, MailboxUpdate update)
    {
        if (!_tree.TryGetValue(id, out var row) || rights.On(id) == Rights.None) return MailError.NotFound;
        var made = 0L;
        if (update.ParentCreationId is { } reference && !_made.TryGetValue(reference, out made)) return MailError.Invalid("parentId", "The mailbox it is to be below was not made.");
        var (parent, name, role, order) = (row.ParentId, row.Name, row.Role, row.SortOrder);
        row.ParentId = made != 0 ? made : update.ParentId.IsGiven ? update.ParentId.Value ?? 0 : parent;
        row.Name = update.Name is null ? name : Composed(update.Name);
        row.Role = update.Role.Or(role);
        row.SortOrder = update.SortOrder ?? order;
        var isChanged = row.ParentId != parent || row.Name != name || row.Role != role || row.SortOrder != order;
        if (isChanged && (CheckMayChange(row, parent, role) ?? Check(row)) is { } error)
        {
            (row.ParentId, row.Name, row.Role, row.SortOrder) = (parent, name, role, order);
            return error;
        }

        if (!isChanged && update.IsSubscribed is null) return null;
        var seq = await scope.Advance(account, MailTypes.Mailbox);
        if (update.IsSubscribed is { } subscribed) await MailboxTable.Subscribe(scope, id, caller.Person, subscribed);
        await MailboxTable.Update(scope, row, seq);
        _rolesChanged |= role != row.Role && (role == MailboxRoles.Trash || row.Role == MailboxRoles.Trash);
        return null;
    }

    async ValueTask<List<long>> Destroy(MailboxSet set)
    {
        var destroyed = new List<long>();
        var doomed = set.Destroy.ToHashSet();
        foreach (var id in doomed.OrderByDescending(Depth))
        {
            var error = CheckDestroy(id, destroyed);
            if (error is null && set.OnDestroyRemoveEmails) await RemoveMessages(id, int.MaxValue - 1);
            else if (error is null && await MailboxTable.HoldsAny(scope, id))
                error = new MailError(MailFailure.MailboxHasEmail, "It holds messages: move them, or ask to remove them with it.");
            if (error is not null)
            {
                _notDestroyed[id] = error;
                continue;
            }

            var row = _tree[id];
            var seq = await scope.Advance(account, MailTypes.Mailbox);
            _rolesChanged |= row.Role == MailboxRoles.Trash;
            _tree.Remove(id);
            destroyed.Add(id);
            await Tombstones.Bury(scope, account, MailTypes.Mailbox, seq, [(id, row.CreatedSeq)]);
            await Access.Forget(scope, account, new CollectionRef(MailTypes.Mailbox, id));
            await AnnotationTable.Delete(scope, account, id);
            await MailboxTable.Delete(scope, id);
        }

        return destroyed;
    }

    MailError? CheckMayPlace(long parent)
    {
        if (parent == 0) return rights.Whole.HasFlag(Rights.Manage) ? null : MailError.Forbidden("You may not make mailboxes here.");
        if (!_tree.ContainsKey(parent) || rights.On(parent) == Rights.None) return MailError.Invalid("parentId", "There is no such mailbox to be below.");
        return rights.May(Rights.Manage, parent) ? null : MailError.Forbidden("You may not make mailboxes below that one.");
    }

    MailError? CheckMayChange(MailboxRow row, long parentBefore, string? roleBefore)
    {
        if (roleBefore == MailboxRoles.Inbox && row.Role != roleBefore) return MailError.Forbidden("The inbox is where mail arrives and stays the inbox.");
        if (!rights.May(Rights.Manage, row.Id)) return MailError.Forbidden("You may not change this mailbox.");
        return row.ParentId == parentBefore ? null : CheckMayPlace(row.ParentId);
    }

    MailError? CheckNumber() => _tree.Count < Mailboxes.Most
        ? null
        : new MailError(MailFailure.TooManyItems, $"An account may have {Mailboxes.Most} mailboxes at most.");

    MailError? Check(MailboxRow row)
    {
        if (row.Name.Length == 0 || row.Name.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029') || !IsWellFormed(row.Name) || row.Name.AsSpan().Trim().Length != row.Name.Length)
            return MailError.Invalid("name", "A name has at least one character, no control characters, and no space around it.");
        if (Encoding.UTF8.GetByteCount(row.Name) > Mailboxes.MaxNameOctets) return MailError.Invalid("name", $"A name may have {Mailboxes.MaxNameOctets} octets at most.");
        if (row.Role is not null && !MailboxRoles.IsKnown(row.Role)) return MailError.Invalid("role", "There is no such role.");
        if (row.SortOrder is < 0 or >= 1L << 31) return MailError.Invalid("sortOrder", "It is a number from 0 to 2147483647.");
        var siblings = _tree.Values.Where(other => other.Id != row.Id || row.Id == 0).ToList();
        if (siblings.Exists(other => other.ParentId == row.ParentId && other.Name == row.Name)) return MailError.Invalid("name", "There is a mailbox of this name in the same place.");
        if (row.Role is not null && siblings.Exists(other => other.Role == row.Role)) return MailError.Invalid("role", "Another mailbox has this role.");
        return CheckTree(row);
    }

    MailError? CheckTree(MailboxRow row)
    {
        var depth = 1;
        for (var above = row.ParentId; above != 0; above = _tree.TryGetValue(above, out var parent) ? parent.ParentId : 0)
        {
            if (above == row.Id) return MailError.Invalid("parentId", "A mailbox cannot be below itself.");
            if (++depth > Mailboxes.MaxDepth) break;
        }

        return depth + (row.Id == 0 ? 0 : Height(row.Id)) > Mailboxes.MaxDepth
            ? MailError.Invalid("parentId", $"Mailboxes may be nested {Mailboxes.MaxDepth} deep at most.")
            : null;
    }

    static bool IsWellFormed(string text) => !text.EnumerateRunes().Contains(Rune.ReplacementChar) || text.Contains('\uFFFD');

    static string Composed(string name) => IsWellFormed(name) ? name.Normalize(NormalizationForm.FormC) : name;

    int Height(long id)
    {
        var level = new HashSet<long> { id };
        var height = -1;
        while (level.Count > 0 && height <= Mailboxes.MaxDepth)
        {
            height++;
            level = [.. _tree.Values.Where(row => row.ParentId != 0 && level.Contains(row.ParentId)).Select(row => row.Id)];
        }

        return height;
    }

    int Depth(long id)
    {
        var depth = 0;
        for (var above = id; above != 0 && depth <= Mailboxes.MaxDepth; depth++) above = _tree.TryGetValue(above, out var row) ? row.ParentId : 0;
        return depth;
    }

    /// <summary>Another trash: what is unread where has to be reckoned afresh.</summary>
    async ValueTask Recount()
    {
        var seq = await scope.Advance(account, MailTypes.Mailbox);
        var stored = (await MailboxTable.All(scope, account)).ToDictionary(row => row.Id, row => row.Counts);
        var counts = await MailboxTable.Count(scope, account);
        await MailboxTable.SetCounts(scope, counts.Where(c => stored.TryGetValue(c.Key, out var before) && before != c.Value).Select(c => (c.Key, c.Value)), seq);
    }
}
