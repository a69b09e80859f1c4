using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap;

/// <summary>METADATA responses (RFC 5464 §4.4).</summary>
static class MetadataWriter
{
    /// <summary>Tells annotations with their values; those that are not there as NIL.</summary>
    public static void Values(ImapWriter output, string mailbox, IEnumerable<(string Entry, byte[]? Value)> values)
    {
        output.Raw("* METADATA "u8).Mailbox(mailbox).Space().Open();
        var isFirst = true;
        foreach (var (entry, value) in values)
        {
            if (!isFirst) output.Space();
            isFirst = false;
            output.AString(entry).Space();
            if (value is null) output.Nil();
            else if (value.AsSpan().ContainsAnyExceptInRange((byte)1, (byte)0x7f)) output.LiteralHeader(value.Length, literal8: true).Raw(value);
            else if (value.Length > 1000 || value.AsSpan().ContainsAny("\r\n"u8)) output.Literal(value);
            else output.String(System.Text.Encoding.ASCII.GetString(value));
        }

        output.Close().Line();
    }

    /// <summary>Tells that annotations changed, and not to what (RFC 5464 §4.4.2).</summary>
    public static void Names(ImapWriter output, string mailbox, IEnumerable<string> entries)
    {
        output.Raw("* METADATA "u8).Mailbox(mailbox);
        foreach (var entry in entries) output.Space().AString(entry);
        output.Line();
    }
}
