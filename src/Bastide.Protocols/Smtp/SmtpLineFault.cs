namespace Bastide.Protocols.Smtp;

/// <summary>Why a line is not taken as a command. RFC 5321 §2.3.8, §4.5.3.1.</summary>
public enum SmtpLineFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>It is longer than the reader lets it be; its octets were dropped as they came.</summary>
    TooLong,

    /// <summary>It holds a CR or LF that is not part of CR LF.</summary>
    BareNewline,
}
