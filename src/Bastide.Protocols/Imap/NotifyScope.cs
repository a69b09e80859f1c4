namespace Bastide.Protocols.Imap;

/// <summary>Which mailboxes a part of NOTIFY is of (RFC 5465 §6).</summary>
public enum NotifyScope
{
    /// <summary>The mailbox that is selected, told at any time.</summary>
    Selected,

    /// <summary>The mailbox that is selected; what is gone is told where a command lets it.</summary>
    SelectedDelayed,

    /// <summary>Those of one's own that mail is delivered to.</summary>
    Inboxes,

    /// <summary>One's own.</summary>
    Personal,

    /// <summary>Those subscribed to.</summary>
    Subscribed,

    /// <summary>Those named and all below them.</summary>
    Subtree,

    /// <summary>Those named.</summary>
    Mailboxes,
}
