using Bastide.Platform.Changes;

namespace Bastide.Mail;

/// <summary>Changes to the messages of an account, made in one transaction (RFC 8621 §4.6).</summary>
public sealed record EmailSet
{
    /// <summary>The state the changes were made against, or null for any.</summary>
    public Sequence? IfInState { get; init; }

    /// <summary>What is stored, by creation id.</summary>
    public IReadOnlyDictionary<string, EmailCreate> Create { get; init; } = new Dictionary<string, EmailCreate>();

    /// <summary>What is changed.</summary>
    public IReadOnlyDictionary<long, EmailUpdate> Update { get; init; } = new Dictionary<long, EmailUpdate>();

    /// <summary>What is destroyed.</summary>
    public IReadOnlyList<long> Destroy { get; init; } = [];
}
