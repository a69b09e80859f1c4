using Bastide.Platform.Changes;

namespace Bastide.Calendar.Store;

/// <summary>An event as JMAP counts them.</summary>
/// <param name="Id">Its number.</param>
/// <param name="ObjectId">The object it is in.</param>
/// <param name="RecurrenceId">Which instance, where the series is not known; empty for a series.</param>
/// <param name="CreatedSeq">When it came.</param>
readonly record struct EventRow(long Id, long ObjectId, string RecurrenceId, Sequence CreatedSeq);
