using Bastide.Platform.Changes;

namespace Bastide.Mail;

/// <summary>Messages to be copied from one account to another (RFC 8621 §4.7).</summary>
public sealed record EmailCopy
{
    /// <summary>The state of the account they come from, or null for any.</summary>
    public Sequence? IfFromInState { get; init; }

    /// <summary>The state of the account they go to, or null for any.</summary>
    public Sequence? IfInState { get; init; }

    /// <summary>The copies by creation id.</summary>
    public IReadOnlyDictionary<string, EmailCopyItem> Create { get; init; } = new Dictionary<string, EmailCopyItem>();
}
