namespace Bastide.Contacts;

/// <summary>What came of putting a vCard into an address book.</summary>
/// <param name="ETag">What the card is recognised by now, or null when it was refused.</param>
/// <param name="IsNew">Whether there was none of the name.</param>
public sealed record CardPut(string? ETag, bool IsNew)
{
    /// <summary>Why it was refused, or null.</summary>
    public ContactError? Refused { get; init; }

    /// <summary>Whether the octets are no vCard that is taken (RFC 6352 §6.3.2.1: <c>valid-address-data</c>).</summary>
    public bool IsInvalid { get; init; }

    /// <summary>Whether the condition did not hold (RFC 9110 §13).</summary>
    public bool IsPreconditionFailed { get; init; }

    /// <summary>The name in this address book that has the uid already (RFC 6352 §6.3.2.1: <c>no-uid-conflict</c>), or null.</summary>
    public string? ConflictsWith { get; init; }
}
