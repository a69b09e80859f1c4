using System.Collections.Frozen;

namespace Bastide.Mail.Mime;

/// <summary>Reads the convenience properties of RFC 8621 §4.1.3 from the raw fields.</summary>
static class HeaderReader
{
    /// <summary>The fields it asks for.</summary>
    public static FrozenSet<string> Names { get; } = FrozenSet.ToFrozenSet(
        ["Message-ID", "In-Reply-To", "References", "Sender", "From", "To", "Cc", "Bcc", "Reply-To", "Subject", "Date"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads them from the values of the fields, null where a field is missing.</summary>
    public static MessageHeader Read(Func<string, byte[]?> field) => new()
    {
        MessageId = Ids(field("Message-ID")),
        InReplyTo = Ids(field("In-Reply-To")),
        References = Ids(field("References")),
        Sender = Addresses(field("Sender")),
        From = Addresses(field("From")),
        To = Addresses(field("To")),
        Cc = Addresses(field("Cc")),
        Bcc = Addresses(field("Bcc")),
        ReplyTo = Addresses(field("Reply-To")),
        Subject = field("Subject") is { } subject ? HeaderForms.AsText(subject) : null,
        SentAt = field("Date") is { } date ? HeaderForms.AsDate(date) : null,
    };

    static IReadOnlyList<string>? Ids(byte[]? field) => field is null ? null : HeaderForms.AsMessageIds(field);

    static IReadOnlyList<MailAddress>? Addresses(byte[]? field) => field is null ? null : HeaderForms.AsAddresses(field);
}
