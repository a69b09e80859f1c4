using System.Globalization;
using System.Text;
using Bastide.Platform.Blobs;
using Bastide.Platform.Settings;
using Bastide.Protocols.Smtp;
using MimeKit;
using MimeKit.Utils;

namespace Bastide.Mail.Delivery;

/// <summary>
/// Writes delivery status notifications: that a message failed, or that it takes long. They have the null sender, so
/// that no report is ever made of a report. RFC 3461 §6, RFC 3462, RFC 3464, RFC 6533; RFC 5321 §6.1.
/// </summary>
sealed class DeliveryReports(BlobStore blobs, Routes routes, BastideSettings settings, DeliveryLimits limits, TimeProvider time)
{
    /// <summary>The report an attempt gives rise to, or null.</summary>
    public async ValueTask<DeliveryReport?> Make(Attempt attempt, DateTimeOffset next, CancellationToken cancellation)
    {
        if (!SmtpAddress.TryParse(attempt.Message.Sender, out var sender)) return null;
        var now = time.GetUtcNow();
        var isLate = now - attempt.Message.CreatedAt >= limits.TellDelayAfter;
        var untold = attempt.Recipients.Where(r => !r.IsToldDelayed).ToLookup(r => r.Address, r => r.Id, StringComparer.Ordinal);
        var told = attempt.Results.Where(r => r.Status == Delivered.No || (r.Status == Delivered.Queued && isLate && untold.Contains(r.Address))).ToList();
        if (told.Count == 0 || await routes.Of(sender, cancellation) is not { } route) return null;

        var head = await MessageHead.Read(blobs, attempt.Message.Message.Id, cancellation) ?? [];
        var report = Compose(attempt, told, head, next, now);
        var mail = await GeneratedMail.Keep(blobs, report, "", settings, now, cancellation);
        return new DeliveryReport(mail, route, [.. told.Where(r => r.Status == Delivered.Queued).SelectMany(r => untold[r.Address])]);
    }

    MimeMessage Compose(Attempt attempt, List<RecipientResult> told, byte[] head, DateTimeOffset next, DateTimeOffset now)
    {
        var host = MailHost.NameOf(settings);
        var hasFailed = told.Exists(r => r.Status == Delivered.No);
        var report = new MimeMessage
        {
            Subject = hasFailed ? "Not delivered: your message did not arrive" : "Delayed: your message has not arrived yet",
            Date = now,
            MessageId = MimeUtils.GenerateMessageId(host),
        };
        report.From.Add(new MailboxAddress("Mail delivery", "mailer-daemon@" + settings.Domain));
        report.To.Add(MailboxAddress.Parse(attempt.Message.Sender));
        report.Headers.Add("Auto-Submitted", "auto-replied");
        if (MessageIdOf(head) is { } original)
        {
            report.InReplyTo = original;
            report.References.Add(original);
        }

        report.Body = new MultipartReport("delivery-status")
        {
            new TextPart("plain") { Text = Explanation(told, host) },
            Status(attempt, told, host, next, now),
            Headers(WithoutReturnPath(head)),
        };
        return report;
    }

    string Explanation(List<RecipientResult> told, string host)
    {
        var text = new StringBuilder();
        Tell(told.Where(r => r.Status == Delivered.No), "Your message did not reach:", "It will not be tried again.");
        Tell(told.Where(r => r.Status == Delivered.Queued), "Your message has not reached yet:",
            string.Create(CultureInfo.InvariantCulture, $"It is tried again for up to {limits.GiveUpAfter.TotalDays:0} days; you need not send it anew."));
        return text.Append("This report was written by ").Append(host).Append(". Nobody reads answers to it.\r\n").ToString();

        void Tell(IEnumerable<RecipientResult> some, string beginning, string end)
        {
            var list = some.ToList();
            if (list.Count == 0) return;
            text.Append(beginning).Append("\r\n\r\n");
            foreach (var result in list)
            {
                text.Append("  ").Append(result.Address).Append("\r\n      ");
                if (result.Remote is not null) text.Append(result.Remote).Append(" said: ");
                text.Append(result.Reply).Append("\r\n\r\n");
            }

            text.Append(end).Append("\r\n\r\n");
        }
    }

    // Written by hand, because a blank line after the last group would be read as one group more.
    MessageDeliveryStatus Status(Attempt attempt, List<RecipientResult> told, string host, DateTimeOffset next, DateTimeOffset now)
    {
        var until = attempt.Message.CreatedAt + limits.GiveUpAfter;
        var text = new StringBuilder();
        text.Append("Reporting-MTA: dns; ").Append(host);
        text.Append("\r\nArrival-Date: ").Append(DateUtils.FormatDate(attempt.Message.CreatedAt));
        foreach (var result in told)
        {
            var isFailed = result.Status == Delivered.No;
            text.Append("\r\n\r\nFinal-Recipient: ").Append(TypedAddress(result.Address));
            text.Append("\r\nAction: ").Append(isFailed ? "failed" : "delayed");
            text.Append("\r\nStatus: ").Append(result.Reply.Enhanced ?? (isFailed ? "5.0.0" : "4.0.0"));
            if (result.Remote is not null) text.Append("\r\nRemote-MTA: dns; ").Append(result.Remote);
            text.Append("\r\nDiagnostic-Code: smtp; ").Append(string.Concat(result.Reply.ToString().Select(c => Ascii.IsValid(c) ? c : '?')));
            text.Append("\r\nLast-Attempt-Date: ").Append(DateUtils.FormatDate(now));
            if (!isFailed) text.Append("\r\nWill-Retry-Until: ").Append(DateUtils.FormatDate(until > next ? until : next));
        }

        return new MessageDeliveryStatus { Content = new MimeContent(new MemoryStream(Encoding.ASCII.GetBytes(text.ToString()))) };
    }

    // An address beyond ASCII is escaped as RFC 6533 §3 says, so that the report itself needs no eight bits.
    static string TypedAddress(string address) => Ascii.IsValid(address)
        ? "rfc822; " + address
        : "utf-8; " + string.Concat(address.EnumerateRunes().Select(rune =>
            rune.IsAscii && rune.Value is not ('+' or '=' or '\\') ? rune.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\x{{{rune.Value:X}}}")));

    // Header fields beyond ASCII are of another type (RFC 6533 §6).
    static MimePart Headers(byte[] head)
    {
        var content = new MimeContent(new MemoryStream(head));
        return Ascii.IsValid(head) ? new TextPart("rfc822-headers") { Content = content } : new MimePart("message", "global-headers") { Content = content };
    }

    static string? MessageIdOf(byte[] head)
    {
        using var stream = new MemoryStream([.. head, .. "\r\n"u8]);
        return HeaderList.Load(stream)["Message-ID"] is { } id ? MimeUtils.EnumerateReferences(id).FirstOrDefault() : null;
    }

    static byte[] WithoutReturnPath(byte[] head)
    {
        if (!head.AsSpan().StartsWith("Return-Path:"u8)) return head;
        return head[(head.AsSpan().IndexOf((byte)'\n') + 1)..];
    }
}
