using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Mail.Store;

/// <summary>
/// The work of one transaction on the mail of one account. It holds the account's row from the beginning, so that nobody
/// else changes this account meanwhile; <see cref="Settle"/> writes what follows from the changes: counts, next UIDs,
/// threads, usage and the change sequence. Who may do what was asked before.
/// </summary>
sealed class MailTransaction
{
    static readonly Sql LockAccount = new("SELECT seq FROM accounts WHERE id = $1 {lock}");

    readonly WriteScope _scope;
    readonly AccountId _account;
    readonly DateTimeOffset _now;
    readonly Dictionary<long, MailboxRow> _mailboxes;
    readonly CountLedger _ledger;
    readonly HashSet<MailboxRow> _touchedMailboxes = [];
    readonly HashSet<long> _touchedThreads = [];
    readonly List<(long Id, Sequence Created)> _buried = [];
    readonly Dictionary<(long Message, long Mailbox), long> _placed = [];
    long _octets;
    long _items;
    bool _threadsChanged;

    MailTransaction(WriteScope scope, AccountId account, DateTimeOffset now, List<MailboxRow> mailboxes)
    {
        _scope = scope;
        _account = account;
        _now = now;
        _mailboxes = mailboxes.ToDictionary(mailbox => mailbox.Id);
        _ledger = new CountLedger(mailboxes.Find(mailbox => mailbox.Role == MailboxRoles.Trash)?.Id ?? 0);
    }

    /// <summary>The mailboxes of the account.</summary>
    public IReadOnlyDictionary<long, MailboxRow> Mailboxes => _mailboxes;

    /// <summary>The UIDs that messages were given in the mailboxes they came into.</summary>
    public IReadOnlyDictionary<(long Message, long Mailbox), long> Placed => _placed;

    /// <summary>Begins; throws <see cref="InvalidOperationException"/> when there is no such account.</summary>
    public static async ValueTask<MailTransaction> Begin(WriteScope scope, AccountId account, DateTimeOffset now)
    {
        if (await scope.Long(LockAccount, account) is null) throw new InvalidOperationException($"There is no account {account} to keep mail for.");
        return new MailTransaction(scope, account, now, await MailboxTable.All(scope, account));
    }

    /// <summary>Stores new messages in their threads and mailboxes.</summary>
    public async ValueTask<List<NewEmail>> Add(IReadOnlyList<IngestItem> items)
    {
        if (items.Count == 0) return [];
        var seq = await _scope.Advance(_account, MailTypes.Email);
        var keys = items.Select(item => ThreadKeys.Of(item.Message.Header)).ToList();
        var threads = await Threads(keys, seq);
        var made = new List<NewEmail>(items.Count);
        var places = new List<(long, DateTimeOffset, long, long, MessageFlags, long)>();
        var keywords = new List<(long, string)>();
        for (var i = 0; i < items.Count; i++)
        {
            var (item, thread) = (items[i], threads[i]);
            var (flags, others) = Keywords.Split(item.Keywords);
            var id = await MessageTable.Create(_scope, _account, thread, item, flags, seq);
            var mailboxes = item.MailboxIds.Distinct().ToList();
            _ledger.Put(thread, id, mailboxes, flags);
            places.AddRange(mailboxes.Select(mailbox => (mailbox, item.ReceivedAt, id, thread, flags, Place(id, mailbox))));
            keywords.AddRange(others.Select(keyword => (id, keyword)));
            made.Add(new NewEmail(id, item.Message.Blob.Id, thread, item.Message.Blob.Size));
            _octets += item.Message.Blob.Size;
        }

        _items += items.Count;
        await ContentTable.Create(_scope, made.Zip(items, (email, item) => (email.Id, item.Message)));
        await MessageTable.AddToMailboxes(_scope, places, seq, _now);
        await MessageTable.AddKeywords(_scope, keywords);
        await MessageTable.AddParts(_scope, _account, made.Zip(items, (email, item) => PartsOf(email.Id, item.Message)).SelectMany(parts => parts));
        return made;
    }

