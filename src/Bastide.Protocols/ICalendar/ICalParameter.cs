namespace Bastide.Protocols.ICalendar;

/// <summary>A property parameter (RFC 5545 §3.2).</summary>
/// <param name="Name">The name as it was written.</param>
/// <param name="Values">The values, without quotes and carets (RFC 6868).</param>
public sealed record ICalParameter(string Name, IReadOnlyList<string> Values)
{
    /// <summary>A parameter of one value.</summary>
    public ICalParameter(string name, string value) : this(name, [value])
    {
    }

    /// <summary>The first value.</summary>
    public string Value => Values.Count == 0 ? "" : Values[0];

    /// <summary>Whether it has this name.</summary>
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
