using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Mail.Store;

/// <summary>One COPY, MOVE or REPLACE inside its transaction. Who may was asked before.</summary>
sealed class MailboxCopyRun
{
    readonly WriteScope _scope;
    readonly AccountId _account;
    readonly long _mailbox;
    readonly AccountId _toAccount;
    readonly MailboxRow _target;
    readonly MailTransaction _from;
    readonly MailTransaction _to;

    MailboxCopyRun(WriteScope scope, AccountId account, long mailbox, AccountId toAccount, MailboxRow target, MailTransaction from, MailTransaction to)
    {
        _scope = scope;
        _account = account;
        _mailbox = mailbox;
        _toAccount = toAccount;
        _target = target;
        _from = from;
        _to = to;
    }

    /// <summary>Takes the accounts, always in the order of their numbers so that two never wait for one another; null when the target is gone.</summary>
    public static async ValueTask<MailboxCopyRun?> Begin(WriteScope scope, AccountId account, long mailbox, AccountId toAccount, long target, DateTimeOffset now)
    {
        var begun = new Dictionary<AccountId, MailTransaction>();
        foreach (var each in new[] { account, toAccount }.Distinct().OrderBy(each => each.Value)) begun[each] = await MailTransaction.Begin(scope, each, now);
        return begun[toAccount].Mailboxes.TryGetValue(target, out var row) && begun[account].Mailboxes.ContainsKey(mailbox)
            ? new MailboxCopyRun(scope, account, mailbox, toAccount, row, begun[account], begun[toAccount])
            : null;
    }

    public async ValueTask<CopyOutcome> Run(long[] uids, bool move)
    {
        var places = await PlaceTable.Find(_scope, _mailbox, uids);
        var rows = (await MessageTable.Find(_scope, _account, [.. places.Select(place => place.Message)])).ToDictionary(row => row.Id);
        // In another account, or where the message is already, a copy is a message of its own.
        var alike = places.FindAll(place => _toAccount != _account || rows[place.Message].Mailboxes.Contains(_target.Id));
        if (!await AccountTable.HasRoom(_scope, _toAccount, alike.Sum(place => rows[place.Message].Size)))
            return CopyOutcome.Refuse(new MailError(MailFailure.OverQuota, "The account has no room left: destroy something first."));
        var placed = await Duplicate(alike, rows);
        var shared = places.Except(alike).ToList();
        await _from.Change([.. shared.Select(place => Into(rows[place.Message], move))]);
        foreach (var place in shared) placed[place.Uid] = (uint)_from.Placed[(place.Message, _target.Id)];
        if (move) await _from.Leave(_mailbox, [.. alike.Select(place => rows[place.Message])]);
        await _to.MarkDeleted(_target.Id, [.. places.Where(place => place.Flags.HasFlag(MessageFlags.Deleted)).Select(place => (long)placed[place.Uid])], deleted: true);
        await _from.Settle();
        if (_to != _from) await _to.Settle();
        return new CopyOutcome((uint)_target.UidValidity, [.. places.Select(place => (place.Uid, placed[place.Uid]))], null);
    }

    /// <summary>A message in the place of another, which is not there any more when it was removed meanwhile.</summary>
    public async ValueTask<AppendOutcome> Replace(uint uid, AppendItem item, DateTimeOffset now)
    {
        var places = await PlaceTable.Find(_scope, _mailbox, [uid]);
        if (places.Count == 0) return AppendOutcome.Refuse(new MailError(MailFailure.StateMismatch, "The message is not there any more."));
        // Whether the old one's room becomes free depends on where else it is: the new one must fit beside it.
        if (!await AccountTable.HasRoom(_scope, _toAccount, item.Message.Blob.Size))
            return AppendOutcome.Refuse(new MailError(MailFailure.OverQuota, "The account has no room left: destroy something first."));
        var made = await _to.Add([new IngestItem(item.Message, item.ReceivedAt ?? now, [_target.Id], item.Keywords)]);
        var placed = _to.Placed[(made[0].Id, _target.Id)];
        await _to.MarkDeleted(_target.Id, item.IsDeleted ? [placed] : [], deleted: true);
        await _from.Leave(_mailbox, await MessageTable.Find(_scope, _account, [places[0].Message]));
        await _from.Settle();
        if (_to != _from) await _to.Settle();
        return new AppendOutcome((uint)_target.UidValidity, [(uint)placed], null);
    }

    async ValueTask<Dictionary<uint, uint>> Duplicate(List<Place> places, Dictionary<long, MessageRow> rows)
    {
        var placed = new Dictionary<uint, uint>();
        if (places.Count == 0) return placed;
        var stored = (await ContentTable.Find(_scope, _account, [.. places.Select(place => place.Message)], withStructure: true)).ToDictionary(message => message.Row.Id);
        var made = await _to.Add([.. places.Select(place => new IngestItem(stored[place.Message].AsParsed(), rows[place.Message].ReceivedAt, [_target.Id], rows[place.Message].Keywords))]);
        foreach (var (place, email) in places.Zip(made)) placed[place.Uid] = (uint)_to.Placed[(email.Id, _target.Id)];
        return placed;
    }

    (MessageRow, IReadOnlySet<long>, IReadOnlySet<string>) Into(MessageRow row, bool move)
    {
        HashSet<long> mailboxes = [.. row.Mailboxes, _target.Id];
        if (move) mailboxes.Remove(_mailbox);
        return (row, mailboxes, row.Keywords.ToHashSet());
    }
}