    /// <summary>Gives a message other mailboxes and keywords. Nothing happens to what stays as it is.</summary>
    public async ValueTask Change(IReadOnlyList<(MessageRow Message, IReadOnlySet<long> Mailboxes, IReadOnlySet<string> Keywords)> changes)
    {
        await _ledger.Load(_scope, changes.Select(change => change.Message.ThreadId));
        var flagged = new List<(long, MessageFlags, bool)>();
        var cleared = new List<long>();
        var keywords = new List<(long, string)>();
        var gone = new List<(long, long)>();
        var places = new List<(long, DateTimeOffset, long, long, MessageFlags, long)>();
        foreach (var (message, mailboxes, wanted) in changes)
        {
            var (flags, others) = Keywords.Split(wanted);
            var keywordsChanged = flags != message.Flags || !others.ToHashSet().SetEquals(message.OtherKeywords);
            if (!keywordsChanged && mailboxes.SetEquals(message.Mailboxes)) continue;
            flagged.Add((message.Id, flags, keywordsChanged));
            if (keywordsChanged)
            {
                foreach (var mailbox in message.Mailboxes) Touch(mailbox);
                if (message.OtherKeywords.Count > 0) cleared.Add(message.Id);
                keywords.AddRange(others.Select(keyword => (message.Id, keyword)));
            }

            foreach (var mailbox in message.Mailboxes.Where(mailbox => !mailboxes.Contains(mailbox)))
            {
                Touch(mailbox);
                gone.Add((mailbox, message.Id));
            }

            places.AddRange(mailboxes.Except(message.Mailboxes).Select(mailbox =>
                (mailbox, message.ReceivedAt, message.Id, message.ThreadId, flags, Place(message.Id, mailbox))));
            _ledger.Put(message.ThreadId, message.Id, mailboxes, flags);
        }

        if (flagged.Count == 0) return;
        var seq = await _scope.Advance(_account, MailTypes.Email);
        await PlaceTable.Expunge(_scope, gone, seq);
        await MessageTable.RemoveFromMailboxes(_scope, gone);
        await MessageTable.SetFlags(_scope, flagged, seq);
        await MessageTable.AddToMailboxes(_scope, places, seq, _now);
        await MessageTable.ClearKeywords(_scope, [.. cleared]);
        await MessageTable.AddKeywords(_scope, keywords);
    }

    /// <summary>Takes messages out of a mailbox; those that are nowhere else are destroyed.</summary>
    public async ValueTask Leave(long mailbox, IReadOnlyCollection<MessageRow> messages)
    {
        await Change([.. messages.Where(message => message.Mailboxes.Count > 1).Select(message =>
            (message, (IReadOnlySet<long>)message.Mailboxes.Where(other => other != mailbox).ToHashSet(), (IReadOnlySet<string>)message.Keywords.ToHashSet()))]);
        await Destroy([.. messages.Where(message => message.Mailboxes.Count <= 1)]);
    }

    /// <summary>Destroys messages.</summary>
    public async ValueTask Destroy(IReadOnlyCollection<MessageRow> messages)
    {
        if (messages.Count == 0) return;
        var seq = await _scope.Advance(_account, MailTypes.Email);
        await _ledger.Load(_scope, messages.Select(message => message.ThreadId));
        foreach (var message in messages)
        {
            foreach (var mailbox in message.Mailboxes) Touch(mailbox);
            _ledger.Remove(message.ThreadId, message.Id);
            _touchedThreads.Add(message.ThreadId);
            _buried.Add((message.Id, message.CreatedSeq));
            _octets -= message.Size;
        }

        _items -= messages.Count;
        long[] ids = [.. messages.Select(message => message.Id)];
        await PlaceTable.ExpungeAll(_scope, ids, seq);
        await MessageTable.Delete(_scope, ids);
    }

    /// <summary>Marks places in a mailbox as deleted, or not (IMAP <c>\Deleted</c>). Nothing happens to those that are so already.</summary>
    public async ValueTask MarkDeleted(long mailbox, long[] uids, bool deleted)
    {
        if (uids.Length == 0) return;
        var seq = await _scope.Advance(_account, MailTypes.Email);
        if (await PlaceTable.MarkDeleted(_scope, mailbox, uids, deleted, seq) > 0) Touch(mailbox);
    }

