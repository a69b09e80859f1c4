using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;

namespace Bastide.Abstractions.Mail;

/// <summary>Modules that act on what mail says to calendars hear of each such message, inside the transaction that delivers it.</summary>
public interface ICalendarMailListener
{
    /// <summary>A message with a part of iCalendar was put into an account's inbox.</summary>
    ValueTask Arrived(WriteScope scope, AccountId account, BlobId message);
}
