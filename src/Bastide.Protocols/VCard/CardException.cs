namespace Bastide.Protocols.VCard;

/// <summary>Ends the reading of a card that cannot be read; it becomes the <see cref="CardError"/> of the reading.</summary>
sealed class CardException(long line, string reason) : Exception(reason)
{
    public CardError Error { get; } = new(line, reason);
}
