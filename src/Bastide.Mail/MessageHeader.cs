namespace Bastide.Mail;

/// <summary>The convenience header properties of RFC 8621 §4.1.3; null where the field is missing.</summary>
public sealed record MessageHeader
{
    /// <summary>Message-ID, without angle brackets.</summary>
    public IReadOnlyList<string>? MessageId { get; init; }

    /// <summary>In-Reply-To.</summary>
    public IReadOnlyList<string>? InReplyTo { get; init; }

    /// <summary>References.</summary>
    public IReadOnlyList<string>? References { get; init; }

    /// <summary>Sender.</summary>
    public IReadOnlyList<MailAddress>? Sender { get; init; }

    /// <summary>From.</summary>
    public IReadOnlyList<MailAddress>? From { get; init; }

    /// <summary>To.</summary>
    public IReadOnlyList<MailAddress>? To { get; init; }

    /// <summary>Cc.</summary>
    public IReadOnlyList<MailAddress>? Cc { get; init; }

    /// <summary>Bcc.</summary>
    public IReadOnlyList<MailAddress>? Bcc { get; init; }

    /// <summary>Reply-To.</summary>
    public IReadOnlyList<MailAddress>? ReplyTo { get; init; }

    /// <summary>The groups of the address fields that have any, by the name of the field.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<AddressRange>>? Groups { get; init; }

    /// <summary>Subject, decoded.</summary>
    public string? Subject { get; init; }

    /// <summary>Date, in the zone it was written in.</summary>
    public DateTimeOffset? SentAt { get; init; }
}
