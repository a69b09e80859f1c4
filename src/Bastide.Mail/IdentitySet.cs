using Bastide.Platform.Changes;

namespace Bastide.Mail;

/// <summary>Changes to the identities of an account, made in one transaction (RFC 8621 §6.3).</summary>
public sealed record IdentitySet
{
    /// <summary>The state the changes were made against, or null for any.</summary>
    public Sequence? IfInState { get; init; }

    /// <summary>What is made, by creation id.</summary>
    public IReadOnlyDictionary<string, IdentityCreate> Create { get; init; } = new Dictionary<string, IdentityCreate>();

    /// <summary>What is changed.</summary>
    public IReadOnlyDictionary<long, IdentityUpdate> Update { get; init; } = new Dictionary<long, IdentityUpdate>();

    /// <summary>What is destroyed.</summary>
    public IReadOnlyList<long> Destroy { get; init; } = [];
}
