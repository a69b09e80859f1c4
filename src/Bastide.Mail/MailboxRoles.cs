using System.Collections.Frozen;

namespace Bastide.Mail;

/// <summary>
/// The roles a mailbox may have: the IANA "IMAP Mailbox Name Attributes" in lower case (RFC 8621 §2), those that say
/// what a mailbox is for.
/// </summary>
public static class MailboxRoles
{
    /// <summary>Where delivered mail goes.</summary>
    public const string Inbox = "inbox";

    /// <summary>Messages being written.</summary>
    public const string Drafts = "drafts";

    /// <summary>Messages that were sent.</summary>
    public const string Sent = "sent";

    /// <summary>Spam.</summary>
    public const string Junk = "junk";

    /// <summary>Messages about to be destroyed.</summary>
    public const string Trash = "trash";

    /// <summary>Messages out of the way.</summary>
    public const string Archive = "archive";

    static readonly FrozenSet<string> Known = FrozenSet.Create(
        Inbox, Drafts, Sent, Junk, Trash, Archive, "all", "flagged", "important", "memos", "scheduled", "snoozed", "subscribed");

    /// <summary>What every account begins with, in the order people see.</summary>
    internal static IReadOnlyList<(string Role, string Name)> First { get; } =
    [
        (Inbox, "Inbox"), (Drafts, "Drafts"), (Sent, "Sent"), (Archive, "Archive"), (Junk, "Junk"), (Trash, "Trash"),
    ];

    /// <summary>Whether it is a registered role.</summary>
    public static bool IsKnown(string role) => Known.Contains(role);
}
