using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Calendar;

/// <summary>
/// What others did to the events of an account (draft-ietf-jmap-calendars, "Calendar Event Notifications"): the program
/// notes it, people put it away. They are for whoever the account is, and for those who manage it.
/// </summary>
public sealed class EventNotifications(Database database)
{
    /// <summary>All of an account, from the oldest, and the state they are of; none for who does not see the account whole.</summary>
    public ValueTask<(IReadOnlyList<EventNotification> Found, Sequence State)> All(Caller caller, AccountId account, CancellationToken cancellation) =>
        database.Read<(IReadOnlyList<EventNotification>, Sequence)>(async scope =>
        {
            var state = await AccountTable.State(scope, account, CalendarTypes.CalendarEventNotification);
            return await Sees(scope, caller, account) ? (await NotificationTable.All(scope, account), state) : ([], state);
        }, cancellation);

    /// <summary>What changed since; null when it cannot be told any more.</summary>
    public ValueTask<ItemChanges?> Changes(Caller caller, AccountId account, Sequence since, int limit, CancellationToken cancellation) =>
        database.Read(async scope => await Sees(scope, caller, account) ? await NotificationTable.Items.Since(scope, account, since, limit) : null, cancellation);

    /// <summary>Puts some away, where the state is the one expected. Null when it is not; otherwise those that went and both states.</summary>
    public Task<(IReadOnlySet<long> Gone, Sequence Old, Sequence New)?> Dismiss(Caller caller, AccountId account, IReadOnlyCollection<long> ids, Sequence? ifInState, CancellationToken cancellation) =>
        database.Write<(IReadOnlySet<long>, Sequence, Sequence)?>(async scope =>
        {
            var before = await AccountTable.State(scope, account, CalendarTypes.CalendarEventNotification);
            if (ifInState is { } expected && expected != before) return null;
            var gone = await Sees(scope, caller, account) ? (await NotificationTable.All(scope, account)).FindAll(note => ids.Contains(note.Id)) : [];
            await NotificationTable.Remove(scope, account, [.. gone.Select(note => (note.Id, note.CreatedSeq))]);
            return (gone.Select(note => note.Id).ToHashSet(), before, await AccountTable.State(scope, account, CalendarTypes.CalendarEventNotification));
        }, cancellation);

    /// <summary>The messages that programs have not yet taken out of the scheduling inbox (RFC 6638 §2.2).</summary>
    internal ValueTask<List<(long Id, DateTimeOffset At, byte[] Message)>> Messages(Caller caller, AccountId account, CancellationToken cancellation) =>
        database.Read<List<(long, DateTimeOffset, byte[])>>(async scope => await Sees(scope, caller, account) ? await NotificationTable.Messages(scope, account) : [], cancellation);

    /// <summary>Takes a message out of the inbox. False where there is none for the caller.</summary>
    internal Task<bool> TakeMessage(Caller caller, AccountId account, long id, CancellationToken cancellation) =>
        database.Write(async scope => await Sees(scope, caller, account) && await NotificationTable.TakeMessage(scope, account, id), cancellation);

    static async ValueTask<bool> Sees(ReadScope scope, Caller caller, AccountId account) =>
        await CalendarAccess.Of(scope, caller, account) is var access && (access.IsOwner || access.Whole.HasFlag(Rights.Write));
}
