using Bastide.Platform.Db;

namespace Bastide.Protocols.Dav;

/// <summary>
/// What must still hold when a change is made: checked by the engine before, and by the operation within its transaction,
/// so that of two clients who both saw the old state only one succeeds.
/// </summary>
/// <param name="etag">The entity tag the node must have; null for no expectation.</param>
/// <param name="mustBeNew">Whether there must be no such node.</param>
/// <param name="locks">Asks whether the locks on what is changed still allow it; null where nothing can be locked.</param>
public sealed class DavGuard(string? etag, bool mustBeNew, Func<ReadScope, ValueTask<DavError?>>? locks)
{
    /// <summary>Nothing is expected.</summary>
    public static DavGuard None { get; } = new(null, false, null);

    /// <summary>The entity tag the node must have, or there is <see cref="DavError.PreconditionFailed"/>; null for no expectation.</summary>
    public string? ETag => etag;

    /// <summary>Whether there must be no such node, or there is <see cref="DavError.PreconditionFailed"/>.</summary>
    public bool MustBeNew => mustBeNew;

    /// <summary>
    /// Whether the locks still allow the change. To be asked in the transaction that makes it, after <see cref="WriteScope.Advance"/>:
    /// making a lock takes its turn there too. Null when they do.
    /// </summary>
    public ValueTask<DavError?> CheckLocks(ReadScope scope) => locks is null ? default : locks(scope);
}
