using Bastide.Platform.Accounts;

namespace Bastide.Mail.Imap;

/// <summary>A name in the hierarchy that a client sees (RFC 9051 §5.1).</summary>
/// <param name="Path">The name, with <c>/</c> between its levels.</param>
/// <param name="Account">The account it is of; null for a level that is only there to hold others.</param>
/// <param name="Mailbox">The mailbox, or null where the name cannot be selected.</param>
sealed record MailboxName(string Path, AccountId? Account, Mailbox? Mailbox)
{
    /// <summary>Whether there are names below it.</summary>
    public bool HasChildren { get; set; }

    /// <summary>
    /// What it is for, as LIST tells it (RFC 6154), or null. Of one's own mailboxes alone: a program that is told of two
    /// for sent mail takes either (MailKit 4.18, 2026-11).
    /// </summary>
    public string? Use => MailboxTree.IsOfOthers(Path) ? null : Mailbox?.Role switch
    {
        MailboxRoles.Drafts => "\\Drafts",
        MailboxRoles.Sent => "\\Sent",
        MailboxRoles.Junk => "\\Junk",
        MailboxRoles.Trash => "\\Trash",
        MailboxRoles.Archive => "\\Archive",
        "all" => "\\All",
        "flagged" => "\\Flagged",
        "important" => "\\Important",
        _ => null,
    };
}