    /// <summary>Writes what follows from the changes. The last thing before the commit.</summary>
    public async ValueTask Settle()
    {
        var counts = _ledger.Differences();
        if (_touchedMailboxes.Count == 0 && counts.Count == 0 && _buried.Count == 0 && _touchedThreads.Count == 0) return;
        var seq = await _scope.Advance(_account, MailTypes.Email);
        await Tombstones.Bury(_scope, _account, MailTypes.Email, seq, _buried);
        await SettleThreads(seq);
        foreach (var mailbox in counts.Keys) Touch(mailbox);
        await MailboxTable.Add(_scope, _touchedMailboxes.Select(mailbox => (mailbox, counts.GetValueOrDefault(mailbox.Id))), seq);
        if (counts.Count > 0) await _scope.Advance(_account, MailTypes.Mailbox);
        if (_octets != 0 || _items != 0) await AccountTable.Use(_scope, _account, MailTypes.Email, _octets, _items);
    }

    async ValueTask SettleThreads(Sequence seq)
    {
        long[] empty = [.. _touchedThreads.Where(thread => _ledger.MessagesOf(thread).Count == 0)];
        await ThreadTable.Delete(_scope, _account, empty, seq);
        await ThreadTable.Touch(_scope, [.. _touchedThreads.Except(empty)], seq);
        if (_threadsChanged || _touchedThreads.Count > 0) await _scope.Advance(_account, MailTypes.Thread);
    }

    /// <summary>The thread of each message, made or joined with another where that is needed.</summary>
    async ValueTask<List<long>> Threads(List<List<long>> keys, Sequence seq)
    {
        var known = await ThreadTable.OfKeys(_scope, _account, [.. keys.SelectMany(k => k).Distinct()]);
        await _ledger.Load(_scope, known.Values);
        var groups = new ThreadGroups(known, thread => _ledger.MessagesOf(thread).Count);
        var joined = keys.ConvertAll(groups.Join);
        var threads = new Dictionary<ThreadGroups.Group, long>();
        foreach (var group in joined.Select(group => group.Root).Distinct()) threads[group] = await ThreadOf(group, seq);
        var chosen = joined.ConvertAll(group => threads[group.Root]);
        var leads = new Dictionary<long, long>();
        for (var i = 0; i < keys.Count; i++)
            foreach (var key in keys[i])
                if (!known.TryGetValue(key, out var thread) || thread != chosen[i])
                    leads[key] = chosen[i];
        await ThreadTable.PutKeys(_scope, _account, leads.Select(lead => (lead.Key, lead.Value)));
        return chosen;
    }

    async ValueTask<long> ThreadOf(ThreadGroups.Group group, Sequence seq)
    {
        _threadsChanged = true;
        if (group.Threads.Count == 0)
        {
            var made = await ThreadTable.Create(_scope, _account, seq);
            _ledger.Begin(made);
            return made;
        }

        // A thread's id never changes for a message, so those of the smaller threads are made anew (RFC 8621 §3).
        var kept = group.Threads.OrderByDescending(thread => _ledger.MessagesOf(thread).Count).ThenBy(thread => thread).First();
        _touchedThreads.Add(kept);
        foreach (var other in group.Threads.Where(thread => thread != kept)) await Merge(other, kept, seq);
        return kept;
    }

    async ValueTask Merge(long from, long into, Sequence seq)
    {
        long[] moving = [.. _ledger.MessagesOf(from).Order()];
        foreach (var message in await MessageTable.Find(_scope, _account, moving))
        {
            var made = await MessageTable.Renumber(_scope, message.Id, into, seq);
            _ledger.Move(from, message.Id, into, made);
            _buried.Add((message.Id, message.CreatedSeq));
            foreach (var mailbox in message.Mailboxes) Touch(mailbox);
        }

        await MessageTable.Delete(_scope, moving);
        await ThreadTable.Redirect(_scope, from, into);
        _touchedThreads.Add(from);
    }

    long Place(long message, long mailbox) => _placed[(message, mailbox)] = Touch(mailbox).TakeUid();

    MailboxRow Touch(long mailbox)
    {
        var row = _mailboxes[mailbox];
        _touchedMailboxes.Add(row);
        return row;
    }

    static IEnumerable<(long, Platform.Blobs.BlobId)> PartsOf(long message, ParsedMessage parsed) =>
        parsed.Structure.Leaves().Where(part => part.BlobId is not null).Select(part => part.BlobId!.Value).Distinct().Select(part => (message, part));
}
