using System.Buffers;
using Bastide.Abstractions.Identity;
using Bastide.Mail.Mime;
using Bastide.Mail.Smtp;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Settings;
using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Delivery;

/// <summary>
/// Makes the message of a <see cref="SubmitRequest"/> ready to be sent: copies it with its trace fields and without its
/// blind copies, and checks who it says it is from and to. RFC 8621 §7.5.
/// </summary>
sealed class SubmissionDraft(BlobStore blobs, IDirectory directory, Senders senders, Routes routes, BastideSettings settings, TimeProvider time)
{
    const int PieceSize = 64 * 1024;

    /// <summary>The message, or why it cannot be sent.</summary>
    public async ValueTask<(DraftedMail? Drafted, SubmitResult? Failure)> Make(Caller caller, SubmitRequest request, CancellationToken cancellation)
    {
        var from = request.Envelope?.MailFrom.Email ?? request.Sender ?? "";
        if (from.Length > 0 && (!SmtpAddress.TryParse(from, out _) || await senders.AccountOf(caller, from, cancellation) is null))
            return Refused(SubmitFailure.ForbiddenMailFrom, "You may not send from this address.");
        await using var original = await blobs.Open(request.Message, cancellation);
        if (original is null) return Refused(SubmitFailure.InvalidEmail, "The message is not there any more.");
        if (original.Length > Submissions.MaxSize) return (null, new SubmitResult(null, SubmitFailure.TooLarge, "The message is too large to be sent.", Limit: Submissions.MaxSize));

        var now = time.GetUtcNow();
        var host = MailHost.NameOf(settings);
        await using var blob = blobs.Create();
        var rewrite = new MessageRewrite(blob, Rewriting.Submitted(host, now) with { NormalisesNewlines = true });
        await blob.WriteAsync(TraceFields.ReturnPath(from), cancellation);
        await blob.WriteAsync(TraceFields.ReceivedHere(host, "JMAP", now), cancellation);
        await Copy(original, rewrite, cancellation);
        if (rewrite.From is null) return Refused(SubmitFailure.InvalidEmail, "The message has no From field, or more than one.");
        if (!await senders.MayBeFrom(caller, rewrite.From, cancellation)) return Refused(SubmitFailure.ForbiddenFrom, "The From field names an address that is not yours.");

        IReadOnlyList<MailAddress> addressed = [.. rewrite.Recipients.SelectMany(HeaderForms.AsAddresses)];
        var envelope = request.Envelope ?? new Envelope(new EnvelopeAddress(from), [.. Emails(addressed).Select(email => new EnvelopeAddress(email))]);
        var (recipients, failure) = await Recipients(envelope, cancellation);
        if (recipients is null) return (null, failure);
        var isUtf8 = rewrite.HasUtf8Header || recipients.Any(r => !r.Address.IsAscii);
        var mail = new OutgoingMail(from, await blob.Complete(cancellation)) { IsEightBit = rewrite.IsEightBit, IsUtf8 = isUtf8 };
        return (new DraftedMail(mail, envelope, recipients) { Addressed = addressed }, null);
    }

    static async ValueTask Copy(Stream original, MessageRewrite rewrite, CancellationToken cancellation)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            for (int read; (read = await original.ReadAsync(piece.AsMemory(0, PieceSize), cancellation)) > 0;)
                await rewrite.Write(piece.AsMemory(0, read), cancellation);
            await rewrite.End(cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    static IEnumerable<string> Emails(IReadOnlyList<MailAddress> addressed) => addressed
        .Select(address => address.Email)
        .Where(email => email.Contains('@', StringComparison.Ordinal))
        .Distinct(StringComparer.OrdinalIgnoreCase);

    async ValueTask<(IReadOnlyList<RoutedRecipient>? Recipients, SubmitResult? Failure)> Recipients(Envelope envelope, CancellationToken cancellation)
    {
        if (envelope.RcptTo.Count == 0) return (null, new SubmitResult(null, SubmitFailure.NoRecipients, "The message names nobody to send it to."));
        if (envelope.RcptTo.Count > Submissions.MaxRecipients)
            return (null, new SubmitResult(null, SubmitFailure.TooManyRecipients, "The message has too many recipients.", Limit: Submissions.MaxRecipients));
        var recipients = new List<RoutedRecipient>();
        var invalid = new List<string>();
        foreach (var email in envelope.RcptTo.Select(r => r.Email).Distinct(StringComparer.Ordinal))
        {
            if (await Route(email, cancellation) is { } route) recipients.Add(route);
            else invalid.Add(email);
        }

        return invalid.Count == 0
            ? (recipients, null)
            : (null, new SubmitResult(null, SubmitFailure.InvalidRecipients, "Nothing can be sent to some of the recipients.", invalid));
    }

    async ValueTask<RoutedRecipient?> Route(string email, CancellationToken cancellation)
    {
        if (!SmtpAddress.TryParse(email, out var address) || await routes.Of(address, cancellation) is not { } route) return null;
        return route.IsLocal && await directory.Find(address.ToString(), cancellation) is null ? null : route;
    }

    static (DraftedMail?, SubmitResult?) Refused(SubmitFailure failure, string description) => (null, new SubmitResult(null, failure, description));
}
