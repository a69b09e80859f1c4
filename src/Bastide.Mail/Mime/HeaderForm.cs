namespace Bastide.Mail.Mime;

/// <summary>The forms a header field can be asked for in (RFC 8621 §4.1.2).</summary>
public enum HeaderForm
{
    /// <summary>The octets as they stand (§4.1.2.1).</summary>
    Raw,

    /// <summary>Decoded and unfolded (§4.1.2.2).</summary>
    Text,

    /// <summary>Addresses without groups (§4.1.2.3).</summary>
    Addresses,

    /// <summary>Addresses in their groups (§4.1.2.4).</summary>
    GroupedAddresses,

    /// <summary>Ids without angle brackets (§4.1.2.5).</summary>
    MessageIds,

    /// <summary>A date (§4.1.2.6).</summary>
    Date,

    /// <summary>URLs without angle brackets (§4.1.2.7).</summary>
    Urls,
}
