using System.Text;

namespace Bastide.Protocols.Imap;

/// <summary>
/// A message, or a part of one, by its place (RFC 5092 §6): <c>/INBOX;UIDVALIDITY=3/;UID=20/;SECTION=1.2</c>. Relative to
/// the server, or without a mailbox to the one that is selected; those that name a server are not for us.
/// </summary>
/// <param name="Mailbox">The mailbox, or null for the one that is selected.</param>
/// <param name="UidValidity">What its UIDVALIDITY must be, or null.</param>
/// <param name="Uid">The UID.</param>
/// <param name="Section">What of the message.</param>
/// <param name="Partial">Where the octets wanted of it begin, and how many; null for all to the end.</param>
public sealed record ImapUrl(string? Mailbox, uint? UidValidity, uint Uid, BodySection Section, (uint Offset, uint? Count)? Partial)
{
    /// <summary>Reads it; null for what is no such reference.</summary>
    public static ImapUrl? Parse(string url)
    {
        try
        {
            return Read(url);
        }
        catch (ImapSyntaxException)
        {
            return null;
        }
    }

    static ImapUrl? Read(string url)
    {
        var at = url.IndexOf("/;UID=", StringComparison.OrdinalIgnoreCase);
        string? mailbox = null;
        uint? validity = null;
        var message = url;
        if (at >= 0)
        {
            // "//host/…" names a server.
            if (at == 0 || !url.StartsWith('/') || url.StartsWith("//", StringComparison.Ordinal)) return null;
            (mailbox, message) = (url[1..at], url[(at + 1)..]);
            if (mailbox.IndexOf(";UIDVALIDITY=", StringComparison.OrdinalIgnoreCase) is var mark and >= 0)
            {
                validity = Number(mailbox[(mark + 13)..]).NonZeroNumber();
                mailbox = mailbox[..mark];
            }

            if (mailbox.Length == 0) return null;
            mailbox = Decode(mailbox);
            if (mailbox.Equals("INBOX", StringComparison.OrdinalIgnoreCase)) mailbox = "INBOX";
        }

        return OfMessage(mailbox, validity, message.Split("/;"));
    }

    static ImapUrl? OfMessage(string? mailbox, uint? validity, string[] parts)
    {
        uint? uid = null;
        var section = BodySection.Message;
        (uint, uint?)? partial = null;
        foreach (var part in parts)
        {
            var (name, value) = part.TrimStart(';').Split('=', 2) is [var key, var rest] ? (key.ToUpperInvariant(), rest) : ("", "");
            switch (name)
            {
                case "UID" when uid is null:
                    uid = Number(value).NonZeroNumber();
                    break;
                case "SECTION" when uid is not null:
                    section = SectionOf(Decode(value));
                    break;
                case "PARTIAL" when uid is not null:
                    partial = PartialOf(value);
                    break;
                default:
                    return null;
            }
        }

        return uid is { } known ? new ImapUrl(mailbox, validity, known, section, partial) : null;
    }

    static BodySection SectionOf(string written)
    {
        var arguments = new ImapArguments(Encoding.UTF8.GetBytes($"[{written}]"));
        var section = BodySection.Parse(arguments);
        arguments.ExpectEnd();
        return section;
    }

    static (uint, uint?) PartialOf(string written)
    {
        var dot = written.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? (Number(written).Number(), null) : (Number(written[..dot]).Number(), Number(written[(dot + 1)..]).NonZeroNumber());
    }

    /// <summary>A number that is the whole of a text.</summary>
    static ImapArguments Number(string text) =>
        text.Length > 0 && text.All(char.IsAsciiDigit) ? new ImapArguments(Encoding.ASCII.GetBytes(text)) : throw new ImapSyntaxException("A number is missing");

    static string Decode(string text) => Uri.UnescapeDataString(text);
}
