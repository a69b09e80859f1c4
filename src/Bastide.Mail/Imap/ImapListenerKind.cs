namespace Bastide.Mail.Imap;

/// <summary>What a listener is for.</summary>
enum ImapListenerKind
{
    /// <summary>Clear to begin with; STARTTLS (RFC 9051 §6.2.1).</summary>
    Imap,

    /// <summary>TLS from the first byte (RFC 8314 §3.2).</summary>
    Imaps,
}
