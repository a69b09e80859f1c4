namespace Bastide.Protocols.VCard;

/// <summary>What came of reading a card: the card, or why it cannot be read.</summary>
/// <param name="Card">The card, or null.</param>
/// <param name="Error">Why it cannot be read, or null.</param>
/// <param name="Octets">The card as it came, from BEGIN to END, where it came among others.</param>
/// <param name="Line">The line it began on.</param>
public sealed record CardReading(Card? Card, CardError? Error, ReadOnlyMemory<byte> Octets = default, long Line = 1);
