namespace Bastide.Protocols.VCard;

/// <summary>The versions of vCard there are.</summary>
public enum CardVersion
{
    /// <summary>vCard 2.1, as old phones and Outlook export it; it is read, never written.</summary>
    V21,

    /// <summary>vCard 3.0 (RFC 2426).</summary>
    V30,

    /// <summary>vCard 4.0 (RFC 6350).</summary>
    V40,
}
