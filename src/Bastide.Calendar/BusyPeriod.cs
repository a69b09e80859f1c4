using System.Text.Json.Nodes;
using NodaTime;

namespace Bastide.Calendar;

/// <summary>A time at which somebody is not free.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="End">When it ends.</param>
/// <param name="Status">How sure it is.</param>
/// <param name="Event">The event, for those who may see it; null otherwise.</param>
/// <param name="Ref">Which event that is, or null.</param>
/// <param name="CalendarId">The calendar it is in; 0 where no event is told.</param>
public sealed record BusyPeriod(Instant Start, Instant End, BusyStatus Status, JsonObject? Event = null, EventRef? Ref = null, long CalendarId = 0);
