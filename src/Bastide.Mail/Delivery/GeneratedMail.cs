using Bastide.Mail.Smtp;
using Bastide.Platform.Blobs;
using Bastide.Platform.Settings;
using MimeKit;

namespace Bastide.Mail.Delivery;

/// <summary>Keeps messages that the program itself writes (reports, answers for people who are away), ready for the queue.</summary>
static class GeneratedMail
{
    static readonly FormatOptions Format = MakeFormat();

    /// <summary>Writes the message to the blob store with its trace fields.</summary>
    public static async ValueTask<OutgoingMail> Keep(BlobStore blobs, MimeMessage message, string sender, BastideSettings settings, DateTimeOffset now, CancellationToken cancellation)
    {
        message.Prepare(EncodingConstraint.SevenBit);
        await using var blob = blobs.Create();
        await blob.WriteAsync(TraceFields.ReturnPath(sender), cancellation);
        await blob.WriteAsync(TraceFields.ReceivedHere(MailHost.NameOf(settings), "local", now), cancellation);
        // MimeKit writes synchronously in small pieces; a message of this kind is small.
        using var whole = new MemoryStream();
        await message.WriteToAsync(Format, whole, cancellation);
        await blob.WriteAsync(whole.GetBuffer().AsMemory(0, (int)whole.Length), cancellation);
        return new OutgoingMail(sender, await blob.Complete(cancellation));
    }

    static FormatOptions MakeFormat()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.EnsureNewLine = true;
        return format;
    }
}
