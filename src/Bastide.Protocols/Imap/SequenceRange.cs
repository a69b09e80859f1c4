namespace Bastide.Protocols.Imap;

/// <summary>Numbers from <paramref name="First"/> to <paramref name="Last"/>, both among them.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last, not before the first.</param>
public readonly record struct SequenceRange(uint First, uint Last)
{
    /// <summary>Whether the number is among them.</summary>
    public bool Contains(uint number) => number >= First && number <= Last;
}
