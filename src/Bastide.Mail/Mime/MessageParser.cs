using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Bastide.Platform.Blobs;
using MimeKit;

namespace Bastide.Mail.Mime;

/// <summary>
/// Reads from the bytes of a message what is stored beside it (RFC 5322, RFC 2045 to 2049). Whatever the bytes are, it
/// answers: what cannot be taken apart, or goes beyond <see cref="MimeBounds"/>, is one text.
/// </summary>
static class MessageParser
{
    const int PieceSize = 64 * 1024;
    static readonly ParserOptions Options = MakeOptions();

    /// <summary>Reads a message. The stream can seek and stands at its beginning.</summary>
    public static async ValueTask<ParsedMessage> Parse(Stream stream, StoredBlob blob, CancellationToken cancellation)
    {
        using var reader = new MessageReader(Options, new GuardedStream(stream));
        try
        {
            await reader.ReadMessageAsync(cancellation);
            if (reader.Root is not { } root) return await Raw(stream, blob, null, cancellation);
            await NameOthers(root, stream, cancellation);
            return Describe(root, blob);
        }
        catch (Exception exception) when (exception is FormatException or MimeBoundException or ParseException or EndOfStreamException)
        {
            return await Raw(stream, blob, reader.Header, cancellation);
        }
    }

    static ParsedMessage Describe(PartDraft root, StoredBlob blob)
    {
        var values = new PartValues();
        var structure = root.Build("", values);
        var bodies = structure.Bodies();
        return new ParsedMessage
        {
            Blob = blob,
            Header = root.Header(),
            Structure = structure,
            Preview = Preview.Of(bodies, values.Heads),
            HasAttachment = bodies.Attachments.Any(IsShownAsAttachment),
        };
    }

    /// <summary>What is not a message, or too much of one: its text as it came.</summary>
    static async ValueTask<ParsedMessage> Raw(Stream stream, StoredBlob blob, PartDraft? header, CancellationToken cancellation)
    {
        var start = header is { BodyStart: > 0 } ? header.BodyStart : 0;
        var leaf = new PartDraft { HeaderStart = 0, BodyStart = start, BodyEnd = blob.Size, IsOuter = true };
        (leaf.Blob, leaf.Size) = await Name(stream, start, blob.Size, "8bit", cancellation);
        var part = leaf.Build("", new PartValues()) with { Charset = "utf-8", Encoding = "8bit" };
        var head = await Head(stream, start, blob.Size, cancellation);
        return new ParsedMessage
        {
            Blob = blob,
            Header = header?.Header() ?? new MessageHeader(),
            Structure = part,
            Preview = Preview.OfText(Encoding.UTF8.GetString(head.Span)),
            IsBroken = true,
        };
    }

    /// <summary>Names what could not be named as it was read: a message inside a message, and parts whose end became known too late.</summary>
    static async ValueTask NameOthers(PartDraft root, Stream stream, CancellationToken cancellation)
    {
        var open = new Stack<PartDraft>([root]);
        while (open.TryPop(out var part))
        {
            foreach (var sub in part.SubParts) open.Push(sub);
            if (part.IsMultipart || part.Blob is not null) continue;
            (part.Blob, part.Size) = await Name(stream, part.BodyStart, part.BodyEnd, part.Encoding, cancellation);
            if (part is { IsRaw: true, IsOuter: true }) part.Head = await Head(stream, part.BodyStart, part.BodyEnd, cancellation);
        }
    }

    static async ValueTask<ReadOnlyMemory<byte>> Head(Stream stream, long start, long end, CancellationToken cancellation)
    {
        var head = new byte[(int)Math.Clamp(end - start, 0, PartDecoder.Kept)];
        stream.Position = start;
        return head.AsMemory(0, await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation));
    }

    static async ValueTask<(BlobId Blob, long Size)> Name(Stream stream, long start, long end, string encoding, CancellationToken cancellation)
    {
        await using var content = PartContent.Open(stream, start, end, encoding);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            var size = 0L;
            for (int read; (read = await content.ReadAsync(piece, cancellation)) > 0; size += read) hash.AppendData(piece, 0, read);
            return (new BlobId(hash.GetHashAndReset()), size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    /// <summary>Pictures that the HTML shows and signatures of the message itself are no attachments to a reader.</summary>
    static bool IsShownAsAttachment(BodyPart part) =>
        part.Type is not ("application/pgp-signature" or "application/pkcs7-signature" or "application/x-pkcs7-signature" or "application/pgp-encrypted")
        && (part.Disposition == "attachment" || part.Cid is null || !part.Type.StartsWith("image/", StringComparison.Ordinal));

    static ParserOptions MakeOptions()
    {
        Charsets.Register();
        var options = ParserOptions.Default.Clone();
        options.MaxMimeDepth = MimeBounds.MaxDepth;
        options.RespectContentLength = false;
        // Of the fields the reader takes Content-Type apart alone, whose names are decoded afterwards (PartDraft); to look
        // for encoded words as leniently as elsewhere would take half a minute for a hostile one (HeaderForms.OptionsFor).
        options.Rfc2047ComplianceMode = RfcComplianceMode.Strict;
        return options;
    }
}
