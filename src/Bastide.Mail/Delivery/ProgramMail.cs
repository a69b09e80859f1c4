using Bastide.Abstractions.Mail;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;
using Bastide.Platform.Settings;
using Bastide.Protocols.Smtp;
using MimeKit;
using MimeKit.Utils;

namespace Bastide.Mail.Delivery;

/// <summary>Sends what other modules write.</summary>
sealed class ProgramMail(BlobStore blobs, Queue queue, Routes routes, BastideSettings settings, TimeProvider time) : IProgramMail
{
    public async ValueTask<IPreparedMail?> Prepare(ProgramMessage message, CancellationToken cancellation)
    {
        var recipients = new List<RoutedRecipient>();
        foreach (var to in message.To)
            if (SmtpAddress.TryParse(to.Address, out var address) && await routes.Of(address, cancellation) is { } route)
                recipients.Add(route);
        if (recipients.Count == 0) return null;
        var mail = await GeneratedMail.Keep(blobs, Compose(message), message.From.Address, settings, time.GetUtcNow(), cancellation);
        return new Prepared(queue, mail with { Account = message.Account }, recipients);
    }

    MimeMessage Compose(ProgramMessage message)
    {
        var host = MailHost.NameOf(settings);
        var mime = new MimeMessage
        {
            Subject = message.Subject,
            Date = time.GetUtcNow(),
            MessageId = message.Name is { } name ? $"{name}@{host}" : MimeUtils.GenerateMessageId(host),
        };
        mime.From.Add(new MailboxAddress(message.From.Name, message.From.Address));
        foreach (var to in message.To)
            if (SmtpAddress.TryParse(to.Address, out _))
                mime.To.Add(new MailboxAddress(to.Name, to.Address));
        if (message.IsAutomatic) mime.Headers.Add("Auto-Submitted", "auto-generated");
        mime.Body = Body(message);
        return mime;
    }

    static MimeEntity Body(ProgramMessage message)
    {
        var text = new BodyBuilder { TextBody = message.Text, HtmlBody = message.Html }.ToMessageBody();
        if (message.Calendar is not { } calendar) return text;
        // RFC 6047 §2.4: one of the alternatives, the last, so that programs which read it take it. The attachment is for people whose program does not.
        var alternatives = text as MultipartAlternative ?? [text];
        alternatives.Add(CalendarPart(calendar));
        return new Multipart("mixed") { alternatives, Attachment(calendar) };
    }

    static TextPart CalendarPart(CalendarPart calendar)
    {
        var part = new TextPart("calendar") { Content = Content(calendar), ContentTransferEncoding = ContentEncoding.Base64 };
        part.ContentType.Charset = "utf-8";
        part.ContentType.Parameters.Add("method", calendar.Method);
        return part;
    }

    static MimePart Attachment(CalendarPart calendar) => new("application", "ics")
    {
        Content = Content(calendar),
        ContentTransferEncoding = ContentEncoding.Base64,
        ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = "invite.ics" },
    };

    static MimeContent Content(CalendarPart calendar) => new(new MemoryStream(calendar.Text.ToArray(), writable: false));

    sealed class Prepared(Queue queue, OutgoingMail mail, List<RoutedRecipient> recipients) : IPreparedMail
    {
        public async ValueTask Post(WriteScope scope) => await queue.Add(scope, mail, recipients);
    }
}
