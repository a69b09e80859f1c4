namespace Bastide.Calendar;

/// <summary>What others with whom a calendar is shared see of an event (RFC 8984 §4.4.3).</summary>
public enum EventPrivacy
{
    /// <summary>All of it.</summary>
    Public = 0,

    /// <summary>When it is.</summary>
    Private = 1,

    /// <summary>Nothing.</summary>
    Secret = 2,
}
