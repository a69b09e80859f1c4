using System.Globalization;
using System.Text;
using Bastide.Mail.Mime;
using Bastide.Protocols.Imap;
using MimeKit.Utils;

namespace Bastide.Mail.Imap;

/// <summary>
/// Writes ENVELOPE and BODYSTRUCTURE (RFC 9051 §7.5.2) from what was stored at arrival. What is beyond ASCII is written as
/// encoded words, or as it is once the client has enabled UTF-8.
/// </summary>
static class EnvelopeWriter
{
    /// <summary>The envelope of a message.</summary>
    public static void Envelope(ImapWriter output, MessageHeader header)
    {
        output.Open().NString(header.SentAt is { } date ? DateOf(date) : null).Space();
        Text(output, header.Subject);
        output.Space();
        Addresses(output, header.From, header, "From");
        output.Space();
        // A message without a Sender or Reply-To has them from its From.
        if (header.Sender is { Count: > 0 }) Addresses(output, header.Sender, header, "Sender");
        else Addresses(output, header.From, header, "From");
        output.Space();
        if (header.ReplyTo is { Count: > 0 }) Addresses(output, header.ReplyTo, header, "Reply-To");
        else Addresses(output, header.From, header, "From");
        output.Space();
        Addresses(output, header.To, header, "To");
        output.Space();
        Addresses(output, header.Cc, header, "Cc");
        output.Space();
        Addresses(output, header.Bcc, header, "Bcc");
        output.Space().NString(Ids(header.InReplyTo)).Space().NString(Ids(header.MessageId)).Close();
    }

    /// <summary>The structure of a message or part; with what extends it, BODYSTRUCTURE, else BODY.</summary>
    public static void Structure(ImapWriter output, BodyPart part, bool isExtended)
    {
        output.Open();
        if (part.SubParts is { } parts) Multipart(output, part, parts, isExtended);
        else Leaf(output, part, isExtended);
        output.Close();
    }

    static void Multipart(ImapWriter output, BodyPart part, IReadOnlyList<BodyPart> parts, bool isExtended)
    {
        // The grammar wants at least one part.
        if (parts.Count == 0) output.Raw("(\"text\" \"plain\" NIL NIL NIL \"7bit\" 0 0)"u8);
        foreach (var each in parts) Structure(output, each, isExtended);
        output.Space().String(Subtype(part.Type));
        if (!isExtended) return;
        output.Space();
        Parameters(output, part.TypeParameters);
        Extension(output, part);
    }

    static void Leaf(ImapWriter output, BodyPart part, bool isExtended)
    {
        var isMessage = part is { Embedded: not null, EmbeddedHeader: not null };
        var slash = part.Type.IndexOf('/', StringComparison.Ordinal);
        output.String(slash < 0 ? part.Type : part.Type[..slash]).Space().String(Subtype(part.Type)).Space();
        Parameters(output, part.TypeParameters);
        output.Space().NString(part.Cid is null ? null : $"<{part.Cid}>").Space();
        Text(output, part.Description);
        output.Space().String(part.Encoding).Space().Number(part.BodyEnd - part.BodyStart);
        if (isMessage)
        {
            output.Space();
            Envelope(output, part.EmbeddedHeader!);
            output.Space();
            Structure(output, part.Embedded!, isExtended);
            output.Space().Number(part.Lines);
        }
        else if (part.Type.StartsWith("text/", StringComparison.Ordinal))
        {
            output.Space().Number(part.Lines);
        }

        if (!isExtended) return;
        output.Space().NString(part.Md5);
        Extension(output, part);
    }

    static void Extension(ImapWriter output, BodyPart part)
    {
        output.Space();
        if (part.Disposition is null)
        {
            output.Nil();
        }
        else
        {
            output.Open().String(part.Disposition).Space();
            Parameters(output, part.DispositionParameters);
            output.Close();
        }

        output.Space();
        if (part.Language is not { Count: > 0 } language)
        {
            output.Nil();
        }
        else
        {
            output.Open();
            for (var at = 0; at < language.Count; at++) (at == 0 ? output : output.Space()).String(language[at]);
            output.Close();
        }

        output.Space().NString(part.Location);
    }

    static void Parameters(ImapWriter output, IReadOnlyList<KeyValuePair<string, string>>? parameters)
    {
        if (parameters is not { Count: > 0 })
        {
            output.Nil();
            return;
        }

        output.Open();
        for (var at = 0; at < parameters.Count; at++)
        {
            var (name, value) = parameters[at];
            // RFC 2231 §4 for what is beyond ASCII.
            var isEncoded = !output.Utf8 && !Ascii.IsValid(value);
            (at == 0 ? output : output.Space()).String(isEncoded ? name + "*" : name).Space();
            output.String(isEncoded ? "utf-8''" + Uri.EscapeDataString(value) : value);
        }

        output.Close();
    }

    static void Addresses(ImapWriter output, IReadOnlyList<MailAddress>? addresses, MessageHeader header, string field)
    {
        IReadOnlyList<AddressRange> groups = header.Groups?.GetValueOrDefault(field) ?? [];
        if (groups.Count == 0 && addresses is not { Count: > 0 })
        {
            output.Nil();
            return;
        }

        output.Open();
        var next = 0;
        foreach (var group in groups)
        {
            next = Addresses(output, addresses, next, group.Start);
            // A host of NIL begins a group, and a name of NIL with it ends one.
            output.Raw("(NIL NIL "u8);
            Text(output, group.Group, isPhrase: true);
            output.Raw(" NIL)"u8);
            next = Addresses(output, addresses, next, group.Start + group.Count);
            output.Raw("(NIL NIL NIL NIL)"u8);
        }

        Addresses(output, addresses, next, addresses?.Count ?? 0);
        output.Close();
    }

    /// <summary>Those between two places; answers where it stopped.</summary>
    static int Addresses(ImapWriter output, IReadOnlyList<MailAddress>? addresses, int from, int to)
    {
        for (var at = from; at < to && at < addresses?.Count; at++)
        {
            var (name, email) = addresses[at];
            var host = email.LastIndexOf('@');
            output.Open();
            Text(output, string.IsNullOrEmpty(name) ? null : name, isPhrase: true);
            output.Raw(" NIL "u8).String(host < 0 ? email : email[..host]).Space();
            output.String(host < 0 ? "" : email[(host + 1)..]).Close();
        }

        return Math.Max(from, to);
    }

    static void Text(ImapWriter output, string? text, bool isPhrase = false)
    {
        if (text is null) output.Nil();
        else if (output.Utf8 || Ascii.IsValid(text)) output.String(text.ReplaceLineEndings(" "));
        else output.String(Encoding.ASCII.GetString(isPhrase ? Rfc2047.EncodePhrase(Encoding.UTF8, text) : Rfc2047.EncodeText(Encoding.UTF8, text)).ReplaceLineEndings("").Trim());
    }

    static string DateOf(DateTimeOffset date) =>
        date.ToString("ddd, d MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + (date.Offset < TimeSpan.Zero ? "-" : "+") + date.Offset.ToString("hhmm", CultureInfo.InvariantCulture);

    static string? Ids(IReadOnlyList<string>? ids) => ids is not { Count: > 0 } ? null : string.Join(' ', ids.Select(id => $"<{id}>"));

    static string Subtype(string type)
    {
        var slash = type.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? "octet-stream" : type[(slash + 1)..];
    }
}
