namespace Bastide.Calendar.Store;

/// <summary>What an event is found and sorted by.</summary>
readonly record struct QueryRow(long EventId, string RecurrenceId, long ObjectId, long CalendarId, string Uid, long? BeginAt, long? EndAt, bool IsRecurring, bool IsFloating, EventPrivacy Privacy, long CreatedAt, long UpdatedAt);
