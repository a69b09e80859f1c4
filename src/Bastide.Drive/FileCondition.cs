using Bastide.Platform.Db;

namespace Bastide.Drive;

/// <summary>What must hold when a change is made, asked within its transaction.</summary>
/// <param name="ETag">The entity tag the node must have; null for no expectation.</param>
/// <param name="MustBeNew">Whether there must be no such node.</param>
/// <param name="Locks">Whether the locks allow it, for who knows their tokens; null where nobody's lock may stand in the way.</param>
public sealed record FileCondition(string? ETag = null, bool MustBeNew = false, Func<ReadScope, ValueTask<bool>>? Locks = null)
{
    /// <summary>Nothing is expected, and nobody may hold a lock.</summary>
    public static FileCondition None { get; } = new();
}
