namespace Bastide.Calendar;

/// <summary>What events can be sorted by.</summary>
public enum EventSortProperty
{
    /// <summary>When they begin.</summary>
    Start,

    /// <summary>Their uid.</summary>
    Uid,

    /// <summary>Which of a series they are.</summary>
    RecurrenceId,

    /// <summary>When they were made.</summary>
    Created,

    /// <summary>When they were changed.</summary>
    Updated,
}
