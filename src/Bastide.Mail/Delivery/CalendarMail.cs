using System.Text;
using Bastide.Abstractions.Mail;
using Bastide.Mail.Mime;
using Bastide.Platform.Blobs;

namespace Bastide.Mail.Delivery;

/// <summary>Finds what messages say to calendars (RFC 6047 §2.4).</summary>
sealed class CalendarMail(Messages messages) : ICalendarMail
{
    const int MostOctets = 1024 * 1024;

    /// <summary>Whether a message has something to say to calendars.</summary>
    public static bool IsIn(ParsedMessage message) => !message.IsBroken && PartOf(message) is not null;

    public async ValueTask<ArrivedCalendar?> Read(BlobId message, CancellationToken cancellation)
    {
        if (await messages.Parse(message, cancellation) is not { IsBroken: false } parsed || PartOf(parsed) is not { } part) return null;
        await using var stream = await messages.OpenBlob(message, cancellation);
        if (stream is null) return null;
        await using var content = PartContent.Open(stream, part);
        using var text = new MemoryStream();
        await content.CopyToAsync(text, cancellation);
        if (text.Length > MostOctets) return null;
        var method = part.TypeParameters?.FirstOrDefault(parameter => parameter.Key == "method").Value ?? "";
        return new ArrivedCalendar([.. (parsed.Header.From ?? []).Select(address => address.Email)], new CalendarPart(method.ToUpperInvariant(), Utf8(text.ToArray(), part.Charset)));
    }

    static BodyPart? PartOf(ParsedMessage message) => message.Structure.Leaves().FirstOrDefault(part => part.Type == "text/calendar" && part.Size <= MostOctets);

    /// <summary>Where no charset is said it is UTF-8, whatever MIME says of text (RFC 5545 §3.1.4).</summary>
    static byte[] Utf8(byte[] text, string? charset) =>
        charset is null || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) ? text : Encoding.UTF8.GetBytes(Charsets.Decode(text, charset).Text);
}
