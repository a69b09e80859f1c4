namespace Bastide.Calendar.Dav;

/// <summary>A <c>CALDAV:text-match</c>: a text must hold another, or must not (RFC 4791 §9.7.5).</summary>
/// <param name="Text">What is looked for.</param>
/// <param name="Collation">How texts are compared.</param>
/// <param name="IsNegated">Whether it must not be there.</param>
sealed record TextMatch(string Text, Collation Collation, bool IsNegated)
{
    /// <summary>Whether any of the values holds it, or none where it must not be there.</summary>
    public bool Matches(IEnumerable<string> values) => values.Any(value => Collation.Holds(value, Text)) != IsNegated;
}
