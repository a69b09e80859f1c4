using Bastide.Mail.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail;

/// <summary>The operations on mailboxes (RFC 8621 §2): they ask who may, own the transaction and move the change sequence.</summary>
public sealed class Mailboxes(Database database, TimeProvider time)
{
    /// <summary>The most mailboxes an account may have.</summary>
    public const int Most = 5000;

    /// <summary>The most mailboxes below one another.</summary>
    public const int MaxDepth = 20;

    /// <summary>The longest name, in UTF-8 octets.</summary>
    public const int MaxNameOctets = 255;

    const int RemovedAtOnce = 500;

    /// <summary>
    /// Those of the mailboxes that the caller may see, all when <paramref name="ids"/> is null, and the state they are of.
    /// </summary>
    public ValueTask<(IReadOnlyList<Mailbox> Found, Sequence State)> Get(Caller caller, AccountId account, IReadOnlyList<long>? ids, CancellationToken cancellation) =>
        database.Read<(IReadOnlyList<Mailbox>, Sequence)>(async scope =>
        {
            var state = await AccountTable.State(scope, account, MailTypes.Mailbox);
            var rights = await MailRights.Of(scope, caller, account);
            var visible = (await MailboxTable.All(scope, account)).Where(mailbox => rights.On(mailbox.Id) != Rights.None).ToDictionary(mailbox => mailbox.Id);
            var subscribed = await MailboxTable.Subscribed(scope, account, caller.Person);
            var wanted = ids is null ? visible.Keys : ids.Distinct().Where(visible.ContainsKey);
            return ([.. wanted.Select(id => Show(visible[id], visible, rights, subscribed))], state);
        }, cancellation);

    /// <summary>What changed since (RFC 8621 §2.2); null when it cannot be told any more.</summary>
    public ValueTask<MailboxChanges?> Changes(Caller caller, AccountId account, Sequence since, int limit, CancellationToken cancellation) =>
        database.Read(async scope =>
        {
            var rights = await MailRights.Of(scope, caller, account);
            var changes = await MailboxTable.Items.Since(scope, account, since, limit);
            if (changes is null) return null;
            if (!rights.SeesAll)
            {
                changes = changes with
                {
                    Created = [.. changes.Created.Where(id => rights.On(id) != Rights.None)],
                    Updated = [.. changes.Updated.Where(id => rights.On(id) != Rights.None)],
                };
            }

            if (changes.Updated.Count == 0) return new MailboxChanges(changes, OnlyCounts: false);
            var rows = (await MailboxTable.All(scope, account)).ToDictionary(mailbox => mailbox.Id);
            return new MailboxChanges(changes, changes.Updated.All(id => rows.TryGetValue(id, out var row) && row.PropertiesSeq <= since));
        }, cancellation);

    /// <summary>
    /// Makes, changes and destroys mailboxes in one transaction (RFC 8621 §2.5). With
    /// <see cref="MailboxSet.OnDestroyRemoveEmails"/> the messages leave beforehand, a batch at a time, so that a large
    /// mailbox does not keep everybody waiting.
    /// </summary>
    public async Task<SetOutcome<Mailbox, MailError>> Set(Caller caller, AccountId account, MailboxSet set, CancellationToken cancellation)
    {
        if (!set.OnDestroyRemoveEmails || set.Destroy.Count == 0) return await SetAtOnce(caller, account, set, cancellation);
        var before = await database.Read(scope => AccountTable.State(scope, account, MailTypes.Mailbox), cancellation);
        if (set.IfInState is { } expected && expected != before) return new SetOutcome<Mailbox, MailError>(before, before) { Refused = MailError.StateMismatch };
        foreach (var id in set.Destroy)
            while (await RemoveSome(caller, account, id, set.Destroy, cancellation))
            {
            }

        // Taking the messages out has moved the state by itself.
        var outcome = await SetAtOnce(caller, account, set with { IfInState = null }, cancellation);
        return outcome with { OldState = before };
    }

    /// <summary>The mailbox of a role, or null.</summary>
    public static ValueTask<long?> WithRole(ReadScope scope, AccountId account, string role) => MailboxTable.WithRole(scope, account, role);

    /// <summary>Makes the mailboxes every account begins with, in the transaction that makes the account.</summary>
    internal async ValueTask CreateFirst(WriteScope scope, AccountId account)
    {
        var seq = await scope.Advance(account, MailTypes.Mailbox);
        var order = 0;
        foreach (var (role, name) in MailboxRoles.First)
        {
            var id = await MailboxTable.Create(scope, account, new MailboxRow
            {
                Id = 0,
                ParentId = 0,
                Name = name,
                Role = role,
                SortOrder = ++order,
                CreatedSeq = seq,
            }, time.GetUtcNow());
            await MailboxTable.Subscribe(scope, id, account, subscribed: true);
        }
    }

    internal static Mailbox Show(MailboxRow row, IReadOnlyDictionary<long, MailboxRow> visible, MailRights rights, HashSet<long> subscribed) => new()
    {
        Id = row.Id,
        ParentId = visible.ContainsKey(row.ParentId) ? row.ParentId : null,
        Name = row.Name,
        Role = row.Role,
        SortOrder = row.SortOrder,
        TotalEmails = row.Counts.TotalEmails,
        UnreadEmails = row.Counts.UnreadEmails,
        TotalThreads = row.Counts.TotalThreads,
        UnreadThreads = row.Counts.UnreadThreads,
        IsSubscribed = subscribed.Contains(row.Id),
        MyRights = rights.On(row.Id),
        UidValidity = row.UidValidity,
        UidNext = row.UidNext,
        HighestModSeq = row.HighestModSeq,
        CreatedSeq = row.CreatedSeq,
        ChangedSeq = row.ChangedSeq,
    };

    Task<SetOutcome<Mailbox, MailError>> SetAtOnce(Caller caller, AccountId account, MailboxSet set, CancellationToken cancellation) =>
        database.Write(async scope =>
        {
            var rights = await MailRights.Of(scope, caller, account);
            var state = await AccountTable.State(scope, account, MailTypes.Mailbox);
            if (rights.Whole == Rights.None && rights.SeesNothing) return new SetOutcome<Mailbox, MailError>(state, state) { Refused = MailError.NotFound };
            var transaction = await MailTransaction.Begin(scope, account, time.GetUtcNow());
            return await new MailboxSetRun(scope, caller, account, rights, transaction, time.GetUtcNow()).Run(set);
        }, cancellation);

    /// <summary>Takes a batch of messages out of a mailbox that is to be destroyed. True while some are left.</summary>
    Task<bool> RemoveSome(Caller caller, AccountId account, long id, IReadOnlyList<long> doomed, CancellationToken cancellation) =>
        database.Write(async scope =>
        {
            var rights = await MailRights.Of(scope, caller, account);
            if (rights.On(id) == Rights.None) return false;
            var transaction = await MailTransaction.Begin(scope, account, time.GetUtcNow());
            var run = new MailboxSetRun(scope, caller, account, rights, transaction, time.GetUtcNow());
            if (run.CheckDestroy(id, doomed) is not null) return false;
            var isMore = await run.RemoveMessages(id, RemovedAtOnce);
            await transaction.Settle();
            return isMore;
        }, cancellation);
}
