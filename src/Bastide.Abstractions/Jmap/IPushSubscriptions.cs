using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Abstractions.Jmap;

/// <summary>
/// Keeps push subscriptions for the JMAP engine. Offered by the identity module, because a subscription ends with the
/// session that made it (RFC 8620 §7.2). Everything happens within the scope that is given.
/// </summary>
public interface IPushSubscriptions
{
    /// <summary>Those made with the caller's own session that have not expired: a client sees no others.</summary>
    ValueTask<IReadOnlyList<PushSubscription>> Of(ReadScope scope, Caller caller);

    /// <summary>How many the person has, from all sessions.</summary>
    ValueTask<long> Count(ReadScope scope, Caller caller);

    /// <summary>Stores a new one for the caller's session and answers its number.</summary>
    ValueTask<long> Add(WriteScope scope, Caller caller, PushSubscription subscription);

    /// <summary>Notes what the device changed: types, expiry, whether it is verified, and then its position.</summary>
    ValueTask Change(WriteScope scope, PushSubscription subscription);

    /// <summary>Notes what came of a delivery: position, failures, and when to try again.</summary>
    ValueTask Delivered(WriteScope scope, PushSubscription subscription);

    /// <summary>Forgets one.</summary>
    ValueTask Remove(WriteScope scope, long id);

    /// <summary>One, with whoever made it; null when it has expired, or the session it was made with has ended.</summary>
    ValueTask<PushTarget?> Find(ReadScope scope, long id);

    /// <summary>
    /// The verified ones of whoever reaches any of these accounts, own or by a grant, a page at a time in the order of
    /// their numbers; all of them when no account is given.
    /// </summary>
    ValueTask<IReadOnlyList<long>> Concerned(ReadScope scope, IReadOnlyCollection<AccountId> accounts, long after, int limit);

    /// <summary>Forgets those that have expired or whose session has ended. Answers how many that were.</summary>
    ValueTask<int> RemoveEnded(WriteScope scope);
}
