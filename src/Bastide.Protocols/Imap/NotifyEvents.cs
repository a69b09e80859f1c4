namespace Bastide.Protocols.Imap;

/// <summary>What a client may be told of (RFC 5465 §5).</summary>
[Flags]
public enum NotifyEvents
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>MessageNew</c>.</summary>
    MessageNew = 1,

    /// <summary><c>MessageExpunge</c>.</summary>
    MessageExpunge = 2,

    /// <summary><c>FlagChange</c>.</summary>
    FlagChange = 4,

    /// <summary><c>MailboxName</c>: made, removed, renamed.</summary>
    MailboxName = 8,

    /// <summary><c>SubscriptionChange</c>.</summary>
    SubscriptionChange = 16,

    /// <summary><c>MailboxMetadataChange</c>: annotations of mailboxes.</summary>
    MailboxMetadataChange = 32,

    /// <summary><c>ServerMetadataChange</c>: annotations of the server.</summary>
    ServerMetadataChange = 64,

    /// <summary>Those of the messages in a mailbox.</summary>
    OfMessages = MessageNew | MessageExpunge | FlagChange,
}
