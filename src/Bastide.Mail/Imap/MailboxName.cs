using Bastide.Platform.Accounts;

namespace Bastide.Mail.Imap;

/// <summary>A name in the hierarchy that a client sees (RFC 9051 §5.1).</summary>
/// <param name="Path">The name, with <c>/</c> between its levels.</param>
/// <param name="Account">The account it is of; null for a level that is only there to hold others.</param>
/// <param name="Mailbox">The mailbox, or null where the name cannot be selected.</param>
sealed record MailboxName(string Path, AccountId? Account, Mailbox? Mailbox)
{
    static readonly Dictionary<string, string> Uses = new()
    {
        [MailboxRoles.Drafts] = "\\Drafts",
        [MailboxRoles.Sent] = "\\Sent",
        [MailboxRoles.Junk] = "\\Junk",
        [MailboxRoles.Trash] = "\\Trash",
        [MailboxRoles.Archive] = "\\Archive",
        ["all"] = "\\All",
        ["flagged"] = "\\Flagged",
        ["important"] = "\\Important",
    };

    /// <summary>Whether there are names below it.</summary>
    public bool HasChildren { get; set; }

    /// <summary>What LIST tells of it (RFC 9051 §7.3.1); what may not be read cannot be selected.</summary>
    public IEnumerable<string> Attributes(bool withSubscription)
    {
        yield return HasChildren ? "\\HasChildren" : "\\HasNoChildren";
        if (Mailbox?.MyRights.HasFlag(Rights.Read) != true) yield return "\\Noselect";
        if (Use is { } use) yield return use;
        if (withSubscription && Mailbox is { IsSubscribed: true }) yield return "\\Subscribed";
    }

    /// <summary>
    /// What it is for, as LIST tells it (RFC 6154), or null. Of one's own mailboxes alone: a program that is told of two
    /// for sent mail takes either (MailKit 4.18, 2026-11).
    /// </summary>
    public string? Use => MailboxTree.IsOfOthers(Path) || Mailbox?.Role is not { } role ? null : Uses.GetValueOrDefault(role);

    /// <summary>
    /// Whether a mailbox can be made for this, a role. Not for all messages, nor for all that are flagged: it would hold what
    /// is put there alone.
    /// </summary>
    public static bool CanBeFor(string role) => Uses.ContainsKey(role) && role is not ("all" or "flagged");
}
