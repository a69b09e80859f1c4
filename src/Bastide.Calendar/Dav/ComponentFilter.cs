namespace Bastide.Calendar.Dav;

/// <summary>A <c>CALDAV:comp-filter</c>: what an object or a component of it must be (RFC 4791 §9.7.1).</summary>
/// <param name="Name">The component.</param>
/// <param name="IsNotDefined">Whether there must be none.</param>
/// <param name="Range">The time it must touch, or null.</param>
/// <param name="Properties">What its properties must be.</param>
/// <param name="Components">What must be within it.</param>
sealed record ComponentFilter(string Name, bool IsNotDefined, TimeRange? Range, IReadOnlyList<PropertyFilter> Properties, IReadOnlyList<ComponentFilter> Components)
{
    /// <summary>Whether nothing but the time is asked of it.</summary>
    public bool IsPlain => !IsNotDefined && Properties.Count == 0 && Components.Count == 0;

    /// <summary>The one kind of object that can fulfil it, where it is of a VCALENDAR; null where that is not told so simply.</summary>
    public CalendarKinds? Kind => Components is [{ IsNotDefined: false } only] && Store.ObjectContent.KindOf(only.Name) is var kind and not CalendarKinds.None ? kind : null;
}
