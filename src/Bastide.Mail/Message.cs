using Bastide.Mail.Mime;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;

namespace Bastide.Mail;

/// <summary>A message of an account, read from the database alone (RFC 8621 §4).</summary>
public sealed record Message
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>Its bytes.</summary>
    public required BlobId Blob { get; init; }

    /// <summary>Their number.</summary>
    public required long Size { get; init; }

    /// <summary>The conversation it is of; never changes.</summary>
    public required long ThreadId { get; init; }

    /// <summary>The mailboxes it is in, of those the asker may read.</summary>
    public required IReadOnlyList<long> MailboxIds { get; init; }

    /// <summary>Its keywords, in lower case.</summary>
    public required IReadOnlyList<string> Keywords { get; init; }

    /// <summary>When it came: the IMAP INTERNALDATE.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Whether a list shows a paper clip.</summary>
    public required bool HasAttachment { get; init; }

    /// <summary>Up to 256 characters of its text.</summary>
    public required string Preview { get; init; }

    /// <summary>What its header says.</summary>
    public required MessageHeader Header { get; init; }

    /// <summary>Its parts, when they were asked for.</summary>
    public BodyPart? Structure { get; init; }

    /// <summary>When it came, in the account's sequence.</summary>
    public Sequence CreatedSeq { get; init; }

    /// <summary>When it last changed.</summary>
    public Sequence ChangedSeq { get; init; }
}
