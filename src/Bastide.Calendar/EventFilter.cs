namespace Bastide.Calendar;

/// <summary>Which events a query is about: a condition, or filters combined (RFC 8620 §5.5).</summary>
/// <param name="Condition">The condition; null of a combination.</param>
/// <param name="Operator"><c>AND</c>, <c>OR</c>, or <c>NOT</c> (none of them); null of a condition.</param>
/// <param name="Filters">What is combined.</param>
public sealed record EventFilter(EventCondition? Condition, string? Operator, IReadOnlyList<EventFilter> Filters)
{
    /// <summary>A condition.</summary>
    public EventFilter(EventCondition condition) : this(condition, null, [])
    {
    }

    /// <summary>Every condition in it.</summary>
    public IEnumerable<EventCondition> Conditions => Condition is { } condition ? [condition] : Filters.SelectMany(filter => filter.Conditions);

    /// <summary>Whether something fulfils it, given how it stands to each condition.</summary>
    public bool Matches(Func<EventCondition, bool> matches) => Operator switch
    {
        null => matches(Condition!),
        "AND" => Filters.All(filter => filter.Matches(matches)),
        "OR" => Filters.Any(filter => filter.Matches(matches)),
        _ => !Filters.Any(filter => filter.Matches(matches)),
    };
}
