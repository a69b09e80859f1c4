namespace Bastide.Protocols.ICalendar;

/// <summary>FREQ of a rule (RFC 5545 §3.3.10), from the shortest to the longest.</summary>
public enum RecurrenceFrequency
{
    /// <summary>Every second.</summary>
    Secondly,

    /// <summary>Every minute.</summary>
    Minutely,

    /// <summary>Every hour.</summary>
    Hourly,

    /// <summary>Every day.</summary>
    Daily,

    /// <summary>Every week.</summary>
    Weekly,

    /// <summary>Every month.</summary>
    Monthly,

    /// <summary>Every year.</summary>
    Yearly,
}
