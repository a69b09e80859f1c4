namespace Bastide.Protocols.Imap;

/// <summary>In what form a section is wanted.</summary>
public enum FetchSectionForm
{
    /// <summary>As it stands in the message.</summary>
    Encoded,

    /// <summary>Its transfer encoding taken off (RFC 3516).</summary>
    Binary,

    /// <summary>How many octets that gives.</summary>
    BinarySize,
}
