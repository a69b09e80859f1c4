namespace Bastide.Protocols.ICalendar;

/// <summary>What a date or date-time is tied to (RFC 5545 §3.3.4, §3.3.5).</summary>
public enum ICalTimeKind
{
    /// <summary>A whole day, wherever one is.</summary>
    Date,

    /// <summary>A time of day, wherever one is.</summary>
    Floating,

    /// <summary>A moment in UTC.</summary>
    Utc,

    /// <summary>A time in the zone of a TZID.</summary>
    Zoned,
}
