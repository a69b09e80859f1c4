namespace Bastide.Calendar.Holidays;

/// <summary>What becomes of a holiday on a weekend.</summary>
enum Substitution
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The next weekday that is none is one too (United Kingdom).</summary>
    NextWeekday,

    /// <summary>The Friday before a Saturday, the Monday after a Sunday (United States).</summary>
    Nearest,
}
