using System.Globalization;
using System.Text.Json;
using Bastide.Abstractions.Identity;
using Bastide.Mail.Mime;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Platform.Limits;
using Bastide.Platform.Settings;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.Smtp;
using MimeKit;
using MimeKit.Utils;

namespace Bastide.Mail.Delivery;

/// <summary>
/// Answers for people who are away: to a person who wrote to them by name, once in seven days, never to a list, a
/// program or an answer of this kind. RFC 3834; RFC 8621 §8.
/// </summary>
sealed class VacationReply(Database database, BlobStore blobs, JobQueue jobs, Queue queue, Routes routes, IDirectory directory, BastideSettings settings, Limiter limiter, DeliveryLimits limits, TimeProvider time) : IJobHandler
{
    static readonly TimeSpan OncePer = TimeSpan.FromDays(7);
    static readonly string[] SignsOfALot = ["List-Id", "List-Post", "List-Help", "List-Subscribe", "List-Unsubscribe", "List-Owner", "List-Archive", "Feedback-ID", "X-Auto-Response-Suppress"];
    static readonly string[] Addressed = ["To", "Cc", "Bcc", "Resent-To", "Resent-Cc"];
    static readonly string[] Programs = ["mailer-daemon", "postmaster", "listserv", "majordomo", "noreply", "no-reply", "donotreply", "do-not-reply", "bounce", "bounces"];

    static readonly Sql SelectSent = new("SELECT 1 FROM vacation_replies WHERE account_id = $1 AND sender = $2 AND sent_at > $3");

    static readonly Sql UpsertSent = new("""
        INSERT INTO vacation_replies (account_id, sender, sent_at) VALUES ($1, $2, $3)
        ON CONFLICT (account_id, sender) DO UPDATE SET sent_at = excluded.sent_at
        """);

    public string Kind => "mail-vacation";

    public int MaxAttempts => 10;

    /// <summary>Within the delivery's transaction: asks for an answer when the person is away and the sender can get one.</summary>
    public async ValueTask Consider(WriteScope scope, DirectoryEntry person, string recipient, string sender, BlobId message)
    {
        if (person.Kind != AccountKind.User || !IsPersonal(sender)) return;
        if (await VacationResponses.Find(scope, person.Account) is not { } response || !IsAway(response)) return;
        var payload = new VacationPayload(person.Account.Value, recipient, sender, message.ToString());
        await jobs.Enqueue(scope, new JobRequest(Kind, JsonSerializer.Serialize(payload, DeliveryJson.Default.VacationPayload)));
    }

    public async ValueTask<JobResult> Run(Job job, CancellationToken cancellation)
    {
        var asked = JsonSerializer.Deserialize(job.Payload, DeliveryJson.Default.VacationPayload)!;
        var account = new AccountId(asked.Account);
        var person = await directory.Find(account, cancellation);
        var response = await database.Read(scope => VacationResponses.Find(scope, account), cancellation);
        if (person is null || response is null || !IsAway(response)) return JobResult.Done;
        if (await MessageHead.Fields(blobs, BlobId.Parse(asked.Blob, CultureInfo.InvariantCulture), cancellation) is not { } header || !Wants(header, person, asked.Sender)) return JobResult.Done;
        if (!SmtpAddress.TryParse(asked.Sender, out var to) || await routes.Of(to, cancellation) is not { } route) return JobResult.Done;

        var reply = Compose(response, header, person, asked.Sender);
        var mail = await GeneratedMail.Keep(blobs, reply, "", settings, time.GetUtcNow(), cancellation);
        await database.Write(async scope =>
        {
            var sender = asked.Sender.ToLowerInvariant();
            if (await scope.Any(SelectSent, account, sender, time.GetUtcNow() - OncePer)) return;
            if (!limiter.TryTake(limits.VacationReplies, account.ToString(), out _)) return;
            await scope.Execute(UpsertSent, account, sender, time.GetUtcNow());
            await queue.Add(scope, mail, [route]);
        }, cancellation);
        return JobResult.Done;
    }

    bool IsAway(VacationResponse response)
    {
        var now = time.GetUtcNow();
        return response.IsEnabled && (response.FromDate is null || now >= response.FromDate) && (response.ToDate is null || now < response.ToDate);
    }

    static bool IsPersonal(string sender)
    {
        if (sender.Length == 0 || !SmtpAddress.TryParse(sender, out var address)) return false;
        var local = address.Local.ToLowerInvariant();
        return !Programs.Contains(local) && !local.StartsWith("owner-", StringComparison.Ordinal)
            && !local.EndsWith("-request", StringComparison.Ordinal) && !local.StartsWith("bounce", StringComparison.Ordinal);
    }

    static bool Wants(HeaderList header, DirectoryEntry person, string sender)
    {
        if (header["Auto-Submitted"] is { } auto && !auto.Trim().Equals("no", StringComparison.OrdinalIgnoreCase)) return false;
        if (SignsOfALot.Any(header.Contains)) return false;
        if (header["Precedence"]?.Trim().ToLowerInvariant() is "bulk" or "list" or "junk") return false;
        string[] own = [person.Address, .. person.Aliases];
        if (own.Contains(sender, StringComparer.OrdinalIgnoreCase)) return false;
        // Only to who wrote to the person by name (RFC 3834 §2).
        return Addressed
            .Select(name => MessageHead.Raw(header, name)).OfType<byte[]>()
            .SelectMany(HeaderForms.AsAddresses)
            .Any(address => own.Contains(WithoutDetail(address.Email), StringComparer.OrdinalIgnoreCase));
    }

    static string WithoutDetail(string address)
    {
        var at = address.LastIndexOf('@');
        var plus = address.IndexOf('+', StringComparison.Ordinal);
        return plus > 0 && plus < at ? address[..plus] + address[at..] : address;
    }

    MimeMessage Compose(VacationResponse response, HeaderList header, DirectoryEntry person, string sender)
    {
        var subject = MessageHead.Raw(header, "Subject") is { } asked ? MimeBounds.Head(HeaderForms.AsText(asked), MimeBounds.MaxValue) : "";
        var message = new MimeMessage
        {
            Subject = response.Subject is { Length: > 0 } own ? own : $"Auto: {subject}".TrimEnd(),
            Date = time.GetUtcNow(),
            MessageId = MimeUtils.GenerateMessageId(MailHost.NameOf(settings)),
        };
        message.From.Add(new MailboxAddress(person.Name, person.Address));
        message.To.Add(MailboxAddress.Parse(sender));
        message.Headers.Add("Auto-Submitted", "auto-replied");
        message.Headers.Add("Precedence", "bulk");
        if (header["Message-ID"] is { } id && MimeUtils.EnumerateReferences(id).FirstOrDefault() is { } original)
        {
            message.InReplyTo = original;
            message.References.AddRange(MimeUtils.EnumerateReferences(header["References"] ?? "").TakeLast(20));
            message.References.Add(original);
        }

        message.Body = new BodyBuilder { TextBody = response.TextBody ?? (response.HtmlBody is null ? "" : null), HtmlBody = response.HtmlBody }.ToMessageBody();
        return message;
    }
}
