namespace Bastide.Protocols.VCard;

/// <summary>What a card may hold at most, so that nobody's card takes the memory or the time of others.</summary>
public static class CardLimits
{
    /// <summary>The octets of a card, photographs and all.</summary>
    public const int Octets = 10 * 1024 * 1024;

    /// <summary>Its properties.</summary>
    public const int Properties = 10_000;

    /// <summary>The parameters of a property, and the values of them together.</summary>
    public const int Parameters = 1000;

    /// <summary>How deep cards may hold one another (AGENT).</summary>
    public const int Depth = 4;
}
