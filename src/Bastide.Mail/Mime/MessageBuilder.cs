using System.Text;
using Bastide.Platform.Blobs;
using Bastide.Platform.Settings;
using MimeKit;
using MimeKit.Utils;

namespace Bastide.Mail.Mime;

/// <summary>
/// Writes messages (RFC 5322, RFC 2045 to 2047, RFC 2231) from what a client says of them (RFC 8621 §4.6). Attachments
/// stream from their blobs into the new one.
/// </summary>
public sealed class MessageBuilder(BlobStore blobs, BastideSettings settings, TimeProvider time)
{
    /// <summary>The most octets of a message.</summary>
    public const long MaxSize = 52_428_800;

    /// <summary>
    /// Writes the message and makes it durable. Date, Message-ID and MIME-Version are added where they are missing. An
    /// error tells which blobs are missing, or that the message would be larger than <see cref="MaxSize"/>.
    /// </summary>
    public async Task<(StoredBlob? Blob, MailError? Error)> Build(DraftMessage draft, CancellationToken cancellation)
    {
        var opened = new Dictionary<BlobId, Stream>();
        try
        {
            if (await OpenAll(draft.Body, opened, cancellation) is { } missing) return (null, missing);
            // Each third octet of base64 makes four, and lines end every 76.
            if (opened.Values.Sum(stream => stream.Length) > MaxSize) return (null, TooLarge);
            using var message = Compose(draft, opened);
            var writer = blobs.Create();
            await using (writer)
            {
                await message.WriteToAsync(Format, writer, cancellation);
                return writer.Length > MaxSize ? (null, TooLarge) : (await writer.Complete(cancellation), null);
            }
        }
        finally
        {
            foreach (var stream in opened.Values) await stream.DisposeAsync();
        }
    }

    static FormatOptions Format { get; } = MakeFormat();

    static MailError TooLarge => new(MailFailure.TooLarge, $"A message may have {MaxSize} octets at most, attachments encoded.");

    async ValueTask<MailError?> OpenAll(DraftPart body, Dictionary<BlobId, Stream> opened, CancellationToken cancellation)
    {
        var missing = new List<BlobId>();
        foreach (var blob in BlobsOf(body).Distinct())
        {
            if (await blobs.Open(blob, cancellation) is { } stream) opened[blob] = stream;
            else missing.Add(blob);
        }

        return missing.Count == 0 ? null : new MailError(MailFailure.BlobNotFound, "Upload the attachments again: some are not there.") { MissingBlobs = missing };
    }

    MimeMessage Compose(DraftMessage draft, Dictionary<BlobId, Stream> opened)
    {
        var message = new MimeMessage();
        message.Headers.Clear();
        foreach (var header in draft.Headers) message.Headers.Add(DraftFields.Write(header));
        if (!message.Headers.Contains(HeaderId.Date)) message.Headers.Add(HeaderId.Date, DateUtils.FormatDate(time.GetUtcNow()));
        if (!message.Headers.Contains(HeaderId.MessageId)) message.Headers.Add(HeaderId.MessageId, $"<{MimeUtils.GenerateMessageId(settings.Domain)}>");
        if (!message.Headers.Contains(HeaderId.MimeVersion)) message.Headers.Add(HeaderId.MimeVersion, "1.0");
        message.Body = Part(draft.Body, opened);
        return message;
    }

    static MimeEntity Part(DraftPart draft, Dictionary<BlobId, Stream> opened)
    {
        var entity = Entity(draft, opened);
        if (draft.Disposition is not null || (draft.Name is not null && draft.SubParts is null))
        {
            entity.ContentDisposition = new ContentDisposition(draft.Disposition ?? ContentDisposition.Attachment);
            if (draft.Name is not null) SetParameter(entity.ContentDisposition.Parameters, "filename", draft.Name);
        }

        // Old programs look for the name here.
        if (draft.Name is not null) SetParameter(entity.ContentType.Parameters, "name", draft.Name);
        if (draft.Cid is not null) entity.ContentId = draft.Cid;
        if (draft.Location is not null) entity.Headers.Replace("Content-Location", draft.Location);
        if (draft.Language is { Count: > 0 } language) entity.Headers.Replace("Content-Language", string.Join(", ", language));
        foreach (var header in draft.Headers)
        {
            // A Content-Type that is given takes the place of the one made from the type.
            if (header.Name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)) entity.Headers.Replace(DraftFields.Write(header));
            else entity.Headers.Add(DraftFields.Write(header));
        }

        return entity;
    }

    static MimeEntity Entity(DraftPart draft, Dictionary<BlobId, Stream> opened)
    {
        var (media, sub) = Split(draft.Type);
        if (draft.SubParts is { } subParts)
        {
            var multipart = new Multipart(sub);
            foreach (var part in subParts) multipart.Add(Part(part, opened));
            return multipart;
        }

        if (draft.Blob is null)
        {
            var text = new TextPart(sub);
            text.SetText(Encoding.UTF8, (draft.Text ?? "").ReplaceLineEndings("\r\n"));
            text.ContentTransferEncoding = BestEncoding(draft.Text ?? "");
            return text;
        }

        var content = new SharedStream(opened[draft.Blob.Value]);
        if (media == "message" && sub is "rfc822" or "global") return Forwarded(media, sub, content);
        var leaf = new MimePart(media, sub) { Content = new MimeContent(content), ContentTransferEncoding = ContentEncoding.Base64 };
        if (draft.Charset is not null) leaf.ContentType.Charset = draft.Charset;
        return leaf;
    }

    /// <summary>A message that is attached stands as it is (RFC 2046 §5.2.1); its lines are not encoded.</summary>
    static MimePart Forwarded(string media, string sub, Stream content) =>
        new(media, sub) { Content = new MimeContent(content), ContentTransferEncoding = ContentEncoding.EightBit };

    static ContentEncoding BestEncoding(string text)
    {
        var isAscii = Ascii.IsValid(text);
        var isShort = true;
        foreach (var line in text.AsSpan().EnumerateLines())
            isShort &= line.Length <= 900 && !line.StartsWith("From ");
        if (isAscii && isShort) return ContentEncoding.SevenBit;
        // Base64 is the shorter form where most letters are not ASCII.
        return text.Count(c => c > 127) * 3 > text.Length ? ContentEncoding.Base64 : ContentEncoding.QuotedPrintable;
    }

    static void SetParameter(ParameterList parameters, string name, string value) =>
        parameters.Add(new Parameter(Encoding.UTF8, name, value) { EncodingMethod = ParameterEncodingMethod.Rfc2231 });

    static (string Media, string Sub) Split(string type)
    {
        var slash = type.IndexOf('/');
        return slash > 0 && slash < type.Length - 1 ? (type[..slash].ToLowerInvariant(), type[(slash + 1)..].ToLowerInvariant()) : ("application", "octet-stream");
    }

    static IEnumerable<BlobId> BlobsOf(DraftPart part) =>
        (part.Blob is { } blob ? [blob] : Enumerable.Empty<BlobId>()).Concat((part.SubParts ?? []).SelectMany(BlobsOf));

    static FormatOptions MakeFormat()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.ParameterEncodingMethod = ParameterEncodingMethod.Rfc2231;
        format.EnsureNewLine = true;
        return format;
    }
}
