using Bastide.Protocols.ICalendar;

namespace Bastide.Protocols.JSCalendar;

/// <summary>The component that a part reads or writes, and what is around it.</summary>
/// <param name="Component">The event or instance.</param>
/// <param name="Zones">The zones of its object.</param>
sealed record EventScope(ICalComponent Component, ICalTimeZones Zones);
