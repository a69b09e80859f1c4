using Bastide.Mail.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Mail;

/// <summary>
/// The conversations of an account (RFC 8621 §3). They follow from the messages: nobody makes or destroys one. The
/// thread of a message never changes; when a late message joins two threads, those of the smaller one are destroyed and
/// made anew in the larger one, with the same bytes and IMAP UIDs.
/// </summary>
public sealed class Threads(Database database)
{
    /// <summary>Those of the threads that the caller may read something of, in the order asked, and the state they are of.</summary>
    public ValueTask<(IReadOnlyList<MailThread> Found, Sequence State)> Get(Caller caller, AccountId account, IReadOnlyList<long> ids, CancellationToken cancellation) =>
        database.Read<(IReadOnlyList<MailThread>, Sequence)>(async scope =>
        {
            var state = await AccountTable.State(scope, account, MailTypes.Thread);
            var rights = await MailRights.Of(scope, caller, account);
            if (rights.SeesNothing || ids.Count == 0) return ([], state);
            var members = await ThreadTable.Members(scope, account, [.. ids.Distinct()]);
            var visible = rights.SeesAll ? null : await Visible(scope, account, rights, members.SelectMany(thread => thread));
            var threads = ids.Select(id => new MailThread(id, [.. members[id].Where(message => visible?.Contains(message) ?? true)]));
            return ([.. threads.Where(thread => thread.EmailIds.Count > 0)], state);
        }, cancellation);

    /// <summary>What changed since (RFC 8621 §3.2); null when it cannot be told any more.</summary>
    public ValueTask<ItemChanges?> Changes(Caller caller, AccountId account, Sequence since, int limit, CancellationToken cancellation) =>
        database.Read(async scope =>
        {
            var rights = await MailRights.Of(scope, caller, account);
            var changes = await ThreadTable.Items.Since(scope, account, since, limit);
            if (changes is null || rights.SeesAll) return changes;
            var members = await ThreadTable.Members(scope, account, [.. changes.Created, .. changes.Updated]);
            var visible = await Visible(scope, account, rights, members.SelectMany(thread => thread));
            bool Sees(long thread) => members[thread].Any(visible.Contains);
            return changes with
            {
                Created = [.. changes.Created.Where(Sees)],
                Updated = [.. changes.Updated.Where(Sees)],
                Destroyed = [.. changes.Destroyed, .. changes.Updated.Where(thread => !Sees(thread))],
            };
        }, cancellation);

    static async ValueTask<HashSet<long>> Visible(ReadScope scope, AccountId account, MailRights rights, IEnumerable<long> messages) =>
        [.. (await MessageTable.Find(scope, account, [.. messages])).Where(row => rights.Sees(row.Mailboxes)).Select(row => row.Id)];
}
