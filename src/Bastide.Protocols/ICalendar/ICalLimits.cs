namespace Bastide.Protocols.ICalendar;

/// <summary>How much of a text is read before it is refused.</summary>
/// <param name="MostOctets">Octets of the whole.</param>
/// <param name="MostLines">Content lines, BEGIN and END among them.</param>
/// <param name="MostLineOctets">Octets of one line, unfolded.</param>
/// <param name="MostParameters">Values of parameters of one line.</param>
/// <param name="MaxDepth">Components within one another.</param>
public sealed record ICalLimits(int MostOctets, int MostLines, int MostLineOctets, int MostParameters, int MaxDepth)
{
    /// <summary>One calendar object, as CalDAV and JMAP store it.</summary>
    public static ICalLimits Object { get; } = new(4 << 20, 200_000, 2 << 20, 1000, 8);

    /// <summary>A whole calendar, as files are imported and subscriptions fetched.</summary>
    public static ICalLimits Calendar { get; } = new(256 << 20, 10_000_000, 16 << 20, 1000, 8);
}
