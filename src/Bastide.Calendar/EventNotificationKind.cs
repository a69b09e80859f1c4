namespace Bastide.Calendar;

/// <summary>What somebody else did to an event.</summary>
public enum EventNotificationKind
{
    /// <summary>It came into the calendar.</summary>
    Created = 0,

    /// <summary>It changed.</summary>
    Updated = 1,

    /// <summary>It went.</summary>
    Destroyed = 2,
}
