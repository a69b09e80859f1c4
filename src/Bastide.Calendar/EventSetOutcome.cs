using System.Text.Json.Nodes;
using Bastide.Platform.Changes;

namespace Bastide.Calendar;

/// <summary>What came of an <see cref="EventSet"/>: each event is done or refused by itself.</summary>
/// <param name="OldState">The state before.</param>
/// <param name="NewState">The state after.</param>
public sealed record EventSetOutcome(Sequence OldState, Sequence NewState)
{
    /// <summary>Why nothing at all was done, or null.</summary>
    public CalendarError? Refused { get; init; }

    /// <summary>The made events by creation id.</summary>
    public IReadOnlyDictionary<string, EventRecord> Created { get; init; } = new Dictionary<string, EventRecord>();

    /// <summary>The refused creations.</summary>
    public IReadOnlyDictionary<string, CalendarError> NotCreated { get; init; } = new Dictionary<string, CalendarError>();

    /// <summary>The changed events, with what the server set beside.</summary>
    public IReadOnlyDictionary<EventRef, JsonObject?> Updated { get; init; } = new Dictionary<EventRef, JsonObject?>();

    /// <summary>The refused changes.</summary>
    public IReadOnlyDictionary<EventRef, CalendarError> NotUpdated { get; init; } = new Dictionary<EventRef, CalendarError>();

    /// <summary>What went.</summary>
    public IReadOnlyList<EventRef> Destroyed { get; init; } = [];

    /// <summary>The refused destructions.</summary>
    public IReadOnlyDictionary<EventRef, CalendarError> NotDestroyed { get; init; } = new Dictionary<EventRef, CalendarError>();
}
