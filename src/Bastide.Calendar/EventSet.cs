using Bastide.Platform.Changes;

namespace Bastide.Calendar;

/// <summary>Events to be made, changed and destroyed in one transaction.</summary>
public sealed record EventSet
{
    /// <summary>The state the account must be in, or null.</summary>
    public Sequence? IfInState { get; init; }

    /// <summary>New events by creation id.</summary>
    public IReadOnlyDictionary<string, EventCreate> Create { get; init; } = new Dictionary<string, EventCreate>();

    /// <summary>Changes of events and of single instances.</summary>
    public IReadOnlyDictionary<EventRef, EventUpdate> Update { get; init; } = new Dictionary<EventRef, EventUpdate>();

    /// <summary>Events to destroy, and instances to take out.</summary>
    public IReadOnlyList<EventRef> Destroy { get; init; } = [];

    /// <summary>Whether participants are to be told.</summary>
    public bool SendSchedulingMessages { get; init; }
}
