using System.Text.Json.Nodes;

namespace Bastide.Calendar;

/// <summary>What is to be changed of an event, or of one instance.</summary>
/// <param name="Patch">A patch of what JSCalendar says (RFC 8620 §5.3).</param>
public sealed record EventUpdate(JsonObject Patch)
{
    /// <summary>The calendar it is to be in, or null to stay.</summary>
    public long? CalendarId { get; init; }

    /// <summary>Whether it is a draft, or null to stay so or not.</summary>
    public bool? IsDraft { get; init; }
}
