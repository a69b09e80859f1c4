using Bastide.Platform.Changes;

namespace Bastide.Contacts;

/// <summary>Changes to the cards of an account, made in one transaction (RFC 9610 §3.5).</summary>
public sealed record CardSet
{
    /// <summary>The state the changes were made against, or null for any.</summary>
    public Sequence? IfInState { get; init; }

    /// <summary>What is made, by creation id.</summary>
    public IReadOnlyDictionary<string, CardCreate> Create { get; init; } = new Dictionary<string, CardCreate>();

    /// <summary>What is changed.</summary>
    public IReadOnlyDictionary<long, CardUpdate> Update { get; init; } = new Dictionary<long, CardUpdate>();

    /// <summary>What is destroyed.</summary>
    public IReadOnlyList<long> Destroy { get; init; } = [];
}
