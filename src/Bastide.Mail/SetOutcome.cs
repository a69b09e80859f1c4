using Bastide.Platform.Changes;

namespace Bastide.Mail;

/// <summary>
/// What came of a set of changes made in one transaction: each item is done or refused by itself (RFC 8620 §5.3).
/// </summary>
/// <typeparam name="T">What is told of a created item.</typeparam>
/// <param name="OldState">The state before.</param>
/// <param name="NewState">The state after.</param>
public sealed record SetOutcome<T>(Sequence OldState, Sequence NewState)
{
    /// <summary>Why nothing at all was done, or null.</summary>
    public MailError? Refused { get; init; }

    /// <summary>The created items by creation id.</summary>
    public IReadOnlyDictionary<string, T> Created { get; init; } = new Dictionary<string, T>();

    /// <summary>The refused creations by creation id.</summary>
    public IReadOnlyDictionary<string, MailError> NotCreated { get; init; } = new Dictionary<string, MailError>();

    /// <summary>The items that were changed.</summary>
    public IReadOnlyList<long> Updated { get; init; } = [];

    /// <summary>The refused changes.</summary>
    public IReadOnlyDictionary<long, MailError> NotUpdated { get; init; } = new Dictionary<long, MailError>();

    /// <summary>The items that were destroyed.</summary>
    public IReadOnlyList<long> Destroyed { get; init; } = [];

    /// <summary>The refused destructions.</summary>
    public IReadOnlyDictionary<long, MailError> NotDestroyed { get; init; } = new Dictionary<long, MailError>();
}
