using Bastide.Calendar.Store;

namespace Bastide.Calendar.Links;

/// <summary>A link that is being read, and the place that takes.</summary>
/// <param name="Link">It.</param>
/// <param name="Calendar">The calendar it publishes.</param>
/// <param name="Place">Given back when it is read.</param>
sealed record OpenedLink(LinkRow Link, CalendarRow Calendar, IDisposable Place) : IDisposable
{
    public void Dispose() => Place.Dispose();
}
