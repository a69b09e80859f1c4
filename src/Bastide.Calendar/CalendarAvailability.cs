namespace Bastide.Calendar;

/// <summary>Which events of a calendar count when it is asked whether a person is free: <c>includeInAvailability</c>.</summary>
public enum CalendarAvailability
{
    /// <summary>All.</summary>
    All = 0,

    /// <summary>Those that the person has accepted, perhaps.</summary>
    Attending = 1,

    /// <summary>None.</summary>
    None = 2,
}
