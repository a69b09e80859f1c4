namespace Bastide.Calendar;

/// <summary>How sure it is that somebody is not free, from the least.</summary>
public enum BusyStatus
{
    /// <summary>Perhaps.</summary>
    Tentative,

    /// <summary>For some reason.</summary>
    Unavailable,

    /// <summary>By an event that takes place, and that they attend.</summary>
    Confirmed,
}
