using Bastide.Platform.Changes;

namespace Bastide.Mail;

/// <summary>Changes to the mailboxes of an account, made in one transaction (RFC 8621 §2.5).</summary>
public sealed record MailboxSet
{
    /// <summary>The state the changes were made against, or null for any.</summary>
    public Sequence? IfInState { get; init; }

    /// <summary>What is made, by creation id.</summary>
    public IReadOnlyDictionary<string, MailboxCreate> Create { get; init; } = new Dictionary<string, MailboxCreate>();

    /// <summary>What is changed.</summary>
    public IReadOnlyDictionary<long, MailboxUpdate> Update { get; init; } = new Dictionary<long, MailboxUpdate>();

    /// <summary>What is destroyed.</summary>
    public IReadOnlyList<long> Destroy { get; init; } = [];

    /// <summary>Whether messages in a destroyed mailbox leave it (and go, when they are nowhere else) instead of keeping it.</summary>
    public bool OnDestroyRemoveEmails { get; init; }
}
