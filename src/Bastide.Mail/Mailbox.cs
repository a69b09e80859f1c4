using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Mail;

/// <summary>A mailbox as its asker sees it (RFC 8621 §2, RFC 9051 §2.3.1).</summary>
public sealed record Mailbox
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The mailbox it is below, or null at the top.</summary>
    public long? ParentId { get; init; }

    /// <summary>What people read.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, one of <see cref="MailboxRoles"/>, or null.</summary>
    public string? Role { get; init; }

    /// <summary>Its place among its siblings.</summary>
    public long SortOrder { get; init; }

    /// <summary>How many messages it holds.</summary>
    public long TotalEmails { get; init; }

    /// <summary>How many of them have neither <c>$seen</c> nor <c>$draft</c>.</summary>
    public long UnreadEmails { get; init; }

    /// <summary>How many threads have a message in it.</summary>
    public long TotalThreads { get; init; }

    /// <summary>
    /// How many of those threads hold an unread message, here or elsewhere; what is only in the trash counts for the
    /// trash alone, and for the trash nothing else counts.
    /// </summary>
    public long UnreadThreads { get; init; }

    /// <summary>Whether the asker wants to see it.</summary>
    public bool IsSubscribed { get; init; }

    /// <summary>What the asker may do with it.</summary>
    public Rights MyRights { get; init; }

    /// <summary>The IMAP UIDVALIDITY; never changes.</summary>
    public long UidValidity { get; init; }

    /// <summary>The IMAP UIDNEXT.</summary>
    public long UidNext { get; init; }

    /// <summary>The IMAP HIGHESTMODSEQ (RFC 7162).</summary>
    public Sequence HighestModSeq { get; init; }

    /// <summary>When it came.</summary>
    public Sequence CreatedSeq { get; init; }

    /// <summary>When it last changed, counts included.</summary>
    public Sequence ChangedSeq { get; init; }
}
