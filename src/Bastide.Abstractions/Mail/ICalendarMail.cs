using Bastide.Platform.Blobs;

namespace Bastide.Abstractions.Mail;

/// <summary>Reads what a message says to calendars. Offered by the mail module.</summary>
public interface ICalendarMail
{
    /// <summary>The first part of iCalendar with a method, and whom the message is from; null where there is none.</summary>
    ValueTask<ArrivedCalendar?> Read(BlobId message, CancellationToken cancellation);
}
