namespace Bastide.Mail;

/// <summary>A FilterCondition (RFC 8621 §4.4.1): every property that is given must hold.</summary>
public sealed record EmailCondition : EmailFilter
{
    /// <summary>It is in this mailbox.</summary>
    public long? InMailbox { get; init; }

    /// <summary>It is in some mailbox that is none of these.</summary>
    public IReadOnlyList<long>? InMailboxOtherThan { get; init; }

    /// <summary>It came before this.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>It came then or later.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>It has at least so many octets.</summary>
    public long? MinSize { get; init; }

    /// <summary>It has fewer octets.</summary>
    public long? MaxSize { get; init; }

    /// <summary>Every message of its thread has the keyword.</summary>
    public string? AllInThreadHaveKeyword { get; init; }

    /// <summary>Some message of its thread has the keyword.</summary>
    public string? SomeInThreadHaveKeyword { get; init; }

    /// <summary>No message of its thread has the keyword.</summary>
    public string? NoneInThreadHaveKeyword { get; init; }

    /// <summary>It has the keyword.</summary>
    public string? HasKeyword { get; init; }

    /// <summary>It does not have the keyword.</summary>
    public string? NotKeyword { get; init; }

    /// <summary>Whether it has attachments.</summary>
    public bool? HasAttachment { get; init; }

    /// <summary>The text is in its addresses, subject or bodies.</summary>
    public string? Text { get; init; }

    /// <summary>The text is in From.</summary>
    public string? From { get; init; }

    /// <summary>The text is in To.</summary>
    public string? To { get; init; }

    /// <summary>The text is in Cc.</summary>
    public string? Cc { get; init; }

    /// <summary>The text is in Bcc.</summary>
    public string? Bcc { get; init; }

    /// <summary>The text is in Subject.</summary>
    public string? Subject { get; init; }

    /// <summary>The text is in a body.</summary>
    public string? Body { get; init; }

    /// <summary>A header field is there.</summary>
    public HeaderCondition? Header { get; init; }
}
