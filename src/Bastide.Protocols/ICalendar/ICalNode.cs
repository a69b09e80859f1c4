namespace Bastide.Protocols.ICalendar;

/// <summary>What stands within a component: a property or another component, in the order of the text.</summary>
public abstract class ICalNode
{
    private protected ICalNode(string name, int line)
    {
        Name = name;
        Line = line;
    }

    /// <summary>The name as it was written; names are the same in upper and lower case (RFC 5545 §3.1).</summary>
    public string Name { get; }

    /// <summary>The physical line it began on, counted from 1; 0 when it was not read from a text.</summary>
    public int Line { get; }

    /// <summary>Whether it has this name.</summary>
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
