using Bastide.Abstractions.Identity;
using Bastide.Identity.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Identity;

/// <summary>The notes that tell people of rights they got or lost (RFC 9670 §3). They are their own, and only put away.</summary>
sealed class ShareNotifications(Database database, TimeProvider time) : IShareNotices
{
    /// <summary>Their type.</summary>
    public static DataType Type { get; } = new("ShareNotification");

    public async ValueTask Tell(WriteScope scope, ShareNotice notice)
    {
        if (notice.For == notice.By || (await AccountTable.Find(scope, notice.For))?.Kind != AccountKind.User) return;
        await ShareNotificationTable.Add(scope, notice, await AddressTable.Find(scope, notice.By), time.GetUtcNow());
    }

    /// <summary>All of the caller, from the oldest, and the state they are of.</summary>
    public ValueTask<(List<ShareNotification> Found, Sequence State)> All(Caller caller, CancellationToken cancellation) =>
        database.Read(async scope =>
        {
            var state = await AccountTable.State(scope, caller.Person, Type);
            return (await ShareNotificationTable.All(scope, caller.Person), state);
        }, cancellation);

    /// <summary>What changed since; null when it cannot be told any more.</summary>
    public ValueTask<ItemChanges?> Changes(Caller caller, Sequence since, int limit, CancellationToken cancellation) =>
        database.Read(scope => ShareNotificationTable.Items.Since(scope, caller.Person, since, limit), cancellation);

    /// <summary>Puts some away, where the state is the one expected. Null when it is not; otherwise those that went and both states.</summary>
    public Task<(HashSet<long> Gone, Sequence Old, Sequence New)?> Dismiss(Caller caller, IReadOnlyCollection<long> ids, Sequence? ifInState, CancellationToken cancellation) =>
        database.Write<(HashSet<long>, Sequence, Sequence)?>(async scope =>
        {
            var before = await AccountTable.State(scope, caller.Person, Type);
            if (ifInState is { } expected && expected != before) return null;
            var gone = (await ShareNotificationTable.All(scope, caller.Person)).FindAll(note => ids.Contains(note.Id));
            await ShareNotificationTable.Remove(scope, caller.Person, [.. gone.Select(note => (note.Id, note.CreatedSeq))]);
            return (gone.Select(note => note.Id).ToHashSet(), before, await AccountTable.State(scope, caller.Person, Type));
        }, cancellation);
}
