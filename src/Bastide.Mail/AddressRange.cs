namespace Bastide.Mail;

/// <summary>A group of an address field (RFC 5322 §3.4), by where its addresses stand among those of the field.</summary>
/// <param name="Group">The name of the group.</param>
/// <param name="Start">The place of its first address.</param>
/// <param name="Count">How many addresses it has, perhaps none.</param>
public sealed record AddressRange(string Group, int Start, int Count);
