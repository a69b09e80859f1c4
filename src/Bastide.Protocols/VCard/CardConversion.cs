namespace Bastide.Protocols.VCard;

/// <summary>
/// Turns a card of one version into the other, as CardDAV clients ask for (RFC 6352 §10.4): what both know in the words of
/// each, the rest kept, so that the way there and back loses nothing.
/// </summary>
public static class CardConversion
{
    /// <summary>The card in this version, 3.0 or 4.0; itself when it has it.</summary>
    public static Card To(Card card, CardVersion version) => version switch
    {
        CardVersion.V40 => card.Version == CardVersion.V40 ? card : new ToVersion4(card).Convert(),
        CardVersion.V30 => card.Version switch
        {
            CardVersion.V30 => card,
            CardVersion.V21 => card with { Version = CardVersion.V30 },
            _ => new ToVersion3(card).Convert(),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, "No card is written as 2.1."),
    };
}
