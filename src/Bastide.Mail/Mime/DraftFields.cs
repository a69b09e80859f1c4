using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace Bastide.Mail.Mime;

/// <summary>Writes header fields from their forms (RFC 8621 §4.1.2), encoded and folded.</summary>
static class DraftFields
{
    /// <summary>The field. A line break in a value never begins another field.</summary>
    public static Header Write(DraftHeader header) => header.Form switch
    {
        HeaderForm.Raw => Raw(header.Name, (string)header.Value),
        HeaderForm.Text => new Header(Encoding.UTF8, header.Name, OneLine((string)header.Value)),
        HeaderForm.Addresses => Structured(header.Name, Encode(header.Name, [.. ((IReadOnlyList<MailAddress>)header.Value).Select(Mailbox)])),
        HeaderForm.GroupedAddresses => Structured(header.Name, Encode(header.Name, [.. ((IReadOnlyList<AddressGroup>)header.Value).SelectMany(Group)])),
        HeaderForm.MessageIds => Structured(header.Name, Lines(((IReadOnlyList<string>)header.Value).Select(id => $"<{NoSpace(id)}>"), "")),
        HeaderForm.Date => Structured(header.Name, " " + DateUtils.FormatDate((DateTimeOffset)header.Value) + "\r\n"),
        _ => Structured(header.Name, Lines(((IReadOnlyList<string>)header.Value).Select(url => $"<{NoSpace(url)}>"), ",")),
    };

    static Header Raw(string name, string value)
    {
        // What follows a line break stays in the field: it is folded where it is not yet.
        var folded = new StringBuilder();
        foreach (var line in value.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (string.IsNullOrWhiteSpace(line) && folded.Length > 0) continue;
            if (folded.Length > 0) folded.Append("\r\n").Append(line[0] is ' ' or '\t' ? "" : " ");
            folded.Append(line);
        }

        if (folded.Length == 0 || folded[0] is not (' ' or '\t')) folded.Insert(0, ' ');
        return Structured(name, folded.Append("\r\n").ToString());
    }

    static Header Structured(string name, string raw)
    {
        // Read, not made: a made field is checked against its grammar while it is still empty.
        if (!Header.TryParse(Encoding.UTF8.GetBytes($"{name}:{raw}"), out var header)) throw new InvalidOperationException($"{name} is no name of a header field.");
        return header;
    }

    static string Encode(string name, List<InternetAddress> addresses)
    {
        // MimeMessage knows where addresses may be folded and how names are encoded; a list alone does not.
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        var written = new StringBuilder(" ");
        var length = name.Length + 2;
        for (var i = 0; i < addresses.Count; i++)
        {
            var one = new InternetAddressList([addresses[i]]).ToString(format, encode: true) + (i < addresses.Count - 1 ? "," : "");
            if (i > 0 && length + one.Length > 76)
            {
                written.Append("\r\n ");
                length = 1;
            }
            else if (i > 0)
            {
                written.Append(' ');
                length++;
            }

            written.Append(one);
            length += one.Length - Math.Max(0, one.LastIndexOf('\n'));
        }

        return written.Append("\r\n").ToString();
    }

    static string Lines(IEnumerable<string> items, string separator) => " " + string.Join(separator + "\r\n ", items) + "\r\n";

    static IEnumerable<InternetAddress> Group(AddressGroup group)
    {
        if (group.Name is null) return group.Addresses.Select(Mailbox);
        return [new GroupAddress(Encoding.UTF8, OneLine(group.Name), group.Addresses.Select(Mailbox))];
    }

    /// <summary>Whether a header can hold the address: it need not be whole, but a second <c>@</c> or an open quote makes it none.</summary>
    public static bool CanHold(string email)
    {
        try
        {
            _ = new MailboxAddress((string?)null, NoSpace(email));
            return true;
        }
        catch (ParseException)
        {
            return false;
        }
    }

    static InternetAddress Mailbox(MailAddress address) =>
        new MailboxAddress(Encoding.UTF8, address.Name is null ? null : OneLine(address.Name), NoSpace(address.Email));

    static string OneLine(string text) => new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);

    static string NoSpace(string text) => new([.. text.Where(c => !char.IsControl(c) && !char.IsWhiteSpace(c) && c is not ('<' or '>'))]);
}
