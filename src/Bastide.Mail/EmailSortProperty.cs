namespace Bastide.Mail;

/// <summary>What messages can be sorted by (RFC 8621 §4.4.2).</summary>
public enum EmailSortProperty
{
    /// <summary>When they came.</summary>
    ReceivedAt,

    /// <summary>Their octets.</summary>
    Size,

    /// <summary>The first name, or address, of From.</summary>
    From,

    /// <summary>The first name, or address, of To.</summary>
    To,

    /// <summary>The base subject (RFC 5256 §2.1).</summary>
    Subject,

    /// <summary>When they were written.</summary>
    SentAt,

    /// <summary>Whether they have a keyword.</summary>
    HasKeyword,

    /// <summary>Whether all of their thread have a keyword.</summary>
    AllInThreadHaveKeyword,

    /// <summary>Whether some of their thread have a keyword.</summary>
    SomeInThreadHaveKeyword,
}
