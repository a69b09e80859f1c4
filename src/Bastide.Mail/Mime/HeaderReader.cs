using System.Collections.Frozen;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Mime;

/// <summary>Reads the convenience properties of RFC 8621 §4.1.3 from the raw fields.</summary>
static class HeaderReader
{
    /// <summary>The fields it asks for.</summary>
    public static FrozenSet<string> Names { get; } = FrozenSet.ToFrozenSet(
        ["Message-ID", "In-Reply-To", "References", "Sender", "From", "To", "Cc", "Bcc", "Reply-To", "Subject", "Date"], StringComparer.OrdinalIgnoreCase);

    static readonly string[] AddressFields = ["Sender", "From", "To", "Cc", "Bcc", "Reply-To"];

    // These are in the row of every message and in every list of messages: a header of a megabyte must not be. The whole
    // fields are in the message itself (header:To:asAddresses:all).
    const int MostOfList = 128 * 1024;
    const int MostOfSubject = 8 * 1024;

    /// <summary>Reads them from the values of the fields, null where a field is missing; cut where they are longer than any ought to be.</summary>
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
        Groups = Groups(field),
        Subject = field("Subject") is { } subject ? MimeBounds.Head(HeaderForms.AsText(subject), MostOfSubject) : null,
        SentAt = field("Date") is { } date ? HeaderForms.AsDate(date) : null,
    };

    static IReadOnlyList<string>? Ids(byte[]? field) => field is null ? null : Cut(HeaderForms.AsMessageIds(field), id => id.Length);

    static IReadOnlyList<MailAddress>? Addresses(byte[]? field) =>
        field is null ? null : Cut(HeaderForms.AsAddresses(field), address => address.Email.Length + (address.Name?.Length ?? 0));

    static Dictionary<string, IReadOnlyList<AddressRange>>? Groups(Func<string, byte[]?> field)
    {
        Dictionary<string, IReadOnlyList<AddressRange>>? all = null;
        foreach (var name in AddressFields)
        {
            // Few have groups, and all of those have a colon.
            if (field(name) is not { } value || !value.AsSpan().Contains((byte)':')) continue;
            var (ranges, at) = (new List<AddressRange>(), 0);
            foreach (var group in HeaderForms.AsGroupedAddresses(value))
            {
                if (group.Name is not null) ranges.Add(new AddressRange(group.Name, at, group.Addresses.Count));
                at += group.Addresses.Count;
            }

            if (ranges.Count > 0) (all ??= [])[name] = Cut(ranges, range => range.Group.Length)!;
        }

        return all;
    }

    static IReadOnlyList<T>? Cut<T>(IReadOnlyList<T>? list, Func<T, int> length)
    {
        if (list is null) return null;
        var room = MostOfList;
        return [.. list.TakeWhile(item => (room -= length(item) + 1) >= 0)];
    }
}
