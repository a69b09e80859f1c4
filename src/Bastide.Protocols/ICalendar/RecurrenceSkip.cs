namespace Bastide.Protocols.ICalendar;

/// <summary>SKIP: what becomes of a day that a month does not have (RFC 7529 §4.1).</summary>
public enum RecurrenceSkip
{
    /// <summary>It is left out.</summary>
    Omit,

    /// <summary>It is the last day before.</summary>
    Backward,

    /// <summary>It is the first day after.</summary>
    Forward,
}
