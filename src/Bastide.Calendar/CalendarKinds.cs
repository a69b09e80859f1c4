namespace Bastide.Calendar;

/// <summary>Kinds of components that a calendar holds (RFC 4791 §5.2.3).</summary>
[Flags]
public enum CalendarKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Events.</summary>
    Event = 1,

    /// <summary>Tasks.</summary>
    Task = 2,

    /// <summary>Journal entries.</summary>
    Journal = 4,

    /// <summary>When one can be found (RFC 7953).</summary>
    Availability = 8,

    /// <summary>What a calendar holds unless it was made for less.</summary>
    All = Event | Task | Journal | Availability,
}
