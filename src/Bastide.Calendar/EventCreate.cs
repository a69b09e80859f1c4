using System.Text.Json.Nodes;

namespace Bastide.Calendar;

/// <summary>An event to be made.</summary>
/// <param name="Event">What JSCalendar says of it.</param>
/// <param name="CalendarId">The calendar it comes into.</param>
/// <param name="IsDraft">Whether it calls on nobody yet.</param>
public sealed record EventCreate(JsonObject Event, long CalendarId, bool IsDraft);
