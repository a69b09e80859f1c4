namespace Bastide.Protocols.Imap;

/// <summary>What messages are sorted by (RFC 5256 §3, RFC 5957 §3).</summary>
public enum SortKey
{
    /// <summary>INTERNALDATE.</summary>
    Arrival,

    /// <summary>The mailbox of the first address of Cc.</summary>
    Cc,

    /// <summary>When it was sent.</summary>
    Date,

    /// <summary>The mailbox of the first address of From.</summary>
    From,

    /// <summary>The octets.</summary>
    Size,

    /// <summary>The base subject.</summary>
    Subject,

    /// <summary>The mailbox of the first address of To.</summary>
    To,

    /// <summary>The name, or else the address, of the first of From.</summary>
    DisplayFrom,

    /// <summary>The name, or else the address, of the first of To.</summary>
    DisplayTo,
}
