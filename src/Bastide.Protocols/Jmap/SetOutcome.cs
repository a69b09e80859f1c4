using Bastide.Platform.Changes;

namespace Bastide.Protocols.Jmap;

/// <summary>
/// What came of a set of changes made in one transaction: each item is done or refused by itself (RFC 8620 §5.3).
/// </summary>
/// <typeparam name="T">What is told of a created item.</typeparam>
/// <typeparam name="TError">Why the module refuses something.</typeparam>
/// <param name="OldState">The state before.</param>
/// <param name="NewState">The state after.</param>
public sealed record SetOutcome<T, TError>(Sequence OldState, Sequence NewState)
    where TError : class
{
    /// <summary>Why nothing at all was done, or null.</summary>
    public TError? Refused { get; init; }

    /// <summary>The created items by creation id.</summary>
    public IReadOnlyDictionary<string, T> Created { get; init; } = new Dictionary<string, T>();

    /// <summary>The refused creations by creation id.</summary>
    public IReadOnlyDictionary<string, TError> NotCreated { get; init; } = new Dictionary<string, TError>();

    /// <summary>The items that were changed.</summary>
    public IReadOnlyList<long> Updated { get; init; } = [];

    /// <summary>What changed items are now, of those the operation tells it of: for what the server itself has set in them.</summary>
    public IReadOnlyDictionary<long, T> UpdatedItems { get; init; } = new Dictionary<long, T>();

    /// <summary>The refused changes.</summary>
    public IReadOnlyDictionary<long, TError> NotUpdated { get; init; } = new Dictionary<long, TError>();

    /// <summary>The items that were destroyed.</summary>
    public IReadOnlyList<long> Destroyed { get; init; } = [];

    /// <summary>The refused destructions.</summary>
    public IReadOnlyDictionary<long, TError> NotDestroyed { get; init; } = new Dictionary<long, TError>();
}
