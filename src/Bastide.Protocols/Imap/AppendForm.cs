namespace Bastide.Protocols.Imap;

/// <summary>How the octets of a message come in APPEND.</summary>
public enum AppendForm
{
    /// <summary>As one literal (RFC 9051 §6.3.12).</summary>
    Literal,

    /// <summary>As a literal8 within <c>UTF8 (…)</c> (RFC 6855 §4).</summary>
    Utf8,

    /// <summary>As texts and references within <c>CATENATE (…)</c> (RFC 4469 §3).</summary>
    Catenate,
}
