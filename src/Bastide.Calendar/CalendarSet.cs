using Bastide.Platform.Changes;

namespace Bastide.Calendar;

/// <summary>Calendars to be made, changed and destroyed in one transaction.</summary>
public sealed record CalendarSet
{
    /// <summary>The state the account must be in, or null.</summary>
    public Sequence? IfInState { get; init; }

    /// <summary>New calendars by creation id.</summary>
    public IReadOnlyDictionary<string, CalendarCreate> Create { get; init; } = new Dictionary<string, CalendarCreate>();

    /// <summary>Changes by number.</summary>
    public IReadOnlyDictionary<long, CalendarUpdate> Update { get; init; } = new Dictionary<long, CalendarUpdate>();

    /// <summary>Calendars to destroy.</summary>
    public IReadOnlyList<long> Destroy { get; init; } = [];

    /// <summary>Whether what they hold goes with them; otherwise those that hold something stay.</summary>
    public bool OnDestroyRemoveEvents { get; init; }

    /// <summary>The calendar to make the default when everything else succeeded, or null.</summary>
    public long? SetDefault { get; init; }

    /// <summary>The same by the creation id of a new one.</summary>
    public string? SetDefaultCreated { get; init; }
}
